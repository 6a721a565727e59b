"""Decisions of the secretariat: one page per organisation, and the posts that the desk sends."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kalibaru.core.access import policy
from kalibaru.core.errors import Conflict
from kalibaru.core.forms import add_errors
from stakeholders import services
from stakeholders.duplicates import with_possible_duplicates
from stakeholders.forms import DecisionForm, MergeForm
from stakeholders.models import Organisation
from stakeholders.views.common import Moved, back, find, follow

DECISIONS: dict[str, tuple[Callable[..., Any], Any]] = {
    "verify": (services.verify_organisation, gettext_lazy("%(name)s sudah diverifikasi.")),
    "reject": (services.reject_organisation, gettext_lazy("Pendaftaran %(name)s ditolak. Alasannya dikirim.")),
    "ask": (services.ask_to_complete, gettext_lazy("Pertanyaan untuk %(name)s dikirim.")),
    "suspend": (services.suspend_organisation, gettext_lazy("%(name)s ditangguhkan. Alasannya dikirim.")),
    "restore": (services.restore_organisation, gettext_lazy("%(name)s dipulihkan.")),
}


@require_http_methods(["GET", "POST"])
@policy("stakeholders.moderate_organisation")
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Verify, reject, ask, suspend or restore. What was typed stays, whatever goes wrong."""
    try:
        organisation = find(request, slug)
    except Moved as moved:
        return follow(request, moved, "stakeholders:decide")
    if request.method != "POST":
        return _page(request, organisation)
    if request.POST.get("decision") not in DECISIONS:
        raise Http404
    act, done = DECISIONS[request.POST["decision"]]
    form = DecisionForm(request.POST, instance=organisation)
    return _act(request, organisation, form, done, lambda data: act(organisation, actor=request.user, **_said(data)))


@require_POST
@policy("stakeholders.moderate_organisation")
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Merge a duplicate into another organisation."""
    try:
        organisation = find(request, slug)
    except Moved as moved:
        return follow(request, moved, "stakeholders:decide")
    form = MergeForm(request.POST, instance=organisation)

    def act(data: dict[str, Any]) -> Any:
        return services.merge_organisation(
            organisation, data["heir"], actor=request.user, trust_members=data["trust_members"], **_said(data)
        )

    return _act(request, organisation, form, _("%(name)s digabung. Alamat lamanya mengarah ke organisasi tujuan."), act)


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {"reason": data["reason"], "version": data["version"]}


def _act(
    request: HttpRequest, organisation: Organisation, form: DecisionForm, done: Any, act: Callable[[dict], Any]
) -> HttpResponse:
    status = 400
    if form.is_valid():
        try:
            result = act(form.cleaned_data)
        except Conflict as conflict:
            organisation.refresh_from_db()
            form.renew(organisation, str(conflict))
            status = 409
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done % {"name": organisation.name})
            return back(request, result if isinstance(result, Organisation) else organisation)
    return _page(request, organisation, form, status)


def _page(
    request: HttpRequest, organisation: Organisation, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    with_possible_duplicates([organisation])
    merging = isinstance(form, MergeForm)
    if form is not None and not merging:
        organisation.decision_form = form
    context = {
        "organisation": organisation,
        "next": request.POST.get("next", ""),
        "merge_form": form
        if merging
        else MergeForm(
            instance=organisation,
            auto_id="merge-%s",
            initial={"trust_members": organisation.state == Organisation.State.VERIFIED},
        ),
    }
    return render(request, "stakeholders/decide.html", context, status=status)
