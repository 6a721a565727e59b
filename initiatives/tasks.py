"""Celery entry points: parse, call a service, nothing else. A second worker on the same rows does no harm."""

from celery import shared_task


@shared_task(name="initiatives.work_on_imports")
def work_on_imports() -> None:
    """Check and apply the spreadsheets that wait."""
    from initiatives.services.import_work import work_on_all

    work_on_all()
