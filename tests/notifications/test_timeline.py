"""What a timeline tells, and to whom."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from kalibaru.notifications import events
from kalibaru.notifications.events import EventKind, publish, register_event
from kalibaru.notifications.timeline import timeline
from tests.factories import InitiativeFactory, PriorityIssueFactory
from tests.notifications.conftest import NEWS

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def test_newest_comes_first_with_the_words_themselves(waste, news):
    news(waste, "Pertama")
    news(waste, "Kedua")
    first, second = timeline(waste, VISITOR)
    assert first.sentence == "Contoh LSM Pesisir menerbitkan kabar: Kedua"
    assert first.label == "Kabar baru"
    assert first.text == "Isi dari Kedua."
    assert second.sentence.endswith("Pertama")


def test_it_stands_on_the_timelines_of_its_topics(waste, news):
    initiative = InitiativeFactory()
    news(initiative, topics=[waste])
    (entry,) = timeline(waste, VISITOR)
    assert entry.url == initiative.get_absolute_url()
    assert timeline(initiative, VISITOR)[0].url == ""


def test_what_the_reader_may_not_see_is_left_out(waste, news, maya):
    news(InitiativeFactory(published_at=None), topics=[waste])
    assert timeline(waste, VISITOR) == []
    assert len(timeline(waste, maya)) == 1


@pytest.mark.parametrize(
    ("audience", "visitor", "party", "moderator"),
    [("public", 1, 1, 1), ("parties", 0, 1, 1), ("moderators", 0, 0, 1)],
)
def test_audience_decides_who_sees_it(waste, news, rina, maya, audience, visitor, party, moderator):
    news(waste, audience=audience)
    assert len(timeline(waste, VISITOR)) == visitor
    assert len(timeline(waste, rina, parties=True)) == party
    entries = timeline(waste, maya)
    assert len(entries) == moderator
    assert entries[0].internal == (audience != "public")


def test_a_resident_stays_unnamed_in_public(waste, news, rina):
    news(waste, actor=rina, organisation="")
    assert timeline(waste, VISITOR)[0].sentence.startswith("Seorang warga ")
    assert timeline(waste, rina, parties=True)[0].sentence.startswith("Rina ")


def test_the_secretariat_is_named_as_such(waste, news, maya):
    news(waste, actor=maya, organisation="")
    assert timeline(waste, VISITOR)[0].sentence.startswith("Sekretariat ")


def test_an_erased_actor_is_shown_neutrally(waste, news, rina, maya):
    news(waste, actor=rina, organisation="")
    type(rina).objects.filter(pk=rina.pk).update(erased_at=timezone.now())
    for reader in (VISITOR, maya):
        assert timeline(waste, reader)[0].sentence.startswith("Seorang pengguna ")


def test_no_email_ever_appears(waste, news, rina, maya):
    news(waste, actor=rina, organisation="")
    assert "@" not in "".join(entry.sentence for entry in timeline(waste, maya))


def test_a_hidden_thing_falls_from_the_timeline(waste, yusuf):
    hidden = set()
    register_event(
        EventKind(
            "test.said", "Komentar", "%(actor)s", text="body",
            stands=lambda found: [event.pk for event in found if event.payload["comment"] not in hidden],
        )
    )  # fmt: skip
    publish("test.said", waste, actor=yusuf, payload={"comment": 1, "body": "kasar"})
    assert len(timeline(waste, VISITOR)) == 1
    hidden.add(1)
    assert timeline(waste, VISITOR) == []


def test_a_kind_of_an_older_version_or_a_missing_word_breaks_nothing(waste, yusuf):
    publish(NEWS, waste, actor=yusuf)
    assert timeline(waste, VISITOR)[0].sentence.endswith("menerbitkan kabar: ")
    del events._kinds[NEWS]
    assert timeline(waste, VISITOR) == []


def test_it_is_told_in_the_active_language(waste, yusuf):
    register_event(EventKind("test.spoken", "x", translation.gettext_lazy("Surel")))
    publish("test.spoken", waste, actor=yusuf)
    with translation.override("id"):
        assert timeline(waste, VISITOR)[0].sentence == "Surel"


def test_queries_do_not_grow_with_entries(waste, news, django_assert_max_num_queries, rina):
    for _n in range(3):
        for subject in (waste, InitiativeFactory(), PriorityIssueFactory()):
            news(subject, topics=[waste])
    with django_assert_max_num_queries(4):
        assert len(timeline(waste, rina)) == 9
