"""What the portal decides about sign-in and sign-up."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth's own behaviour until the portal decides otherwise."""
