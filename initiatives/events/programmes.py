"""What can happen to a programme, and how it is told."""

from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.events import EventKind
from kalibaru.notifications.models import Category

LOGGED = "initiatives.programme_logged"
EDITED = "initiatives.programme_edited"
PUBLISHED = "initiatives.programme_published"
FINISHED = "initiatives.programme_finished"
NOTE_ADDED = "initiatives.programme_note_added"

KINDS = (
    EventKind(
        LOGGED,
        _("Rancangan program dibuat"),
        _("%(actor)s mencatat rancangan program “%(subject)s” atas nama %(organisation)s"),
        category=Category.ORGANISATION,
    ),
    EventKind(
        EDITED,
        _("Program diubah"),
        _("%(actor)s mengubah data program “%(subject)s”"),
        category=Category.ORGANISATION,
    ),
    EventKind(
        PUBLISHED,
        _("Program terbit"),
        _("%(organisation)s menerbitkan program “%(subject)s”"),
    ),
    EventKind(
        FINISHED,
        _("Program selesai"),
        _("%(organisation)s menyatakan program “%(subject)s” selesai"),
    ),
    EventKind(
        NOTE_ADDED,
        _("Catatan kemajuan program"),
        _("%(organisation)s mencatat kemajuan program “%(subject)s”"),
        text="note",
    ),
)
