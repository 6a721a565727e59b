"""Celery application. PostgreSQL holds every fact; a lost broker only delays what beat will poke again."""

import os

from celery import Celery
from celery.signals import celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalibaru.settings")

app = Celery("kalibaru")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
def _refuse_unsafe_worker(**_kwargs):
    from kalibaru.guard import refuse_unsafe_start

    refuse_unsafe_start()
