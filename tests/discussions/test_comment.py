"""Comments through services and pages."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kalibaru.core.errors import Conflict
from kalibaru.discussions import services
from kalibaru.discussions.models import Comment, Report, open_reports
from kalibaru.discussions.threads import thread
from kalibaru.notifications.events import standing
from kalibaru.notifications.models import Event
from tests.factories import PriorityIssueFactory, UserFactory

pytestmark = pytest.mark.django_db


def address(subject) -> str:
    return reverse("discussions:add", args=["issue", subject.pk])


def request_of(rf, user):
    request = rf.get("/")
    request.user = user
    return request


@pytest.fixture
def said(waste, rina):
    return services.add_comment(waste, actor=rina, body="Sampah di RW 05 belum diangkut.")


def test_comment_is_one_event_on_its_subject(said, waste, rina):
    event = Event.objects.get()
    assert event.kind == "discussions.comment_added"
    assert event.topics == [f"issue:{waste.pk}"]
    assert event.actor == rina
    assert event.audience == "public"


def test_double_submit_says_it_once(client, waste, rina):
    client.force_login(rina)
    key = uuid.uuid4()
    for _again in range(2):
        response = client.post(address(waste), {"body": "Contoh", "submission_key": key})
        assert response.status_code == 302
    assert Comment.objects.count() == Event.objects.count() == 1
    assert response["Location"].endswith(f"#comment-{Comment.objects.get().pk}")


def test_answer_stands_one_level_deep_and_tells_who_was_answered(said, waste, yusuf, dewi):
    first = services.add_comment(waste, actor=yusuf, body="Kami bantu.", parent=said)
    second = services.add_comment(waste, actor=dewi, body="Terima kasih.", parent=first)
    assert first.parent == second.parent == said
    assert Event.objects.latest("id").recipients == [yusuf.pk]


def test_answer_to_a_comment_of_another_page_is_refused(said, rina):
    with pytest.raises(ValidationError):
        services.add_comment(PriorityIssueFactory(), actor=rina, body="Contoh", parent=said)


@pytest.mark.parametrize("body", ["", "   \n", "a" * 3001, "x" * 10_000, "nol\x00bita"])
def test_bad_text_is_answered_with_what_was_typed(client, waste, rina, body):
    client.force_login(rina)
    response = client.post(address(waste), {"body": body})
    assert response.status_code == 400
    assert not Comment.objects.exists()
    if body.strip():
        assert response.context["form"]["body"].value() == body


def test_too_many_comments_are_answered_with_what_was_typed(client, waste, rina):
    client.force_login(rina)
    for number in range(10):
        assert client.post(address(waste), {"body": f"Contoh {number}"}).status_code == 302
    response = client.post(address(waste), {"body": "Contoh terakhir"})
    assert response.status_code == 429
    assert response.context["form"]["body"].value() == "Contoh terakhir"
    assert Comment.objects.count() == 10


def test_visitor_is_asked_to_sign_in_and_comes_back(client, waste):
    response = client.post(address(waste), {"body": "Contoh"})
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/discussions/")


@pytest.mark.parametrize(
    "path",
    [
        "/discussions/on/issue/{random}/",
        "/discussions/on/nothing/{waste}/",
        "/discussions/on/area/{area}/",
        "/discussions/comments/{random}/",
        "/discussions/comments/{random}/report/",
        "/discussions/on/issue/x/",
    ],
)
def test_guessed_address_is_not_found(client, rina, waste, kalibaru, path):
    client.force_login(rina)
    address = path.format(random=uuid.uuid4(), waste=waste.pk, area=kalibaru.pk)
    assert client.get(address).status_code == 404


def test_comment_of_an_unpublished_page_leads_nowhere(client, said, waste):
    waste.state = "draft"
    waste.save()
    assert client.get(said.get_absolute_url()).status_code == 404


def test_thread_costs_one_query_and_shows_no_hidden_words(
    rf, said, waste, yusuf, maya, client, django_assert_num_queries
):
    for number in range(5):
        services.add_comment(waste, actor=yusuf, body=f"Contoh {number}", parent=said)
    services.hide_comment(said, actor=maya, reason="Contoh alasan")
    from django.contrib.auth.models import AnonymousUser

    request = request_of(rf, AnonymousUser())
    with django_assert_num_queries(1):
        shown = thread(request, waste)
    assert len(shown["strands"]) == 1
    assert len(shown["strands"][0].replies) == 5
    assert shown["count"] == 5
    from django.template.loader import render_to_string

    html = render_to_string("discussions/thread.html", {"thread": shown, "request": request}, request)
    assert "belum diangkut" not in html
    assert "disembunyikan oleh sekretariat" in html
    assert "Contoh 4" in html


def test_words_are_escaped(rf, waste, rina):
    services.add_comment(waste, actor=rina, body="<script>alert(1)</script>")
    from django.template.loader import render_to_string

    request = request_of(rf, rina)
    html = render_to_string("discussions/thread.html", {"thread": thread(request, waste), "request": request}, request)
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_report_tells_moderators_only(said, maya, yusuf):
    services.report_comment(said, actor=yusuf, reason="spam", note="Iklan")
    event = Event.objects.latest("id")
    assert event.kind == "discussions.report_filed"
    assert event.recipients == [maya.pk]
    assert event.audience == "moderators"


def test_person_reports_a_comment_once(client, said, yusuf):
    client.force_login(yusuf)
    address = reverse("discussions:report", args=[said.pk])
    assert client.get(address).status_code == 200
    for _again in range(2):
        assert client.post(address, {"reason": "spam", "note": ""}).status_code == 302
    assert Report.objects.count() == 1
    assert Event.objects.filter(kind="discussions.report_filed").count() == 1


def test_report_without_a_reason_is_asked_again(client, said, yusuf):
    client.force_login(yusuf)
    response = client.post(reverse("discussions:report", args=[said.pk]), {"note": "Contoh penjelasan"})
    assert response.status_code == 400
    assert "Pilih alasan." in response.content.decode()
    assert "Contoh penjelasan" in response.content.decode()


def test_upheld_report_hides_the_comment_and_tells_its_author_why(said, rina, maya):
    one = services.report_comment(said, actor=UserFactory(), reason="hate")
    services.report_comment(said, actor=UserFactory(), reason="spam")
    services.uphold_report(one, actor=maya, reason="Menghina tetangga.")
    said.refresh_from_db()
    assert said.hidden_by == maya
    assert not open_reports().exists()
    event = Event.objects.latest("id")
    assert event.kind == "discussions.comment_hidden"
    assert event.recipients == [rina.pk]
    assert event.payload["reason"] == "Menghina tetangga."


def test_hidden_comment_is_told_to_nobody_afterwards(said, maya):
    added = Event.objects.get()
    assert standing([added]) == [added]
    services.hide_comment(said, actor=maya, reason="Contoh")
    assert standing([added]) == []
    services.unhide_comment(said, actor=maya)
    assert standing([added]) == [added]


def test_second_decision_is_a_conflict(said, maya):
    report = services.report_comment(said, actor=UserFactory(), reason="hate")
    services.dismiss_report(report, actor=maya)
    with pytest.raises(Conflict):
        services.uphold_report(report, actor=maya, reason="Contoh")
    said.refresh_from_db()
    assert said.hidden_at is None


def test_queue_is_oldest_first(said, waste, rina, yusuf):
    other = services.add_comment(waste, actor=yusuf, body="Contoh")
    first = services.report_comment(other, actor=rina, reason="spam")
    second = services.report_comment(said, actor=yusuf, reason="spam")
    assert list(open_reports()) == [first, second]


def test_moderator_decides_on_a_page_and_comes_back_to_the_desk(client, said, maya):
    report = services.report_comment(said, actor=UserFactory(), reason="hate")
    client.force_login(maya)
    assert "belum diangkut" in client.get(report.get_absolute_url()).content.decode()
    response = client.post(reverse("discussions:uphold", args=[report.pk]), {"reason": "", "next": "/moderation/"})
    assert response.status_code == 400
    response = client.post(
        reverse("discussions:uphold", args=[report.pk]), {"reason": "Contoh alasan", "next": "/moderation/"}
    )
    assert response["Location"] == "/moderation/"
    again = client.post(reverse("discussions:dismiss", args=[report.pk]), {"next": "https://jahat.example/"})
    assert again.status_code == 409


def test_foreign_next_is_not_followed(client, said, maya):
    report = services.report_comment(said, actor=UserFactory(), reason="hate")
    client.force_login(maya)
    response = client.post(reverse("discussions:dismiss", args=[report.pk]), {"next": "https://jahat.example/"})
    assert response["Location"] == report.get_absolute_url()


@pytest.mark.parametrize("name", ["hide", "unhide", "uphold", "dismiss", "report_decide"])
def test_resident_cannot_open_the_desk(client, said, rina, yusuf, name):
    report = services.report_comment(said, actor=yusuf, reason="hate")
    client.force_login(rina)
    pk = said.pk if name.endswith("hide") else report.pk
    method = client.get if name == "report_decide" else client.post
    assert method(reverse(f"discussions:{name}", args=[pk]), {"reason": "Contoh"}).status_code == 403
    said.refresh_from_db()
    assert said.hidden_at is None
