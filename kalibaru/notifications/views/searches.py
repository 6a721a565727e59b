"""Follow a search: the listing's own address says what it is."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import ACCOUNT, policy
from kalibaru.core.pace import ratelimit
from kalibaru.notifications.searches import Criteria, read_criteria, savable
from kalibaru.notifications.services.searches import forget_search, save_search


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="30/m", method="POST")
def follow_search(request: AccountRequest) -> HttpResponse:
    """GET says in words what would be followed, POST follows it. `in` names the listing, the rest is its address."""
    criteria = _criteria(request.GET)
    problem = ""
    if request.method == "POST":
        try:
            search, new = save_search(criteria, user=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            done = _("Anda mengikuti pencarian “%(name)s”.") if new else _("Anda sudah mengikuti pencarian “%(name)s”.")
            messages.success(request, done % {"name": search.name})
            return redirect("following")
    context = {
        "criteria": criteria,
        "problem": problem,
        "followed": request.user.saved_searches.filter(address=criteria.address).exists(),
    }
    return render(request, "notifications/follow_search.html", context, status=400 if problem else 200)


@require_POST
@policy(ACCOUNT)
def stop_search(request: AccountRequest) -> HttpResponse:
    """Stop following a search."""
    if forget_search(request.POST.get("search", ""), user=request.user):
        messages.success(request, _("Anda tidak mengikuti pencarian itu lagi."))
    return redirect("following")


def _criteria(query: QueryDict) -> Criteria:
    listing = savable(query.get("in", ""))
    if listing is None:
        raise Http404
    return read_criteria(listing, query)
