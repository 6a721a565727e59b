"""From the outbox to inboxes and mail, so that a crash at any line loses nothing and repeats nothing.

1. Look which events wait, oldest first.
2. For each, in a transaction of its own: lock it (a second worker skips it),
3. tell its direct recipients and, if the public may see its subject, the followers of its topics: one INSERT …
   SELECT, so a hundred thousand followers cost the same number of statements as ten,
4. put a mail in the queue for those who want it now,
5. mark the event.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from kalibaru.core.subjects import subject_kind
from kalibaru.notifications.events import event_kind
from kalibaru.notifications.models import Category, Event
from kalibaru.notifications.preferences import default_frequency_sql

BATCH = 200

# A direct recipient gets the category of the kind, a follower FOLLOWED; who is both is told once, as a recipient.
_TELL = """
INSERT INTO notifications_notification (event_id, user_id, category, direct, frequency, at)
SELECT event.id, told.user_id, told.category, told.direct, COALESCE(choice.frequency, {default}), event.at
FROM notifications_event event
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (user_id) user_id, category, direct FROM (
        SELECT recipient AS user_id, %(category)s AS category, TRUE AS direct FROM unnest(event.recipients) recipient
        UNION ALL
        SELECT follower.user_id, %(followed)s, FALSE FROM notifications_subscription follower
        WHERE %(public)s AND follower.topic = ANY(event.topics) AND follower.created_at <= event.at
    ) everybody ORDER BY user_id, direct DESC
) told
JOIN accounts_user person ON person.id = told.user_id AND person.is_active
LEFT JOIN notifications_preference choice ON choice.user_id = told.user_id AND choice.category = told.category
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

# Mail goes only to an address that its owner has confirmed.
HAS_MAIL = """EXISTS (
    SELECT FROM account_emailaddress mail JOIN accounts_user owner ON owner.id = mail.user_id
    WHERE mail.user_id = told.user_id AND mail.verified AND lower(mail.email) = owner.email
)"""


def dispatch_all() -> int:
    """Dispatch until nothing waits; return how many events were dispatched."""
    done = 0
    while batch := _waiting():
        dispatched = sum(dispatch_event(pk) for pk in batch)
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
        kind = event_kind(event.kind)
        values: dict[str, Any] = {
            "event": event.pk,
            "category": kind.category if kind else Category.FOLLOWED,
            "followed": Category.FOLLOWED,
            "public": event.audience == Event.Audience.PUBLIC and _public_sees_subject(event),
            "now": timezone.now(),
        }
        with connection.cursor() as cursor:
            cursor.execute(_TELL.format(default=default_frequency_sql("told.category")), values)
            if cursor.rowcount:
                cursor.execute(_QUEUE.format(has_mail=HAS_MAIL), values)
        event.dispatched_at = timezone.now()
        event.save(update_fields=["dispatched_at"])
    return True


def _public_sees_subject(event: Event) -> bool:
    kind = subject_kind(event.subject_type)
    return kind is not None and kind.visible(AnonymousUser()).filter(pk=event.subject_id).exists()
