"""What happens to problems, needs, stakes and forums."""

from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.events import EventKind
from kalibaru.notifications.models import Category

KINDS = (
    EventKind(
        "issues.issue_published",
        _("Masalah prioritas terbit"),
        _("%(actor)s menerbitkan masalah prioritas “%(subject)s”"),
    ),
    EventKind(
        "issues.issue_archived",
        _("Masalah prioritas diarsipkan"),
        _("%(actor)s mengarsipkan masalah “%(subject)s”"),
        category=Category.MODERATION,
    ),
    EventKind(
        "issues.forum_published",
        _("Forum baru"),
        _("%(actor)s menerbitkan forum “%(subject)s”"),
        category=Category.FORUM,
    ),
    EventKind(
        "issues.need_added",
        _("Bantuan dibutuhkan"),
        _("%(actor)s mencatat kebutuhan baru: %(title)s"),
    ),
    EventKind(
        "issues.need_edited",
        _("Kebutuhan diubah"),
        _("%(actor)s mengubah kebutuhan: %(title)s"),
        category=Category.MODERATION,
    ),
    EventKind(
        "issues.need_partly_met",
        _("Kebutuhan terpenuhi sebagian"),
        _("Kebutuhan terpenuhi sebagian: %(title)s"),
    ),
    EventKind(
        "issues.need_met",
        _("Kebutuhan terpenuhi"),
        _("Kebutuhan terpenuhi: %(title)s"),
    ),
    EventKind(
        "issues.need_closed",
        _("Kebutuhan ditutup"),
        _("Kebutuhan ditutup karena tidak diperlukan lagi: %(title)s"),
    ),
    EventKind(
        "issues.stake_declared",
        _("Mitra baru untuk masalah ini"),
        _("%(organisation)s menyatakan ikut menangani “%(subject)s”"),
    ),
    EventKind(
        "issues.stake_ended",
        _("Mitra berhenti menangani masalah ini"),
        _("%(organisation)s tidak lagi menangani “%(subject)s”"),
        category=Category.MODERATION,
    ),
    EventKind(
        "issues.measurement_submitted",
        _("Angka menunggu persetujuan"),
        _("%(actor)s mengirim angka untuk %(indicator)s, %(area)s, %(period)s: %(value)s %(unit)s"),
        category=Category.MODERATION,
    ),
    EventKind(
        "issues.measurement_returned",
        _("Angka Anda dikembalikan"),
        _("Angka %(indicator)s, %(area)s, %(period)s dikembalikan: %(reason)s"),
        category=Category.DECISION,
        on_timeline=False,
    ),
    EventKind(
        "issues.measurement_approved",
        _("Angka baru"),
        _("Angka baru: %(indicator)s di %(area)s, %(period)s: %(value)s %(unit)s"),
    ),
    EventKind(
        "issues.measurement_corrected",
        _("Angka diperbaiki"),
        _("Angka diperbaiki: %(indicator)s di %(area)s, %(period)s: %(value)s %(unit)s"),
    ),
)
