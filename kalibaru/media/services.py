"""Keep what a person brings: checked, re-encoded, under a name nobody can guess.

Call these before the transaction of the deed that uses the file, never inside: a rolled back transaction
would leave a file that no row knows.
"""

import hashlib
import io
import re
import unicodedata
import uuid
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any, TypeVar
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from kalibaru.core.access import require
from kalibaru.core.models import OnceRow
from kalibaru.core.services import create_once, made_before
from kalibaru.media.checks import LARGE_SIDE, SMALL_SIDE, open_picture, sniff
from kalibaru.media.models import Attachment, Photo

T = TypeVar("T", bound=OnceRow)


def keep_photo(upload: File, *, actor: Any, alt: str) -> Photo:
    """Keep a picture as WebP in two sizes, upright and without EXIF (place, time, camera).

    Raises ValidationError if it is no picture, broken, or too large.
    """
    require(actor, "media.keep_file")
    picture = _upright(open_picture(upload))
    name = uuid.uuid4().hex
    photo = Photo(alt=" ".join(alt.split())[:200], created_by=actor)
    large, small = _fitted(picture, LARGE_SIDE), _fitted(picture, SMALL_SIDE)
    photo.image.save(f"{name}.webp", _webp(large), save=False)
    photo.small.save(f"{name}-small.webp", _webp(small), save=False)
    (photo.width, photo.height), (photo.small_width, photo.small_height) = large.size, small.size
    return _saved_with_files(photo, photo.image, photo.small)


def create_once_with_photos(
    model: type[T],
    key: UUID | None,
    photos: Iterable[tuple[File, str]],
    create: Callable[[list[Photo]], T],
    *,
    actor: Any,
) -> tuple[T, bool]:
    """Like `create_once`, for a row that brings photos, each given as (file, description).

    They are re-encoded before the transaction, and given to `create`; those of a repeated form are dropped again.
    """
    if existing := made_before(model, key, actor):
        return existing, False
    kept = [keep_photo(upload, actor=actor, alt=alt) for upload, alt in photos]
    row, made = create_once(model, key, lambda: create(kept), actor=actor)
    if not made:
        Photo.objects.filter(pk__in=[photo.pk for photo in kept]).delete()
    return row, made


def keep_attachment(upload: File, *, actor: Any) -> Attachment:
    """Keep a document as it is, under a cleaned name. Raises ValidationError if its content is not acceptable."""
    require(actor, "media.keep_file")
    kind = sniff(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    attachment = Attachment(
        name=clean_name(upload.name or "", kind.extensions[0]),
        content_type=kind.content_type,
        size=upload.size,
        sha256=digest.hexdigest(),
        created_by=actor,
    )
    attachment.file.save(f"{uuid.uuid4().hex}.{kind.extensions[0]}", upload, save=False)
    return _saved_with_files(attachment, attachment.file)


def clean_name(name: str, extension: str) -> str:
    """Return a file name without folders, control or direction characters, with the extension of its real type."""
    stem = PurePath(name.replace("\\", "/")).stem
    stem = "".join(sign for sign in unicodedata.normalize("NFC", stem) if unicodedata.category(sign)[0] != "C")
    stem = re.sub(r'[<>:"/\\|?*\s]+', " ", stem).strip(" .")[:120]
    return f"{stem or 'berkas'}.{extension}"


def _saved_with_files(row: Any, *files: Any) -> Any:
    try:
        row.save()
    except Exception:
        for file in files:
            file.delete(save=False)
        raise
    return row


def _upright(picture: Image.Image) -> Image.Image:
    picture = ImageOps.exif_transpose(picture)
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if transparent else "RGB")


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    """Return a copy that fits a square of `side`, never enlarged, with no metadata."""
    copy = picture.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    copy.info.clear()
    return copy


def _webp(picture: Image.Image) -> ContentFile:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    return ContentFile(out.getvalue())
