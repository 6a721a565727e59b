"""People come into an organisation by invitation or by asking, and leave it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import TransitionNotAllowed

from kalibaru.accounts.models import User
from kalibaru.core.access import require
from kalibaru.core.services import lock_unchanged
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Subscription
from kalibaru.notifications.services import end_by_itself, follow_by_itself, notify_address
from stakeholders.models import Membership, Organisation
from stakeholders.policies import forget_roles
from stakeholders.services.common import moderator_ids, owner_ids

Role, State = Membership.Role, Membership.State
OPEN_INVITATIONS = 50
LAST_OWNER = gettext_lazy(
    "Organisasi ini harus punya paling sedikit satu pengelola. Jadikan orang lain pengelola dulu."
)


def invite_colleague(organisation: Organisation, *, email: str, role: str = Role.EDITOR, actor: Any) -> Membership:
    """Invite somebody by e-mail, with or without an account; an invitation that is open already is not sent twice.

    Whoever had asked to join is let in at once.
    """
    require(actor, "stakeholders.manage_members", organisation)
    email = email.strip().lower()
    with transaction.atomic():
        _open(organisation)
        user = User.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True).first()
        by_email = Q(user__isnull=True, email__iexact=email)
        held = organisation.memberships.filter(Q(user=user) | by_email if user else by_email).first()
        if held and held.state == State.ACTIVE:
            raise ValidationError({"email": _("Orang ini sudah menjadi anggota.")})
        if held and held.state == State.REQUESTED:
            return accept_request(held, role=role, actor=actor)
        if held and held.state == State.INVITED:
            return held
        if organisation.memberships.filter(state=State.INVITED).count() >= OPEN_INVITATIONS:
            raise ValidationError({"email": _("Terlalu banyak undangan yang belum dijawab. Batalkan sebagian dulu.")})
        if held:
            held.invite_again()
            held.role, held.email, held.created_by = role, email, actor
            held.save()
        else:
            held = Membership.objects.create(
                organisation=organisation, user=user, email=email, role=role, created_by=actor
            )
        _send_invitation(held, organisation, actor)
    return held


def _send_invitation(membership: Membership, organisation: Organisation, actor: Any) -> None:
    url = reverse("stakeholders:invitation", args=[membership.pk])
    publish(
        "stakeholders.member_invited",
        organisation,
        actor=actor,
        audience="parties",
        recipients=[membership.user_id] if membership.user_id else (),
        payload={"url": url},
    )
    if membership.user_id is None:
        notify_address(
            membership.email,
            "organisation_invitation",
            {
                "inviter": actor.display_name,
                "organisation": organisation.name,
                "role": membership.get_role_display(),
                "url": settings.SITE_URL + url,
            },
            language=actor.language,
        )


def accept_invitation(membership: Membership, *, actor: Any) -> Membership:
    """Join by an invitation to one's account, or to an e-mail that one has proved to own."""
    with transaction.atomic():
        organisation = _open(membership.organisation)
        membership = _fresh(membership)
        require(actor, "stakeholders.answer_invitation", membership)
        if membership.state != State.INVITED:
            raise TransitionNotAllowed("invitation is not open")
        membership = _of_account(membership, actor)
        if membership.state != State.ACTIVE:
            membership.accept()
            membership.save()
            _tell(organisation, "member_joined", actor, owner_ids(organisation))
            follow_by_itself(organisation, [actor.pk], Subscription.Reason.MEMBER)
    forget_roles(actor)
    return membership


def _of_account(invited: Membership, actor: Any) -> Membership:
    """Return the one row of this person: an invitation to a second e-mail of a member adds none."""
    held = Membership.objects.filter(organisation=invited.organisation, user=actor).exclude(pk=invited.pk).first()
    if held is None:
        invited.user = actor
        return invited
    invited.delete()
    if held.state in (State.DECLINED, State.LEFT):
        held.invite_again()
    if held.state != State.ACTIVE:
        held.role = invited.role
    return held


def decline_invitation(membership: Membership, *, actor: Any) -> Membership:
    """Refuse an invitation."""
    with transaction.atomic():
        membership = _fresh(membership)
        require(actor, "stakeholders.answer_invitation", membership)
        return _refuse(membership, State.INVITED, "invitation_declined", actor, owner_ids(membership.organisation))


def withdraw_invitation(membership: Membership, *, actor: Any) -> Membership:
    """Take back an invitation that nobody has answered."""
    with transaction.atomic():
        membership = _fresh(membership)
        require(actor, "stakeholders.manage_members", membership.organisation)
        return _refuse(membership, State.INVITED, "invitation_withdrawn", actor, [])


