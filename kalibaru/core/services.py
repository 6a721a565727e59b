"""Writing once, noticing what somebody else wrote meanwhile, and words that a deed cannot do without."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kalibaru.core.errors import Conflict
from kalibaru.core.models import OnceRow, Row

T = TypeVar("T", bound=OnceRow)


def create_once(model: type[T], key: UUID | None, create: Callable[[], T], *, actor: Any) -> tuple[T, bool]:
    """Run `create` in a transaction unless a row with this submission key exists; return (row, made now).

    `create` sets `submission_key=key` and `created_by=actor` on the row. The unique index decides a race: the loser's
    whole transaction is undone and the winner's row returned, so a double click makes one row and one event.
    A key that somebody else has used is a Conflict: their row is none of the actor's business.
    """
    if existing := made_before(model, key, actor):
        return existing, False
    try:
        with transaction.atomic():
            return create(), True
    except IntegrityError:
        existing = made_before(model, key, actor)
        if existing is None:
            raise
        return existing, False


def made_before(model: type[T], key: UUID | None, actor: Any) -> T | None:
    """Return the row that this person made by the form with this key; raise Conflict if another person made it."""
    row = model._default_manager.filter(submission_key=key).first() if key else None
    if row is not None and row.created_by_id != getattr(actor, "pk", None):
        raise Conflict(_("Formulir ini sudah dipakai. Buka formulir baru, lalu kirim lagi."))
    return row


def lock_unchanged(row: Row, version: datetime | None = None) -> None:
    """Lock `row` until the transaction ends and read it anew; raise Conflict if it changed since `version`.

    version: the `updated_at` that a form showed; None skips the comparison (a deed without a form).
    """
    current = type(row)._default_manager.select_for_update(of=("self",)).only("updated_at").get(pk=row.pk)
    if version is not None and current.updated_at != version:
        raise Conflict(_("Orang lain sudah mengubah data ini sejak Anda membukanya. Isian Anda masih ada di bawah."))
    row.refresh_from_db()


def required_text(text: str, name: str, sentence: str, limit: int) -> str:
    """Return the text without blank ends; ValidationError under `name` if nothing is left or it is too long."""
    text = (text or "").strip()
    if not text:
        raise ValidationError({name: sentence})
    return limited_text(text, name, limit)


def limited_text(text: str, name: str, limit: int) -> str:
    """Return the text if the database can hold it, else raise ValidationError under `name`."""
    if len(text) > limit:
        raise ValidationError({name: _("Terlalu panjang: paling banyak %(limit)s huruf.") % {"limit": limit}})
    if "\x00" in text:
        raise ValidationError({name: _("Ada tanda yang tidak bisa disimpan.")})
    return text
