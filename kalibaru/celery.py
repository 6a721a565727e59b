"""Celery application. PostgreSQL holds every fact; a lost broker only delays what beat will poke again."""

import os
import sys

from celery import Celery
from celery.signals import beat_init, celeryd_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalibaru.settings")

app = Celery("kalibaru")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def _refuse_unsafe_start(**_kwargs):
    """Celery logs an exception of a receiver and goes on; only an exit stops it."""
    from kalibaru.guard import refuse_unsafe_start

    try:
        refuse_unsafe_start()
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
