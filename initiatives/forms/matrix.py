"""Which matrix, for which years, by whom."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from initiatives.matrices.rows import Choice, Period
from initiatives.models import Matrix, Programme
from stakeholders.models import Organisation

MOST_YEARS = 10


class MatrixForm(forms.Form):
    """A year or several; a realisation also by semester."""

    matrix = forms.ChoiceField(label=_("Matriks"), choices=Matrix.choices)
    first = forms.IntegerField(
        label=_("Dari tahun"), min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    last = forms.IntegerField(
        label=_("Sampai tahun"), min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    semester = forms.BooleanField(label=_("Pisahkan semester I (hanya matriks realisasi)"), required=False)
    organisation = forms.ModelChoiceField(
        label=_("Pelaksana"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Semua pelaksana"),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        runs = Exists(Programme.objects.filter(organisation=OuterRef("pk")))
        self.fields["organisation"].queryset = Organisation.objects.listed().filter(runs).order_by("name")

    def clean(self) -> dict[str, Any]:
        """The years stand in order and are few enough for a sheet."""
        words = super().clean() or {}
        first, last = words.get("first"), words.get("last")
        if first and last and not 0 <= last - first < MOST_YEARS:
            raise ValidationError(_("Pilih paling banyak sepuluh tahun berurutan."))
        return words

    def choice(self) -> Choice:
        """Return what was asked for."""
        words = self.cleaned_data
        matrix = Matrix(words["matrix"])
        halves = (True, False) if words["semester"] and not matrix.is_plan else (False,)
        periods = [Period(year, half) for year in range(words["first"], words["last"] + 1) for half in halves]
        return Choice(matrix.of_government, periods, words["organisation"])

    def file_name(self) -> str:
        """Return the name of the workbook."""
        words = self.cleaned_data
        who = f"-{words['organisation'].slug}" if words["organisation"] else ""
        years = f"{words['first']}" if words["first"] == words["last"] else f"{words['first']}-{words['last']}"
        return f"matriks-{words['matrix']}{who}-{years}"
