"""Take away what nobody points to any more: rows of files without an owner, and stored files without a row.

A deed stores its files before its transaction (see `services`), so one that fails leaves files behind; a document
that is taken off and a photo that is replaced leave theirs too. Nothing younger than a day is touched: an upload in
progress is minutes old. History rows do not count as owners, for what somebody took down must not stay stored.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models import Exists, FileField, OuterRef, Q
from django.utils import timezone

from kalibaru.media.models import Attachment, Photo

OLD_ENOUGH = timedelta(days=1)
BATCH = 200
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """What went, or would go."""

    rows: int
    files: list[str]


def sweep(*, dry_run: bool = False, now: datetime | None = None) -> Swept:
    """Remove loose rows, then the files that no row names; return what was found. A second run finds nothing."""
    before = (now or timezone.now()) - OLD_ENOUGH
    rows, names = 0, set()
    for model in (Photo, Attachment):
        for batch in _batches(_loose(model, before).values_list("pk", flat=True)):
            gone = _files_of(model, batch) if dry_run else _removed(model, batch)
            rows += len(gone)
            names.update(name for row in gone for name in row)
    files = []
    for storage, name in _unnamed(before, names):
        files.append(name)
        if not dry_run:
            storage.delete(name)
    if files or rows:
        logger.info("swept %d loose rows and %d files%s", rows, len(files), " (not really)" if dry_run else "")
    return Swept(rows, sorted(files))


def _loose(model: type[models.Model], before: datetime) -> models.QuerySet:
    """Return the rows that no row of another model points to, of any room."""
    pointed = Q()
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not _is_history(relation.related_model):
            pointers = relation.related_model._default_manager.filter(**{relation.field.attname: OuterRef("pk")})
            pointed |= Q(Exists(pointers))
    return model._default_manager.filter(created_at__lt=before).exclude(pointed)


def _removed(model: type[models.Model], batch: tuple[Any, ...]) -> list[tuple[str, ...]]:
    """Delete those of the batch that are still loose; return the names of their files.

    Looseness is asked again by the deleting statement itself, and nothing cascades: should somebody link such an old
    row at this very moment, the foreign key undoes one of the two.
    """
    with transaction.atomic():
        names = {pk: files for pk, *files in _files_of(model, batch, "pk")}
        still = model._default_manager.filter(pk__in=batch)
        _loose(model, timezone.now()).filter(pk__in=batch)._raw_delete(still.db)  # type: ignore[attr-defined]
        kept = set(still.values_list("pk", flat=True))
    return [tuple(files) for pk, files in names.items() if pk not in kept]


def _files_of(model: type[models.Model], pks: Any, *more: str) -> list[tuple[Any, ...]]:
    fields = [field.name for field in model._meta.get_fields() if isinstance(field, FileField)]
    return list(model._default_manager.filter(pk__in=pks).values_list(*more, *fields))


def _unnamed(before: datetime, loose: set[str]) -> Iterator[tuple[Storage, str]]:
    """Yield the old stored files that no row of any model names, or only rows that are `loose`."""
    fields = [
        field
        for model in apps.get_models()
        if not _is_history(model)
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]
    places = {(field.storage, str(field.upload_to).split("/")[0]) for field in fields}
    for storage, folder in places:
        for batch in _batches(_stored(storage, folder)):
            named: set[str] = set()
            for field in fields:
                rows = field.model._default_manager.filter(**{f"{field.name}__in": batch})
                named.update(rows.values_list(field.name, flat=True))
            yield from (
                (storage, name) for name in batch if name not in named - loose and _is_old(storage, name, before)
            )


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _stored(storage, f"{folder}/{name}")


def _batches(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    rest = iter(rows)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


def _is_old(storage: Storage, name: str, before: datetime) -> bool:
    try:
        return storage.get_modified_time(name) < before
    except FileNotFoundError:
        return False


def _is_history(model: Any) -> bool:
    return hasattr(model, "pgh_tracked_model")
