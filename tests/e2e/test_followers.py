"""Whoever follows: an inbox, a mail for what they chose, one weekly digest, and a way out."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from initiatives.models import Initiative
from initiatives.services.updates import publish_update
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.preferences import preferences_of
from kalibaru.notifications.services.following import follow
from kalibaru.places.models import Area
from tests.e2e.steps import press, sees, words_of

pytestmark = pytest.mark.browser


def next_digest_hour():
    """Return the coming Monday, 07:00 in Jakarta."""
    now = timezone.localtime()
    monday = now + timedelta(days=(7 - now.weekday()) or 7)
    return monday.replace(hour=7, minute=0, second=0, microsecond=0)


def news(initiative: Initiative, author, title: str) -> None:
    """Publish an update of the initiative."""
    publish_update(initiative, actor=author, title=title, body=f"{title}: kabar lengkapnya.")


def digest(at) -> None:
    """Run the command as an operator does."""
    call_command("send_digests", "--at", at.isoformat(), stdout=io.StringIO())


def test_follower_gets_inbox_and_mail_at_once_when_chosen(world, page, sign_in, smtp_sink, work):
    initiative = Initiative.objects.get(slug="contoh-cangkang-kerang-jadi-paving")
    sign_in(page, world.rina)
    page.goto("/notifications/settings/")
    page.locator("select[name=followed]").select_option("now")
    press(page, "Simpan pilihan")
    expect(page.locator(".flash--success")).to_be_visible()
    assert preferences_of(world.rina)["followed"] == "now"

    news(initiative, world.yusuf, "Mesin giling tiba")
    work()
    work()
    [letter] = smtp_sink.to(world.rina.email)
    assert "Mesin giling tiba: kabar lengkapnya." in words_of(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    page.goto("/")
    before = int(page.locator(".tools .count").inner_text().split()[0])
    page.goto("/notifications/?unread=1")
    page.get_by_role("button", name=re.compile("Mesin giling tiba")).click()
    page.wait_for_url(re.compile("cangkang-kerang"))
    after = page.locator(".tools .count")
    assert (int(after.inner_text().split()[0]) if after.count() else 0) == before - 1


def test_weekly_digest_is_sent_once_grouped_and_can_be_stopped_with_one_click(world, page, open_page, smtp_sink, work):
    paving = Initiative.objects.get(slug="contoh-cangkang-kerang-jadi-paving")
    compost = Initiative.objects.get(slug="contoh-kompos-dapur-rw-12")
    follow(topic_of(compost), user=world.rina)
    hydrant = Initiative.objects.get(slug="contoh-hidran-umum-rw-04")
    world.sari.language = "en"
    world.sari.save(update_fields=["language"])
    follow(topic_of(Area.objects.get(code="31.72.04.1004")), user=world.sari)
    digest(next_digest_hour() - timedelta(days=7))
    smtp_sink.messages.clear()
    news(paving, world.yusuf, "Gang enam selesai")
    news(paving, world.yusuf, "Gang tujuh selesai")
    news(compost, world.yusuf, "Ember kompos dibagikan")
    publish_update(hydrant, actor=world.maya, title="Tidak diikuti siapa pun", body="Hidran.")
    work()
    assert smtp_sink.to(world.rina.email) == []

    at = next_digest_hour()
    digest(at - timedelta(minutes=5))
    assert smtp_sink.to(world.rina.email) == []
    digest(at)
    digest(at)
    digest(at + timedelta(days=1))
    [letter] = smtp_sink.to(world.rina.email)
    text = words_of(letter)
    for words in ("Gang enam selesai", "Gang tujuh selesai", "Ember kompos dibagikan", "/notifications/settings/"):
        assert words in text
    assert text.count(paving.title.upper()) == 1
    assert 'lang="id"' in letter.get_body(("html",)).get_content()
    [neighbour] = [one for one in smtp_sink.to(world.sari.email) if one["List-Id"] == letter["List-Id"]]
    assert "Gang enam selesai" in words_of(neighbour)
    assert 'lang="en"' in neighbour.get_body(("html",)).get_content()

    page.goto(re.search(r"http\S+/notifications/unsubscribe/\S+", text)[0])
    press(page, "Ya, berhenti")
    sees(page, "Sudah berhenti")
    address = re.search(r"<(\S+)>", letter["List-Unsubscribe"])[1]
    other = open_page()
    answer = other.request.post(address, form={"List-Unsubscribe": "One-Click"})
    assert answer.status in (200, 202, 204)
    assert preferences_of(world.rina)["followed"] == "off"
    news(paving, world.yusuf, "Gang delapan selesai")
    digest(at + timedelta(days=7))
    assert len(smtp_sink.to(world.rina.email)) == 1
