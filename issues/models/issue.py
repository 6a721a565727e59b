"""The priority problem and what is known about it."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import Flagged, Row, search_column
from kalibaru.core.sdg import Goal


class IssueQuerySet(models.QuerySet["PriorityIssue"]):
    """Questions about problems."""

    def published(self) -> "IssueQuerySet":
        """Return the problems that the place has agreed on."""
        return self.filter(state=PriorityIssue.State.PUBLISHED)

    def visible_to(self, user) -> "IssueQuerySet":
        """Return the published ones; moderators see drafts too."""
        return self.all() if getattr(user, "is_moderator", False) else self.published()


@pghistory.track(exclude=["search"])
class PriorityIssue(Flagged, Row):
    """A problem that the place has put first."""

    class State(models.TextChoices):
        """Whether the public sees it."""

        DRAFT = "draft", _("Rancangan")
        PUBLISHED = "published", _("Terbit")
        ARCHIVED = "archived", _("Diarsipkan")

    title = models.CharField(_("judul"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.CharField(_("ringkasan"), max_length=300)
    body = models.TextField(_("uraian"), blank=True)
    icon = models.SlugField(_("gambar kecil"), max_length=20, default="issue")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    areas = models.ManyToManyField(
        "places.Area", blank=True, related_name="issues", verbose_name=_("wilayah")
    )
    sdg_goals = ArrayField(
        models.SmallIntegerField(choices=Goal),
        default=list,
        blank=True,
        verbose_name=_("tujuan SDG"),
    )
    state = models.CharField(
        _("keadaan"), max_length=10, choices=State, default=State.DRAFT
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)
    cover = models.ForeignKey(
        "media.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    search = search_column("title", "summary", "body")

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("masalah prioritas")
        verbose_name_plural = _("masalah prioritas")
        ordering = ["order", "title"]
        indexes = [
            GinIndex(fields=["search"], name="issue_search"),
            GinIndex(OpClass("title", name="gin_trgm_ops"), name="issue_title_trgm"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Public page."""
        return reverse("issues:detail", args=[self.slug])


@pghistory.track()
class Fact(Flagged, Row):
    """A statement about a problem with its source, or the statement that no figure is known."""

    class Certainty(models.TextChoices):
        """How sure it is."""

        VERIFIED = "verified", _("Ada sumbernya")
        UNCONFIRMED = "unconfirmed", _("Belum dipastikan")

    issue = models.ForeignKey(
        PriorityIssue, on_delete=models.CASCADE, related_name="facts"
    )
    text = models.CharField(_("pernyataan"), max_length=500)
    as_of = models.CharField(_("keadaan per"), max_length=40, blank=True)
    certainty = models.CharField(
        _("kepastian"), max_length=12, choices=Certainty, default=Certainty.VERIFIED
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        verbose_name = _("pernyataan")
        verbose_name_plural = _("pernyataan")
        ordering = ["order", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "text"], name="fact_once"),
            models.CheckConstraint(
                condition=~Q(certainty="verified") | ~Q(source_url=""),
                name="verified_fact_has_source",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


@pghistory.track()
class Indicator(Flagged, Row):
    """What is measured about a problem. Without a figure the page says "belum ada data"."""

    issue = models.ForeignKey(
        PriorityIssue, on_delete=models.CASCADE, related_name="indicators"
    )
    code = models.CharField(_("kode"), max_length=20, blank=True)
    edition = models.CharField(_("edisi metadata"), max_length=20, blank=True)
    name = models.CharField(_("nama"), max_length=300)
    unit = models.CharField(_("satuan"), max_length=60)
    baseline = models.DecimalField(
        _("data dasar"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    baseline_year = models.PositiveSmallIntegerField(
        _("tahun data dasar"), null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    target_year = models.PositiveSmallIntegerField(
        _("tahun target"), null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikator")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "edition", "code", "name"], name="indicator_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


@pghistory.track()
class Stake(Row):
    """An organisation works on a problem."""

    issue = models.ForeignKey(
        PriorityIssue, on_delete=models.CASCADE, related_name="stakes"
    )
    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.CASCADE, related_name="stakes"
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kepentingan")
        verbose_name_plural = _("kepentingan")
        constraints = [
            models.UniqueConstraint(fields=["issue", "organisation"], name="stake_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.issue}"
