"""From the outbox to inboxes and mail, so that a crash at any line loses nothing and repeats nothing.

1. Look which events wait, oldest first.
2. For each, in a transaction of its own: lock it (a second worker skips it),
3. tell its direct recipients and, if the public may see its subject, the followers of its topics and those whose
   saved search it fits: one INSERT … SELECT, so a hundred thousand followers cost as many statements as ten,
4. put a mail in the queue for those who want it now, and a message for their phones,
5. mark the event.
"""

from time import monotonic
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from kalibaru.core.subjects import subject_kind
from kalibaru.notifications import wording
from kalibaru.notifications.events import event_kind
from kalibaru.notifications.models import Category, Channel, Event, SavedSearch
from kalibaru.notifications.preferences import default_frequency_sql
from kalibaru.notifications.services import push

BATCH = 200

# A direct recipient gets the category of the kind, a follower FOLLOWED; who is both is told once, as a recipient.
_TELL = """
INSERT INTO notifications_notification
    (event_id, user_id, category, direct, searches, frequency, in_inbox, push, at)
SELECT event.id, told.user_id, told.category, told.direct, told.searches,
    COALESCE(mail.frequency, {mail}), COALESCE(inbox.frequency, {inbox}) = 'now',
    COALESCE(push.frequency, {push}) = 'now', event.at
FROM notifications_event event
CROSS JOIN LATERAL (
    SELECT user_id, bool_or(direct) AS direct, array_remove(array_agg(search_id), NULL) AS searches,
        CASE WHEN bool_or(direct) THEN %(category)s ELSE %(followed)s END AS category
    FROM (
        SELECT recipient AS user_id, TRUE AS direct, NULL::uuid AS search_id FROM unnest(event.recipients) recipient
        UNION ALL
        SELECT follower.user_id, FALSE, NULL FROM notifications_subscription follower
        WHERE %(public)s AND follower.topic = ANY(event.topics) AND follower.created_at <= event.at
        UNION ALL
        SELECT search.user_id, FALSE, search.id FROM notifications_savedsearch search
        WHERE %(public)s AND search.anchor = ANY(%(words)s) AND search.created_at <= event.at
          AND search.kind IN ('', event.subject_type)
          AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(search.conditions) any_of WHERE NOT any_of ?| %(words)s)
          AND (search.query = ''
            OR (hub_vector(%(title)s, '', %(text)s) || %(vector)s::tsvector) @@ search.query::tsquery)
    ) everybody GROUP BY user_id
) told
JOIN accounts_user person ON person.id = told.user_id AND person.is_active
LEFT JOIN notifications_preference mail
    ON mail.user_id = told.user_id AND mail.category = told.category AND mail.channel = 'mail'
LEFT JOIN notifications_preference inbox
    ON inbox.user_id = told.user_id AND inbox.category = told.category AND inbox.channel = 'inbox'
LEFT JOIN notifications_preference push
    ON push.user_id = told.user_id AND push.category = told.category AND push.channel = 'push'
WHERE event.id = %(event)s AND told.user_id IS DISTINCT FROM event.actor_id
ON CONFLICT DO NOTHING
"""

_QUEUE = """
INSERT INTO notifications_delivery
    (id, created_at, updated_at, user_id, address, notification_id, template, payload, language,
     state, due_at, attempts, reason, error)
SELECT gen_random_uuid(), now(), now(), told.user_id, '', told.id, '', '{{}}'::jsonb, '', 'waiting', %(now)s, 0, '', ''
FROM notifications_notification told
WHERE told.event_id = %(event)s AND told.frequency = 'now' AND {has_mail}
ON CONFLICT DO NOTHING
"""

# Mail goes only to an address that its owner has confirmed: that of an account, or of a guest.
# An address that refuses our mail gets none; its news waits for the next digest.
HAS_MAIL = """(EXISTS (
    SELECT FROM account_emailaddress mail JOIN accounts_user owner ON owner.id = mail.user_id
    WHERE mail.user_id = told.user_id AND mail.verified AND lower(mail.email) = owner.email
      AND NOT EXISTS (SELECT FROM notifications_suppression refuses WHERE refuses.address = owner.email)
) OR EXISTS (
    SELECT FROM notifications_guest guest WHERE guest.user_id = told.user_id
      AND NOT EXISTS (SELECT FROM notifications_suppression refuses WHERE refuses.address = lower(guest.email))
))"""

_TELL_SQL = _TELL.format(
    **{channel.value: default_frequency_sql("told.category", channel) for channel in Channel},
)


def dispatch_all(seconds: float = float("inf")) -> int:
    """Dispatch until nothing waits or the time is over; return how many events were dispatched."""
    until, done = monotonic() + seconds, 0
    while batch := _waiting():
        dispatched = sum(dispatch_event(pk) for pk in batch if monotonic() < until)
        done += dispatched
        if not dispatched:
            break
    return done


def _waiting() -> list[int]:
    rows = Event.objects.filter(dispatched_at__isnull=True).order_by("id")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def dispatch_event(pk: int) -> bool:
    """Tell one event to everybody it concerns; return False if another worker has it."""
    with transaction.atomic():
        event = Event.objects.select_for_update(skip_locked=True).filter(pk=pk, dispatched_at__isnull=True).first()
        if event is None:
            return False
        with connection.cursor() as cursor:
            cursor.execute(_TELL_SQL, _values(event))
            if cursor.rowcount:
                cursor.execute(_QUEUE.format(has_mail=HAS_MAIL), {"event": event.pk, "now": timezone.now()})
                push.queue(event.pk)
        event.dispatched_at = timezone.now()
        event.save(update_fields=["dispatched_at"])
    return True


def _values(event: Event) -> dict[str, Any]:
    kind, subject_sort = event_kind(event.kind), subject_kind(event.subject_type)
    category = kind.category if kind else Category.FOLLOWED
    subject = _public_subject(event)
    facets = subject_sort.facets(subject) if subject_sort and subject else ()
    return {
        "event": event.pk,
        "category": category,
        "followed": Category.FORUM if category == Category.FORUM else Category.FOLLOWED,
        "public": event.audience == Event.Audience.PUBLIC and subject is not None,
        "words": [*event.topics, *facets, f"kind:{event.subject_type}", SavedSearch.ANYTHING],
        "title": f"{wording.subject_title(event, subject)} {event.payload.get('title', '')}" if subject else "",
        "text": wording.quoted(event),
        "vector": getattr(subject, "search", None) or "",
    }


def _public_subject(event: Event) -> Any:
    """Return what it happened to, if anybody may see it."""
    kind = subject_kind(event.subject_type)
    return kind.visible(AnonymousUser()).filter(pk=event.subject_id).first() if kind else None
