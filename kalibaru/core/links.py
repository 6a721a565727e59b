"""Registry of addresses that lower rooms lead to and upper rooms own: the page of an area, the moderation desk …

A lower room asks for a place by its key (`link_to`, in templates `{% link_to "desk" as desk_url %}`); the room that
has the page registers it from its `apps.py`. While nobody has, the answer is "", and the link is left out.
"""

from typing import Any

from django.urls import NoReverseMatch, reverse

_places: dict[str, tuple[str, str]] = {}


def register_link(key: str, name: str, fragment: str = "") -> None:
    """Say which named address, and which part of its page, is meant by `key`."""
    _places[key] = (name, fragment)


def link_to(key: str, *args: Any) -> str:
    """Return the address of a place in the active language, or "" while no room has it."""
    if key not in _places:
        return ""
    name, fragment = _places[key]
    try:
        return reverse(name, args=args) + fragment
    except NoReverseMatch:
        return ""
