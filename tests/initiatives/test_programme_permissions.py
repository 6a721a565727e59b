"""Who may do what with a programme: actor × state × deed, no empty cell."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from initiatives.models import Programme
from initiatives.services import programmes as services
from tests.factories import OrganisationFactory
from tests.initiatives.programmes import entry, person, programme_in
from tests.tables import outcome

pytestmark = pytest.mark.django_db
STATES = ["draft", "published", "finished"]
ACTORS = ["anyone", "resident", "ngo", "other_agency", "invited", "left", "viewer", "editor", "owner", "moderator"]
NOBODY = "F F F"

# One letter a state: + may, F may never (403), S not in this state (409).
WRITERS = ("editor", "owner", "moderator")
DEEDS = {
    "edit": {name: "+ + +" if name in WRITERS else NOBODY for name in ACTORS},
    "publish": {name: "+ S S" if name in WRITERS else NOBODY for name in ACTORS},
    "finish": {name: "S + S" if name in WRITERS else NOBODY for name in ACTORS},
    "note": {name: "S + S" if name in WRITERS else NOBODY for name in ACTORS},
}
# + sees it, . does not.
READ = {
    "anyone": ". + +",
    "resident": ". + +",
    "ngo": ". + +",
    "other_agency": ". + +",
    "invited": ". + +",
    "left": ". + +",
    "viewer": "+ + +",
    "editor": "+ + +",
    "owner": "+ + +",
    "moderator": "+ + +",
}
# Of a suspended organisation: its own people still read, nobody but the secretariat writes.
READ_SUSPENDED = {name: "+ + +" if name in ("viewer", *WRITERS) else ". . ." for name in ACTORS}


def do(deed, programme, actor):
    match deed:
        case "edit":
            services.edit_programme(programme, entry(), version=None, actor=actor)
        case "publish":
            services.publish_programme(programme, actor=actor)
        case "finish":
            services.finish_programme(programme, actor=actor)
        case "note":
            services.add_note(programme, on=date(2026, 1, 2), note="Contoh catatan", actor=actor)


def tried(deed, programme, actor) -> str:
    return outcome(lambda: do(deed, programme, actor))


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("name", ACTORS)
def test_deeds_follow_the_table(agency, deed, name):
    actor = person(name, agency)
    found = " ".join(tried(deed, programme_in(state, agency), actor) for state in STATES)
    assert found == DEEDS[deed][name]


@pytest.mark.parametrize("name", ACTORS)
def test_reading_follows_the_table(agency, name):
    actor = person(name, agency)
    rows = [programme_in(state, agency) for state in STATES]
    seen = set(Programme.objects.visible_to(actor))
    assert " ".join("+" if row in seen else "." for row in rows) == READ[name]


@pytest.mark.parametrize("name", ACTORS)
def test_programmes_of_a_suspended_organisation_vanish(agency, name):
    actor = person(name, agency)
    rows = [programme_in(state, agency) for state in STATES]
    agency.state = "suspended"
    agency.save()
    seen = set(Programme.objects.visible_to(actor))
    assert " ".join("+" if row in seen else "." for row in rows) == READ_SUSPENDED[name]


@pytest.mark.parametrize("name", [name for name in ACTORS if name != "moderator"])
@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_writes_for_a_suspended_organisation(agency, deed, name):
    actor = person(name, agency)
    agency.state = "suspended"
    agency.save()
    assert [tried(deed, programme_in(state, agency), actor) for state in STATES] == ["F"] * 3


def test_even_the_secretariat_publishes_nothing_of_a_suspended_organisation(agency, maya):
    agency.state = "suspended"
    agency.save()
    assert tried("publish", programme_in("draft", agency), maya) == "S"


LOG = {
    # actor: verified agency, pending agency, suspended agency, verified company
    "anyone": "F F F F",
    "resident": "F F F F",
    "ngo": "F F F F",
    "other_agency": "F F F F",
    "invited": "F F F F",
    "left": "F F F F",
    "viewer": "F F F F",
    "editor": "+ F F F",
    "owner": "+ F F F",
    "moderator": "+ F F F",
}


@pytest.mark.parametrize("name", ACTORS)
def test_programmes_are_logged_in_the_name_of_a_verified_government_organisation(name):
    found = []
    secretariat = person(name, None) if name == "moderator" else None
    for platform, state in (
        ("government", "verified"),
        ("government", "pending"),
        ("government", "suspended"),
        ("business", "verified"),
    ):
        organisation = OrganisationFactory(platform=platform, state=state)
        actor = secretariat or person(name, organisation)
        try:
            services.log_programme(organisation, entry(), actor=actor)
            found.append("+")
        except PermissionDenied:
            found.append("F")
    assert " ".join(found) == LOG[name]
