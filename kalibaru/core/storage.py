"""Static files: one stylesheet for the browser, many short files for the reader of the code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def bundled_css() -> str:
    """Return the files that static/css/site.order lists, joined in that order, without comments."""
    folder = Path(settings.STATICFILES_DIRS[0]) / "css"
    names = [line.strip() for line in (folder / "site.order").read_text().splitlines()]
    parts = ((folder / name).read_text() for name in names if name and not name.startswith("#"))
    return _COMMENT.sub("", "\n".join(parts))


class BundleFinder(BaseFinder):
    """Offer the joined stylesheet as `css/site.css`, to collectstatic and to the development server alike."""

    def __init__(self, *args: Any, **kwargs: Any):
        self.storage = FileSystemStorage(location=settings.LOCAL_DIR / "bundle")

    def check(self, **kwargs: Any) -> list:
        """Nothing can be misconfigured."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:
        """Return where the joined stylesheet lies, joining it anew if a part has changed."""
        if path != BUNDLE:
            return []
        target = Path(self.storage.path(BUNDLE))
        css = bundled_css()
        if not target.is_file() or target.read_text() != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(css)
        return [str(target)] if find_all else str(target)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Give collectstatic the one file."""
        self.find(BUNDLE)
        yield BUNDLE, self.storage


class BundledStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed names; plain names as long as collectstatic has not run at all."""

    def stored_name(self, name: str) -> str:
        """Return the hashed name; a name missing from an existing manifest is an error."""
        return super().stored_name(name) if self.hashed_files else name
