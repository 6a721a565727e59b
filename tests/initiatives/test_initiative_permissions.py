"""Who may do what to an initiative, in which state: no empty cell."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import TransitionNotAllowed

from initiatives.models import Action, Initiative, Target
from initiatives.services import initiatives, milestones, partners, updates
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db

DEEDS = {
    "edit": lambda row, actor: initiatives.edit_initiative(row, actor=actor, summary="Lain."),
    "publish": lambda row, actor: initiatives.publish_initiative(row, actor=actor),
    "start": lambda row, actor: initiatives.start_initiative(row, actor=actor),
    "pause": lambda row, actor: initiatives.pause_initiative(row, actor=actor, reason="Hujan."),
    "resume": lambda row, actor: initiatives.resume_initiative(row, actor=actor),
    "complete": lambda row, actor: initiatives.complete_initiative(
        row, actor=actor, results="Selesai.", lesson="Mulai kecil."
    ),
    "cancel": lambda row, actor: initiatives.cancel_initiative(row, actor=actor, reason="Dana batal."),
    "add partner": lambda row, actor: partners.add_partner(row, OrganisationFactory(), "funding", actor=actor),
    "change role": lambda row, actor: partners.change_role(
        row.partners.get(role="implementing"), "supporting", actor=actor
    ),
    "remove partner": lambda row, actor: partners.remove_partner(row.partners.get(role="implementing"), actor=actor),
    "add action": lambda row, actor: milestones.add_action(row, actor=actor, title="Rapat"),
    "edit action": lambda row, actor: milestones.edit_action(
        row.actions.first(), actor=actor, title="Rapat", organisation=None, due_on=None
    ),
    "finish partner's action": lambda row, actor: milestones.finish_action(row.actions.first(), actor=actor),
    "drop action": lambda row, actor: milestones.drop_action(row.actions.first(), actor=actor),
    "set target": lambda row, actor: milestones.set_target(row, actor=actor, name="Warga", unit="orang", goal=5),
    "record target": lambda row, actor: milestones.record_target(row.targets.first(), actor=actor, reached=Decimal(3)),
    "publish update": lambda row, actor: updates.publish_update(row, actor=actor, title="Kabar", body="Isi."),
    "add lesson": lambda row, actor: updates.add_lesson(row, actor=actor, kind="worked", text="Mulai kecil."),
}
EVERY = set(Initiative.State.values)
OPEN = {"planned", "active", "paused"}
POSSIBLE = {
    "edit": OPEN,
    "publish": EVERY - {"cancelled"},
    "start": {"planned"},
    "pause": {"active"},
    "resume": {"paused"},
    "complete": {"active"},
    "cancel": OPEN,
    "add partner": OPEN,
    "change role": OPEN,
    "remove partner": OPEN,
    "add action": OPEN,
    "edit action": OPEN,
    "finish partner's action": OPEN,
    "drop action": OPEN,
    "set target": OPEN,
    "record target": EVERY - {"cancelled"},
    "publish update": EVERY - {"cancelled"},
    "add lesson": EVERY,
}
LEAD = set(DEEDS) - {"publish"}
MAY = {
    "visitor": set(),
    "resident": set(),
    "viewer of the lead": set(),
    "editor of another organisation": set(),
    "editor of the suspended lead": set(),
    "editor of a suspended partner": set(),
    "editor of the partner": {"finish partner's action", "publish update", "add lesson"},
    "owner of the lead": LEAD,
    "editor of the lead": LEAD,
    "moderator": set(DEEDS),
}


@pytest.fixture
def actors(rina, yusuf, dewi, maya, ngo):
    """One person for each row of the table."""
    return {
        "visitor": AnonymousUser(),
        "resident": rina,
        "viewer of the lead": MembershipFactory(organisation=ngo, role="viewer").user,
        "editor of another organisation": MembershipFactory().user,
        "editor of the suspended lead": yusuf,
        "editor of a suspended partner": dewi,
        "editor of the partner": dewi,
        "owner of the lead": yusuf,
        "editor of the lead": MembershipFactory(organisation=ngo, role="editor", user=UserFactory()).user,
        "moderator": maya,
    }


@pytest.mark.parametrize("who", MAY)
def test_deed_by_actor_and_state(who, actors, ngo, agency):
    if "suspended lead" in who:
        type(ngo).objects.filter(pk=ngo.pk).update(state="suspended")
    if "suspended partner" in who:
        type(agency).objects.filter(pk=agency.pk).update(state="suspended")
    assert set(POSSIBLE) == set(DEEDS)
    for state in sorted(EVERY):
        row = joint_initiative(ngo, agency, state=state, state_reason="Dana batal." if state == "cancelled" else "")
        Action.objects.create(initiative=row, title="Rapat", organisation=agency)
        Target.objects.create(initiative=row, name="Sampah", unit="kg", goal=10)
        for deed, act in DEEDS.items():
            got = _outcome(row, deed, act, actors[who])
            if deed not in MAY[who]:
                expected = "denied"
            elif state in POSSIBLE[deed] or (deed == "edit" and who == "moderator"):
                expected = "done"
            else:
                expected = "not now"
            assert got == expected, f"{who} · {state} · {deed}"


def _outcome(row, deed, act, actor):
    actor.__dict__.pop("_organisation_roles", None)
    try:
        with transaction.atomic():
            fresh = Initiative.objects.get(pk=row.pk)
            if deed == "publish":
                Initiative.objects.filter(pk=row.pk).update(published_at=None)
                fresh.refresh_from_db()
            act(fresh, actor)
            raise _Undo
    except _Undo:
        return "done"
    except PermissionDenied:
        return "denied"
    except TransitionNotAllowed:
        return "not now"


class _Undo(Exception):
    """Ends a transaction that is only tried."""


@pytest.mark.parametrize("who", MAY)
def test_only_moderators_create_initiatives(who, actors, waste):
    lead = OrganisationFactory()

    def create():
        return initiatives.create_initiative(
            actor=actors[who], lead=lead, title="Bank sampah", summary="Ringkas.", issues=[waste]
        )

    if who == "moderator":
        assert create().published_at is None
    else:
        with pytest.raises(PermissionDenied):
            create()


@pytest.mark.parametrize("who", MAY)
def test_unpublished_initiative_is_seen_by_its_partners_and_moderators_only(who, actors, ngo, agency):
    row = joint_initiative(ngo, agency, published_at=None)
    seen = Initiative.objects.visible_to(actors[who]).filter(pk=row.pk).exists()
    assert seen == (who not in ("visitor", "resident", "editor of another organisation"))
