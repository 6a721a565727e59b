"""Settings, a copy of one's data, erasure, and the back office."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from kalibaru.accounts import services
from kalibaru.accounts.models import User
from kalibaru.discussions.services import add_comment
from kalibaru.notifications.services import follow

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
