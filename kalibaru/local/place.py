"""Where one set of servers keeps its state, and the lock that says who uses it."""

import fcntl
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class Stop(Exception):
    """It cannot go on; the message is for the person. `code` is the exit status."""

    def __init__(self, message: str, code: int = 1):
        super().__init__(message)
        self.code = code


def say(text: str) -> None:
    """Tell the person at the terminal; a terminal that went away is no reason to fail."""
    try:
        print(text, flush=True)
    except (BrokenPipeError, OSError):
        sys.stdout = open(os.devnull, "w")


@dataclass(frozen=True)
class Place:
    """A folder for everything one run writes: `.local` itself, `.local/test`, `.local/bench`."""

    base: Path

    @classmethod
    def named(cls, name: str = "") -> "Place":
        """Return the place of `make run` (no name) or of a named purpose beside it."""
        base = Path(os.environ.get("KALIBARU_LOCAL_DIR") or ROOT / ".local")
        base = (base / name).resolve()
        base.mkdir(parents=True, exist_ok=True)
        return cls(base)

    def folder(self, name: str) -> Path:
        """Return a folder of this place, made if need be."""
        path = self.base / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def secret(self, name: str) -> str:
        """Return a random secret that is made once and then kept, readable by its owner only."""
        path = self.folder("secret") / name
        path.parent.chmod(0o700)
        if not path.exists():
            fresh = path.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            fresh.replace(path)
        return path.read_text()

    @contextmanager
    def held(self) -> Iterator["Place"]:
        """Hold this place alone. The lock ends with the process, however it ends."""
        with open(self.base / "lock", "a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Stop(self._who_holds_it(), code=0) from None
            self.note(pid=os.getpid())
            yield self

    def note(self, **facts: object) -> None:
        """Write down who runs here, for whoever comes second."""
        path = self.base / "running.json"
        path.with_suffix(".new").write_text(json.dumps(facts))
        path.with_suffix(".new").replace(path)

    def _who_holds_it(self) -> str:
        try:
            facts = json.loads((self.base / "running.json").read_text())
        except (OSError, ValueError):
            facts = {}
        where = f" at {facts['address']}" if "address" in facts else ""
        return f"it already runs{where} (process {facts.get('pid', 'unknown')}); stop that one first with Ctrl-C there."
