"""Followed searches: all of a search narrows together."""

import pytest
from django.urls import reverse

from kalibaru.notifications import links
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.preferences import choose
from kalibaru.places.models import Area
from tests.factories import InitiativeFactory, PriorityIssueFactory

pytestmark = pytest.mark.django_db


def told(user) -> list[str]:
    dispatch_all()
    return sorted(row.event.payload["title"] for row in user.notifications.select_related("event"))


def test_area_and_problem_and_kind_narrow_together(rina, waste, kalibaru, news, save):
    rw = Area.objects.create(code=f"{kalibaru.code}.RW05", level="rw", name="RW 05", parent=kalibaru)
    save(rina, "initiative", f"issue={waste.slug}&area={kalibaru.code}")
    initiative = InitiativeFactory()
    news(initiative, "cocok", topics=[waste, kalibaru])
    news(initiative, "cocok dari RW", topics=[waste, rw, kalibaru])
    news(initiative, "hanya masalah", topics=[waste])
    news(initiative, "hanya wilayah", topics=[kalibaru])
    news(waste, "jenis lain", topics=[kalibaru])
    assert told(rina) == ["cocok", "cocok dari RW"]


def test_words_and_filters_narrow_together(rina, waste, news, save):
    save(rina, "initiative", f"q=kompos&issue={waste.slug}")
    compost, other = InitiativeFactory(title="Contoh rumah kompos"), InitiativeFactory(title="Contoh bank sampah")
    news(compost, "judulnya cocok", topics=[waste])
    news(compost, "tanpa masalah")
    news(other, "kompos di kabar", topics=[waste])
    news(other, "tidak cocok", topics=[waste])
    assert told(rina) == ["judulnya cocok", "kompos di kabar"]


def test_several_values_of_one_filter_are_alternatives(rina, waste, kalibaru, news, save):
    water = PriorityIssueFactory(slug="air")
    save(rina, "initiative", f"issue={waste.slug}&issue=air&area={kalibaru.code}")
    initiative = InitiativeFactory()
    news(initiative, "satu", topics=[waste, kalibaru])
    news(initiative, "dua", topics=[water, kalibaru])
    news(initiative, "tiga", topics=[PriorityIssueFactory(), kalibaru])
    assert told(rina) == ["dua", "satu"]


def test_state_is_asked_of_the_row_as_it_is(rina, news, save):
    save(rina, "initiative", "state=active")
    news(InitiativeFactory(state="active"), "berjalan")
    news(InitiativeFactory(state="paused"), "ditunda")
    assert told(rina) == ["berjalan"]


def test_the_site_wide_search_is_over_every_kind(rina, waste, news, save):
    save(rina, "", "q=kompos")
    news(waste, "Pelatihan kompos")
    news(InitiativeFactory(title="Contoh kompos warga"), "kabar")
    news(waste, "Lain")
    assert told(rina) == ["Pelatihan kompos", "kabar"]


def test_who_follows_it_three_ways_is_told_once(rina, waste, following, news, save):
    following(rina, waste)
    save(rina, "issue", "q=kabar")
    save(rina, "", "q=kabar")
    news(waste, "kabar")
    assert told(rina) == ["kabar"]


def test_hidden_subjects_and_internal_events_are_not_told(rina, waste, news, save):
    save(rina, "initiative", f"issue={waste.slug}")
    news(InitiativeFactory(published_at=None), "rahasia", topics=[waste])
    news(InitiativeFactory(), "pihak saja", topics=[waste], audience="parties")
    assert told(rina) == []


def test_the_mail_names_the_search_and_can_end_it(client, rina, waste, news, save, smtp_sink):
    choose(rina, {"followed": "now"})
    search = save(rina, "initiative", f"issue={waste.slug}")
    news(InitiativeFactory(), topics=[waste])
    dispatch_all()
    deliver_due()
    (mail,) = smtp_sink.to(rina.email)
    assert f"Inisiatif · {waste.title}" in mail.get_body(("plain",)).get_content()
    path = links.unsubscribe_url(rina, f"search:{search.pk}").removeprefix("http://localhost:8000")
    assert waste.title in client.get(path).text and rina.saved_searches.exists()
    client.post(path)
    assert not rina.saved_searches.exists()


