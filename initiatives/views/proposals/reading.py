"""The list, one proposal whole, and its files."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from initiatives.filters.proposals import ProposalFilter
from initiatives.forms import proposals as forms
from initiatives.models import CoSponsor, Proposal
from initiatives.policies.proposals import acts_for_verified
from initiatives.services.co_sponsors import OPEN as TAKES_CO_SPONSORS
from kalibaru.core.access import ACCOUNT, PUBLIC, may, policy, require
from kalibaru.core.listings import listing_page
from kalibaru.core.paging import bounded_count, keyset_page
from kalibaru.media.views import send_attachment
from kalibaru.notifications.timeline import timeline

ORDER = ("-created_at", "-id")
State = Proposal.State
_WAITING = {
    State.DRAFT: _("Rancangan ini menunggu Anda: lengkapi, lalu ajukan."),
    State.SUBMITTED: _("Menunggu sekretariat mulai meninjau."),
    State.UNDER_REVIEW: _("Menunggu keputusan peninjau."),
    State.CLARIFICATION: _("Menunggu penjelasan dari pengusul."),
}
_STEPS = (
    ({State.DRAFT}, _("Rancangan")),
    ({State.SUBMITTED}, _("Diajukan")),
    ({State.UNDER_REVIEW, State.CLARIFICATION}, _("Ditinjau")),
    ({State.ACCEPTED, State.DECLINED}, _("Diputuskan")),
    (set(), pgettext_lazy("satu", "Inisiatif bersama")),
)


@policy(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what the reader may see: everybody the accepted ones, parties also their own and those under review."""
    signed_in = request.user.is_authenticated
    filtered = ProposalFilter(request.GET, queryset=Proposal.objects.visible_to(request.user), signed_in=signed_in)
    rows = filtered.qs
    listed = rows.select_related("organisation", "issue").defer("approach", "asks", "decision_reason")
    page = keyset_page(listed, ORDER, request.GET.get("page", ""))
    context = {
        "count": bounded_count(rows),
        "may_propose": may(request.user, "initiatives.propose"),
    }
    return listing_page(request, "proposals/list.html", context, filtered=filtered, page=page)


