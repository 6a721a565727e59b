"""Indonesian search: words, stems, beginnings, typing errors."""

import pytest

from issues.models import PriorityIssue
from kalibaru.core.search import matching, words
from tests.factories import PriorityIssueFactory

REAL_QUERIES = [
    ("sampah", "Pengelolaan sampah"),
    ("sampha", "Pengelolaan sampah"),
    ("pengelolaan sampah", "Pengelolaan sampah"),
    ("kelola", "Pengelolaan sampah"),
    ("air bersih", "Air bersih: tersedia dan terjangkau"),
    ("air brsih", "Air bersih: tersedia dan terjangkau"),
    ("AIR", "Air bersih: tersedia dan terjangkau"),
    ("kemiskinan yang", "Kemiskinan"),
    ("kemiskin", "Kemiskinan"),
]


@pytest.fixture
def problems(db):
    for title in ("Pengelolaan sampah", "Air bersih: tersedia dan terjangkau", "Kemiskinan"):
        PriorityIssueFactory(title=title)


@pytest.mark.parametrize(("typed", "expected"), REAL_QUERIES)
def test_what_people_type_finds_what_they_mean(problems, typed, expected):
    assert [issue.title for issue in matching(PriorityIssue.objects.all(), typed)] == [expected]


def test_every_word_must_be_found(problems):
    assert not matching(PriorityIssue.objects.all(), "sampah zzzz").exists()


def test_stop_words_alone_find_nothing(problems):
    assert words("yang dan di") == []
    assert not matching(PriorityIssue.objects.all(), "yang dan di").exists()


@pytest.mark.parametrize(
    "typed", ["'", '"', "a & | !", "<->", ":*", "(", "\\", "\x00sampah", "é" * 300, "sampah" * 2000]
)
def test_odd_characters_never_break_the_query(problems, typed):
    list(matching(PriorityIssue.objects.all(), typed))
