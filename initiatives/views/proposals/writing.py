"""Writing a proposal: saved at any moment, complete or not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from initiatives.forms.proposals import ProposalForm, ResultsFormSet, results_formset
from initiatives.models import Proposal
from initiatives.services import writing as services
from initiatives.services.proposals import missing
from initiatives.views.proposals.reading import found
from issues.models import PriorityIssue
from kalibaru.core.access import ACCOUNT, may, policy, require
from kalibaru.core.errors import Conflict
from kalibaru.core.forms import add_errors
from kalibaru.core.pace import ratelimit
from stakeholders.models import Organisation


@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="300/h", method="POST")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a proposal. Who has no verified organisation yet reads what to do first."""
    if not may(request.user, "initiatives.propose"):
        organisations = list(Organisation.objects.of(request.user).order_by("name"))
        waiting = next((row for row in organisations if row.state != Organisation.State.VERIFIED), None)
        context = {"organisations": organisations, "waiting": waiting}
        return render(request, "proposals/not_yet.html", context, status=403)
    if request.method != "POST":
        issue = PriorityIssue.objects.published().filter(slug=request.GET.get("issue", "")[:80]).first()
        form = ProposalForm(user=request.user, initial={"issue": issue})
        return _page(request, form, results_formset())
    form = ProposalForm(request.POST, request.FILES, user=request.user)
    results = results_formset(request.POST)
    if not _both_valid(form, results):
        return _page(request, form, results, status=400)
    try:
        written = services.begin_proposal(
            form.cleaned_data["organisation"],
            _writing(request, form, results),
            actor=request.user,
            key=form.cleaned_data["submission_key"],
        )
    except ValidationError as error:
        return _refused(request, form, results, error)
    return _answer(request, written, form)


@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="300/h", method="POST")
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a draft, or what a reviewer asked about; a stale form keeps what was typed and answers 409."""
    proposal = found(request, pk)
    require(request.user, "initiatives.edit_proposal", proposal)
    if not proposal.is_editable:
        if request.method == "POST" and _was_submitted_twice(request, proposal):
            return redirect(proposal)
        raise TransitionNotAllowed
    if request.method != "POST":
        form = ProposalForm(instance=proposal, user=request.user)
        lacks = missing(proposal) if "check" in request.GET else {}
        return _page(request, form, results_formset(proposal=proposal), proposal=proposal, lacks=lacks)
    form = ProposalForm(request.POST, request.FILES, instance=found(request, pk), user=request.user)
    results = results_formset(request.POST)
    if not _both_valid(form, results):
        return _page(request, form, results, status=400, proposal=proposal)
    try:
        written = services.revise_proposal(
            proposal,
            _writing(request, form, results, proposal),
            actor=request.user,
            version=form.cleaned_data["version"],
        )
    except Conflict as error:
        proposal.refresh_from_db()
        form.add_error(None, str(error))
        form.add_error(None, _("Jika Anda menyimpan lagi, isian Anda menggantikan perubahan itu."))
        return _page(request, _renewed(form, proposal), results, status=409, proposal=proposal, stale=True)
    except ValidationError as error:
        proposal.refresh_from_db()
        return _refused(request, form, results, error, proposal)
    return _answer(request, written, form)


def _writing(
    request: HttpRequest, form: ProposalForm, results: ResultsFormSet, proposal: Proposal | None = None
) -> services.Writing:
    removed = request.POST.get("remove", "")
    return services.Writing(
        form.content(results.lines()),
        files=form.cleaned_data.get("files") or (),
        removed=_own_file(proposal, removed) if proposal and removed else None,
        co_sponsor=form.cleaned_data.get("co_sponsor"),
        submit=request.POST.get("deed") == "submit",
    )


def _answer(request: HttpRequest, written: services.Written, form: ProposalForm) -> HttpResponse:
    """Say what came of it, and lead to where the button that was pressed promised."""
    proposal, button = written.proposal, request.POST.get("deed", "save")
    if written.lacks:
        words = _("Rancangan tersimpan, tetapi belum lengkap untuk diajukan.")
        saved = results_formset(proposal=proposal)
        return _refused(request, _renewed(form, proposal), saved, written.lacks, proposal, words)
    if button == "submit":
        messages.success(request, _("Usulan diajukan. Sekretariat sudah diberi tahu."))
        return redirect(proposal)
    messages.success(request, _("Rancangan tersimpan.") if proposal.state == "draft" else _("Perubahan tersimpan."))
    if button == "show":
        return redirect(proposal)
    address = reverse("proposals:edit", args=[proposal.pk])
    return redirect(f"{address}#{'hasil' if button == 'row' else 'simpan'}")


def _own_file(proposal: Proposal, text: str) -> Any:
    try:
        return get_object_or_404(proposal.files, pk=UUID(text))
    except ValueError:
        return get_object_or_404(proposal.files, pk=None)


def _both_valid(form: ProposalForm, results: ResultsFormSet) -> bool:
    """Check both, so that every error is shown at once."""
    valid = [form.is_valid(), results.is_valid()]
    return all(valid)


def _was_submitted_twice(request: HttpRequest, proposal: Proposal) -> bool:
    return request.POST.get("deed") == "submit" and proposal.state == Proposal.State.SUBMITTED


def _renewed(form: ProposalForm, proposal: Proposal) -> ProposalForm:
    """Give a form that is shown again the version of today, so that the next save is a knowing one."""
    data = form.data.copy()
    data["version"] = proposal.updated_at.isoformat()
    form.data = data
    return form


def _refused(
    request: HttpRequest,
    form: ProposalForm,
    results: ResultsFormSet,
    error: ValidationError,
    proposal: Proposal | None = None,
    words: str = "",
) -> HttpResponse:
    lacks: dict[str, Any] = {}
    if hasattr(error, "error_dict") and "results" in error.error_dict:
        lacks["results"] = " ".join(error.message_dict["results"])
        error = ValidationError({name: errors for name, errors in error.error_dict.items() if name != "results"})
    if words:
        form.add_error(None, words)
    add_errors(form, error)
    return _page(request, form, results, status=400, proposal=proposal, lacks=lacks)


def _page(
    request: HttpRequest,
    form: ProposalForm,
    results: ResultsFormSet,
    *,
    status: int = 200,
    proposal: Proposal | None = None,
    lacks: dict[str, Any] | None = None,
    stale: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "sections": form.sections(),
        "results": results.shown(),
        "proposal": proposal,
        "lacks": lacks or {},
        "stale": stale,
        "files": list(proposal.files.order_by("created_at", "id")) if proposal else [],
        "co_sponsors": list(proposal.co_sponsors.select_related("organisation")) if proposal else [],
    }
    return render(request, "proposals/form.html", context, status=status)
