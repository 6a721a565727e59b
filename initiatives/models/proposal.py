"""Proposals: what somebody wants to do together with others."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.models import Flagged, OnceRow, Row
from stakeholders.models import Organisation


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about proposals."""

    def visible_to(self, user) -> "ProposalQuerySet":
        """Return accepted ones (all may see), one's own organisations' and co-sponsored ones, and submitted ones for reviewers.

        Government members see submitted proposals, since these concern their problems.
        """
        if getattr(user, "is_moderator", False):
            return self.all()
        accepted = Q(state=Proposal.State.ACCEPTED)
        if not user.is_authenticated:
            return self.filter(accepted)
        mine = Organisation.objects.of(user)
        sponsored = CoSponsor.objects.filter(
            organisation__in=mine, state__in=["invited", "accepted"]
        ).values("proposal")
        seen = (
            accepted
            | Q(organisation__in=mine)
            | (Q(pk__in=sponsored) & ~Q(state=Proposal.State.DRAFT))
            | Q(reviewers=user)
        )
        if mine.filter(platform="government", state="verified").exists():
            seen |= Q(
                state__in=[
                    Proposal.State.SUBMITTED,
                    Proposal.State.UNDER_REVIEW,
                    Proposal.State.CLARIFICATION,
                ]
            )
        return self.filter(seen).distinct()

    def awaiting_decision(self) -> "ProposalQuerySet":
        """Return the review queue, oldest first."""
        return self.filter(
            state__in=[
                Proposal.State.SUBMITTED,
                Proposal.State.UNDER_REVIEW,
                Proposal.State.CLARIFICATION,
            ]
        ).order_by("submitted_at", "id")


@pghistory.track()
class Proposal(ConcurrentTransitionMixin, Flagged, OnceRow):
    """A collaboration that an organisation proposes. A draft may be incomplete; submitting asks for the rest."""

    class State(models.TextChoices):
        """Life of a proposal."""

        DRAFT = "draft", _("Rancangan")
        SUBMITTED = "submitted", _("Diajukan")
        UNDER_REVIEW = "under_review", _("Ditinjau")
        CLARIFICATION = "clarification", _("Perlu penjelasan")
        ACCEPTED = "accepted", _("Diterima")
        DECLINED = "declined", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Ditarik")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name=_("pengusul"),
    )
    title = models.CharField(_("judul"), max_length=160)
    issue = models.ForeignKey(
        "issues.PriorityIssue",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("masalah"),
    )
    areas = models.ManyToManyField(
        "places.Area", blank=True, related_name="proposals", verbose_name=_("wilayah")
    )
    summary = models.CharField(_("ringkasan"), max_length=400, blank=True)
    approach = models.TextField(_("cara kerja"), max_length=8000, blank=True)
    asks = models.TextField(_("bantuan yang diminta"), max_length=3000, blank=True)
    budget = models.DecimalField(
        _("perkiraan anggaran (Rp)"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
    )
    starts_on = models.DateField(_("mulai"), null=True, blank=True)
    ends_on = models.DateField(_("selesai"), null=True, blank=True)
    files = models.ManyToManyField(
        "media.Attachment", blank=True, related_name="+", verbose_name=_("berkas")
    )
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="reviewing",
        verbose_name=_("peninjau"),
    )
    state = FSMField(_("keadaan"), max_length=14, choices=State, default=State.DRAFT)
    submitted_at = models.DateTimeField(
        _("diajukan pada"), null=True, blank=True, editable=False
    )
    decided_at = models.DateTimeField(
        _("diputuskan pada"), null=True, blank=True, editable=False
    )
    decision_reason = models.TextField(
        _("alasan keputusan"), max_length=3000, blank=True
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan")
        verbose_name_plural = _("usulan")
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="proposal_queue")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="proposal_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="proposal_budget_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision_reason=""),
                name="declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Page of the proposal, for those who may see it."""
        return reverse("proposals:detail", args=[self.pk])

    @transition("state", source=State.DRAFT, target=State.SUBMITTED)
    def submit(self):
        """Hand it to the secretariat."""

    @transition("state", source=State.SUBMITTED, target=State.UNDER_REVIEW)
    def take_under_review(self):
        """Somebody reads it."""

    @transition("state", source=State.UNDER_REVIEW, target=State.CLARIFICATION)
    def ask_clarification(self):
        """A question goes back to the proposer."""

    @transition("state", source=State.CLARIFICATION, target=State.UNDER_REVIEW)
    def clarify(self):
        """The proposer answered."""

    @transition("state", source=State.UNDER_REVIEW, target=State.ACCEPTED)
    def accept(self):
        """It becomes a joint initiative."""

    @transition("state", source=State.UNDER_REVIEW, target=State.DECLINED)
    def decline(self):
        """It does not; the reason is told."""

    @transition(
        "state",
        source=[State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.CLARIFICATION],
        target=State.WITHDRAWN,
    )
    def withdraw(self):
        """The proposer takes it back."""


@pghistory.track()
class ExpectedResult(Row):
    """A result that a proposal promises; accepted, it becomes a target of the initiative."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="expected_results"
    )
    name = models.CharField(_("hasil yang diharapkan"), max_length=200)
    unit = models.CharField(_("satuan"), max_length=40)
    goal = models.DecimalField(_("target"), max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = _("hasil yang diharapkan")
        verbose_name_plural = _("hasil yang diharapkan")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__gte=0), name="expected_goal_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class CoSponsor(ConcurrentTransitionMixin, Row):
    """Another organisation stands behind a proposal."""

    class State(models.TextChoices):
        """Life of a co-sponsorship."""

        INVITED = "invited", _("Diundang")
        ACCEPTED = "accepted", _("Mendukung")
        DECLINED = "declined", _("Menolak")
        LEFT = "left", _("Keluar")

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="co_sponsors"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="co_sponsored"
    )
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.INVITED)

    class Meta:
        verbose_name = _("pengusul pendamping")
        verbose_name_plural = _("pengusul pendamping")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "organisation"], name="co_sponsor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"

    @transition("state", source=State.INVITED, target=State.ACCEPTED)
    def accept(self):
        """Stand behind it."""

    @transition("state", source=State.INVITED, target=State.DECLINED)
    def decline(self):
        """Do not."""

    @transition("state", source=State.ACCEPTED, target=State.LEFT)
    def leave(self):
        """No longer."""


@pghistory.track()
class ProposalMessage(OnceRow):
    """Talk about a proposal between its sponsors, government staff and moderators; `internal` only among reviewers."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    body = models.TextField(_("pesan"), max_length=4000)
    internal = models.BooleanField(_("hanya untuk peninjau"), default=False)

    class Meta:
        verbose_name = _("pesan usulan")
        verbose_name_plural = _("pesan usulan")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.body[:60]
