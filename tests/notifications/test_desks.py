"""Work in numbers: the page and the weekly digest of the secretariat, agencies and organisations."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Action
from issues.models import Stake
from kalibaru.discussions.services import add_comment, report_comment
from kalibaru.notifications.desks import Span, people_with_desks, sheets
from kalibaru.notifications.models import Delivery, Rhythm
from kalibaru.notifications.services.digest import send_due_digests
from tests.factories import InitiativeFactory, OrganisationFactory, PartnerFactory, ProposalFactory
from tests.notifications.conftest import MONDAY, NEXT_MONDAY, WEDNESDAY, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    """The seven days up to now, and a moment for what has just happened."""
    now = timezone.now() + timedelta(minutes=1)
    return Span(now - timedelta(days=7), now)


def numbers(user, span) -> dict:
    return {
        str(row.label): (row.numbers.new, row.numbers.waiting, row.numbers.overdue, row.numbers.decided)
        for sheet in sheets([user.pk], span)[user.pk]
        for row in sheet.rows
    }


def test_the_secretariat_reads_its_queues(maya, rina, yusuf, week):
    OrganisationFactory(state="pending", submitted_at=week.start - timedelta(days=3))
    ProposalFactory(state="submitted", submitted_at=week.end - timedelta(days=1))
    ProposalFactory(
        state="declined", decision_reason="Contoh", submitted_at=week.start - timedelta(days=9), decided_at=week.start
    )
    ProposalFactory(
        state="declined", decision_reason="Contoh", submitted_at=week.start - timedelta(days=9), decided_at=week.end
    )
    comment = add_comment(InitiativeFactory(), actor=rina, body="Contoh iklan")
    report_comment(comment, actor=yusuf, reason="spam")
    found = numbers(maya, week)
    assert found["Organisasi untuk diverifikasi"] == (0, 1, 1, 0)
    assert found["Usulan"] == (1, 1, 0, 1), "decided at the end of the window is of the next"
    assert found["Laporan komentar"] == (1, 1, 0, 0)


def test_government_staff_read_of_the_problems_of_their_agency(dewi, agency, waste, week):
    Stake.objects.create(issue=waste, organisation=agency)
    ProposalFactory(issue=waste, state="submitted", submitted_at=week.end - timedelta(days=20))
    ProposalFactory(state="submitted", submitted_at=week.end - timedelta(days=1))
    assert numbers(dewi, week)["Usulan tentang masalah Anda"] == (0, 1, 1, 0)


def test_an_organisation_reads_what_was_said_and_what_is_due(rina, yusuf, ngo, week):
    initiative = InitiativeFactory(title="Contoh rumah kompos")
    PartnerFactory(initiative=initiative, organisation=ngo)
    add_comment(initiative, actor=rina, body="Kapan giliran gang kami?")
    today = timezone.localdate()
    for title, days in (("Beli ember", 3), ("Latih kader", -2), ("Tahun depan", 300)):
        Action.objects.create(initiative=initiative, organisation=ngo, title=title, due_on=today + timedelta(days=days))
    found = numbers(yusuf, week)
    assert found["Yang dikatakan tentang Anda"] == (1, 0, 0, 0)
    assert found["Tonggak Anda"] == (3, 1, 1, 0)
    page_lines = [
        line.text for sheet in sheets([yusuf.pk], week)[yusuf.pk] for row in sheet.rows for line in row.numbers.lines
    ]
    assert any("Kapan giliran" in line for line in page_lines) and any("Latih kader" in line for line in page_lines)
    assert not any("Tahun depan" in line for line in page_lines)


def test_hidden_comments_are_not_quoted(rina, yusuf, ngo, week):
    initiative = InitiativeFactory()
    PartnerFactory(initiative=initiative, organisation=ngo)
    comment = add_comment(initiative, actor=rina, body="Contoh kasar")
    type(comment).objects.update(hidden_at=timezone.now())
    assert "Yang dikatakan tentang Anda" not in numbers(yusuf, week)


@pytest.mark.parametrize("who", ["rina", "dewi", "yusuf", "maya"])
def test_nobody_reads_anothers_desk(who, request, maya, dewi, yusuf, rina, week):
    ProposalFactory(state="submitted", submitted_at=week.end - timedelta(days=1))
    found = numbers(request.getfixturevalue(who), week)
    assert ("Usulan" in found) == (who == "maya")


def test_numbers_cost_the_same_for_many_people(maya, week, django_assert_max_num_queries):
    from tests.factories import MembershipFactory

    members = [MembershipFactory().user.pk for _n in range(12)]
    with django_assert_max_num_queries(40):
        sheets(members, week)


def test_they_come_with_the_weekly_digest_even_without_a_follow(maya, smtp_sink):
    ProposalFactory(state="submitted", submitted_at=WEDNESDAY, title="Contoh kebun")
    send_due_digests(NEXT_MONDAY)
    (mail,) = smtp_sink.to(maya.email)
    assert "MEJA SEKRETARIAT" in text_of(mail) and "Usulan: 1 baru, 1 menunggu" in text_of(mail)
    assert "Kabar mingguan" in mail["Subject"]


def test_they_share_the_one_weekly_mail_with_what_is_followed(maya, waste, following, news, smtp_sink):
    following(maya, waste)
    send_due_digests(MONDAY)
    news(waste, at=WEDNESDAY)
    ProposalFactory(state="submitted", submitted_at=WEDNESDAY)
    send_due_digests(NEXT_MONDAY)
    (mail,) = smtp_sink.to(maya.email)
    assert "Contoh kabar" in text_of(mail) and "MEJA SEKRETARIAT" in text_of(mail)


def test_nothing_to_say_is_no_mail_and_is_on_record(maya, smtp_sink):
    send_due_digests(NEXT_MONDAY)
    assert smtp_sink.messages == []
    assert maya.digests.get().empty and Delivery.objects.get().reason == "nothing"


def test_who_does_not_want_them_has_none(maya, smtp_sink):
    Rhythm.objects.create(user=maya, figures=False)
    ProposalFactory(state="submitted", submitted_at=WEDNESDAY)
    assert send_due_digests(NEXT_MONDAY) == 0 and smtp_sink.messages == []


def test_a_blocked_moderator_has_no_desk(maya):
    type(maya).objects.update(is_active=False)
    assert maya.pk not in people_with_desks()


def test_the_page_shows_them_and_residents_see_why_there_are_none(client, maya, rina):
    ProposalFactory(state="submitted", submitted_at=timezone.now())
    client.force_login(maya)
    assert "Meja sekretariat" in client.get(reverse("figures")).text
    client.force_login(rina)
    assert "Tidak ada yang menunggu Anda" in client.get(reverse("figures")).text


def test_the_preview_shows_them_if_they_are_wanted(client, maya):
    ProposalFactory(state="submitted", submitted_at=timezone.now())
    client.force_login(maya)
    chosen = {"preview": "1", "figures": "on"}
    assert "Meja sekretariat" in client.post(reverse("notification_settings"), chosen).text
    assert "Meja sekretariat" not in client.post(reverse("notification_settings"), {"preview": "1"}).text
