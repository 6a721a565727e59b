"""One history: an Event is audit trail, public timeline and outbox at once. It is never edited or deleted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import Row


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about what happened."""

    def about(self, topic: str) -> "EventQuerySet":
        """Return events that carry this topic, newest first."""
        return self.filter(topics__contains=[topic]).order_by("-at", "-id")

    def public(self) -> "EventQuerySet":
        """Return events that anybody may see on a timeline."""
        return self.filter(audience=Event.Audience.PUBLIC)


class Event(models.Model):
    """Something a person did, written in the transaction that did it."""

    class Audience(models.TextChoices):
        """Who may see it on the timeline."""

        PUBLIC = "public", _("Semua orang")
        PARTIES = "parties", _("Pihak terkait dan moderator")
        MODERATORS = "moderators", _("Moderator")

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("jenis"), max_length=60)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    topics = ArrayField(models.CharField(max_length=80), default=list)
    recipients = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="Users told directly, whatever they follow.",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    audience = models.CharField(
        max_length=12, choices=Audience, default=Audience.PUBLIC
    )
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(_("waktu"), default=timezone.now)
    dispatched_at = models.DateTimeField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("peristiwa")
        verbose_name_plural = _("peristiwa")
        indexes = [
            GinIndex(fields=["topics"], name="event_topics"),
            models.Index(
                fields=["subject_type", "subject_id", "-at"], name="event_subject"
            ),
            models.Index(
                fields=["id"],
                name="event_waiting",
                condition=models.Q(dispatched_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Subscription(models.Model):
    """A person follows a topic, e.g. "issue:<uuid>"."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions"
    )
    topic = models.CharField(max_length=80)
    automatic = models.BooleanField(_("otomatis"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("langganan")
        verbose_name_plural = _("langganan")
        constraints = [
            models.UniqueConstraint(fields=["topic", "user"], name="follow_once")
        ]

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
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    category = models.CharField(max_length=20, choices=Category)
    frequency = models.CharField(max_length=10, choices=Frequency)

    class Meta:
        verbose_name = _("pilihan pemberitahuan")
        verbose_name_plural = _("pilihan pemberitahuan")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "category"], name="one_preference_per_category"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.frequency}"


class Notification(models.Model):
    """One event, told to one person: a line of the inbox."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="notifications"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    category = models.CharField(max_length=20, choices=Category)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="tell_once")
        ]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="inbox_page"),
            models.Index(
                fields=["user"],
                name="inbox_unread",
                condition=models.Q(read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.user_id}"


class Digest(Row):
    """A person's digest over the half-open window [period_start, period_end)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    empty = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("ringkasan")
        verbose_name_plural = _("ringkasan")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "period_end"], name="one_digest_per_period"
            ),
            models.CheckConstraint(
                condition=models.Q(period_start__lt=models.F("period_end")),
                name="digest_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.period_end:%Y-%m-%d}"


class Delivery(Row):
    """One mail to one person, for a notification or a digest: claimed with a lease, sent, marked."""

    class State(models.TextChoices):
        """Life of a mail."""

        WAITING = "waiting", _("Menunggu")
        SENDING = "sending", _("Sedang dikirim")
        SENT = "sent", _("Terkirim")
        FAILED = "failed", _("Gagal")
        UNCERTAIN = "uncertain", _("Mungkin terkirim")
        DROPPED = "dropped", _("Tidak jadi dikirim")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries"
    )
    notification = models.OneToOneField(
        Notification, on_delete=models.CASCADE, null=True, related_name="delivery"
    )
    digest = models.OneToOneField(
        Digest, on_delete=models.CASCADE, null=True, related_name="delivery"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("kiriman surel")
        verbose_name_plural = _("kiriman surel")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(notification__isnull=False)
                ^ models.Q(digest__isnull=False),
                name="delivery_of_one_thing",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="delivery_waiting",
                condition=models.Q(state__in=["waiting", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
