"""The cells of a permission table: + may, F may never (403), S not in this state (409)."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import TransitionNotAllowed


def outcome(call: Callable[[], Any]) -> str:
    """Do a deed in a transaction of its own, and return its cell."""
    try:
        with transaction.atomic():
            call()
    except PermissionDenied:
        return "F"
    except TransitionNotAllowed:
        return "S"
    return "+"
