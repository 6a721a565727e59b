"""What closes at this very moment takes nothing new: two real connections, one of them waiting for the other."""

import threading
import time
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django_fsm import TransitionNotAllowed

from initiatives.models import Action, ProgrammeLog, Target, Update
from initiatives.services import initiatives, milestones, programmes, updates
from tests.factories import MembershipFactory, OrganisationFactory, moderator
from tests.initiatives.programmes import programme_in
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db(transaction=True)


def outcome_while(closing, deed):
    """Run `deed` on a second connection while `closing` is not committed yet; return what came of it."""
    outcome = []

    def work():
        try:
            outcome.append(deed())
        except TransitionNotAllowed as error:
            outcome.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=work)
    with transaction.atomic():
        closing()
        other.start()
        wait_until_blocked()
    other.join(30)
    return outcome[0]


def wait_until_blocked():
    """Return as soon as a connection to this database waits for another one's lock."""
    question = """SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_get_activity(NULL) AS a USING (pid)
                  WHERE NOT granted AND a.datid = (SELECT oid FROM pg_database WHERE datname = current_database()))"""
    for _attempt in range(400):
        with connection.cursor() as cursor:
            cursor.execute(question)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waited for the lock")


@pytest.fixture
def lead():
    return MembershipFactory(organisation=OrganisationFactory(platform="government", kind="agency")).user


@pytest.fixture
def organisation(lead):
    return lead.memberships.get().organisation


DEEDS = {
    "a new milestone": lambda row, lead: milestones.add_action(row, actor=lead, title="Contoh terlambat"),
    "a changed milestone": lambda row, lead: milestones.edit_action(
        row.actions.get(), actor=lead, title="Contoh lain", organisation=None, due_on=None
    ),
    "a finished milestone": lambda row, lead: milestones.finish_action(row.actions.get(), actor=lead),
    "a dropped milestone": lambda row, lead: milestones.drop_action(row.actions.get(), actor=lead),
    "a recorded target": lambda row, lead: milestones.record_target(row.targets.get(), actor=lead, reached=Decimal(5)),
    "news": lambda row, lead: updates.publish_update(row, actor=lead, title="Contoh kabar", body="Contoh"),
}


@pytest.mark.parametrize("name", DEEDS)
def test_an_initiative_being_cancelled_takes_no(name, lead, organisation):
    initiative = joint_initiative(organisation, state="active")
    action = Action.objects.create(initiative=initiative, title="Contoh tonggak")
    target = Target.objects.create(initiative=initiative, name="Contoh", unit="kg", goal=10)
    stale = type(initiative).objects.get(pk=initiative.pk)
    secretariat = moderator()
    outcome = outcome_while(
        lambda: initiatives.cancel_initiative(initiative, actor=secretariat, reason="Contoh alasan"),
        lambda: DEEDS[name](stale, lead),
    )
    assert isinstance(outcome, TransitionNotAllowed)
    assert list(Action.objects.values_list("pk", "title", "state")) == [(action.pk, "Contoh tonggak", "open")]
    target.refresh_from_db()
    assert target.reached is None and not Update.objects.exists()


def test_a_programme_being_finished_takes_no_note(lead, organisation):
    programme = programme_in("published", organisation)
    stale = type(programme).objects.get(pk=programme.pk)
    outcome = outcome_while(
        lambda: programmes.finish_programme(programme, actor=lead),
        lambda: programmes.add_note(stale, on=date(2026, 1, 1), note="Contoh", actor=lead),
    )
    assert isinstance(outcome, TransitionNotAllowed)
    assert not ProgrammeLog.objects.exists()


def test_two_who_complete_with_a_lesson_each_do_not_block_each_other(lead, organisation):
    initiative = joint_initiative(organisation, state="active")
    barrier, outcomes = threading.Barrier(2), []

    def complete(number):
        try:
            row = type(initiative).objects.get(pk=initiative.pk)
            barrier.wait(10)
            initiatives.complete_initiative(row, actor=lead, results="Contoh", lesson=f"Contoh {number}")
            outcomes.append("done")
        except TransitionNotAllowed:
            outcomes.append("not now")
        finally:
            connection.close()

    threads = [threading.Thread(target=complete, args=[number]) for number in range(2)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert sorted(outcomes) == ["done", "not now"]
    assert initiative.lessons.count() == 1
