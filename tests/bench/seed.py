"""Many initiatives by set-based SQL, in databases of the bench's own."""

import os
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

import psycopg

TABLES = (
    "initiatives_initiative",
    "initiatives_partner",
    "initiatives_action",
    "initiatives_target",
    "initiatives_update",
    "stakeholders_organisation",
    "issues_priorityissue",
    "places_area",
)
_WORDS = """
CREATE TEMP TABLE word AS SELECT * FROM unnest(
  ARRAY['Bank sampah', 'Kompos rumah', 'Sambungan air bersih', 'Tandon air', 'Pelatihan kerja', 'Koperasi nelayan',
        'Dapur bersama', 'Taman baca', 'Saluran bersih', 'Budi daya kerang', 'Posyandu keliling', 'Kampung iklim'],
  ARRAY['sampah', 'sampah', 'air', 'air', 'kerja', 'kerja', 'kerja', 'warga', 'sampah', 'kerja', 'warga', 'warga'])
  WITH ORDINALITY AS w(name, about, place)
"""
_GROUND = """
INSERT INTO places_area (id, created_at, updated_at, code, bps_code, level, name, source_url)
SELECT gen_random_uuid(), now(), now(), code, '', level, name, '' FROM (VALUES
  ('31', 'province', 'DKI Jakarta'), ('31.72', 'city', 'Jakarta Utara'), ('31.72.04', 'district', 'Cilincing'),
  ('31.72.04.1004', 'ward', 'Kalibaru')) v(code, level, name)
UNION ALL SELECT gen_random_uuid(), now(), now(), '31.72.04.1004.RW' || lpad(n::text, 2, '0'), '', 'rw',
  'RW ' || lpad(n::text, 2, '0'), '' FROM generate_series(1, 14) n;
INSERT INTO issues_priorityissue (id, created_at, updated_at, is_demo, source_title, source_url, title, slug, summary,
  body, icon, sdg_goals, state, "order")
SELECT gen_random_uuid(), now(), now(), true, '', '', title, slug, 'Contoh.', '', 'issue', '{}', 'published', 1
FROM (VALUES ('Pengelolaan sampah', 'sampah'), ('Air bersih', 'air'), ('Kemiskinan', 'kemiskinan')) v(title, slug);
INSERT INTO stakeholders_organisation (id, created_at, updated_at, is_demo, source_title, source_url, name, acronym,
  slug, platform, kind, description, website, contact_name, contact_email, contact_phone, state)
SELECT gen_random_uuid(), now(), now(), true, '', '', 'Contoh Organisasi ' || n, '', 'contoh-organisasi-' || n,
  (ARRAY['civil', 'government', 'business', 'academia'])[1 + n % 4], 'ngo', '', '', '', '', '', 'verified'
FROM generate_series(1, 60) n
"""
_ROWS = """
INSERT INTO initiatives_initiative (id, created_at, updated_at, is_demo, source_title, source_url, title, slug, summary,
  body, sdg_goals, starts_on, ends_on, state, state_reason, results, published_at, issue_ids, area_codes, platforms)
SELECT gen_random_uuid(), now(), now(), true, '', '',
  'Contoh ' || word.name || ' ' || n, 'contoh-' || n,
  'Contoh kerja bersama tentang ' || word.about || ' di lingkungan ' || n % 400 ||
  ', bersama warga dan mitra setempat.',
  repeat('Contoh uraian tentang ' || word.about || ' nomor ' || n % 97 || ': kelompok warga bertemu setiap pekan. ', 8),
  ARRAY[1 + (n * 7) % 17]::smallint[], date '2024-01-01' + n % 900,
  CASE WHEN n % 5 > 0 THEN current_date - 300 + n % 900 END,
  (ARRAY['active', 'active', 'planned', 'completed', 'paused'])[1 + n % 5], '', '',
  now() - n * interval '3 minutes', '{}', '{}', '{}'
FROM generate_series(1, %(rows)s) n JOIN word ON word.place = 1 + n % 12;
"""
_LINKS = """
CREATE TEMP TABLE i AS SELECT id, row_number() OVER (ORDER BY published_at DESC) AS n FROM initiatives_initiative;
CREATE TEMP TABLE o AS SELECT id, row_number() OVER (ORDER BY slug) - 1 AS n FROM stakeholders_organisation;
CREATE TEMP TABLE p AS SELECT id, row_number() OVER (ORDER BY slug) - 1 AS n FROM issues_priorityissue;
CREATE TEMP TABLE a AS SELECT id, row_number() OVER (ORDER BY code) - 1 AS n FROM places_area
WHERE level IN ('rw', 'ward');
INSERT INTO initiatives_initiative_issues (initiative_id, priorityissue_id)
SELECT i.id, p.id FROM i JOIN p ON p.n = i.n % 3;
INSERT INTO initiatives_initiative_areas (initiative_id, area_id) SELECT i.id, a.id FROM i JOIN a ON a.n = i.n % 15;
INSERT INTO initiatives_partner (id, created_at, updated_at, initiative_id, organisation_id, role)
SELECT gen_random_uuid(), now(), now(), i.id, o.id, role
FROM i CROSS JOIN (VALUES (0, 'lead'), (7, 'implementing'), (13, 'funding')) r(step, role)
JOIN o ON o.n = (i.n + step) % 60;
INSERT INTO initiatives_action (id, created_at, updated_at, initiative_id, title, due_on, state)
SELECT gen_random_uuid(), now(), now(), i.id, 'Contoh tonggak ' || m, current_date + (i.n % 200)::int - 60,
  CASE WHEN m = 1 THEN 'done' ELSE 'open' END FROM i CROSS JOIN generate_series(1, 3) m;
INSERT INTO initiatives_target (id, created_at, updated_at, initiative_id, name, unit, goal, reached)
SELECT gen_random_uuid(), now(), now(), i.id, 'Contoh target', 'orang', 100, i.n % 100 FROM i;
INSERT INTO initiatives_update (id, created_at, updated_at, initiative_id, title, body, published_at, is_demo)
SELECT gen_random_uuid(), now(), now(), i.id, 'Contoh kabar ' || m, 'Contoh isi kabar dari lapangan.', now(), true
FROM i CROSS JOIN generate_series(1, 2) m;
INSERT INTO notifications_event (kind, subject_type, subject_id, topics, recipients, audience, payload, at,
  dispatched_at)
SELECT k, 'initiative', i.id, ARRAY['initiative:' || i.id], '{}', 'public', '{"title": "Contoh kabar", "body": "Isi."}',
  now(), now() FROM i CROSS JOIN (VALUES ('initiatives.initiative_published'), ('initiatives.update_published')) v(k)
"""

