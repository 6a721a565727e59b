"""Somebody who follows by e-mail without an account."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Guest(models.Model):
    """A confirmed e-mail address that follows something.

    Follows, windows and mail belong to a user row, so one engine serves everybody. A guest's has no name, no
    password, no e-mail of its own and no way to sign in; erasing the guest deletes it with all that hangs on it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="guest",
        verbose_name=_("orang"),
    )
    email = models.EmailField(_("surel"))
    consent = models.TextField(_("persetujuan"), help_text=_("Kata-kata yang disetujui."))
    consented_at = models.DateTimeField(_("waktu persetujuan"), default=timezone.now)

    class Meta:
        verbose_name = _("pengikut tanpa akun")
        verbose_name_plural = _("pengikut tanpa akun")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_guest_per_email")]

    def __str__(self) -> str:
        return self.email
