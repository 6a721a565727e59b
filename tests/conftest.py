"""What every test stands on: own broker database, collected static files, personas, a browser, a mail server."""

import os

import pytest

# The synchronous Playwright runs an event loop in the test's thread; Django would refuse its queries there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytest_plugins = ["tests.personas", "tests.browser", "tests.mailsink"]

FIRST_BROKER_DATABASE = 1
BROKER_DATABASES = 16


def pytest_configure(config):
    """Copy the migrated database if there is one; give each process of pytest-xdist a broker of its own."""
    from django.conf import settings

    if template := os.environ.get("TEST_DB_TEMPLATE"):
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = template
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = FIRST_BROKER_DATABASE + worker % (BROKER_DATABASES - FIRST_BROKER_DATABASE)
    url = f"{settings.REDIS_URL.rpartition('/')[0]}/{number}"
    # A slow hash is right for people and half of a suite's time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.REDIS_URL = settings.CELERY_BROKER_URL = settings.CACHES["default"]["LOCATION"] = url


def pytest_sessionstart(session):
    """Collect static files and catalogues once, before the workers start."""
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    from kalibaru.local.prepare import collect, translate

    collect()
    translate()


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Limits and cached counts of one test are nothing to the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _indonesian(settings):
    """The test client leaves the language of its last request active; the next test begins in Indonesian."""
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads and mail of a test go away with it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MAIL_DIR = tmp_path / "mail"


@pytest.fixture(autouse=True)
def no_kept_pages(settings):
    """A page kept for visitors must not outlive the rolled back rows of a test."""
    settings.VISITOR_PAGE_SECONDS = 0
