"""The runner of `make run`: what it says when it cannot start, and what a killed one leaves."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from kalibaru.local.place import ROOT, Place, Stop
from kalibaru.local.postgres import Postgres
from kalibaru.local.process import Process, end_leftovers, wait_until
from kalibaru.local.valkey import Valkey


@pytest.fixture
def place(tmp_path):
    """A state folder of its own, so that nothing of a real run is touched."""
    # PostgreSQL's own user must be able to pass, also when root runs the tests.
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    return Place(tmp_path)


def make_run(place, **environment):
    """Run the command and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "kalibaru.local", "run"],
        env={**os.environ, "KALIBARU_LOCAL_DIR": str(place.base), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_second_start_says_where_the_first_runs(place):
    with place.held():
        place.note(pid=os.getpid(), address="http://localhost:8123")
        result = make_run(place)
    assert result.returncode == 0
    assert "already runs at http://localhost:8123" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_taken_port_is_named_with_the_way_out(place):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = make_run(place, PORT=str(port))
    assert result.returncode == 1
    assert re.search(rf"port {port} is taken .*make run PORT=\d+", result.stderr)
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused_in_one_line(place, port):
    result = make_run(place, PORT=port)
    assert result.returncode == 1
    assert f"PORT={port} is not a port" in result.stderr
    assert "Traceback" not in result.stderr


def test_what_a_killed_run_left_is_ended_by_the_next(place):
    left = Process(place, "web")
    left.start(["sleep", "60"])
    assert end_leftovers(place) == ["web"]
    assert not left.alive()
    assert end_leftovers(place) == []


def test_a_process_that_got_the_number_of_a_dead_one_is_left_alone(place):
    stranger = Process(place, "web")
    stranger.start(["sleep", "60"])
    record = place.folder("run") / "web.json"
    record.write_text(record.read_text().replace('"since": ', '"since": 1'))
    assert end_leftovers(place) == []
    assert stranger.alive()
    stranger.end()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_program_ends_when_its_runner_is_killed(place):
    script = (
        "import pathlib, time; from kalibaru.local.place import Place; from kalibaru.local.process import Process; "
        f"p = Process(Place(pathlib.Path({str(place.base)!r})), 'web'); p.start(['sleep', '60']); "
        "print(p.popen.pid, flush=True); time.sleep(60)"
    )
    runner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    child = psutil.Process(int(runner.stdout.readline()))
    assert wait_until(lambda: child.name() == "sleep", 10)
    runner.kill()
    runner.wait()
    assert wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, 10)


def test_the_database_keeps_what_was_written_when_it_is_killed(place):
    import psycopg

    server = Postgres(place)
    server.start()
    address = {"host": str(server.sockets), "user": "postgres", "dbname": "kalibaru"}
    with psycopg.connect(**address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS fact")
    server.process.popen.send_signal(signal.SIGKILL)
    server.process.popen.wait()
    again = Postgres(place)
    again.start()
    try:
        with psycopg.connect(**address) as connection:
            assert connection.execute("SELECT fact FROM kept").fetchone() == (1,)
    finally:
        again.end()


def test_a_deep_folder_does_not_break_the_socket(place):
    deep = Place(place.base / ("sangat-dalam-" * 8) / "x")
    deep.base.mkdir(parents=True)
    server = Postgres(deep)
    assert len(str(server.sockets)) < 90
    server.sockets.rmdir()


def test_the_broker_keeps_its_port_unless_somebody_took_it(place):
    port = Valkey(place).port
    assert Valkey(place).port == port
    with socket.create_server(("127.0.0.1", port)):
        assert Valkey(place).port != port


def test_the_lock_of_a_place_is_free_again_after_its_holder(place):
    with place.held(), pytest.raises(Stop, match="already runs"), Place(place.base).held():
        pass
    with place.held():
        assert time.time()
