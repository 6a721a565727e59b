"""How fast mail may go: a token bucket for all, and one for each domain that has a limit.

PostgreSQL is the truth, so any number of workers keep to one speed together. A batch takes its tokens in one
statement; what gets none goes back to waiting until the bucket has filled enough.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from kalibaru.notifications.providers import EVERYBODY, rates

# A bucket holds what flows in half a minute: beat comes every fifteen seconds, so nothing runs over between.
HOLDS_SECONDS = 30

_FILL = """
INSERT INTO notifications_allowance AS bucket (bucket, tokens, filled_at)
SELECT name, GREATEST(1, rate * %(holds)s), clock_timestamp()
FROM unnest(%(names)s::text[], %(rates)s::float[]) AS b(name, rate)
ORDER BY name
ON CONFLICT (bucket) DO UPDATE SET
    tokens = LEAST(
        excluded.tokens,
        bucket.tokens + GREATEST(0, EXTRACT(EPOCH FROM clock_timestamp() - bucket.filled_at))
            * (SELECT rate FROM unnest(%(names)s::text[], %(rates)s::float[]) AS b(name, rate)
               WHERE name = bucket.bucket)
    ),
    filled_at = clock_timestamp()
RETURNING bucket, tokens
"""

_TAKE = """
UPDATE notifications_allowance bucket SET tokens = tokens - taken.n
FROM unnest(%(names)s::text[], %(taken)s::float[]) AS taken(name, n) WHERE bucket.bucket = taken.name
"""


def take(domains: Sequence[str]) -> list[timedelta | None]:
    """Take a token for a mail to each domain, in order; return None where it may go, else how long it has to wait."""
    limits = rates()
    mine = {name: limits[name] for name in {EVERYBODY, *domains} if name in limits}
    if not mine or not domains:
        return [None] * len(domains)
    names = sorted(mine)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FILL, {"names": names, "rates": [mine[name] for name in names], "holds": HOLDS_SECONDS})
        have = dict(cursor.fetchall())
        waits, taken = _share(domains, mine, have)
        cursor.execute(_TAKE, {"names": names, "taken": [float(taken[name]) for name in names]})
    return waits


def _share(
    domains: Sequence[str], limits: dict[str, float], have: dict[str, float]
) -> tuple[list[timedelta | None], Counter[str]]:
    waits: list[timedelta | None] = []
    taken: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    for domain in domains:
        buckets = [name for name in (EVERYBODY, domain) if name in limits]
        if all(have[name] - taken[name] >= 1 for name in buckets):
            taken.update(buckets)
            waits.append(None)
            continue
        waiting.update(buckets)
        seconds = max((1 + taken[name] + waiting[name] - have[name]) / limits[name] for name in buckets)
        waits.append(timedelta(seconds=max(1.0, seconds)))
    return waits, taken


def room() -> int | None:
    """Return how many mails may go out now in all; None without a limit. A look only: `take` decides."""
    limit = rates().get(EVERYBODY)
    if limit is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT tokens, filled_at FROM notifications_allowance WHERE bucket = %s", [EVERYBODY])
        row = cursor.fetchone()
    full = max(1.0, limit * HOLDS_SECONDS)
    if row is None:
        return int(full)
    passed = max(0.0, (timezone.now() - row[1]).total_seconds())
    return int(min(full, row[0] + passed * limit))
