"""A mail server that takes everything and keeps nothing, in a process of its own.

python -m tests.bench.sink PORT
"""

import sys
import time

from aiosmtpd.controller import Controller


class Nothing:
    """Takes every letter."""

    async def handle_DATA(self, server, session, envelope):
        """Count nothing, keep nothing."""
        return "250 OK"


if __name__ == "__main__":
    controller = Controller(Nothing(), hostname="127.0.0.1", port=int(sys.argv[1]))
    controller.start()
    while True:
        time.sleep(60)
