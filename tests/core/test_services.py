"""A double click writes once, and a stale form is noticed."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from kalibaru.core.errors import Conflict
from kalibaru.core.services import create_once, lock_unchanged, required_text
from kalibaru.discussions.models import Comment
from tests.at_once import at_once
from tests.factories import InitiativeFactory


def once(key, actor=None):
    """Write a comment once."""
    return create_once(
        Comment,
        key,
        lambda: Comment.objects.create(
            subject_type="initiative", subject_id=uuid.uuid4(), body="Contoh", submission_key=key, created_by=actor
        ),
        actor=actor,
    )


@pytest.mark.django_db
def test_the_same_key_twice_makes_one_row():
    key = uuid.uuid4()
    first, new = once(key)
    second, again = once(key)
    assert (first.pk, new, again) == (second.pk, True, False)
    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_the_key_of_another_person_gives_nobody_their_row(rina, yusuf):
    key = uuid.uuid4()
    once(key, rina)
    with pytest.raises(Conflict):
        once(key, yusuf)
    assert Comment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_make_one_row():
    key, barrier, made = uuid.uuid4(), threading.Barrier(2), []

    def press():
        barrier.wait()
        made.append(once(key))

    at_once(press, 2)
    assert Comment.objects.count() == 1
    assert sorted(new for _row, new in made) == [False, True]


@pytest.mark.django_db
def test_a_stale_version_is_a_conflict():
    row = InitiativeFactory()
    with transaction.atomic():
        lock_unchanged(row, row.updated_at)
        lock_unchanged(row, None)
        with pytest.raises(Conflict):
            lock_unchanged(row, row.updated_at - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_locked_row_is_read_anew():
    row = InitiativeFactory(title="Contoh lama")
    type(row).objects.filter(pk=row.pk).update(title="Contoh baru")
    with transaction.atomic():
        lock_unchanged(row)
    assert row.title == "Contoh baru"


@pytest.mark.parametrize("text", ["", "   ", "\n", "a" * 11, "a\x00b"])
def test_words_that_are_missing_too_long_or_unstorable_are_refused_by_field(text):
    with pytest.raises(ValidationError) as refused:
        required_text(text, "reason", "Tulis alasannya.", 10)
    assert list(refused.value.message_dict) == ["reason"]


def test_blank_ends_are_cut_before_words_are_counted():
    assert required_text("  " + "a" * 10 + "\n", "reason", "Tulis alasannya.", 10) == "a" * 10
