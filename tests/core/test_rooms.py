"""No room names an address or a template of a room above it: it asks `core.links`, or a registry of its own."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = (
    "core", "accounts", "places", "media", "notifications", "discussions", "stakeholders", "issues", "initiatives",
    "portal",
)  # fmt: skip
# Side by side on one floor (docs/architecture.md): none of them may know the others.
FLOOR = {"accounts": 1, "places": 1, "media": 1}
FOLDERS = {
    "stakeholders": ["stakeholders"],
    "issues": ["issues", "forums"],
    "initiatives": ["initiatives", "programmes", "proposals"],
    "accounts": ["account", "accounts", "allauth"],
    "portal": ["portal", "styleguide"],
}
OUTSIDE = ("stakeholders", "issues", "initiatives")
_CALL = re.compile(r"""(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*f?["']([a-z_]+(?::[a-z_]+)?)["']""")
_NAMED = re.compile(r"""["']([a-z]+:[a-z_]+)["']""")
_TAG = re.compile(r"""{%\s*(?:url|menu_link|footer_link)\s+["']([a-z_]+(?::[a-z_]+)?)["']""")
_TEMPLATE = re.compile(r"""["']([a-z_]+)/[a-z_/]+\.html["']""")


def height(room: str) -> int:
    return FLOOR.get(room, ROOMS.index(room))


def python_of(room: str) -> list[Path]:
    folder = settings.BASE_DIR / (room if room in OUTSIDE else f"kalibaru/{room}")
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def templates_of(room: str) -> list[Path]:
    folders = [settings.BASE_DIR / "templates" / name for name in FOLDERS.get(room, [room])]
    return [path for folder in folders for path in folder.rglob("*.html")]


def room_of_address() -> dict[str, str]:
    """Return {namespace or plain name: room} of everything in the map of addresses."""
    from django.urls import URLResolver, get_resolver

    found: dict[str, str] = {}

    def walk(resolver, namespace=""):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                walk(entry, entry.namespace or namespace)
            elif room := next((name for name in ROOMS if f"{name}." in f"{entry.callback.__module__}."), None):
                found[namespace or str(entry.name)] = room

    walk(get_resolver())
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_names_nothing_of_a_room_above(room):
    addresses = room_of_address()
    folders = {folder: name for name in ROOMS for folder in FOLDERS.get(name, [name])}
    wrong = []
    for path in [*python_of(room), *templates_of(room)]:
        text = path.read_text()
        if path.suffix == ".py":
            named = [*_CALL.findall(text), *_NAMED.findall(text)]
        else:
            named = _TAG.findall(text)
        rooms = [(word, addresses.get(word.partition(":")[0])) for word in named]
        rooms += [(f"{folder}/…html", folders.get(folder)) for folder in _TEMPLATE.findall(text)]
        wrong += [
            f"{path.relative_to(settings.BASE_DIR)}: {word} is of {other}"
            for word, other in rooms
            if other and other != room and height(other) >= height(room)
        ]
    assert not wrong
