"""What can happen to an organisation and its people. Sentences never carry an e-mail or a telephone number."""

from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.events import EventKind
from kalibaru.notifications.models import Category

KINDS = (
    EventKind(
        "stakeholders.organisation_registered",
        _("Didaftarkan"),
        _("%(actor)s mulai mendaftarkan %(subject)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        "stakeholders.organisation_edited",
        _("Data diperbarui"),
        _("%(actor)s memperbarui data %(subject)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        "stakeholders.organisation_submitted",
        _("Diajukan untuk verifikasi"),
        _("%(actor)s mengajukan %(subject)s untuk diverifikasi."),
        Category.MODERATION,
    ),
    EventKind(
        "stakeholders.organisation_completed",
        _("Data dilengkapi"),
        _("%(actor)s melengkapi data %(subject)s yang diminta sekretariat."),
        Category.MODERATION,
    ),
    EventKind(
        "stakeholders.organisation_verified",
        _("Diverifikasi"),
        _("Sekretariat memverifikasi %(subject)s. Organisasi ini sekarang menjadi mitra."),
        Category.DECISION,
    ),
    EventKind(
        "stakeholders.organisation_rejected",
        _("Pendaftaran ditolak"),
        _("Sekretariat menolak pendaftaran %(subject)s. Anda bisa memperbaiki datanya lalu mengajukan lagi."),
        Category.DECISION,
        "reason",
    ),
    EventKind(
        "stakeholders.organisation_asked",
        _("Diminta melengkapi"),
        _("Sekretariat meminta data %(subject)s dilengkapi."),
        Category.DECISION,
        "reason",
    ),
    EventKind(
        "stakeholders.organisation_suspended",
        _("Ditangguhkan"),
        _("Sekretariat menangguhkan %(subject)s."),
        Category.DECISION,
        "reason",
    ),
    EventKind(
        "stakeholders.organisation_restored",
        _("Dipulihkan"),
        _("Sekretariat memulihkan %(subject)s."),
        Category.DECISION,
        "reason",
    ),
    EventKind(
        "stakeholders.organisation_merged",
        _("Digabung"),
        _("Sekretariat menggabungkan %(duplicate)s ke dalam %(subject)s."),
        Category.DECISION,
        "reason",
    ),
    EventKind(
        "stakeholders.member_invited",
        _("Undangan bergabung"),
        _("%(actor)s mengundang untuk bergabung dengan %(subject)s."),
        Category.DECISION,
    ),
    EventKind(
        "stakeholders.member_joined",
        _("Anggota baru"),
        _("%(actor)s bergabung dengan %(subject)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        "stakeholders.invitation_declined",
        _("Undangan ditolak"),
        _("%(actor)s menolak undangan bergabung dengan %(subject)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        "stakeholders.invitation_withdrawn",
        _("Undangan dibatalkan"),
        _("%(actor)s membatalkan sebuah undangan bergabung dengan %(subject)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        "stakeholders.join_requested",
        _("Permintaan bergabung"),
        _("%(actor)s meminta bergabung dengan %(subject)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        "stakeholders.join_accepted",
        _("Permintaan diterima"),
        _("%(actor)s menerima permintaan bergabung dengan %(subject)s."),
        Category.DECISION,
    ),
    EventKind(
        "stakeholders.join_declined",
        _("Permintaan tidak diterima"),
        _("%(actor)s tidak menerima permintaan bergabung dengan %(subject)s."),
        Category.DECISION,
    ),
    EventKind(
        "stakeholders.member_left",
        _("Anggota keluar"),
        _("%(actor)s keluar dari %(subject)s."),
        Category.ORGANISATION,
    ),
    EventKind(
        "stakeholders.member_removed",
        _("Keanggotaan berakhir"),
        _("%(actor)s mengakhiri keanggotaan di %(subject)s."),
        Category.DECISION,
    ),
    EventKind(
        "stakeholders.role_changed",
        _("Peran diubah"),
        _("%(actor)s mengubah peran seorang anggota %(subject)s."),
        Category.ORGANISATION,
    ),
)
