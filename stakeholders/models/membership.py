"""People in organisations, and the history of verification."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.models import Row
from stakeholders.models.organisation import Organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about who belongs where."""

    def active(self) -> "MembershipQuerySet":
        """Return members."""
        return self.filter(state=Membership.State.ACTIVE)

    def owners(self) -> "MembershipQuerySet":
        """Return active owners."""
        return self.active().filter(role=Membership.Role.OWNER)

    def acting(self) -> "MembershipQuerySet":
        """Return those who may act for their organisation: active owners and editors."""
        return self.active().filter(role__in=[Membership.Role.OWNER, Membership.Role.EDITOR])

    def invitations_for(self, user) -> "MembershipQuerySet":
        """Return open invitations of a person, also those to an e-mail that the person has proved to own."""
        proved = user.emailaddress_set.filter(verified=True).values(address=Lower("email"))
        to_address = Q(user__isnull=True, lower_email__in=proved)
        return self.alias(lower_email=Lower("email")).filter(Q(user=user) | to_address, state=Membership.State.INVITED)

    def requests_for(self, user) -> "MembershipQuerySet":
        """Return requests to join that this person answers: as owner, or as moderator where there is no owner."""
        open_requests = self.filter(state=Membership.State.REQUESTED)
        mine = open_requests.filter(organisation__in=Organisation.objects.of(user, Membership.Role.OWNER))
        if not user.is_moderator:
            return mine
        owned = Membership.objects.owners().values("organisation")
        return mine | open_requests.exclude(organisation__in=owned)


@pghistory.track()
class Membership(ConcurrentTransitionMixin, Row):
    """A person in an organisation. An invitation to an e-mail without account has no user yet."""

    class Role(models.TextChoices):
        """What the person may do for the organisation."""

        OWNER = "owner", _("Pengelola")
        EDITOR = "editor", _("Penyunting")
        VIEWER = "viewer", _("Pembaca")

    class State(models.TextChoices):
        """Life of a membership."""

        INVITED = "invited", _("Diundang")
        REQUESTED = "requested", _("Meminta bergabung")
        ACTIVE = "active", _("Aktif")
        DECLINED = "declined", _("Ditolak")
        LEFT = "left", _("Keluar")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisasi")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("orang"),
    )
    email = models.EmailField(_("surel undangan"), blank=True)
    role = models.CharField(_("peran"), max_length=8, choices=Role, default=Role.EDITOR)
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.INVITED)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="member_once"),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                name="invited_once",
                condition=Q(user__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(email=""),
                name="member_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_role_display()}"

    @transition("state", source=[State.INVITED, State.REQUESTED], target=State.ACTIVE)
    def accept(self):
        """Become a member."""

    @transition("state", source=[State.INVITED, State.REQUESTED], target=State.DECLINED)
    def decline(self):
        """Refuse the invitation or the request."""

    @transition("state", source=State.ACTIVE, target=State.LEFT)
    def leave(self):
        """Leave, or be removed."""

    @transition("state", source=[State.DECLINED, State.LEFT], target=State.INVITED)
    def invite_again(self):
        """Invite once more."""

    @transition("state", source=[State.DECLINED, State.LEFT], target=State.REQUESTED)
    def ask_again(self):
        """Ask to join once more."""


# The longest reason of a decision, in letters.
REASON_MAX = 2000


class Verification(Row):
    """One decision of the secretariat about an organisation: history, never overwritten."""

    class Decision(models.TextChoices):
        """What was decided."""

        VERIFIED = "verified", _("Diverifikasi")
        REJECTED = "rejected", _("Ditolak")
        ASKED = "asked", _("Diminta melengkapi")
        SUSPENDED = "suspended", _("Ditangguhkan")
        RESTORED = "restored", _("Dipulihkan")
        MERGED = "merged", _("Digabung")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="verifications", verbose_name=_("organisasi")
    )
    decision = models.CharField(_("keputusan"), max_length=10, choices=Decision)
    reason = models.TextField(_("alasan"), max_length=REASON_MAX, blank=True)

    class Meta:
        verbose_name = _("verifikasi")
        verbose_name_plural = _("verifikasi")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_decision_display()}"
