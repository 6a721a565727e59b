"""The deeds on one proposal: one view, one table. Each calls one service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_fsm import TransitionNotAllowed

from initiatives.events import proposals as events
from initiatives.forms import proposals as forms
from initiatives.models import Proposal
from initiatives.services import co_sponsors, reviews
from initiatives.services import proposals as services
from initiatives.views.proposals.reading import found, show
from kalibaru.core.access import ACCOUNT, may, policy, require
from kalibaru.core.forms import add_errors
from kalibaru.core.pace import ratelimit
from kalibaru.notifications.models import Event

REPEAT = timedelta(minutes=1)


@dataclass(frozen=True)
class Deed:
    """A deed: its form, the right it needs, the service, what is said after, where the page goes on, its event."""

    form: type[Form]
    permission: str
    do: Callable[[Proposal, Any, Any], Any]
    done: Any
    anchor: str
    event: str


def _key(form: Any) -> UUID | None:
    return form.cleaned_data.get("submission_key")


REVIEW, EDIT = "initiatives.review_proposal", "initiatives.edit_proposal"
DEEDS = {
    "take": Deed(
        forms.EmptyForm,
        REVIEW,
        lambda row, form, user: reviews.take_under_review(row, actor=user),
        _("Usulan ini sekarang ditinjau. Pengusul sudah diberi tahu."),
        "tinjauan",
        events.TAKEN,
    ),
    "ask": Deed(
        forms.AskForm,
        REVIEW,
        lambda row, form, user: reviews.ask_clarification(row, form.words, actor=user, key=_key(form)),
        _("Pertanyaan dikirim ke pengusul dan pendampingnya."),
        "penjelasan",
        events.ASKED,
    ),
    "decline": Deed(
        forms.DeclineForm,
        REVIEW,
        lambda row, form, user: reviews.decline(row, form.words, actor=user),
        _("Usulan ditolak. Alasannya dikirim ke pengusul dan pendampingnya."),
        "keputusan",
        events.DECLINED,
    ),
    "accept": Deed(
        forms.AcceptForm,
        REVIEW,
        lambda row, form, user: reviews.accept(row, actor=user, reason=form.words),
        _("Usulan diterima. Inisiatif bersamanya sudah dibuat dan menunggu diterbitkan."),
        "keputusan",
        events.ACCEPTED,
    ),
    "reviewer": Deed(
        forms.ReviewerForm,
        "initiatives.name_reviewer",
        lambda row, form, user: reviews.name_reviewer(row, form.cleaned_data["reviewer"], actor=user),
        _("Peninjau ditunjuk dan diberi tahu."),
        "tinjauan",
        events.REVIEWER_NAMED,
    ),
    "submit": Deed(
        forms.EmptyForm,
        EDIT,
        lambda row, form, user: services.submit_proposal(row, actor=user),
        _("Usulan diajukan. Sekretariat sudah diberi tahu."),
        "",
        events.SUBMITTED,
    ),
    "answer": Deed(
        forms.AnswerForm,
        EDIT,
        lambda row, form, user: services.answer_clarification(row, form.words, actor=user, key=_key(form)),
        _("Jawaban dikirim. Peninjauan berlanjut."),
        "penjelasan",
        events.ANSWERED,
    ),
    "withdraw": Deed(
        forms.WithdrawForm,
        EDIT,
        lambda row, form, user: services.withdraw(row, actor=user, reason=form.words),
        _("Usulan ditarik."),
        "",
        events.WITHDRAWN,
    ),
    "invite": Deed(
        forms.InviteForm,
        EDIT,
        lambda row, form, user: co_sponsors.invite_co_sponsor(row, form.cleaned_data["co_sponsor"], actor=user),
        _("Undangan dikirim."),
        "pendamping",
        events.INVITED,
    ),
    "message": Deed(
        forms.MessageForm,
        "initiatives.comment_on_proposal",
        lambda row, form, user: reviews.add_message(
            row, form.words, actor=user, internal=form.cleaned_data.get("internal", False), key=_key(form)
        ),
        _("Pesan terkirim."),
        "pesan",
        "",
    ),
}


@policy(ACCOUNT)
@require_POST
@ratelimit(key="user_or_ip", rate="300/h", method="POST")
def deed(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Do one deed. What is wrong with the form is said beside it, with what was typed kept."""
    if name not in DEEDS:
        raise Http404
    act, proposal = DEEDS[name], found(request, pk)
    require(request.user, act.permission, proposal)
    form = _form(request, name, proposal)
    if not form.is_valid():
        return show(request, proposal, status=400, typed={name: form})
    try:
        act.do(proposal, form, request.user)
    except ValidationError as error:
        if name == "submit":
            return redirect(f"{reverse('proposals:edit', args=[pk])}?check=1")
        add_errors(form, error)
        return show(request, found(request, pk), status=400, typed={name: form})
    except TransitionNotAllowed:
        # The second half of a double click: the deed is done, by this very person, just now.
        if not _just_done(proposal, act, request.user):
            raise
    messages.success(request, act.done)
    return back(request, f"{proposal.get_absolute_url()}#{act.anchor}" if act.anchor else proposal)


@policy(ACCOUNT)
@require_POST
@ratelimit(key="user_or_ip", rate="300/h", method="POST")
def answer_invitation(request: HttpRequest, pk: UUID, sponsor: UUID, answer: str) -> HttpResponse:
    """Stand behind a proposal, refuse, or leave: in the name of the invited organisation."""
    answers = {
        "accept": (co_sponsors.accept_co_sponsorship, _("Organisasi Anda kini mendukung usulan ini.")),
        "decline": (co_sponsors.decline_co_sponsorship, _("Undangan ditolak. Pengusul sudah diberi tahu.")),
        "leave": (co_sponsors.leave_co_sponsorship, _("Organisasi Anda tidak lagi mendukung usulan ini.")),
    }
    if answer not in answers:
        raise Http404
    proposal = found(request, pk)
    row = get_object_or_404(proposal.co_sponsors.select_related("organisation", "proposal"), pk=sponsor)
    service, done = answers[answer]
    service(row, actor=request.user)
    messages.success(request, done)
    seen = Proposal.objects.visible_to(request.user).filter(pk=pk).exists()
    return back(request, f"{proposal.get_absolute_url()}#pendamping" if seen else "workspace")


def back(request: HttpRequest, otherwise: Any) -> HttpResponse:
    """Redirect to the local address in `next`, or to `otherwise`."""
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return redirect(url if safe else otherwise)


def _form(request: HttpRequest, name: str, proposal: Proposal) -> Form:
    kwargs: dict[str, Any] = {}
    if name in ("reviewer", "invite"):
        kwargs["proposal"] = proposal
    elif name == "message":
        kwargs["may_be_internal"] = may(request.user, REVIEW, proposal)
    else:
        kwargs["auto_id"] = f"id_{name}_%s"
    return DEEDS[name].form(request.POST, **kwargs)


def _just_done(proposal: Proposal, act: Deed, user: Any) -> bool:
    since = timezone.now() - REPEAT
    told = Event.objects.filter(subject_type="proposal", subject_id=proposal.pk, kind=act.event, actor=user)
    return bool(act.event) and told.filter(at__gte=since).exists()
