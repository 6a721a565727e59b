"""One history: an Event is audit trail, public timeline and outbox at once. It is never edited or deleted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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

    id = models.BigAutoField(primary_key=True, verbose_name=_("nomor pengenal"))
    kind = models.CharField(_("jenis"), max_length=60)
    subject_type = models.CharField(max_length=30, verbose_name=_("jenis yang dibicarakan"))
    subject_id = models.UUIDField(verbose_name=_("nomor yang dibicarakan"))
    topics = ArrayField(models.CharField(max_length=80), default=list, verbose_name=_("hal yang disentuh"))
    recipients = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="Users told directly, whatever they follow.",
        verbose_name=_("penerima"),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("pelaku")
    )
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.PUBLIC, verbose_name=_("untuk siapa"))
    payload = models.JSONField(default=dict, verbose_name=_("isi"))
    at = models.DateTimeField(_("waktu"), default=timezone.now)
    dispatched_at = models.DateTimeField(null=True, verbose_name=_("disebarkan pada"))

    # Whether the actor is the secretariat: only on rows that a query of `wording` or `news` has annotated.
    by_secretariat: bool

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("peristiwa")
        verbose_name_plural = _("peristiwa")
        indexes = [
            GinIndex(fields=["topics"], name="event_topics"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="event_subject"),
            models.Index(
                fields=["id"],
                name="event_waiting",
                condition=models.Q(dispatched_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
