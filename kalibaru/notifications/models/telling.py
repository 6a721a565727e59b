"""Who was told what: a line of the inbox, a digest, a mail."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import Row
from kalibaru.notifications.models.choice import Category, Frequency
from kalibaru.notifications.models.event import Event


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Questions about lines of inboxes."""

    def in_inbox(self) -> "NotificationQuerySet":
        """Return those that the person wants to see in the inbox."""
        return self.filter(in_inbox=True)

    def awaiting_digest(self) -> "NotificationQuerySet":
        """Return those that a next digest will tell."""
        return self.filter(frequency__in=Digest.Cadence.values, digest__isnull=True)


class Notification(models.Model):
    """One event, told to one person: a line of the inbox.

    `frequency` keeps how soon the person wanted mail when it happened, and `digest` which digest told it. A change
    of mind later, or an event that arrives after a window has closed, therefore loses nothing and repeats nothing.
    `searches` are the saved searches that brought it, beside the topics that the person follows.
    """

    id = models.BigAutoField(primary_key=True, verbose_name=_("nomor pengenal"))
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="notifications", verbose_name=_("peristiwa")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", verbose_name=_("orang")
    )
    category = models.CharField(_("jenis"), max_length=20, choices=Category)
    frequency = models.CharField(_("surel"), max_length=10, choices=Frequency)
    in_inbox = models.BooleanField(_("di kotak masuk"), default=True, db_default=True)
    push = models.BooleanField(_("langsung di HP"), default=False, db_default=False)
    searches = ArrayField(models.UUIDField(), verbose_name=_("pencarian"), default=list, db_default=[])
    direct = models.BooleanField(
        _("langsung"),
        default=False,
        help_text=_("Ditujukan kepada orang ini, apa pun yang diikutinya."),
    )
    digest = models.ForeignKey(
        "notifications.Digest",
        on_delete=models.SET_NULL,
        null=True,
        related_name="notifications",
        verbose_name=_("ringkasan"),
    )
    at = models.DateTimeField(_("waktu"))
    read_at = models.DateTimeField(_("dibaca pada"), null=True)

    # Whether the event's actor is the secretariat: only on rows from `news.with_events`.
    by_secretariat: bool
    # How many its digest has in all: only on rows fetched for a digest's letter.
    total: int

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="tell_once")]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="inbox_page"),
            models.Index(
                fields=["user", "-at", "-id"],
                name="inbox_unread_page",
                condition=Q(read_at__isnull=True),
            ),
            # Old rows are found by age; rows come in the order of time, so a few pages of BRIN do for millions.
            BrinIndex(fields=["at"], name="notification_age"),
            models.Index(
                fields=["user", "at"],
                name="awaiting_any_digest",
                condition=Q(frequency__in=["daily", "weekly"], digest__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.user_id}"


class Digest(Row):
    """A person's digest over the half-open window [period_start, period_end)."""

    class Cadence(models.TextChoices):
        """How often: the words of Frequency, so that a notification's frequency says which digest it waits for."""

        DAILY = Frequency.DAILY.value, Frequency.DAILY.label
        WEEKLY = Frequency.WEEKLY.value, Frequency.WEEKLY.label

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests", verbose_name=_("orang")
    )
    cadence = models.CharField(
        _("jenis"), max_length=10, choices=Cadence, default=Cadence.WEEKLY, db_default=Cadence.WEEKLY
    )
    period_start = models.DateTimeField(_("dari"))
    period_end = models.DateTimeField(_("sampai"))
    empty = models.BooleanField(_("tidak ada kabar"), default=False)

    class Meta:
        verbose_name = _("ringkasan")
        verbose_name_plural = _("ringkasan")
        constraints = [
            models.UniqueConstraint(fields=["user", "cadence", "period_end"], name="one_digest_per_window"),
            models.CheckConstraint(
                condition=Q(period_start__lt=models.F("period_end")),
                name="digest_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.period_end:%Y-%m-%d}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about mail."""

    def claimable(self, at: datetime) -> "DeliveryQuerySet":
        """Return mail that is due, and mail of a worker that died before handing it to the mail server."""
        return self.filter(
            Q(state=Delivery.State.WAITING, due_at__lte=at)
            | Q(
                state=Delivery.State.SENDING,
                lease_until__lt=at,
                handed_at__isnull=True,
            )
        )

    def abandoned(self, at: datetime) -> "DeliveryQuerySet":
        """Return mail of a worker that died while the mail server had it: nobody knows whether it went out."""
        return self.filter(state=Delivery.State.SENDING, lease_until__lt=at, handed_at__isnull=False)

    def failures(self) -> "DeliveryQuerySet":
        """Return what did not arrive, or may not have."""
        return self.filter(state__in=[Delivery.State.FAILED, Delivery.State.UNCERTAIN]).order_by("-created_at")


class Delivery(Row):
    """One mail: for a notification, a digest, or (a template) to an address without account.

    Claimed with a lease, handed to the mail server, marked. Its id is the Message-ID, so a repeat can be seen.
    """

    class State(models.TextChoices):
        """Life of a mail."""

        WAITING = "waiting", _("Menunggu")
        SENDING = "sending", _("Sedang dikirim")
        SENT = "sent", _("Terkirim")
        FAILED = "failed", _("Gagal")
        UNCERTAIN = "uncertain", _("Mungkin terkirim")
        DROPPED = "dropped", _("Tidak jadi dikirim")

    class Reason(models.TextChoices):
        """Why it was not sent."""

        REFUSED = "refused", _("Ditolak server surel penerima")
        EXPIRED = "expired", _("Tidak berhasil dikirim selama tiga hari")
        INTERRUPTED = "interrupted", _("Terputus saat dikirim")
        SUPPRESSED = "suppressed", _("Alamat ini menolak kiriman kami")
        NO_ACCOUNT = "no_account", _("Akun tidak aktif atau surelnya belum dipastikan")
        UNWANTED = "unwanted", _("Penerima tidak menginginkannya lagi")
        DIGESTED = "digested", _("Masuk ringkasan")
        INVISIBLE = "invisible", _("Isinya tidak terlihat lagi")
        NOTHING = "nothing", _("Tidak ada lagi yang perlu dikabarkan")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="deliveries",
        verbose_name=_("orang"),
    )
    address = models.EmailField(_("alamat tanpa akun"), blank=True)
    notification = models.OneToOneField(
        Notification, on_delete=models.CASCADE, null=True, related_name="delivery", verbose_name=_("pemberitahuan")
    )
    digest = models.OneToOneField(
        Digest, on_delete=models.CASCADE, null=True, related_name="delivery", verbose_name=_("ringkasan")
    )
    template = models.CharField(_("surat"), max_length=60, blank=True)
    payload = models.JSONField(default=dict, verbose_name=_("isi"))
    language = models.CharField(_("bahasa"), max_length=2, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("dikirim mulai"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, verbose_name=_("dipegang sampai"))
    handed_at = models.DateTimeField(
        null=True,
        help_text="Since when the mail server has had it, in this attempt.",
        verbose_name=_("diserahkan pada"),
    )
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    reason = models.CharField(_("alasan"), max_length=12, choices=Reason, blank=True)
    error = models.TextField(_("jawaban server surel"), blank=True)
    sent_at = models.DateTimeField(_("terkirim pada"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiriman surel")
        verbose_name_plural = _("kiriman surel")
        constraints = [
            models.CheckConstraint(
                condition=Q(notification__isnull=False, digest__isnull=True, template="")
                | Q(notification__isnull=True, digest__isnull=False, template="")
                | (Q(notification__isnull=True, digest__isnull=True) & ~Q(template="")),
                name="delivery_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="") | (Q(user__isnull=True) & ~Q(address="")),
                name="delivery_to_one_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="delivery_waiting",
                condition=Q(state__in=["waiting", "sending"]),
            ),
            models.Index(
                fields=["user", "-created_at"],
                name="delivery_failures",
                condition=Q(state__in=["failed", "uncertain"]),
            ),
            BrinIndex(fields=["created_at"], name="delivery_age"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
