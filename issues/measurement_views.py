"""Pages of an indicator and of its figures."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_fsm import TransitionNotAllowed

from issues import measurement_services as services
from issues.exports import figure_head, figure_lines
from issues.figures import picture
from issues.measurement_forms import MeasurementForm, ReturnForm, as_initial, last_full_period, organisations_of
from issues.models import Indicator, Measurement
from issues.status import RULES
from kalibaru.core.access import ACCOUNT, PUBLIC, may, policy, require
from kalibaru.core.errors import Conflict
from kalibaru.core.exports import FORMATS, export
from kalibaru.core.forms import add_errors
from kalibaru.core.pace import ratelimit
from kalibaru.media.views import send_attachment
from kalibaru.notifications.visitors import same_for_visitors

MOST_SHOWN = 200
MOST_FIGURES_AN_HOUR = 120


@policy(PUBLIC)
@same_for_visitors
@require_safe
def indicator(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an indicator: how it stands and by which rule, drawn over time, and every figure with its source."""
    row = _indicator(request, pk, drawn=True)
    figures = Measurement.objects.filter(indicator=row, state__in=Measurement.PUBLIC).newest_first()
    context = {
        "indicator": row,
        "picture": picture(row),
        "rules": RULES,
        "figures": list(
            figures.select_related("area", "organisation").prefetch_related("breakdowns__area")[:MOST_SHOWN]
        ),
        "enters": may(request.user, "issues.enter_measurement"),
    }
    return render(request, "issues/indicator.html", context)


@policy(PUBLIC)
@require_safe
def download(request: HttpRequest, pk: UUID, file_format: str) -> HttpResponse:
    """Answer the approved figures of an indicator as a table."""
    if file_format not in FORMATS:
        raise Http404
    row = _indicator(request, pk)
    figures = Measurement.objects.approved().filter(indicator=row).newest_first()
    rows = figures.select_related("area", "organisation").prefetch_related("breakdowns__area")
    return export("angka", file_format, figure_head(), figure_lines(row, rows))


@policy("issues.enter_measurement")
@ratelimit(key="user_or_ip", rate=f"{MOST_FIGURES_AN_HOUR}/h", method="POST")
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a figure."""
    row = _indicator(request, pk)
    year, part = last_full_period(timezone.localdate())
    form = _bound(request, row, initial={"year": year, "part": part})
    return _enter(request, form, row)


@policy("issues.enter_measurement")
@ratelimit(key="user_or_ip", rate=f"{MOST_FIGURES_AN_HOUR}/h", method="POST")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a new version of an approved figure; the old one stays until the new one is approved."""
    former = _found(request, pk)
    require(request.user, "issues.correct_measurement", former)
    if former.state != Measurement.State.APPROVED:
        raise TransitionNotAllowed("correct")
    form = _bound(request, former.indicator, initial=as_initial(former))
    return _enter(request, form, former.indicator, former)


@policy("issues.enter_measurement")
@ratelimit(key="user_or_ip", rate=f"{MOST_FIGURES_AN_HOUR}/h", method="POST")
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a draft or a returned figure; a stale form is told so and keeps what was typed."""
    row = _found(request, pk)
    require(request.user, "issues.edit_measurement", row)
    if row.state not in Measurement.OPEN:
        raise TransitionNotAllowed("edit")
    form = _bound(request, row.indicator, instance=copy(row), initial=as_initial(row))
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_measurement(
                row,
                form.entry(),
                actor=request.user,
                evidence=form.cleaned_data["evidence"],
                version=form.cleaned_data["version"],
            )
            return _after(request, row, form) or redirect(row)
        except Conflict as conflict:
            form.renew(_found(request, pk), str(conflict))
            status = 409
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, form, row.indicator, status, figure=row)


@policy(ACCOUNT)
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one figure with its evidence to those who may see it, and the moderator's decision beside it."""
    return _detail(request, _found(request, pk))


