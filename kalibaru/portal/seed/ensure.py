"""Add what is missing; never overwrite what people have edited since."""

from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def ensure(model: type[M], lookup: dict[str, Any], **fields: Any) -> tuple[M, bool]:
    """Return (row, made now). `lookup` must be unique; `fields` are used only for a new row."""
    return model._default_manager.get_or_create(**lookup, defaults=fields)


def source(title: str, url: str) -> dict[str, str]:
    """Return the two source fields of a `Flagged` row."""
    return {"source_title": title, "source_url": url}
