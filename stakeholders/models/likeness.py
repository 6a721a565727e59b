"""Which organisations may be the same: names that look alike, or one acronym."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, CharField, FloatField, Func, Q, QuerySet, Value, When
from django.db.models.functions import Upper

# "Yayasan Hidung Merah" and "yayasan hidung merah indonesia" are 0.68 alike, "Yayasan Rumah Kita" is 0.33 like both.
ALIKE = 0.4
MOST = 5


def alike(rows: QuerySet, name: str, acronym: str = "") -> QuerySet:
    """Return those of `rows` that look like a name or share an acronym, most alike first, with `likeness` 0 to 1.

    The index on the upper-case name finds the candidates; the order forgives accents too.
    """
    words = [word.upper() for word in (name.strip(), acronym.strip()) if word]
    if not words:
        return rows.none()
    same_acronym = Q(upper_acronym__in=words)
    likeness = Case(
        When(same_acronym, then=Value(1.0)),
        default=TrigramSimilarity(_plain("upper_name"), _plain(Value(words[0]))),
        output_field=FloatField(),
    )
    return (
        rows.alias(upper_name=Upper("name"), upper_acronym=Upper("acronym"))
        .filter(Q(upper_name__trigram_similar=words[0]) | same_acronym)
        .annotate(likeness=likeness)
        .filter(likeness__gte=ALIKE)
        .order_by("-likeness", "name", "id")
    )


def _plain(expression: Any) -> Func:
    return Func(expression, function="unaccent", output_field=CharField())


_PAIRS = """
SELECT other.*, row.id AS alike_to, greatest(
         similarity(unaccent(upper(other.name)), unaccent(upper(row.name))),
         CASE WHEN row.acronym <> '' AND upper(other.acronym) = upper(row.acronym) THEN 1 ELSE 0 END
       ) AS likeness
FROM stakeholders_organisation row
JOIN stakeholders_organisation other
  ON other.id <> row.id AND other.state NOT IN ('merged', 'draft')
 AND (upper(other.name) %% upper(row.name)
      OR (row.acronym <> '' AND upper(other.acronym) = upper(row.acronym)))
WHERE row.id = ANY(%s)
ORDER BY likeness DESC, other.name, other.id
"""


def alike_to_each(rows: Sequence[Any]) -> dict[UUID, list[Any]]:
    """Return {organisation id: at most five others that may be the same}, with one query for all `rows`."""
    found: dict[UUID, list[Any]] = {row.pk: [] for row in rows}
    if not rows:
        return found
    for other in type(rows[0])._default_manager.raw(_PAIRS, [list(found)]):
        others = found[other.alike_to]
        if other.likeness >= ALIKE and len(others) < MOST:
            others.append(other)
    return found
