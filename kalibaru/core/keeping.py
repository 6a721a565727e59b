"""Small tables that every page needs, kept in the memory of this process until one of their rows changes."""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

# Two changes may commit in another order than their history numbers: nothing is kept longer than this.
LONGEST_SECONDS = 60

T = TypeVar("T")
_kept: dict[Any, tuple[Any, float, Any]] = {}


def kept_until_changed(read: Callable[[], T], *models: type[Model]) -> T:
    """Return what `read` returned before, or call it if a row of `models` has been written since (one query).

    Every write of a tracked model adds a row to its history by a trigger, in the same transaction: the newest
    number is the version, whether the change came from a form, the back office or SQL; the count notices a row
    that was deleted. Nobody may change what is returned.
    """
    version = _version(*models)
    known, until, value = _kept.get(read, (None, 0.0, None))
    if known != version or until < monotonic():
        value = read()
        _kept[read] = (version, monotonic() + LONGEST_SECONDS, value)
    return value


def _version(*models: type[Model]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_database(), {', '.join(map(_newest_of, models))}")
        return cursor.fetchone()


def _newest_of(model: type[Model]) -> str:
    history, rows = (
        connection.ops.quote_name(one._meta.db_table)
        for one in (model.pgh_event_model, model)  # type: ignore[attr-defined]
    )
    return f"(SELECT max(pgh_id) FROM {history}), (SELECT count(*) FROM {rows})"  # noqa: S608  (no input)
