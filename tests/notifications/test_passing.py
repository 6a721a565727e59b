"""A week of an area, to pass on in a neighbourhood's group."""

import html
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from kalibaru.core.subjects import topic_of
from kalibaru.notifications.passing import LONGEST, week_of
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(kalibaru):
    """Return the message of the last seven days."""
    return lambda: week_of(topic_of(kalibaru), "Kelurahan Kalibaru", kalibaru.get_absolute_url(), at=timezone.now())


def test_it_is_short_and_plain_with_a_link_a_subject(kalibaru, news, message):
    for number in range(30):
        news(InitiativeFactory(title=f"Contoh inisiatif {number}"), "Kabar " + "panjang " * 20, topics=[kalibaru])
    text = message().text
    assert len(text) <= LONGEST and "kabar lain" in text
    assert text.count("http://localhost:8000/initiatives/") >= 2
    assert text.endswith(f"http://localhost:8000{kalibaru.get_absolute_url()}")


def test_one_line_a_subject_the_newest(kalibaru, waste, news, message):
    news(waste, "Lama", topics=[kalibaru])
    news(waste, "Baru", topics=[kalibaru])
    assert message().text.count("•") == 1 and "Baru" in message().text


def test_what_is_hidden_internal_or_older_than_a_week_is_not_passed_on(kalibaru, waste, news, message):
    news(InitiativeFactory(published_at=None), "tersembunyi", topics=[kalibaru])
    news(waste, "pihak saja", topics=[kalibaru], audience="parties")
    news(waste, "lama", topics=[kalibaru], at=timezone.now() - timedelta(days=8))
    assert message().quiet and "Tidak ada kabar minggu ini" in message().text


def test_a_visitor_copies_it_or_hands_it_to_whatsapp(client, kalibaru, waste, news):
    assert reverse("share_area", args=[kalibaru.code]) in client.get(kalibaru.get_absolute_url()).text
    news(waste, "Ember & tong dibagikan", topics=[kalibaru])
    page = client.get(reverse("share_area", args=[kalibaru.code])).text
    assert "<textarea" in page and "readonly" in page
    address = html.unescape(page.split('href="https://wa.me/?text=')[1].split('"')[0])
    assert "Ember & tong dibagikan" in unquote(address)
    assert client.get(reverse("share_area", args=["99.99"])).status_code == 404


def test_a_week_costs_the_same_however_much_happened(kalibaru, waste, news, message, django_assert_max_num_queries):
    for number in range(20):
        news(waste if number % 2 else InitiativeFactory(), f"Kabar {number}", topics=[kalibaru])
    with django_assert_max_num_queries(5):
        message()
