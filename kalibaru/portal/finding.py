"""One search over everything that rooms have registered."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db.models import F, QuerySet, Value
from django.db.models.fields import CharField

from kalibaru.core.search import SearchKind, alike, search_kinds, text_query, words

PER_KIND = 6


@dataclass(frozen=True)
class Group:
    """What one kind has to show. `more` says that its listing has more."""

    kind: SearchKind
    rows: list[Any]
    more: bool


@dataclass(frozen=True)
class Found:
    """Result of a search. `exact` is False when only look-alikes were found (a typing error)."""

    groups: list[Group]
    exact: bool


def find(text: str, user: Any) -> Found:
    """Search every kind for `text`: one query for the hits, one per kind that has any; twice at most."""
    query = text_query(text)
    if query is None:
        return Found([], True)
    hits = _hits(user, lambda rows, _kind: rows.filter(search=query).annotate(score=SearchRank(F("search"), query)))
    if hits:
        return Found(_groups(hits, user), True)
    plain = " ".join(words(text))
    hits = _hits(
        user,
        lambda rows, kind: rows.filter(alike(text, kind.title)).annotate(
            score=TrigramWordSimilarity(plain, kind.title)
        ),
    )
    return Found(_groups(hits, user), False)


def _hits(user: Any, narrow) -> dict[str, list[Any]]:
    """Return {kind: primary keys, best first}, at most PER_KIND + 1 each, in one query."""
    legs: list[QuerySet] = []
    for kind in search_kinds():
        rows = narrow(kind.rows(user), kind).annotate(found_in=Value(kind.key, output_field=CharField()))
        legs.append(rows.order_by("-score", "pk").values_list("found_in", "pk", "score")[: PER_KIND + 1])
    found: dict[str, list[Any]] = {}
    for key, pk, _score in legs[0].union(*legs[1:], all=True).order_by("-score", "pk") if legs else []:
        found.setdefault(key, []).append(pk)
    return found


def _groups(hits: dict[str, list[Any]], user: Any) -> list[Group]:
    groups = []
    for kind in search_kinds():
        if keys := hits.get(kind.key):
            rows = kind.rows(user).in_bulk(keys[:PER_KIND])
            groups.append(Group(kind, [rows[pk] for pk in keys[:PER_KIND] if pk in rows], len(keys) > PER_KIND))
    return groups
