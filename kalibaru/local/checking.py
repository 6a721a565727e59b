"""`make lint`, `make format`, `make lock`: the tools, one after the other, all of them even when one complains."""

import os
import subprocess

from kalibaru.local.place import ROOT, say
from kalibaru.local.servers import python

TEMPLATES = "templates"
LINT = {
    "format": python("-m", "ruff", "format", "--check", "."),
    "mistakes": python("-m", "ruff", "check", "."),
    "templates": python("-m", "djlint", TEMPLATES, "--lint", "--quiet"),
    "rooms": python("-c", "from importlinter.cli import lint_imports_command as main; main()"),
    "types": python("-m", "mypy"),
    "migrations": python("manage.py", "makemigrations", "--check", "--dry-run"),
    "django": python("manage.py", "check"),
}
FORMAT = {
    "format": python("-m", "ruff", "format", "."),
    "mistakes": python("-m", "ruff", "check", "--fix", "."),
}


def lint() -> int:
    """Run every check; return 1 if any complains."""
    return _all(LINT)


def format_code() -> int:
    """Let the tools write what they can."""
    return _all(FORMAT)


def lock() -> int:
    """Resolve every set for all systems and Pythons we support, with hashes and without any index address."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"]
    plain = ["--no-header", "--no-annotate", "--quiet"]
    return _all(
        {
            name: python(
                *("-m", "uv", "pip", "compile", *options, *plain),
                *(f"requirements/{name}.in", "-o", f"requirements/{name}.txt"),
            )
            for name in ("base", "local", "test")
        }
    )


def _all(steps: dict[str, list[str]]) -> int:
    environment = {**os.environ, "KALIBARU_PROFILE": "local", "READ_DOT_ENV": "false", "PYTHONPATH": str(ROOT)}
    bad = []
    for name, command in steps.items():
        say(f"· {name}")
        if subprocess.run(command, env=environment, cwd=ROOT).returncode:
            bad.append(name)
    if bad:
        say(f"Not well: {', '.join(bad)}")
    return bool(bad)
