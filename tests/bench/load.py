"""Servers side by side, and one client that asks each in turn, so that whatever disturbs the machine disturbs all."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Target:
    """One page of one server, with the seconds that each request took.

    before: done ahead of each request and not counted, e.g. something happening in the portal.
    cookie: the session of somebody signed in.
    """

    port: int
    path: str
    before: Callable[[], object] | None = None
    cookie: str = ""
    seconds: list[float] = field(default_factory=list)
    size: int = 0

    def ask(self) -> None:
        """Ask once; anything but 200 ends the bench."""
        if self.before:
            self.before()
        headers = {"Accept-Language": "id", **({"Cookie": self.cookie} if self.cookie else {})}
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", self.path, headers=headers)
        response = connection.getresponse()
        body = response.read()
        self.seconds.append(time.perf_counter() - start)
        connection.close()
        if response.status != 200:
            raise SystemExit(f"{self.path} answered {response.status}")
        self.size = len(body)

    @property
    def rate(self) -> float:
        """Requests a second that the one worker answers."""
        return 1 / statistics.fmean(self.seconds)

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 were answered."""
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000


def interleave(targets: Sequence[Target], rounds: int, warm: int = 15) -> None:
    """Ask every target `rounds` times in turn, after a warm-up that does not count."""
    for target in targets:
        for _ in range(warm):
            target.ask()
        target.seconds.clear()
    for number in range(rounds):
        for offset in range(len(targets)):
            targets[(number + offset) % len(targets)].ask()


@contextmanager
def server(application: str, **environment: str) -> Iterator[int]:
    """Run gunicorn with one worker; yield its port."""
    port = _free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            application,
            "--workers",
            "1",
            "--bind",
            f"127.0.0.1:{port}",
            "--log-level",
            "warning",
        ],
        env={**os.environ, **environment},
    )
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, process: subprocess.Popen) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("a server of the bench did not start")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("a server of the bench did not answer")
