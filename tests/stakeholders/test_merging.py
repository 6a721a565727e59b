"""One organisation registered twice becomes one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Event, Subscription
from stakeholders import extras, services
from stakeholders.models import Membership, Verification
from tests.factories import AreaFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def merge(duplicate, heir, maya, **kwargs):
    return services.merge_organisation(duplicate, heir, actor=maya, reason="Terdaftar dua kali.", **kwargs)


def test_the_old_address_leads_to_the_heir_for_ever(client, maya, ngo, pending):
    merge(pending, ngo, maya)
    response = client.get(f"/stakeholders/{pending.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"/stakeholders/{ngo.slug}/")
    assert client.get(f"/en/stakeholders/{pending.slug}/")["Location"] == f"/en/stakeholders/{ngo.slug}/"


def test_addresses_of_a_chain_lead_to_the_last_heir(client, maya, ngo, agency, pending):
    merge(pending, ngo, maya)
    merge(ngo, agency, maya)
    assert client.get(pending.get_absolute_url())["Location"] == agency.get_absolute_url()
    pending.refresh_from_db()
    assert pending.merged_into == agency


def test_a_former_address_is_never_given_again(rina, maya, ngo, pending, details):
    from dataclasses import replace

    merge(pending, ngo, maya)
    organisation, _made = services.register_organisation(replace(details, name=pending.name), actor=rina)
    assert organisation.slug == f"{pending.slug}-2"


def test_members_of_an_unverified_duplicate_only_ask_to_join(maya, agency, dewi, pending, applicant):
    merge(pending, agency, maya)
    membership = Membership.objects.get(organisation=agency, user=applicant)
    assert (membership.state, membership.role) == ("requested", "editor")


def test_a_moderator_may_trust_the_members_of_a_duplicate(maya, agency, pending, applicant):
    merge(pending, agency, maya, trust_members=True)
    membership = Membership.objects.get(organisation=agency, user=applicant)
    assert (membership.state, membership.role) == ("active", "owner")


def test_members_of_a_verified_duplicate_stay_members(maya, ngo, yusuf, agency):
    merge(ngo, agency, maya)
    membership = Membership.objects.get(organisation=agency, user=yusuf)
    assert (membership.state, membership.role) == ("active", "owner")


def test_nobody_is_a_member_twice(maya, ngo, yusuf, agency):
    MembershipFactory(organisation=agency, user=yusuf, role="viewer")
    merge(ngo, agency, maya)
    assert [row.role for row in agency.memberships.filter(user=yusuf)] == ["viewer"]


def test_areas_and_followers_go_to_the_heir_once(maya, rina, dewi, ngo, agency):
    ngo.areas.add(AreaFactory(), AreaFactory(code="31.72.04.1004.RW01", level="rw", name="RW 01"))
    agency.areas.add(AreaFactory())
    for person in (rina, dewi):
        Subscription.objects.create(user=person, topic=topic_of(ngo))
    Subscription.objects.create(user=dewi, topic=topic_of(agency))
    merge(ngo, agency, maya)
    assert agency.areas.count() == 2
    assert sorted(Subscription.objects.values_list("topic", "user__email")) == [
        (topic_of(agency), "dewi@pemda.example"),
        (topic_of(agency), "rina@warga.example"),
    ]


def test_upper_rooms_move_their_links_in_the_same_transaction(maya, ngo, agency, monkeypatch):
    def fail(duplicate, heir, actor):
        raise RuntimeError("links cannot be moved")

    monkeypatch.setattr(extras, "_merges", [fail])
    with pytest.raises(RuntimeError):
        merge(ngo, agency, maya)
    ngo.refresh_from_db()
    assert ngo.state == "verified"
    assert not Event.objects.exists()


def test_a_merge_is_on_record_and_told_to_both(maya, ngo, yusuf, agency, dewi):
    merge(ngo, agency, maya)
    assert Verification.objects.get().organisation == ngo
    event = Event.objects.get()
    assert set(event.recipients) == {yusuf.pk, dewi.pk}
    assert event.payload == {"duplicate": ngo.name, "reason": "Terdaftar dua kali."}


def test_nothing_merges_into_itself_or_into_what_is_no_partner(maya, ngo, suspended):
    for heir in (ngo, suspended, OrganisationFactory(state="rejected"), OrganisationFactory(state="draft")):
        with pytest.raises(ValidationError):
            merge(ngo, heir, maya)


def test_nothing_is_merged_twice(maya, ngo, agency, pending):
    merge(pending, ngo, maya)
    with pytest.raises(TransitionNotAllowed):
        merge(pending, agency, maya)


def test_only_moderators_merge(yusuf, ngo, pending):
    with pytest.raises(PermissionDenied):
        merge(pending, ngo, yusuf)


def test_a_merge_without_reason_or_with_an_unknown_heir_is_said_beside_the_field(client, maya, ngo, pending):
    client.force_login(maya)
    url = reverse("stakeholders:merge", args=[pending.slug])
    assert "heir" in client.post(url, {"heir": "tidak-ada", "reason": "x"}).context["merge_form"].errors
    assert "reason" in client.post(url, {"heir": ngo.slug}).context["merge_form"].errors
    response = client.post(url, {"heir": ngo.slug, "reason": "Terdaftar dua kali."})
    assert response["Location"] == ngo.get_absolute_url()


def test_what_a_merged_organisation_was_is_found_nowhere(client, maya, ngo, pending):
    merge(pending, ngo, maya)
    client.force_login(maya)
    assert pending.name not in client.get("/stakeholders/", {"q": "yayasan baru"}).text


@pytest.mark.parametrize("state", ["verified", "suspended"])
def test_what_was_verified_is_only_merged_into_what_is_verified(client, maya, ngo, pending, state):
    type(ngo).objects.filter(pk=ngo.pk).update(state=state)
    client.force_login(maya)
    url = reverse("stakeholders:merge", args=[ngo.slug])
    response = client.post(url, {"heir": pending.slug, "reason": "Terdaftar dua kali."})
    assert response.status_code == 400
    assert "belum terverifikasi" in " ".join(response.context["merge_form"].errors["heir"])
    assert client.get(ngo.get_absolute_url()).status_code == 200
