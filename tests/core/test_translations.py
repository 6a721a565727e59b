"""English is complete: every Indonesian word of code and templates has its English one."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

SOURCES = ("kalibaru", "stakeholders", "issues", "initiatives", "templates")
IN_TEMPLATES = re.compile(r"""\{%\s*translate\s+"((?:[^"\\]|\\.)*)"|\b_\("((?:[^"\\]|\\.)*)"\)""")
IN_CODE = re.compile(r"""\b(?:_|gettext|gettext_lazy|pgettext)\(\s*"((?:[^"\\]|\\.)*)"\s*\)""")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


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


def test_every_marked_string_is_in_the_catalogue(catalogue):
    known = {message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue}
    missing = set()
    for folder in SOURCES:
        for path in (Path(settings.BASE_DIR) / folder).rglob("*"):
            pattern = {".html": IN_TEMPLATES, ".txt": IN_TEMPLATES, ".py": IN_CODE}.get(path.suffix)
            if pattern is None or "migrations" in path.parts:
                continue
            for groups in pattern.findall(path.read_text()):
                text = groups if isinstance(groups, str) else groups[0] or groups[1]
                text = text.replace('\\"', '"').replace("\\n", "\n")
                # The template tag escapes a lone per cent sign in the catalogue.
                if text and not {text, text.replace("%", "%%")} & known:
                    missing.add(f"{path.name}: {text}")
    assert not missing, "\n".join(sorted(missing))
