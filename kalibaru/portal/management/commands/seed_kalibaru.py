"""Fill the portal with what public sources say about Kalibaru; `--demo` adds the flagged demonstration set."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kalibaru.portal.seed.demo import seed_demo
from kalibaru.portal.seed.demo_people import demo_accounts_allowed
from kalibaru.portal.seed.history import seed_history
from kalibaru.portal.seed.organisations import seed_organisations
from kalibaru.portal.seed.places import seed_places
from kalibaru.portal.seed.problems import seed_problems


class Command(BaseCommand):
    """Run twice, it changes nothing; what people have edited since is left alone."""

    help = __doc__

    def add_arguments(self, parser):
        """Take --demo."""
        parser.add_argument(
            "--demo", action="store_true", help="also add demonstration accounts and content (local profile only)"
        )

    def handle(self, *args, demo=False, **options):
        """Seed in one transaction: all or nothing."""
        if demo and not demo_accounts_allowed():
            raise CommandError(
                "Demonstration accounts exist only in the local profile (KALIBARU_PROFILE=local, DEBUG on)."
            )
        with transaction.atomic():
            kalibaru = seed_places()
            organisations = seed_organisations(kalibaru)
            problems = seed_problems(kalibaru, organisations)
            seed_history(kalibaru, organisations, problems)
        if demo:
            with transaction.atomic():
                seed_demo(kalibaru)
        self.stdout.write("Isi Kalibaru siap." + (" Contoh peragaan siap." if demo else ""))
