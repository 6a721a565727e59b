"""Events in words, in the active language. Public words name organisations, not private people; nobody's e-mail."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from kalibaru.accounts.models import MODERATORS, User
from kalibaru.core.subjects import subject_kind
from kalibaru.core.wording import number
from kalibaru.notifications.events import event_kind
from kalibaru.notifications.models import Event


class _Words(dict):
    """A sentence may ask for a word that an older event does not have: it stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


def with_actors(events: QuerySet[Event]) -> QuerySet[Event]:
    """Fetch with each event who did it and whether that is the secretariat, in the same query."""
    rows, found = events.select_related("actor"), Exists(secretariat(OuterRef("actor_id")))
    return rows.annotate(by_secretariat=found)  # type: ignore[no-redef]  # the model only declares it


def secretariat(person: Any) -> QuerySet:
    """Return the row that makes a person a moderator, if there is one."""
    return User.groups.through.objects.filter(user_id=person, group__name=MODERATORS)


def actor_name(event: Event, *, personal: bool = False) -> str:
    """Return who did it: the organisation, the secretariat, or "a resident"; `personal` adds the name."""
    organisation = event.payload.get("organisation", "")
    actor = event.actor
    if actor is None:
        return organisation or "Kalibaru HUB"
    if actor.erased_at or not actor.display_name:
        return organisation or _("Seorang pengguna")
    if personal:
        return f"{actor.display_name} ({organisation})" if organisation else actor.display_name
    if organisation:
        return organisation
    return _("Sekretariat") if actor.is_superuser or event.by_secretariat else _("Seorang warga")


def subject_title(event: Event, subject: Any) -> str:
    """Return the name of what it happened to, as it is called now."""
    kind = subject_kind(event.subject_type)
    return str(getattr(subject, kind.title)) if kind else ""


def label(event: Event) -> str:
    """Return the short name of the kind of event."""
    kind = event_kind(event.kind)
    return str(kind.label) if kind else ""


def sentence(event: Event, subject: Any, *, personal: bool = False) -> str:
    """Return what happened, as plain text; "" for a kind that no longer exists."""
    kind = event_kind(event.kind)
    if kind is None:
        return ""
    words = _Words(event.payload)
    words.update({key: number(words[key]) for key in kind.figures})
    words.update(actor=actor_name(event, personal=personal), subject=subject_title(event, subject))
    return str(kind.sentence) % words


def quoted(event: Event) -> str:
    """Return the words that the event quotes: a comment, a reason, an update."""
    kind = event_kind(event.kind)
    return str(event.payload.get(kind.text) or "") if kind and kind.text else ""
