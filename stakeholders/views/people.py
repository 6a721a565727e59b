"""Members of an organisation: invitations, requests, roles."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kalibaru.core.access import ACCOUNT, may, policy, require
from kalibaru.core.forms import add_errors
from kalibaru.core.pace import ratelimit
from stakeholders import services
from stakeholders.forms import InviteForm, RoleForm
from stakeholders.models import Membership, Organisation
from stakeholders.views.common import Moved, back, find, follow


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="30/h", method="POST")
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who belongs to an organisation; owners invite here."""
    try:
        organisation = find(request, slug)
    except Moved as moved:
        return follow(request, moved, "stakeholders:members")
    require(request.user, "stakeholders.see_private_organisation", organisation)
    if request.method != "POST":
        return _members_page(request, organisation, InviteForm())
    form = InviteForm(request.POST)
    if form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        try:
            invited = services.invite_colleague(organisation, email=email, role=role, actor=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            joined = invited.state == Membership.State.ACTIVE
            messages.success(request, _("Sudah menjadi anggota.") if joined else _("Undangan terkirim."))
            return redirect("stakeholders:members", organisation.slug)
    return _members_page(request, organisation, form, 400)


def _members_page(
    request: HttpRequest, organisation: Organisation, form: InviteForm, status: int = 200
) -> HttpResponse:
    rows = list(
        organisation.memberships.filter(state__in=["active", "requested", "invited"])
        .select_related("user")
        .order_by("user__display_name", "email")[:500]
    )
    may_manage = may(request.user, "stakeholders.manage_members", organisation)
    owners = [row for row in rows if row.state == "active" and row.role == Membership.Role.OWNER]
    context = {
        "organisation": organisation,
        "form": form,
        "members": [row for row in rows if row.state == "active"],
        "sole_owner": owners[0] if len(owners) == 1 else None,
        "requests": [row for row in rows if row.state == "requested"] if may_manage else [],
        "invitations": [row for row in rows if row.state == "invited"] if may_manage else [],
        "roles": Membership.Role.choices,
        "may_manage": may_manage,
    }
    return render(request, "stakeholders/members.html", context, status=status)


@require_POST
@policy("stakeholders.ask_to_join")
@ratelimit(key="user_or_ip", rate="20/h")
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join."""
    try:
        organisation = find(request, slug)
    except Moved as moved:
        organisation = moved.heir
    membership = services.ask_to_join(organisation, actor=request.user)
    if membership.state == Membership.State.ACTIVE:
        messages.success(request, _("Anda anggota organisasi ini."))
    else:
        messages.success(request, _("Permintaan Anda terkirim. Anda dikabari lewat surel."))
    return back(request, organisation)


@require_safe
@policy(ACCOUNT)
def invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an invitation to the person it is for."""
    open_rows = Membership.objects.invitations_for(request.user).select_related("organisation", "created_by")
    row = open_rows.filter(pk=pk).first()
    if row is None:
        mine = Membership.objects.filter(pk=pk, user=request.user, state=Membership.State.ACTIVE)
        if answered := mine.select_related("organisation").first():
            return redirect(answered.organisation)
        raise Http404
    return render(request, "stakeholders/invitation.html", {"membership": row, "organisation": row.organisation})


def _role(request: HttpRequest) -> str:
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise ValidationError({"role": form.errors["role"]})
    return form.cleaned_data["role"]


Deed = Callable[[HttpRequest, Membership], Any]
DEEDS: dict[str, tuple[Deed, Any]] = {
    "accept": (
        lambda request, row: services.accept_invitation(row, actor=request.user),
        gettext_lazy("Anda sudah bergabung."),
    ),
    "decline": (
        lambda request, row: services.decline_invitation(row, actor=request.user),
        gettext_lazy("Undangan ditolak."),
    ),
    "withdraw": (
        lambda request, row: services.withdraw_invitation(row, actor=request.user),
        gettext_lazy("Undangan dibatalkan."),
    ),
    "admit": (
        lambda request, row: services.accept_request(row, role=_role(request), actor=request.user),
        gettext_lazy("Permintaan diterima."),
    ),
    "refuse": (
        lambda request, row: services.decline_request(row, actor=request.user),
        gettext_lazy("Permintaan tidak diterima."),
    ),
    "role": (
        lambda request, row: services.change_role(row, role=_role(request), actor=request.user),
        gettext_lazy("Peran diubah."),
    ),
    "remove": (
        lambda request, row: services.remove_member(row, actor=request.user),
        gettext_lazy("Keanggotaan diakhiri."),
    ),
    "leave": (
        lambda request, row: services.leave_organisation(row, actor=request.user),
        gettext_lazy("Anda sudah keluar dari organisasi ini."),
    ),
}


@require_POST
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="60/h")
def membership_deed(request: HttpRequest, pk: UUID, deed: str) -> HttpResponse:
    """Do one thing with one membership; the service asks who may."""
    if deed not in DEEDS:
        raise Http404
    act, done = DEEDS[deed]
    membership = get_object_or_404(Membership.objects.select_related("organisation"), pk=pk)
    try:
        act(request, membership)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    inside = may(request.user, "stakeholders.see_private_organisation", membership.organisation)
    managing = deed not in ("accept", "decline", "leave")
    if managing and inside:
        return back(request, reverse("stakeholders:members", args=[membership.organisation.slug]))
    return back(request, membership.organisation if inside else "workspace")
