"""Pages of a search by relevance, from a bounded sample: a common word costs no more than a rare one."""

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db.models import F, QuerySet

from kalibaru.core.paging import COUNT_LIMIT, Page
from kalibaru.core.search import text_query, words


def ranked_page(rows: QuerySet, question: str, cursor: str, size: int, *, similar: bool = False) -> Page:
    """Return page `cursor` (a number, from 1) of the best among the newest 1,001 matches.

    Relevance is no column, so there is no keyset; the sample bounds what an offset costs.
    """
    last = -(-(COUNT_LIMIT + 1) // size)
    number = (min(int(cursor), last) if cursor.isascii() and cursor.isdigit() and 0 < len(cursor) < 4 else 1) or 1
    start = (number - 1) * size
    sample = rows.order_by("-published_at", "-id").values("pk")[: COUNT_LIMIT + 1]
    rank = (
        TrigramWordSimilarity(" ".join(words(question)), "title")
        if similar
        else SearchRank(F("search"), text_query(question))
    )
    best = (
        rows.model._default_manager.filter(pk__in=sample).annotate(rank=rank).order_by("-rank", "-published_at", "-id")
    )
    only = rows.query.deferred_loading
    best.query.deferred_loading = only
    found = list(best[start : start + size + 1])
    return Page(
        found[:size],
        str(number + 1) if len(found) > size and number < last else "",
        str(number - 1) if number > 1 else "",
    )
