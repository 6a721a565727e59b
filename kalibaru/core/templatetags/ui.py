"""Tags and filters of every page. The module is a template builtin: no `{% load %}` needed.

Numbers, days and money are shown in the reader's language; time is always shown in WIB.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext, ngettext

from kalibaru.core.filterbar import chips, quick_field
from kalibaru.core.markdown import render_markdown
from kalibaru.core.tones import STATIONS, icon_of, tone_of

register = template.Library()

WIB = ZoneInfo("Asia/Jakarta")
_DAYS_BEFORE_MONTHS = 60


# --- numbers and money -----------------------------------------------------------------------------
@register.filter
def money(value: Any) -> str:
    """Return rupiah without cents: Rp1.500.000. Nothing for nothing."""
    amount = _decimal(value)
    return "" if amount is None else f"Rp{number_format(round(amount), force_grouping=True)}"


@register.filter
def money_words(value: Any) -> str:
    """Return rupiah as people say it: Rp1,5 miliar."""
    amount = _decimal(value)
    if amount is None:
        return ""
    for power, words in (
        (12, gettext("Rp%(number)s triliun")),
        (9, gettext("Rp%(number)s miliar")),
        (6, gettext("Rp%(number)s juta")),
    ):
        if abs(amount) >= 10**power:
            return words % {"number": number(amount / 10**power)}
    return money(amount)


@register.filter
def number(value: Any) -> str:
    """Return a number with at most one decimal, none if it is whole: 1.250 or 1,5."""
    amount = _decimal(value)
    if amount is None:
        return ""
    rounded = round(amount, 1)
    whole = rounded == rounded.to_integral_value()
    return number_format(rounded, decimal_pos=0 if whole else 1, force_grouping=True)


@register.filter
def percent_of(value: Any, goal: Any) -> int:
    """Return how much of `goal` is reached, 0 to 100."""
    part, whole = _decimal(value), _decimal(goal)
    if not whole or part is None:
        return 0
    return max(0, min(100, int(part * 100 / whole)))


def _decimal(value: Any) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


# --- days and moments ------------------------------------------------------------------------------
@register.filter
def day(value: date | datetime | None) -> str:
    """Return the day in WIB: 6 Februari 2024."""
    if not value:
        return ""
    return date_format(_local(value), "j F Y")


@register.filter
def moment(value: datetime | None) -> str:
    """Return day and time in WIB: 6 Februari 2024, 09.00 WIB."""
    if not value:
        return ""
    return f"{day(value)}, {date_format(_local(value), 'H.i' if get_language() == 'id' else 'H:i')} WIB"


@register.filter
def ago(value: date | datetime | None) -> str:
    """Return how far from now: 41 hari lalu, hari ini, 3 hari lagi."""
    if not value:
        return ""
    if not isinstance(value, datetime):
        return _days_away((value - timezone.localdate(timezone=WIB)).days, value)
    gone = timezone.now() - value
    if timedelta(0) <= gone < timedelta(hours=1):
        minutes = int(gone.total_seconds() // 60)
        return (
            ngettext("%(n)d menit lalu", "%(n)d menit lalu", minutes) % {"n": minutes}
            if minutes
            else gettext("baru saja")
        )
    if timedelta(0) <= gone < timedelta(days=1):
        hours = int(gone.total_seconds() // 3600)
        return ngettext("%(n)d jam lalu", "%(n)d jam lalu", hours) % {"n": hours}
    return _days_away((_local(value).date() - timezone.localdate(timezone=WIB)).days, value)


def _days_away(days: int, value: date | datetime) -> str:
    if days == 0:
        return gettext("hari ini")
    if days < -_DAYS_BEFORE_MONTHS:
        return gettext("%(time)s lalu") % {"time": timesince(value, depth=1)}
    if days < 0:
        return ngettext("%(n)d hari lalu", "%(n)d hari lalu", -days) % {"n": -days}
    return ngettext("%(n)d hari lagi", "%(n)d hari lagi", days) % {"n": days}


def _local(value: date | datetime) -> date | datetime:
    return value.astimezone(WIB) if isinstance(value, datetime) and timezone.is_aware(value) else value


# --- text ------------------------------------------------------------------------------------------
@register.filter
def markdown(text: str | None) -> SafeString:
    """Return people's Markdown as safe HTML: the only place that marks text safe."""
    return mark_safe(render_markdown(text or ""))  # noqa: S308  (sanitised by nh3)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return a drawing of static/img/icons.svg; hidden from screen readers unless it has a label."""
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


