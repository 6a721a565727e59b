"""Errors that a person should read about, and the pages that tell them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kalibaru.core.pace import please_wait

# Secrets are typed again, never written back into a page.
_NOT_TYPED = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"}


class Conflict(Exception):
    """Somebody else changed the row since the form was shown (answer 409). The message is for the person."""


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


def conflict(request: HttpRequest, message: str = "") -> HttpResponse:
    """409: not now, or changed by somebody else."""
    return error_page(
        request,
        409,
        _("Sudah berubah"),
        message or _("Keadaannya sudah berubah sejak halaman ini Anda buka. Muat ulang, lalu coba lagi."),
    )


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


def too_many(request: HttpRequest, wait: int = 3600) -> HttpResponse:
    """429: too often in a short time; `wait` is in seconds, the longest of our windows if it is not known.

    What was typed waits on the page, with a button that sends it again.
    """
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_TYPED]
    response = error_page(request, 429, _("Terlalu sering"), please_wait(wait), typed=typed)
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
