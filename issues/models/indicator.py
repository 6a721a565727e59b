"""What is measured about a problem."""

import pghistory
from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import Flagged, Row


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Questions about indicators."""

    def visible_to(self, user) -> "IndicatorQuerySet":
        """Return those of published problems; moderators see those of drafts too."""
        return self.all() if getattr(user, "is_moderator", False) else self.filter(issue__state="published")

    def with_figures(self) -> "IndicatorQuerySet":
        """Add `figures`: the approved ones as a list, the oldest first; no query more."""
        rows = (
            apps.get_model("issues", "Measurement")
            .objects.approved()
            .filter(indicator=OuterRef("pk"))
            .order_by("ends_on", "-part")
            .values(
                row=JSONObject(
                    value=Cast("value", models.TextField()),
                    ends_on="ends_on",
                    year="year",
                    part="part",
                    area="area__name",
                    code="area__code",
                )
            )
        )
        return self.annotate(figures=ArraySubquery(rows))


@pghistory.track()
class Indicator(Flagged, Row):
    """What is measured about a problem. Without a figure the page says "belum ada data".

    A national indicator is known by (edition, code): its wording changes between the editions of the metadata.
    One without a code is the place's own. Figures are in `unit`.
    """

    class Direction(models.TextChoices):
        """Which way is better."""

        UP = "up", _("Makin besar makin baik")
        DOWN = "down", _("Makin kecil makin baik")

    class Dimension(models.TextChoices):
        """By what a figure can be split."""

        SEX = "sex", _("Jenis kelamin")
        AGE = "age", _("Umur")
        RW = "rw", _("RW")
        DISABILITY = "disability", _("Disabilitas")

    issue = models.ForeignKey(
        "issues.PriorityIssue", on_delete=models.CASCADE, related_name="indicators", verbose_name=_("masalah")
    )
    code = models.CharField(_("kode"), max_length=20, blank=True)
    edition = models.CharField(_("edisi metadata"), max_length=20, blank=True)
    name = models.CharField(_("nama"), max_length=300)
    unit = models.CharField(_("satuan"), max_length=60)
    direction = models.CharField(
        _("arah"), max_length=4, choices=Direction, default=Direction.UP, db_default=Direction.UP
    )
    baseline = models.DecimalField(_("data dasar"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("tahun data dasar"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("tahun target"), null=True, blank=True)
    dimensions = ArrayField(
        models.CharField(max_length=12, choices=Dimension),
        default=list,
        db_default=[],
        blank=True,
        verbose_name=_("dipilah menurut"),
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikator")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "edition", "code", "name"], name="indicator_once"),
            models.CheckConstraint(
                condition=Q(baseline=None)
                | Q(target=None)
                | Q(direction="up", target__gte=F("baseline"))
                | Q(direction="down", target__lte=F("baseline")),
                name="indicator_target_lies_in_its_direction",
                violation_error_message=_("Target harus lebih baik dari data dasar, menurut arahnya."),
            ),
            models.CheckConstraint(
                condition=Q(baseline_year=None) | Q(target_year=None) | Q(target_year__gt=F("baseline_year")),
                name="indicator_target_is_after_baseline",
                violation_error_message=_("Tahun target harus sesudah tahun data dasar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    def get_absolute_url(self) -> str:
        """Page with chart, table and history."""
        return reverse("issues:indicator", args=[self.pk])
