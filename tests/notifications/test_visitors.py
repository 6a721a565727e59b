"""Pages kept for readers without an account: made once, anew after any event, never for anybody else."""

import pytest

from initiatives.models import Initiative
from initiatives.services.initiatives import pause_initiative
from kalibaru.notifications import visitors
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, monkeypatch):
    """Keep pages in this module."""
    settings.VISITOR_PAGE_SECONDS = 60
    monkeypatch.setattr(visitors, "_shelf", visitors.Shelf())


@pytest.fixture
def row(ngo):
    """A public initiative."""
    return joint_initiative(ngo, title="Bank sampah pesisir")


@pytest.mark.parametrize("address", ["/initiatives/", "/initiatives/{slug}/"])
def test_second_visitor_costs_one_query(client, row, address, django_assert_num_queries):
    address = address.format(slug=row.slug)
    first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address)
    assert second.content == first.content
    assert "Cookie" in second["Vary"] and not second.cookies


def test_any_event_makes_the_page_anew(client, row, maya):
    client.get(f"/initiatives/{row.slug}/")
    pause_initiative(row, actor=maya, reason="Banjir rob.")
    assert "Banjir rob." in client.get(f"/initiatives/{row.slug}/").content.decode()
    assert "Ditunda" in client.get("/initiatives/").content.decode()


def test_person_with_an_account_never_gets_the_kept_page(client, row, yusuf):
    client.get(f"/initiatives/{row.slug}/")
    client.force_login(yusuf)
    text = client.get(f"/initiatives/{row.slug}/").content.decode()
    assert "Ubah keterangan" in text
    client.logout()
    assert "Ubah keterangan" not in client.get(f"/initiatives/{row.slug}/").content.decode()


def test_languages_and_questions_are_kept_apart(client, row):
    pages = {
        client.get(address).content
        for address in ("/initiatives/", "/en/initiatives/", "/initiatives/?q=bank", "/initiatives/?q=air")
    }
    assert len(pages) == 4


def test_missing_page_is_not_kept(client, row):
    Initiative.objects.filter(pk=row.pk).update(published_at=None)
    assert client.get(f"/initiatives/{row.slug}/").status_code == 404
    Initiative.objects.filter(pk=row.pk).update(published_at=row.published_at)
    assert client.get(f"/initiatives/{row.slug}/").status_code == 200


def test_kept_page_holds_no_form_token(client, row):
    client.get(f"/initiatives/{row.slug}/")
    assert "csrfmiddlewaretoken" not in client.get(f"/initiatives/{row.slug}/").content.decode()


def test_zero_seconds_keep_nothing(client, row, settings):
    settings.VISITOR_PAGE_SECONDS = 0
    client.get("/initiatives/")
    Initiative.objects.filter(pk=row.pk).update(title="Judul lain")
    assert "Judul lain" in client.get("/initiatives/").content.decode()


def test_shelf_forgets_the_oldest_and_the_old(settings):
    shelf = visitors.Shelf(pages=2, seconds=5)
    for key in "abc":
        shelf.put(key, key.encode())
    assert [shelf.get(key) for key in "abc"] == [None, b"b", b"c"]
    settings.VISITOR_PAGE_SECONDS = 0
    shelf.put("d", b"d")
    assert shelf.get("d") is None
