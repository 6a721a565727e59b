"""From claimed deliveries to mails, or to the reason why there is none. Queries do not grow with the batch."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from kalibaru.accounts.models import User
from kalibaru.notifications import links, zones
from kalibaru.notifications.grouping import Group, grouped, shortened
from kalibaru.notifications.models import Delivery, Digest, Frequency, Notification
from kalibaru.notifications.news import News, visible_news, with_events
from kalibaru.notifications.preferences import frequencies
from kalibaru.notifications.why import Why

Reason = Delivery.Reason
Letter = EmailMultiAlternatives
SUBJECT_MAX = 120
DIGEST_ROWS_MAX = 200


class Composer:
    """Knows what the letters of one batch need, fetched for all of them together."""

    def __init__(self, deliveries: Sequence[Delivery]):
        rows = list(_notifications(deliveries))
        people = {delivery.user_id for delivery in deliveries if delivery.user_id}
        self.why = Why(rows)
        self.followed = {row.pk for row in rows if self.why.still(row)}
        news = visible_news([row for row in rows if row.pk in self.followed])
        self.single = {one.notification.pk: one for one in news}
        self.by_digest: dict[UUID | None, list[News]] = {}
        for one in news:
            if digest := one.notification.digest_id:
                self.by_digest.setdefault(digest, []).append(one)
        self.categories = {row.pk: row.category for row in rows}
        self.frequencies = frequencies(people)
        self.mailboxes = _mailboxes(people)

    def compose(self, delivery: Delivery) -> Letter | Reason:
        """Return the mail, or why there is none any more."""
        if delivery.template:
            with translation.override(delivery.language):
                return _letter(delivery, delivery.address, delivery.template, delivery.payload)
        user = delivery.user
        if user is None or user.pk not in self.mailboxes:
            return Reason.NO_ACCOUNT
        with translation.override(user.language):
            if delivery.digest is not None:
                return self._digest(delivery, delivery.digest, user)
            return self._notification(delivery, user)

    def _notification(self, delivery: Delivery, user: User) -> Letter | Reason:
        pk = delivery.notification_id
        if pk is None:
            return Reason.NOTHING
        frequency = self.frequencies[user.pk][self.categories[pk]]
        if frequency == Frequency.WEEKLY:
            return Reason.DIGESTED
        if frequency == Frequency.OFF or pk not in self.followed:
            return Reason.UNWANTED
        if (news := self.single.get(pk)) is None:
            return Reason.INVISIBLE
        context = {
            "news": news,
            "when": zones.moment(news.event.at, zones.zone(user.time_zone)),
            "text": shortened(news.text, 2000),
            "link": links.whole(news.url),
            "why": _unfollow_links(self.why.followed(news.notification), user),
        }
        return self._to_person(delivery, user, "notification", context, f"category:{news.notification.category}")

    def _digest(self, delivery: Delivery, digest: Digest, user: User) -> Letter | Reason:
        choice = self.frequencies[user.pk]
        told = self.by_digest.get(digest.pk, ())
        news = [one for one in told if choice[one.notification.category] != Frequency.OFF]
        if not news:
            return Reason.NOTHING
        zone = zones.zone(user.time_zone)
        groups, left_out = grouped(news, self.why, zone)
        context = {
            "groups": [_mail_group(group, user) for group in groups],
            "left_out": left_out,
            "inbox": links.whole(reverse("inbox")),
            "first_day": zones.day_name(digest.period_start, zone),
            "last_day": zones.day_name(digest.period_end, zone),
            "until": zones.moment(digest.period_end, zone),
        }
        return self._to_person(delivery, user, "digest", context, links.DIGEST)

    def _to_person(self, delivery: Delivery, user: User, template: str, context: dict, what: str) -> Letter:
        stop = links.unsubscribe_url(user, what)
        context |= {
            "name": user.display_name,
            "settings_link": links.whole(reverse("notification_settings")),
            "unsubscribe_link": stop,
        }
        letter = _letter(delivery, self.mailboxes[user.pk], template, context)
        letter.extra_headers |= {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"Kalibaru HUB <{template}.{links.host()}>",
        }
        return letter


def _notifications(deliveries: Sequence[Delivery]) -> list[Notification]:
    single = [delivery.notification_id for delivery in deliveries if delivery.notification_id]
    digests = [delivery.digest_id for delivery in deliveries if delivery.digest_id]
    rows = list(with_events(Notification.objects.filter(pk__in=single))) if single else []
    if digests:
        newest = Window(RowNumber(), partition_by=F("digest"), order_by=F("at").desc())
        numbered = Notification.objects.filter(digest__in=digests).annotate(place=newest)
        rows += with_events(numbered.filter(place__lte=DIGEST_ROWS_MAX))
    return rows


def _mailboxes(people: set[UUID]) -> dict[UUID, str]:
    """Return where mail may go: the confirmed address of each active person."""
    living = EmailAddress.objects.filter(user__in=people, user__is_active=True, user__erased_at__isnull=True)
    confirmed = living.filter(verified=True, email__iexact=F("user__email"))
    return dict(confirmed.values_list("user", "email"))


def _unfollow_links(followed: list, user: Any) -> list[dict[str, str]]:
    return [{"title": one.title, "link": links.unsubscribe_url(user, f"topic:{one.topic}")} for one in followed]


def _mail_group(group: Group, user: Any) -> dict[str, Any]:
    return {"group": group, "link": links.whole(group.url), "why": _unfollow_links(group.why, user)}


def _letter(delivery: Delivery, address: str, template: str, context: dict[str, Any]) -> Letter:
    context = {**context, "site": settings.SITE_URL, "language": translation.get_language()}
    subject = " ".join(render_to_string(f"emails/{template}-subject.txt", context).split())
    letter = EmailMultiAlternatives(
        subject=shortened(subject, SUBJECT_MAX),
        body=render_to_string(f"emails/{template}-text.txt", context).strip() + "\n",
        to=[address],
        # The fixed id lets a receiver, and a test, see a repeat.
        headers={"Message-ID": f"<{delivery.pk}@{links.host()}>", "Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string(f"emails/{template}-html.html", context), "text/html")
    return letter
