"""What Django must do before the servers start: schema, catalogues, static files, content."""

import hashlib
import inspect
import os
import time
from pathlib import Path

import django
from django.conf import settings

from kalibaru.local.place import Stop, say


def prepare() -> None:
    """Bring everything up to date; do again only what changed."""
    django.setup()
    _reach_servers()
    _timed("schema", migrate)
    _timed("translations", translate)
    _timed("static files", collect)
    _timed("content", seed)


def _timed(name: str, step) -> None:
    begin = time.monotonic()
    if step():
        say(f"· {name}: done in {time.monotonic() - begin:.1f} s")


def _reach_servers() -> None:
    from django.db import OperationalError, connection
    from redis import Redis, RedisError

    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise Stop(f"the database of DATABASE_URL cannot be used: {str(error).strip().splitlines()[-1]}") from error
    try:
        Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3).ping()
    except (RedisError, ValueError) as error:
        raise Stop(f"the broker of REDIS_URL cannot be used: {error}") from error


def migrate() -> bool:
    """Apply migrations if any is missing."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.exceptions import InconsistentMigrationHistory
    from django.db.migrations.executor import MigrationExecutor

    from kalibaru.local.quick import quick_migrations

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say("· making the tables")
    try:
        with quick_migrations():
            call_command("migrate", interactive=False, verbosity=0)
    except InconsistentMigrationHistory as error:
        raise Stop(f"the database is of another version of the code ({error}); `make clean` starts afresh.") from error
    return True


def translate() -> bool:
    """Compile changed catalogues."""
    from kalibaru.core.translations import compile_catalogues

    return bool(compile_catalogues())


def collect() -> bool:
    """Collect, hash and compress static files if any changed."""
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp, digest = root / ".collected", _static_digest()
    if stamp.exists() and stamp.read_text() == digest:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=root.exists(), verbosity=0)
    stamp.write_text(digest)
    return True


def template() -> None:
    """Bring the database that the tests copy up to date; make it anew when a migration changed."""
    from django.db import connection

    django.setup()
    name = connection.settings_dict["NAME"]
    memory = Path(settings.LOCAL_DIR) / "template.sha256"
    digest = migrations_digest()
    if memory.exists() and memory.read_text() == digest:
        return
    memory.unlink(missing_ok=True)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    migrate()
    memory.write_text(digest)


def migrations_digest() -> str:
    """Return one hash over all migrations."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    files = {inspect.getfile(type(migration)) for migration in loader.disk_migrations.values()}
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in sorted(files))).hexdigest()


def _static_digest() -> str:
    from django.contrib.staticfiles.finders import get_finders

    code = Path(settings.BASE_DIR) / "kalibaru" / "core" / "storage.py"
    facts = [code.read_text()]
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            facts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()


def seed() -> bool:
    """Write the seeded content and the demonstration set; what is there stays as it is."""
    from django.core.management import call_command

    call_command("seed_kalibaru", demo=True, verbosity=0)
    return True
