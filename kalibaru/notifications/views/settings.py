"""What mail a person wants, and what they follow."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import ACCOUNT, policy
from kalibaru.core.subjects import subject_kind, visible_subjects
from kalibaru.notifications import zones
from kalibaru.notifications.forms import SettingsForm
from kalibaru.notifications.preview import next_digest
from kalibaru.notifications.services.preferences import choose
from kalibaru.notifications.why import topic_ref

FOLLOWS_MAX, FAILURES_MAX = 200, 5


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
def notification_settings(request: AccountRequest) -> HttpResponse:
    """GET shows; POST saves, or with `preview` only shows what the choice would bring."""
    form = SettingsForm(request.POST or None, user=request.user)
    invalid = request.method == "POST" and not form.is_valid()
    if request.method == "POST" and not invalid and "preview" not in request.POST:
        choose(request.user, form.chosen())
        messages.success(request, _("Pilihan Anda disimpan."))
        return redirect("notification_settings")
    context = {
        "form": form,
        "preview": next_digest(request.user, form.chosen()),
        "unsaved": "preview" in request.POST,
        "follows": _follows(request.user),
        "failures": _failures(request.user),
    }
    return render(request, "notifications/settings.html", context, status=400 if invalid else 200)


def _follows(user: Any) -> list[dict[str, Any]]:
    """Return what the person follows, newest first; what is not visible any more keeps its button, not its name."""
    rows = list(user.subscriptions.order_by("-created_at", "-id")[:FOLLOWS_MAX])
    refs = {row.topic: ref for row in rows if (ref := topic_ref(row.topic))}
    subjects = visible_subjects(refs.values(), user)
    follows = []
    for row in rows:
        kind, ref = subject_kind(row.topic.partition(":")[0]), refs.get(row.topic)
        subject = subjects.get(ref) if ref else None
        follows.append(
            {
                "topic": row.topic,
                "kind": kind.label if kind else "",
                "title": getattr(subject, kind.title) if kind and subject else "",
                "url": subject.get_absolute_url() if subject else "",
                "automatic": row.automatic,
            }
        )
    return follows


def _failures(user: Any) -> list[dict[str, Any]]:
    zone = zones.zone(user.time_zone)
    return [
        {"row": row, "when": zones.moment(row.updated_at, zone)} for row in user.deliveries.failures()[:FAILURES_MAX]
    ]
