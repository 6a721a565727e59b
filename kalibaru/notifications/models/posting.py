"""What the engine knows of the way to mailboxes: servers, speed, addresses that refuse, and its own pulse."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """An address that gets no mail until its owner confirms it again."""

    class Reason(models.TextChoices):
        """Why."""

        REFUSED = "refused", _("Server surelnya menolak: alamat tidak ada")
        BOUNCED = "bounced", _("Kiriman kembali: alamat tidak bisa menerima")
        COMPLAINED = "complained", _("Penerima menandai kiriman kami sebagai spam")

    address = models.EmailField(_("alamat"), primary_key=True, help_text=_("Dengan huruf kecil."))
    reason = models.CharField(_("alasan"), max_length=12, choices=Reason)
    words = models.TextField(_("kata server surel"), blank=True)
    since = models.DateTimeField(_("sejak"), default=timezone.now)

    class Meta:
        verbose_name = _("alamat yang menolak")
        verbose_name_plural = _("alamat yang menolak")
        constraints = [
            models.CheckConstraint(condition=Q(address=models.functions.Lower("address")), name="suppressed_in_lower")
        ]

    def __str__(self) -> str:
        return self.address


class MailServer(models.Model):
    """The circuit breaker of one mail server, shared by all workers. Without a row the server is well."""

    name = models.CharField(_("nama"), primary_key=True, max_length=20)
    failures = models.PositiveIntegerField(_("kegagalan berturut-turut"), default=0)
    closed_until = models.DateTimeField(_("tidak dicoba sampai"), null=True)
    words = models.TextField(_("kata server surel"), blank=True)
    failed_at = models.DateTimeField(_("terakhir gagal"), null=True)

    class Meta:
        verbose_name = _("server surel")
        verbose_name_plural = _("server surel")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Return what people call it."""
        return gettext("Server kedua") if self.name == "second" else gettext("Server pertama")


class Allowance(models.Model):
    """A token bucket: how many mails may go out now, in all ("*") or to one domain."""

    bucket = models.CharField(_("jatah"), max_length=255, primary_key=True)
    tokens = models.FloatField(_("sisa"))
    filled_at = models.DateTimeField(_("diisi pada"))

    class Meta:
        verbose_name = _("jatah kiriman")
        verbose_name_plural = _("jatah kiriman")

    def __str__(self) -> str:
        return f"{self.bucket}: {self.tokens:.1f}"


class Tally(models.Model):
    """How many mails came to which end in an hour: kept by the writers, so that nobody counts deliveries."""

    hour = models.DateTimeField(_("jam"))
    state = models.CharField(_("keadaan"), max_length=10)
    reason = models.CharField(_("alasan"), max_length=12, blank=True)
    mails = models.PositiveIntegerField(_("jumlah"), default=0)

    class Meta:
        verbose_name = _("hitungan kiriman")
        verbose_name_plural = _("hitungan kiriman")
        constraints = [models.UniqueConstraint(fields=["hour", "state", "reason"], name="one_tally_an_hour")]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.state} {self.reason}: {self.mails}"


class Pulse(models.Model):
    """When a part of the engine last did its work, and with which result."""

    BEAT, DIGEST, PRUNING = "beat", "digest", "pruning"

    name = models.CharField(_("nama"), max_length=20, primary_key=True)
    at = models.DateTimeField(_("waktu"))
    result = models.JSONField(_("hasil"), default=dict)

    class Meta:
        verbose_name = _("denyut")
        verbose_name_plural = _("denyut")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"

    @staticmethod
    def beat(name: str, at: datetime | None = None, **result: int) -> None:
        """Write down, in one statement, that a part has done its work."""
        row = Pulse(name=name, at=at or timezone.now(), result=result)
        Pulse.objects.bulk_create([row], update_conflicts=True, unique_fields=["name"], update_fields=["at", "result"])
