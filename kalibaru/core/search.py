"""Full-text search in Indonesian: words, stems, and forgiveness for typing errors."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

STOP_WORDS = frozenset(
    """
    ada adalah agar akan atau bagi bahwa dalam dan dapat dari dengan di hal ini itu juga ke kepada karena lalu maka
    oleh pada para pun saat sebagai secara seperti serta sudah telah tentang tersebut untuk yaitu yang
    a an and are for from in is of on the to with
    """.split()  # noqa: SIM905  (a list of sixty quoted words reads worse)
)
MAX_WORDS = 12


def words(text: str) -> list[str]:
    """Return the searchable words of what a person typed: lower case, no accents, no stop words, at most 12."""
    plain = unicodedata.normalize("NFKD", text.replace("\x00", " ")).encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word not in STOP_WORDS][:MAX_WORDS]


def text_query(text: str) -> SearchQuery | None:
    """Return the query that finds every word, as typed (from its beginning) or by its stem; None if no word is left."""
    query: SearchQuery | None = None
    for word in words(text):
        one = SearchQuery(f"{word}:*", config="simple", search_type="raw") | SearchQuery(word, config="indonesian")
        if active := _active_form(word):
            one |= SearchQuery(active, config="indonesian")
        query = one if query is None else query & one
    return query


def _active_form(word: str) -> str:
    """Return the active form of a root whose first letter melts into the prefix (kelola → mengelola), else "".

    PostgreSQL's stemmer takes "kelola" for "ke-lola" but "pengelolaan" for "peng-elola-an": without this,
    the root does not find its own derivations.
    """
    prefix = {"k": "meng", "t": "men", "p": "mem", "s": "meny"}.get(word[0])
    return prefix + word[1:] if prefix and len(word) > 3 else ""


def matching(queryset: QuerySet, text: str, *, title: str = "title", column: str = "search") -> QuerySet:
    """Narrow `queryset` to what `text` finds; when no row has the words, to titles that look alike.

    The second leg costs one more query and runs only when the first is empty.
    """
    query = text_query(text)
    if query is None:
        return queryset.none() if text.strip() else queryset
    exact = queryset.filter(**{column: query})
    if exact.order_by().exists():
        return exact
    return queryset.filter(alike(text, title))


def alike(text: str, title: str) -> Q:
    """Return the condition that every word of `text` resembles some word of the column `title`."""
    return Q(*(Q(**{f"{title}__trigram_word_similar": word}) for word in words(text)))


@dataclass(frozen=True)
class SearchKind:
    """One kind of thing that the site-wide search finds.

    `rows(user)` returns the queryset the person may see; its model has a `search` column and `get_absolute_url`.
    title: name of its text column. listing: address name of the listing that takes `?q=`.
    """

    key: str
    label: Any
    rows: Callable[[Any], QuerySet]
    title: str = "title"
    listing: str = ""
    order: int = 100


_kinds: dict[str, SearchKind] = {}


def register_search(kind: SearchKind) -> None:
    """Let an upper room add a kind to the site-wide search (called from its `apps.py`)."""
    _kinds[kind.key] = kind


def search_kinds() -> list[SearchKind]:
    """Return the registered kinds in the order pages show them."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))
