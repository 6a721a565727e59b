"""Sign up and sign in, with a password or with codes by e-mail."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from kalibaru.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "pantai-kalibaru-2026"


@pytest.fixture(autouse=True)
def mail_in_memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def code() -> str:
    """Return the code of the newest mail."""
    return re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)


def sign_up(client, prefix="", **changes):
    form = {"email": "Baru@warga.example", "display_name": " Warga  Baru ", "consent": "on", "password1": ""}
    return client.post(f"{prefix}/accounts/signup/", {**form, **changes})


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_sign_up_with_or_without_password_ends_in_the_workspace(client, password):
    response = sign_up(client, password1=password)
    assert response.status_code == 302
    assert not User.objects.get().emailaddress_set.get().verified
    response = client.post(response["Location"], {"code": code()})
    assert response["Location"] == reverse("workspace")
    user = User.objects.get()
    assert (user.email, user.display_name, user.language) == ("baru@warga.example", "Warga Baru", "id")
    assert user.consent_version
    assert user.consented_at
    assert user.has_usable_password() is bool(password)
    assert user.emailaddress_set.get().verified


def test_language_of_the_page_becomes_the_persons_language(client):
    response = sign_up(client, "/en")
    assert response["Location"].startswith("/en/")
    assert User.objects.get().language == "en"


@pytest.mark.parametrize(
    "changes",
    [
        {"consent": ""},
        {"display_name": ""},
        {"display_name": "a" * 10_000},
        {"display_name": "a\x00b"},
        {"email": "bukan surel"},
        {"password1": "12345"},
    ],
)
def test_bad_sign_up_makes_no_account_and_keeps_what_was_typed(client, changes):
    response = sign_up(client, **changes)
    assert response.status_code in (200, 400)
    assert not User.objects.exists()
    assert not mail.outbox
    name = next(iter(changes))
    assert response.context["form"].errors[name]


def test_doubled_sign_up_makes_one_account(client):
    assert sign_up(client).status_code == 302
    assert sign_up(client).status_code == 302
    assert User.objects.count() == 1


def test_known_address_is_answered_like_a_new_one(client, rina):
    known = sign_up(client, email=rina.email)
    client.cookies.clear()
    new = sign_up(client)
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert "sudah ada" in mail.outbox[0].body


def test_sign_in_with_a_code(client, rina):
    response = client.post("/accounts/login/code/", {"email": rina.email})
    assert response.status_code == 302
    response = client.post(response["Location"], {"code": code()})
    assert response["Location"] == reverse("workspace")
    assert client.session["_auth_user_id"] == str(rina.pk)


def test_wrong_code_is_refused(client, rina):
    response = client.post("/accounts/login/code/", {"email": rina.email})
    response = client.post(response["Location"], {"code": "SALAH1"})
    assert response.context["form"].errors["code"]
    assert "_auth_user_id" not in client.session


def test_expired_code_is_refused(client, rina, settings):
    response = client.post("/accounts/login/code/", {"email": rina.email})
    word = code()
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    client.post(response["Location"], {"code": word})
    assert "_auth_user_id" not in client.session


def test_sign_in_with_a_password_and_come_back(client, rina):
    response = client.get("/accounts/settings/")
    assert response["Location"] == "/accounts/login/?next=/accounts/settings/"
    response = client.post(response["Location"], {"login": rina.email, "password": "kalibaru-hub-demo"})
    assert response["Location"] == "/accounts/settings/"


def test_english_pages_lead_to_english_pages(client, rina):
    response = client.post("/en/accounts/login/", {"login": rina.email, "password": "kalibaru-hub-demo"})
    assert response["Location"].startswith("/en/")


def test_blocked_person_does_not_get_in(client):
    blocked = UserFactory(is_active=False)
    client.post("/accounts/login/", {"login": blocked.email, "password": "kalibaru-hub-demo"})
    assert "_auth_user_id" not in client.session
