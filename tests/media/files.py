"""Files of every sort, made on the fly."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(file_format="JPEG", size=(60, 40), name=None, **save) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b4f5c").save(out, file_format, **save)
    return SimpleUploadedFile(name or f"foto.{file_format.lower()}", out.getvalue())


def huge_png(width=20_000, height=20_000) -> SimpleUploadedFile:
    """Return a valid PNG of a few kilobytes that would decode to `width` x `height` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\x00" * (1 + width // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return SimpleUploadedFile("besar.png", content)


def packed(name: str, members: dict[str, bytes]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for member, content in members.items():
            box.writestr(member, content)
    return SimpleUploadedFile(name, out.getvalue())


def docx(name="usulan.docx", **more) -> SimpleUploadedFile:
    return packed(name, {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


def pdf(name="usulan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n")
