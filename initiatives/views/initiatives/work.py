"""The work itself: milestones, targets, news, lessons."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from initiatives.forms.initiatives import (
    EditActionForm,
    EmptyForm,
    LessonForm,
    NewActionForm,
    ReachedForm,
    TargetForm,
    UpdateForm,
)
from initiatives.models import Action, Initiative
from initiatives.services import milestones as services
from initiatives.services import updates as update_services
from initiatives.views.initiatives.detail import found
from initiatives.views.initiatives.edit import WORK, attempt, editable, form_page
from kalibaru.core.access import policy, require
from kalibaru.core.errors import Conflict


@policy(WORK)
def milestones(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the milestones, and add one."""
    initiative = editable(request, slug)
    posted = request.POST if request.method == "POST" else None
    form = NewActionForm(posted, initiative=initiative)
    if (
        posted is not None
        and form.is_valid()
        and attempt(
            form,
            lambda: services.add_action(
                initiative, actor=request.user, key=form.cleaned_data["submission_key"], **form.fields_given()
            ),
        )
    ):
        messages.success(request, _("Tonggak ditambahkan."))
        return redirect("initiatives:milestones", slug)
    context = {
        "initiative": initiative,
        "form": form,
        "actions": initiative.actions.select_related("organisation"),
    }
    return render(request, "initiatives/milestones.html", context, status=400 if form.is_bound else 200)


@policy(WORK)
def edit_milestone(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Change a milestone."""
    initiative = editable(request, slug)
    action = get_object_or_404(initiative.actions, pk=pk)
    form = EditActionForm(request.POST or None, instance=action, initiative=initiative)
    status = None
    if request.method == "POST" and form.is_valid():
        row = Action.objects.select_related("initiative").get(pk=pk)
        try:
            if attempt(
                form,
                lambda: services.edit_action(
                    row, actor=request.user, version=form.cleaned_data["version"], **form.fields_given()
                ),
            ):
                messages.success(request, _("Tonggak diubah."))
                return redirect("initiatives:milestones", slug)
        except Conflict as conflict:
            row.refresh_from_db()
            form.renew(row, str(conflict))
            status = 409
    return form_page(request, form, _("Ubah tonggak"), _("Simpan"), initiative=initiative, status=status)


@policy(WORK)
def close_milestone(request: HttpRequest, slug: str, pk: UUID, deed: str) -> HttpResponse:
    """Say that a milestone is done, or that it will not be; the second asks once."""
    initiative = found(request, slug)
    action = get_object_or_404(Action.objects.select_related("initiative"), pk=pk, initiative=initiative)
    if deed not in ("finish", "drop"):
        raise Http404
    require(
        request.user,
        "initiatives.finish_action" if deed == "finish" else "initiatives.edit_initiative",
        action if deed == "finish" else initiative,
    )
    if request.method == "POST":
        (services.finish_action if deed == "finish" else services.drop_action)(action, actor=request.user)
        messages.success(request, _("Tonggak selesai.") if deed == "finish" else _("Tonggak ditandai tidak jadi."))
        if request.POST.get("from") == "milestones":
            return redirect("initiatives:milestones", slug)
        return redirect(f"{initiative.get_absolute_url()}#tonggak")
    title = _("Tandai selesai") if deed == "finish" else _("Tandai tidak jadi")
    return form_page(
        request, EmptyForm(), title, title, initiative=initiative, text=action.title, danger=deed == "drop"
    )


@policy(WORK)
def targets(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the targets, and add one."""
    initiative = editable(request, slug)
    posted = request.POST if request.method == "POST" else None
    form = TargetForm(posted)
    if (
        posted is not None
        and form.is_valid()
        and attempt(form, lambda: services.set_target(initiative, actor=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Target ditambahkan."))
        return redirect("initiatives:targets", slug)
    context = {"initiative": initiative, "form": form, "targets": initiative.targets.all()}
    return render(request, "initiatives/targets.html", context, status=400 if form.is_bound else 200)


@policy(WORK)
def record(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Say how much of a target is reached."""
    initiative = editable(request, slug)
    target = get_object_or_404(initiative.targets.select_related("initiative"), pk=pk)
    form = ReachedForm(request.POST or None, instance=target)
    status = None
    if request.method == "POST" and form.is_valid():
        row = initiative.targets.select_related("initiative").get(pk=pk)
        try:
            services.record_target(
                row,
                actor=request.user,
                reached=form.cleaned_data["reached"],
                version=form.cleaned_data["version"],
            )
            messages.success(request, _("Capaian dicatat."))
            return redirect("initiatives:targets", slug)
        except Conflict as conflict:
            row.refresh_from_db()
            form.renew(row, str(conflict))
            status = 409
    return form_page(
        request, form, _("Catat capaian"), _("Simpan"), initiative=initiative, text=target.name, status=status
    )


@policy(WORK)
def new_update(request: HttpRequest, slug: str) -> HttpResponse:
    """Write news."""
    initiative = _reportable(request, slug)
    form = UpdateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            lambda: update_services.publish_update(
                initiative,
                actor=request.user,
                title=data["title"],
                body=data["body"],
                photos=form.photos(),
                key=data["submission_key"],
            ),
        ):
            messages.success(request, _("Kabar terbit. Pengikutnya diberi tahu."))
            return redirect(f"{initiative.get_absolute_url()}#kabar")
    return form_page(request, form, _("Tulis kabar"), _("Terbitkan kabar"), initiative=initiative)


@policy(WORK)
def new_lesson(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell what was learnt."""
    initiative = _reportable(request, slug)
    form = LessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        update_services.add_lesson(
            initiative, actor=request.user, kind=data["kind"], text=data["text"], key=data["submission_key"]
        )
        messages.success(request, _("Pelajaran dicatat."))
        return redirect(f"{initiative.get_absolute_url()}#pelajaran")
    return form_page(request, form, _("Tulis pelajaran"), _("Simpan"), initiative=initiative)


def _reportable(request: HttpRequest, slug: str) -> Initiative:
    initiative = found(request, slug)
    require(request.user, "initiatives.publish_update", initiative)
    return initiative
