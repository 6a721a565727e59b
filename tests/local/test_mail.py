"""Mail of the local profile: files, and a viewer that shows them safely."""

import pytest
from django.core.mail import EmailMultiAlternatives

from kalibaru.local.mail import EmlFileBackend, stored_names


@pytest.fixture
def name(settings):
    """One stored message with text, HTML and an attachment."""
    message = EmailMultiAlternatives("Kabar <b>baru</b>", "Halo Rina", "hub@kalibaru.example", ["rina@warga.example"])
    message.attach_alternative("<p>Halo <script>alert(1)</script></p>", "text/html")
    message.attach("catatan.txt", "isi", "text/plain")
    assert EmlFileBackend().send_messages([message]) == 1
    return stored_names()[0]


def test_a_message_is_stored_whole_as_eml(name, settings):
    files = list(settings.MAIL_DIR.iterdir())
    assert [file.suffix for file in files] == [".eml"]
    assert b"Halo Rina" in files[0].read_bytes()


def test_newer_messages_stand_first(name, settings):
    EmlFileBackend().send_messages([EmailMultiAlternatives("Kedua", "x", None, ["a@b.example"])])
    assert stored_names()[1] == name


def test_the_mailbox_lists_and_escapes(client, db, name):
    page = client.get("/dev/mail/").content.decode()
    assert "rina@warga.example" in page
    assert "Kabar &lt;b&gt;baru&lt;/b&gt;" in page


def test_the_message_shows_text_and_frames_its_html(client, db, name):
    page = client.get(f"/dev/mail/{name}/").content.decode()
    assert "Halo Rina" in page
    assert "<script>alert(1)" not in page
    assert f'src="/dev/mail/{name}/html"' in page


def test_html_of_a_message_may_run_nothing(client, db, name):
    answer = client.get(f"/dev/mail/{name}/html")
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy


def test_an_attachment_is_a_download(client, db, name):
    answer = client.get(f"/dev/mail/{name}/attachment/0")
    assert answer["Content-Disposition"] == 'attachment; filename="catatan.txt"'
    assert answer.content == b"isi"


@pytest.mark.parametrize("tail", ["x/", "x/html", "x/attachment/0", "..%2Fsecret/"])
def test_an_unknown_message_is_not_found(client, db, tail):
    assert client.get(f"/dev/mail/{tail}").status_code == 404
