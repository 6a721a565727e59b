"""How the engine is: a page for the secretariat, figures for a monitor."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import PUBLIC, policy
from kalibaru.notifications import zones
from kalibaru.notifications.metrics import exposition
from kalibaru.notifications.models import Delivery
from kalibaru.notifications.operations import COUNTED_TO, figures


@require_safe
@policy("notifications.operate")
@never_cache
def operations(request: AccountRequest) -> HttpResponse:
    """Show queues, ends, pulses and alarms."""
    found, zone = figures(), zones.zone(request.user.time_zone)
    moments = {
        name: zones.moment(at, zone) if (at := getattr(found, name)) else ""
        for name in ("oldest_mail", "oldest_event", "beat", "digest", "pruned")
    }
    servers = [
        {"row": server, "until": zones.moment(server.closed_until, zone) if server.closed_until else ""}
        for server in found.servers
    ]
    context = {
        "figures": found,
        "moments": moments,
        "servers": servers,
        "ends": _ends(found.ended_day),
        "bound": COUNTED_TO,
    }
    return render(request, "notifications/operations.html", context)


def _ends(ended: dict[tuple[str, str], int]) -> list[dict[str, object]]:
    states, reasons = dict(Delivery.State.choices), dict(Delivery.Reason.choices)
    often = sorted(ended.items(), key=lambda end: -end[1])
    return [
        {"state": states.get(state, state), "reason": reasons.get(reason, ""), "count": count}
        for (state, reason), count in often
    ]


@require_safe
@policy(PUBLIC)
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a monitor that knows the token; nobody else learns that there is such a page."""
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
