"""A figure for an indicator: when, where, from which source, seen by whom."""

from datetime import date
from functools import reduce
from operator import or_

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from issues.models.indicator import Indicator
from kalibaru.core.models import Flagged, OnceRow

# What approval vouches for. Anything else about an approved figure is its place in the row of versions.
VOUCHED = ("indicator", "area", "year", "part", "value", "source_title", "source_url", "evidence")
_LOCKED = pgtrigger.Q(old__state__in=["approved", "replaced"])
_CHANGED = reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in VOUCHED))


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    """Questions about figures."""

    def approved(self) -> "MeasurementQuerySet":
        """Return the figures that hold today: approved, and not corrected since."""
        return self.filter(state=Measurement.State.APPROVED)

    def newest_first(self) -> "MeasurementQuerySet":
        """Return by the end of the period, the newest first."""
        return self.order_by("-ends_on", "area__code", "-version")

    def awaiting_approval(self) -> "MeasurementQuerySet":
        """Return what waits for a moderator, the oldest first."""
        return self.filter(state=Measurement.State.SUBMITTED).order_by("submitted_at", "id")

    def visible_to(self, user, organisations=()) -> "MeasurementQuerySet":
        """Return approved and corrected ones; one's own organisations' in any state; moderators all that was sent."""
        public = Q(state__in=Measurement.PUBLIC, indicator__issue__state="published")
        own = Q(organisation__in=organisations)
        if getattr(user, "is_moderator", False):
            return self.filter(~Q(state=Measurement.State.DRAFT) | own | Q(created_by=user))
        return self.filter(public | own)


@pgtrigger.register(
    pgtrigger.Protect(name="approved_is_locked", operation=pgtrigger.Update, condition=_LOCKED & _CHANGED),
    pgtrigger.Protect(name="approved_is_kept", operation=pgtrigger.Delete, condition=_LOCKED),
)
@pghistory.track()
class Measurement(ConcurrentTransitionMixin, Flagged, OnceRow):
    """A figure by period and area. Once approved it is locked (by the database too); a correction is a new version."""

    class Part(models.IntegerChoices):
        """The period within the year."""

        YEAR = 0, _("Setahun")
        FIRST = 1, _("Semester 1")
        SECOND = 2, _("Semester 2")

    class State(models.TextChoices):
        """Life of a figure."""

        DRAFT = "draft", _("Rancangan")
        SUBMITTED = "submitted", _("Menunggu persetujuan")
        RETURNED = "returned", _("Dikembalikan")
        APPROVED = "approved", _("Disetujui")
        REPLACED = "replaced", _("Diganti versi baru")

    OPEN = (State.DRAFT, State.RETURNED)
    PUBLIC = (State.APPROVED, State.REPLACED)
    REASON_MAX = 1000

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="measurements", verbose_name=_("indikator")
    )
    area = models.ForeignKey(
        "places.Area", on_delete=models.PROTECT, related_name="measurements", verbose_name=_("wilayah")
    )
    organisation = models.ForeignKey(
        "stakeholders.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measurements",
        verbose_name=_("organisasi pencatat"),
    )
    year = models.PositiveSmallIntegerField(_("tahun"))
    part = models.PositiveSmallIntegerField(_("periode"), choices=Part, default=Part.YEAR)
    ends_on = models.DateField(_("akhir periode"), editable=False)
    value = models.DecimalField(_("nilai"), max_digits=18, decimal_places=4)
    note = models.CharField(_("keterangan"), max_length=500, blank=True)
    evidence = models.ForeignKey(
        "media.Attachment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bukti dukung"),
    )
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    reason = models.CharField(_("alasan dikembalikan"), max_length=REASON_MAX, blank=True)
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("mengganti")
    )
    submitted_at = models.DateTimeField(_("diajukan"), null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(_("disetujui pada"), null=True, blank=True, editable=False)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("angka indikator")
        verbose_name_plural = _("angka indikator")
        indexes = [
            models.Index(fields=["indicator", "-ends_on"], name="measurement_by_period"),
            models.Index(fields=["submitted_at"], condition=Q(state="submitted"), name="measurement_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "year", "part"],
                condition=Q(state="approved"),
                name="one_approved_figure_a_period",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state__in=["approved", "replaced"]),
                name="one_open_correction_a_figure",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="measurement_replaces_another"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.period}"

    def save(self, *args, **kwargs) -> None:
        """Keep the end of the period beside its name, for sorting and for the line to the target."""
        self.ends_on = end_of(self.year, self.part)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its own page: what was entered, by which organisation, and what became of it."""
        return reverse("issues:measurement", args=[self.pk])

    @property
    def period(self) -> str:
        """The period in words: 2026, or Semester 1 2026."""
        return period_of(self.year, self.part)

    @transition("state", source=OPEN, target=State.SUBMITTED)
    def submit(self):
        """It goes to the moderators."""

    @transition("state", source=State.SUBMITTED, target=State.RETURNED)
    def send_back(self):
        """Something is missing; the reason says what."""

    @transition("state", source=State.SUBMITTED, target=State.APPROVED)
    def approve(self):
        """It is public and locked."""

    @transition("state", source=State.APPROVED, target=State.REPLACED)
    def give_way(self):
        """A corrected version was approved."""


def period_of(year: int, part: int) -> str:
    """Return a period in words: 2026, or Semester 1 2026."""
    if part == Measurement.Part.YEAR:
        return str(year)
    return pgettext("period", "%(part)s %(year)s") % {"part": Measurement.Part(part).label, "year": year}


def end_of(year: int, part: int) -> date:
    """Return the last day of a period."""
    return date(year, 6, 30) if part == Measurement.Part.FIRST else date(year, 12, 31)


@pghistory.track()
class Breakdown(models.Model):
    """One group's share of a figure: women, those with a disability, an RW."""

    class Group(models.TextChoices):
        """Groups of the fixed dimensions; an RW is named by its area."""

        FEMALE = "sex:female", _("Perempuan")
        MALE = "sex:male", _("Laki-laki")
        CHILD = "age:0-17", _("Umur 0–17 tahun")
        ADULT = "age:18-59", _("Umur 18–59 tahun")
        ELDER = "age:60+", _("Umur 60 tahun ke atas")
        WITH = "disability:with", _("Dengan disabilitas")
        WITHOUT = "disability:without", _("Tanpa disabilitas")

    measurement = models.ForeignKey(
        Measurement, on_delete=models.CASCADE, related_name="breakdowns", verbose_name=_("angka indikator")
    )
    group = models.CharField(_("kelompok"), max_length=24, choices=Group, blank=True)
    area = models.ForeignKey(
        "places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("RW")
    )
    value = models.DecimalField(_("nilai"), max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = _("pilahan angka")
        verbose_name_plural = _("pilahan angka")
        ordering = ["group", "area__code"]
        constraints = [
            models.UniqueConstraint(fields=["measurement", "group"], condition=~Q(group=""), name="group_once"),
            models.UniqueConstraint(fields=["measurement", "area"], name="rw_once"),
            models.CheckConstraint(
                condition=(~Q(group="") & Q(area=None)) | (Q(group="") & ~Q(area=None)), name="group_or_rw"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The group in words."""
        return str(self.area) if self.area_id else self.get_group_display()
