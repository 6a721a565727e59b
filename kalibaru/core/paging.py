"""Pages that cost the same at a thousand and at a million rows."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import Q, QuerySet

COUNT_LIMIT = 1000


@dataclass(frozen=True)
class Count:
    """How many rows, exactly up to 1,000, "more than 1,000" beyond."""

    number: int
    more: bool


def bounded_count(queryset: QuerySet, limit: int = COUNT_LIMIT) -> Count:
    """Count at most `limit` rows: an exact count of a growing table is what makes a listing slow."""
    number = queryset.order_by()[: limit + 1].count()
    return Count(min(number, limit), number > limit)


@dataclass(frozen=True)
class Page:
    """One page of a keyset listing. `next` and `previous` are cursors for `?page=`, empty at the ends.

    fault: 400 if the address named no page that can be read, 404 if that page is past the end; the first one is shown.
    """

    rows: list[Any]
    next: str
    previous: str
    fault: int = 0

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(queryset: QuerySet, order: Sequence[str], cursor: str = "", size: int = 12) -> Page:
    """Return the page that `cursor` names; a broken cursor, and one past the end, give the first page and a `fault`.

    order: non-null model fields, each with an optional "-", the last one unique, e.g. ("-published_at", "-id").
    """
    if not cursor:
        return _page(queryset, order, size)
    values, backwards = _read(cursor, queryset.model, order)
    if not values:
        return replace(_page(queryset, order, size), fault=400)
    page = _page(queryset, order, size, values, backwards)
    return page if page.rows else replace(_page(queryset, order, size), fault=404)


def _page(
    queryset: QuerySet, order: Sequence[str], size: int, values: Sequence[Any] = (), backwards: bool = False
) -> Page:
    ordered = queryset.order_by(*(_flipped(order) if backwards else order))
    if values:
        ordered = ordered.filter(_beyond(_flipped(order) if backwards else order, values))
    rows = list(ordered[: size + 1])
    extra = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], "", "")
    return Page(
        rows,
        _write(rows[-1], order, "n") if (extra or backwards) else "",
        _write(rows[0], order, "p") if (extra if backwards else bool(values)) else "",
    )


def _flipped(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after `values` in `order`: (a < x) or (a = x and b < y) …, with a leading bound an index can use."""
    names = [name.lstrip("-") for name in order]
    below = ["lt" if name.startswith("-") else "gt" for name in order]
    condition = Q()
    for position, name in enumerate(names):
        same = Q(**{names[earlier]: values[earlier] for earlier in range(position)})
        condition |= same & Q(**{f"{name}__{below[position]}": values[position]})
    return Q(**{f"{names[0]}__{below[0]}e": values[0]}) & condition


def _write(row: Any, order: Sequence[str], direction: str) -> str:
    values = [str(getattr(row, name.lstrip("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps([direction, *values]).encode()).decode().rstrip("=")


def _read(cursor: str, model: type[models.Model], order: Sequence[str]) -> tuple[list[Any], bool]:
    if len(cursor) > 600:
        return [], False
    try:
        direction, *raw = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        fields = [model._meta.get_field(name.lstrip("-")) for name in order]
        if len(raw) != len(fields) or not all(isinstance(value, str) and "\x00" not in value for value in raw):
            return [], False
        return [field.to_python(value) for field, value in zip(fields, raw, strict=True)], direction == "p"
    except (
        ValueError,
        TypeError,
        binascii.Error,
        ValidationError,
        FieldError,
        OverflowError,
    ):
        return [], False