@policy(ACCOUNT)
@require_safe
def evidence(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Send the document that vouches for a figure."""
    row = _found(request, pk)
    if row.evidence is None:
        raise Http404
    return send_attachment(row.evidence)


@policy(ACCOUNT)
@require_POST
def decide(request: HttpRequest, pk: UUID, deed: str) -> HttpResponse:
    """Hand in, send back, approve or throw away a figure."""
    row = _found(request, pk)
    form = ReturnForm(request.POST if deed == "return" else None)
    try:
        if deed == "submit":
            services.submit_measurement(row, actor=request.user)
            messages.success(request, _("Angka dikirim. Moderator akan memeriksanya."))
        elif deed == "approve":
            services.approve_measurement(row, actor=request.user)
            messages.success(request, _("Angka disetujui dan sekarang tampil untuk semua orang."))
        elif deed == "discard":
            services.discard_measurement(row, actor=request.user)
            messages.success(request, _("Rancangan angka dihapus."))
            return redirect(row.indicator)
        elif deed == "return":
            require(request.user, "issues.approve_measurement", row)
            if not form.is_valid():
                return _detail(request, row, form, 400)
            services.return_measurement(row, form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("Angka dikembalikan. Pencatatnya sudah diberi tahu."))
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _detail(request, _found(request, pk), form, 400)
    return redirect(row)


def _indicator(request: HttpRequest, pk: UUID, *, drawn: bool = False) -> Indicator:
    rows = Indicator.objects.visible_to(request.user).select_related("issue")
    return get_object_or_404(rows.with_figures() if drawn else rows, pk=pk)


def _found(request: HttpRequest, pk: UUID) -> Measurement:
    rows = Measurement.objects.visible_to(request.user, organisations_of(request.user))
    related = ("indicator__issue", "area", "organisation", "evidence", "replaces", "created_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _bound(request: HttpRequest, row: Indicator, **more: Any) -> MeasurementForm:
    return MeasurementForm(request.POST or None, request.FILES or None, user=request.user, indicator=row, **more)


def _enter(
    request: HttpRequest, form: MeasurementForm, row: Indicator, former: Measurement | None = None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            figure, _made = services.enter_measurement(
                row,
                form.entry(),
                organisation=form.cleaned_data["organisation"],
                actor=request.user,
                evidence=form.cleaned_data["evidence"],
                replaces=former,
                key=form.cleaned_data["submission_key"],
            )
            return _after(request, figure, form) or redirect(figure)
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, form, row, 400 if request.method == "POST" else 200, former=former)


def _after(request: HttpRequest, row: Measurement, form: MeasurementForm) -> HttpResponse | None:
    """Hand in what was just saved, if that button was pressed; what lacks is said on the page of the draft."""
    if request.POST.get("deed") != "submit":
        messages.success(request, _("Rancangan angka disimpan."))
        return None
    try:
        services.submit_measurement(row, actor=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("issues:edit_measurement", row.pk)
    messages.success(request, _("Angka dikirim. Moderator akan memeriksanya."))
    return None


def _form(request: HttpRequest, form: MeasurementForm, row: Indicator, status: int, **more: Any) -> HttpResponse:
    return render(request, "issues/measurement_form.html", {"form": form, "indicator": row, **more}, status=status)


def _detail(request: HttpRequest, row: Measurement, form: ReturnForm | None = None, status: int = 200) -> HttpResponse:
    user = request.user
    context = {
        "figure": row,
        "breakdowns": list(row.breakdowns.select_related("area")),
        "edits": may(user, "issues.edit_measurement", row) and row.state in Measurement.OPEN,
        "approves": may(user, "issues.approve_measurement", row) and row.state == Measurement.State.SUBMITTED,
        "own": row.created_by_id == user.pk and may(user, "issues.moderate_issue"),
        "corrects": may(user, "issues.correct_measurement", row) and row.state == Measurement.State.APPROVED,
        "form": form or ReturnForm(),
    }
    return render(request, "issues/measurement.html", context, status=status)
