"""Kill real processes at random moments while mail flows; then count at the mail server.

    python -m tests.faults.siege [--kills 200] [--people 60] [--seed N]

Prints its seed: the same seed draws the same faults in the same order (their moments depend on the machine). Exits 1
with what is wrong if anybody was told nothing, or twice.
"""

import argparse
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kalibaru.local.place import ROOT, Place
from kalibaru.local.prepare import migrate, migrations_digest
from tests.faults.town import Town, choose
from tests.mailsink import start_sink

QUIET_WITHIN = 240


@dataclass
class Siege:
    """One run: the town, the mail server, the dice, and what was done."""

    town: Town
    sink: object
    dice: random.Random
    people: int
    done: Counter = field(default_factory=Counter)
    ungraceful: int = 0

    def run(self, kills: int) -> list[str]:
        """Do everything; return what is wrong at the end."""
        from tests.faults import world

        world.populate(self.people)
        self.town.start_all()
        pause = 2.5
        for number in range(kills):
            self._events(world)
            self._mood()
            time.sleep(self.dice.uniform(0.2, pause))
            self._fault(choose(self.dice) if number >= 6 else FIRST[number])
        self._calm()
        self._wait(world)
        self._digests(world)
        self._wait(world)
        return world.wrongs(self.sink, self.done, self.ungraceful)

    def _events(self, world) -> None:
        for _n in range(self.dice.randint(0, 2)):
            if world.publish_news(self.dice):
                self.done["events"] += 1

    def _mood(self) -> None:
        """Let the mail server misbehave towards somebody, one way at a time."""
        self._good_mood()
        address = f"orang{self.dice.randrange(self.people)}@warga.example"
        match self.dice.choice(["good", "good", "later", "busy", "cut", "slow"]):
            case "later":
                self.sink.after_data[address] = "451 4.7.1 Nanti"
            case "busy":
                self.sink.answers[address] = "421 4.3.2 Ramai"
            case "cut":
                self.sink.drops.add(address)
            case "slow":
                self.sink.slow = 0.05

    def _good_mood(self) -> None:
        self.sink.after_data.clear(), self.sink.answers.clear(), self.sink.drops.clear()
        self.sink.slow = 0

    def _fault(self, sort: str) -> None:
        self.done[sort] += 1
        name = self.dice.choice(self.town.names)
        match sort:
            case "worker":
                self.town.kill(name)
                self.town.start(name)
            case "deploy":
                self.ungraceful += not self.town.deploy(name)
                self.town.start(name)
            case "beat":
                self.town.kill("beat")
                self.town.start("beat")
            case "valkey":
                self.town.kill_valkey()
            case "postgres":
                self.town.kill_postgres()
            case "empty":
                self.town.empty_broker()

    def _calm(self) -> None:
        self._good_mood()
        for name, process in self.town.processes.items():
            if not process.alive():
                self.town.start(name)

    def _wait(self, world) -> None:
        """Wait until nothing waits; what waits for another attempt gets it now instead of in an hour."""
        end = time.monotonic() + QUIET_WITHIN
        while world.restless():
            if time.monotonic() > end:
                raise SystemExit(f"still not quiet after {QUIET_WITHIN} s: {world.restless()}")
            time.sleep(0.5)

    def _digests(self, world) -> None:
        """Make next week's digests by two commands at once, one of them killed in the middle; then once more."""
        at = world.next_week()
        for _round in range(2):
            commands = [self._command(at) for _n in range(2)]
            time.sleep(self.dice.uniform(1.5, 4))
            commands[0].kill()
            self.done["digest run"] += 1
            for command in commands:
                command.wait()
        if self._command(at).wait():
            raise SystemExit("send_digests failed")

    def _command(self, at: str) -> subprocess.Popen:
        command = [sys.executable, "manage.py", "send_digests", "--at", at]
        return subprocess.Popen(command, env=self.town.environment, cwd=ROOT, stdout=subprocess.DEVNULL)


FIRST = ["worker", "postgres", "valkey", "deploy", "empty", "beat"]


def main() -> int:
    """Parse, run, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.siege")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    begin = time.monotonic()
    sink = start_sink()
    with tempfile.TemporaryDirectory(prefix="hub-faults-") as folder:
        town = Town(Path(folder), chosen.workers)
        try:
            cache = Place.named("faults").base
            os.environ.update(town.environment_for(sink.port))
            _set_up()
            town.start_servers(migrate, cache / migrations_digest()[:16])
            siege = Siege(town, sink.handler, random.Random(chosen.seed), chosen.people)
            wrongs = siege.run(chosen.kills)
        finally:
            town.end()
            sink.stop()
    done = ", ".join(f"{count} × {name}" for name, count in sorted(siege.done.items()))
    print(f"{done}; {len(sink.handler.messages)} mails; {time.monotonic() - begin:.0f} s")
    print("\n".join(wrongs) or "everybody was told everything, once", flush=True)
    return 1 if wrongs else 0


def _set_up() -> None:
    import logging

    import django

    django.setup()
    # aiosmtpd tells of every command.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


if __name__ == "__main__":
    sys.exit(main())
