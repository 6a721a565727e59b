"""Migrations of an empty database in half the time: a person waits for the first start, and each test run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import CharField
from django_fsm import FSMFieldMixin

STATE_MODEL = "__fake__"


@contextmanager
def quick_migrations() -> Iterator[None]:
    """Spare what only costs time while thousands of historical models are made and thrown away.

    Each state field listens to every model class ever made after it, which grows with the square of their number;
    historical models have no transitions to find. The collector of cycles looks at all of them again and again.
    """
    contribute = FSMFieldMixin.contribute_to_class

    def without_listening(self, cls, name, **options):
        if cls.__module__ == STATE_MODEL:
            CharField.contribute_to_class(self, cls, name, **options)
        else:
            contribute(self, cls, name, **options)

    FSMFieldMixin.contribute_to_class = without_listening
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        FSMFieldMixin.contribute_to_class = contribute
