"""The conversation under a subject, as its page shows it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from kalibaru.core.access import may
from kalibaru.core.subjects import kind_of
from kalibaru.discussions.forms import CommentForm
from kalibaru.discussions.models import Comment

SHOWN = 200


@dataclass
class Strand:
    """A comment with the answers to it, oldest first."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)


def thread(request: HttpRequest, subject: Model) -> dict[str, Any]:
    """Return what templates/discussions/thread.html needs; one query, whatever the length.

    Of a very long conversation the newest comments are shown, and `more` says so.
    """
    kind = kind_of(subject)
    newest = list(Comment.objects.on(kind.key, subject.pk)[: SHOWN + 1])
    comments = newest[:SHOWN][::-1]
    return {
        "strands": _strands(comments),
        "count": len([comment for comment in comments if not comment.hidden_at]),
        "more": len(newest) > SHOWN,
        "form": CommentForm() if request.user.is_authenticated else None,
        "post_url": reverse("discussions:add", args=[kind.key, subject.pk]),
        "moderates": may(request.user, "discussions.moderate"),
    }


def _strands(comments: list[Comment]) -> list[Strand]:
    """Hang answers under the first comment; one whose first comment is not shown stands alone."""
    strands: dict[Any, Strand] = {}
    for comment in comments:
        if comment.parent_id in strands:
            strands[comment.parent_id].replies.append(comment)
        else:
            strands[comment.pk] = Strand(comment)
    return list(strands.values())
