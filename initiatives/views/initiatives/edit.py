"""What the lead and the secretariat change: the description, the partners, the state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.forms.initiatives import (
    CompleteForm,
    EditInitiativeForm,
    EmptyForm,
    NewInitiativeForm,
    PartnerForm,
    ReasonForm,
)
from initiatives.models import Initiative, Partner
from initiatives.services import initiatives as services
from initiatives.services import partners as partner_services
from initiatives.views.initiatives.detail import found
from kalibaru.core.access import policy, require
from kalibaru.core.errors import Conflict
from kalibaru.core.forms import add_errors

WORK = "initiatives.work_on_initiatives"


@policy("initiatives.create_initiative")
def new(request: HttpRequest) -> HttpResponse:
    """Create an initiative: for the secretariat."""
    form = NewInitiativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if initiative := attempt(
            form,
            lambda: services.create_initiative(
                actor=request.user, lead=data["lead"], key=data["submission_key"], **form.fields_given()
            ),
        ):
            messages.success(request, _("Inisiatif dibuat. Periksa, lalu terbitkan."))
            return redirect(initiative)
    return form_page(request, form, _("Inisiatif baru"), _("Simpan"))


@policy(WORK)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the description; a stale form keeps what was typed and answers 409."""
    initiative = editable(request, slug)
    title = initiative.title
    form = EditInitiativeForm(request.POST or None, instance=initiative)
    if request.method == "POST" and form.is_valid():
        # Anew: the form has written what was typed on the other one.
        row = editable(request, slug)
        try:
            services.edit_initiative(
                row, actor=request.user, version=form.cleaned_data["version"], **form.fields_given()
            )
        except Conflict as conflict:
            row.refresh_from_db()
            form.renew(row, str(conflict))
            return form_page(
                request, form, _("Ubah keterangan"), _("Simpan"), initiative=initiative, subtitle=title, status=409
            )
        messages.success(request, _("Perubahan disimpan."))
        return redirect(row)
    return form_page(request, form, _("Ubah keterangan"), _("Simpan"), initiative=initiative, subtitle=title)


@dataclass(frozen=True)
class StateDeed:
    """A change of state: its words, the form it asks, and the service that does it."""

    title: Any
    button: Any
    form: type[forms.Form]
    act: Callable[..., Initiative]
    done: Any
    text: Any = ""
    danger: bool = False


STATE_DEEDS = {
    "publish": StateDeed(
        gettext_lazy("Terbitkan inisiatif"),
        gettext_lazy("Terbitkan"),
        EmptyForm,
        services.publish_initiative,
        gettext_lazy("Inisiatif terbit. Pengikutnya diberi tahu."),
        gettext_lazy("Semua orang bisa melihatnya, dan pengikut masalah, wilayah, dan mitranya diberi tahu."),
    ),
    "start": StateDeed(
        gettext_lazy("Mulai inisiatif"),
        gettext_lazy("Mulai"),
        EmptyForm,
        services.start_initiative,
        gettext_lazy("Inisiatif mulai berjalan."),
        gettext_lazy("Pengikutnya diberi tahu bahwa pekerjaan dimulai."),
    ),
    "pause": StateDeed(
        gettext_lazy("Tunda inisiatif"),
        gettext_lazy("Tunda"),
        ReasonForm,
        services.pause_initiative,
        gettext_lazy("Inisiatif ditunda."),
    ),
    "resume": StateDeed(
        gettext_lazy("Jalankan lagi"),
        gettext_lazy("Jalankan lagi"),
        EmptyForm,
        services.resume_initiative,
        gettext_lazy("Inisiatif berjalan lagi."),
        gettext_lazy("Pengikutnya diberi tahu bahwa pekerjaan dilanjutkan."),
    ),
    "complete": StateDeed(
        gettext_lazy("Selesaikan inisiatif"),
        gettext_lazy("Selesaikan"),
        CompleteForm,
        services.complete_initiative,
        gettext_lazy("Inisiatif selesai. Terima kasih."),
        gettext_lazy("Sesudah ini keterangan, mitra, dan tonggaknya tidak bisa diubah lagi."),
    ),
    "cancel": StateDeed(
        gettext_lazy("Batalkan inisiatif"),
        gettext_lazy("Batalkan inisiatif ini"),
        ReasonForm,
        services.cancel_initiative,
        gettext_lazy("Inisiatif dibatalkan."),
        gettext_lazy("Ini tidak bisa dikembalikan."),
        danger=True,
    ),
}


