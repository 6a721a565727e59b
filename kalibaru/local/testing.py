"""`make test`, `make e2e`, `make bench`, `make faults`: the same servers, with state of their own."""

import os
import shutil
import signal
import subprocess
from urllib.parse import urlsplit

from kalibaru.local.place import ROOT, Place, Stop
from kalibaru.local.postgres import DATABASE
from kalibaru.local.servers import Environment, python, servers

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# A person's own settings must not reach the tests: they write and delete there.
NOT_FOR_TESTS = (
    "STATIC_ROOT",
    "MEDIA_ROOT",
    "EMAIL_URL",
    "CELERY_BEAT_SCHEDULE",
    "SITE_URL",
    "DEBUG",
    "ALLOWED_HOSTS",
    "S3_BUCKET",
)


def find_chromium() -> str:
    """Return the path of the system's Chromium, or say how to get one."""
    for name in (os.environ.get("CHROMIUM"), *CHROMIUM_NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise Stop(
        "the browser tests need Chromium: `apt install chromium` (Debian), `apt install chromium-browser` (Ubuntu), "
        "`brew install chromium` (macOS), or CHROMIUM=/path/to/chrome."
    )


def test(*arguments: str) -> int:
    """Run the whole suite, or what the arguments of pytest choose."""
    chromium = find_chromium()
    for variable in NOT_FOR_TESTS:
        os.environ.pop(variable, None)
    if not any(word.startswith(("-n", "--numprocesses", "--pdb", "-s")) for word in arguments):
        arguments = ("-n", str(min(os.cpu_count() or 1, 4)), *arguments)
    steps = [python("-m", "kalibaru.local", "template"), python("-m", "pytest", *arguments)]
    template = urlsplit(os.environ.get("DATABASE_URL", "")).path.strip("/") or DATABASE
    return _with_servers("test", steps, lasting=False, CHROMIUM=chromium, TEST_DB_TEMPLATE=template)


def end_to_end(*arguments: str) -> int:
    """Run the journeys only."""
    return test("tests/e2e", *arguments)


def bench(*arguments: str) -> int:
    """Measure, on servers that are as careful as real ones."""
    return _with_servers("bench", [python("-m", "tests.bench", *arguments)], lasting=True)


def faults(*arguments: str) -> int:
    """Kill real processes at random moments, and count at the mail server; servers of its own in a passing folder."""
    for variable in NOT_FOR_TESTS:
        os.environ.pop(variable, None)
    environment = {**os.environ, "SECRET_KEY": Place.named().secret("django")}
    return _follow(python("-m", "tests.faults.siege", *arguments), environment)


def _with_servers(purpose: str, steps: list[list[str]], *, lasting: bool, **more: str) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Place.named(purpose).held() as place, servers(place, lasting=lasting) as (environment, _started):
            environment.update(more)
            return next(filter(None, (_follow(step, environment) for step in steps)), 0)
    except KeyboardInterrupt:
        return 130


def _follow(command: list[str], environment: Environment) -> int:
    """Run it on this terminal, which sends Ctrl-C to both of us; wait until it has tidied up."""
    child = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        return child.wait()
    except KeyboardInterrupt:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            try:
                child.wait(10)
                break
            except subprocess.TimeoutExpired:
                child.send_signal(number)
        raise
