"""What a person follows, over which channel they hear of it, how soon, and when they want to be left alone."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """A person follows a topic, e.g. "issue:<uuid>" or "goal:6"."""

    class Reason(models.TextChoices):
        """Why a follow began by itself. The words are told to the person, after "otomatis"."""

        COMMENTED = "commented", _("karena Anda ikut berdiskusi di sana")
        MEMBER = "member", _("karena Anda anggotanya")
        PROPOSED = "proposed", _("karena organisasi Anda mengusulkannya")
        PARTNER = "partner", _("karena organisasi Anda mitranya")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions", verbose_name=_("orang")
    )
    topic = models.CharField(max_length=80, verbose_name=_("hal yang diikuti"))
    automatic = models.BooleanField(_("otomatis"), default=False)
    reason = models.CharField(_("alasan"), max_length=10, choices=Reason, blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now, verbose_name=_("dibuat"))

    class Meta:
        verbose_name = _("langganan")
        verbose_name_plural = _("langganan")
        constraints = [
            models.UniqueConstraint(fields=["topic", "user"], name="follow_once"),
            models.CheckConstraint(
                condition=Q(automatic=True) | Q(automatic=False, reason=""), name="only_automatic_follows_have_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class StoppedFollow(models.Model):
    """A person stopped following a topic by hand: it never begins again by itself."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stopped_follows", verbose_name=_("orang")
    )
    topic = models.CharField(max_length=80, verbose_name=_("hal yang diikuti"))
    created_at = models.DateTimeField(default=timezone.now, verbose_name=_("dibuat"))

    class Meta:
        verbose_name = _("langganan yang dihentikan")
        verbose_name_plural = _("langganan yang dihentikan")
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="stopped_once")]

    def __str__(self) -> str:
        return self.topic


class Category(models.TextChoices):
    """What a notification is about; the first word of each event kind's registration."""

    FOLLOWED = "followed", _("Yang saya ikuti")
    ORGANISATION = "organisation", _("Organisasi saya")
    DECISION = "decision", _("Keputusan dan undangan")
    REMINDER = "reminder", _("Pengingat tenggat")
    FORUM = "forum", _("Forum")
    MODERATION = "moderation", _("Moderasi")


class Channel(models.TextChoices):
    """Where a person is told."""

    INBOX = "inbox", _("Kotak masuk di sini")
    MAIL = "mail", _("Surel")
    PUSH = "push", _("Langsung di HP atau komputer")


class Frequency(models.TextChoices):
    """How soon a person is told."""

    NOW = "now", _("Segera")
    DAILY = "daily", _("Ringkasan harian")
    WEEKLY = "weekly", _("Ringkasan mingguan")
    OFF = "off", _("Tidak usah")


class Preference(models.Model):
    """How soon a person wants to hear of a category on a channel; without a row the default holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences", verbose_name=_("orang")
    )
    category = models.CharField(max_length=20, choices=Category, verbose_name=_("jenis kabar"))
    channel = models.CharField(
        _("lewat mana"), max_length=5, choices=Channel, default=Channel.MAIL, db_default=Channel.MAIL
    )
    frequency = models.CharField(max_length=10, choices=Frequency, verbose_name=_("seberapa sering"))

    class Meta:
        verbose_name = _("pilihan pemberitahuan")
        verbose_name_plural = _("pilihan pemberitahuan")
        constraints = [
            models.UniqueConstraint(fields=["user", "category", "channel"], name="one_preference_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.category}, {self.channel}: {self.frequency}"


class Rhythm(models.Model):
    """When a person's digests come, and when nothing comes. Without a row: Monday 07:00, no pause, no quiet hours.

    All of it is local time: the zone is the person's own.
    """

    class Weekday(models.IntegerChoices):
        """Days of the weekly digest, numbered as Python numbers them."""

        MONDAY = 0, _("Senin")
        TUESDAY = 1, _("Selasa")
        WEDNESDAY = 2, _("Rabu")
        THURSDAY = 3, _("Kamis")
        FRIDAY = 4, _("Jumat")
        SATURDAY = 5, _("Sabtu")
        SUNDAY = 6, _("Minggu")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="rhythm",
        verbose_name=_("orang"),
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("hari ringkasan mingguan"), choices=Weekday, default=Weekday.MONDAY
    )
    digest_hour = models.PositiveSmallIntegerField(_("jam ringkasan"), default=7, validators=[MaxValueValidator(23)])
    paused_until = models.DateField(_("jeda sampai"), null=True, blank=True)
    quiet_from = models.PositiveSmallIntegerField(
        _("jam tenang mulai"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        _("jam tenang sampai"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    figures = models.BooleanField(_("ringkasan angka mingguan"), default=True)

    class Meta:
        verbose_name = _("irama pemberitahuan")
        verbose_name_plural = _("irama pemberitahuan")
        constraints = [
            models.CheckConstraint(condition=Q(digest_weekday__lte=6, digest_hour__lte=23), name="digest_hour_exists"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False, quiet_from__lte=23, quiet_until__lte=23)
                & ~Q(quiet_from=models.F("quiet_until")),
                name="quiet_hours_have_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_digest_weekday_display()} {self.digest_hour:02}.00"
