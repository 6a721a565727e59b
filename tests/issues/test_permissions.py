"""Who may do what with problems, forums, needs and stakes: actor × state × deed, no empty cell."""

from datetime import date

import pytest

from issues import services
from issues.models import Forum, PriorityIssue
from issues.services import NeedEntry
from tests.factories import NeedFactory, PriorityIssueFactory
from tests.initiatives.programmes import person
from tests.tables import outcome

pytestmark = pytest.mark.django_db
ACTORS = ["anyone", "resident", "ngo", "viewer", "editor", "owner", "invited", "left", "moderator"]

# One letter a state: + may, F may never (403), S not in this state (409). Whoever is not named gets F everywhere.
DEEDS = {
    # draft published archived
    "publish_issue": {"moderator": "+ S +"},
    "archive_issue": {"moderator": "S + S"},
    # draft published
    "publish_forum": {"moderator": "+ S"},
    # open partly_met met closed
    "edit_need": {"moderator": "+ + S S"},
    "meet_need_partly": {"moderator": "+ + S S"},
    "meet_need": {"moderator": "+ + S S"},
    "close_need": {"moderator": "+ + S S"},
    "add_need": {"moderator": "+ + +"},
}
STATES = {
    "issue": ["draft", "published", "archived"],
    "forum": ["draft", "published"],
    "need": ["open", "partly_met", "met", "closed"],
}


def rows_for(deed):
    """Return fresh rows, one a state, and how the deed is called on each."""
    if deed.endswith("_forum"):
        kinds = [
            Forum.objects.create(
                title=f"Contoh {state}", slug=f"contoh-{state}", kind="fgd", on=date(2024, 2, 6), state=state
            )
            for state in STATES["forum"]
        ]
    elif deed.endswith("_issue") or deed == "add_need":
        kinds = [PriorityIssueFactory(state=state) for state in STATES["issue"]]
    else:
        kinds = [NeedFactory(state=state) for state in STATES["need"]]
    return kinds


def do(deed, row, actor):
    service = getattr(services, deed)
    entry = NeedEntry(kind="data", title="Contoh kebutuhan")
    if deed == "add_need":
        service(row, entry, actor=actor)
    elif deed == "edit_need":
        service(row, entry, version=None, actor=actor)
    else:
        service(row, actor=actor)


@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_follow_the_table(agency, deed, name):
    actor = person(name, agency)
    rows = rows_for(deed)
    found = " ".join(outcome(lambda row=row: do(deed, row, actor)) for row in rows)
    assert found == DEEDS[deed].get(name, " ".join("F" * len(rows)))


STAKES = {
    # state of the organisation: draft pending verified rejected suspended
    "anyone": "F F F F F",
    "resident": "F F F F F",
    "ngo": "F F F F F",
    "viewer": "F F F F F",
    "editor": "+ + + + F",
    "owner": "+ + + + F",
    "invited": "F F F F F",
    "left": "F F F F F",
    "moderator": "+ + + + +",
}


@pytest.mark.parametrize("name", ACTORS)
def test_stakes_follow_the_table(agency, waste, name):
    actor = person(name, agency)
    found = []
    for state in ["draft", "pending", "verified", "rejected", "suspended"]:
        type(agency).objects.filter(pk=agency.pk).update(state=state)
        organisation = type(agency).objects.get(pk=agency.pk)
        found.append(outcome(lambda organisation=organisation: services.set_stakes(organisation, [waste], actor=actor)))
    assert " ".join(found) == STAKES[name]


@pytest.mark.parametrize("name", ACTORS)
def test_only_the_secretariat_reads_what_is_not_published(agency, name):
    actor = person(name, agency)
    for state in STATES["issue"]:
        PriorityIssueFactory(state=state)
    rows_for("publish_forum")
    seen = set(PriorityIssue.objects.visible_to(actor).values_list("state", flat=True))
    forums = set(Forum.objects.visible_to(actor).values_list("state", flat=True))
    if name == "moderator":
        assert (seen, forums) == (set(STATES["issue"]), set(STATES["forum"]))
    else:
        assert (seen, forums) == ({"published"}, {"published"})
