"""What can happen to a joint initiative."""

from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.events import EventKind
from kalibaru.notifications.models import Category

KINDS = [
    EventKind(
        "initiatives.initiative_created",
        _("Inisiatif dibuat"),
        _("%(actor)s membuat inisiatif “%(subject)s”."),
    ),
    EventKind(
        "initiatives.initiative_edited",
        _("Keterangan diperbarui"),
        _("%(actor)s memperbarui keterangan “%(subject)s”."),
    ),
    EventKind(
        "initiatives.initiative_published",
        _("Inisiatif bersama baru"),
        _("Inisiatif bersama “%(subject)s” terbit."),
        text="summary",
    ),
    EventKind(
        "initiatives.initiative_started",
        _("Mulai berjalan"),
        _("“%(subject)s” mulai berjalan."),
    ),
    EventKind(
        "initiatives.initiative_paused",
        _("Ditunda"),
        _("“%(subject)s” ditunda."),
        text="reason",
    ),
    EventKind(
        "initiatives.initiative_resumed",
        _("Berjalan lagi"),
        _("“%(subject)s” berjalan lagi."),
    ),
    EventKind(
        "initiatives.initiative_completed",
        _("Selesai"),
        _("“%(subject)s” selesai."),
        text="results",
    ),
    EventKind(
        "initiatives.initiative_cancelled",
        _("Dibatalkan"),
        _("“%(subject)s” dibatalkan."),
        text="reason",
    ),
    EventKind(
        "initiatives.partner_added",
        _("Mitra baru"),
        _("%(partner)s menjadi mitra “%(subject)s”."),
        category=Category.ORGANISATION,
    ),
    EventKind(
        "initiatives.partner_role_changed",
        _("Peran mitra diubah"),
        _("Peran %(partner)s dalam “%(subject)s” diubah."),
        category=Category.ORGANISATION,
    ),
    EventKind(
        "initiatives.lead_changed",
        _("Pemimpin baru"),
        _("%(partner)s kini memimpin “%(subject)s”."),
        category=Category.ORGANISATION,
    ),
    EventKind(
        "initiatives.partner_removed",
        _("Mitra keluar"),
        _("%(partner)s tidak lagi menjadi mitra “%(subject)s”."),
        category=Category.ORGANISATION,
    ),
    EventKind(
        "initiatives.action_added",
        _("Tonggak baru"),
        _("Tonggak baru “%(subject)s”: %(title)s."),
    ),
    EventKind(
        "initiatives.action_edited",
        _("Tonggak diubah"),
        _("Tonggak “%(subject)s” diubah: %(title)s."),
    ),
    EventKind(
        "initiatives.action_finished",
        _("Tonggak selesai"),
        _("Satu tonggak “%(subject)s” selesai: %(title)s."),
    ),
    EventKind(
        "initiatives.action_dropped",
        _("Tonggak tidak jadi"),
        _("Satu tonggak “%(subject)s” tidak jadi: %(title)s."),
    ),
    EventKind(
        "initiatives.target_set",
        _("Target ditetapkan"),
        _("Target “%(subject)s”: %(name)s."),
    ),
    EventKind(
        "initiatives.target_recorded",
        _("Capaian dicatat"),
        _("Capaian “%(subject)s”: %(name)s, %(reached)s %(unit)s."),
        figures=("reached",),
    ),
    EventKind(
        "initiatives.update_published",
        _("Kabar baru"),
        _("Kabar dari “%(subject)s”: %(title)s."),
        text="body",
    ),
    EventKind(
        "initiatives.lesson_added",
        _("Pelajaran baru"),
        _("Pelajaran dari “%(subject)s”."),
        text="text",
    ),
]
