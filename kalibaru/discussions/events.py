"""What happens in conversations, and who hears of it."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

from kalibaru.discussions.models import Comment
from kalibaru.notifications.events import EventKind, register_event
from kalibaru.notifications.models import Category, Event

COMMENT_ADDED = "discussions.comment_added"
REPORT_FILED = "discussions.report_filed"
COMMENT_HIDDEN = "discussions.comment_hidden"
COMMENT_SHOWN = "discussions.comment_shown_again"
COMMENT_WITHDRAWN = "discussions.comment_withdrawn"
REPORT_DISMISSED = "discussions.report_dismissed"


def _still_shown(events: Sequence[Event]) -> Collection[int]:
    """Return the events whose comment still stands: what was hidden is not sent or shown afterwards."""
    shown = {
        str(pk)
        for pk in Comment.objects.shown()
        .filter(pk__in=[event.payload["comment"] for event in events])
        .values_list("pk", flat=True)
    }
    return [event.pk for event in events if event.payload["comment"] in shown]


register_event(
    EventKind(
        COMMENT_ADDED,
        _("Komentar baru"),
        _("%(actor)s berkomentar pada %(subject)s"),
        category=Category.FOLLOWED,
        text="text",
        stands=_still_shown,
        on_timeline=False,
    ),
    EventKind(
        REPORT_FILED,
        _("Laporan komentar"),
        _("%(actor)s melaporkan sebuah komentar pada %(subject)s"),
        category=Category.MODERATION,
        text="note",
    ),
    EventKind(
        COMMENT_HIDDEN,
        _("Komentar disembunyikan"),
        _("Komentar Anda pada %(subject)s disembunyikan oleh sekretariat. Alasannya ada di bawah."),
        category=Category.DECISION,
        text="reason",
    ),
    EventKind(
        COMMENT_SHOWN,
        _("Komentar ditampilkan lagi"),
        _("%(actor)s menampilkan lagi sebuah komentar pada %(subject)s"),
        category=Category.MODERATION,
    ),
    EventKind(
        COMMENT_WITHDRAWN,
        _("Komentar ditarik"),
        _("%(actor)s menarik komentarnya pada %(subject)s"),
        category=Category.MODERATION,
    ),
    EventKind(
        REPORT_DISMISSED,
        _("Laporan tidak diterima"),
        _("%(actor)s membiarkan sebuah komentar tampil pada %(subject)s"),
        category=Category.MODERATION,
    ),
)
