"""Documents: what is taken, under which name, and that they only leave as a download."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from kalibaru.media.checks import sniff
from kalibaru.media.services import clean_name, keep_attachment
from kalibaru.media.views import send_attachment
from tests.factories import UserFactory
from tests.media.files import docx, huge_png, packed, pdf, picture

pytestmark = pytest.mark.django_db


def text(name, content) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("upload", "content_type"),
    [
        (pdf(), "application/pdf"),
        (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            packed("a.xlsx", {"[Content_Types].xml": b"<T/>", "xl/workbook.xml": b"<w/>"}),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            packed("a.odt", {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
            "application/vnd.oasis.opendocument.text",
        ),
        (picture("PNG"), "image/png"),
        (picture("JPEG", name="surat.jpg"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        (text("a.csv", b"nama,jumlah\nRW 01,12\n"), "text/csv"),
        (text("a.txt", "Catatan — rapat".encode()), "text/plain"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_document_is_known_by_its_content(upload, content_type):
    assert sniff(upload).content_type == content_type


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (text("a.exe", b"MZ\x90\x00" + b"\x00" * 60), "refused"),
        (text("a.pdf", b"MZ\x90\x00" + b"\x00" * 60), "refused"),
        (text("a.txt", b"MZ\x90\x00" + b"\x00" * 60), "refused"),
        (text("a.html", b"<!doctype html><p>hai"), "refused"),
        (text("a.txt", b" \n<!doctype html><p>hai"), "refused"),
        (text("a.csv", b"<svg xmlns='x' onload='alert(1)'/>"), "refused"),
        (text("a.svg", b"<svg/>"), "refused"),
        (text("a.txt", b"#!/bin/sh\nrm -rf /"), "refused"),
        (text("a.bat", b"del *.*"), "refused"),
        (text("a.txt", b"a\x00b"), "refused"),
        (text("a.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600), "old_office"),
        (packed("a.zip", {"a.txt": b"x"}), "refused"),
        (docx("a.docm", **{"word/vbaProject.bin": b"x"}), "active"),
        (
            packed(
                "a.xlsx",
                {"[Content_Types].xml": b"<x ContentType='...sheet.macroEnabled.main+xml'/>", "xl/workbook.xml": b""},
            ),
            "active",
        ),
        (
            packed("a.xlsx", {"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/macrosheets/sheet1.xml": b""}),
            "active",
        ),
        (docx(**{"word/embeddings/setup.exe": b"MZ"}), "active"),
        (
            packed("a.odt", {"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/x.xml": b""}),
            "active",
        ),
        (docx("usulan.pdf"), "misnamed"),
        (picture("PNG", name="surat.pdf"), "misnamed"),
        (text("a.pdf", pdf().read()[:20]), "broken"),
        (text("a.docx", docx().read()[:60]), "broken"),
        (text("a.pdf", b""), "empty"),
        (huge_png(), "too_many_pixels"),
    ],
    ids=lambda value: getattr(value, "name", value if isinstance(value, str) else ""),
)
def test_what_is_not_a_document_is_refused_with_a_reason(upload, code):
    with pytest.raises(ValidationError) as caught:
        sniff(upload)
    assert caught.value.code == code
    assert "%(" not in caught.value.messages[0]


def test_document_that_unpacks_to_a_mountain_is_refused(monkeypatch):
    monkeypatch.setattr("kalibaru.media.checks.UNPACKED_MAX_BYTES", 1000)
    with pytest.raises(ValidationError) as caught:
        sniff(docx(**{"word/big.xml": b"0" * 2000}))
    assert caught.value.code == "broken"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\rina\\Usulan akhir.PDF", "Usulan akhir.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("surat\x00\r\n\u202egnp.pdf", "suratgnp.pdf"),
        ("...", "berkas.pdf"),
        ("", "berkas.pdf"),
        ("a" * 400 + ".pdf", "a" * 120 + ".pdf"),
    ],
)
def test_name_is_cleaned(given, kept):
    assert clean_name(given, "pdf") == kept


def test_document_is_kept_and_only_sent_as_a_download(rina):
    attachment = keep_attachment(pdf("Usulan; akhir.pdf"), actor=rina)
    assert attachment.size == len(pdf().read())
    assert len(attachment.sha256) == 64
    assert "Usulan" not in attachment.file.name
    response = send_attachment(attachment)
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_document_has_no_public_address(rina, client):
    attachment = keep_attachment(pdf(), actor=rina)
    assert client.get(attachment.file.url).status_code == 404


@pytest.mark.parametrize(
    ("situation", "allowed"),
    [
        ("anonymous", False),
        ("resident", True),
        ("verified member", True),
        ("government member", True),
        ("moderator", True),
        ("blocked", False),
    ],
)
def test_who_may_bring_a_file(situation, allowed, rina, yusuf, dewi, maya):
    from django.contrib.auth.models import AnonymousUser

    actor = {
        "anonymous": AnonymousUser(),
        "resident": rina,
        "verified member": yusuf,
        "government member": dewi,
        "moderator": maya,
        "blocked": UserFactory(is_active=False),
    }[situation]
    if allowed:
        assert keep_attachment(pdf(), actor=actor).pk
    else:
        with pytest.raises(PermissionDenied):
            keep_attachment(pdf(), actor=actor)
