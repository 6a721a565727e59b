"""From claimed deliveries to mails, or to the reason why there is none. Queries do not grow with the batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html_join

from kalibaru.accounts.models import User
from kalibaru.notifications import links, moulds, zones
from kalibaru.notifications.desks import Sheet, SheetRow, Span, sheets
from kalibaru.notifications.grouping import MAX_LINES, Group, grouped, shortened
from kalibaru.notifications.models import Delivery, Digest, Frequency, Guest, Notification
from kalibaru.notifications.moulds import Mould
from kalibaru.notifications.news import News, shared_events, visible_news
from kalibaru.notifications.preferences import DIGESTED, NEVER_DIGESTED, frequencies
from kalibaru.notifications.quiet import pause_end, quiet_until, rhythms
from kalibaru.notifications.suppressed import ASKED_FOR, suppressed
from kalibaru.notifications.why import Followed, Why

Reason = Delivery.Reason
Letter = EmailMultiAlternatives
DIGEST_ROWS_MAX = 200
# How many lines a digest may have, and how many if it is too big with those.
LINES = (MAX_LINES, 15, 8, 4)
SIZE_MAX = 36_000
FILES = {"html": "html.html", "text": "text.txt"}


@dataclass(frozen=True)
class Wait:
    """Not now: the person wants to be left alone until then."""

    until: datetime


@dataclass(frozen=True)
class Content:
    """What a letter says, to anybody; two with the same `key` say the same in one language and time zone."""

    template: str
    key: tuple
    follows: list[Followed] = field(compare=False)
    context: Callable[[], dict[str, Any]] = field(compare=False)


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
        self.rhythms = rhythms(people)
        self.guests = dict(Guest.objects.filter(user__in=people, user__is_active=True).values_list("user", "email"))
        self.mailboxes = {**self.guests, **_mailboxes(people)}
        self.now = timezone.now()
        self.written: dict[tuple, dict[str, str]] = {}
        self.moulds: dict[tuple, Mould] = {}
        self.grouped: dict[tuple, tuple[list[Group], int]] = {}
        self.signed: dict[tuple[UUID, str], str] = {}
        self.sheets = self._sheets([one.digest for one in deliveries if one.digest is not None])
        self.suppressed = suppressed(filter(None, map(self.address, deliveries)))

    def _sheets(self, digests: Sequence[Digest]) -> dict[UUID, list[Sheet]]:
        """Return the work in numbers of each weekly digest whose reader has a desk and wants it."""
        windows: dict[Span, dict[UUID, UUID]] = {}
        for digest in digests:
            rhythm = self.rhythms.get(digest.user_id)
            if digest.cadence == Digest.Cadence.WEEKLY and (rhythm is None or rhythm.figures):
                window = Span(digest.period_start, digest.period_end)
                windows.setdefault(window, {})[digest.user_id] = digest.pk
        return {
            people[user]: rows for window, people in windows.items() for user, rows in sheets(people, window).items()
        }

    def address(self, delivery: Delivery) -> str:
        """Return where the mail goes; "" if the person has no mailbox that mail may go to."""
        return delivery.address or (self.mailboxes.get(delivery.user_id, "") if delivery.user_id else "")

    def domain(self, delivery: Delivery) -> str:
        """Return the domain that the mail goes to."""
        return self.address(delivery).rpartition("@")[2].lower()

    def cadence(self, delivery: Delivery) -> str:
        """Return which digest takes up news that is not mailed at once: the chosen one, the weekly one in a pause."""
        if delivery.user_id is None or delivery.notification_id is None:
            return Frequency.WEEKLY
        frequency = self.frequencies[delivery.user_id][self.categories[delivery.notification_id]]
        return frequency if frequency in DIGESTED else Frequency.WEEKLY

    def compose(self, delivery: Delivery) -> Letter | Reason | Wait:
        """Return the mail, or why there is none any more, or until when it has to wait."""
        if self.address(delivery) in self.suppressed and delivery.template not in ASKED_FOR:
            return Reason.SUPPRESSED
        if delivery.template:
            with translation.override(delivery.language):
                return _letter(delivery, delivery.address, moulds.write(delivery.template, delivery.payload))
        user = delivery.user
        if user is None or user.pk not in self.mailboxes:
            return Reason.NO_ACCOUNT
        with translation.override(user.language):
            if delivery.digest is not None:
                return self._digest(delivery, delivery.digest, user)
            return self._notification(delivery, user)

    def _notification(self, delivery: Delivery, user: User) -> Letter | Reason | Wait:
        pk = delivery.notification_id
        if pk is None:
            return Reason.NOTHING
        if answer := self._unwanted_now(pk, user):
            return answer
        if (news := self.single.get(pk)) is None:
            return Reason.INVISIBLE
        zone = zones.zone(user.time_zone)
        content = Content(
            "notification",
            (news.event.pk, news.notification.direct),
            self._followed([news]),
            lambda: {
                "news": news,
                "when": zones.moment(news.event.at, zone),
                "text": shortened(news.text, 2000),
                "link": links.whole(news.url),
            },
        )
        return self._to_person(delivery, user, content, f"category:{news.notification.category}")

    def _unwanted_now(self, pk: int, user: User) -> Reason | Wait | None:
        """Return why one piece of news is not mailed at once; a decision waits for the end of quiet hours at most."""
        zone, rhythm = zones.zone(user.time_zone), self.rhythms.get(user.pk)
        frequency = self.frequencies[user.pk][self.categories[pk]]
        paused = self.categories[pk] not in NEVER_DIGESTED and pause_end(rhythm, zone, self.now)
        if frequency == Frequency.OFF or pk not in self.followed:
            return Reason.UNWANTED
        if frequency in DIGESTED or paused:
            return Reason.DIGESTED
        quiet = quiet_until(rhythm, zone, self.now)
        return Wait(quiet) if quiet else None

    def _digest(self, delivery: Delivery, digest: Digest, user: User) -> Letter | Reason | Wait:
        if pause := pause_end(self.rhythms.get(user.pk), zones.zone(user.time_zone), self.now):
            return Wait(pause)
        choice = self.frequencies[user.pk]
        told = self.by_digest.get(digest.pk, [])
        news = [one for one in told if choice[one.notification.category] != Frequency.OFF]
        figures = self.sheets.get(digest.pk, [])
        if not news and not figures:
            return Reason.NOTHING
        zone = zones.zone(user.time_zone)
        beyond = max(0, told[0].notification.total - DIGEST_ROWS_MAX) if told else 0
        same = (digest.cadence, digest.period_start, digest.period_end, beyond, delivery.pk if figures else None)
        holds = tuple((one.event.pk, one.notification.direct) for one in news)
        language = translation.get_language()

        def context(groups: Sequence[Group], left_out: int) -> dict[str, Any]:
            return {
                **self._mail_groups(groups, user),
                "left_out": left_out + beyond,
                "daily": digest.cadence == Digest.Cadence.DAILY,
                "sheets": [_mail_sheet(sheet) for sheet in figures],
                "inbox": "" if user.pk in self.guests else links.whole(reverse("inbox")),
                "first_day": zones.day_name(digest.period_start, zone),
                "last_day": zones.day_name(digest.period_end, zone),
                "until": zones.moment(digest.period_end, zone),
            }

        # Long texts and long names: mail programs cut a letter that is too long, so ours is shortened at its end.
        for most in LINES:
            key = (language, user.time_zone, holds, most)
            if key not in self.grouped:
                self.grouped[key] = grouped(news, self.why, zone, most)
            groups, left_out = self.grouped[key]
            shown = {pk for group in groups for pk, _direct in group.holds}
            follows = self._followed([one for one in news if one.event.pk in shown])
            content = Content("digest", (same, holds, most), follows, partial(context, groups, left_out))
            letter = self._to_person(delivery, user, content, f"{links.DIGEST}:{digest.cadence}")
            if size(letter) <= SIZE_MAX:
                break
        return letter

    def _to_person(self, delivery: Delivery, user: User, content: Content, what: str) -> Letter:
        """Cast the letter from the mould that everybody's with this content comes from."""
        guest, stop = user.pk in self.guests, self._unsubscribe_url(user, what)
        follows = [(one.title, one.because) for one in content.follows]
        key = (content, translation.get_language(), user.time_zone, guest, bool(user.display_name), tuple(follows))
        if key not in self.moulds:
            why = [
                {"title": title, "because": because, "link": moulds.place(f"follow{number}")}
                for number, (title, because) in enumerate(follows)
            ]
            own_places = {
                "why": why,
                "guest": guest,
                "name": moulds.place("name") if user.display_name else "",
                "settings_link": moulds.place("settings"),
                "unsubscribe_link": moulds.place("stop"),
            }
            self.moulds[key] = moulds.write(content.template, content.context() | own_places)
        own = {f"follow{number}": self._unsubscribe_url(user, one.wish) for number, one in enumerate(content.follows)}
        own |= {
            "name": user.display_name,
            "settings": links.manage_url(user) if guest else links.whole(reverse("notification_settings")),
            "stop": stop,
        }
        letter = _letter(delivery, self.mailboxes[user.pk], self.moulds[key].cast(own))
        letter.extra_headers |= {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"Kalibaru HUB <{content.template}.{links.host()}>",
        }
        return letter

    def _followed(self, news: Sequence[News]) -> list[Followed]:
        """Return the follows that brought the news, each once."""
        found: dict[str, Followed] = {}
        for one in news:
            for followed in self.why.followed(one.notification):
                found.setdefault(followed.wish, followed)
        return list(found.values())

    def _mail_groups(self, groups: Sequence[Group], user: User) -> dict[str, Any]:
        said = [self._said(group, user) for group in groups]
        return {
            "preview": " · ".join(group.title for group in groups),
            "groups_html": format_html_join("", "{}", ((one["html"],) for one in said)),
            "groups_text": "\n\n".join(one["text"] for one in said),
        }

    def _said(self, group: Group, user: User) -> dict[str, str]:
        """Write what a group says once for all digests that have it."""
        key = (translation.get_language(), user.time_zone, *group.holds)
        if key not in self.written:
            context = {"group": group, "link": links.whole(group.url)}
            self.written[key] = {
                kind: render_to_string(f"emails/digest_group-{file}", context) for kind, file in FILES.items()
            }
        return self.written[key]

    def _unsubscribe_url(self, user: User, what: str) -> str:
        """Sign a link once, however often the letters need it."""
        if (user.pk, what) not in self.signed:
            self.signed[user.pk, what] = links.unsubscribe_url(user, what)
        return self.signed[user.pk, what]


