"""Tags and filters of every page. The module is a template builtin: no `{% load %}` needed.

Numbers, days and money are shown in the reader's language; time is always shown in WIB.
"""

from functools import cache, lru_cache
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_urlconf, reverse, translate_url
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kalibaru.core import links, wording
from kalibaru.core.filterbar import bar_key, chips, quick_field
from kalibaru.core.markdown import render_markdown
from kalibaru.core.tones import ICON_OF_TONE, NEUTRAL, STATIONS, icon_of, tone_of

register = template.Library()

SPRITE = "img/icons.svg"


for words in (
    wording.initials,
    wording.money,
    wording.money_words,
    wording.number,
    wording.percent_of,
    wording.day,
    wording.moment,
    wording.ago,
):
    register.filter(words.__name__, words)


# --- text ------------------------------------------------------------------------------------------
@register.filter
def markdown(text: str | None) -> SafeString:
    """Return people's Markdown as safe HTML: the only place that marks text safe."""
    return mark_safe(render_markdown(text or ""))  # noqa: S308  (sanitised by nh3)


@register.filter
def without_markdown(text: str | None) -> str:
    """Return the words of people's Markdown, without its signs, for places that quote it."""
    return unescape(strip_tags(render_markdown(text or ""))).strip()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return a drawing of static/img/icons.svg; hidden from screen readers unless it has a label."""
    return _drawing(str(name), str(label), static(SPRITE) if settings.DEBUG else _sprite())


@cache
def _sprite() -> str:
    return static(SPRITE)


@lru_cache(maxsize=512)
def _drawing(name: str, label: str, sprite: str) -> SafeString:
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


# --- states ----------------------------------------------------------------------------------------
@register.simple_tag
def pill(tone: str, icon_name: str, text: Any) -> SafeString:
    """Return a word of state: icon, word and colour."""
    return format_html(
        '<span class="pill pill--{}">{}{}</span>', tone or NEUTRAL, icon(icon_name or ICON_OF_TONE[NEUTRAL]), text
    )


@register.simple_tag
def state_pill(row: Any, field: str = "state") -> SafeString:
    """Return the pill of a row's state: `{% state_pill initiative %}`."""
    word = getattr(row, field)
    return pill(tone_of(word), icon_of(word), getattr(row, f"get_{field}_display")())


@register.simple_tag
def word_pill(choice: Any) -> SafeString:
    """Return the pill of a word that is computed, not stored: a member of a TextChoices."""
    return pill(tone_of(choice.value), icon_of(choice.value), choice.label)


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


@register.simple_tag
def indonesian() -> SafeString:
    """Return ` lang="id"` for an element with words that people wrote in Indonesian; nothing on an Indonesian page."""
    return SafeString("" if get_language() == "id" else ' lang="id"')


@register.simple_tag(takes_context=True)
def other_language(context: template.Context) -> dict[str, str]:
    """Return code, name and address of this page in the other language."""
    code, name = ("en", "English") if get_language() == "id" else ("id", "Bahasa Indonesia")
    return {"code": code, "name": name, "url": lang_url(context, code)}


@register.simple_tag(takes_context=True)
def lang_url(context: template.Context, language: str) -> str:
    """Return this page's address in another language."""
    request = _request(context)
    return _translated(request.get_full_path(), language, get_language(), get_urlconf()) if request else "/"


@lru_cache(maxsize=1024)
def _translated(address: str, language: str, _language: str, _urlconf: str | None) -> str:
    return translate_url(address, language)


@register.simple_tag(takes_context=True)
def menu_place(context: template.Context) -> tuple[str, bool]:
    """Return where in the main menu this page is: its section, and whether it is the first page of it."""
    request = _request(context)
    path = request.path if request else ""
    parts = path.split("/")
    section = "/".join(parts[:3] if parts[1:2] == ["en"] else parts[:2])
    return section, path == f"{section}/"


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
    keys = [key for key, _label in STATIONS]
    place = keys.index(here) if here in keys else -1
    return [
        {
            "key": key,
            "label": label,
            "url": (urls or {}).get(key) or links.link_to(f"loop:{key}"),
            "place": "here"
            if index == place
            else "next"
            if index == place + 1
            else "before"
            if index < place
            else "after",
        }
        for index, (key, label) in enumerate(STATIONS)
    ]


@register.simple_tag
def link_to(key: str, *args: Any) -> str:
    """Return the address of a place that an upper room has: `{% link_to "area" area.code as url %}`."""
    return links.link_to(key, *args)


def _reverse(name: str) -> str:
    """Return the address of a page without arguments, or "" if no page has that name."""
    return _reversed(name, get_language(), get_urlconf())


@lru_cache(maxsize=256)
def _reversed(name: str, _language: str, _urlconf: str | None) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def filter_chips(context: template.Context, form: Any) -> list[dict[str, str]]:
    """Return what the reader has filtered by, each with the address that removes it."""
    request = _request(context)
    return chips(form, request.GET) if request else []


@register.simple_tag(takes_context=True)
def filter_key(context: template.Context, filterset: Any) -> tuple[Any, ...]:
    """Return all that a filter bar shows, by which what was rendered is kept."""
    request = _request(context)
    return bar_key(filterset, request.GET) if request else (id(filterset),)


@register.simple_tag
def filter_field(field: BoundField) -> SafeString:
    """Return a filter's label and input, without the price of a template per option."""
    return quick_field(field)


@register.simple_tag(takes_context=True)
def menu_link(context: template.Context, name: str, label: str, drawing: str = "") -> SafeString | str:
    """Return an item of the menu, or nothing while no page has that name."""
    url = _reverse(name)
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
    url = _reverse(name)
    return format_html('<li><a href="{}">{}</a></li>', url, label) if url else ""
