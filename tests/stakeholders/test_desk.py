"""What waits for whom, in the workspace and in the back office."""

import pytest

from stakeholders import cards
from stakeholders.models import Organisation
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_applicant_sees_where_the_registration_stands(pending, applicant):
    (todo,) = cards.unfinished(applicant)
    assert todo.title == pending.name
    assert todo.tone == "waiting"
    Organisation.objects.update(state="rejected")
    assert cards.unfinished(applicant)[0].tone == "late"
    Organisation.objects.update(state="verified")
    assert cards.unfinished(applicant) == []


def test_moderators_see_the_queue_oldest_first(pending, maya, rina):
    older = OrganisationFactory(state="pending", submitted_at="2025-01-05T00:00Z")
    assert [todo.title for todo in cards.to_verify(maya)] == [older.name, pending.name]
    assert cards.to_verify(rina) == []


@pytest.fixture
def back_office(client, db):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", ["organisation", "membership", "verification", "formerslug"])
def test_the_back_office_opens(back_office, pending, model):
    assert back_office.get(f"/admin/stakeholders/{model}/").status_code == 200


def test_the_back_office_verifies_by_the_same_deed(back_office, pending, suspended):
    back_office.post(
        "/admin/stakeholders/organisation/",
        {"action": "verify", "_selected_action": [str(pending.pk), str(suspended.pk)]},
    )
    pending.refresh_from_db()
    suspended.refresh_from_db()
    assert (pending.state, suspended.state) == ("verified", "suspended")
    assert pending.verifications.count() == 1


def test_the_state_is_no_field_of_the_back_office(back_office, pending):
    page = back_office.get(f"/admin/stakeholders/organisation/{pending.pk}/change/")
    assert page.status_code == 200
    assert 'name="state"' not in page.text
    assert 'name="name"' in page.text
