"""The pages of one initiative: what readers see, what its lead changes, and what happens to bad input."""

import io
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from initiatives.models import Action, Initiative, Update
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Event
from tests.factories import OrganisationFactory
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(ngo, agency, waste, kalibaru):
    """An initiative with something in every section."""
    initiative = joint_initiative(ngo, agency, issues=[waste], areas=[kalibaru], title="Bank sampah pesisir")
    initiative.actions.create(title="Rapat RW", organisation=agency, due_on=timezone.localdate() - timedelta(days=2))
    initiative.targets.create(name="Sampah terkelola", unit="kg", goal=1200)
    initiative.targets.create(name="Rumah ikut", unit="rumah", goal=100, reached=25)
    initiative.lessons.create(kind="worked", text="Mulai dari satu RT.")
    initiative.updates.create(title="Hari pertama", body="Ramai sekali.", organisation=ngo)
    return initiative


def url(row, rest=""):
    """Return an address below the initiative's."""
    return f"/initiatives/{row.slug}/{rest}"


def picture():
    """Return a small JPEG as a browser would send it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    out.seek(0)
    out.name = "foto.jpg"
    return out


def test_visitor_reads_the_whole_story(client, row):
    text = client.get(url(row)).content.decode()
    for words in (
        "Bank sampah pesisir",
        "Contoh LSM Pesisir",
        "Contoh Suku Dinas",
        "Pengelolaan sampah",
        "Kalibaru",
        "Rapat RW",
        "Lewat waktu",
        "Belum ada data",
        "Hari pertama",
        "Mulai dari satu RT.",
        "topic=",
    ):
        assert words in text
    assert "Ubah keterangan" not in text


def test_detail_page_takes_at_most_ten_queries(client, row, django_assert_max_num_queries):
    client.get(url(row))
    with django_assert_max_num_queries(10):
        assert client.get(url(row)).status_code == 200


def test_unpublished_initiative_is_not_found_by_strangers(client, row, rina, yusuf):
    Initiative.objects.filter(pk=row.pk).update(published_at=None)
    assert client.get(url(row)).status_code == 404
    client.force_login(rina)
    assert client.get(url(row)).status_code == 404
    client.force_login(yusuf)
    assert client.get(url(row)).status_code == 200


@pytest.mark.parametrize(
    "rest",
    [
        "edit/",
        "partners/",
        "milestones/",
        "targets/",
        "updates/new/",
        "lessons/new/",
        "state/pause/",
        "state/complete/",
    ],
)
def test_working_pages_open_for_the_lead_only(client, row, rest, yusuf, rina):
    assert client.get(url(row, rest)).status_code == 302
    client.force_login(rina)
    assert client.get(url(row, rest)).status_code == 403
    client.force_login(yusuf)
    assert client.get(url(row, rest)).status_code == 200


def form_of(client, row, **changes):
    """Return what the edit form would send."""
    form = client.get(url(row, "edit/")).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data["issues"] = [issue.pk for issue in row.issues.all()]
    data["areas"] = [area.pk for area in row.areas.all()]
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


def test_lead_edits_the_description(client, row, yusuf):
    client.force_login(yusuf)
    response = client.post(url(row, "edit/"), form_of(client, row, summary="Ringkasan baru.", budget="1.500.000"))
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.summary, row.budget) == ("Ringkasan baru.", 1_500_000)


def test_stale_form_answers_409_and_keeps_what_was_typed(client, row, yusuf):
    client.force_login(yusuf)
    data = form_of(client, row, summary="Kalimat Yusuf.")
    Initiative.objects.get(pk=row.pk).save()
    response = client.post(url(row, "edit/"), data)
    assert response.status_code == 409
    assert "Kalimat Yusuf." in response.content.decode()
    row.refresh_from_db()
    assert row.summary != "Kalimat Yusuf."


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"starts_on": "2026-02-01", "ends_on": "2026-01-01"},
        {"budget": "-5"},
        {"sdg_goals": ["99"]},
        {"body": "a" * 12_001},
        {"title": "a\x00b"},
    ],
)
def test_invalid_edit_says_so_beside_the_field(client, row, yusuf, changes):
    client.force_login(yusuf)
    response = client.post(url(row, "edit/"), form_of(client, row, **changes))
    assert response.status_code == 400
    assert "field__error" in response.content.decode()


def test_update_with_photo_is_published_once_and_told_with_its_text(client, row, yusuf, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(yusuf)
    key = uuid.uuid4()
    for _ in range(2):
        data = {
            "title": "Timbang perdana",
            "body": "32 kg.",
            "submission_key": key,
            "photo_1": picture(),
            "alt_1": "Warga",
        }
        assert client.post(url(row, "updates/new/"), data).status_code == 302
    update = Update.objects.get(title="Timbang perdana")
    assert update.photos.count() == 1 and update.organisation.name == "Contoh LSM Pesisir"
    event = Event.objects.get(kind="initiatives.update_published")
    assert event.payload["body"] == "32 kg." and topic_of(row) in event.topics
    assert "Timbang perdana" in client.get(url(row)).content.decode()


def test_photo_asks_for_words(client, row, yusuf):
    client.force_login(yusuf)
    response = client.post(url(row, "updates/new/"), {"title": "x", "body": "y", "photo_1": picture()})
    assert response.status_code == 400 and "Ceritakan isi foto ini." in response.content.decode()
    assert "Pilih lagi berkasnya." in response.content.decode()


def test_words_about_a_photo_that_is_not_there_ask_for_it(client, row, yusuf):
    client.force_login(yusuf)
    response = client.post(url(row, "updates/new/"), {"title": "x", "body": "y", "alt_1": "Warga"})
    assert response.status_code == 400 and "Pilih fotonya" in response.content.decode()
    assert not Update.objects.filter(title="x").exists()


def test_amount_is_asked_and_shown_as_people_write_it(client, row, yusuf):
    client.force_login(yusuf)
    row.budget = 185_000_000
    row.save()
    assert 'value="185.000.000"' in client.get(url(row, "edit/")).content.decode()


def test_result_in_the_history_is_written_as_the_language_does(client, row, yusuf):
    client.force_login(yusuf)
    target = row.targets.create(name="Gang", unit="gang", goal=12, created_by=yusuf)
    assert "Sasarannya 12 gang." in client.get(url(row, f"targets/{target.pk}/")).content.decode()
    client.post(url(row, f"targets/{target.pk}/"), {"reached": "4,5"})
    assert "Gang, 4,5 gang" in client.get(url(row)).content.decode()


def test_file_that_is_no_picture_is_refused_beside_the_field(client, row, yusuf):
    client.force_login(yusuf)
    fake = io.BytesIO(b"MZ not a picture")
    fake.name = "foto.jpg"
    response = client.post(url(row, "updates/new/"), {"title": "x", "body": "y", "photo_1": fake, "alt_1": "z"})
    assert response.status_code == 400 and not Update.objects.filter(title="x").exists()


def test_partner_finishes_its_own_milestone_from_the_page(client, row, dewi):
    client.force_login(dewi)
    action = row.actions.get()
    assert "milestones" in client.get(url(row)).content.decode()
    assert client.post(url(row, f"milestones/{action.pk}/finish/")).status_code == 302
    assert Action.objects.get().state == "done"
    assert client.post(url(row, f"milestones/{action.pk}/finish/"), {"later": "1"}).status_code == 409


def test_lead_adds_a_partner_whose_owners_are_told(client, row, yusuf):
    client.force_login(yusuf)
    other = OrganisationFactory()
    response = client.post(url(row, "partners/"), {"organisation": other.pk, "role": "funding"})
    assert response.status_code == 302
    assert Event.objects.get(kind="initiatives.partner_added").payload["partner"] == other.name
    again = {"organisation": other.pk, "role": "funding", "later": "1"}
    assert client.post(url(row, "partners/"), again).status_code == 400


def test_suspended_organisation_is_no_choice_for_a_partner(client, row, yusuf):
    client.force_login(yusuf)
    other = OrganisationFactory(state="suspended")
    assert client.post(url(row, "partners/"), {"organisation": other.pk, "role": "funding"}).status_code == 400


def test_new_lead_takes_the_place_of_the_old_one(client, row, maya, agency, ngo):
    client.force_login(maya)
    partner = row.partners.get(organisation=agency)
    client.post(url(row, f"partners/{partner.pk}/role/"), {"role": "lead"})
    assert row.partners.get(role="lead").organisation == agency
    assert row.partners.get(organisation=ngo).role == "implementing"
    assert client.post(url(row, f"partners/{partner.pk}/remove/")).status_code == 400


def test_milestone_finished_on_the_page_of_milestones_leads_back_to_it(client, row, yusuf):
    client.force_login(yusuf)
    action = row.actions.create(title="Timbang", created_by=yusuf)
    answer = client.post(url(row, f"milestones/{action.pk}/finish/"), {"from": "milestones"})
    assert answer.url == url(row, "milestones/")


@pytest.mark.parametrize(("state", "offered"), [("active", True), ("completed", False), ("paused", True)])
def test_closed_initiative_offers_no_milestone_to_finish(client, row, yusuf, state, offered):
    client.force_login(yusuf)
    action = row.actions.create(title="Timbang", created_by=yusuf)
    type(row).objects.filter(pk=row.pk).update(state=state, state_reason="x")
    assert (url(row, f"milestones/{action.pk}/finish/") in client.get(url(row)).content.decode()) is offered


def test_milestone_targets_and_lessons_are_written_by_the_lead(client, row, yusuf):
    client.force_login(yusuf)
    key = uuid.uuid4()
    for _ in range(2):
        assert client.post(url(row, "milestones/"), {"title": "Timbang", "submission_key": key}).status_code == 302
    assert row.actions.filter(title="Timbang").count() == 1
    assert client.post(url(row, "targets/"), {"name": "Kompos", "unit": "kg", "goal": "1.000"}).status_code == 302
    target = row.targets.get(name="Kompos")
    assert (
        client.post(
            url(row, f"targets/{target.pk}/"), {"reached": "12,5", "version": target.updated_at.isoformat()}
        ).status_code
        == 302
    )
    target.refresh_from_db()
    assert (target.goal, float(target.reached)) == (1000, 12.5)
    assert client.post(url(row, "lessons/new/"), {"kind": "failed", "text": "Jangan hari kerja."}).status_code == 302


def test_cancelling_asks_once_with_the_reason(client, row, yusuf):
    client.force_login(yusuf)
    assert client.post(url(row, "state/cancel/"), {"reason": ""}).status_code == 400
    assert client.post(url(row, "state/cancel/"), {"reason": "Dana batal."}).status_code == 302
    assert "Dana batal." in client.get(url(row)).content.decode()
    assert client.post(url(row, "state/start/")).status_code == 409
    assert client.get(url(row, "state/explode/")).status_code == 404


def test_moderator_creates_and_publishes(client, maya, ngo, waste):
    client.force_login(maya)
    data = {
        "title": "Air untuk RW 08",
        "summary": "Ringkas.",
        "lead": ngo.pk,
        "issues": [waste.pk],
        "submission_key": uuid.uuid4(),
    }
    for _ in range(2):
        assert client.post("/initiatives/new/", data).status_code == 302
    row = Initiative.objects.get(title="Air untuk RW 08")
    assert client.post(url(row, "state/publish/")).status_code == 302
    client.logout()
    assert client.get(url(row)).status_code == 200


def test_lead_cannot_publish(client, row, yusuf):
    client.force_login(yusuf)
    assert client.post(url(row, "state/publish/")).status_code == 403
    assert client.get("/initiatives/new/").status_code == 403


def test_workspace_shows_overdue_milestones_and_what_waits_to_be_published(row, yusuf, maya):
    from kalibaru.core.workspace import cards_for

    Initiative.objects.filter(pk=row.pk).update(published_at=None)
    assert "overdue_actions" in {card.key for card, _todos in cards_for(yusuf)}
    assert "unpublished_initiatives" in {card.key for card, _todos in cards_for(maya)}


def test_back_office_opens(client, maya, row):
    client.force_login(maya)
    for model in ("initiative", "partner", "action", "target", "update", "lesson"):
        assert client.get(f"/admin/initiatives/{model}/").status_code == 200
    assert client.get(f"/admin/initiatives/initiative/{row.pk}/change/").status_code == 200
