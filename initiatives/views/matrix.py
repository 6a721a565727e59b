"""The matrices of the regional action plan: choose one, take it as a workbook. Public, as its rows are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from initiatives.forms.matrix import MatrixForm
from initiatives.matrices.book import matrix_workbook
from initiatives.matrices.layout import layout_of
from initiatives.models import Matrix
from kalibaru.core.access import PUBLIC, policy
from kalibaru.core.exports import attachment
from kalibaru.core.pace import ratelimit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@policy(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Offer the four matrices, and say what is unconfirmed about them."""
    year = timezone.localdate().year
    form = MatrixForm(initial={"matrix": Matrix.PLAN_GOVERNMENT, "first": year, "last": year})
    return _page(request, form)


def _page(request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
    layouts = [(matrix.label, [heading for _key, heading in layout_of(matrix).columns]) for matrix in Matrix]
    return render(request, "programmes/matrix.html", {"form": form, "layouts": layouts}, status=status)


@policy(PUBLIC)
@require_GET
@ratelimit(key="user_or_ip", rate="60/h", method="GET")
def download(request: HttpRequest) -> HttpResponse:
    """Answer a matrix, filled."""
    form = MatrixForm(request.GET)
    if not form.is_valid():
        return _page(request, form, 400)
    matrix = Matrix(form.cleaned_data["matrix"])
    return attachment(matrix_workbook(matrix, form.choice()), f"{form.file_name()}.xlsx", XLSX)
