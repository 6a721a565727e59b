"""Who may, on organisations. The predicates serve the upper rooms too."""

from typing import Any

import rules

from kalibaru.core.access import has_account, is_moderator
from stakeholders.models import Membership, Organisation


def _roles(user: Any) -> dict:
    """Return {organisation id: (role, state, platform)} of active memberships, read once per user object."""
    cached = getattr(user, "_organisation_roles", None)
    if cached is None:
        rows = Membership.objects.filter(user=user, state=Membership.State.ACTIVE).values_list(
            "organisation_id", "role", "organisation__state", "organisation__platform"
        )
        cached = user._organisation_roles = {row[0]: row[1:] for row in rows}
    return cached


def forget_roles(user: Any) -> None:
    """Drop what `_roles` remembers, after a membership changed within one request."""
    user.__dict__.pop("_organisation_roles", None)


def acts_for(user: Any, organisation_id: Any, *, verified: bool = True) -> bool:
    """Return whether the person owns or edits an organisation (a verified one, unless told otherwise)."""
    if not has_account(user):
        return False
    role, state, _platform = _roles(user).get(organisation_id, ("", "", ""))
    return role in (Membership.Role.OWNER, Membership.Role.EDITOR) and (
        not verified or state == Organisation.State.VERIFIED
    )


@rules.predicate
def acts_for_some_verified(user: Any) -> bool:
    """The person owns or edits a verified organisation, so may write in its name."""
    return has_account(user) and any(
        state == "verified" and role in ("owner", "editor") for role, state, _platform in _roles(user).values()
    )


@rules.predicate
def in_government(user: Any) -> bool:
    """The person is an active member of a verified government organisation."""
    return has_account(user) and any(
        state == "verified" and platform == "government" for _role, state, platform in _roles(user).values()
    )


@rules.predicate
def edits_organisation(user: Any, organisation: Organisation | None) -> bool:
    """The person owns or edits this organisation (pending and rejected ones too, so that they can be mended)."""
    return organisation is not None and acts_for(user, organisation.pk, verified=False)


@rules.predicate
def owns_organisation(user: Any, organisation: Organisation | None) -> bool:
    """The person owns this organisation."""
    return organisation is not None and has_account(user) and _roles(user).get(organisation.pk, ("",))[0] == "owner"


@rules.predicate
def not_suspended(user: Any, organisation: Organisation | None) -> bool:
    """The organisation is neither suspended nor merged."""
    return organisation is not None and organisation.state not in (
        "suspended",
        "merged",
    )


@rules.predicate
def in_organisation(user: Any, organisation: Organisation | None) -> bool:
    """The person is an active member, with any role."""
    return organisation is not None and has_account(user) and organisation.pk in _roles(user)


@rules.predicate
def is_invited(user: Any, membership: Membership | None) -> bool:
    """The invitation is to this account, or to an e-mail that the person has proved to own."""
    if membership is None or membership.user_id is not None:
        return membership is not None and membership.user_id == user.pk
    return user.emailaddress_set.filter(verified=True, email__iexact=membership.email).exists()


@rules.predicate
def is_own_membership(user: Any, membership: Membership | None) -> bool:
    """The membership is the person's own."""
    return membership is not None and membership.user_id == user.pk


rules.add_perm("stakeholders.register_organisation", has_account)
rules.add_perm("stakeholders.ask_to_join", has_account)
rules.add_perm("stakeholders.see_private_organisation", is_moderator | in_organisation)
rules.add_perm("stakeholders.edit_organisation", is_moderator | (edits_organisation & not_suspended))
rules.add_perm("stakeholders.manage_members", is_moderator | (owns_organisation & not_suspended))
rules.add_perm("stakeholders.answer_invitation", has_account & is_invited)
rules.add_perm("stakeholders.leave", has_account & is_own_membership)
rules.add_perm("stakeholders.moderate_organisation", is_moderator)