# --- states ----------------------------------------------------------------------------------------
@register.inclusion_tag("parts/pill.html")
def state_pill(row: Any, field: str = "state") -> dict[str, Any]:
    """Return the pill of a row's state: `{% state_pill initiative %}`."""
    word = getattr(row, field)
    return {"tone": tone_of(word), "icon": icon_of(word), "text": getattr(row, f"get_{field}_display")()}


@register.filter(name="tone")
def tone_filter(word: str) -> str:
    """Return the tone of a state word: done, waiting, late, info or neutral."""
    return tone_of(word)


# --- addresses -------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the current query string with some parameters changed; None or "" removes one."""
    request = _request(context)
    params = request.GET.copy() if request else {}
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = value
    encoded = params.urlencode() if params else ""
    return f"?{encoded}" if encoded else "?"


@register.simple_tag(takes_context=True)
def active(context: template.Context, url: str) -> SafeString | str:
    """Return `aria-current` for a link of the menu that leads to this page or to its section."""
    request = _request(context)
    if not request or not url:
        return ""
    if request.path == url:
        return format_html(' aria-current="{}"', "page")
    return format_html(' aria-current="{}"', "true") if len(url) > 4 and request.path.startswith(url) else ""


@register.simple_tag(takes_context=True)
def lang_url(context: template.Context, language: str) -> str:
    """Return this page's address in another language."""
    request = _request(context)
    return translate_url(request.get_full_path(), language) if request else "/"


@register.simple_tag(takes_context=True)
def csrf_field(context: template.Context) -> SafeString:
    """Like `csrf_token`, but also inside `{% include … only %}`, which hides the token."""
    request = _request(context)
    if not request:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def _request(context: template.Context) -> Any:
    return getattr(context, "request", None) or context.get("request")


# --- parts with a little arithmetic ------------------------------------------------------------------
@register.inclusion_tag("parts/breadcrumbs.html")
def breadcrumbs(*words: str) -> dict[str, Any]:
    """`{% breadcrumbs _("Masalah") list_url issue.title %}`: label and url in pairs, this page's label last."""
    pairs = list(zip(words[:-1:2], words[1::2], strict=False))
    return {"trail": pairs, "here": words[-1] if len(words) % 2 else ""}


@register.simple_tag
def loop_stations(here: str, urls: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Return the stations of the loop with their links; `urls` gives a page's own links by station."""
    keys = [key for key, *_rest in STATIONS]
    place = keys.index(here) if here in keys else -1
    return [
        {
            "key": key,
            "label": label,
            "url": (urls or {}).get(key) or _reverse(name, fragment),
            "place": "here"
            if index == place
            else "next"
            if index == place + 1
            else "before"
            if index < place
            else "after",
        }
        for index, (key, label, name, fragment) in enumerate(STATIONS)
    ]


def _reverse(name: str, fragment: str) -> str:
    try:
        return reverse(name) + fragment
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def filter_chips(context: template.Context, form: Any) -> list[dict[str, str]]:
    """Return what the reader has filtered by, each with the address that removes it."""
    request = _request(context)
    return chips(form, request.GET) if request else []


@register.simple_tag
def filter_field(field: BoundField) -> SafeString:
    """Return a filter's label and input, without the price of a template per option."""
    return quick_field(field)


@register.simple_tag(takes_context=True)
def menu_link(context: template.Context, name: str, label: str, drawing: str = "") -> SafeString | str:
    """Return an item of the menu, or nothing while no page has that name."""
    url = _reverse(name, "")
    if not url:
        return ""
    return format_html(
        '<li><a class="nav__link" href="{}"{}>{}{}</a></li>',
        url,
        active(context, url),
        icon(drawing) if drawing else "",
        label,
    )


@register.simple_tag
def footer_link(name: str, label: str) -> SafeString | str:
    """Return an item of the footer, or nothing while no page has that name."""
    url = _reverse(name, "")
    return format_html('<li><a href="{}">{}</a></li>', url, label) if url else ""
