"""The arrays that listings filter by, computed from the rows that hold the truth."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

# Every code of an area's lineage is kept, so that "in Jakarta Utara" is one array test and no join.
_REFRESH = """
WITH fresh AS (
  SELECT i.id,
    ARRAY(SELECT link.priorityissue_id FROM initiatives_initiative_issues link
          WHERE link.initiative_id = i.id ORDER BY 1) AS issue_ids,
    ARRAY(SELECT DISTINCT array_to_string(parts.codes[1:depth], '.')::varchar
          FROM initiatives_initiative_areas link
          JOIN places_area area ON area.id = link.area_id
          CROSS JOIN LATERAL (SELECT string_to_array(area.code, '.') AS codes) parts
          CROSS JOIN LATERAL generate_series(1, cardinality(parts.codes)) depth
          WHERE link.initiative_id = i.id ORDER BY 1) AS area_codes,
    ARRAY(SELECT DISTINCT organisation.platform
          FROM initiatives_partner partner
          JOIN stakeholders_organisation organisation ON organisation.id = partner.organisation_id
          WHERE partner.initiative_id = i.id ORDER BY 1) AS platforms
  FROM initiatives_initiative i WHERE i.id = ANY(%s)
)
UPDATE initiatives_initiative i
SET issue_ids = fresh.issue_ids, area_codes = fresh.area_codes, platforms = fresh.platforms
FROM fresh
WHERE i.id = fresh.id
  AND (i.issue_ids, i.area_codes, i.platforms) IS DISTINCT FROM (fresh.issue_ids, fresh.area_codes, fresh.platforms)
"""


def refresh_facets(initiative_ids: Iterable[UUID]) -> int:
    """Set `issue_ids`, `area_codes` and `platforms` of these initiatives in one statement; return how many changed.

    Every service that changes issues, areas or partners of an initiative calls it, and so does one that
    changes an area's code or an organisation's platform. `updated_at` stays: a form open elsewhere is not stale.
    """
    ids = list(initiative_ids)
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, [ids])
        return cursor.rowcount
