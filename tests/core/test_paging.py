"""A keyset listing shows every row once, forwards and back, and forgives a broken cursor."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.models import Initiative
from kalibaru.core.paging import bounded_count, keyset_page
from tests.factories import InitiativeFactory

ORDER = ("-published_at", "-id")


@pytest.fixture
def initiatives(db):
    now = timezone.now()
    # Several share one moment, so that the second key decides.
    return [InitiativeFactory(published_at=now - timedelta(days=number // 3)) for number in range(23)]


def pages(direction_next=True, cursor="", size=5):
    while True:
        page = keyset_page(Initiative.objects.published(), ORDER, cursor, size)
        yield page
        cursor = page.next if direction_next else page.previous
        if not cursor:
            return


def test_walking_forward_shows_every_row_once(initiatives):
    seen = [row.pk for page in pages() for row in page]
    assert len(seen) == len(set(seen)) == 23


def test_walking_back_shows_the_same_rows(initiatives):
    forward = list(pages())
    back = list(pages(False, forward[-1].previous))
    assert [[row.pk for row in page] for page in reversed(back)] == [[row.pk for row in page] for page in forward[:-1]]


def test_first_page_has_no_previous_and_last_no_next(initiatives):
    every = list(pages())
    assert every[0].previous == ""
    assert every[-1].next == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(cursor=st.text(max_size=700) | st.binary(max_size=60).map(lambda raw: raw.hex()))
def test_a_broken_cursor_gives_the_first_page(db, cursor):
    assert keyset_page(Initiative.objects.published(), ORDER, cursor, 5).previous == ""


def test_counting_stops_at_the_limit(initiatives):
    assert bounded_count(Initiative.objects.all(), 10).more
    exact = bounded_count(Initiative.objects.all(), 100)
    assert (exact.number, exact.more) == (23, False)
