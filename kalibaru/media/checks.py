"""Is a file what it says? Judged by its content; its name only has to agree.

Each check raises ValidationError with a sentence that a person can act on.
"""

import struct
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

LARGE_SIDE = 1600
SMALL_SIDE = 640
# A document unpacks to at most this; beyond it is a bomb, or no document.
UNPACKED_MAX_BYTES = 300 * 1024 * 1024
UNPACKED_MAX_FILES = 5000
_PICTURES = ("JPEG", "PNG", "WEBP")
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, IndexError)


@dataclass(frozen=True)
class FileType:
    """A kind of document the portal takes. The first extension is the one it is kept under."""

    extensions: tuple[str, ...]
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileType(("pdf",), "application/pdf")
PNG = FileType(("png",), "image/png")
JPEG = FileType(("jpg", "jpeg"), "image/jpeg")
WEBP = FileType(("webp",), "image/webp")
CSV = FileType(("csv",), "text/csv")
TXT = FileType(("txt",), "text/plain")
_BY_MEMBER = {
    "word/document.xml": FileType(("docx",), _OFFICE + "wordprocessingml.document"),
    "xl/workbook.xml": FileType(("xlsx",), _OFFICE + "spreadsheetml.sheet"),
    "ppt/presentation.xml": FileType(("pptx",), _OFFICE + "presentationml.presentation"),
}
_BY_MIMETYPE = {
    f"application/vnd.oasis.opendocument.{word}": FileType((extension,), f"application/vnd.oasis.opendocument.{word}")
    for word, extension in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}
_ALIASES = {"image/jpeg": JPEG, "image/png": PNG, "image/webp": WEBP}
ATTACHMENT_EXTENSIONS = tuple(
    f".{extension}"
    for kind in (PDF, *_BY_MEMBER.values(), *_BY_MIMETYPE.values(), JPEG, PNG, WEBP, CSV, TXT)
    for extension in kind.extensions
)
# Macros and programs inside a document: compared in lower case.
_ACTIVE_PLACES = ("basic/", "scripts/", "xl/macrosheets/", "word/activex/", "xl/activex/", "ppt/activex/")
_ACTIVE_ENDINGS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".jar", ".scr", ".hta")


def check_size(upload: File) -> None:
    """Refuse an empty file, and one larger than the portal takes."""
    if not upload.size:
        raise ValidationError(_("Berkas ini kosong. Pilih berkas lain."), code="empty")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("Berkas ini terlalu besar. Ukuran paling besar %(limit)s MB."),
            code="too_large",
            params={"limit": settings.UPLOAD_MAX_BYTES // (1024 * 1024)},
        )


def open_picture(upload: File) -> Image.Image:
    """Return the decoded picture; its pixels are counted from the header, before anything is decoded."""
    check_size(upload)
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            # Our own limit is lower than the one Pillow warns about.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=_PICTURES)
        if picture.width * picture.height > settings.UPLOAD_MAX_PIXELS:
            raise _too_many_pixels()
        # A JPEG far larger than what is kept is decoded at a fraction of its size.
        picture.draft(None, (LARGE_SIDE, LARGE_SIDE))
        picture.load()
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except _BROKEN:
        raise ValidationError(
            _("Berkas ini bukan gambar, atau gambarnya rusak. Kirim gambar JPEG, PNG, atau WebP."),
            code="not_a_picture",
        ) from None
    finally:
        upload.seek(0)
    return picture


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("Gambar ini terlalu besar: lebih dari %(limit)s juta titik. Kecilkan dulu, lalu kirim lagi."),
        code="too_many_pixels",
        params={"limit": settings.UPLOAD_MAX_PIXELS // 1_000_000},
    )


def sniff(upload: File) -> FileType:
    """Return what a document is by its content; refuse other kinds, active content, and a name that says otherwise."""
    check_size(upload)
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    claimed = PurePath(upload.name or "").suffix.lstrip(".").lower()
    kind = _kind(upload, head, claimed)
    if claimed and claimed not in kind.extensions:
        raise ValidationError(
            _("Isi berkas ini bukan .%(claimed)s, tetapi .%(real)s. Simpan ulang dengan nama yang benar."),
            code="misnamed",
            params={"claimed": claimed[:10], "real": kind.extensions[0]},
        )
    return kind


def _kind(upload: File, head: bytes, claimed: str) -> FileType:
    if head.startswith(b"%PDF-"):
        return _pdf(upload)
    if head.startswith(b"PK\x03\x04"):
        return _packed(upload)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _("Berkas Office lama tidak bisa diterima. Simpan sebagai .docx, .xlsx, atau PDF."), code="old_office"
        )
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff")) or head[8:12] == b"WEBP":
        return _ALIASES.get(Image.MIME.get(open_picture(upload).format or "", ""), JPEG)
    return _text(upload, claimed)


def _refused() -> ValidationError:
    return ValidationError(
        _("Jenis berkas ini tidak bisa diterima. Kirim PDF, Word, Excel, LibreOffice, gambar, CSV, atau teks."),
        code="refused",
    )


def _broken() -> ValidationError:
    return ValidationError(_("Berkas ini rusak atau tidak lengkap. Coba simpan ulang, lalu kirim lagi."), code="broken")


def _pdf(upload: File) -> FileType:
    upload.seek(max(0, upload.size - 4096))
    tail = upload.read()
    upload.seek(0)
    if b"%%EOF" not in tail:
        raise _broken()
    return PDF


def _packed(upload: File) -> FileType:
    """Return the office type of a ZIP by its members; nothing but two small members is unpacked."""
    try:
        with zipfile.ZipFile(upload) as box:
            members = box.infolist()
            if len(members) > UNPACKED_MAX_FILES or sum(member.file_size for member in members) > UNPACKED_MAX_BYTES:
                raise _broken()
            names = {member.filename.lower() for member in members}
            if any(name.startswith(_ACTIVE_PLACES) or name.endswith(_ACTIVE_ENDINGS) for name in names):
                raise _active()
            if "mimetype" in names:
                kind = _BY_MIMETYPE.get(_start_of(box, "mimetype").decode("ascii", "replace").strip())
            else:
                kind = next((kind for name, kind in _BY_MEMBER.items() if name in names), None)
                if kind and b"macroenabled" in _start_of(box, "[Content_Types].xml").lower():
                    raise _active()
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, zlib.error, EOFError, ValueError):
        raise _broken() from None
    finally:
        upload.seek(0)
    if kind is None:
        raise _refused()
    return kind


def _start_of(box: zipfile.ZipFile, name: str) -> bytes:
    with box.open(name) as member:
        return member.read(200_000)


def _active() -> ValidationError:
    return ValidationError(
        _("Berkas ini berisi makro atau program. Simpan tanpa makro, atau kirim sebagai PDF."), code="active"
    )


def _text(upload: File, claimed: str) -> FileType:
    """Return CSV or TXT for plain text; text that a browser or a computer would run is refused."""
    kind = {"csv": CSV, "txt": TXT}.get(claimed)
    if kind is None:
        raise _refused()
    content = upload.read()
    upload.seek(0)
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in set(content)):
        raise _refused()
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"#!", b"mz")) or b"<script" in start:
        raise _refused()
    return kind
