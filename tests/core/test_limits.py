"""What no form may carry is refused before anything reads it, in the reader's language."""

import socket
import subprocess
import sys

import pytest

from kalibaru.core.pace import wait_words

MOST_DRAFTS_AN_HOUR = 300
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("prefix", "words"), [("", "Kiriman terlalu besar"), ("/en", "too large")])
def test_a_far_too_large_form_is_told_so(client, settings, prefix, words):
    body = "q=" + "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = client.post(f"{prefix}/accounts/login/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert words in response.content.decode()


@pytest.mark.parametrize("address", ["/?q=%00", "/a%00b/", "/en/issues/?q=%00"])
def test_a_nul_byte_in_an_address_is_told_so(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(("prefix", "words"), [("", "Alamat terlalu panjang"), ("/en", "The address is too long")])
def test_a_far_too_long_address_is_told_so(client, settings, prefix, words):
    response = client.get(f"{prefix}/search/?q={'a' * settings.LONGEST_ADDRESS}")
    assert response.status_code == 414
    assert words in response.content.decode() and "aaaaaaaa" not in response.content.decode()


@pytest.mark.parametrize(("length", "status"), [(10_000, b"404 "), (30_000, b"414 ")])
def test_the_real_server_lets_a_long_address_through_to_us(length, status):
    command = ["gunicorn", "--config", "python:kalibaru.server", "--bind", "fd://{}", "--no-control-socket"]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [part.format(listener.fileno()) for part in command]
        process = subprocess.Popen([sys.executable, "-m", *command, "kalibaru.wsgi"], pass_fds=[listener.fileno()])
        try:
            with socket.create_connection(listener.getsockname(), timeout=50) as line:
                line.sendall(b"GET /en/tidak-ada/?q=%s HTTP/1.0\r\nHost: localhost\r\n\r\n" % (b"a" * length))
                answer = b"".join(iter(lambda: line.recv(65_536), b""))
        finally:
            process.terminate()
            process.wait(20)
    assert answer.partition(b" ")[2].startswith(status) and b'lang="en"' in answer


def test_what_was_typed_survives_too_many_saves(client, yusuf, settings):
    settings.RATELIMIT_ENABLE = True
    client.force_login(yusuf)
    typed = {"title": "Contoh judul yang panjang", "approach": "Contoh <cara> kerja", "password": "rahasia"}
    responses = [client.post("/proposals/new/", typed) for _ in range(MOST_DRAFTS_AN_HOUR + 1)]
    response = responses[-1]
    page = response.content.decode()
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert f"Tunggu {wait_words(int(response['Retry-After']))}" in page
    assert "Contoh judul yang panjang" in page
    assert "Contoh &lt;cara&gt; kerja" in page
    assert "rahasia" not in page


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 detik"), (59, "59 detik"), (60, "1 menit"), (61, "2 menit"), (3600, "60 menit")]
)
def test_a_wait_is_rounded_up_never_down(seconds, words):
    assert wait_words(seconds) == words
