"""How far a long piece of work is: kept beside the database, so that it shows while a transaction is still open."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

_KEPT_SECONDS = 3600


@dataclass
class Progress:
    """Counts steps of a work of `total`; tells others at most every hundredth part. A lost cache only hides the bar."""

    key: Any
    total: int
    told: int = -1

    def __call__(self, done: int) -> None:
        """Say how many steps are done."""
        step = max(1, self.total // 100)
        if done // step != self.told:
            self.told = done // step
            cache.set(f"progress:{self.key}", (min(done, self.total), self.total), _KEPT_SECONDS)


def progress_of(key: Any) -> tuple[int, int]:
    """Return (done, total); (0, 0) when nothing is known."""
    return cache.get(f"progress:{key}") or (0, 0)
