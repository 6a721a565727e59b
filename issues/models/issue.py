"""The priority problem and what is known about it."""

import pghistory
from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
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

    def with_counts(self) -> "IssueQuerySet":
        """Add `needs_waiting` and `organisations_working` for cards."""
        needs = apps.get_model("issues", "Need").objects.unmet()
        return self.annotate(
            needs_waiting=_count_of(needs),
            organisations_working=_count_of(Stake.objects.listed()),
        )

    def with_surroundings(self) -> "IssueQuerySet":
        """Add the lists that the page of a problem only names: areas, children, partners, forums; no query more."""
        areas = PriorityIssue.areas.through.objects.order_by("area__code").values(
            row=JSONObject(code="area__code", name="area__name")
        )
        children = self.model.objects.published().values(row=JSONObject(title="title", slug="slug", summary="summary"))
        partners = Stake.objects.listed().values(
            row=JSONObject(
                name="organisation__name",
                slug="organisation__slug",
                platform="organisation__platform",
                note="note",
                is_demo="organisation__is_demo",
            )
        )
        forums = (
            apps.get_model("issues", "Forum")
            .objects.published()
            .values(row=JSONObject(title="title", slug="slug", kind="kind", on="on", is_demo="is_demo"))
        )
        return self.annotate(
            area_list=ArraySubquery(areas.filter(priorityissue=OuterRef("pk"))),
            child_list=ArraySubquery(children.filter(parent=OuterRef("pk"))),
            partner_list=ArraySubquery(partners.filter(issue=OuterRef("pk"))),
            forum_list=ArraySubquery(forums.filter(issues=OuterRef("pk"))),
        )


def _count_of(rows: models.QuerySet) -> Subquery:
    """Count `rows` of a problem without a join that would multiply."""
    mine = rows.filter(issue=OuterRef("pk")).order_by().values("issue")
    return Subquery(mine.annotate(n=Count("*")).values("n"))


@pghistory.track(exclude=["search"])
class PriorityIssue(Flagged, Row):
    """A problem that the place has put first."""

    class State(models.TextChoices):
        """Whether the public sees it."""

        DRAFT = "draft", _("Rancangan")
        PUBLISHED = "published", _("Terbit")
        ARCHIVED = "archived", _("Diarsipkan")

    title = models.CharField(_("judul"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True, verbose_name=_("alamat singkat"))
    summary = models.CharField(_("ringkasan"), max_length=300)
    body = models.TextField(_("uraian"), blank=True)
    icon = models.SlugField(_("gambar kecil"), max_length=20, default="issue")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("bagian dari")
    )
    areas = models.ManyToManyField("places.Area", blank=True, related_name="issues", verbose_name=_("wilayah"))
    sdg_goals = ArrayField(
        models.SmallIntegerField(choices=Goal),
        default=list,
        blank=True,
        verbose_name=_("tujuan SDG"),
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)
    cover = models.ForeignKey(
        "media.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("foto sampul")
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

    @property
    def goals(self) -> list[Goal]:
        """The SDG goals with their names."""
        return [Goal(number) for number in sorted(self.sdg_goals)]


@pghistory.track()
class Fact(Flagged, Row):
    """A statement about a problem with its source, or the statement that no figure is known."""

    class Certainty(models.TextChoices):
        """How sure it is."""

        VERIFIED = "verified", _("Ada sumbernya")
        UNCONFIRMED = "unconfirmed", _("Belum dipastikan")

    issue = models.ForeignKey(PriorityIssue, on_delete=models.CASCADE, related_name="facts", verbose_name=_("masalah"))
    text = models.CharField(_("pernyataan"), max_length=500)
    as_of = models.CharField(_("keadaan per"), max_length=40, blank=True)
    certainty = models.CharField(_("kepastian"), max_length=12, choices=Certainty, default=Certainty.VERIFIED)
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


class StakeQuerySet(models.QuerySet["Stake"]):
    """Questions about who works on what."""

    def listed(self) -> "StakeQuerySet":
        """Return those of organisations that anybody may see, by name."""
        return self.filter(organisation__state="verified").order_by("organisation__name", "id")


@pghistory.track()
class Stake(Row):
    """An organisation works on a problem."""

    issue = models.ForeignKey(PriorityIssue, on_delete=models.CASCADE, related_name="stakes", verbose_name=_("masalah"))
    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.CASCADE, related_name="stakes", verbose_name=_("organisasi")
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    objects = StakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kepentingan")
        verbose_name_plural = _("kepentingan")
        constraints = [models.UniqueConstraint(fields=["issue", "organisation"], name="stake_once")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.issue}"
