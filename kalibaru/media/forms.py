"""Fields for pictures and documents. What is wrong with a file is said beside the field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kalibaru.media.checks import ATTACHMENT_EXTENSIONS, open_picture, sniff

_MB = settings.UPLOAD_MAX_BYTES // (1024 * 1024)


class ManyFilesInput(forms.FileInput):
    """A file input in which several files can be chosen."""

    allow_multiple_selected = True


class CheckedFileField(forms.FileField):
    """Base: runs `check` on each file, so that a wrong one is refused while the form can still be shown again."""

    default_error_messages = {
        "required": _("Pilih berkas dulu."),
        "invalid": _("Berkas tidak terkirim. Coba pilih lagi."),
        "missing": _("Berkas tidak terkirim. Coba pilih lagi."),
        "empty": _("Berkas ini kosong. Pilih berkas lain."),
        "max_length": _("Nama berkas ini terlalu panjang. Pendekkan namanya."),
    }
    check: Callable[[File], Any]
    accept = ""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.FileInput)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell the browser which files to offer."""
        return {**super().widget_attrs(widget), "accept": self.accept}

    def to_python(self, data: Any) -> File | None:
        """Return the upload after looking into it."""
        upload = super().to_python(data)
        if upload is not None:
            type(self).check(upload)
        return upload


class ManyFilesMixin:
    """Several files in one field: a list, each checked; names the file that is wrong."""

    def __init__(self, *, max_files: int = 10, **kwargs: Any):
        self.max_files = max_files
        kwargs.setdefault("widget", ManyFilesInput)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        """Return the uploads, an empty list for none."""
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not uploads:
            return [super().clean(None, initial)] if self.required else []
        if len(uploads) > self.max_files:
            raise ValidationError(
                ngettext(
                    "Kirim paling banyak %(limit)s berkas.", "Kirim paling banyak %(limit)s berkas.", self.max_files
                ),
                params={"limit": self.max_files},
            )
        errors: list[str] = []
        for upload in uploads:
            try:
                super().clean(upload, initial)
            except ValidationError as error:
                errors.extend(f"{upload.name[:60]}: {message}" for message in error.messages)
        if errors:
            raise ValidationError(errors)
        return uploads


class PhotoField(CheckedFileField):
    """One picture. With it, ask for a description (`alt`) in a field of its own."""

    check = staticmethod(open_picture)
    accept = "image/jpeg,image/png,image/webp"

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", _("Foto"))
        kwargs.setdefault(
            "help_text",
            format_lazy(_("JPEG, PNG, atau WebP, paling besar {mb} MB. Lokasi di dalam foto dihapus."), mb=_MB),
        )
        super().__init__(**kwargs)


class PhotosField(ManyFilesMixin, PhotoField):
    """Several pictures; the cleaned value is a list."""


class AttachmentField(CheckedFileField):
    """One document."""

    check = staticmethod(sniff)
    accept = ",".join(ATTACHMENT_EXTENSIONS)

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", _("Dokumen"))
        kwargs.setdefault(
            "help_text",
            format_lazy(
                _("PDF, Word, Excel, LibreOffice, gambar, CSV, atau teks, paling besar {mb} MB per berkas."), mb=_MB
            ),
        )
        super().__init__(**kwargs)


class AttachmentsField(ManyFilesMixin, AttachmentField):
    """Several documents; the cleaned value is a list."""
