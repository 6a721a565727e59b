"""Meetings in which the place talks about its problems."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import Flagged, Row, search_column


class ForumQuerySet(models.QuerySet["Forum"]):
    """Questions about forums."""

    def published(self) -> "ForumQuerySet":
        """Return those that anybody may see."""
        return self.filter(state=Forum.State.PUBLISHED)

    def visible_to(self, user) -> "ForumQuerySet":
        """Return the published ones; moderators see drafts too."""
        return self.all() if getattr(user, "is_moderator", False) else self.published()


@pghistory.track(exclude=["search"])
class Forum(Flagged, Row):
    """A kick-off, focus group discussion, workshop or hearing."""

    class Kind(models.TextChoices):
        """Kinds of meeting."""

        KICKOFF = "kickoff", _("Kick-off")
        FGD = "fgd", _("FGD (diskusi terarah)")
        WORKSHOP = "workshop", _("Lokakarya")
        HEARING = "hearing", _("Dengar pendapat")

    class State(models.TextChoices):
        """Whether the public sees it."""

        DRAFT = "draft", _("Rancangan")
        PUBLISHED = "published", _("Terbit")

    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    title = models.CharField(_("judul"), max_length=160)
    slug = models.SlugField(max_length=80, unique=True, verbose_name=_("alamat singkat"))
    summary = models.CharField(_("ringkasan"), max_length=300)
    body = models.TextField(_("uraian"), blank=True)
    on = models.DateField(_("tanggal"))
    place = models.CharField(_("tempat"), max_length=160, blank=True)
    organisers = models.ManyToManyField(
        "stakeholders.Organisation",
        blank=True,
        related_name="forums",
        verbose_name=_("penyelenggara"),
    )
    issues = models.ManyToManyField(
        "issues.PriorityIssue",
        blank=True,
        related_name="forums",
        verbose_name=_("masalah"),
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    search = search_column("title", "summary", "body")

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forum")
        ordering = ["-on", "title"]
        indexes = [
            GinIndex(fields=["search"], name="forum_search"),
            GinIndex(OpClass("title", name="gin_trgm_ops"), name="forum_title_trgm"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Public page."""
        return reverse("forums:detail", args=[self.slug])
