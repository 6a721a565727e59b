"""Catalogues compiled by Babel, because `msgfmt` is not on every machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_catalogues() -> list[Path]:
    """Compile every `.po` of LOCALE_PATHS that is newer than its `.mo`; return what was written."""
    written = []
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            with source.open("rb") as po:
                catalogue = read_po(po, locale=source.parts[-3])
            fresh = target.with_suffix(".mo.new")
            with fresh.open("wb") as mo:
                write_mo(mo, catalogue)
            fresh.replace(target)
            written.append(target)
    return written
