"""Phones and browsers that want to be told at once, and what still has to be sent to them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.models.telling import Notification


class Device(models.Model):
    """A browser in which a person allowed notifications: its address at a push service, and its keys."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices", verbose_name=_("orang")
    )
    endpoint = models.TextField(_("alamat"), unique=True)
    p256dh = models.CharField(_("kunci umum"), max_length=120)
    auth = models.CharField(_("kunci rahasia"), max_length=40)
    created_at = models.DateTimeField(_("sejak"), default=timezone.now)

    class Meta:
        verbose_name = _("perangkat")
        verbose_name_plural = _("perangkat")

    def __str__(self) -> str:
        return self.endpoint.split("/")[2] if "//" in self.endpoint else str(self.pk)


class Knock(models.Model):
    """A notification on its way to a device. A row exists only while it waits; the claim moves `due_at`."""

    id = models.BigAutoField(primary_key=True, verbose_name=_("nomor pengenal"))
    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="knocks", verbose_name=_("pemberitahuan")
    )
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="knocks", verbose_name=_("perangkat"))
    due_at = models.DateTimeField(_("jatuh tempo"), default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)

    class Meta:
        verbose_name = _("pemberitahuan ke perangkat")
        verbose_name_plural = _("pemberitahuan ke perangkat")
        constraints = [models.UniqueConstraint(fields=["notification", "device"], name="knock_once")]

    def __str__(self) -> str:
        return f"{self.notification_id} → {self.device_id}"