@policy(PUBLIC)
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one proposal: to everybody once accepted, with its inside to those concerned."""
    return show(request, found(request, pk))


@policy(ACCOUNT)
@require_safe
def download(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponseBase:
    """Send a file to those concerned."""
    proposal = found(request, pk)
    require(request.user, "initiatives.read_proposal_inside", proposal)
    return send_attachment(get_object_or_404(proposal.files, pk=file))


def found(request: HttpRequest, pk: UUID) -> Proposal:
    """Return the proposal if this reader may see it, else 404: a guessed address tells nothing."""
    rows = Proposal.objects.visible_to(request.user).select_related("organisation", "issue", "initiative")
    return get_object_or_404(rows, pk=pk)


def show(
    request: HttpRequest, proposal: Proposal, *, status: int = 200, typed: dict[str, Form] | None = None
) -> HttpResponse:
    """Render the page. `typed` holds forms that were refused, by the name of their deed, with what was typed."""
    inside = may(request.user, "initiatives.read_proposal_inside", proposal)
    context = {
        "proposal": proposal,
        "areas": list(proposal.areas.order_by("code")),
        "results": list(proposal.expected_results.all()),
        "steps": _steps(proposal),
        "waiting": _WAITING.get(State(proposal.state)),
        "initiative": _visible_initiative(request, proposal),
        "inside": inside,
        "entries": timeline(proposal, request.user, parties=inside),
        **_co_sponsors(request, proposal, inside),
    }
    if inside:
        context |= _inside(request, proposal, typed or {})
    return render(request, "proposals/detail.html", context, status=status)


def _inside(request: HttpRequest, proposal: Proposal, typed: dict[str, Form]) -> dict[str, Any]:
    user = request.user
    edits = may(user, "initiatives.edit_proposal", proposal)
    reviews = may(user, "initiatives.review_proposal", proposal)
    messages = proposal.messages.select_related("author", "organisation").order_by("created_at", "id")
    if not reviews:
        messages = messages.filter(internal=False)
    messages = list(messages)
    context = {
        "edits": edits and proposal.is_editable,
        "reviews": reviews and proposal.state in Proposal.AWAITING,
        "files": list(proposal.files.order_by("created_at", "id")),
        "talk": [message for message in messages if message.kind == "message"],
        "clarifications": [message for message in messages if message.kind != "message"],
        "reviewers": list(proposal.reviewers.order_by("display_name")),
        "decide_forms": _decide_forms(proposal, typed) if reviews else {},
    }
    if edits:
        context |= _sponsor_forms(proposal, typed)
    if may(user, "initiatives.comment_on_proposal", proposal):
        context["message_form"] = typed.get("message") or forms.MessageForm(may_be_internal=reviews)
    if reviews and proposal.state in Proposal.AWAITING and may(user, "initiatives.name_reviewer", proposal):
        context["reviewer_form"] = typed.get("reviewer") or forms.ReviewerForm(proposal=proposal)
    return context


def _sponsor_forms(proposal: Proposal, typed: dict[str, Form]) -> dict[str, Form]:
    """Return the forms of the proposer that fit the state."""
    found_forms: dict[str, Form] = {}
    if proposal.state == State.CLARIFICATION:
        found_forms["answer_form"] = typed.get("answer") or forms.AnswerForm(auto_id="id_answer_%s")
    if proposal.state in TAKES_CO_SPONSORS:
        found_forms["withdraw_form"] = typed.get("withdraw") or forms.WithdrawForm(auto_id="id_withdraw_%s")
        found_forms["invite_form"] = typed.get("invite") or forms.InviteForm(proposal=proposal)
    return found_forms


def _decide_forms(proposal: Proposal, typed: dict[str, Form]) -> dict[str, Form]:
    """Return the forms of the reviewer that fit the state."""
    if proposal.state == State.SUBMITTED:
        return {"take": forms.EmptyForm(auto_id="id_take_%s")}
    if proposal.state != State.UNDER_REVIEW:
        return {}
    return {
        "accept": typed.get("accept") or forms.AcceptForm(auto_id="id_accept_%s"),
        "ask": typed.get("ask") or forms.AskForm(auto_id="id_ask_%s"),
        "decline": typed.get("decline") or forms.DeclineForm(auto_id="id_decline_%s"),
    }


def _co_sponsors(request: HttpRequest, proposal: Proposal, inside: bool) -> dict[str, Any]:
    """Return who stands behind it; who is invited or refused is told to parties only."""
    rows = proposal.co_sponsors.select_related("organisation").order_by("created_at", "id")
    if not inside:
        rows = rows.filter(state=CoSponsor.State.ACCEPTED)
    rows = list(rows)
    is_open = proposal.state in TAKES_CO_SPONSORS
    return {
        "co_sponsors": rows,
        "answerable": {row.pk for row in rows if is_open and acts_for_verified(request.user, row.organisation)},
    }


def _visible_initiative(request: HttpRequest, proposal: Proposal) -> Any:
    """Return the initiative it became, if this reader may open it."""
    initiative = getattr(proposal, "initiative", None)
    if initiative is None or initiative.published_at:
        return initiative
    return type(initiative).objects.visible_to(request.user).filter(pk=initiative.pk).first()


def _steps(proposal: Proposal) -> list[dict[str, Any]]:
    """Return the steps of its life with a place: before, here, next or after; none for a withdrawn one."""
    if proposal.state == State.WITHDRAWN:
        return []
    here = next(index for index, (states, _label) in enumerate(_STEPS) if proposal.state in states)
    if proposal.state == State.ACCEPTED:
        here += 1
    steps = _STEPS[:-1] if proposal.state == State.DECLINED else _STEPS
    places = {here: "here", here + 1: "next"}
    return [
        {"label": label, "place": places.get(index, "before" if index < here else "after")}
        for index, (_states, label) in enumerate(steps)
    ]
