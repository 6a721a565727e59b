"""Register an organisation, mend it, submit it."""

import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from kalibaru.core.errors import Conflict
from kalibaru.notifications.models import Event
from stakeholders import services
from stakeholders.models import Organisation
from stakeholders.services.registration import missing_in
from tests.factories import OrganisationFactory
from tests.media.files import pdf

pytestmark = pytest.mark.django_db
REGISTER = "/stakeholders/register/"


@pytest.fixture
def as_rina(client, rina):
    client.force_login(rina)
    return client


def test_whoever_registers_owns_a_draft(rina, details, kalibaru):
    organisation, made = services.register_organisation(details, actor=rina)
    assert made
    assert organisation.state == "draft"
    assert organisation.slug == "contoh-yayasan-pesisir-bersih"
    assert organisation.contact_phone == "+6281234567890"
    assert list(organisation.areas.all()) == [kalibaru]
    assert [(m.user, m.role, m.state) for m in organisation.memberships.all()] == [(rina, "owner", "active")]
    assert Event.objects.get().audience == "parties"


def test_a_second_click_registers_nothing(rina, details):
    key = uuid.uuid4()
    first, _made = services.register_organisation(details, actor=rina, key=key)
    second, made = services.register_organisation(details, actor=rina, key=key)
    assert (first, made) == (second, False)
    assert Event.objects.count() == 1


def test_the_same_name_gets_another_address(rina, details):
    first, _made = services.register_organisation(details, actor=rina)
    second, _made = services.register_organisation(details, actor=rina)
    assert second.slug == f"{first.slug}-2"


@pytest.mark.parametrize("name", ["Register", "Memberships", "List", "Lookalikes"])
def test_no_organisation_takes_an_address_of_the_portal(rina, details, name):
    organisation, _made = services.register_organisation(replace(details, name=name), actor=rina)
    assert organisation.slug == f"{name.lower()}-2"


def test_a_name_without_letters_still_gets_an_address(rina, details):
    organisation, _made = services.register_organisation(replace(details, name="海"), actor=rina)
    assert organisation.slug == "organisasi"


def test_an_incomplete_draft_is_not_submitted_and_says_what_is_missing(rina):
    organisation, _made = services.register_organisation(services.Details(name="Contoh"), actor=rina)
    with pytest.raises(ValidationError) as caught:
        services.submit_organisation(organisation, actor=rina)
    assert set(caught.value.message_dict) == {
        "platform",
        "kind",
        "description",
        "areas",
        "contact_name",
        "contact_email",
    }
    assert Organisation.objects.get().state == "draft"


def test_a_submitted_organisation_is_told_to_the_moderators(rina, maya, details):
    organisation, _made = services.register_organisation(details, actor=rina)
    services.submit_organisation(organisation, actor=rina)
    event = Event.objects.get(kind="stakeholders.organisation_submitted")
    assert event.recipients == [maya.pk]
    assert event.audience == "parties"
    assert organisation.submitted_at


def test_nothing_is_submitted_twice(pending, applicant):
    pending.description, pending.contact_name, pending.contact_email = "Contoh", "Lina", "lina@baru.example"
    pending.save()
    with pytest.raises(TransitionNotAllowed):
        services.submit_organisation(pending, actor=applicant)


def test_what_was_verified_is_not_changed_by_its_members(ngo, yusuf, details):
    with pytest.raises(PermissionDenied):
        services.edit_organisation(ngo, replace(details, name="Dinas Contoh", platform="government"), actor=yusuf)
    ngo.refresh_from_db()
    assert (ngo.name, ngo.platform) == ("Contoh LSM Pesisir", "civil")


def test_moderators_change_what_was_verified(ngo, maya, details):
    services.edit_organisation(ngo, replace(details, name="Contoh Nama Baru"), actor=maya)
    ngo.refresh_from_db()
    assert ngo.name == "Contoh Nama Baru"
    assert ngo.slug == "contoh-lsm-pesisir"


def test_an_old_version_is_a_conflict(pending, applicant, details):
    version = pending.updated_at
    services.edit_organisation(pending, details, actor=applicant, version=version)
    with pytest.raises(Conflict):
        services.edit_organisation(pending, details, actor=applicant, version=version)


def test_an_answer_to_the_secretariat_is_told_to_it(pending, applicant, maya, details):
    services.ask_to_complete(pending, actor=maya, reason="Tambahkan akta.")
    services.edit_organisation(pending, details, actor=applicant)
    assert Event.objects.get(kind="stakeholders.organisation_completed").recipients == [maya.pk]


# --- the pages ---------------------------------------------------------------------------------------
def test_a_visitor_is_asked_to_sign_in(client):
    response = client.get(REGISTER)
    assert response.status_code == 302
    assert "next=" in response["Location"]


def test_the_form_saves_a_draft_with_a_name_only(as_rina):
    response = as_rina.post(REGISTER, {"name": "Contoh Karang Taruna", "action": "save"})
    assert response.status_code == 302
    assert Organisation.objects.get().state == "draft"


