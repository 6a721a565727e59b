"""Compile the catalogues in locale/ without system tools."""

from django.core.management.base import BaseCommand

from kalibaru.core.translations import compile_catalogues


class Command(BaseCommand):
    help = "Compile locale/**/*.po to .mo with Babel."
    requires_system_checks = []

    def handle(self, *args, **options):
        for path in compile_catalogues():
            self.stdout.write(f"compiled {path.parts[-3]}/{path.name}")
