"""Answers in the reader's language for whatever goes wrong on the way to a view and back."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language_from_path, override
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from kalibaru.core import errors
from kalibaru.core.pace import TooOften

GetResponse = Callable[[HttpRequest], HttpResponse]


class PlainInput:
    """Refuse what no view can use before anything reads it: NUL bytes, too long an address, too large a form."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return self._refuse(request, errors.bad_request)
        if len(request.get_full_path()) > settings.LONGEST_ADDRESS:
            return self._refuse(request, errors.too_long)
        if _body_size(request) > _most_bytes(request):
            # Later, the CSRF check would be the first to read the body, and would answer 400.
            return self._refuse(request, errors.too_large)
        return self.get_response(request)

    def _refuse(self, request: HttpRequest, page: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
        language = get_language_from_path(request.path) or settings.LANGUAGE_CODE
        request.META["QUERY_STRING"] = ""
        request.path = request.path_info = "/"
        request.user = AnonymousUser()
        with override(language):
            return page(request)


def _body_size(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0


def _most_bytes(request: HttpRequest) -> int:
    if request.content_type == "multipart/form-data":
        return settings.UPLOAD_MAX_BYTES * settings.UPLOAD_MAX_FILES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy everywhere; the back office alone gets what its theme needs."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if "/admin/" in request.path[:10]:
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
                "style-src": ["'self'", "'unsafe-inline'"],
            }
        return super().process_response(request, response)


class PersonErrors:
    """Turn exceptions into pages that say what happened, with the right status, in every profile."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and b"DEBUG = True" in getattr(response, "content", b""):
            return errors.not_found(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case TooOften():
                return errors.too_many(request, exception.wait)
            case PermissionDenied():
                return errors.forbidden(request)
            case Http404():
                return errors.not_found(request)
            case TransitionNotAllowed() | ConcurrentTransition():
                return errors.conflict(request)
            case errors.Conflict():
                return errors.conflict(request, str(exception), exception.url)
            case errors.PlainRefusal():
                return HttpResponse(str(exception), status=400, content_type="text/plain; charset=utf-8")
            case RequestDataTooBig():
                return errors.too_large(request)
            case MultiPartParserError():
                return errors.bad_request(request)
        return None
