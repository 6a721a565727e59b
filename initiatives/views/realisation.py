"""The grid of a year's realisation, and the button that copies targets to the next year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from initiatives.forms.realisation import ChoiceForm, RealisationForm
from initiatives.models import Programme, ProgrammeYear
from initiatives.services import realisation as services
from kalibaru.core.access import policy
from kalibaru.core.pace import ratelimit
from kalibaru.core.paging import Page, keyset_page

ROWS_A_PAGE = 40
_ORDER = ("programme_code", "activity_code", "sub_activity_code", "id")


@policy("initiatives.log_programme")
@ratelimit(key="user_or_ip", rate="240/h", method="POST")
def grid(request: HttpRequest) -> HttpResponse:
    """Show and save the year's figures of an organisation. Right rows are saved even when others are not."""
    choice = ChoiceForm(request.GET, actor=request.user)
    if choice.organisation is None:
        raise Http404
    page = keyset_page(_programmes(choice), _ORDER, request.GET.get("page", ""), ROWS_A_PAGE)
    posted = request.POST if request.method == "POST" else None
    forms = _forms(page, choice.year, posted)
    status = 200
    if posted is not None:
        forms, status, saved = _save(forms, choice, request.user)
        if saved:
            words = ngettext("%(n)s baris tersimpan.", "%(n)s baris tersimpan.", saved) % {"n": saved}
            messages.success(request, words)
        if status == 200:
            return redirect(request.get_full_path())
    # By their own names: a form answers its fields before its attributes.
    context = {"choice": choice, "organisation": choice.organisation, "year": choice.year, "next_year": choice.year + 1}
    context |= {"page": page, "forms": forms}
    return render(request, "programmes/realisation.html", context, status=status)


def _programmes(choice: ChoiceForm) -> Any:
    columns = ("programme_code", "activity_code", "sub_activity_code", "activity_name", "sub_activity_name", "unit")
    return Programme.objects.filter(organisation=choice.organisation).only("id", "state", "output", "is_demo", *columns)


def _forms(page: Page, year: int, posted: Any) -> list[RealisationForm]:
    known = _years([programme.pk for programme in page], year)
    return [RealisationForm(posted, programme=row, year=known.get(row.pk)) for row in page]


def _years(ids: list[Any], year: int) -> dict[Any, ProgrammeYear]:
    return {row.programme_id: row for row in ProgrammeYear.objects.filter(programme__in=ids, year=year)}


def _save(forms: list[RealisationForm], choice: ChoiceForm, actor: Any) -> tuple[list[RealisationForm], int, int]:
    """Return (forms to show, status, rows saved). A saved row is shown as it stands now, the others as typed."""
    changed = [form for form in forms if form.is_bound and form.changed]
    right = [form for form in changed if form.is_valid()]
    done = services.record_realisation(choice.organisation, choice.year, [form.entry() for form in right], actor=actor)
    now = _years([form.programme.pk for form in forms], choice.year)
    for form in right:
        if form.programme.pk in done.conflicts:
            form.keep_against(now.get(form.programme.pk))
    wrong = {form.programme.pk for form in changed} - done.saved
    shown = [
        form
        if form.programme.pk in wrong
        else RealisationForm(None, programme=form.programme, year=now.get(form.programme.pk))
        for form in forms
    ]
    status = 409 if done.conflicts else 400 if wrong else 200
    return shown, status, len(done.saved)


@policy("initiatives.log_programme")
@require_POST
@ratelimit(key="user_or_ip", rate="60/h", method="POST")
def copy(request: HttpRequest) -> HttpResponse:
    """Copy targets and budgets to the next year where it has none."""
    choice = ChoiceForm(request.POST, actor=request.user)
    if choice.organisation is None:
        raise Http404
    copied = services.copy_to_next_year(choice.organisation, choice.year, actor=request.user)
    words = ngettext("Target %(n)s program disalin ke %(year)s.", "Target %(n)s program disalin ke %(year)s.", copied)
    nothing = _("Tidak ada yang perlu disalin: semua program sudah punya baris %(year)s, atau belum punya target.")
    messages.success(request, (words if copied else nothing) % {"n": copied, "year": str(choice.year + 1)})
    address = reverse("programmes:realisation")
    return redirect(
        f"{address}?organisation={choice.organisation.slug}&year={choice.year + 1 if copied else choice.year}"
    )
