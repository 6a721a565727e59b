"""What news a person wants, and everything they follow."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import ACCOUNT, policy
from kalibaru.notifications import push
from kalibaru.notifications.follows import follows_of, searches_of
from kalibaru.notifications.forms import SettingsForm
from kalibaru.notifications.mailbox import trouble_of
from kalibaru.notifications.preview import next_digests
from kalibaru.notifications.services.guests import adopt_guest, guest_of
from kalibaru.notifications.services.preferences import choose_all


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
def notification_settings(request: AccountRequest) -> HttpResponse:
    """GET shows; POST saves, or with `preview` only shows what the choice would bring."""
    form = SettingsForm(request.POST or None, user=request.user)
    invalid = request.method == "POST" and not form.is_valid()
    wishes = form.wishes()
    if request.method == "POST" and not invalid and "preview" not in request.POST:
        choose_all(request.user, wishes)
        messages.success(request, _("Pilihan Anda disimpan."))
        return redirect("notification_settings")
    context = {
        "form": form,
        "previews": next_digests(request.user, wishes),
        "unsaved": "preview" in request.POST,
        "trouble": trouble_of(request.user),
        "push_key": push.public_key() if push.is_on() else "",
    }
    return render(request, "notifications/settings.html", context, status=400 if invalid else 200)


@require_safe
@policy(ACCOUNT)
def my_follows(request: AccountRequest) -> HttpResponse:
    """Show what the person follows, why, and a button to stop each."""
    guest = guest_of(request.user)
    context = {
        "follows": follows_of(request.user),
        "searches": searches_of(request.user),
        "guest": guest,
        "guest_follows": guest.user.subscriptions.count() if guest else 0,
    }
    return render(request, "notifications/following.html", context)


@require_POST
@policy(ACCOUNT)
def adopt(request: AccountRequest) -> HttpResponse:
    """Move what one's address follows without account into the account."""
    adopt_guest(user=request.user)
    messages.success(request, _("Semua sudah dipindahkan ke akun Anda."))
    return redirect("following")