@policy(WORK)
def state(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    """Ask once, with the reason or results where they are due, then change the state."""
    initiative = editable(request, slug)
    known = STATE_DEEDS.get(deed)
    if known is None:
        raise Http404
    if deed == "publish":
        require(request.user, "initiatives.publish_initiative", initiative)
    form = known.form(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: known.act(initiative, actor=request.user, **form.cleaned_data))
    ):
        messages.success(request, known.done)
        return redirect(initiative)
    return form_page(
        request, form, known.title, known.button, initiative=initiative, text=known.text, danger=known.danger
    )


@policy(WORK)
def partners(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who takes part, and add one."""
    initiative = editable(request, slug)
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: partner_services.add_partner(
                initiative, form.cleaned_data["organisation"], form.cleaned_data["role"], actor=request.user
            ),
        )
    ):
        messages.success(request, _("Mitra ditambahkan. Pengelolanya diberi tahu."))
        return redirect("initiatives:partners", slug)
    context = {
        "initiative": initiative,
        "form": form,
        "partners": initiative.partners.select_related("organisation").order_by("created_at", "id"),
        "role_choices": Partner.Role.choices,
    }
    return render(request, "initiatives/partners.html", context, status=400 if form.is_bound else 200)


@policy(WORK)
def role(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Give a partner another role."""
    initiative = editable(request, slug)
    partner = get_object_or_404(initiative.partners.select_related("organisation"), pk=pk)
    if request.method == "POST":
        try:
            partner_services.change_role(partner, request.POST.get("role", ""), actor=request.user)
            messages.success(request, _("Peran diubah."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect("initiatives:partners", slug)


@policy(WORK)
def remove(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Ask once, then take a partner's role away."""
    initiative = editable(request, slug)
    partner = get_object_or_404(initiative.partners.select_related("organisation"), pk=pk)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempt(
        form, lambda: partner_services.remove_partner(partner, actor=request.user) or True
    ):
        messages.success(request, _("Mitra dikeluarkan. Pengelolanya diberi tahu."))
        return redirect("initiatives:partners", slug)
    return form_page(
        request,
        form,
        _("Keluarkan mitra"),
        _("Keluarkan"),
        initiative=initiative,
        text=str(partner),
        danger=True,
    )


def editable(request: HttpRequest, slug: str) -> Initiative:
    """Return the initiative if this person may edit it: 404 if not even visible, 403 otherwise."""
    initiative = found(request, slug)
    require(request.user, "initiatives.edit_initiative", initiative)
    return initiative


def attempt(form: forms.Form, act: Callable[[], Any]) -> Any:
    """Run a service; what it finds wrong goes beside the fields. Returns None then."""
    try:
        return act()
    except ValidationError as error:
        add_errors(form, error)
        return None


def form_page(
    request: HttpRequest,
    form: forms.Form,
    title: Any,
    button: Any,
    *,
    initiative: Initiative | None = None,
    subtitle: str = "",
    text: Any = "",
    danger: bool = False,
    status: int | None = None,
) -> HttpResponse:
    """Show a form of an initiative; 400 when it comes back with errors."""
    context = {
        "form": form,
        "title": title,
        "button": button,
        "initiative": initiative,
        "subtitle": subtitle or (initiative.title if initiative else ""),
        "text": text,
        "danger": danger,
    }
    return render(
        request, "initiatives/form.html", context, status=status or (400 if form.is_bound and form.errors else 200)
    )