def test_a_search_that_is_stopped_is_not_mailed_any_more(rina, waste, news, save, smtp_sink):
    choose(rina, {"followed": "now"})
    search = save(rina, "initiative", f"issue={waste.slug}")
    news(InitiativeFactory(), topics=[waste])
    dispatch_all()
    search.delete()
    deliver_due()
    assert smtp_sink.messages == []


def test_the_same_search_is_followed_once_whatever_its_order(client, rina, waste, kalibaru):
    client.force_login(rina)
    address = reverse("follow_search")
    for query in (f"issue={waste.slug}&area={kalibaru.code}", f"area={kalibaru.code}&sort=title&issue={waste.slug}"):
        assert client.post(f"{address}?in=initiative&{query}").status_code == 302
    assert rina.saved_searches.count() == 1


def test_a_search_without_anything_is_refused(client, rina):
    client.force_login(rina)
    assert client.post(reverse("follow_search")).status_code == 400
    assert client.post(reverse("follow_search") + "?in=nothing&q=air").status_code == 404
    assert not rina.saved_searches.exists()


@pytest.mark.parametrize("query", ["issue=x", "area=x", "sdg=²", "sdg=99", "state=x", "q=%20", "year=9999999999"])
def test_unknown_values_are_left_out(client, rina, query):
    client.force_login(rina)
    for listing in ("initiative", "programme", "issue", "forum", "organisation", ""):
        assert client.get(f"{reverse('follow_search')}?in={listing}&{query}").status_code == 200


def test_a_visitor_signs_in_and_comes_back_to_the_question(client):
    answer = client.get(reverse("follow_search") + "?in=initiative&q=air")
    assert answer.status_code == 302 and "q%3Dair" in answer.url


def test_the_list_shows_each_search_with_a_button(client, rina, waste, save):
    search = save(rina, "initiative", f"issue={waste.slug}&q=kompos")
    client.force_login(rina)
    page = client.get(reverse("following")).text
    assert "Inisiatif · “kompos” · " in page and str(search.pk) in page
    client.post(reverse("stop_search"), {"search": search.pk})
    assert not rina.saved_searches.exists()
    assert client.post(reverse("stop_search"), {"search": "\x00"}).status_code == 302


def test_nobody_stops_anothers_search(client, rina, dewi, waste, save):
    search = save(rina, "initiative", f"issue={waste.slug}")
    client.force_login(dewi)
    client.post(reverse("stop_search"), {"search": search.pk})
    assert rina.saved_searches.exists()


def test_a_goal_is_followed_like_anything_else(client, rina, news):
    client.force_login(rina)
    assert "Air Bersih" in client.get(reverse("follow"), {"topic": "goal:6"}).text
    client.post(reverse("follow"), {"topic": "goal:6"})
    rina.subscriptions.update(created_at="2024-01-01T00:00:00Z")
    news(InitiativeFactory(sdg_goals=[6]), "air")
    news(InitiativeFactory(sdg_goals=[1]), "lain")
    assert told(rina) == ["air"]
    assert "Air Bersih" in client.get(reverse("following")).text


def test_an_event_about_what_names_no_goal_stands_under_the_goals_of_its_problem(waste, kalibaru, news):
    waste.sdg_goals = [12]
    waste.save()
    assert "goal:12" in news(kalibaru, topics=[waste]).topics


def test_each_listing_with_a_filter_offers_to_follow_it(client, waste):
    for listing in ("initiatives:list", "issues:list", "programmes:list", "stakeholders:list", "forums:list"):
        assert reverse("follow_search") in client.get(reverse(listing), {"q": "sampah"}).text
        assert reverse("follow_search") not in client.get(reverse(listing)).text
    assert reverse("follow_search") in client.get(reverse("search"), {"q": "sampah"}).text
