"""Who may: the policy each view declares, and the guard each service begins with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

PUBLIC = "public"
ACCOUNT = "account"

View = Callable[..., HttpResponse]


def policy(name: str) -> Callable[[View], View]:
    """Declare who may open a view: PUBLIC, ACCOUNT (signed in), or a permission of `rules`.

    A permission is asked without an object here; a deed on one row is guarded again by its service
    (`require`). A view without this declaration fails the test that walks the address map.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if name != PUBLIC and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if name not in (PUBLIC, ACCOUNT):
                require(request.user, name)
            return view(request, *args, **kwargs)

        guarded.policy = name  # type: ignore[attr-defined]
        return guarded

    return decorate


def may(user: Any, permission: str, row: Any = None) -> bool:
    """Return whether `user` has a permission of `rules`, on `row` if given. Unknown permissions are refused."""
    return bool(getattr(user, "is_active", False)) and rules.has_perm(permission, user, row)


def require(user: Any, permission: str, row: Any = None) -> None:
    """Raise PermissionDenied unless `user` may."""
    if not may(user, permission, row):
        raise PermissionDenied(permission)


@rules.predicate
def is_moderator(user: Any) -> bool:
    """The person is in the group `moderators`, or a superuser."""
    return bool(getattr(user, "is_moderator", False))


@rules.predicate
def has_account(user: Any) -> bool:
    """The person is signed in and not blocked."""
    return bool(user.is_authenticated and user.is_active)