def ask_to_join(organisation: Organisation, *, actor: Any) -> Membership:
    """Ask the owners to let one in; an open invitation is thereby accepted, an open request is not sent twice.

    Where an organisation has no owner yet, the secretariat is asked.
    """
    require(actor, "stakeholders.ask_to_join")
    with transaction.atomic():
        _open(organisation)
        held = organisation.memberships.filter(user=actor).first()
        if held and held.state in (State.ACTIVE, State.REQUESTED):
            return held
        if invitation := organisation.memberships.invitations_for(actor).first():
            return accept_invitation(invitation, actor=actor)
        if organisation.state != Organisation.State.VERIFIED:
            raise TransitionNotAllowed("only verified organisations take requests")
        if held:
            held.ask_again()
            held.role = Role.EDITOR
            held.save()
        else:
            held = Membership.objects.create(
                organisation=organisation, user=actor, state=State.REQUESTED, created_by=actor
            )
        _tell(organisation, "join_requested", actor, owner_ids(organisation) or moderator_ids())
    return held


def accept_request(membership: Membership, *, role: str = Role.EDITOR, actor: Any) -> Membership:
    """Let somebody in who asked, with a role."""
    with transaction.atomic():
        organisation = _open(membership.organisation)
        membership = _fresh(membership)
        require(actor, "stakeholders.manage_members", organisation)
        if membership.state != State.REQUESTED:
            raise TransitionNotAllowed("request is not open")
        membership.accept()
        membership.role = role
        membership.save()
        _tell(organisation, "join_accepted", actor, [membership.user_id])
        follow_by_itself(organisation, [membership.user_id], Subscription.Reason.MEMBER)
    return membership


def decline_request(membership: Membership, *, actor: Any) -> Membership:
    """Refuse somebody who asked."""
    with transaction.atomic():
        membership = _fresh(membership)
        require(actor, "stakeholders.manage_members", membership.organisation)
        return _refuse(membership, State.REQUESTED, "join_declined", actor, [membership.user_id])


def leave_organisation(membership: Membership, *, actor: Any) -> Membership:
    """Leave. The last owner cannot."""
    require(actor, "stakeholders.leave", membership)
    return _end(membership, "member_left", actor)


def remove_member(membership: Membership, *, actor: Any) -> Membership:
    """End somebody's membership. The last owner stays."""
    require(actor, "stakeholders.manage_members", membership.organisation)
    return _end(membership, "member_removed", actor)


def change_role(membership: Membership, *, role: str, actor: Any) -> Membership:
    """Give a member another role. The last owner stays one."""
    with transaction.atomic():
        organisation = _open(membership.organisation)
        membership = _fresh(membership)
        require(actor, "stakeholders.manage_members", organisation)
        if membership.state != State.ACTIVE:
            raise TransitionNotAllowed("not a member")
        if membership.role != role:
            _keep_an_owner(membership, leaving=role != Role.OWNER)
            membership.role = role
            membership.save(update_fields=["role", "updated_at"])
            _tell(organisation, "role_changed", actor, [membership.user_id])
    forget_roles(actor)
    return membership


def _end(membership: Membership, kind: str, actor: Any) -> Membership:
    with transaction.atomic():
        lock_unchanged(membership.organisation)
        membership = _fresh(membership)
        membership.leave()
        _keep_an_owner(membership, leaving=True)
        membership.save()
        told = {membership.user_id, *owner_ids(membership.organisation)}
        _tell(membership.organisation, kind, actor, told)
        end_by_itself(membership.organisation, membership.user, Subscription.Reason.MEMBER)
    forget_roles(actor)
    return membership


def _keep_an_owner(membership: Membership, *, leaving: bool) -> None:
    """Raise ValidationError if nobody would answer for the organisation any more; it is locked by the caller."""
    others = membership.organisation.memberships.owners().exclude(pk=membership.pk)
    if leaving and membership.role == Role.OWNER and not others.exists():
        raise ValidationError(str(LAST_OWNER))


def _refuse(membership: Membership, state: str, kind: str, actor: Any, told: Any) -> Membership:
    if membership.state != state:
        raise TransitionNotAllowed(f"not {state}")
    membership.decline()
    membership.save()
    _tell(membership.organisation, kind, actor, told)
    return membership


def _open(organisation: Organisation) -> Organisation:
    """Lock an organisation in which people may still be let in; TransitionNotAllowed if it is suspended or merged."""
    lock_unchanged(organisation)
    if organisation.state in (Organisation.State.SUSPENDED, Organisation.State.MERGED):
        raise TransitionNotAllowed("organisation is closed")
    return organisation


def _fresh(membership: Membership) -> Membership:
    """Read the membership anew and lock it."""
    return Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)


def _tell(organisation: Organisation, kind: str, actor: Any, told: Any) -> None:
    publish(f"stakeholders.{kind}", organisation, actor=actor, audience="parties", recipients=told)
