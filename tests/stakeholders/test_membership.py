"""People come into an organisation and leave it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from kalibaru.notifications.models import Delivery, Event
from stakeholders import services
from stakeholders.cards import invitations, requests
from stakeholders.models import Membership
from stakeholders.policies import acts_for
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def invite(ngo, yusuf, email="rekan@lsm.example", role="editor"):
    return services.invite_colleague(ngo, email=email, role=role, actor=yusuf)


def test_an_invitation_to_an_account_is_told_in_the_portal(ngo, yusuf, rina):
    membership = invite(ngo, yusuf, " RINA@warga.example ")
    assert (membership.user, membership.state) == (rina, "invited")
    event = Event.objects.get()
    assert event.recipients == [rina.pk]
    assert event.payload == {"url": f"/stakeholders/memberships/{membership.pk}/"}
    assert not Delivery.objects.exclude(address="").exists()


def test_an_invitation_to_an_address_without_account_is_mailed(ngo, yusuf):
    membership = invite(ngo, yusuf)
    assert membership.user is None
    delivery = Delivery.objects.get()
    assert delivery.address == "rekan@lsm.example"
    assert str(membership.pk) in delivery.payload["url"]


def test_an_open_invitation_is_not_sent_twice(ngo, yusuf, rina):
    assert invite(ngo, yusuf, rina.email) == invite(ngo, yusuf, rina.email)
    assert invite(ngo, yusuf) == invite(ngo, yusuf, "Rekan@LSM.example")
    assert Event.objects.count() == 2
    assert Delivery.objects.count() == 1


def test_an_event_never_carries_an_address(ngo, yusuf):
    invite(ngo, yusuf)
    assert "rekan@" not in str(Event.objects.values())


def test_whoever_signs_up_with_the_invited_address_finds_the_invitation(client, ngo, yusuf):
    membership = invite(ngo, yusuf)
    newcomer = UserFactory(email="rekan@lsm.example")
    assert [todo.title for todo in invitations(newcomer)] == [ngo.name]
    client.force_login(newcomer)
    url = reverse("stakeholders:invitation", args=[membership.pk])
    assert ngo.name in client.get(url).text
    assert client.post(f"{url}accept/").status_code == 302
    membership.refresh_from_db()
    assert (membership.user, membership.state) == (newcomer, "active")
    assert acts_for(UserFactory._meta.model.objects.get(pk=newcomer.pk), ngo.pk)


def test_an_address_that_is_not_proved_opens_nothing(client, ngo, yusuf):
    membership = invite(ngo, yusuf)
    thief = UserFactory(email="pencuri@warga.example")
    thief.emailaddress_set.create(email="rekan@lsm.example", verified=False)
    assert invitations(thief) == []
    with pytest.raises(PermissionDenied):
        services.accept_invitation(membership, actor=thief)
    client.force_login(thief)
    assert client.get(reverse("stakeholders:invitation", args=[membership.pk])).status_code == 404


def test_an_invitation_is_answered_once(ngo, yusuf, rina):
    membership = invite(ngo, yusuf, rina.email)
    services.accept_invitation(membership, actor=rina)
    with pytest.raises(TransitionNotAllowed):
        services.accept_invitation(membership, actor=rina)
    with pytest.raises(TransitionNotAllowed):
        services.decline_invitation(membership, actor=rina)


def test_a_second_invitation_to_another_address_of_a_member_adds_nobody(ngo, yusuf, editor):
    membership = invite(ngo, yusuf, "kedua@lsm.example", role="owner")
    editor.emailaddress_set.create(email="kedua@lsm.example", verified=True)
    services.accept_invitation(membership, actor=editor)
    assert [row.role for row in ngo.memberships.filter(user=editor)] == ["editor"]


def test_whoever_declined_may_be_invited_again(ngo, yusuf, rina):
    services.decline_invitation(invite(ngo, yusuf, rina.email), actor=rina)
    assert invite(ngo, yusuf, rina.email, role="viewer").state == "invited"
    assert Membership.objects.get(organisation=ngo, user=rina).role == "viewer"


def test_a_withdrawn_invitation_cannot_be_accepted(ngo, yusuf, rina):
    membership = invite(ngo, yusuf, rina.email)
    services.withdraw_invitation(membership, actor=yusuf)
    with pytest.raises(TransitionNotAllowed):
        services.accept_invitation(membership, actor=rina)


def test_there_is_an_end_to_invitations(ngo, yusuf):
    for n in range(50):
        MembershipFactory(organisation=ngo, user=None, email=f"orang{n}@lsm.example", state="invited")
    with pytest.raises(ValidationError):
        invite(ngo, yusuf)


def test_a_request_is_told_to_the_owners_and_answered(ngo, yusuf, rina):
    membership = services.ask_to_join(ngo, actor=rina)
    assert membership.state == "requested"
    assert Event.objects.get().recipients == [yusuf.pk]
    assert len(requests(yusuf)) == 1
    services.accept_request(membership, role="viewer", actor=yusuf)
    membership.refresh_from_db()
    assert (membership.state, membership.role) == ("active", "viewer")
    assert Event.objects.get(kind="stakeholders.join_accepted").recipients == [rina.pk]


def test_a_second_request_changes_nothing(ngo, yusuf, rina):
    assert services.ask_to_join(ngo, actor=rina) == services.ask_to_join(ngo, actor=rina)
    assert Event.objects.count() == 1


def test_a_request_to_an_organisation_without_owner_goes_to_the_secretariat(agency, maya, rina):
    services.ask_to_join(agency, actor=rina)
    assert Event.objects.get().recipients == [maya.pk]
    assert len(requests(maya)) == 1


def test_a_request_to_an_organisation_with_owner_is_not_the_secretariats(ngo, yusuf, maya, rina):
    services.ask_to_join(ngo, actor=rina)
    assert requests(maya) == []


def test_asking_accepts_an_open_invitation(ngo, yusuf, rina):
    invite(ngo, yusuf, rina.email)
    assert services.ask_to_join(ngo, actor=rina).state == "active"


def test_inviting_accepts_an_open_request(ngo, yusuf, rina):
    services.ask_to_join(ngo, actor=rina)
    assert invite(ngo, yusuf, rina.email).state == "active"


def test_a_declined_request_may_be_made_again(ngo, yusuf, rina):
    services.decline_request(services.ask_to_join(ngo, actor=rina), actor=yusuf)
    assert services.ask_to_join(ngo, actor=rina).state == "requested"


@pytest.mark.parametrize("state", ["draft", "pending", "rejected", "suspended"])
def test_nobody_asks_to_join_what_is_no_partner(rina, state):
    with pytest.raises(TransitionNotAllowed):
        services.ask_to_join(OrganisationFactory(state=state), actor=rina)


def test_the_last_owner_stays(ngo, yusuf, editor, maya):
    mine = ngo.memberships.get(user=yusuf)
    with pytest.raises(ValidationError):
        services.leave_organisation(mine, actor=yusuf)
    with pytest.raises(ValidationError):
        services.change_role(mine, role="viewer", actor=yusuf)
    with pytest.raises(ValidationError):
        services.remove_member(mine, actor=maya)
    services.change_role(ngo.memberships.get(user=editor), role="owner", actor=yusuf)
    services.leave_organisation(mine, actor=yusuf)
    mine.refresh_from_db()
    assert mine.state == "left"


def test_whoever_was_removed_is_told_and_acts_no_more(ngo, yusuf, editor):
    assert acts_for(editor, ngo.pk)
    services.remove_member(ngo.memberships.get(user=editor), actor=yusuf)
    assert editor.pk in Event.objects.get().recipients
    assert not acts_for(type(editor).objects.get(pk=editor.pk), ngo.pk)


def test_a_member_of_a_suspended_organisation_may_leave_but_invite_nobody(suspended, outcast):
    with pytest.raises(PermissionDenied):
        invite(suspended, outcast)
    colleague = MembershipFactory(organisation=suspended, role="editor")
    services.leave_organisation(colleague, actor=colleague.user)


# --- the pages ---------------------------------------------------------------------------------------
def test_owners_see_addresses_of_invitations_and_members_do_not(client, ngo, yusuf, editor):
    invite(ngo, yusuf)
    url = reverse("stakeholders:members", args=[ngo.slug])
    client.force_login(yusuf)
    assert "rekan@lsm.example" in client.get(url).text
    client.force_login(editor)
    page = client.get(url)
    assert page.status_code == 200
    assert "@lsm.example" not in page.text


def test_a_wrong_address_is_said_beside_the_field(client, ngo, yusuf):
    client.force_login(yusuf)
    url = reverse("stakeholders:members", args=[ngo.slug])
    for bad in ("", "bukan surel", "a\x00@b.example", "x" * 10_000, yusuf.email):
        response = client.post(url, {"email": bad, "role": "editor"})
        assert response.status_code == 400
        assert "email" in response.context["form"].errors


def test_the_last_owner_reads_why_not(client, ngo, yusuf):
    client.force_login(yusuf)
    mine = ngo.memberships.get()
    response = client.post(reverse("stakeholders:membership", args=[mine.pk, "leave"]), follow=True)
    assert "paling sedikit satu pengelola" in response.text


def test_an_unknown_deed_or_role_changes_nothing(client, ngo, yusuf, editor):
    client.force_login(yusuf)
    row = ngo.memberships.get(user=editor)
    assert client.post(reverse("stakeholders:membership", args=[row.pk, "promote"])).status_code == 404
    client.post(reverse("stakeholders:membership", args=[row.pk, "role"]), {"role": "king"})
    row.refresh_from_db()
    assert row.role == "editor"


def test_joining_from_the_page(client, ngo, yusuf, rina):
    client.force_login(rina)
    response = client.post(reverse("stakeholders:join", args=[ngo.slug]), follow=True)
    assert "belum dijawab" in response.text


def test_the_only_owner_is_told_what_to_do_instead_of_being_offered_the_way_out(client, ngo, yusuf, editor):
    client.force_login(yusuf)
    own = reverse("stakeholders:membership", args=[Membership.objects.get(user=yusuf).pk, "leave"])
    url = reverse("stakeholders:members", args=[ngo.slug])
    page = client.get(url).text
    assert own not in page and "Satu-satunya pengelola" in page
    MembershipFactory(organisation=ngo, role="owner")
    page = client.get(url).text
    assert own in page and "Satu-satunya pengelola" not in page
