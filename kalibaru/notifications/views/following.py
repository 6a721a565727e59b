"""The button "Ikuti"."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import ACCOUNT, policy
from kalibaru.core.subjects import find_subject, subject_kind
from kalibaru.notifications import services
from kalibaru.notifications.models import Subscription


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="60/m", method="POST")
def follow(request: AccountRequest) -> HttpResponse:
    """POST follows a topic, or stops with `stop`; GET (after a sign-in on the way) shows the button again.

    The form's address carries topic and next, so that a visitor comes back here after signing in.
    """
    topic = request.POST.get("topic") or request.GET.get("topic", "")
    if request.method == "POST":
        following = _post(request, topic)
        if request.htmx:
            context = {"topic": topic, "following": following, "label": request.POST.get("label", "")[:80]}
            return render(request, "notifications/follow.html", context)
        return redirect(_next(request) or _address(topic, request) or "home")
    return _ask(request, topic)


def _post(request: AccountRequest, topic: str) -> bool:
    """Do it, and return whether the person follows the topic now."""
    if request.POST.get("stop"):
        services.unfollow(topic, user=request.user)
        done = _("Anda tidak mengikutinya lagi.")
    else:
        try:
            services.follow(topic, user=request.user)
        except ObjectDoesNotExist as error:
            raise Http404 from error
        done = _("Anda mengikutinya. Kabarnya masuk ke kotak masuk Anda.")
    if not request.htmx:
        messages.success(request, done)
    return not request.POST.get("stop")


def _ask(request: AccountRequest, topic: str) -> HttpResponse:
    key, _colon, pk = topic.partition(":")
    kind, row = subject_kind(key), find_subject(key, pk, request.user)
    if kind is None or row is None or not kind.followable:
        raise Http404
    context = {
        "topic": topic,
        "title": getattr(row, kind.title),
        "kind": kind.label,
        "url": row.get_absolute_url(),
        "next": _next(request) or row.get_absolute_url(),
        "following": Subscription.objects.filter(user=request.user, topic=topic).exists(),
    }
    return render(request, "notifications/follow_page.html", context)


def _next(request: AccountRequest) -> str:
    """Return where to go after, if it is an address of this site."""
    url = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else ""


def _address(topic: str, request: AccountRequest) -> str:
    key, _colon, pk = topic.partition(":")
    row = find_subject(key, pk, request.user)
    return row.get_absolute_url() if row else ""
