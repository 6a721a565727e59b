"""Proposals: what somebody wants to do together with others."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.models import Flagged, OnceRow, Row
from stakeholders.models import Organisation


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about proposals."""

    def visible_to(self, user) -> "ProposalQuerySet":
        """Return accepted ones, which all may see, and those that the person is a party to."""
        accepted = Q(state=Proposal.State.ACCEPTED)
        if not user.is_authenticated:
            return self.filter(accepted)
        return self.filter(accepted | self._party(user))

    def inside_for(self, user) -> "ProposalQuerySet":
        """Return those of which the person may also read the files, the messages and who is invited."""
        return self.filter(self._party(user)) if user.is_authenticated else self.none()

    @staticmethod
    def _party(user) -> Q:
        """Match what concerns a person: own and co-sponsored ones in any state, and those handed in, for who reviews.

        An invitation to co-sponsor opens the draft, since nobody stands behind what they cannot read. Drafts
        of others stay closed even to moderators; government members see what is under way or accepted.
        """
        mine = Organisation.objects.of(user)
        sponsored = CoSponsor.objects.filter(organisation__in=mine, state__in=["invited", "accepted"])
        reviewing = Proposal.reviewers.through.objects.filter(user=user)
        party = (
            Q(organisation__in=mine) | Q(pk__in=sponsored.values("proposal")) | Q(pk__in=reviewing.values("proposal"))
        )
        if getattr(user, "is_moderator", False):
            return party | Q(submitted_at__isnull=False) | Q(created_by=user)
        government = mine.filter(platform="government", state=Organisation.State.VERIFIED)
        return party | (Q(state__in=[*Proposal.AWAITING, Proposal.State.ACCEPTED]) & Q(Exists(government)))

    def awaiting_decision(self) -> "ProposalQuerySet":
        """Return the review queue, oldest first."""
        return self.filter(state__in=Proposal.AWAITING).order_by("submitted_at", "id")


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

    AWAITING = (State.SUBMITTED, State.UNDER_REVIEW, State.CLARIFICATION)
    EDITABLE = (State.DRAFT, State.CLARIFICATION)

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name=_("pengusul"),
    )
    title = models.CharField(_("judul"), max_length=160, blank=True)
    issue = models.ForeignKey(
        "issues.PriorityIssue",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("masalah"),
    )
    areas = models.ManyToManyField("places.Area", blank=True, related_name="proposals", verbose_name=_("wilayah"))
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
    starts_on = models.DateField(_("tanggal mulai"), null=True, blank=True)
    ends_on = models.DateField(_("tanggal selesai"), null=True, blank=True)
    files = models.ManyToManyField("media.Attachment", blank=True, related_name="+", verbose_name=_("berkas"))
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="reviewing",
        verbose_name=_("peninjau"),
    )
    state = FSMField(_("keadaan"), max_length=14, choices=State, default=State.DRAFT)
    submitted_at = models.DateTimeField(_("diajukan pada"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True, editable=False)
    decision_reason = models.TextField(_("alasan keputusan"), max_length=3000, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan")
        verbose_name_plural = _("usulan")
        indexes = [models.Index(fields=["state", "submitted_at", "id"], name="proposal_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
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
        return self.title or gettext("Usulan tanpa judul")

    @property
    def heading(self) -> str:
        """What to call it, also while it has no title."""
        return str(self)

    @property
    def is_editable(self) -> bool:
        """Whether its state lets its own people change it."""
        return self.state in self.EDITABLE

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
    """A result that a proposal promises; accepted, it becomes a target of the initiative.

    Unit and goal may be missing in a draft only.
    """

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="expected_results", verbose_name=_("usulan")
    )
    name = models.CharField(_("hasil yang diharapkan"), max_length=200)
    unit = models.CharField(_("satuan"), max_length=40, blank=True)
    goal = models.DecimalField(_("target"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("hasil yang diharapkan")
        verbose_name_plural = _("hasil yang diharapkan")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(goal__isnull=True) | Q(goal__gte=0), name="expected_goal_not_negative")
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
        Proposal, on_delete=models.CASCADE, related_name="co_sponsors", verbose_name=_("usulan")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="co_sponsored", verbose_name=_("organisasi")
    )
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.INVITED)

    class Meta:
        verbose_name = _("pengusul pendamping")
        verbose_name_plural = _("pengusul pendamping")
        constraints = [models.UniqueConstraint(fields=["proposal", "organisation"], name="co_sponsor_once")]

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

    @transition("state", source=[State.DECLINED, State.LEFT], target=State.INVITED)
    def invite_again(self):
        """Ask once more."""


@pghistory.track()
class ProposalMessage(OnceRow):
    """Talk about a proposal between its sponsors, government staff and moderators; `internal` only among reviewers."""

    class Kind(models.TextChoices):
        """Plain talk, or part of a clarification."""

        MESSAGE = "message", _("Pesan")
        QUESTION = "question", _("Pertanyaan")
        ANSWER = "answer", _("Jawaban")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="messages", verbose_name=_("usulan"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("penulis")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisasi")
    )
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind, default=Kind.MESSAGE)
    body = models.TextField(_("pesan"), max_length=4000)
    internal = models.BooleanField(_("hanya untuk peninjau"), default=False)

    class Meta:
        verbose_name = _("pesan usulan")
        verbose_name_plural = _("pesan usulan")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.body[:60]
