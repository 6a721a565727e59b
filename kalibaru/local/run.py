"""`make run`: a whole portal on this machine, from nothing, until Ctrl-C."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

from kalibaru.local.accounts import ACCOUNTS, PASSWORD
from kalibaru.local.place import ROOT, Place, Stop, say
from kalibaru.local.process import Process, wait_until
from kalibaru.local.servers import python, servers

READY_WITHIN = 60
RESTARTS, RESTARTS_WITHIN = 5, 60


class Ended(BaseException):
    """Somebody asked to end (Ctrl-C, SIGTERM, a closed terminal); not an Exception, so that nothing swallows it."""


def run() -> None:
    """Start everything, tell the address, watch, and end everything in order."""
    begin = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_end)
    place = Place.named()
    try:
        with place.held(), _listening() as listener:
            address = f"http://localhost:{listener.getsockname()[1]}"
            place.note(pid=os.getpid(), address=address)
            with servers(place) as (environment, started):
                environment.setdefault("SITE_URL", address)
                _prepare(environment)
                crew = Crew(place, environment, listener)
                try:
                    crew.start()
                    crew.wait_until_ready()
                    _welcome(address, time.monotonic() - begin)
                    crew.watch([server.process for server in started])
                finally:
                    _deaf_to_signals()
                    crew.end()
    except Ended:
        say("\n· everything has ended; nothing is lost. `make run` starts it again.")


def _ask_to_end(_number: int, _frame: object) -> None:
    _deaf_to_signals()
    raise Ended


def _deaf_to_signals() -> None:
    """An end in good order takes seconds; a second Ctrl-C must not break it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _listening() -> socket.socket:
    """Take the port at once, so that nobody takes it while we prepare."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"PORT={text} is not a port; use a number from 1024 to 65535, as in: make run PORT=8001")
    port = int(text)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((os.environ.get("BIND") or "127.0.0.1", port))
        listener.listen(128)
    except PermissionError:
        raise Stop(f"port {port} is for root only; choose another: make run PORT=8001") from None
    except OSError as error:
        free = port + 1 if port < 65535 else 8000
        raise Stop(f"port {port} is taken ({error.strerror}); choose another: make run PORT={free}") from None
    return listener


def _prepare(environment: dict[str, str]) -> None:
    step = subprocess.Popen(
        python("-m", "kalibaru.local", "prepare"),
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = step.wait()
    except BaseException:
        step.terminate()
        step.wait()
        raise
    if status:
        raise Stop("")


def _welcome(address: str, seconds: float) -> None:
    say(f"\n  Kalibaru HUB is ready after {seconds:.0f} s:  {address}\n")
    say(f"  Sign in with the password {PASSWORD} as")
    for email, who in ACCOUNTS.items():
        say(f"    {email:<28}{who}")
    say(f"\n  Mail it sends: {address}/dev/mail/     Logs: .local/log/     End: Ctrl-C\n")


class Crew:
    """Web, worker and beat."""

    def __init__(self, place: Place, environment: dict[str, str], listener: socket.socket):
        self.environment, self.listener = environment, listener
        self.port = listener.getsockname()[1]
        self.lines = threading.Lock()
        beat_memory = str(place.base / "celerybeat")
        celery = python(
            "-W", "ignore:You're running the worker with superuser", "-m", "celery", "-A", "kalibaru", "--quiet"
        )
        quiet = ["--loglevel", "WARNING"]
        self.commands = {
            "web": [
                *python("-m", "gunicorn", "kalibaru.wsgi", "--workers", "2", "--bind", f"fd://{listener.fileno()}"),
                *(
                    "--config",
                    "python:kalibaru.server",
                    "--log-level",
                    "warning",
                    "--graceful-timeout",
                    "8",
                    "--no-control-socket",
                ),
            ],
            "worker": [
                *(*celery, "worker", *quiet, "--pool", "prefork", "--concurrency", "1"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            "beat": [*celery, "beat", *quiet, "--pidfile", "", "--schedule", beat_memory],
        }
        self.processes = {name: Process(place, name) for name in self.commands}
        self.deaths: list[float] = []

    def start(self) -> None:
        """Start all three."""
        for name in self.processes:
            self._start(name)

    def _start(self, name: str) -> None:
        fds = (self.listener.fileno(),) if name == "web" else ()
        self.processes[name].start(self.commands[name], env=self.environment, cwd=ROOT, echo=self._echo, pass_fds=fds)

    def wait_until_ready(self) -> None:
        """Return when the web server answers, or tell why it cannot."""
        web = self.processes["web"]
        if not wait_until(lambda: self._answers() or not web.alive(), READY_WITHIN) or not web.alive():
            raise Stop(f"the web server did not start (.local/log/web.log): {web.last_words(1)}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def watch(self, others: list[Process]) -> None:
        """Start again what died by itself; give up when that does not help."""
        while True:
            for server in others:
                if not server.alive():
                    raise Stop(f"the embedded {server.name} ended by itself: {server.last_words(1)}; `make run` again.")
            for name, process in self.processes.items():
                if not process.alive():
                    self._again(name)
            time.sleep(0.3)

    def _again(self, name: str) -> None:
        now = time.monotonic()
        self.deaths = [*[death for death in self.deaths if now - death < RESTARTS_WITHIN], now]
        if len(self.deaths) > RESTARTS:
            raise Stop(f"{name} dies again and again (.local/log/{name}.log): {self.processes[name].last_words(1)}")
        say(f"· {name} ended by itself; starting it again")
        time.sleep(1)
        self._start(name)

    def end(self) -> None:
        """Ask all to end, then wait for each."""
        for process in self.processes.values():
            process.ask_to_end()
        for process in self.processes.values():
            process.end()

    def _echo(self, name: str, line: str) -> None:
        with self.lines:
            say(f"{name:<7}| {_short(line)}")


def _short(line: str) -> str:
    """Show a JSON record as level and message; the whole of it is in the log file."""
    if line.startswith("{"):
        try:
            record = json.loads(line)
            line = f"{record.get('level', '')}: {record['event']}"
        except (ValueError, KeyError):
            pass
    width = 200
    return line if len(line) <= width else line[: width - 1] + "…"


if __name__ == "__main__":
    sys.exit("run it as: python -m kalibaru.local run")
