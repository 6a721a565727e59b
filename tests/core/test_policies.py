"""Deny by default: a view without a declared policy fails here."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from kalibaru.core.access import ACCOUNT, PUBLIC, policy

# Views of libraries that guard themselves; each with its reason.
GUARDED_ELSEWHERE = {
    "allauth.": "allauth decides who sees sign-in, e-mail, password and two-factor pages",
    "django.contrib.admin": "AdminSite asks has_permission; HouseAdmin asks is_moderator",
    "unfold.": "part of the back office, wrapped by AdminSite",
    "django.contrib.auth.views": "password pages of the back office",
    "django.contrib.contenttypes": "redirect of the back office",
    "django.views.generic.base": "redirects of the admin and of allauth, which carry no content",
}
OPEN_PREFIXES_OF_LIBRARIES = ("admin/", "accounts/")


def walk(patterns, prefix=""):
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here, pattern.callback


def module_of(view):
    return getattr(view, "__module__", "") or type(view).__module__


def addresses():
    return list(walk(get_resolver().url_patterns))


def test_every_view_declares_its_policy():
    undeclared = [
        f"{address} → {module_of(view)}.{getattr(view, '__name__', view)}"
        for address, view in addresses()
        if not getattr(view, "policy", None)
        and not (
            address.startswith(OPEN_PREFIXES_OF_LIBRARIES) and module_of(view).startswith(tuple(GUARDED_ELSEWHERE))
        )
    ]
    assert not undeclared, "\n".join(undeclared)


def test_declared_permissions_exist():
    import rules

    unknown = {
        view.policy
        for _address, view in addresses()
        if getattr(view, "policy", None) not in (None, PUBLIC, ACCOUNT) and not rules.perm_exists(view.policy)
    }
    assert not unknown


def test_a_view_without_policy_is_noticed():
    def bare(request):
        return None

    assert getattr(bare, "policy", None) is None
    assert policy(PUBLIC)(bare).policy == PUBLIC


@pytest.mark.django_db
def test_anonymous_is_sent_to_sign_in_wherever_an_account_is_needed(client):
    """Every page that needs an account and takes no argument sends a stranger to sign in."""
    checked = 0
    for address, view in addresses():
        if getattr(view, "policy", PUBLIC) == PUBLIC or "<" in address or "(?P" in address:
            continue
        response = client.get("/" + address)
        assert response.status_code in (302, 405), (address, response.status_code)
        if response.status_code == 302:
            assert "/accounts/login/" in response["Location"], address
        checked += 1
    assert checked >= 5
