"""How many mails came to which end, hour by hour."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connection

_ADD = """
INSERT INTO notifications_tally AS kept (hour, state, reason, mails)
SELECT date_trunc('hour', %(at)s::timestamptz), state, reason, mails
FROM unnest(%(states)s::text[], %(reasons)s::text[], %(mails)s::int[]) AS ended(state, reason, mails)
ORDER BY state, reason
ON CONFLICT (hour, state, reason) DO UPDATE SET mails = kept.mails + excluded.mails
"""


def add(ends: Counter[tuple[str, str]], at: datetime) -> None:
    """Add what a batch came to, as {(state, reason): mails}."""
    if not ends:
        return
    values: dict[str, Any] = {
        "at": at,
        "states": [str(state) for state, _reason in ends],
        "reasons": [str(reason) for _state, reason in ends],
        "mails": list(ends.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADD, values)
