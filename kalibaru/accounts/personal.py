"""Registry of what each room knows about a person: for their own copy, and for erasure (UU 27/2022)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PersonalData:
    """What one room holds.

    export: rows of the person as plain values. erase: end or anonymise them, in the caller's transaction.
    hinders: reasons, for the person, why the account cannot be erased yet.
    """

    key: str
    label: Any
    export: Callable[[Any], list[dict[str, Any]]]
    erase: Callable[[Any], None]
    hinders: Callable[[Any], list[str]]


_rooms: dict[str, PersonalData] = {}


def register_personal_data(
    key: str,
    label: Any,
    export: Callable[[Any], list[dict[str, Any]]],
    erase: Callable[[Any], None] = lambda user: None,
    hinders: Callable[[Any], list[str]] = lambda user: [],
) -> None:
    """Let an upper room add what it holds (called from its `apps.py`)."""
    _rooms[key] = PersonalData(key, label, export, erase, hinders)


def personal_data() -> list[PersonalData]:
    """Return what every room registered, in a fixed order."""
    return [_rooms[key] for key in sorted(_rooms)]
