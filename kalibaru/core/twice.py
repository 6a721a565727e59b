"""The second of two clicks is answered as the first was: an error page after a success would only frighten."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac

# For so long the very same form, sent by the same person to the same address, counts as the same click.
SECONDS = 60
# What a deed that is done already answers: wrong by now, gone, or not now.
_TOO_LATE = (400, 404, 409)
# How long the second click waits for the answer to the first, if both came at once.
_WAIT, _PAUSE = 2.0, 0.05
_RUNNING = "running"


class SecondClick:
    """Lead a form that came twice, and of which the second is refused, to where the first one led.

    Every deed refuses by itself to be done twice; this decides only what the person reads. Nothing is kept but a
    hash of the form and an address of this site; without the cache the second click gets its error page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = getattr(request, "_click", None)
        if key is None:
            return response
        if response.status_code == 302:
            cache.set(key, response["Location"], SECONDS)
        elif request._is_first_click:  # type: ignore[attr-defined]
            cache.delete(key)
        elif response.status_code in _TOO_LATE and (address := _first_answer(key)):
            return HttpResponseRedirect(address)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Note the form, once the check against forgery has read it."""
        if request.method == "POST" and request.user.is_authenticated:
            request._click = _key(request)  # type: ignore[attr-defined]
            request._is_first_click = cache.add(request._click, _RUNNING, SECONDS)  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> str:
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, file.name, file.size) for name, files in request.FILES.lists() for file in files)
    form = repr((request.user.pk, request.get_full_path(), typed, files))
    return f"click:{salted_hmac('kalibaru.core.twice', form, algorithm='sha256').hexdigest()}"


def _first_answer(key: str) -> str | None:
    """Return where the first click led, waiting a moment if it is still at work; None if it led nowhere."""
    until = time.monotonic() + _WAIT
    while (answer := cache.get(key)) == _RUNNING:
        if time.monotonic() > until:
            return None
        time.sleep(_PAUSE)
    return answer
