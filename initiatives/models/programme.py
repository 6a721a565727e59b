"""Programmes in the columns of the regional SDG action plan (RAD TPB)."""

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.models import Flagged, OnceRow, Row, search_column
from kalibaru.core.sdg import Goal
from stakeholders.models import Organisation


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Questions about programmes."""

    _public = Q(state__in=["published", "finished"], organisation__state=Organisation.State.VERIFIED)

    def visible_to(self, user) -> "ProgrammeQuerySet":
        """Return published and finished ones of listed organisations, drafts of one's own, all for moderators."""
        if getattr(user, "is_moderator", False):
            return self.all()
        if not user.is_authenticated:
            return self.public()
        return self.filter(self._public | Q(organisation__in=Organisation.objects.of(user)))

    def public(self) -> "ProgrammeQuerySet":
        """Return published and finished ones of listed organisations: what anybody may see."""
        return self.filter(self._public)

    def without_realisation(self, year: int) -> "ProgrammeQuerySet":
        """Return running ones for which the year's realisation is not told yet."""
        told = ProgrammeYear.objects.filter(programme=OuterRef("pk"), year=year, realisation__isnull=False)
        return self.filter(~Exists(told), state=Programme.State.PUBLISHED)

    def silent_since(self, day: date) -> "ProgrammeQuerySet":
        """Return running ones, published before `day`, without a progress note on or after it."""
        notes = ProgrammeLog.objects.filter(programme=OuterRef("pk"), on__gte=day)
        return self.filter(~Exists(notes), state=Programme.State.PUBLISHED, published_at__date__lt=day)


@pghistory.track(exclude=["search"])
class Programme(ConcurrentTransitionMixin, Flagged, OnceRow):
    """A budget line of an organisation: programme › activity › sub-activity, with an output and its unit."""

    class State(models.TextChoices):
        """Life of a programme."""

        DRAFT = "draft", _("Rancangan")
        PUBLISHED = "published", _("Terbit")
        FINISHED = "finished", _("Selesai")

    class FundingSource(models.TextChoices):
        """Where the money comes from."""

        APBD = "apbd", _("APBD")
        APBN = "apbn", _("APBN")
        CSR = "csr", _("TJSL/CSR")
        GRANT = "grant", _("Hibah")
        SELF = "self", _("Swadaya")
        OTHER = "other", _("Lainnya")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name=_("pelaksana"),
    )
    programme_code = models.CharField(_("kode program"), max_length=40, blank=True)
    programme_name = models.CharField(_("program"), max_length=200)
    activity_code = models.CharField(_("kode kegiatan"), max_length=40, blank=True)
    activity_name = models.CharField(_("kegiatan"), max_length=200)
    sub_activity_code = models.CharField(_("kode sub kegiatan"), max_length=40, blank=True)
    sub_activity_name = models.CharField(_("sub kegiatan"), max_length=200, blank=True)
    output = models.CharField(_("keluaran"), max_length=200)
    unit = models.CharField(_("satuan"), max_length=40)
    issues = models.ManyToManyField(
        "issues.PriorityIssue",
        blank=True,
        related_name="programmes",
        verbose_name=_("masalah"),
    )
    areas = models.ManyToManyField("places.Area", blank=True, related_name="programmes", verbose_name=_("wilayah"))
    sdg_goals = ArrayField(
        models.SmallIntegerField(choices=Goal),
        default=list,
        blank=True,
        verbose_name=_("tujuan SDG"),
    )
    funding_source = models.CharField(_("sumber pendanaan"), max_length=8, choices=FundingSource)
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(_("terbit pada"), null=True, blank=True, editable=False)
    search = search_column("activity_name", "sub_activity_name", "output")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("program")
        indexes = [
            GinIndex(fields=["search"], name="programme_search"),
            GinIndex(
                OpClass("activity_name", name="gin_trgm_ops"),
                name="programme_name_trgm",
            ),
            models.Index(fields=["-created_at", "-id"], name="programme_listing"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Public page."""
        return reverse("programmes:detail", args=[self.pk])

    @property
    def title(self) -> str:
        """The narrowest name it has: what people call it."""
        return self.sub_activity_name or self.activity_name

    @property
    def goals(self) -> list[Goal]:
        """The SDG goals with their names."""
        return [Goal(number) for number in sorted(self.sdg_goals)]

    @transition("state", source=State.DRAFT, target=State.PUBLISHED)
    def publish(self):
        """Show it to everybody."""

    @transition("state", source=State.PUBLISHED, target=State.FINISHED)
    def finish(self):
        """Nothing more will be done under it."""


@pghistory.track()
class ProgrammeYear(Row):
    """One year of a programme. Money is rupiah; target and realisation are in the programme's unit.

    `realisation` and `spent` count to the end of December, `…_s1` to the end of June. The second semester has no column
    of its own: a sum of two halves and a figure of the year would be two truths, and a percentage has no sum.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="years", verbose_name=_("program"))
    year = models.PositiveSmallIntegerField(_("tahun"))
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=2, null=True, blank=True)
    realisation = models.DecimalField(_("realisasi"), max_digits=16, decimal_places=2, null=True, blank=True)
    budget = models.DecimalField(_("anggaran (Rp)"), max_digits=18, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(_("terpakai (Rp)"), max_digits=18, decimal_places=2, null=True, blank=True)
    realisation_s1 = models.DecimalField(
        _("realisasi s.d. semester I"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    spent_s1 = models.DecimalField(
        _("terpakai s.d. semester I (Rp)"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    note = models.CharField(_("keterangan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tahun program")
        verbose_name_plural = _("tahun program")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="programme_year_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="programme_year_sane"),
            models.CheckConstraint(
                condition=(Q(target__isnull=True) | Q(target__gte=0))
                & (Q(realisation__isnull=True) | Q(realisation__gte=0))
                & (Q(budget__isnull=True) | Q(budget__gte=0))
                & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="programme_year_not_negative",
            ),
            models.CheckConstraint(
                condition=(Q(realisation_s1__isnull=True) | Q(realisation_s1__gte=0))
                & (Q(spent_s1__isnull=True) | Q(spent_s1__gte=0)),
                name="programme_half_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year}"


@pghistory.track()
class ProgrammeLog(OnceRow):
    """A dated note on how a programme goes, with photos."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="logs", verbose_name=_("program"))
    on = models.DateField(_("tanggal"))
    note = models.TextField(_("catatan kemajuan"), max_length=4000)
    photos = models.ManyToManyField("media.Photo", blank=True, related_name="+", verbose_name=_("foto"))

    class Meta:
        verbose_name = _("catatan program")
        verbose_name_plural = _("catatan program")
        ordering = ["-on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.on}"
