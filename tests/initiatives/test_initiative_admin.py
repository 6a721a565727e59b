"""The back office mends initiatives under the rules of the portal."""

import pytest
from django.urls import reverse

from initiatives.models import Action, Partner
from kalibaru.notifications.models import Event
from kalibaru.notifications.timeline import timeline
from tests.factories import InitiativeFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def led(ngo):
    return PartnerFactory(initiative=InitiativeFactory(), organisation=ngo).initiative


@pytest.fixture
def desk(client, maya):
    client.force_login(maya)
    return client


def address(row, what="change"):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{what}"
    return reverse(name) if what == "add" else reverse(name, args=[row.pk])


@pytest.mark.parametrize("model", ["initiative", "partner", "action", "target", "update", "lesson"])
def test_what_others_must_hear_of_does_not_begin_in_the_back_office(desk, model):
    assert desk.get(reverse(f"admin:initiatives_{model}_add")).status_code == 403


def test_partners_are_only_read_there(desk, led):
    partner = Partner.objects.get(initiative=led)
    desk.post(address(partner), {"initiative": led.pk, "organisation": partner.organisation_id, "role": "funding"})
    partner.refresh_from_db()
    assert partner.role == Partner.Role.LEAD


def test_a_correction_is_an_event_for_moderators_only(desk, led, maya, rina):
    action = Action.objects.create(initiative=led, title="Contoh tongak")
    answer = desk.post(address(action), {"initiative": led.pk, "title": "Contoh tonggak", "due_on": ""})
    assert answer.status_code == 302
    action.refresh_from_db()
    assert action.title == "Contoh tonggak"
    event = Event.objects.latest("id")
    assert (event.subject_id, event.actor, event.audience) == (led.pk, maya, Event.Audience.MODERATORS)
    assert [entry.label for entry in timeline(led, maya)] == ["Diperbaiki di halaman pengurus"]
    assert not timeline(led, rina)


@pytest.mark.parametrize("who", ["rina", "yusuf", "dewi"])
def test_only_moderators_enter(client, led, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address(led)).status_code == 302
