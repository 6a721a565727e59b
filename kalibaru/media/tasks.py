"""Celery entry points: parse, call a service, nothing else."""

from celery import shared_task


@shared_task(name="media.sweep_files")
def sweep_files() -> None:
    """Take away what nobody points to any more."""
    from kalibaru.media.sweeping import sweep

    sweep()