def _notifications(deliveries: Sequence[Delivery]) -> list[Notification]:
    people = {delivery.user_id: delivery.user for delivery in deliveries if delivery.user_id}
    single = [delivery.notification_id for delivery in deliveries if delivery.notification_id]
    digests = [delivery.digest_id for delivery in deliveries if delivery.digest_id]
    rows = shared_events(Notification.objects.filter(pk__in=single), people) if single else []
    if digests:
        newest = Window(RowNumber(), partition_by=F("digest"), order_by=F("at").desc())
        total = Window(Count("id"), partition_by=F("digest"))
        numbered = Notification.objects.filter(digest__in=digests).annotate(place=newest, total=total)  # type: ignore[no-redef]
        rows += shared_events(numbered.filter(place__lte=DIGEST_ROWS_MAX), people)
    return rows


def _mailboxes(people: set[UUID]) -> dict[UUID, str]:
    """Return where mail may go: the confirmed address of each active person."""
    living = EmailAddress.objects.filter(user__in=people, user__is_active=True, user__erased_at__isnull=True)
    confirmed = living.filter(verified=True, email__iexact=F("user__email"))
    return dict(confirmed.values_list("user", "email"))


def _mail_sheet(sheet: Sheet) -> dict[str, Any]:
    def lines(row: SheetRow) -> list[tuple[str, str]]:
        return [(one.text, links.whole(one.url)) for one in row.numbers.lines]

    rows = [{"row": row, "link": links.whole(row.url), "lines": lines(row)} for row in sheet.rows]
    return {"sheet": sheet, "rows": rows}


def _letter(delivery: Delivery, address: str, words: Mould) -> Letter:
    letter = EmailMultiAlternatives(
        subject=words.subject,
        body=words.text,
        to=[address],
        # The fixed id lets a receiver, and a test, see a repeat.
        headers={"Message-ID": f"<{delivery.pk}@{links.host()}>", "Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(words.html, "text/html")
    return letter


def size(letter: Letter) -> int:
    """Return about how many bytes the letter has on the wire: its parts, without some hundred of headers."""
    return len(str(letter.body).encode()) + sum(len(str(content).encode()) for content, _type in letter.alternatives)
