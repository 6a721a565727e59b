"""What no form may carry is refused before anything reads it, in the reader's language."""

import pytest

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


def test_what_was_typed_survives_too_many_saves(client, yusuf, settings):
    settings.RATELIMIT_ENABLE = True
    client.force_login(yusuf)
    typed = {"title": "Contoh judul yang panjang", "approach": "Contoh <cara> kerja", "password": "rahasia"}
    responses = [client.post("/proposals/new/", typed) for _ in range(MOST_DRAFTS_AN_HOUR + 1)]
    response = responses[-1]
    page = response.content.decode()
    assert response.status_code == 429
    assert response["Retry-After"]
    assert "Contoh judul yang panjang" in page
    assert "Contoh &lt;cara&gt; kerja" in page
    assert "rahasia" not in page
