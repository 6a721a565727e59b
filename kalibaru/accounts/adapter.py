"""What the portal decides about sign-in and sign-up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with a password only for those who want one."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Keep the name, the consent and the language of the page together with the new account."""
        form.fill(user)
        return super().save_user(request, user, form, commit)
