"""Speak, take back, report, decide."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kalibaru.accounts.models import User
from kalibaru.core.access import require
from kalibaru.core.errors import Conflict
from kalibaru.core.services import create_once
from kalibaru.core.subjects import find_subject, kind_of
from kalibaru.discussions import events
from kalibaru.discussions.models import BODY_MAX, REASON_MAX, Comment, Report
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Event, Subscription
from kalibaru.notifications.services import follow_by_itself


def add_comment(
    subject: Model, *, actor: Any, body: str, parent: Comment | None = None, key: UUID | None = None
) -> Comment:
    """Comment on a subject the person may see; followers and the person answered hear of it.

    An answer to an answer stands under the same first comment: one level is what a phone shows well.
    key: the form's submission key, so that a double click says it once.
    """
    require(actor, "discussions.comment")
    kind = kind_of(subject)
    if not kind.discussable or find_subject(kind.key, subject.pk, actor) is None:
        raise PermissionDenied("discussions.comment")
    body = _words(body, BODY_MAX)
    _check_parent(parent, subject)

    def create() -> Comment:
        comment = Comment.objects.create(
            subject_type=kind.key,
            subject_id=subject.pk,
            author=actor,
            created_by=actor,
            parent=(parent.parent or parent) if parent else None,
            body=body,
            submission_key=key,
        )
        publish(
            events.COMMENT_ADDED,
            subject,
            actor=actor,
            recipients=[parent.author_id] if parent and parent.author_id else [],
            payload={"comment": str(comment.pk), "text": body, "url": comment.get_absolute_url()},
        )
        if kind.followable:
            follow_by_itself(subject, [actor.pk], Subscription.Reason.COMMENTED)
        return comment

    return create_once(Comment, key, create, actor=actor)[0]


def withdraw_comment(comment: Comment, *, actor: Any) -> None:
    """Take one's own words away for good; their place stays, and so do the answers."""
    require(actor, "discussions.withdraw", comment)
    with transaction.atomic():
        withdrawn = Comment.objects.filter(pk=comment.pk, hidden_at__isnull=True).update(
            hidden_at=timezone.now(), hidden_by=actor, hidden_reason="", updated_at=timezone.now()
        )
        if not withdrawn:
            raise Conflict(_("Komentar ini sudah tidak tampil."))
        _note(events.COMMENT_WITHDRAWN, comment, actor)


def report_comment(comment: Comment, *, actor: Any, reason: str, note: str = "") -> Report:
    """Tell the secretariat that a comment should not stand; a second report by the same person changes nothing."""
    require(actor, "discussions.report", comment)
    subject = find_subject(comment.subject_type, comment.subject_id, actor)
    if subject is None or comment.hidden_at:
        raise PermissionDenied("discussions.report")
    if reason not in Report.Reason.values:
        raise ValidationError(_("Pilih alasan."))
    with transaction.atomic():
        report, new = Report.objects.get_or_create(
            comment=comment, created_by=actor, defaults={"reason": reason, "note": note.strip()[:500]}
        )
        if new:
            publish(
                events.REPORT_FILED,
                subject,
                actor=actor,
                recipients=User.objects.moderators().values_list("pk", flat=True),
                audience=Event.Audience.MODERATORS,
                payload={"note": note or report.get_reason_display(), "url": report.get_absolute_url()},
            )
    return report


def uphold_report(report: Report, *, actor: Any, reason: str) -> None:
    """Agree: hide the comment, tell its author why, and close every open report of it."""
    require(actor, "discussions.moderate")
    with transaction.atomic():
        locked = _undecided(report)
        if not locked.comment.is_withdrawn:
            _hide(locked.comment, actor=actor, reason=reason)
        Report.objects.filter(comment=locked.comment_id, state=Report.State.OPEN).update(
            state=Report.State.UPHELD, decided_by=actor, decided_at=timezone.now(), updated_at=timezone.now()
        )


def dismiss_report(report: Report, *, actor: Any) -> None:
    """Disagree: the comment stays."""
    require(actor, "discussions.moderate")
    with transaction.atomic():
        locked = _undecided(report)
        locked.state, locked.decided_by, locked.decided_at = Report.State.DISMISSED, actor, timezone.now()
        locked.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
        _note(events.REPORT_DISMISSED, locked.comment, actor)


def hide_comment(comment: Comment, *, actor: Any, reason: str) -> None:
    """Take a comment's words away and tell its author why; its place stays."""
    require(actor, "discussions.moderate")
    with transaction.atomic():
        _hide(comment, actor=actor, reason=reason)


def unhide_comment(comment: Comment, *, actor: Any) -> None:
    """Show a hidden comment again; one that its author took back stays away."""
    require(actor, "discussions.moderate")
    with transaction.atomic():
        hidden = Comment.objects.filter(pk=comment.pk, hidden_at__isnull=False).exclude(hidden_reason="")
        shown = hidden.update(hidden_at=None, hidden_by=None, hidden_reason="", updated_at=timezone.now())
        if not shown:
            raise Conflict(_("Komentar ini sudah tampil, atau ditarik oleh penulisnya."))
        _note(events.COMMENT_SHOWN, comment, actor)


def _note(kind: str, comment: Comment, actor: Any) -> None:
    """Write what was done to a comment on the internal timeline of its subject."""
    if subject := find_subject(comment.subject_type, comment.subject_id, actor):
        publish(kind, subject, actor=actor, audience=Event.Audience.MODERATORS, payload={"comment": str(comment.pk)})


def _hide(comment: Comment, *, actor: Any, reason: str) -> None:
    reason = _words(reason, REASON_MAX)
    hidden = Comment.objects.filter(pk=comment.pk, hidden_at__isnull=True).update(
        hidden_at=timezone.now(), hidden_by=actor, hidden_reason=reason, updated_at=timezone.now()
    )
    if not hidden:
        raise Conflict(_("Komentar ini sudah disembunyikan."))
    subject = find_subject(comment.subject_type, comment.subject_id, actor)
    if subject is not None and comment.author_id:
        publish(
            events.COMMENT_HIDDEN,
            subject,
            actor=actor,
            recipients=[comment.author_id],
            audience=Event.Audience.MODERATORS,
            payload={"reason": reason, "comment": str(comment.pk)},
        )


def _undecided(report: Report) -> Report:
    locked = Report.objects.select_for_update(of=("self",)).select_related("comment").get(pk=report.pk)
    if locked.state != Report.State.OPEN:
        raise Conflict(_("Laporan ini sudah diputuskan."))
    return locked


def _check_parent(parent: Comment | None, subject: Model) -> None:
    if parent is not None and (parent.subject_id != subject.pk or parent.hidden_at):
        raise ValidationError(_("Komentar yang Anda balas sudah tidak tampil."))


def _words(text: str, limit: int) -> str:
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError(_("Tulis dulu isinya."))
    if len(text) > limit:
        raise ValidationError(_("Terlalu panjang: paling banyak %(limit)s huruf."), params={"limit": limit})
    return text
