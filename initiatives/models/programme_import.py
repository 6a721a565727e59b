"""A spreadsheet of programmes on its way into the portal, and what each of its rows would do."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.access import is_moderator
from kalibaru.core.models import OnceRow
from stakeholders.models import Organisation


class ProgrammeImportQuerySet(models.QuerySet["ProgrammeImport"]):
    """Questions about imports."""

    def visible_to(self, user) -> "ProgrammeImportQuerySet":
        """Return those of the organisations a person writes for; all for moderators."""
        if is_moderator(user):
            return self.all()
        if not user.is_authenticated:
            return self.none()
        return self.filter(organisation__in=Organisation.objects.of(user, "owner", "editor").listed())

    def open(self) -> "ProgrammeImportQuerySet":
        """Return those that somebody still has to finish."""
        return self.exclude(state__in=[ProgrammeImport.State.APPLIED, ProgrammeImport.State.CANCELLED])

    def waiting_for_work(self) -> "ProgrammeImportQuerySet":
        """Return those a worker has to go on with, oldest first."""
        working = [ProgrammeImport.State.CHECKING, ProgrammeImport.State.APPLYING]
        return self.filter(state__in=working).order_by("updated_at")


@pghistory.track(exclude=["mapping", "counts"])
class ProgrammeImport(ConcurrentTransitionMixin, OnceRow):
    """A file or a paste of one organisation: uploaded, checked row by row, and applied as a whole or not at all.

    mapping: {"sheet", "first", "last", "columns": [{"label", "key", "year", "money"}], "year", "money", "funding"}.
    acting: who had it checked or applied last; the worker goes on in this person's name and language.
    digest: fingerprint of what the person was shown; nothing else is ever applied.
    """

    class State(models.TextChoices):
        """Life of an import."""

        UPLOADED = "uploaded", _("Terkirim")
        CHECKING = "checking", _("Sedang diperiksa")
        CHECKED = "checked", _("Sudah diperiksa")
        APPLYING = "applying", _("Sedang disimpan")
        APPLIED = "applied", _("Tersimpan")
        FAILED = "failed", _("Gagal")
        CANCELLED = "cancelled", _("Dibatalkan")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="programme_imports", verbose_name=_("pelaksana")
    )
    file = models.FileField(_("berkas"), upload_to="imports/%Y/%m")
    name = models.CharField(_("nama berkas"), max_length=200)
    pasted = models.BooleanField(_("ditempel"), default=False)
    mapping = models.JSONField(_("arti kolom"), default=dict, blank=True)
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.UPLOADED)
    message = models.CharField(_("pesan"), max_length=300, blank=True)
    counts = models.JSONField(_("hitungan"), default=dict, blank=True)
    digest = models.CharField(_("sidik berkas"), max_length=64, blank=True, editable=False)
    publishes = models.BooleanField(_("langsung menerbitkan program baru"), default=False)
    acting = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("disimpan oleh"),
    )
    applied_at = models.DateTimeField(_("disimpan pada"), null=True, blank=True, editable=False)

    objects = ProgrammeImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("impor program")
        verbose_name_plural = _("impor program")
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="programme_import_of"),
            models.Index(
                fields=["updated_at"], name="programme_import_work", condition=Q(state__in=["checking", "applying"])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page where it goes on."""
        return reverse("programmes:import", args=[self.pk])

    _REPLACEABLE = [State.UPLOADED, State.CHECKED, State.FAILED]

    @transition("state", source=_REPLACEABLE, target=State.UPLOADED)
    def replace_file(self):
        """A mended file takes the place of the first."""

    @transition("state", source=[*_REPLACEABLE, State.CHECKING], target=State.CHECKING)
    def check_rows(self):
        """The columns are confirmed: read every row."""

    @transition("state", source=State.CHECKING, target=State.CHECKED)
    def show_result(self):
        """Every row has been read."""

    @transition("state", source=State.CHECKED, target=State.APPLYING)
    def start_applying(self):
        """The person agrees with what was shown."""

    @transition("state", source=State.APPLYING, target=State.APPLIED)
    def apply(self):
        """All of it is written."""

    @transition("state", source=State.APPLYING, target=State.CHECKED)
    def show_again(self):
        """The portal changed meanwhile: nothing is written, and the new result has to be agreed to."""

    @transition("state", source=[State.CHECKING, State.APPLYING], target=State.FAILED)
    def fail(self):
        """The file cannot be read, or something broke; nothing is written."""

    @transition("state", source=[*_REPLACEABLE, State.CHECKING], target=State.CANCELLED)
    def cancel(self):
        """Somebody decided against it."""


class ImportLine(models.Model):
    """What one row of the sheet would do. Made anew with every check; no domain row, so without history.

    changes: [[label, before, after]]; faults and doubts: [[column or null, label, words]].
    """

    class Verdict(models.TextChoices):
        """What the row is, seen from the portal."""

        WRONG = "wrong", _("Salah")
        NEW = "new", _("Baru")
        CHANGED = "changed", _("Berubah")
        UNCHANGED = "unchanged", _("Sama")
        SKIPPED = "skipped", _("Dilewati")

    programme_import = models.ForeignKey(
        ProgrammeImport, on_delete=models.CASCADE, related_name="lines", verbose_name=_("impor")
    )
    number = models.PositiveIntegerField(_("baris"))
    verdict = models.CharField(_("hasil"), max_length=9, choices=Verdict)
    code = models.CharField(_("kode"), max_length=40, blank=True)
    title = models.CharField(_("program"), max_length=200, blank=True)
    changes = models.JSONField(_("perubahan"), default=list, blank=True)
    faults = models.JSONField(_("kesalahan"), default=list, blank=True)
    doubts = models.JSONField(_("keraguan"), default=list, blank=True)

    class Meta:
        verbose_name = _("baris impor")
        verbose_name_plural = _("baris impor")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme_import", "number"], name="import_line_once"),
        ]
        indexes = [models.Index(fields=["programme_import", "verdict", "number"], name="import_line_listing")]

    def __str__(self) -> str:
        return f"{self.number} {self.verdict}"
