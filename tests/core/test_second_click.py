"""A deed done a moment ago, by the same person with the same form, is answered as done."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client

from initiatives.models import Initiative
from kalibaru.notifications.models import Event
from tests.factories import MembershipFactory, OrganisationFactory
from tests.initiatives.shared import joint_initiative


@pytest.fixture
def row(ngo, agency):
    """An initiative that is not public yet."""
    return joint_initiative(ngo, agency, published_at=None)


def twice(client, address, data=None):
    """Return the answers to two clicks."""
    return [client.post(address, data or {}) for _ in range(2)]


@pytest.mark.django_db
def test_publishing_accepting_adding_and_verifying_twice_is_done_once(client, row, maya, yusuf, rina, ngo):
    other, pending = OrganisationFactory(), OrganisationFactory(state="pending")
    invited = MembershipFactory(organisation=ngo, user=rina, role="editor", state="invited")
    deeds = [
        (maya, f"/initiatives/{row.slug}/state/publish/", {}, "initiatives.initiative_published"),
        (rina, f"/stakeholders/memberships/{invited.pk}/accept/", {}, "stakeholders.member_joined"),
        (
            yusuf,
            f"/initiatives/{row.slug}/partners/",
            {"organisation": other.pk, "role": "funding"},
            "initiatives.partner_added",
        ),
        (
            maya,
            f"/stakeholders/{pending.slug}/decide/",
            {"decision": "verify", "reason": "", "version": pending.updated_at.isoformat()},
            "stakeholders.organisation_verified",
        ),
    ]
    for person, address, data, event in deeds:
        client.force_login(person)
        first, second = twice(client, address, data)
        assert (first.status_code, second.status_code) == (302, 302), address
        assert first["Location"] == second["Location"], address
        assert Event.objects.filter(kind=event).count() == 1, address


@pytest.mark.django_db
def test_another_person_or_another_word_is_no_second_click(client, row, maya, ngo, yusuf):
    Initiative.objects.filter(pk=row.pk).update(published_at="2026-01-01T00:00Z")
    address = f"/initiatives/{row.slug}/state/pause/"
    client.force_login(yusuf)
    assert client.post(address, {"reason": "Musim hujan."}).status_code == 302
    assert client.post(address, {"reason": "Dana habis."}).status_code == 409
    client.force_login(maya)
    assert client.post(address, {"reason": "Musim hujan."}).status_code == 409


@pytest.mark.django_db
def test_what_was_refused_is_refused_again(client, row, yusuf):
    client.force_login(yusuf)
    answers = twice(client, f"/initiatives/{row.slug}/state/cancel/", {"reason": ""})
    assert [answer.status_code for answer in answers] == [400, 400]
    assert not list(get_messages(answers[1].wsgi_request))


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_both_answered_as_done(row, maya):
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(maya)

    def click(client):
        try:
            return client.post(f"/initiatives/{row.slug}/state/publish/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(click, clients)) == [302, 302]
    assert Event.objects.filter(kind="initiatives.initiative_published").count() == 1
