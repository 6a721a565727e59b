"""What people do with organisations: one function per deed, the same for pages, back office, seed and tests."""

from stakeholders.services.members import (
    accept_invitation,
    accept_request,
    ask_to_join,
    change_role,
    decline_invitation,
    decline_request,
    invite_colleague,
    leave_organisation,
    remove_member,
    withdraw_invitation,
)
from stakeholders.services.merging import merge_organisation
from stakeholders.services.moderation import (
    ask_to_complete,
    reject_organisation,
    restore_organisation,
    suspend_organisation,
    verify_organisation,
)
from stakeholders.services.registration import (
    Details,
    edit_organisation,
    missing_details,
    register_organisation,
    submit_organisation,
)

__all__ = [
    "Details",
    "accept_invitation",
    "accept_request",
    "ask_to_complete",
    "ask_to_join",
    "change_role",
    "decline_invitation",
    "decline_request",
    "edit_organisation",
    "invite_colleague",
    "leave_organisation",
    "merge_organisation",
    "missing_details",
    "register_organisation",
    "reject_organisation",
    "remove_member",
    "restore_organisation",
    "submit_organisation",
    "suspend_organisation",
    "verify_organisation",
    "withdraw_invitation",
]
