"""Measure fan-out, digests and sending beside a bare SMTP client that sends to the same server in the same run.

    python -m tests.bench mail [--people 100000] [--seconds 20]

Writes the section "Mail" of docs/benchmarks.md, and returns 1 when a bar is missed.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import load, mail_seed

REPORT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
HEADING = "## Mail"
Found = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """One line of the table."""

    what: str
    found: str
    bar: str
    held: bool

    def line(self) -> str:
        """Return its row."""
        return f"| {self.what} | {self.found} | {self.bar} | {'held' if self.held else '**missed**'} |"


def main(arguments: list[str]) -> int:
    """Seed, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench mail")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20)
    chosen = parser.parse_args(arguments)
    print(f"seeding {chosen.people:,} followers …", flush=True)
    url = mail_seed.make("hub_bench_mail", chosen.people)
    with _sink() as port:
        environment = {**os.environ, "DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        bars = _measure(environment, chosen.people, chosen.seconds)
    text = _section(bars, chosen.people, chosen.seconds)
    print(text)
    write(text)
    return 0 if all(bar.held for bar in bars) else 1


def _measure(environment: dict[str, str], people: int, seconds: float) -> list[Bar]:
    steps = _Steps(environment)
    publish = steps.run("publish")
    empty = steps.run("inbox")
    fanout, digests = steps.run("fanout"), steps.run("digests")
    bare, one, two = [steps.run("bare", seconds / 2)], [], []
    for _turn in range(2):
        one.append(steps.run("send", seconds))
        bare.append(steps.run("bare", seconds / 2))
        two.append(steps.together("send", seconds))
        bare.append(steps.run("bare", seconds / 2))
    full = steps.run("inbox")
    memory = max(step["mb"] for step in (*one, fanout, digests))
    return [
        *_making(publish, fanout, digests, people),
        *_sending(bare, one, two),
        Bar(
            f"a full inbox among {full['lines']:,} lines: times as long as alone",
            f"{full['ms'] / empty['ms']:.2f} ({full['ms']:.0f} ms)",
            "≤ 2",
            full["ms"] <= 2 * empty["ms"],
        ),
        Bar("memory of a worker, at most", f"{memory:.0f} MB", "≤ 300 MB", memory <= 300),
    ]


def _making(publish: Found, fanout: Found, digests: Found, people: int) -> list[Bar]:
    a_second = digests["made"] / digests["seconds"]
    per_batch = 1000 * digests["statements"] / max(digests["made"], 1)
    return [
        Bar(
            "request path: statements to publish",
            f"{publish['statements']} ({publish['ms']:.2f} ms)",
            "1 INSERT",
            publish["statements"] == 1,
        ),
        Bar(
            f"fan-out to {fanout['told']:,} followers: statements",
            f"{fanout['statements']} ({fanout['seconds']:.1f} s)",
            "≤ 10",
            fanout["statements"] <= 10 and fanout["told"] >= people - 1,
        ),
        Bar(
            "making digests: statements per 1,000",
            f"{per_batch:.0f} ({a_second:.0f} digests a second)",
            "≤ 20",
            per_batch <= 20 + 20_000 / people,
        ),
    ]


def _sending(bare: list[Found], one: list[Found], two: list[Found]) -> list[Bar]:
    floor, rate, both = (statistics.fmean(step["rate"] for step in steps) for steps in (bare, one, two))
    sent = sum(step["sent"] for step in one)
    per_mail = {name: sum(step[name] for step in one) / sent for name in ("statements", "notes")}
    return [
        Bar(
            "writing letters: statements per 1,000",
            f"{1000 * per_mail['statements']:.0f}",
            "≤ 150",
            per_mail["statements"] <= 0.15,
        ),
        Bar(
            "notes per mail, the price of repeating nothing", f"{per_mail['notes']:.2f}", "≤ 2", per_mail["notes"] <= 2
        ),
        Bar(
            f"sending digests of {bare[0]['bytes'] / 1024:.0f} KB, one worker: share of the bare client",
            f"{rate / floor:.2f} ({rate:.0f} of {floor:.0f} a second)",
            "≥ 0.5",
            rate / floor >= 0.5,
        ),
        Bar("two workers: times one worker", f"{both / rate:.2f} ({both:.0f} a second)", "> 1", both > rate),
    ]


class _Steps:
    """Runs steps in processes of their own."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment

    def run(self, name: str, seconds: float = 0) -> Found:
        """Return what one step found."""
        found = self._finish(self._start(name, seconds))
        print(f"· {name}: {found}", flush=True)
        return found

    def together(self, name: str, seconds: float) -> Found:
        """Return the sum of two processes at once."""
        found = [self._finish(process) for process in [self._start(name, seconds) for _n in range(2)]]
        print(f"· two × {name}: {found}", flush=True)
        return {"rate": sum(one["rate"] for one in found)}

    def _start(self, name: str, seconds: float) -> subprocess.Popen:
        command = [sys.executable, "-m", "tests.bench.mail_steps", name, str(seconds)]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)

    @staticmethod
    def _finish(process: subprocess.Popen) -> Found:
        out, _error = process.communicate()
        if process.returncode:
            raise SystemExit("a step of the mail bench failed")
        return json.loads(out.splitlines()[-1])


@contextmanager
def _sink() -> Iterator[int]:
    port = load._free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.sink", str(port)])
    try:
        load._wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _section(bars: list[Bar], people: int, seconds: float) -> str:
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return "\n".join(
        [
            HEADING,
            "",
            f"{people:,} people follow one initiative, on whose timeline 20 things happened to 20 subjects; each gets",
            "a weekly digest of all. The bare client sends one ready letter of the same size again and again over one",
            "connection, to the same server on the same machine, in turn with the workers.",
            "",
            "| what | found | bar | |",
            "|---|---|---|---|",
            *[bar.line() for bar in bars],
            "",
            f"{when}, {seconds:.0f} s each turn, {os.cpu_count()} cores, Python {platform.python_version()}.",
            "",
        ]
    )


def written() -> str:
    """Return the section of the last run, to be kept when the rest of the page is written anew."""
    _rest, heading, section = (REPORT.read_text() if REPORT.exists() else "").partition(HEADING)
    return f"\n{heading}{section}" if heading else ""


def write(section: str) -> None:
    """Put the section at the end of the page, in place of the older one."""
    page = REPORT.read_text() if REPORT.exists() else "# Benchmarks\n"
    REPORT.write_text(f"{page.partition(HEADING)[0].rstrip()}\n\n{section}")
