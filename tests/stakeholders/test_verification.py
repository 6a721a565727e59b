"""Decisions of the secretariat, and the states they lead to."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from kalibaru.core.errors import Conflict
from kalibaru.notifications.models import Event
from stakeholders import services
from stakeholders.models import Verification
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

DEEDS = {
    "verify": services.verify_organisation,
    "reject": services.reject_organisation,
    "ask": services.ask_to_complete,
    "suspend": services.suspend_organisation,
    "restore": services.restore_organisation,
}
# state → deed → state after; a missing deed is not allowed in that state.
STATES = {
    "draft": {},
    "pending": {"verify": "verified", "reject": "rejected", "ask": "pending"},
    "verified": {"suspend": "suspended"},
    "rejected": {},
    "suspended": {"restore": "verified"},
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("state", STATES)
def test_a_decision_is_possible_only_in_its_state(maya, state, deed):
    organisation = OrganisationFactory(state=state)
    after = STATES[state].get(deed)
    if after is None:
        with pytest.raises(TransitionNotAllowed):
            DEEDS[deed](organisation, actor=maya, reason="Contoh alasan.")
        assert not Verification.objects.exists()
        assert not Event.objects.exists()
    else:
        DEEDS[deed](organisation, actor=maya, reason="Contoh alasan.")
        organisation.refresh_from_db()
        assert organisation.state == after
        assert Verification.objects.get().reason == "Contoh alasan."
        assert Event.objects.count() == 1


@pytest.mark.parametrize("deed", DEEDS)
def test_only_moderators_decide(yusuf, dewi, rina, pending, deed):
    for person in (yusuf, dewi, rina):
        with pytest.raises(PermissionDenied):
            DEEDS[deed](pending, actor=person, reason="Contoh alasan.")


@pytest.mark.parametrize(("state", "deed"), [("pending", "reject"), ("pending", "ask"), ("verified", "suspend")])
def test_a_hard_decision_needs_a_reason(maya, state, deed):
    organisation = OrganisationFactory(state=state)
    with pytest.raises(ValidationError) as caught:
        DEEDS[deed](organisation, actor=maya, reason="  ")
    assert "reason" in caught.value.message_dict
    assert organisation.state == state


def test_a_verification_is_public_and_tells_owners_and_who_follows_the_area(maya, pending, applicant, kalibaru):
    services.verify_organisation(pending, actor=maya)
    event = Event.objects.get()
    assert event.audience == "public"
    assert event.recipients == [applicant.pk]
    assert f"area:{kalibaru.pk}" in event.topics


def test_a_rejection_tells_the_reason_to_the_owners_only(maya, pending, applicant):
    services.reject_organisation(pending, actor=maya, reason="Aktanya belum ada.")
    event = Event.objects.get()
    assert (event.audience, event.recipients) == ("parties", [applicant.pk])
    assert event.payload == {"reason": "Aktanya belum ada."}


def test_a_rejected_organisation_is_mended_and_submitted_anew(maya, pending, applicant, details):
    services.reject_organisation(pending, actor=maya, reason="Aktanya belum ada.")
    services.edit_organisation(pending, details, actor=applicant)
    services.submit_organisation(pending, actor=applicant)
    services.verify_organisation(pending, actor=maya)
    assert [row.decision for row in Verification.objects.order_by("created_at")] == ["rejected", "verified"]


def test_nobody_decides_about_another_text_than_was_read(maya, pending, applicant, details):
    read = pending.updated_at
    services.edit_organisation(pending, details, actor=applicant)
    with pytest.raises(Conflict):
        services.verify_organisation(pending, actor=maya, version=read)
    pending.refresh_from_db()
    assert pending.state == "pending"


def test_two_decisions_at_once_make_one(maya, pending):
    services.verify_organisation(pending, actor=maya)
    with pytest.raises(TransitionNotAllowed):
        services.reject_organisation(pending, actor=maya, reason="Contoh alasan.")
    assert Verification.objects.count() == 1


def test_a_suspended_organisation_acts_for_nothing(maya, ngo, yusuf):
    from stakeholders.policies import acts_for_some_verified, forget_roles

    assert acts_for_some_verified(yusuf)
    services.suspend_organisation(ngo, actor=maya, reason="Contoh alasan.")
    forget_roles(yusuf)
    assert not acts_for_some_verified(yusuf)


# --- the pages ---------------------------------------------------------------------------------------
@pytest.fixture
def desk(client, maya, pending):
    client.force_login(maya)
    return reverse("stakeholders:decide", args=[pending.slug])


def test_the_desk_shows_possible_duplicates_beside(client, desk):
    OrganisationFactory(name="Contoh Yayasan Baru Jakarta")
    assert "Contoh Yayasan Baru Jakarta" in client.get(desk).text


def test_a_decision_comes_back_to_where_it_was_asked(client, desk, pending):
    response = client.post(desk, {"decision": "verify", "next": "/moderation/"})
    assert response["Location"] == "/moderation/"
    pending.refresh_from_db()
    assert pending.state == "verified"


def test_a_decision_never_leads_to_another_site(client, desk, pending):
    response = client.post(desk, {"decision": "verify", "next": "https://example.com/"})
    assert response["Location"] == pending.get_absolute_url()


def test_a_missing_reason_is_said_beside_the_field(client, desk, pending):
    response = client.post(desk, {"decision": "reject", "reason": ""})
    assert response.status_code == 400
    assert "reason" in response.context["organisation"].decision_form.errors
    pending.refresh_from_db()
    assert pending.state == "pending"


def test_a_stale_decision_keeps_the_reason(client, desk, pending):
    version = client.get(desk).context["organisation"].decision_form["version"].value()
    type(pending).objects.get(pk=pending.pk).save()
    response = client.post(desk, {"decision": "reject", "reason": "Alasan yang panjang.", "version": version})
    assert response.status_code == 409
    assert "Alasan yang panjang." in response.text


def test_verifying_what_is_verified_is_answered_409(client, desk):
    client.post(desk, {"decision": "verify"})
    assert client.post(desk, {"decision": "verify", "reason": "Contoh"}).status_code == 409


@pytest.mark.parametrize("decision", ["", "delete", "x" * 10_000, "a\x00"])
def test_an_unknown_decision_is_not_found(client, desk, decision):
    assert client.post(desk, {"decision": decision}).status_code == 404


def test_a_very_long_reason_is_refused_and_kept(client, desk):
    response = client.post(desk, {"decision": "reject", "reason": "x" * 10_000})
    assert response.status_code == 400
    assert "x" * 10_000 in response.text


def test_the_public_sees_no_decision_page(client, desk, yusuf):
    client.force_login(yusuf)
    assert client.get(desk).status_code == 403
    client.logout()
    assert client.get(desk).status_code == 302
