"""The short form of `make faults`: one of each fault, in random order after that, and the count at the mail server."""

import os
import subprocess
import sys

from django.conf import settings

# What belongs to the test's own database and mail must not reach the siege, which makes its own.
NOT_ITS_OWN = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "TEST_DB_TEMPLATE")


def test_killed_workers_broker_and_database_lose_and_repeat_nothing():
    environment = {name: value for name, value in os.environ.items() if name not in NOT_ITS_OWN}
    environment |= {"KALIBARU_LOCAL_DIR": str(settings.LOCAL_DIR), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "tests.faults.siege", "--kills", "6", "--people", "16"]
    siege = subprocess.run(
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=600, check=False
    )
    assert siege.returncode == 0, f"{siege.stdout[-3000:]}\n{siege.stderr[-3000:]}"
