"""Static files: one stylesheet for the browser, many short files for the reader of the code."""

from pathlib import Path

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"


def bundled_css() -> str:
    """Return static/css/**/*.css joined in the order that css/site.order lists them."""
    folder = Path(settings.STATICFILES_DIRS[0]) / "css"
    names = [
        line
        for line in (folder / "site.order").read_text().split("\n")
        if line and not line.startswith("#")
    ]
    return "\n".join((folder / name).read_text() for name in names)


class BundledStaticStorage(CompressedManifestStaticFilesStorage):
    """Join the stylesheets into one file, then hash and compress everything."""

    def post_process(self, paths, dry_run=False, **options):
        """Write the joined stylesheet over the placeholder before names are hashed."""
        if not dry_run and BUNDLE in paths:
            Path(self.path(BUNDLE)).write_text(bundled_css())
        yield from super().post_process(paths, dry_run=dry_run, **options)
