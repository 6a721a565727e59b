"""What a refused, repeated or belated form of an initiative or a proposal comes to: never an error, nothing twice."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from initiatives.models import Lesson, Proposal, ProposalMessage
from initiatives.services import updates
from kalibaru.notifications.models import Event
from tests.initiatives.proposals import in_state, person_in
from tests.initiatives.shared import joint_initiative


@pytest.fixture
def row(ngo, agency, waste, kalibaru):
    """A running initiative."""
    return joint_initiative(ngo, agency, issues=[waste], areas=[kalibaru], title="Bank sampah pesisir")


def url(row, rest=""):
    """Return an address below the initiative's."""
    return f"/initiatives/{row.slug}/{rest}"


def error_of(response, name):
    """Return what is said beside a field."""
    return " ".join(response.context["form"].errors.get(name, []))


@pytest.mark.django_db
def test_completing_without_a_lesson_is_told_beside_the_field(client, row, yusuf):
    client.force_login(yusuf)
    response = client.post(url(row, "state/complete/"), {"results": "Sampah berkurang."})
    assert response.status_code == 400
    assert "satu pelajaran" in error_of(response, "lesson")
    assert "Sampah berkurang." in response.text


@pytest.mark.django_db
def test_a_target_of_a_name_that_exists_is_told_beside_the_field(client, row, yusuf):
    row.targets.create(name="Kompos", unit="kg", goal=5)
    client.force_login(yusuf)
    response = client.post(url(row, "targets/"), {"name": "Kompos", "unit": "kg", "goal": "7"})
    assert response.status_code == 400 and "sudah ada" in error_of(response, "name")


@pytest.mark.django_db
def test_a_lesson_told_twice_is_kept_once_even_without_a_key(client, row, yusuf):
    client.force_login(yusuf)
    for _ in range(2):
        assert client.post(url(row, "lessons/new/"), {"kind": "worked", "text": "Mulai kecil."}).status_code == 302
    assert Lesson.objects.count() == Event.objects.filter(kind="initiatives.lesson_added").count() == 1


@pytest.mark.django_db
def test_lessons_doubled_in_the_past_stop_nobody(row, yusuf):
    for _ in range(2):
        row.lessons.create(kind="worked", text="Mulai kecil.")
    assert updates.add_lesson(row, actor=yusuf, kind="worked", text="Mulai kecil.").initiative_id == row.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keyed", [True, False])
def test_a_lesson_told_three_times_at_once_is_kept_once(row, yusuf, keyed):
    key = uuid.uuid4() if keyed else None

    def tell(_number):
        try:
            return updates.add_lesson(row, actor=yusuf, kind="worked", text="Mulai kecil.", key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(tell, range(3)))) == 1
    assert Lesson.objects.count() == Event.objects.filter(kind="initiatives.lesson_added").count() == 1


def form_data(response):
    """Return what the form on a page would send, as it stands there."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "")}


@pytest.mark.django_db
def test_a_stale_form_can_be_sent_once_more_knowingly(client, row, yusuf):
    """The initiative, a milestone, a target: each time the second sending goes through."""
    client.force_login(yusuf)
    action = row.actions.create(title="Rapat RW")
    target = row.targets.create(name="Kompos", unit="kg", goal=5)
    pages = {
        "edit/": (row, {"summary": "Kalimat Yusuf."}),
        f"milestones/{action.pk}/": (action, {"title": "Rapat warga RW"}),
        f"targets/{target.pk}/": (target, {"reached": "4"}),
    }
    for rest, (changed, typed) in pages.items():
        data = {**form_data(client.get(url(row, rest))), **typed}
        type(changed).objects.get(pk=changed.pk).save()
        stale = client.post(url(row, rest), data)
        assert stale.status_code == 409, rest
        assert client.post(url(row, rest), form_data(stale)).status_code == 302, rest
        changed.refresh_from_db()
        (name, value), *_rest = typed.items()
        assert str(getattr(changed, name)).startswith(value), rest


DEEDS = {"ask": ("under_review", "question"), "answer": ("clarification", "answer")}


@pytest.mark.django_db
@pytest.mark.parametrize("deed", DEEDS)
def test_a_question_or_answer_sent_again_by_an_old_form_is_no_error(client, maya, deed):
    before, field = DEEDS[deed]
    proposal = in_state(before)
    who = maya if deed == "ask" else person_in(proposal.organisation)
    client.force_login(who)
    data = {field: "Berapa rumah?", "submission_key": uuid.uuid4()}
    address = f"/proposals/{proposal.pk}/{deed}/"
    assert client.post(address, data).status_code == 302
    Proposal.objects.filter(pk=proposal.pk).update(state=before)
    assert client.post(address, data).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, ProposalMessage.objects.count()) == (before, 1)
    other = client.post(address, {**data, field: "Berapa RW, tepatnya?"})
    assert other.status_code == 409 and "Berapa RW, tepatnya?" in other.text
