"""What people say about a subject."""

import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import OnceRow, Row

BODY_MAX, REASON_MAX = 3000, 300


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments."""

    def on(self, subject_type: str, subject_id) -> "CommentQuerySet":
        """Return the comments under one subject with their authors, newest first."""
        return (
            self.filter(subject_type=subject_type, subject_id=subject_id)
            .select_related("author")
            .order_by("-created_at", "-id")
        )

    def shown(self) -> "CommentQuerySet":
        """Return the comments that nobody has hidden or taken back."""
        return self.filter(hidden_at__isnull=True)


@pghistory.track()
class Comment(OnceRow):
    """A comment. One that is hidden, or withdrawn by its author, keeps its place with a note, never its text."""

    subject_type = models.CharField(max_length=30, verbose_name=_("jenis yang dibicarakan"))
    subject_id = models.UUIDField(verbose_name=_("nomor yang dibicarakan"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="comments",
        verbose_name=_("penulis"),
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("balasan untuk")
    )
    body = models.TextField(_("komentar"), max_length=BODY_MAX)
    hidden_at = models.DateTimeField(_("disembunyikan pada"), null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("disembunyikan oleh"),
    )
    hidden_reason = models.CharField(_("alasan"), max_length=REASON_MAX, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("komentar")
        verbose_name_plural = _("komentar")
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "created_at"],
                name="comment_subject",
            )
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author took it back: the secretariat never hides without a reason."""
        return self.hidden_at is not None and not self.hidden_reason

    def get_absolute_url(self) -> str:
        """Address that leads to the comment on the page of its subject."""
        return reverse("discussions:comment", args=[self.pk])


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports."""

    def open_reports(self) -> "ReportQuerySet":
        """Return the queue of the desk: undecided reports with comment, author and reporter, oldest first."""
        return (
            self.filter(state=Report.State.OPEN)
            .select_related("comment__author", "created_by")
            .order_by("created_at", "id")
        )


@pghistory.track()
class Report(Row):
    """A person says that a comment should not stand."""

    class Reason(models.TextChoices):
        """Why."""

        SPAM = "spam", _("Iklan atau spam")
        HATE = "hate", _("Menghina atau mengancam")
        PRIVATE = "private", _("Membuka data pribadi")
        FALSE = "false", _("Tidak benar")
        OTHER = "other", _("Lainnya")

    class State(models.TextChoices):
        """Life of a report."""

        OPEN = "open", _("Menunggu")
        UPHELD = "upheld", _("Diterima: komentar disembunyikan")
        DISMISSED = "dismissed", _("Tidak diterima")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports", verbose_name=_("komentar"))
    reason = models.CharField(_("alasan"), max_length=10, choices=Reason)
    note = models.CharField(_("penjelasan"), max_length=500, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("diputuskan oleh"),
    )
    decided_at = models.DateTimeField(null=True, verbose_name=_("diputuskan pada"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan")
        verbose_name_plural = _("laporan")
        constraints = [models.UniqueConstraint(fields=["comment", "created_by"], name="report_once")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}"

    def get_absolute_url(self) -> str:
        """Page on which a moderator decides."""
        return reverse("discussions:report_decide", args=[self.pk])


def open_reports() -> ReportQuerySet:
    """Return the reports that wait for the secretariat, oldest first."""
    return Report.objects.open_reports()