_EVENT = """
INSERT INTO notifications_event (kind, subject_type, subject_id, topics, recipients, audience, payload, at,
  dispatched_at)
SELECT 'initiatives.update_published', 'initiative', id, ARRAY['initiative:' || id], '{}', 'public', '{}', now(), now()
FROM initiatives_initiative WHERE slug = 'contoh-1'
"""
_SIGN_IN = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from kalibaru.accounts.models import User
person = User.objects.filter(email="bench@warga.example").first()
person = person or User.objects.create_user("bench@warga.example", display_name="Contoh Warga")
client = Client()
client.force_login(person, "django.contrib.auth.backends.ModelBackend")
print(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
"""


def address_of(name: str) -> str:
    """Return DATABASE_URL with another database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


def make(name: str, rows: int, *, keep: bool = False) -> str:
    """Return the address of a database with `rows` initiatives, made anew unless it may be kept."""
    url = address_of(name)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known and keep:
            return url
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    manage(url, "migrate", "-v0")
    with psycopg.connect(url, autocommit=True) as database:
        fill(database, rows)
    return url


def fill(database: psycopg.Connection, rows: int) -> None:
    """Write the rows without history triggers, which are not measured; compute the facets as services do."""
    from initiatives.services.facets import _REFRESH

    for table in TABLES:
        database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    database.execute(_WORDS)
    database.execute(_GROUND)
    database.execute(_ROWS.replace(" % ", " %% "), {"rows": rows})
    database.execute(_LINKS)
    database.execute(_REFRESH.replace("ANY(%s)", "ANY(ARRAY(SELECT id FROM initiatives_initiative))"))
    for table in TABLES:
        database.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    database.execute("VACUUM (FULL, ANALYZE) initiatives_initiative")
    database.execute("VACUUM ANALYZE")


def happen(url: str) -> Callable[[], object]:
    """Return a deed that writes one more event, after which no kept page answers."""
    database = psycopg.connect(url, autocommit=True)
    return lambda: database.execute(_EVENT)


def sign_in(url: str) -> str:
    """Return the session cookie of an ordinary resident."""
    done = subprocess.run(
        [sys.executable, "-c", _SIGN_IN],
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()[-1]


def manage(url: str, *command: str) -> None:
    """Run a command of manage.py on a database."""
    subprocess.run([sys.executable, "manage.py", *command], env={**os.environ, "DATABASE_URL": url}, check=True)
