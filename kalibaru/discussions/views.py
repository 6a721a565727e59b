"""Comments and reports over HTTP. Every form has a page of its own, so that nothing needs JavaScript."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kalibaru.core.access import ACCOUNT, PUBLIC, policy, require
from kalibaru.core.forms import add_errors
from kalibaru.core.pace import please_wait, seconds_to_wait
from kalibaru.core.subjects import find_subject, subject_kind
from kalibaru.discussions import services
from kalibaru.discussions.forms import CommentForm, HideForm, ReportForm
from kalibaru.discussions.models import Comment, Report


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
def add(request: HttpRequest, subject_type: str, subject_id: UUID) -> HttpResponse:
    """Show the form on a page of its own (an answer, or after an error), and add the comment."""
    kind = subject_kind(subject_type)
    subject = find_subject(subject_type, subject_id, request.user)
    if kind is None or subject is None or not kind.discussable:
        raise Http404
    parent = _parent(request, subject)
    form = CommentForm(request.POST or None, initial={"parent": parent.pk if parent else None})
    context = {
        "form": form,
        "subject": subject,
        "subject_title": getattr(subject, kind.title),
        "kind": kind.label,
        "parent": parent,
    }
    if request.method == "GET":
        return render(request, "discussions/comment.html", context)
    status = 400
    if form.is_valid() and (status := _may_write(request, form, "comment", "10/5m")) == 200:
        try:
            comment = services.add_comment(
                subject,
                actor=request.user,
                body=form.cleaned_data["body"],
                parent=parent,
                key=form.cleaned_data["submission_key"],
            )
        except ValidationError as error:
            add_errors(form, error)
            status = 400
        else:
            messages.success(request, _("Komentar Anda sudah tampil."))
            return redirect(_place(comment, subject))
    return render(request, "discussions/comment.html", context, status=status)


@policy(PUBLIC)
def comment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to a comment on the page of its subject."""
    row = get_object_or_404(Comment, pk=pk)
    return redirect(_place(row, _subject(request, row)))


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the author once, and take the comment back."""
    row = get_object_or_404(Comment.objects.select_related("author"), pk=pk)
    require(request.user, "discussions.withdraw", row)
    back = _place(row, _subject(request, row))
    if request.method == "POST":
        services.withdraw_comment(row, actor=request.user)
        messages.success(request, _("Komentar Anda sudah ditarik."))
        return redirect(back)
    return render(request, "discussions/withdraw.html", {"comment": row, "back": back})


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask what is wrong with a comment, and tell the secretariat."""
    row = get_object_or_404(Comment.objects.shown().select_related("author"), pk=pk)
    require(request.user, "discussions.report", row)
    subject = _subject(request, row)
    form = ReportForm(request.POST or None)
    status = 200 if request.method == "GET" else 400
    if form.is_valid() and (status := _may_write(request, form, "report", "20/h")) == 200:
        services.report_comment(
            row, actor=request.user, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"]
        )
        messages.success(request, _("Terima kasih. Sekretariat akan memeriksa komentar itu."))
        return redirect(_place(row, subject))
    return render(
        request,
        "discussions/report.html",
        {"form": form, "comment": row, "subject": subject, "back": _place(row, subject)},
        status=status,
    )


@require_http_methods(["GET", "POST"])
@policy("discussions.moderate")
def hide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the reason, and hide a comment without a report."""
    row = get_object_or_404(Comment.objects.select_related("author"), pk=pk)
    form = HideForm(request.POST or None)
    if form.is_valid():
        services.hide_comment(row, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Komentar disembunyikan. Penulisnya diberi tahu."))
        return redirect(_next(request, row.get_absolute_url()))
    status = 200 if request.method == "GET" else 400
    return render(request, "discussions/hide.html", {"form": form, "comment": row}, status=status)


@require_POST
@policy("discussions.moderate")
def unhide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a hidden comment again."""
    row = get_object_or_404(Comment, pk=pk)
    services.unhide_comment(row, actor=request.user)
    messages.success(request, _("Komentar tampil lagi."))
    return redirect(_next(request, row.get_absolute_url()))


@policy("discussions.moderate")
def report_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one report with both decisions."""
    return _decision_page(request, _report(pk), None)


@require_POST
@policy("discussions.moderate")
def uphold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hide the reported comment, with a reason for its author."""
    row = _report(pk)
    form = HideForm(request.POST)
    if not form.is_valid():
        return _decision_page(request, row, form, status=400)
    services.uphold_report(row, actor=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Komentar disembunyikan. Penulisnya diberi tahu."))
    return redirect(_next(request, row.get_absolute_url()))


@require_POST
@policy("discussions.moderate")
def dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the reported comment where it is."""
    row = _report(pk)
    services.dismiss_report(row, actor=request.user)
    messages.success(request, _("Laporan ditutup. Komentar tetap tampil."))
    return redirect(_next(request, row.get_absolute_url()))


def _decision_page(request: HttpRequest, row: Report, form: HideForm | None, status: int = 200) -> HttpResponse:
    subject = find_subject(row.comment.subject_type, row.comment.subject_id, request.user)
    context = {"report": row, "form": form, "subject": subject, "next": _next(request, "")}
    return render(request, "discussions/decide.html", context, status=status)


def _report(pk: UUID) -> Report:
    return get_object_or_404(Report.objects.select_related("comment__author", "created_by", "decided_by"), pk=pk)


def _subject(request: HttpRequest, row: Comment) -> Model:
    subject = find_subject(row.subject_type, row.subject_id, request.user)
    if subject is None:
        raise Http404
    return subject


def _place(row: Comment, subject: Any) -> str:
    return f"{subject.get_absolute_url()}#comment-{row.pk}"


def _parent(request: HttpRequest, subject: Model) -> Comment | None:
    """Return the comment that is answered, if it stands under this subject; a broken id answers nothing."""
    word = request.POST.get("parent") or request.GET.get("parent") or ""
    try:
        return Comment.objects.select_related("author", "parent").get(pk=UUID(word), subject_id=subject.pk)
    except (ValueError, Comment.DoesNotExist):
        return None


def _may_write(request: HttpRequest, form: Any, group: str, rate: str) -> int:
    """Return 200, or 429 with the error on the form: what was typed stays in it."""
    wait = seconds_to_wait(request, group=f"discussions.{group}", rate=rate)
    if wait:
        form.add_error(None, please_wait(wait))
        return 429
    return 200


def _next(request: HttpRequest, otherwise: str) -> str:
    """Return the local address that the form asks to go to."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else otherwise
