"""Whatever order things happen in: each person hears of each visible followed event exactly once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalibaru.core.subjects import topic_of
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Digest, Event, Notification, Preference, Subscription
from kalibaru.notifications.services import follow, unfollow
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.preferences import choose
from tests.factories import PriorityIssueFactory, UserFactory
from tests.notifications.conftest import NEWS

pytestmark = pytest.mark.django_db
START = datetime(2025, 3, 10, 8, tzinfo=ZoneInfo("Asia/Jakarta"))

STEPS = st.one_of(
    st.tuples(st.just("follow"), st.integers(0, 1), st.integers(0, 1)),
    st.tuples(st.just("publish"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("choose"), st.integers(0, 1), st.sampled_from(["now", "weekly"])),
    st.tuples(st.just("hide"), st.integers(0, 1), st.none()),
    st.tuples(st.just("dispatch"), st.none(), st.none()),
    st.tuples(st.just("deliver"), st.none(), st.none()),
    st.tuples(st.just("digest"), st.none(), st.none()),
)


class World:
    """A simple model of what should happen, beside the real thing. Time goes on nineteen hours a step."""

    def __init__(self, sink, people, subjects, actor):
        self.sink, self.people, self.subjects, self.actor = sink, people, subjects, actor
        self.now, self.follows, self.hidden, self.due = START, {}, set(), {}

    def run(self, steps):
        """Take the steps, then let every digest and mail that is due go out."""
        for name, *arguments in steps:
            self.now += timedelta(hours=19)
            getattr(self, name)(*arguments)
        for week in (1, 2):
            send_due_digests(self.now + timedelta(days=7 * week))

    def follow(self, person, subject):
        """Follow if the subject can be seen."""
        if subject not in self.hidden and (person, subject) not in self.follows:
            follow(topic_of(self.subjects[subject]), user=self.people[person])
            Subscription.objects.filter(user=self.people[person], topic=topic_of(self.subjects[subject])).update(
                created_at=self.now
            )
            self.follows[person, subject] = True

    def publish(self, subject, with_topic):
        """Say something about a subject, on the other's timeline too or not."""
        other = 1 - subject
        title = f"kabar-{len(self.due)}-akhir"
        event = publish(
            NEWS, self.subjects[subject], actor=self.actor, payload={"title": title},
            topics=[self.subjects[other]] if with_topic else [],
        )  # fmt: skip
        Event.objects.filter(pk=event.pk).update(at=self.now)
        topics = {subject, other} if with_topic else {subject}
        told = {person for person, followed in self.follows if followed in topics}
        self.due[title] = (subject, told if subject not in self.hidden else set())

    def choose(self, person, frequency):
        """Change one's mind about mail."""
        choose(self.people[person], {"followed": frequency})

    def hide(self, subject, _nothing):
        """Take a subject from the public; all that waits is told first, so that the model stays simple."""
        send_due_digests(self.now)
        type(self.subjects[subject]).objects.filter(pk=self.subjects[subject].pk).update(state="archived")
        self.hidden.add(subject)

    def dispatch(self, *_nothing):
        """Let the dispatcher run."""
        dispatch_all()

    def deliver(self, *_nothing):
        """Let the mailer run."""
        deliver_due()

    def digest(self, *_nothing):
        """Let beat run."""
        send_due_digests(self.now)

    def heard(self, person, title):
        """Return how often a person read of an event in mail."""
        mails = self.sink.to(self.people[person].email)
        return sum(mail.get_body(("plain",)).get_content().count(f"kabar: {title}") for mail in mails)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
def test_each_person_hears_of_each_visible_followed_event_exactly_once(smtp_sink, yusuf, steps):
    smtp_sink.messages.clear()
    for model in (Delivery, Digest, Notification, Event, Subscription, Preference):
        model.objects.all().delete()
    world = World(smtp_sink, UserFactory.create_batch(2), PriorityIssueFactory.create_batch(2), yusuf)
    world.run(steps)
    for title, (subject, told) in world.due.items():
        for person in (0, 1):
            times = world.heard(person, title)
            if person not in told:
                assert times == 0
            elif subject in world.hidden:
                assert times <= 1
            else:
                assert times == 1


def test_unfollowing_and_following_again_repeats_nothing(smtp_sink, yusuf, rina, waste):
    follow(topic_of(waste), user=rina)
    publish(NEWS, waste, actor=yusuf, payload={"title": "sekali"})
    dispatch_all()
    unfollow(topic_of(waste), user=rina)
    follow(topic_of(waste), user=rina)
    for week in (1, 2):
        send_due_digests(Event.objects.latest("id").at + timedelta(days=7 * week))
    (mail,) = smtp_sink.to(rina.email)
    assert mail.get_body(("plain",)).get_content().count("kabar: sekali") == 1
