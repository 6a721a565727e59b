"""The permission table: actor × deed. A missing cell is a mistake."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django_fsm import TransitionNotAllowed

from stakeholders import services
from stakeholders.services import Details
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

ACTORS = ["visitor", "blocked", "resident", "owner", "editor", "viewer", "other", "outcast", "moderator"]
YES, NO = True, False
#                   visitor blocked resident owner editor viewer other outcast moderator
TABLE = {
    "register":     [NO,     NO,     YES,     YES,  YES,   YES,   YES,  YES,    YES],
    "edit":         [NO,     NO,     NO,      YES,  YES,   NO,    NO,   NO,     YES],
    "submit":       [NO,     NO,     NO,      YES,  YES,   NO,    NO,   NO,     YES],
    "edit own suspended": [NO, NO,   NO,      NO,   NO,    NO,    NO,   NO,     YES],
    "invite":       [NO,     NO,     NO,      YES,  NO,    NO,    NO,   NO,     YES],
    "ask to join":  [NO,     NO,     YES,     YES,  YES,   YES,   YES,  YES,    YES],
    "admit":        [NO,     NO,     NO,      YES,  NO,    NO,    NO,   NO,     YES],
    "refuse":       [NO,     NO,     NO,      YES,  NO,    NO,    NO,   NO,     YES],
    "accept another's invitation": [NO, NO, NO, NO, NO,    NO,    NO,   NO,     NO],
    "decline another's invitation": [NO, NO, NO, NO, NO,   NO,    NO,   NO,     NO],
    "withdraw":     [NO,     NO,     NO,      YES,  NO,    NO,    NO,   NO,     YES],
    "change role":  [NO,     NO,     NO,      YES,  NO,    NO,    NO,   NO,     YES],
    "remove":       [NO,     NO,     NO,      YES,  NO,    NO,    NO,   NO,     YES],
    "leave for another": [NO, NO,    NO,      NO,   NO,    NO,    NO,   NO,     NO],
    "verify":       [NO,     NO,     NO,      NO,   NO,    NO,    NO,   NO,     YES],
    "reject":       [NO,     NO,     NO,      NO,   NO,    NO,    NO,   NO,     YES],
    "ask":          [NO,     NO,     NO,      NO,   NO,    NO,    NO,   NO,     YES],
    "suspend":      [NO,     NO,     NO,      NO,   NO,    NO,    NO,   NO,     YES],
    "restore":      [NO,     NO,     NO,      NO,   NO,    NO,    NO,   NO,     YES],
    "merge":        [NO,     NO,     NO,      NO,   NO,    NO,    NO,   NO,     YES],
}  # fmt: skip


@pytest.fixture
def actors(rina, yusuf, editor, viewer, dewi, outcast, maya):
    from django.contrib.auth.models import AnonymousUser

    return {
        "visitor": AnonymousUser(),
        "blocked": UserFactory(is_active=False),
        "resident": rina,
        "owner": yusuf,
        "editor": editor,
        "viewer": viewer,
        "other": dewi,
        "outcast": outcast,
        "moderator": maya,
    }


def _member(organisation, state="active", role="editor"):
    return MembershipFactory(organisation=organisation, state=state, role=role)


def _do(deed, actor, ngo, suspended):
    pending = OrganisationFactory(state="pending")
    same = Details(name=ngo.name, platform=ngo.platform, kind=ngo.kind)
    why = {"actor": actor, "reason": "Contoh alasan."}
    return {
        "register": lambda: services.register_organisation(Details(name="Contoh"), actor=actor),
        "edit": lambda: services.edit_organisation(ngo, same, actor=actor),
        "submit": lambda: services.submit_organisation(ngo, actor=actor),
        "edit own suspended": lambda: services.edit_organisation(suspended, same, actor=actor),
        "invite": lambda: services.invite_colleague(ngo, email="rekan@lsm.example", actor=actor),
        "ask to join": lambda: services.ask_to_join(OrganisationFactory(), actor=actor),
        "admit": lambda: services.accept_request(_member(ngo, "requested"), actor=actor),
        "refuse": lambda: services.decline_request(_member(ngo, "requested"), actor=actor),
        "accept another's invitation": lambda: services.accept_invitation(_member(ngo, "invited"), actor=actor),
        "decline another's invitation": lambda: services.decline_invitation(_member(ngo, "invited"), actor=actor),
        "withdraw": lambda: services.withdraw_invitation(_member(ngo, "invited"), actor=actor),
        "change role": lambda: services.change_role(_member(ngo), role="viewer", actor=actor),
        "remove": lambda: services.remove_member(_member(ngo), actor=actor),
        "leave for another": lambda: services.leave_organisation(_member(ngo), actor=actor),
        "verify": lambda: services.verify_organisation(pending, **why),
        "reject": lambda: services.reject_organisation(pending, **why),
        "ask": lambda: services.ask_to_complete(pending, **why),
        "suspend": lambda: services.suspend_organisation(ngo, **why),
        "restore": lambda: services.restore_organisation(suspended, **why),
        "merge": lambda: services.merge_organisation(pending, ngo, **why),
    }[deed]()


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("deed", TABLE)
def test_only_who_may_does(deed, actor, actors, ngo, suspended):
    try:
        _do(deed, actors[actor], ngo, suspended)
        may = True
    except PermissionDenied:
        may = False
    except (ValidationError, TransitionNotAllowed):
        may = True  # a wrong moment or a missing word is another answer than "you may not"
    assert may is TABLE[deed][ACTORS.index(actor)]


def test_the_table_has_no_empty_cell():
    assert all(len(row) == len(ACTORS) for row in TABLE.values())


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        ("draft", {"owner", "moderator"}),
        ("pending", {"owner", "moderator"}),
        ("rejected", {"owner", "moderator"}),
        ("suspended", {"owner", "moderator"}),
        ("verified", {"visitor", "resident", "other", "owner", "moderator"}),
    ],
)
def test_what_is_not_verified_is_seen_by_its_own_people_only(client, rina, dewi, maya, state, seen_by):
    organisation = OrganisationFactory(state=state, submitted_at="2026-01-05T00:00Z")
    owner = MembershipFactory(organisation=organisation).user
    for name, person in {"visitor": None, "resident": rina, "other": dewi, "owner": owner, "moderator": maya}.items():
        client.logout()
        if person:
            client.force_login(person)
        assert client.get(organisation.get_absolute_url()).status_code == (200 if name in seen_by else 404)
