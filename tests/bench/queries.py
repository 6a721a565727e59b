"""How many queries a page takes when it is not kept, counted in a process of its own."""

import os
import subprocess
import sys

_COUNT = """
import sys, django
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(SERVER_NAME="127.0.0.1", headers={"cookie": sys.argv[2]})
client.get(sys.argv[1])
with CaptureQueriesContext(connection) as captured:
    client.get(sys.argv[1])
print(len(captured))
"""


def count(url: str, path: str, cookie: str = "") -> int:
    """Return the number of queries of the second request."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNT, path, cookie],
        env={**os.environ, "DATABASE_URL": url, "VISITOR_PAGE_SECONDS": "0"},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout.split()[-1])
