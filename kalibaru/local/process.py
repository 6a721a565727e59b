"""One program that the runner started: its output, its end, and what a killed runner left behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from kalibaru.local.place import Place

LEASH = Path(__file__).with_name("leash.py")
LOG_MAX_BYTES = 5_000_000


class Process:
    """A program with a name, a log file and a signal that ends it in good order."""

    def __init__(self, place: Place, name: str, *, end_with: int = signal.SIGTERM, patience: float = 15):
        self.place, self.name, self.end_with, self.patience = place, name, end_with, patience
        self.log_path = place.folder("log") / f"{name}.log"
        self.popen: subprocess.Popen[str] | None = None
        self.log_start = 0

    def start(
        self,
        command: list[str],
        *,
        env: dict[str, str] | None = None,
        user: str = "-",
        echo: Callable[[str, str], None] | None = None,
        pass_fds: tuple[int, ...] = (),
        cwd: Path | None = None,
    ) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the runner, which ends all in order."""
        if self.log_path.exists() and self.log_path.stat().st_size > LOG_MAX_BYTES:
            self.log_path.replace(self.log_path.with_suffix(".log.1"))
        log = open(self.log_path, "a")
        self.log_start = log.tell()
        self.popen = subprocess.Popen(
            [sys.executable, "-S", "-E", str(LEASH), str(os.getpid()), str(int(self.end_with)), user, *command],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if echo else log,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            pass_fds=pass_fds,
        )
        self._remember()
        if echo:
            threading.Thread(target=self._pump, args=(log, echo), daemon=True).start()
        else:
            log.close()

    def _pump(self, log, echo) -> None:
        with log:
            for line in self.popen.stdout:
                log.write(line)
                log.flush()
                echo(self.name, line.rstrip())

    def alive(self) -> bool:
        """Return whether it runs."""
        return self.popen is not None and self.popen.poll() is None

    def ask_to_end(self) -> None:
        """Send its signal, without waiting."""
        if self.alive():
            self.popen.send_signal(self.end_with)

    def end(self) -> None:
        """Wait until it has ended, and by force when its patience is over."""
        if self.popen is None:
            return
        self.ask_to_end()
        try:
            self.popen.wait(self.patience)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()
        self._forget()

    def last_words(self, count: int = 8) -> str:
        """Return the end of what it wrote since its start."""
        with open(self.log_path, errors="replace") as log:
            log.seek(self.log_start)
            return "\n".join(log.read().strip().splitlines()[-count:])

    def _record(self) -> Path:
        return self.place.folder("run") / f"{self.name}.json"

    def _remember(self) -> None:
        facts = {"pid": self.popen.pid, "end_with": int(self.end_with), "patience": self.patience}
        with contextlib.suppress(psutil.Error):
            # The number of a process is used again, its number and start time are not.
            facts["since"] = psutil.Process(self.popen.pid).create_time()
        self._record().write_text(json.dumps(facts))

    def _forget(self) -> None:
        self._record().unlink(missing_ok=True)


def end_leftovers(place: Place) -> list[str]:
    """End what a killed runner of this place left running; return the names."""
    names = []
    for record in sorted(place.folder("run").glob("*.json")):
        try:
            facts = json.loads(record.read_text())
            if _end_tree(psutil.Process(facts["pid"]), facts):
                names.append(record.stem)
        except (ValueError, KeyError, psutil.NoSuchProcess):
            pass
        record.unlink(missing_ok=True)
    names += _end_orphans(place)
    return names


def _end_tree(process: psutil.Process, facts: dict) -> bool:
    if abs(process.create_time() - facts["since"]) > 0.02:
        return False
    tree = process.children(recursive=True)
    process.send_signal(facts["end_with"])
    try:
        process.wait(facts["patience"])
    except psutil.TimeoutExpired:
        process.kill()
    _end_all(tree)
    return True


def _end_orphans(place: Place) -> list[str]:
    """End workers whose own parent is gone too: they carry the mark of this place in their environment."""
    mark = place_mark(place)
    orphans = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and process.environ().get("KALIBARU_RUN") == mark:
                orphans.append(process)
    _end_all(orphans)
    return ["orphans"] if orphans else []


def _end_all(processes: list[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _gone, alive = psutil.wait_procs(processes, timeout=5)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def place_mark(place: Place) -> str:
    """Return what every process of this place carries as KALIBARU_RUN; nobody else knows it."""
    return place.secret("run-mark")


def wait_until(true: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Ask again and again until it is true or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(pause)
    return False
