"""A real browser, phone-size unless asked otherwise. A page that complains fails its test.

`page` and `page_nojs` are fresh visitors; `open_page(...)` opens more of them; `sign_in(page, user)` signs one in.
A console error, a script error, a failed or third-party request, or an answer of 500 and above fails the test;
`page.watch.forgive("words")` excuses what a test provokes on purpose.
"""

import os
import shutil
from urllib.parse import urlsplit

import pytest

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Watch:
    """Writes down what a page should not do."""

    def __init__(self, page, home: str):
        self.home = urlsplit(home).netloc
        self.complaints: list[str] = []
        self.forgiven: list[str] = []
        self.refused_documents: set[str] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def forgive(self, words: str) -> None:
        """Excuse complaints that contain these words."""
        self.forgiven.append(words)

    def check(self) -> None:
        """Fail with every complaint that is not excused."""
        left = [text for text in self.complaints if not any(words in text for words in self.forgiven)]
        assert not left, "the browser complains:\n" + "\n".join(left)

    def _console(self, message) -> None:
        # The browser logs each page that answers 4xx; what a page answers is the test's own business.
        if message.type == "error" and message.location.get("url") not in self.refused_documents:
            self.complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != self.home:
            self.complaints.append(f"third-party request: {request.url}")

    def _failed(self, request) -> None:
        # A navigation that becomes a download, or leaves while images load, is aborted, not failed.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"request failed: {request.url} ({request.failure})")

    def _response(self, response) -> None:
        if response.status >= 400 and response.request.resource_type == "document":
            self.refused_documents.add(response.url)
        if response.status >= 500:
            self.complaints.append(f"answer {response.status}: {response.url}")


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium. Its absence fails: a browser test that is skipped proves nothing."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES))), None)
    if not found:
        pytest.fail("Chromium is missing: apt install chromium, or CHROMIUM=/path/to/chrome", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def live_server(request):
    """The site over HTTP, with static files from whitenoise as in production, not from Django's finders."""
    from django.contrib.staticfiles import handlers
    from pytest_django.live_server_helper import LiveServer

    class PassThrough(handlers.StaticFilesHandler):
        def _should_handle(self, path):
            return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", PassThrough)
        server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def open_page(browser, live_server, settings):
    """Return a function that opens a page as a new visitor: `open_page(javascript=False, size=DESKTOP)`."""
    settings.SITE_URL = live_server.url
    opened = []

    def open_one(*, javascript: bool = True, size: dict = PHONE, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=size,
            java_script_enabled=javascript,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.watch = Watch(page, live_server.url)
        opened.append(page)
        return page

    yield open_one
    for page in opened:
        page.context.close()
    for page in opened:
        page.watch.check()


@pytest.fixture
def page(open_page):
    """A visitor with a phone."""
    return open_page()


@pytest.fixture
def page_nojs(open_page):
    """A visitor with a phone that runs no scripts."""
    return open_page(javascript=False)


@pytest.fixture
def desktop(open_page):
    """A visitor at a desk."""
    return open_page(size=DESKTOP)


@pytest.fixture
def sign_in(live_server):
    """Return a function that signs a person in without the form: `sign_in(page, user)`."""
    from django.conf import settings
    from django.test import Client

    def sign_one_in(page, user):
        # A client of its own: signing somebody else in would end the session of the one before.
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return page

    return sign_one_in
