"""A browser asks to be told at once, or no more; and the one worker of this site that runs in browsers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import ACCOUNT, PUBLIC, policy
from kalibaru.core.pace import ratelimit
from kalibaru.notifications.services import push


@require_POST
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="30/h", method="POST")
def push_start(request: AccountRequest) -> HttpResponse:
    """Remember this browser."""
    given = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    known = push.remember_device(user=request.user, **given)
    return HttpResponse(status=204 if known else 400)


@require_POST
@policy(ACCOUNT)
def push_stop(request: AccountRequest) -> HttpResponse:
    """Forget this browser."""
    push.forget_device(user=request.user, endpoint=request.POST.get("endpoint", ""))
    return HttpResponse(status=204)


@require_safe
@policy(PUBLIC)
@cache_control(max_age=0, must_revalidate=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, for a worker rules over the pages below its own address only."""
    code = settings.BASE_DIR / "static" / "js" / "sw.js"
    return HttpResponse(code.read_bytes(), content_type="text/javascript")
