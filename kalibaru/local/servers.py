"""The embedded servers of a place, and the environment in which Django finds them."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from kalibaru.local.place import ROOT, Place, say
from kalibaru.local.postgres import Postgres
from kalibaru.local.process import end_leftovers, place_mark
from kalibaru.local.valkey import Valkey

Environment = dict[str, str]


@contextmanager
def servers(place: Place, *, lasting: bool = True) -> Iterator[tuple[Environment, list[Postgres | Valkey]]]:
    """Start what the environment does not name; yield the environment for Django. The database ends last."""
    if left := end_leftovers(place):
        say(f"· the last run was killed; ended what it left: {', '.join(left)}")
    environment = _environment(place)
    started: list[Postgres | Valkey] = []
    with ExitStack() as stack:
        for variable, make in (
            ("DATABASE_URL", lambda: Postgres(place, lasting=lasting)),
            ("REDIS_URL", lambda: Valkey(place)),
        ):
            if environment.get(variable):
                say(f"· using the server of {variable}")
                continue
            server = make()
            stack.callback(server.end)
            server.start()
            started.append(server)
            environment[variable] = server.url
        yield environment, started


def _environment(place: Place) -> Environment:
    environment = dict(os.environ)
    environment.update(
        KALIBARU_PROFILE="local",
        KALIBARU_LOCAL_DIR=str(place.base),
        KALIBARU_RUN=place_mark(place),
        DJANGO_SETTINGS_MODULE="kalibaru.settings",
        # .env is for a server; a run on this machine is ruled by its own environment alone.
        READ_DOT_ENV="false",
        PYTHONUNBUFFERED="1",
        PYTHONPATH=os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    )
    environment.setdefault("SECRET_KEY", place.secret("django"))
    return environment


def python(*arguments: str) -> list[str]:
    """Return a command of the environment's Python."""
    return [sys.executable, *arguments]
