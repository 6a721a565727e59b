"""Forms about a spreadsheet of programmes: send it, say what its columns mean, mend it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from initiatives.forms.programmes import government_choices
from initiatives.imports.columns import BY_KEY, MONEY_UNITS, ORDER, YEARLY, Meaning
from initiatives.imports.heading import Heading, samples
from initiatives.imports.mapping import Mapping
from initiatives.models import Programme
from initiatives.services.imports import PASTED_NAME
from kalibaru.core.forms import OnceForm
from kalibaru.core.sheets.grid import MOST_ROWS, BadSheet, Grid, column_letters
from kalibaru.core.sheets.opening import open_sheet
from kalibaru.media.checks import check_size
from kalibaru.media.forms import CheckedFileField
from stakeholders.models import Organisation

PASTE_MAX = 1_500_000


class SheetField(CheckedFileField):
    """A workbook or a CSV. What is inside is looked at by the form, which shows every error beside the field."""

    check = staticmethod(check_size)
    accept = ".xlsx,.csv,.tsv,.txt"


class SheetForm(forms.Form):
    """A file or a paste."""

    file = SheetField(
        label=_("Berkas Excel atau CSV"),
        help_text=_("Berkas .xlsx atau .csv, paling banyak 20.000 baris."),
        required=False,
    )
    paste = forms.CharField(
        label=_("Atau tempel dari lembar kerja"),
        help_text=_("Pilih sel di Excel, termasuk judul kolomnya. Salin, lalu tempel di sini."),
        required=False,
        strip=False,
        max_length=PASTE_MAX,
        widget=forms.Textarea(attrs={"rows": 6, "class": "paste", "wrap": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of both, and a sheet with something in it."""
        words = super().clean() or {}
        file, paste = words.get("file"), (words.get("paste") or "").strip("\r\n")
        if self.errors:
            return words
        if bool(file) == bool(paste.strip()):
            raise ValidationError(_("Pilih berkas, atau tempel tabelnya. Salah satu saja."))
        words["upload"] = file or ContentFile(paste.encode(), name=PASTED_NAME)
        try:
            grid = open_sheet(words["upload"])
            if not any(grid.rows):
                raise BadSheet(_("Lembar ini kosong."))
        except BadSheet as error:
            self.add_error("file" if file else "paste", error.words)
        return words

    def upload(self) -> File:
        """Return what was sent."""
        return self.cleaned_data["upload"]


class StartForm(OnceForm, SheetForm):
    """A new import, for one organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Pelaksana"),
        queryset=Organisation.objects.none(),
        help_text=_("Instansi yang menjalankan program-program ini."),
    )
    field_order = ["organisation"]

    def __init__(self, *args: Any, actor: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        government_choices(self.fields["organisation"], actor)


class ColumnsForm(forms.Form):
    """What each column means. Two inputs a column: the meaning, and the year of a figure."""

    sheet = forms.ChoiceField(label=_("Lembar"), required=False)
    first = forms.IntegerField(label=_("Judul kolom mulai baris"), min_value=1, max_value=MOST_ROWS)
    last = forms.IntegerField(label=_("Judul kolom sampai baris"), min_value=1, max_value=MOST_ROWS)
    year = forms.IntegerField(
        label=_("Tahun untuk angka tanpa tahun"),
        min_value=2000,
        max_value=2100,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    money = forms.TypedChoiceField(label=_("Angka uang ditulis dalam"), choices=list(MONEY_UNITS.items()), coerce=int)
    funding = forms.ChoiceField(
        label=_("Sumber pendanaan bila kosong"),
        choices=[("", _("Jangan diisi")), *Programme.FundingSource.choices],
        required=False,
    )

    def __init__(self, *args: Any, grid: Grid, heading: Heading, mapping: Mapping, **kwargs: Any):
        plain = {name: getattr(mapping, name) for name in ("sheet", "year", "money", "funding")}
        kwargs["initial"] = {**plain, "first": mapping.first + 1, "last": mapping.last + 1}
        super().__init__(*args, **kwargs)
        self.grid, self.heading = grid, heading
        self.fields["sheet"].choices = [(name, name) for name in grid.sheets]
        if len(grid.sheets) < 2:
            del self.fields["sheet"]
        for name in ("first", "last"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric"})
        for column, meaning in enumerate(mapping.meanings):
            self._add(column, meaning)

    def _add(self, column: int, meaning: Meaning) -> None:
        name = self.name_of(column)
        self.fields[f"key-{column}"] = forms.ChoiceField(
            label=_("Arti kolom %(name)s") % {"name": name}, choices=_KEYS, required=False, initial=meaning.key
        )
        self.fields[f"year-{column}"] = forms.IntegerField(
            label=_("Tahun kolom %(name)s") % {"name": name},
            min_value=2000,
            max_value=2100,
            required=False,
            initial=meaning.year,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        )

    def name_of(self, column: int) -> str:
        """Return how a person calls a column: its letter and its heading."""
        return f"{column_letters(column)} {self.heading.labels[column]}".strip()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield what the page shows of each column that has a heading or values."""
        for column, label in enumerate(self.heading.labels):
            shown = samples(self.grid, self.heading, column)
            if label or shown:
                yield {
                    "letter": column_letters(column),
                    "label": label,
                    "samples": shown,
                    "key": self[f"key-{column}"],
                    "year": self[f"year-{column}"],
                }

    def head_fields(self) -> list[forms.BoundField]:
        """Return the inputs that hold for the whole sheet."""
        names = ("sheet", "first", "last", "year", "money", "funding")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """A meaning is given once, and something tells the rows apart."""
        words = super().clean() or {}
        if (words.get("last") or 0) < (words.get("first") or 0):
            self.add_error("last", _("Baris terakhir judul harus sama atau sesudah baris pertamanya."))
        seen: dict[tuple[str, int | None], str] = {}
        for column, meaning in enumerate(self.meanings()):
            place = (meaning.key, meaning.year)
            if meaning.key and place in seen:
                self.add_error(f"key-{column}", _("Arti ini sudah dipakai kolom %(name)s.") % {"name": seen[place]})
            seen.setdefault(place, self.name_of(column))
        keys = {key for key, _year in seen}
        if not keys & {"code", "programme_code", "activity_code", "sub_activity_code", "hub_id"}:
            raise ValidationError(
                _("Tunjukkan kolom kodenya. Dari kode, baris dikenali lagi saat berkas dikirim ulang.")
            )
        return words

    def meanings(self) -> list[Meaning]:
        """Return what was chosen for each column."""
        words = self.cleaned_data
        chosen = []
        for column in range(len(self.heading.labels)):
            key = words.get(f"key-{column}") or ""
            chosen.append(Meaning(key, words.get(f"year-{column}") if key in YEARLY else None))
        return chosen

    def mapping(self) -> Mapping:
        """Return the confirmed mapping."""
        words = self.cleaned_data
        return Mapping(
            sheet=words.get("sheet") or self.grid.name,
            first=words["first"] - 1,
            last=words["last"] - 1,
            labels=self.heading.labels,
            meanings=self.meanings(),
            year=words["year"],
            money=words["money"],
            funding=words["funding"],
        )


_KEYS = [("", _("Abaikan")), *((key, BY_KEY[key].label) for key in ORDER)]
