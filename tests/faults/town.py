"""A whole town of real processes of its own: database, broker, workers, beat. Any of them can be killed."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
from redis import Redis, RedisError

from kalibaru.local.place import ROOT, Place
from kalibaru.local.postgres import Postgres
from kalibaru.local.process import Process
from kalibaru.local.valkey import Valkey

LEASE_SECONDS = 6
CELERY = ("-W", "ignore", "-m", "celery", "-A", "kalibaru", "--quiet")


class Town:
    """Starts, kills and starts again. Everything it writes lies in one folder."""

    def __init__(self, folder: Path, workers: int):
        self.place = Place(folder)
        self.postgres, self.valkey = Postgres(self.place, lasting=True), Valkey(self.place)
        self.names = [f"worker{n}" for n in range(workers)]
        self.processes = {name: Process(self.place, name, patience=40) for name in (*self.names, "beat")}
        self.environment: dict[str, str] = {}

    def environment_for(self, smtp_port: int) -> dict[str, str]:
        """Return the environment in which Django finds this town."""
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.valkey.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
            "EMAIL_TIMEOUT": "5",
            "KALIBARU_PROFILE": "local",
            "KALIBARU_LOCAL_DIR": str(self.place.base),
            "MAIL_LEASE_SECONDS": str(LEASE_SECONDS),
            "READ_DOT_ENV": "false",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "kalibaru.settings",
        }
        return self.environment

    def start_servers(self, migrate: Callable[[], object], kept: Path) -> None:
        """Start database and broker. `kept` holds the data folder of a database that is migrated already, or will."""
        if kept.exists():
            subprocess.run(["cp", "-a", str(kept), str(self.postgres.data)], check=True)
        self.postgres.start()
        self.valkey.start()
        if not kept.exists():
            migrate()
            self.postgres.end()
            kept.parent.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_name(f"{kept.name}.{os.getpid()}")
            subprocess.run(["cp", "-a", str(self.postgres.data), str(fresh)], check=True)
            fresh.rename(kept)
            self.postgres.start()

    def start(self, name: str) -> None:
        """Start a worker or beat."""
        if name == "beat":
            command = [*CELERY, "beat", "-l", "error", "--pidfile", "", "--schedule", str(self.place.base / "beat")]
        else:
            quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
            command = [*CELERY, "worker", "--pool=solo", "-l", "error", "-n", f"{name}@town", *quiet]
        self.processes[name].start([sys.executable, *command], env=self.environment, cwd=ROOT)

    def start_all(self) -> None:
        """Start every worker and beat."""
        for name in self.processes:
            self.start(name)

    def kill(self, name: str) -> None:
        """kill -9, now."""
        process = self.processes[name].popen
        with contextlib.suppress(ProcessLookupError, AttributeError):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def deploy(self, name: str) -> bool:
        """Ask a worker to end, as a deploy does; return whether it did so by itself in time."""
        popen = self.processes[name].popen
        if popen is None or popen.poll() is not None:
            return True
        popen.send_signal(signal.SIGTERM)
        try:
            popen.wait(40)
        except Exception:
            self.kill(name)
            return False
        return True

    def kill_postgres(self) -> None:
        """kill -9 of the whole database server."""
        kill_tree(self.postgres.process.popen)
        self.postgres.start()

    def kill_valkey(self) -> None:
        """kill -9 of the broker."""
        kill_tree(self.valkey.process.popen)
        self.valkey.start()

    def empty_broker(self) -> None:
        """Lose every message that waits."""
        with contextlib.suppress(RedisError):
            Redis.from_url(self.valkey.url).flushall()

    def end(self) -> None:
        """End everything."""
        for process in self.processes.values():
            process.ask_to_end()
        for process in self.processes.values():
            process.patience = 5
            process.end()
        self.valkey.end()
        self.postgres.end()


def kill_tree(popen) -> None:
    """kill -9 of a process and of everything it started."""
    process = psutil.Process(popen.pid)
    for one in [*process.children(recursive=True), process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    popen.wait()


def choose(dice: random.Random) -> str:
    """Choose what goes wrong next: mostly a worker dies, for there are more of them."""
    sorts = {"worker": 60, "deploy": 10, "beat": 5, "valkey": 8, "postgres": 12, "empty": 5}
    return dice.choices(list(sorts), list(sorts.values()))[0]
