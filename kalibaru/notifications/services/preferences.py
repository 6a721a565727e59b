"""A person chooses how soon, over which channel, at what hour, and when they want to be left alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kalibaru.core.access import require
from kalibaru.notifications.models import Channel, Frequency, Notification, Preference, Rhythm
from kalibaru.notifications.preferences import DIGESTED, choices_of


@dataclass(frozen=True)
class Hours:
    """What a form says about a person's rhythm; see `Rhythm`."""

    digest_weekday: int = 0
    digest_hour: int = 7
    paused_until: date | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None
    figures: bool = True


@dataclass(frozen=True)
class Wishes:
    """Everything on the settings page. channels: {channel: {category: frequency}}."""

    channels: dict[str, dict[str, str]]
    hours: Hours
    language: str
    time_zone: str


def choose(user: Any, chosen: dict[str, str], channel: str = Channel.MAIL) -> None:
    """Set {category: frequency} of a channel.

    What already waits for a digest moves to the other digest if that is chosen now, and stays in its own if "at
    once" is: nothing is lost or told twice by the change. Only "not at all" takes it out.
    """
    require(user, "notifications.read_inbox")
    for category, word in chosen.items():
        if word not in choices_of(category, channel):
            raise ValidationError(_("Pilihan ini tidak tersedia."))
    with transaction.atomic():
        for category, word in chosen.items():
            Preference.objects.update_or_create(
                user=user, category=category, channel=channel, defaults={"frequency": word}
            )
        if channel == Channel.MAIL:
            _move_waiting(user, chosen)


def _move_waiting(user: Any, chosen: dict[str, str]) -> None:
    waiting = Notification.objects.awaiting_digest().filter(user=user)
    for word in (*DIGESTED, Frequency.OFF):
        if categories := [category for category, other in chosen.items() if other == word]:
            waiting.filter(category__in=categories).exclude(frequency=word).update(frequency=word)


def set_hours(user: Any, hours: Hours) -> Rhythm:
    """Set when a person's digests come, and when nothing comes."""
    require(user, "notifications.read_inbox")
    rhythm = Rhythm(user=user, **vars(hours))
    rhythm.full_clean(exclude=["user"], validate_unique=False)
    return Rhythm.objects.update_or_create(user=user, defaults=dict(vars(hours)))[0]


def choose_all(user: Any, wishes: Wishes) -> None:
    """Set everything of the settings page, or nothing."""
    with transaction.atomic():
        for channel, words in wishes.channels.items():
            choose(user, words, channel)
        set_hours(user, wishes.hours)
        user.language, user.time_zone = wishes.language, wishes.time_zone
        user.save(update_fields=["language", "time_zone", "updated_at"])
