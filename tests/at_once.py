"""Several at once: the same work in threads of their own, each with its own database connection."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(work: Callable[[], Any], times: int) -> None:
    """Run `work` in so many threads, and wait for all of them."""

    def alone() -> None:
        try:
            work()
        finally:
            connection.close()

    workers = [threading.Thread(target=alone) for _n in range(times)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
