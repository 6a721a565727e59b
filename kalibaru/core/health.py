"""Is it alive, and is it ready to serve? For load balancers and containers, so without language or session."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis import Redis

from kalibaru.core.access import PUBLIC, policy


@never_cache
@policy(PUBLIC)
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is touched."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@policy(PUBLIC)
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, broker and migrations, each with "ok" or the kind of error; 503 unless all are well."""
    checks = {"database": _database, "broker": _broker, "migrations": _migrations}
    found = {name: _result(check) for name, check in checks.items()}
    ready = set(found.values()) == {"ok"}
    return JsonResponse({"ready": ready, "checks": found}, status=200 if ready else 503)


def _result(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:
        # The kind only: addresses and user names of servers are nobody's business.
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _broker() -> str:
    with Redis.from_url(settings.CELERY_BROKER_URL, socket_connect_timeout=1, socket_timeout=2) as broker:
        broker.ping()
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} not applied" if waiting else "ok"
