"""One's own work in numbers."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import ACCOUNT, policy
from kalibaru.notifications.desks import Span, sheets

WEEK = timedelta(days=7)


@require_safe
@policy(ACCOUNT)
def figures(request: AccountRequest) -> HttpResponse:
    """Show each desk the person shares: this week so far and the week before."""
    now, user = timezone.now(), request.user
    context = {
        "sheets": sheets([user.pk], Span(now - WEEK, now))[user.pk],
        "before": sheets([user.pk], Span(now - 2 * WEEK, now - WEEK))[user.pk],
    }
    return render(request, "notifications/figures.html", context)
