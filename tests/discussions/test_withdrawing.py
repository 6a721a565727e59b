"""An author takes a comment back."""

import pytest
from django.urls import reverse

from kalibaru.core.errors import Conflict
from kalibaru.discussions.models import Report
from kalibaru.discussions.services import (
    add_comment,
    report_comment,
    unhide_comment,
    uphold_report,
    withdraw_comment,
)
from kalibaru.notifications.timeline import timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(waste, rina):
    return add_comment(waste, actor=rina, body="Contoh kata yang disesali")


def test_a_withdrawn_comment_keeps_its_place_and_its_answers_but_not_its_words(client, waste, said, rina, yusuf):
    add_comment(waste, actor=yusuf, body="Contoh jawaban", parent=said)
    client.force_login(rina)
    address = reverse("discussions:withdraw", args=[said.pk])
    assert "Tarik komentar ini?" in client.get(address).text
    assert client.post(address).url.endswith(f"#comment-{said.pk}")
    page = client.get(waste.get_absolute_url()).text
    assert "Komentar ditarik oleh penulisnya." in page
    assert "Contoh kata yang disesali" not in page
    assert "Contoh jawaban" in page


def test_the_page_offers_an_author_to_withdraw_and_others_to_report(client, waste, said, rina, yusuf):
    withdraw, report = reverse("discussions:withdraw", args=[said.pk]), reverse("discussions:report", args=[said.pk])
    client.force_login(rina)
    page = client.get(waste.get_absolute_url()).text
    assert withdraw in page and report not in page
    assert client.get(report).status_code == 403
    client.force_login(yusuf)
    page = client.get(waste.get_absolute_url()).text
    assert report in page and withdraw not in page
    assert client.post(withdraw).status_code == 403


def test_withdrawing_is_on_the_internal_timeline_and_happens_once(waste, said, rina, maya):
    withdraw_comment(said, actor=rina)
    assert next(entry.label for entry in timeline(waste, maya)) == "Komentar ditarik"
    with pytest.raises(Conflict):
        withdraw_comment(said, actor=rina)


def test_the_secretariat_does_not_show_again_what_its_author_took_back(said, rina, maya):
    withdraw_comment(said, actor=rina)
    with pytest.raises(Conflict):
        unhide_comment(said, actor=maya)
    said.refresh_from_db()
    assert said.is_withdrawn


def test_a_report_of_a_comment_withdrawn_meanwhile_can_still_be_decided(said, rina, yusuf, maya):
    report = report_comment(said, actor=yusuf, reason="spam")
    withdraw_comment(said, actor=rina)
    uphold_report(report, actor=maya, reason="Contoh alasan")
    assert Report.objects.get().state == "upheld"
    said.refresh_from_db()
    assert said.is_withdrawn