def test_the_form_submits_at_once_and_a_second_click_changes_nothing(as_rina, answers, maya):
    data = {**answers, "submission_key": str(uuid.uuid4()), "action": "submit"}
    first, second = as_rina.post(REGISTER, data), as_rina.post(REGISTER, data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Organisation.objects.get().state == "pending"
    assert Event.objects.filter(kind="stakeholders.organisation_submitted").count() == 1


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_is_kept(as_rina, answers):
    response = as_rina.post(REGISTER, {**answers, "platform": "", "contact_phone": "abc", "action": "submit"})
    assert response.status_code == 400
    assert set(response.context["form"].errors) == {"platform", "contact_phone", "contact_email"}
    assert "mengelola bank sampah bersama warga" in response.text
    assert 'value="abc"' in response.text
    assert not Organisation.objects.exists()


def test_a_likely_duplicate_is_confirmed_first(as_rina, answers):
    OrganisationFactory(name="Contoh Yayasan Pesisir Bersih Jakarta")
    response = as_rina.post(REGISTER, {**answers, "action": "submit"})
    assert response.status_code == 400
    assert "Contoh Yayasan Pesisir Bersih Jakarta" in response.text
    assert Organisation.objects.count() == 1
    response = as_rina.post(REGISTER, {**answers, "action": "submit", "confirm_new": "on"})
    assert response.status_code == 302
    assert Organisation.objects.count() == 2


def test_a_likely_duplicate_is_shown_while_typing(as_rina):
    OrganisationFactory(name="Yayasan Hidung Merah")
    response = as_rina.get("/stakeholders/lookalikes/", {"name": "yayasan hidung merah indonesia"})
    assert "Yayasan Hidung Merah" in response.text
    assert "<html" not in response.text


def test_a_pending_organisation_of_others_is_not_betrayed_while_typing(as_rina, pending):
    response = as_rina.get("/stakeholders/lookalikes/", {"name": pending.name})
    assert response.text.strip() == ""


def test_a_document_and_a_logo_that_are_not_what_they_say_are_refused(as_rina, answers):
    fake = SimpleUploadedFile("akta.pdf", b"MZ not a pdf", content_type="application/pdf")
    image = SimpleUploadedFile("logo.png", b"not an image", content_type="image/png")
    response = as_rina.post(REGISTER, {**answers, "documents": fake, "logo": image, "action": "submit"})
    assert response.status_code == 400
    assert {"documents", "logo"} <= set(response.context["form"].errors)


def test_a_document_is_private(as_rina, client, answers, yusuf, maya):
    akta = pdf("akta.pdf")
    assert as_rina.post(REGISTER, {**answers, "documents": akta, "action": "save"}).status_code == 302
    organisation = Organisation.objects.get(name=answers["name"])
    url = reverse("stakeholders:document", args=[organisation.slug, organisation.documents.get().pk])
    assert as_rina.get(url)["Content-Disposition"].startswith("attachment")
    client.force_login(maya)
    assert client.get(url).status_code == 200
    client.force_login(yusuf)
    assert client.get(url).status_code == 404
    Organisation.objects.update(state="verified")
    assert client.get(url).status_code == 403
    client.logout()
    assert client.get(url).status_code == 403


def test_a_stale_form_keeps_what_was_typed_and_can_be_sent_again(client, applicant, pending, answers):
    client.force_login(applicant)
    url = reverse("stakeholders:edit", args=[pending.slug])
    version = client.get(url).context["form"]["version"].value()
    Organisation.objects.get(pk=pending.pk).save()
    data = {**answers, "description": "Contoh: kalimat yang saya tulis.", "action": "save"}
    response = client.post(url, {**data, "version": version})
    assert response.status_code == 409
    assert "Contoh: kalimat yang saya tulis." in response.text
    renewed = response.context["form"]["version"].value()
    assert client.post(url, {**data, "version": renewed}).status_code == 302
    pending.refresh_from_db()
    assert pending.description == "Contoh: kalimat yang saya tulis."


@pytest.mark.parametrize("bad", ["a\x00b", "x" * 10_000])
@pytest.mark.parametrize(
    "field", ["name", "acronym", "description", "website", "contact_email", "contact_phone", "platform"]
)
def test_bad_text_is_an_error_beside_its_field(as_rina, answers, field, bad):
    response = as_rina.post(REGISTER, {**answers, field: bad, "action": "save"})
    assert response.status_code == 400 or (field, response.status_code) == ("description", 400)
    assert field in response.context["form"].errors
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("key", ["not-a-key", "x" * 10_000, "a\x00"])
def test_a_forged_submission_key_is_no_accident(as_rina, answers, key):
    assert as_rina.post(REGISTER, {**answers, "submission_key": key, "action": "save"}).status_code == 400


@pytest.mark.parametrize(("platform", "kind", "fits"), [("civil", "agency", False), ("government", "agency", True)])
def test_a_kind_stands_under_its_own_platform(platform, kind, fits):
    assert ("kind" not in missing_in({"platform": platform, "kind": kind})) is fits
