"""What a view receives that only people with an account may open."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from kalibaru.accounts.models import User


class AccountRequest(HttpRequest):
    """A request of somebody signed in: `policy` has turned visitors away. A type only, nothing makes one."""

    user: User
    htmx: HtmxDetails
