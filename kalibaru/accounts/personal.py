"""Registry of what each room knows about a person: for their own copy, and for erasure (UU 27/2022)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True)
class PersonalData:
    """What one room holds.

    export: rows of the person as plain values. erase: end or anonymise them and their history (`history_of`), in the
    caller's transaction.
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


def addresses_of(user: Any) -> set[str]:
    """Return every e-mail that is or was the person's, in lower case: what other rooms may still hold of them."""
    history = history_of(type(user)).filter(pgh_obj_id=user.pk).values_list("email", flat=True)
    proved = user.emailaddress_set.values_list("email", flat=True)
    return {address.lower() for address in (user.email, *history, *proved) if address}


def history_of(model: type[Model]) -> Any:
    """Return the history rows of a model. An erasure reaches them too: a name taken off a row would live on there."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event").objects


def personal_data() -> list[PersonalData]:
    """Return what every room registered, in a fixed order."""
    return [_rooms[key] for key in sorted(_rooms)]
