"""What moderators mend in the back office is an event too: on the internal timeline, and the end of kept pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kalibaru.core.admin import after_back_office_save
from kalibaru.core.subjects import kind_of
from kalibaru.notifications.events import EventKind, publish, register_event
from kalibaru.notifications.models import Category, Event

MENDED = "notifications.mended_in_back_office"


def register() -> None:
    """Have every save of a subject in the back office recorded."""
    register_event(
        EventKind(
            MENDED,
            _("Diperbaiki di halaman pengurus"),
            _("%(actor)s memperbaiki data “%(subject)s” di halaman pengurus."),
            category=Category.MODERATION,
        )
    )
    after_back_office_save(_record)


def _record(row: Any, actor: Any) -> None:
    try:
        kind_of(row)
    except KeyError:
        # Not on any timeline: its history table and the back office's own log hold who changed what.
        return
    publish(MENDED, row, actor=actor, audience=Event.Audience.MODERATORS)
