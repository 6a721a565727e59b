"""Settings, a copy of one's data, erasure, and the back office."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from initiatives.services import reviews
from kalibaru.accounts import services
from kalibaru.accounts.models import User
from kalibaru.discussions.services import add_comment
from kalibaru.notifications.models import Delivery, Event
from kalibaru.notifications.services import follow
from kalibaru.notifications.services.mail import notify_address
from stakeholders.models import Membership
from stakeholders.services.members import invite_colleague
from tests.factories import OrganisationFactory, ProposalFactory

pytestmark = pytest.mark.django_db


def test_settings_are_saved_in_the_chosen_language(client, rina):
    client.force_login(rina)
    form = {"display_name": "Rina S.", "language": "en", "time_zone": "Asia/Makassar"}
    assert client.post("/accounts/settings/", form)["Location"] == "/en/accounts/settings/"
    rina.refresh_from_db()
    assert (rina.display_name, rina.language, rina.time_zone) == ("Rina S.", "en", "Asia/Makassar")


@pytest.mark.parametrize("changes", [{"display_name": ""}, {"language": "xx"}, {"time_zone": "Mars/Base"}])
def test_bad_settings_change_nothing(client, rina, changes):
    client.force_login(rina)
    form = {"display_name": "Rina S.", "language": "id", "time_zone": "UTC", **changes}
    assert client.post("/accounts/settings/", form).status_code == 400
    assert User.objects.get(pk=rina.pk).display_name == "Rina"


def test_copy_of_ones_data_holds_what_each_room_knows(client, yusuf, waste):
    add_comment(waste, actor=yusuf, body="Contoh komentar")
    follow(f"issue:{waste.pk}", user=yusuf)
    client.force_login(yusuf)
    response = client.post("/accounts/settings/export/")
    assert response["Content-Disposition"].startswith("attachment")
    data = response.json()
    assert data["account"][0]["email"] == yusuf.email
    assert data["comments"][0]["body"] == "Contoh komentar"
    assert data["subscriptions"][0]["topic"] == f"issue:{waste.pk}"
    assert data["memberships"][0]["organisation"] == "Contoh LSM Pesisir"
    assert "password" not in response.content.decode()


def test_erasure_takes_the_name_and_leaves_the_words(client, rina, waste):
    said = add_comment(waste, actor=rina, body="Contoh komentar")
    follow(f"issue:{waste.pk}", user=rina)
    client.force_login(rina)
    assert client.post("/accounts/settings/erase/", {}).status_code == 400
    assert client.post("/accounts/settings/erase/", {"sure": "on"}).status_code == 302
    gone = User.objects.get(pk=rina.pk)
    assert gone.display_name == "Akun dihapus"
    assert "rina" not in gone.email
    assert not gone.is_active
    assert not gone.has_usable_password()
    assert not gone.subscriptions.exists()
    assert not gone.emailaddress_set.exists()
    said.refresh_from_db()
    assert said.body == "Contoh komentar"
    history = apps.get_model("accounts", "UserEvent").objects.filter(pgh_obj_id=rina.pk)
    assert not history.filter(email__startswith="rina@").exists()
    assert client.get("/accounts/settings/").status_code == 302


def test_erasure_reaches_the_history_of_invitations_and_contacts(rina, ngo, yusuf):
    invite_colleague(ngo, email="Rina@Warga.example", actor=yusuf)
    waiting = OrganisationFactory(contact_name="Rina", contact_email="RINA@warga.example", contact_phone="0812")
    Membership.objects.create(organisation=waiting, email="rina@warga.example")
    other = Membership.objects.create(organisation=waiting, email="lain@warga.example")
    services.erase_account(actor=rina)
    for name in ("MembershipEvent", "OrganisationEvent"):
        for row in apps.get_model("stakeholders", name).objects.values():
            assert "rina@" not in str(row).lower() and "0812" not in str(row), name
    assert not Membership.objects.filter(email__icontains="rina").exists()
    waiting.refresh_from_db()
    assert (waiting.contact_name, waiting.contact_email, waiting.contact_phone) == ("", "", "")
    assert apps.get_model("stakeholders", "MembershipEvent").objects.get(pgh_obj=other).email == other.email


def test_erasure_takes_the_mail_to_an_address_that_had_no_account_yet(rina):
    notify_address("Rina@warga.example", "organisation_invitation", {"inviter": "x"}, language="id")
    notify_address("lain@warga.example", "organisation_invitation", {"inviter": "x"}, language="id")
    services.erase_account(actor=rina)
    assert [mail.address for mail in Delivery.objects.all()] == ["lain@warga.example"]


def test_erasure_takes_the_name_out_of_events(dewi, maya):
    proposal = ProposalFactory(state="under_review", submitted_at=timezone.now())
    reviews.name_reviewer(proposal, dewi, actor=maya)
    services.erase_account(actor=dewi)
    assert Event.objects.get(kind="initiatives.proposal_reviewer_named").payload["reviewer"] == "Akun dihapus"


def test_last_owner_hands_over_first(client, yusuf):
    client.force_login(yusuf)
    assert "Contoh LSM Pesisir" in client.get("/accounts/settings/erase/").content.decode()
    assert client.post("/accounts/settings/erase/", {"sure": "on"}).status_code == 409
    yusuf.refresh_from_db()
    assert yusuf.email == "yusuf@lsm.example"


def test_member_who_erases_the_account_leaves_the_organisation(dewi):
    services.erase_account(actor=dewi)
    assert dewi.memberships.get().state == "left"


def test_blocked_person_manages_nothing(rina):
    rina.is_active = False
    with pytest.raises(PermissionDenied):
        services.erase_account(actor=rina)


def test_moderator_blocks_but_gives_no_rights(client, rina, maya):
    client.force_login(maya)
    address = f"/admin/accounts/user/{rina.pk}/change/"
    assert "pbkdf2" not in (page := client.get(address).content.decode())
    assert 'name="password"' not in page
    form = {
        "display_name": "Rina",
        "language": "id",
        "time_zone": "Asia/Jakarta",
        "is_staff": "on",
        "is_superuser": "on",
    }
    assert client.post(address, form).status_code == 302
    rina.refresh_from_db()
    assert not rina.is_active
    assert not rina.is_staff
    assert not rina.is_superuser


def test_moderator_cannot_block_a_superuser(client, maya):
    root = User.objects.create_superuser("akar@sekretariat.example", display_name="Akar")
    client.force_login(maya)
    assert client.post(f"/admin/accounts/user/{root.pk}/change/", {"display_name": "x"}).status_code == 403
