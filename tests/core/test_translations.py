"""English is complete: every Indonesian word of code and templates has its English one."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import allauth
import pytest
import unfold
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

SOURCES = ("kalibaru", "stakeholders", "issues", "initiatives", "templates")
KEYWORDS = {
    "_": None,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def marked(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (context, msgid) of what a file marks for translation; the context is "" for most."""
    source = path.read_text()
    # Of a template only marked words and blanks are left, whose indentation means nothing.
    code = source if path.suffix == ".py" else " ".join(templatize(source).split("\n")).strip()
    for _line, words, _comments, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        yield context or "", words if isinstance(words, str) else words[0]


@pytest.fixture(scope="module")
def catalogue():
    with (Path(settings.BASE_DIR) / "locale/en/LC_MESSAGES/django.po").open("rb") as po:
        return read_po(po, locale="en")


def test_no_entry_is_empty_or_doubtful(catalogue):
    for message in catalogue:
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(strings), message.id
            assert not message.fuzzy, message.id


def test_placeholders_survive_translation(catalogue):
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            assert set(PLACEHOLDER.findall(message.id)) == set(PLACEHOLDER.findall(message.string)), message.id


def test_every_marked_string_is_in_the_catalogue_in_its_context(catalogue):
    known = {(m.context or "", m.id[0] if isinstance(m.id, tuple) else m.id) for m in catalogue}
    missing = {
        f"{path.name}: [{context}] {text}"
        for folder in SOURCES
        for path in (Path(settings.BASE_DIR) / folder).rglob("*")
        if path.suffix in {".html", ".txt", ".py"} and "migrations" not in path.parts
        for context, text in marked(path)
        if text and (context, text) not in known
    }
    assert not missing, "\n".join(sorted(missing))


def test_a_context_is_seen_in_code_and_in_templates(tmp_path):
    code, page = tmp_path / "a.py", tmp_path / "a.html"
    code.write_text('x = pgettext_lazy("satu", "Usulan"), _("Simpan " "dulu")')
    page.write_text(
        '{% translate "Usulan" context "satu" as x %}{% blocktranslate trimmed %} Hai\n {{ n }} {% endblocktranslate %}'
    )
    assert set(marked(code)) == {("satu", "Usulan"), ("", "Simpan dulu")}
    assert set(marked(page)) == {("satu", "Usulan"), ("", "Hai %(n)s")}


# --- words of the parts we use ---------------------------------------------------------------------
ALLAUTH = Path(allauth.__file__).parent
UNFOLD = Path(unfold.__file__).parent
# Said the same in both languages.
SAME = {"Media", "Passkey", "Status", "Logo", "Headless", "MFA", "WebAuthn", "token", "uid"}


def test_allauth_speaks_of_surel_only():
    with (ALLAUTH / "locale/id/LC_MESSAGES/django.po").open("rb") as po, translation.override("id"):
        shown = [
            translation.pgettext(m.context, m.id) if m.context else translation.gettext(m.id)
            for m in read_po(po, locale="id")
            if m.id and isinstance(m.id, str) and "ENTER" not in m.id
        ]
    mixed = [
        words for words in shown if re.search(r"\be-?mails?\b(?!\})", re.sub(r"%\(\w+\)s|\{\w+\}", "", words), re.I)
    ]
    assert not mixed, "\n".join(mixed)


def test_our_own_words_speak_of_surel_only(catalogue):
    said = [m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id]
    assert not [words for words in said if re.search(r"\be-?mail\b", re.sub(r"%\(\w+\)s", "", words), re.I)]


def test_every_word_of_the_back_office_is_indonesian():
    """unfold comes in English only; what Django does not know either is in our own catalogue."""
    english = set()
    with translation.override("id"):
        for path in (UNFOLD / "templates").rglob("*.html"):
            english |= {words for context, words in marked(path) if not context and translation.gettext(words) == words}
    counted = {words for words in english if "%(counter)s" in words or "entry" in words}
    assert not english - counted - SAME, "\n".join(sorted(english))


@pytest.mark.parametrize("word", ["This field is required.", "Enter a whole number.", "Enter a valid date."])
def test_a_field_is_refused_in_plain_words(word):
    with translation.override("id"):
        assert translation.gettext(word).startswith(("Isi ", "Tulis "))
    with translation.override("en"):
        assert translation.gettext(word) == word
