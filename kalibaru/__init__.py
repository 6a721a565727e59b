"""Kalibaru HUB: where a place turns its priority problems into joint initiatives."""

from kalibaru.celery import app as celery_app

__all__ = ["celery_app"]
__version__ = "0.1.0"
