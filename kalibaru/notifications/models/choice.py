"""What a person follows, and how soon they want to hear of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """A person follows a topic, e.g. "issue:<uuid>"."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions", verbose_name=_("orang")
    )
    topic = models.CharField(max_length=80, verbose_name=_("hal yang diikuti"))
    automatic = models.BooleanField(_("otomatis"), default=False)
    created_at = models.DateTimeField(default=timezone.now, verbose_name=_("dibuat"))

    class Meta:
        verbose_name = _("langganan")
        verbose_name_plural = _("langganan")
        constraints = [models.UniqueConstraint(fields=["topic", "user"], name="follow_once")]

    def __str__(self) -> str:
        return self.topic


class Category(models.TextChoices):
    """What a notification is about; the first word of each event kind's registration."""

    FOLLOWED = "followed", _("Yang saya ikuti")
    ORGANISATION = "organisation", _("Organisasi saya")
    DECISION = "decision", _("Keputusan dan undangan")
    MODERATION = "moderation", _("Moderasi")


class Frequency(models.TextChoices):
    """How soon an e-mail is sent."""

    NOW = "now", _("Segera")
    WEEKLY = "weekly", _("Ringkasan mingguan")
    OFF = "off", _("Tidak usah")


class Preference(models.Model):
    """How soon a person wants mail of a category; without a row the default of the category holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences", verbose_name=_("orang")
    )
    category = models.CharField(max_length=20, choices=Category, verbose_name=_("jenis kabar"))
    frequency = models.CharField(max_length=10, choices=Frequency, verbose_name=_("seberapa sering"))

    class Meta:
        verbose_name = _("pilihan pemberitahuan")
        verbose_name_plural = _("pilihan pemberitahuan")
        constraints = [models.UniqueConstraint(fields=["user", "category"], name="one_preference_per_category")]

    def __str__(self) -> str:
        return f"{self.category}: {self.frequency}"
