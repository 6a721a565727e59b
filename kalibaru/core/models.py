"""Base of every domain row."""

import uuid

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Row(models.Model):
    """A domain row: public UUID, who made it and when, and when it last changed.

    `updated_at` doubles as the version that a form carries, so that a stale form is noticed
    (see `core.forms.VersionedForm`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name=_("nomor pengenal"))
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dibuat oleh"),
    )
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    class Meta:
        abstract = True


class OnceRow(Row):
    """A row that a person makes by a form, at most once per form shown.

    `submission_key` comes hidden with the form; its unique index makes a double click one row
    (see `core.services.create_once`).
    """

    submission_key = models.UUIDField(
        null=True, blank=True, unique=True, editable=False, verbose_name=_("kunci kiriman")
    )

    class Meta:
        abstract = True


class Flagged(models.Model):
    """Where a row's content comes from, and whether it is invented for demonstration."""

    is_demo = models.BooleanField(_("contoh peragaan"), default=False)
    source_title = models.CharField(_("judul sumber"), max_length=300, blank=True)
    source_url = models.URLField(_("tautan sumber"), max_length=500, blank=True)

    class Meta:
        abstract = True


def search_column(title: str, summary: str | None = None, body: str | None = None) -> models.GeneratedField:
    """Return a generated `tsvector` column over up to three text columns, weighted A to D.

    The database keeps it, so bulk writes and the back office cannot forget it. The SQL function
    `hub_vector` is made by this app's first migration.
    """
    columns = [
        Coalesce(models.F(name), models.Value("")) if name else models.Value("") for name in (title, summary, body)
    ]
    return models.GeneratedField(
        expression=models.Func(*columns, function="hub_vector", output_field=SearchVectorField()),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
        verbose_name=_("indeks pencarian"),
    )
