"""Errors that a person should read about, and the pages that tell them."""

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kalibaru.core.pace import please_wait

# Secrets are typed again, never written back into a page.
_SECRET = re.compile(r"password|secret|token|(^|_)code$", re.IGNORECASE)
# What a form carries for itself; nobody typed it and nobody misses it.
_CARRIED = re.compile(r"^(submission_key|version|next)$|_FORMS$")
# What is longer, or has a space in it, was composed; the rest are figures, dates and choices.
_SHORT = 24


class Conflict(Exception):
    """Somebody else changed the row since the form was shown (answer 409). The message is for the person.

    url: where the person can go on, if there is such a place.
    """

    def __init__(self, message: str, *, url: str = ""):
        super().__init__(message)
        self.url = url


class PlainRefusal(Exception):
    """An address of a file that cannot be read (answer 400, as plain text). The message is for the person."""


def error_page(request: HttpRequest, status: int, title: str, message: str, **more: Any) -> HttpResponse:
    """Render the one error template with a status and two sentences; `more` is for the template."""
    return render(
        request,
        "error.html",
        {"status": status, "title": title, "message": message, **more},
        status=status,
    )


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return error_page(
        request,
        400,
        _("Permintaan tidak bisa dibaca"),
        _("Periksa alamat atau isian Anda, lalu coba lagi."),
    )


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: a person without the right."""
    return error_page(
        request,
        403,
        _("Anda tidak punya hak untuk ini"),
        _("Akun Anda tidak berhak membuka atau mengubah halaman ini. Jika menurut Anda keliru, hubungi sekretariat."),
    )


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: no such page, or not for this reader."""
    return error_page(
        request,
        404,
        _("Halaman tidak ditemukan"),
        _("Alamatnya mungkin salah, atau isinya sudah dipindah atau belum terbit."),
    )


def conflict(request: HttpRequest, message: str = "", url: str = "") -> HttpResponse:
    """409: not now, or changed by somebody else. What was typed stands on the page, to be copied from there."""
    message = message or _("Keadaannya sudah berubah sejak halaman ini Anda buka. Muat ulang, lalu coba lagi.")
    composed, short = _written(request)
    return error_page(
        request, 409, _("Sudah berubah"), message, composed=composed, short=short, way_on=url or _came_from(request)
    )


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in pairs if not _SECRET.search(name)]


def _written(request: HttpRequest) -> tuple[list[str], list[str]]:
    """Return what a person typed: texts, and short values. Not what the form carried, nor keys of rows chosen."""
    typed = [value.strip() for name, value in _typed(request) if not _CARRIED.search(name)]
    values = [value for value in dict.fromkeys(typed) if value and not _is_key(value)]
    composed = [value for value in values if len(value) > _SHORT or " " in value or "\n" in value]
    # Without any text there is nothing that choosing again would not bring back.
    return composed, [value for value in values if value not in composed] if composed else []


def _is_key(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _came_from(request: HttpRequest) -> str:
    """Return the page of this site that sent the form, unless it is the very address that answers so."""
    url = request.headers.get("referer", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe and urlsplit(url).path != request.path else ""


def too_long(request: HttpRequest) -> HttpResponse:
    """414: an address that nobody can have typed."""
    return error_page(
        request,
        414,
        _("Alamat terlalu panjang"),
        _("Pendekkan kata kunci atau kurangi saringan, lalu coba lagi."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than the server takes."""
    return error_page(
        request,
        413,
        _("Kiriman terlalu besar"),
        _("Kecilkan berkas atau teks Anda, lalu kirim lagi."),
    )


def too_old(request: HttpRequest, what_to_do: str) -> HttpResponse:
    """403: a signed link of a letter that has expired or was changed."""
    return error_page(request, 403, _("Tautan sudah kedaluwarsa"), what_to_do)


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """429: too often in a short time; `wait` is in seconds.

    What was typed waits on the page, with a button that sends it again.
    """
    response = error_page(request, 429, _("Terlalu sering"), please_wait(wait), typed=_typed(request))
    response["Retry-After"] = str(wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake. The template needs no database."""
    return error_page(
        request,
        500,
        _("Ada kesalahan pada kami"),
        _("Kami sudah mencatatnya. Coba lagi beberapa saat lagi."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is older than the session."""
    return error_page(
        request,
        403,
        _("Formulir sudah kedaluwarsa"),
        _("Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi. Isian Anda biasanya masih ada di sana."),
    )
