"""The inbox. Looking changes nothing; opening a line is a POST that notes it and leads on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import ACCOUNT, policy
from kalibaru.core.listings import listing_page
from kalibaru.core.paging import keyset_page
from kalibaru.notifications import zones
from kalibaru.notifications.mailbox import trouble_of
from kalibaru.notifications.news import visible_news, with_events
from kalibaru.notifications.services import inbox as services

PAGE_SIZE = 20


@require_safe
@policy(ACCOUNT)
def inbox(request: AccountRequest) -> HttpResponse:
    """Newest first; `?unread=1` shows the unread only."""
    rows = request.user.notifications.in_inbox()
    if only_unread := request.GET.get("unread") == "1":
        rows = rows.filter(read_at__isnull=True)
    page = keyset_page(with_events(rows), ("-at", "-id"), request.GET.get("page", ""), PAGE_SIZE)
    zone = zones.zone(request.user.time_zone)
    news = [
        {"one": one, "when": zones.moment(one.event.at, zone), "unread": one.notification.read_at is None}
        for one in visible_news(page.rows, reader=request.user)
    ]
    context = {
        "news": news,
        "only_unread": only_unread,
        "trouble": trouble_of(request.user),
        "up_to": max((row.pk for row in page.rows), default=0),
    }
    return listing_page(request, "notifications/inbox.html", context, page=page)


@require_POST
@policy(ACCOUNT)
def open_line(request: AccountRequest) -> HttpResponse:
    """Note a line as read, and lead to what it is about."""
    pk = request.POST.get("line", "")
    line = get_object_or_404(with_events(request.user.notifications.all()), pk=int(pk[:18]) if pk.isdecimal() else 0)
    services.mark_read(line, user=request.user)
    found = visible_news([line], reader=request.user)
    return redirect(found[0].url if found else "inbox")


@require_POST
@policy(ACCOUNT)
def read_all(request: AccountRequest) -> HttpResponse:
    """Note everything as read that the page showed or that is older."""
    up_to = request.POST.get("up_to", "")
    services.mark_all_read(request.user, up_to=int(up_to[:18]) if up_to.isdecimal() else 0)
    messages.success(request, _("Semua sudah ditandai dibaca."))
    return redirect("inbox")
