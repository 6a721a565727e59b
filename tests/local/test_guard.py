"""A server that would be unsafe does not start, and says why."""

import os
import subprocess
import sys

import pytest

from kalibaru.local.place import ROOT

SAFE = {
    "KALIBARU_PROFILE": "production",
    "READ_DOT_ENV": "false",
    "DEBUG": "false",
    "SECRET_KEY": "a-secret-of-the-tests-that-is-long-enough-to-pass",
    "ALLOWED_HOSTS": "hub.example.org",
}


def start(**changes):
    """Load the WSGI application as a server would, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "import kalibaru.wsgi; print('started')"],
        env={**os.environ, **SAFE, **changes},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_a_safe_configuration_starts():
    result = start()
    assert result.stdout.strip() == "started", result.stderr


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"SECRET_KEY": "insecure-default-secret-key-for-local-use-only"}, "SECRET_KEY is the default"),
        ({"SECRET_KEY": "short"}, "shorter than 32"),
        ({"ALLOWED_HOSTS": "*"}, "wildcard"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty"),
        ({"ALLOWED_HOSTS": ".example.org"}, "wildcard"),
        ({"SECRET_KEY": "a" * 40}, "too regular"),
        ({"DEBUG": "true"}, "DEBUG is on"),
    ],
)
def test_an_unsafe_configuration_refuses_to_start_with_the_reason(changes, reason):
    result = start(**changes)
    assert result.returncode != 0
    assert "refuses to start" in result.stderr
    assert reason in result.stderr


@pytest.mark.parametrize("part", [["worker", "--pool=solo"], ["beat", "--schedule={}/beat"]], ids=["worker", "beat"])
def test_neither_worker_nor_beat_starts_unsafely(part, tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "kalibaru", *(word.format(tmp_path) for word in part)],
        env={**os.environ, **SAFE, "ALLOWED_HOSTS": "*"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode != 0
    assert "refuses to start" in result.stderr


def test_demo_accounts_stop_the_server_until_they_are_removed(db, settings, rina):
    from django.core.management import call_command

    from kalibaru.guard import unsafe_reasons

    settings.DEBUG, settings.SECRET_KEY, settings.ALLOWED_HOSTS = False, SAFE["SECRET_KEY"], ["hub.example.org"]
    rina.is_demo = True
    rina.save()
    assert any("demo account" in reason for reason in unsafe_reasons())
    call_command("remove_demo")
    assert unsafe_reasons() == []
    rina.refresh_from_db()
    assert not rina.is_active
    assert not rina.has_usable_password()
