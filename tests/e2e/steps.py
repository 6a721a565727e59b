"""What the journeys share: mail as a person reads it, and files as a browser uploads them."""

import io
import re

from PIL import Image
from playwright.sync_api import expect

PASSWORD = "kalibaru-hub-demo"


def words_of(message) -> str:
    """Return subject and plain text of a mail."""
    return f"{message['Subject']}\n{message.get_body(('plain',)).get_content()}"


def mails_to(sink, person) -> list[str]:
    """Return the words of each mail a person got."""
    return [words_of(message) for message in sink.to(getattr(person, "email", person))]


def code_in(text: str) -> str:
    """Return the sign-in code of a mail."""
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", text, re.MULTILINE)
    assert found, f"no code in: {text}"
    return found[1]


def picture(name: str = "foto.jpg") -> dict:
    """Return a small photo as a browser uploads it."""
    data = io.BytesIO()
    Image.new("RGB", (640, 480), "#1f7a5c").save(data, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": data.getvalue()}


def document(name: str = "akta.pdf") -> dict:
    """Return a small PDF as a browser uploads it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"}


def press(scope, name: str) -> None:
    """Press the one button with this name."""
    scope.get_by_role("button", name=name, exact=True).click()


def follow_link(scope, name: str) -> None:
    """Go where the first link with this name leads."""
    scope.get_by_role("link", name=name, exact=True).first.click()


def sees(scope, *texts: str) -> None:
    """Wait until each text is on the page."""
    for text in texts:
        expect(scope.get_by_text(text).first).to_be_visible()


def sign_up(page, sink, email: str, name: str, password: str = "") -> None:
    """Fill in the sign-up form and type the code that comes by mail."""
    page.get_by_label("Alamat surel").fill(email)
    page.get_by_label("Nama tampilan").fill(name)
    if password:
        page.get_by_label("Kata sandi").fill(password)
    page.get_by_label("Saya setuju data saya disimpan").check()
    press(page, "Daftar")
    page.wait_for_url(re.compile("confirm-email|verify"))
    page.locator("input[name=code]").fill(code_in(mails_to(sink, email)[-1]))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"^(?!.*(confirm-email|verify)).*$"))
