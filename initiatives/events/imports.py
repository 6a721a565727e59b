"""What can happen to a spreadsheet of programmes. Followers get one item for all its rows."""

from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.events import EventKind
from kalibaru.notifications.models import Category

UPLOADED = "initiatives.import_uploaded"
CHECKED = "initiatives.import_checked"
APPLIED = "initiatives.import_applied"
CANCELLED = "initiatives.import_cancelled"
FAILED = "initiatives.import_failed"
RECORDED = "initiatives.realisation_recorded"
COPIED = "initiatives.targets_copied"

KINDS = (
    EventKind(
        UPLOADED,
        _("Lembar kerja dikirim"),
        _("%(actor)s mengirim lembar kerja program “%(name)s”"),
        category=Category.ORGANISATION,
        on_timeline=False,
    ),
    EventKind(
        CHECKED,
        _("Lembar kerja diperiksa"),
        _("Lembar kerja program “%(name)s” sudah diperiksa"),
        category=Category.ORGANISATION,
        on_timeline=False,
    ),
    EventKind(
        APPLIED,
        _("Program dari lembar kerja"),
        _("%(organisation)s memasukkan lembar kerja: %(new)s program baru, %(changed)s program berubah"),
    ),
    EventKind(
        CANCELLED,
        _("Lembar kerja dibatalkan"),
        _("%(actor)s membatalkan lembar kerja program “%(name)s”"),
        category=Category.ORGANISATION,
        on_timeline=False,
    ),
    EventKind(
        FAILED,
        _("Lembar kerja gagal"),
        _("Lembar kerja program “%(name)s” tidak bisa dimasukkan"),
        category=Category.ORGANISATION,
        on_timeline=False,
    ),
    EventKind(
        RECORDED,
        _("Realisasi program"),
        _("%(organisation)s mengisi realisasi %(year)s untuk %(changed)s program"),
    ),
    EventKind(
        COPIED,
        _("Target disalin"),
        _("%(organisation)s menyalin target %(changed)s program ke tahun %(year)s"),
        category=Category.ORGANISATION,
    ),
)
