"""The joint initiative and its partners."""

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.models import Flagged, OnceRow, Row, search_column
from kalibaru.core.sdg import Goal
from stakeholders.models import Organisation, Platform

NO_END = date(9999, 12, 31)


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Questions about initiatives. Each filter reads one table: the arrays are kept by `services.facets`."""

    def published(self) -> "InitiativeQuerySet":
        """Return those that anybody may see."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user) -> "InitiativeQuerySet":
        """Return published ones, unpublished ones of one's own organisations, all for moderators."""
        if getattr(user, "is_moderator", False):
            return self.all()
        if not user.is_authenticated:
            return self.published()
        mine = Partner.objects.filter(organisation__in=Organisation.objects.of(user)).values("initiative")
        return self.filter(Q(published_at__isnull=False) | Q(pk__in=mine))

    def in_area(self, code: str) -> "InitiativeQuerySet":
        """Return those in the area or anywhere inside it."""
        return self.filter(area_codes__contains=[code])

    def on_issue(self, issue_id) -> "InitiativeQuerySet":
        """Return those on a problem."""
        return self.filter(issue_ids__contains=[issue_id])

    def with_goal(self, goal: int) -> "InitiativeQuerySet":
        """Return those that serve an SDG goal."""
        return self.filter(sdg_goals__contains=[goal])

    def with_platform(self, platform: str) -> "InitiativeQuerySet":
        """Return those with a partner of a platform."""
        return self.filter(platforms__contains=[platform])


# The longest reason for a pause or an end, in letters.
REASON_MAX = 400


@pghistory.track(exclude=["search", "ends_key"])
class Initiative(ConcurrentTransitionMixin, Flagged, OnceRow):
    """What several organisations do together about a problem."""

    class State(models.TextChoices):
        """Life of an initiative."""

        PLANNED = "planned", _("Direncanakan")
        ACTIVE = "active", _("Berjalan")
        PAUSED = "paused", _("Ditunda")
        COMPLETED = "completed", _("Selesai")
        CANCELLED = "cancelled", _("Dibatalkan")

    title = models.CharField(_("judul"), max_length=160)
    slug = models.SlugField(max_length=100, unique=True, verbose_name=_("alamat singkat"))
    summary = models.CharField(_("ringkasan"), max_length=400)
    body = models.TextField(_("uraian"), max_length=12000, blank=True)
    from_proposal = models.OneToOneField(
        "initiatives.Proposal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="initiative",
        verbose_name=_("dari usulan"),
    )
    issues = models.ManyToManyField(
        "issues.PriorityIssue",
        blank=True,
        related_name="initiatives",
        verbose_name=_("masalah"),
    )
    areas = models.ManyToManyField("places.Area", blank=True, related_name="initiatives", verbose_name=_("wilayah"))
    sdg_goals = ArrayField(
        models.SmallIntegerField(choices=Goal),
        default=list,
        blank=True,
        verbose_name=_("tujuan SDG"),
    )
    starts_on = models.DateField(_("tanggal mulai"), null=True, blank=True)
    ends_on = models.DateField(_("tanggal selesai"), null=True, blank=True)
    budget = models.DecimalField(_("anggaran (Rp)"), max_digits=18, decimal_places=2, null=True, blank=True)
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.PLANNED)
    state_reason = models.CharField(_("alasan"), max_length=REASON_MAX, blank=True)
    results = models.TextField(_("hasil"), max_length=6000, blank=True)
    cover = models.ForeignKey(
        "media.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("foto sampul")
    )
    published_at = models.DateTimeField(_("terbit pada"), null=True, blank=True, editable=False)
    issue_ids = ArrayField(models.UUIDField(), default=list, editable=False, verbose_name=_("nomor masalah"))
    area_codes = ArrayField(
        models.CharField(max_length=40), default=list, editable=False, verbose_name=_("kode wilayah")
    )
    platforms = ArrayField(
        models.CharField(max_length=12, choices=Platform), default=list, editable=False, verbose_name=_("unsur mitra")
    )
    # "Soonest ending" needs a column without NULL to page by; no date sorts last.
    ends_key = models.GeneratedField(
        expression=Coalesce("ends_on", models.Value(NO_END)),
        output_field=models.DateField(),
        db_persist=True,
        editable=False,
        verbose_name=_("urutan berakhir"),
    )
    search = search_column("title", "summary", "body")

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("inisiatif")
        verbose_name_plural = _("inisiatif")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="initiative_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="initiative_budget_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(state_reason=""),
                name="cancelled_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="initiative_listing",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                fields=["state", "-published_at", "-id"],
                name="initiative_by_state",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                fields=["ends_key", "-id"],
                name="initiative_by_end",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                fields=["title", "-id"],
                name="initiative_by_title",
                condition=Q(published_at__isnull=False),
            ),
            GinIndex(fields=["issue_ids"], name="initiative_issues"),
            GinIndex(fields=["area_codes"], name="initiative_areas"),
            GinIndex(fields=["sdg_goals"], name="initiative_goals"),
            GinIndex(fields=["platforms"], name="initiative_platforms"),
            GinIndex(fields=["search"], name="initiative_search"),
            GinIndex(OpClass("title", name="gin_trgm_ops"), name="initiative_title_trgm"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Public page."""
        return reverse("initiatives:detail", args=[self.slug])

    @transition("state", source=State.PLANNED, target=State.ACTIVE)
    def start(self):
        """Work begins."""

    @transition("state", source=State.ACTIVE, target=State.PAUSED)
    def pause(self):
        """Work rests; the reason is told."""

    @transition("state", source=State.PAUSED, target=State.ACTIVE)
    def resume(self):
        """Work goes on."""

    @transition("state", source=State.ACTIVE, target=State.COMPLETED)
    def complete(self):
        """Work is done; results and a lesson are told."""

    @transition(
        "state",
        source=[State.PLANNED, State.ACTIVE, State.PAUSED],
        target=State.CANCELLED,
    )
    def cancel(self):
        """It will not be done; the reason is told."""


@pghistory.track()
class Partner(Row):
    """An organisation's part in an initiative."""

    class Role(models.TextChoices):
        """What it does there."""

        LEAD = "lead", _("Pemimpin")
        IMPLEMENTING = "implementing", _("Pelaksana")
        FUNDING = "funding", _("Pendana")
        SUPPORTING = "supporting", _("Pendukung")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="partners", verbose_name=_("inisiatif")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="partnerships",
        verbose_name=_("organisasi"),
    )
    role = models.CharField(_("peran"), max_length=14, choices=Role)

    class Meta:
        verbose_name = _("mitra inisiatif")
        verbose_name_plural = _("mitra inisiatif")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "organisation", "role"], name="partner_role_once"),
            models.UniqueConstraint(fields=["initiative"], name="one_lead", condition=Q(role="lead")),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_role_display()}"
