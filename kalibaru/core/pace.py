"""How often somebody may do something, and how long to wait when it was too often."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django_ratelimit import ALL
from django_ratelimit.core import get_usage
from django_ratelimit.exceptions import Ratelimited

View = Callable[..., HttpResponse]
_MINUTE = 60


class TooOften(Ratelimited):
    """Raised by a view that is asked too often; `wait` says after how many seconds it answers again."""

    def __init__(self, wait: int):
        super().__init__()
        self.wait = wait


def seconds_to_wait(request: HttpRequest, *, group: str, rate: str, key: Any = "user_or_ip") -> int:
    """Count this request; return 0 if it is welcome, else the seconds until the next one is."""
    return _wait(get_usage(request, group=group, key=key, rate=rate, increment=True))


def ratelimit(*, key: str, rate: str, method: Any = ALL) -> Callable[[View], View]:
    """Let a view answer at most `rate` requests of a person or an address, such as "30/h"."""

    def decorate(view: View) -> View:
        @wraps(view)
        def paced(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = _wait(get_usage(request, fn=view, key=key, rate=rate, method=method, increment=True))
            if wait:
                raise TooOften(wait)
            return view(request, *args, **kwargs)

        return paced

    return decorate


def _wait(usage: dict[str, Any] | None) -> int:
    if usage is None or not usage["should_limit"]:
        return 0
    # Without a counter (the cache is away) the length is not known; a minute is the shortest of our windows.
    return max(1, int(usage["time_left"])) if usage["time_left"] >= 0 else _MINUTE


def wait_words(seconds: int) -> str:
    """Return the wait as people say it, rounded up: 40 detik, 1 menit, 57 menit."""
    if seconds < _MINUTE:
        return ngettext("%(n)d detik", "%(n)d detik", seconds) % {"n": seconds}
    minutes = -(-seconds // _MINUTE)
    return ngettext("%(n)d menit", "%(n)d menit", minutes) % {"n": minutes}


def please_wait(seconds: int) -> str:
    """Return the sentence for whoever was too quick."""
    return gettext("Tunggu %(wait)s, lalu coba lagi.") % {"wait": wait_words(seconds)}
