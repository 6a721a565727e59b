"""Search and narrow filters by way of at most 1,001 ids: a common word costs no more than a rare one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from kalibaru.core.paging import COUNT_LIMIT, Page
from kalibaru.core.search import alike, text_query, words

# Titles that merely look alike are compared letter by letter, and nobody reads the hundred and first.
SIMILAR_LIMIT = 100
_NEWEST_FIRST = ("-published_at", "-id")


@dataclass(frozen=True)
class Found:
    """What matches. `ids`: at most one more than the limit, best first if ranked; None where nothing was narrowed."""

    rows: QuerySet
    ids: list[UUID] | None
    similar: bool = False


def sample(rows: QuerySet, limit: int = COUNT_LIMIT) -> list[UUID]:
    """Return the ids of `limit` + 1 rows, in no order."""
    return list(rows.order_by().values_list("pk", flat=True)[: limit + 1])


def search(rows: QuerySet, question: str, *, by_rank: bool) -> Found:
    """Return the rows that have the words; when there are none, those whose title looks alike."""
    query = text_query(question)
    if query is None:
        return Found(rows.none(), [])
    exact = rows.filter(search=query)
    ids = _best(exact, SearchRank(F("search"), query), COUNT_LIMIT) if by_rank else sample(exact)
    if ids:
        return Found(exact, ids)
    similar = rows.filter(alike(question, "title"))
    likeness = TrigramWordSimilarity(" ".join(words(question)), "title")
    return Found(similar, _best(similar, likeness, SIMILAR_LIMIT), similar=True)


def among(rows: QuerySet, ids: Sequence[UUID]) -> QuerySet:
    """Return the rows with these ids, given as one array: a thousand placeholders would take longer than the query."""
    return rows.filter(pk__in=RawSQL("SELECT unnest(%s::uuid[])", [list(ids)]))


def numbered_page(rows: QuerySet, ids: Sequence[UUID], cursor: str, size: int) -> Page:
    """Return page `cursor` (a number, from 1) of ids that stand in order already."""
    last = max(1, -(-len(ids) // size))
    number, fault = _number(cursor, last)
    wanted = ids[(number - 1) * size : number * size]
    found = rows.order_by().in_bulk(wanted)
    return Page(
        [found[pk] for pk in wanted if pk in found],
        str(number + 1) if number < last else "",
        str(number - 1) if number > 1 else "",
        fault,
    )


def _number(cursor: str, last: int) -> tuple[int, int]:
    """Return the number of the page to show, and the fault of an address that names another one."""
    if not cursor:
        return 1, 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10 and int(cursor)):
        return 1, 400
    return (int(cursor), 0) if int(cursor) <= last else (1, 404)


def _best(rows: QuerySet, rank: SearchRank | TrigramWordSimilarity, limit: int) -> list[UUID]:
    """Return the ids of the newest `limit` + 1 matches, best first."""
    newest = rows.order_by(*_NEWEST_FIRST).annotate(rank=rank).values_list("pk", "rank")[: limit + 1]
    return [pk for pk, _rank in sorted(newest, key=lambda pair: -pair[1])]
