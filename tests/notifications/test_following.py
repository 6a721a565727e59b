"""Following and stopping."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.urls import reverse

from kalibaru.core.subjects import topic_of
from kalibaru.notifications.following import followed_topics
from kalibaru.notifications.services import follow, unfollow
from kalibaru.notifications.views import following
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_following_and_stopping_may_be_said_twice(rina, waste):
    topic = topic_of(waste)
    assert follow(topic, user=rina) is True
    assert follow(topic, user=rina) is False
    assert unfollow(topic, user=rina) is True
    assert unfollow(topic, user=rina) is False


@pytest.mark.parametrize(
    "topic", ["", "issue", "issue:7", "nothing:3f0b4b1e-0000-4000-8000-000000000000", "issue:\x00"]
)
def test_a_topic_that_is_none_cannot_be_followed(rina, topic):
    with pytest.raises(ObjectDoesNotExist):
        follow(topic, user=rina)


def test_what_a_person_may_not_see_cannot_be_followed(rina):
    with pytest.raises(ObjectDoesNotExist):
        follow(topic_of(InitiativeFactory(published_at=None)), user=rina)


def test_a_visitor_and_a_blocked_person_cannot_follow(rina, waste):
    rina.is_active = False
    for user in (AnonymousUser(), rina):
        with pytest.raises(PermissionDenied):
            follow(topic_of(waste), user=user)


def test_followed_topics_are_asked_at_once(rina, waste, kalibaru, django_assert_num_queries):
    follow(topic_of(waste), user=rina)
    with django_assert_num_queries(1):
        assert followed_topics(rina, [waste, kalibaru]) == {topic_of(waste)}
    with django_assert_num_queries(0):
        assert followed_topics(AnonymousUser(), [waste]) == set()


def test_the_button_follows_and_comes_back(client, rina, waste):
    client.force_login(rina)
    answer = client.post(reverse("follow"), {"topic": topic_of(waste), "next": "/issues/"})
    assert answer.status_code == 302 and answer.url == "/issues/"
    assert rina.subscriptions.get().topic == topic_of(waste)
    client.post(reverse("follow"), {"topic": topic_of(waste), "stop": "1"})
    assert not rina.subscriptions.exists()


def test_the_button_does_not_lead_to_another_site(client, rina, waste):
    client.force_login(rina)
    answer = client.post(reverse("follow"), {"topic": topic_of(waste), "next": "https://elsewhere.example/"})
    assert answer.url == waste.get_absolute_url()


def test_htmx_gets_the_button_only(client, rina, waste):
    client.force_login(rina)
    answer = client.post(reverse("follow"), {"topic": topic_of(waste)}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Mengikuti" in answer.text and "<html" not in answer.text


def test_a_visitor_signs_in_and_comes_back_to_the_question(client, rina, waste):
    address = f"{reverse('follow')}?topic={topic_of(waste)}&next=/issues/"
    answer = client.get(address)
    assert answer.status_code == 302 and "follow" in answer.url and "topic" in answer.url
    client.force_login(rina)
    page = client.get(address)
    assert waste.title in page.text
    assert not rina.subscriptions.exists(), "a GET changes nothing"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Referer": "http://testserver/issues/"}])
def test_what_a_visitor_pressed_is_carried_out_once_after_signing_in(client, rina, waste, headers):
    address = f"{reverse('follow')}?topic={topic_of(waste)}&next=/issues/"
    client.get(address, headers=headers)
    client.force_login(rina)
    assert client.get(address).url == "/issues/"
    assert rina.subscriptions.get().topic == topic_of(waste)
    unfollow(topic_of(waste), user=rina)
    assert client.get(address).status_code == 200
    assert not rina.subscriptions.exists(), "the press counts once"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "https://elsewhere.example/"},
    ],
)
def test_a_link_on_another_site_is_no_press(client, rina, waste, headers):
    address = f"{reverse('follow')}?topic={topic_of(waste)}"
    client.get(address, headers=headers)
    client.force_login(rina)
    assert client.get(address).status_code == 200
    assert not rina.subscriptions.exists()


def test_a_press_is_for_its_own_topic_and_for_an_hour(client, rina, waste, kalibaru, monkeypatch):
    pressed = f"{reverse('follow')}?topic={topic_of(waste)}"
    client.get(pressed, headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(rina)
    client.get(f"{reverse('follow')}?topic={topic_of(kalibaru)}")
    client.get(pressed)
    assert not rina.subscriptions.exists()
    client.logout()
    client.get(pressed, headers={"Sec-Fetch-Site": "same-origin"})
    monkeypatch.setattr(following, "INTENTION_SECONDS", -1)
    client.force_login(rina)
    client.get(pressed)
    assert not rina.subscriptions.exists()


def test_a_guessed_topic_is_not_found(client, rina):
    client.force_login(rina)
    topic = topic_of(InitiativeFactory(published_at=None))
    assert client.post(reverse("follow"), {"topic": topic}).status_code == 404
    assert client.get(reverse("follow"), {"topic": topic}).status_code == 404
