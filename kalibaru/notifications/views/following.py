"""The button "Ikuti"."""

import time

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import PUBLIC, policy
from kalibaru.core.pace import ratelimit
from kalibaru.notifications import services
from kalibaru.notifications.models import Subscription
from kalibaru.notifications.topics import find_topic

# Long enough to sign up with a code that comes by mail.
INTENTION_SECONDS = 3600
_PRESSED = "pressed_follow"


@require_http_methods(["GET", "POST"])
@policy(PUBLIC)
@ratelimit(key="user_or_ip", rate="60/m", method="POST")
def follow(request: AccountRequest) -> HttpResponse:
    """POST follows a topic, or stops with `stop`. A visitor signs in on the way and comes back here.

    The press is kept in the visitor's session, so coming back carries it out; a GET without it shows the button.
    """
    topic = request.POST.get("topic") or request.GET.get("topic", "")
    if not request.user.is_authenticated:
        _remember_press(request, topic)
        return redirect_to_login(request.get_full_path())
    if request.method == "POST" or _take_press(request, topic):
        following = _post(request, topic)
        if request.htmx:
            context = {"topic": topic, "following": following, "label": request.POST.get("label", "")[:80]}
            return render(request, "notifications/follow.html", context)
        return redirect(_next(request) or _address(topic, request) or "home")
    return _ask(request, topic)


def _remember_press(request: AccountRequest, topic: str) -> None:
    """Keep what a visitor pressed on a page of ours; a link on another site is no press."""
    if request.method == "POST" or _from_own_page(request):
        request.session[_PRESSED] = [topic[:80], time.time()]


def _take_press(request: AccountRequest, topic: str) -> bool:
    """Return, once, whether the person pressed this button before signing in."""
    pressed, at = request.session.pop(_PRESSED, ("", 0))
    return bool(topic) and pressed == topic and time.time() - at < INTENTION_SECONDS


def _from_own_page(request: AccountRequest) -> bool:
    """Whether the link stood on a page of this site, as far as the browser says."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return url_has_allowed_host_and_scheme(
        request.headers.get("Referer"), {request.get_host()}, require_https=request.is_secure()
    )


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
    found = find_topic(topic, request.user)
    if found is None:
        raise Http404
    context = {
        "topic": topic,
        "title": found.title,
        "kind": found.kind,
        "url": found.url,
        "next": _next(request) or found.url,
        "following": Subscription.objects.filter(user=request.user, topic=topic).exists(),
    }
    return render(request, "notifications/follow_page.html", context)


def _next(request: AccountRequest) -> str:
    """Return where to go after, if it is an address of this site."""
    url = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else ""


def _address(topic: str, request: AccountRequest) -> str:
    found = find_topic(topic, request.user)
    return found.url if found else ""
