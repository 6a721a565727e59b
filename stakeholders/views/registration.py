"""Register an organisation, mend it, submit it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_fsm import TransitionNotAllowed

from kalibaru.core.access import ACCOUNT, policy, require
from kalibaru.core.errors import Conflict
from kalibaru.core.forms import add_errors
from kalibaru.core.pace import ratelimit
from stakeholders import services
from stakeholders.forms import EditForm, RegisterForm, lookalikes
from stakeholders.models import Organisation
from stakeholders.views.common import Moved, back, find, follow

FORM_PAGE = "stakeholders/form.html"


@require_http_methods(["GET", "POST"])
@policy("stakeholders.register_organisation")
@ratelimit(key="user_or_ip", rate="30/h", method="POST")
def register(request: HttpRequest) -> HttpResponse:
    """Ask for an organisation's data; save it as a draft, or submit it at once."""
    if request.method != "POST":
        return render(request, FORM_PAGE, {"form": RegisterForm(user=request.user)})
    form = RegisterForm(request.POST, request.FILES, user=request.user)
    if form.is_valid():
        key = form.cleaned_data["submission_key"]
        try:
            organisation, _made = services.register_organisation(form.details(), actor=request.user, key=key)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _saved(request, form, organisation)
    return render(request, FORM_PAGE, {"form": form}, status=400)


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="60/h", method="POST")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an organisation's data. What was typed stays, whatever goes wrong."""
    try:
        organisation = find(request, slug)
    except Moved as moved:
        return follow(request, moved, "stakeholders:edit")
    require(request.user, "stakeholders.edit_organisation", organisation)
    if request.method != "POST":
        return _edit_page(request, EditForm(user=request.user, instance=organisation), organisation)
    form = EditForm(request.POST, request.FILES, user=request.user, instance=organisation)
    if not form.is_valid():
        return _edit_page(request, form, organisation, 400)
    version = form.cleaned_data["version"]
    try:
        services.edit_organisation(organisation, form.details(), actor=request.user, version=version)
    except Conflict as conflict:
        organisation.refresh_from_db()
        form.renew(organisation, str(conflict))
        return _edit_page(request, form, organisation, 409)
    except ValidationError as error:
        add_errors(form, error)
        return _edit_page(request, form, organisation, 400)
    return _saved(request, form, organisation)


def _edit_page(request: HttpRequest, form: EditForm, organisation: Organisation, status: int = 200) -> HttpResponse:
    return render(request, FORM_PAGE, {"form": form, "organisation": organisation}, status=status)


def _saved(request: HttpRequest, form: Any, organisation: Organisation) -> HttpResponse:
    """Submit if that was asked for; a second click finds it submitted already."""
    if form.submitting:
        try:
            services.submit_organisation(organisation, actor=request.user)
        except TransitionNotAllowed:
            pass
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        messages.success(request, _("Terkirim. Sekretariat memeriksa data Anda, lalu mengabari lewat surel."))
    else:
        messages.success(request, _("Tersimpan."))
    return redirect(organisation)


@require_POST
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="30/h")
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Submit a complete draft; an incomplete one goes to its form."""
    try:
        organisation = find(request, slug)
    except Moved as moved:
        return follow(request, moved, "stakeholders:detail")
    try:
        services.submit_organisation(organisation, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("stakeholders:edit", organisation.slug)
    messages.success(request, _("Terkirim. Sekretariat memeriksa data Anda, lalu mengabari lewat surel."))
    return back(request, organisation)


@require_safe
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="90/m")
def lookalike_list(request: HttpRequest) -> HttpResponse:
    """Answer, while a name is typed, with organisations that may be the same (a fragment)."""
    besides = Organisation.objects.visible_to(request.user).filter(slug=request.GET.get("besides", "")[:80]).first()
    name, acronym = (request.GET.get(key, "").replace("\x00", "") for key in ("name", "acronym"))
    rows = lookalikes(name, acronym, request.user, besides) if len(name.strip()) > 2 or acronym.strip() else []
    return render(request, "stakeholders/parts/lookalikes.html", {"rows": rows})
