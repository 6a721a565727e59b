"""What can happen to a proposal, and how it is told."""

from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.events import EventKind
from kalibaru.notifications.models import Category

DRAFTED = "initiatives.proposal_drafted"
SAVED = "initiatives.proposal_saved"
FILE_ADDED = "initiatives.proposal_file_added"
FILE_REMOVED = "initiatives.proposal_file_removed"
SUBMITTED = "initiatives.proposal_submitted"
WITHDRAWN = "initiatives.proposal_withdrawn"
TAKEN = "initiatives.proposal_taken_under_review"
ASKED = "initiatives.proposal_clarification_asked"
ANSWERED = "initiatives.proposal_clarification_answered"
DECLINED = "initiatives.proposal_declined"
ACCEPTED = "initiatives.proposal_accepted"
REVIEWER_NAMED = "initiatives.proposal_reviewer_named"
MESSAGE = "initiatives.proposal_message_written"
INTERNAL_MESSAGE = "initiatives.proposal_internal_message_written"
INVITED = "initiatives.co_sponsor_invited"
JOINED = "initiatives.co_sponsor_joined"
REFUSED = "initiatives.co_sponsor_refused"
LEFT = "initiatives.co_sponsor_left"

KINDS = (
    EventKind(
        DRAFTED,
        _("Rancangan usulan dibuat"),
        _("%(actor)s membuat rancangan usulan “%(subject)s” atas nama %(organisation)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        SAVED,
        _("Isi usulan diubah"),
        _("%(actor)s mengubah isi usulan “%(subject)s”."),
        Category.ORGANISATION,
        on_timeline=False,
    ),
    EventKind(
        FILE_ADDED,
        _("Berkas ditambahkan"),
        _("%(actor)s menambahkan berkas %(file)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        FILE_REMOVED,
        _("Berkas dihapus"),
        _("%(actor)s menghapus berkas %(file)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        SUBMITTED,
        _("Usulan diajukan"),
        _("%(organisation)s mengajukan usulan “%(subject)s”."),
        Category.MODERATION,
    ),
    EventKind(
        WITHDRAWN,
        _("Usulan ditarik"),
        _("%(organisation)s menarik kembali usulan “%(subject)s”."),
        Category.ORGANISATION,
        text="reason",
    ),
    EventKind(
        TAKEN,
        _("Usulan mulai ditinjau"),
        _("Usulan “%(subject)s” mulai ditinjau."),
        Category.ORGANISATION,
    ),
    EventKind(
        ASKED,
        _("Perlu penjelasan"),
        _("Peninjau meminta penjelasan tentang usulan “%(subject)s”."),
        Category.DECISION,
        text="question",
    ),
    EventKind(
        ANSWERED,
        _("Penjelasan diberikan"),
        _("%(organisation)s memberi penjelasan tentang usulan “%(subject)s”."),
        Category.MODERATION,
        text="answer",
    ),
    EventKind(
        DECLINED,
        _("Usulan ditolak"),
        _("Usulan “%(subject)s” ditolak. Alasannya ada di bawah ini."),
        Category.DECISION,
        text="reason",
    ),
    EventKind(
        ACCEPTED,
        _("Usulan diterima"),
        _("Usulan “%(subject)s” diterima dan menjadi inisiatif bersama."),
        Category.DECISION,
        text="reason",
    ),
    EventKind(
        REVIEWER_NAMED,
        _("Peninjau ditunjuk"),
        _("%(reviewer)s ditunjuk untuk meninjau usulan “%(subject)s”."),
        Category.DECISION,
    ),
    EventKind(
        MESSAGE,
        _("Pesan baru tentang usulan"),
        _("%(actor)s menulis pesan tentang usulan “%(subject)s”."),
        Category.ORGANISATION,
        text="body",
    ),
    EventKind(
        INTERNAL_MESSAGE,
        _("Catatan peninjau"),
        _("%(actor)s menulis catatan peninjau tentang usulan “%(subject)s”."),
        Category.MODERATION,
        text="body",
    ),
    EventKind(
        INVITED,
        _("Undangan menjadi pendamping"),
        _("%(organisation)s mengundang %(invited)s mendukung usulan “%(subject)s”."),
        Category.DECISION,
    ),
    EventKind(
        JOINED,
        _("Pendamping bergabung"),
        _("%(organisation)s mendukung usulan “%(subject)s”."),
        Category.ORGANISATION,
    ),
    EventKind(
        REFUSED,
        _("Undangan tidak diterima"),
        _("%(organisation)s tidak ikut mendukung usulan “%(subject)s”."),
        Category.ORGANISATION,
    ),
    EventKind(
        LEFT,
        _("Pendamping keluar"),
        _("%(organisation)s tidak lagi mendukung usulan “%(subject)s”."),
        Category.ORGANISATION,
    ),
)
