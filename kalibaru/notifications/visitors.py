"""Pages that are the same for every reader without an account are rendered once, until something happens."""

import zlib
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from kalibaru.notifications.models import Event

LONGEST_ADDRESS = 500
View = Callable[..., HttpResponse]
# Plain SQL: this one query is half of what a kept page costs.
_NEWEST = f"SELECT max(id) FROM {Event._meta.db_table}"  # noqa: S608  (no input)


class Shelf:
    """The pages asked for last, within this process, for a few seconds: nearer than the cache server."""

    def __init__(self, pages: int = 64, seconds: float = 5):
        self._pages, self._seconds = pages, seconds
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        """Return the page unless it is too old."""
        until, page = self._kept.get(key, (0.0, b""))
        return page if until > monotonic() else None

    def put(self, key: str, page: bytes) -> None:
        """Keep the page; the oldest makes room."""
        self._kept.pop(key, None)
        self._kept[key] = (monotonic() + min(self._seconds, settings.VISITOR_PAGE_SECONDS), page)
        while len(self._kept) > self._pages:
            try:
                self._kept.popitem(last=False)
            except KeyError:
                return


_shelf = Shelf()


def same_for_visitors(view: View) -> View:
    """Keep the page for readers without a session until the next event of any kind.

    Every deed writes one event in its own transaction, so the newest event's number is the version of all that
    the public sees. What changes without an event (a correction in the back office, "5 minutes ago") is at most
    VISITOR_PAGE_SECONDS old. A page that holds a form token, sets a cookie, or is not a plain 200 is never kept.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_visitor(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        page = _shelf.get(key)
        if page is None and (packed := cache.get(key)):
            page = zlib.decompress(packed)
            _shelf.put(key, page)
        if page is not None:
            response = HttpResponse(page)
        else:
            response = view(request, *args, **kwargs)
            if _may_keep(request, response):
                cache.set(key, zlib.compress(response.content, 1), settings.VISITOR_PAGE_SECONDS)
                _shelf.put(key, response.content)
        patch_vary_headers(response, ["Cookie"])
        return response

    return kept


def is_visitor(request: HttpRequest) -> bool:
    """Whether this reader sees what everybody sees: no session, no message waiting, an address of ordinary length."""
    return (
        settings.VISITOR_PAGE_SECONDS > 0
        and request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and CookieStorage.cookie_name not in request.COOKIES
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _key(request: HttpRequest) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        (newest,) = cursor.fetchone()
    parts = (
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        get_language(),
        request.headers.get("HX-Request", ""),
        timezone.localdate(),
        newest,
    )
    return f"visitors:{sha256(repr(parts).encode()).hexdigest()}"


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and response.headers["Content-Type"].startswith("text/html")
    )
