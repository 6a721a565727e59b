"""What is rendered or read once is never out of date."""

import pytest
from django.template import engines
from django.utils import translation

from kalibaru.core.keeping import kept_until_changed
from kalibaru.core.templatetags import keep
from kalibaru.places.models import Area
from tests.factories import AreaFactory


@pytest.fixture
def counted():
    """A template that renders its word as often as it is asked to, and counts how often."""
    calls = []

    def word(value: str) -> str:
        calls.append(value)
        return value

    template = engines["django"].from_string("{% keep key %}{{ word }}{% endkeep %}")

    def show(key):
        return template.render({"key": key, "word": lambda: word(key)})

    show.calls = calls
    return show


def test_same_values_are_rendered_once(counted):
    assert [counted("a"), counted("b"), counted("a")] == ["a", "b", "a"]
    assert counted.calls == ["a", "b"]


def test_each_language_has_its_own():
    template = engines["django"].from_string('{% keep %}{% translate "Beranda" %}{% endkeep %}')
    with translation.override("id"):
        indonesian = template.render()
    with translation.override("en"):
        english = template.render()
    assert (indonesian, english) == ("Beranda", "Home")


def test_only_so_much_is_kept(counted, monkeypatch):
    monkeypatch.setattr(keep, "MOST_KEPT", 2)
    for key in "abca":
        counted(key)
    assert counted.calls == list("abca")


def test_values_are_escaped_inside():
    template = engines["django"].from_string("{% keep word %}{{ word }}{% endkeep %}")
    assert template.render({"word": "<b>"}) == "&lt;b&gt;"


@pytest.mark.django_db
def test_a_small_table_is_read_anew_after_any_write(django_assert_num_queries):
    def codes() -> list[str]:
        return sorted(Area.objects.values_list("code", flat=True))

    before = kept_until_changed(codes, Area)
    with django_assert_num_queries(1):
        assert kept_until_changed(codes, Area) is before
    area = AreaFactory()
    assert kept_until_changed(codes, Area) == [*before, area.code]
    Area.objects.filter(pk=area.pk).update(code="99")
    assert "99" in kept_until_changed(codes, Area)
    Area.objects.filter(pk=area.pk).delete()
    assert kept_until_changed(codes, Area) == before
