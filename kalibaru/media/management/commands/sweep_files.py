"""Remove stored files that no row names and that are older than a day."""

from django.core.management.base import BaseCommand

from kalibaru.media.sweeping import sweep


class Command(BaseCommand):
    """The same code that beat runs every night, for a look beforehand or by hand."""

    help = __doc__

    def add_arguments(self, parser):
        """Offer to look without touching."""
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args, **options):
        """Sweep, and name every file."""
        swept = sweep(dry_run=options["dry_run"])
        for name in swept.files:
            self.stdout.write(name)
        verb = "would go" if options["dry_run"] else "are gone"
        self.stdout.write(f"{swept.rows} loose rows and {len(swept.files)} files {verb}.")
