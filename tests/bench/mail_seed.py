"""Many people who follow one initiative and want a weekly digest, by set-based SQL."""

import psycopg

from tests.bench import seed

_PEOPLE = """
INSERT INTO accounts_user (id, password, is_superuser, is_staff, is_active, created_at, updated_at, email, display_name,
  language, time_zone, consent_version, is_demo)
SELECT gen_random_uuid(), '!', false, false, true, now(), now(), 'contoh' || n || '@warga' || n % 500 || '.example',
  'Contoh ' || n, CASE WHEN n % 10 = 0 THEN 'en' ELSE 'id' END, 'Asia/Jakarta', '', true
FROM generate_series(1, %(people)s) n
"""
_FOLLOWS = """
INSERT INTO account_emailaddress (email, verified, "primary", user_id)
SELECT email, true, true, id FROM accounts_user WHERE is_demo;
INSERT INTO notifications_subscription (topic, automatic, created_at, user_id)
SELECT 'initiative:' || i.id, false, now() - interval '1 day', u.id
FROM accounts_user u, (SELECT id FROM initiatives_initiative ORDER BY slug LIMIT 1) i WHERE u.is_demo
"""


def make(name: str, people: int) -> str:
    """Return the address of a database with so many followers of the first initiative, and 20 initiatives."""
    url = seed.make(name, 20)
    with psycopg.connect(url, autocommit=True) as database:
        fill(database, people)
    return url


def fill(database: psycopg.Connection, people: int) -> None:
    """Write people, their addresses and their follows."""
    database.execute("ALTER TABLE accounts_user DISABLE TRIGGER USER")
    database.execute(_PEOPLE.replace(" % ", " %% "), {"people": people})
    database.execute("ALTER TABLE accounts_user ENABLE TRIGGER USER")
    database.execute(_FOLLOWS)
    database.execute("VACUUM ANALYZE")
