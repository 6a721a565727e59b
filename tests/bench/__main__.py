"""Measure the listing, search and a detail page at 1,000 and 100,000 initiatives beside a bare Django page.

    python -m tests.bench [--rounds 200] [--keep]
    python -m tests.bench mail [--people 100000] [--seconds 20]     (the mail engine alone)

Needs DATABASE_URL (a role that may create databases) and REDIS_URL. Prints the table, writes docs/benchmarks.md, and
exits 1 when a bar is missed: at least half the floor's requests a second, p95 at most doubled from 1,000 to 100,000
rows, at most 8 queries for a listing and 10 for a detail page.
"""

import argparse
import os
import platform
import secrets
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import importing, mail, queries, seed
from tests.bench.load import Target, interleave, server

SMALL, LARGE = 1_000, 100_000
PAGES = {
    "list": ("/initiatives/", 8),
    "list, filtered": ("/initiatives/?issue=air&area=31.72.04.1004.RW05&state=active", 8),
    "list, by end date": ("/initiatives/?sort=ending", 8),
    "search": ("/initiatives/?q=bank+sampah", 8),
    "search, misspelt": ("/initiatives/?q=kompso", 8),
    "detail": ("/initiatives/contoh-500/", 10),
}
KEPT, ANEW, SIGNED_IN = "kept", "after an event", "signed in"
FLOOR_BAR, GROWTH_BAR = 0.5, 2.0
REPORT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


@dataclass
class Measured:
    """One page at both sizes, beside the floor."""

    name: str
    floor: Target
    small: Target
    large: Target
    queries: int
    bar: int
    reader: str

    @property
    def against_floor(self) -> float:
        """Requests a second as a share of the floor's, at the larger size."""
        return self.large.rate / self.floor.rate

    @property
    def growth(self) -> float:
        """How p95 grows from the smaller to the larger size."""
        return self.large.p95 / self.small.p95

    @property
    def missed(self) -> list[str]:
        """Return the bars it misses."""
        checks = {
            "requests/s": self.against_floor >= FLOOR_BAR or self.reader != KEPT,
            "p95 growth": self.growth <= GROWTH_BAR,
            "queries": self.queries <= self.bar or self.reader == SIGNED_IN,
        }
        return [name for name, held in checks.items() if not held]

    def line(self) -> str:
        """Return its row of the table."""
        cells = [
            self.name,
            self.reader,
            f"{self.large.size / 1024:.0f} KB",
            f"{self.floor.rate:.0f}",
            f"{self.small.rate:.0f}",
            f"{self.large.rate:.0f}",
            f"{self.against_floor:.2f}",
            f"{self.small.p95:.1f}",
            f"{self.large.p95:.1f}",
            f"{self.growth:.2f}",
            f"{self.queries}",
            "missed: " + ", ".join(self.missed) if self.missed else "held",
        ]
        return f"| {' | '.join(cells)} |"


def main() -> int:
    """Measure the pages and, scaled down, the mail engine; or the mail engine alone."""
    if sys.argv[1:2] == ["mail"]:
        with tempfile.TemporaryDirectory() as static:
            production(static)
            return mail.main(sys.argv[2:])
    missed = pages()
    return mail.main(["--people", "10000", "--seconds", "8"]) or missed


def pages() -> int:
    """Seed, serve, ask, print."""
    arguments = argparse.ArgumentParser(prog="python -m tests.bench")
    arguments.add_argument("--rounds", type=int, default=200)
    arguments.add_argument("--keep", action="store_true", help="use the databases of the last run")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as static:
        production(static)
        print(f"seeding {SMALL:,} and {LARGE:,} initiatives …", flush=True)
        small = seed.make("hub_bench_small", SMALL, keep=chosen.keep)
        large = seed.make("hub_bench_large", LARGE, keep=chosen.keep)
        seed.manage(small, "collectstatic", "--noinput", "-v0")
        measured = measure(small, large, chosen.rounds)
        imported = importing.measured(small)
    text = "\n".join([report(measured, chosen.rounds), *importing.lines(imported)])
    print(text)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text + mail.written())
    return 1 if any(one.missed for one in measured) or importing.missed(imported) else 0


def production(static: str) -> None:
    """Serve as a real server would: no debug, no local profile."""
    os.environ.pop("KALIBARU_PROFILE", None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="kalibaru.settings",
        SECRET_KEY=secrets.token_urlsafe(48),
        ALLOWED_HOSTS="127.0.0.1",
        SITE_URL="http://127.0.0.1",
        STATIC_ROOT=static,
        DEBUG="false",
        LOG_LEVEL="WARNING",
    )


def measure(small: str, large: str, rounds: int) -> list[Measured]:
    """Run the three servers and ask them in turn, one page after the other."""
    with ExitStack() as stack:
        floor, few, many = (
            stack.enter_context(server(application, DATABASE_URL=url))
            for application, url in (("tests.bench.floor", small), ("kalibaru.wsgi", small), ("kalibaru.wsgi", large))
        )
        deeds = [seed.happen(url) for url in (small, large)]
        cookies = [seed.sign_in(url) for url in (small, large)]
        done = []
        for reader in (KEPT, ANEW, SIGNED_IN):
            for name, (path, bar) in PAGES.items():
                own = reader == SIGNED_IN
                targets = [
                    Target(port, path, deed if reader == ANEW else None, cookie if own else "")
                    for port, deed, cookie in zip((few, many), deeds, cookies, strict=True)
                ]
                targets[1].ask()
                bare = Target(floor, f"/{targets[1].size}/")
                interleave([bare, *targets], rounds)
                asked = queries.count(large, path, targets[1].cookie)
                done.append(Measured(name, bare, *targets, asked, bar, reader))
                print(done[-1].line(), flush=True)
        return done


def report(measured: list[Measured], rounds: int) -> str:
    """Return the page docs/benchmarks.md."""
    head = [
        "page", "reader", "size", "floor req/s", "req/s at 1 k", "req/s at 100 k", "share of floor", "p95 ms at 1 k",
        "p95 ms at 100 k", "growth", "queries", "bars",
    ]  # fmt: skip
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`; only the newest run is kept. Read the ratios: the rest depends on the machine.",
            "",
            "The floor is a bare Django page: default middleware, one query, one small template, as many bytes as the",
            "page beside it. One gunicorn worker each, one client that asks the servers in turn.",
            f'"{KEPT}": a reader without an account, for whom a public page is kept until the next event.',
            f'"{ANEW}": the same reader, with an event written before each request, so that the page is made anew.',
            f'"{SIGNED_IN}": a resident with an account, for whom no page is kept.',
            f"The share of floor is a bar for {KEPT} pages only, and queries are one for readers without an account;",
            "the other rows say what it costs besides (an account asks for its session, memberships and follows).",
            "Bars: share of floor at least 0.5, growth of p95 at most 2, queries at most 8 (listing) or 10 (detail).",
            "",
            f"| {' | '.join(head)} |",
            f"|{'---|' * len(head)}",
            *[one.line() for one in measured],
            "",
            f"{when}, {rounds} rounds, {os.cpu_count()} cores, Python {platform.python_version()}.",
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
