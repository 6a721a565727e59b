"""The living style guide: every part of the pages, with its states, on one page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kalibaru.core.access import policy
from kalibaru.core.paging import Count, Page
from kalibaru.core.tones import STATIONS, TONE_OF

COLOURS = "ground surface sunken line ink ink-soft sea band done waiting late info neutral"
ICONS = (
    "home flag wave table people talk search desk scales person bell mail calendar clock check alert info question "
    "badge pencil plus trash download clip pin eye lock key out handshake coins waste water income issue"
)


@dataclass(frozen=True)
class Sample:
    """A row that only has a state."""

    state: str
    word: str

    def get_state_display(self) -> str:
        """Return the word, as a model does."""
        return self.word


@dataclass(frozen=True)
class Flash:
    """A message, as Django's."""

    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=gettext_lazy("Nama organisasi"), help_text=gettext_lazy("Seperti pada akta atau SK."))
    email = forms.EmailField(label=gettext_lazy("Alamat surel"))
    area = forms.ChoiceField(
        label=gettext_lazy("Wilayah"), choices=[("", gettext_lazy("Semua wilayah")), ("1", "Kalibaru")], required=False
    )
    since = forms.DateField(
        label=gettext_lazy("Sejak tanggal"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    summary = forms.CharField(
        label=gettext_lazy("Ringkasan"),
        widget=forms.Textarea,
        help_text=gettext_lazy("Dua atau tiga kalimat."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Bentuk bantuan"),
        widget=forms.RadioSelect,
        choices=[("money", gettext_lazy("Dana")), ("people", gettext_lazy("Tenaga"))],
    )
    issues = forms.MultipleChoiceField(
        label=gettext_lazy("Masalah"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", gettext_lazy("Sampah")), ("b", gettext_lazy("Air bersih")), ("c", gettext_lazy("Penghasilan"))],
        required=False,
    )
    document = forms.FileField(
        label=gettext_lazy("Berkas"), required=False, help_text=gettext_lazy("PDF, paling besar 10 MB.")
    )
    consent = forms.BooleanField(label=gettext_lazy("Saya setuju data ini ditampilkan"))


class SampleFilters(forms.Form):
    """What a listing is filtered by."""

    q = forms.CharField(label=gettext_lazy("Kata"), required=False)
    issue = forms.ChoiceField(
        label=gettext_lazy("Masalah"),
        choices=[("", gettext_lazy("Semua")), ("waste", gettext_lazy("Sampah"))],
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Keadaan"),
        choices=[("", gettext_lazy("Semua")), ("active", gettext_lazy("Berjalan"))],
        required=False,
    )
    sort = forms.ChoiceField(label=gettext_lazy("Urutkan"), choices=[("", gettext_lazy("Terbaru"))], required=False)


@policy("portal.see_styleguide")
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all parts."""
    return render(request, "styleguide/page.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    wrong = SampleForm({"name": "", "email": "dewi@", "summary": _("Ringkasan yang sudah ditulis tetap ada.")})
    return {
        "colours": COLOURS.split(),
        "goals": [1, 6, 14],
        "icons": ICONS.split(),
        "tones": ("done", "waiting", "late", "info", "neutral"),
        "states": [Sample(word, word.replace("_", " ")) for word in sorted(TONE_OF)],
        "active": Sample("active", _("Berjalan")),
        "stations": [key for key, _label in STATIONS],
        "form": SampleForm(),
        "wrong": wrong,
        "filter": SimpleNamespace(form=SampleFilters(request.GET)),
        "count": Count(1000, more=True),
        "few": Count(7, more=False),
        "page": Page([], next="n", previous="p"),
        "entries": _entries(),
        "columns": [_("Tahun"), _("Sasaran"), _("Capaian")],
        "rows": [["2024", "40", "12"], ["2025", "60", None]],
        "person": SimpleNamespace(display_name="Contoh Rina"),
        "organisation": SimpleNamespace(name=_("Contoh Yayasan Pesisir"), acronym="CYP", get_absolute_url="#"),
        "flashes": [Flash("success", _("Tersimpan.")), Flash("error", _("Tidak tersimpan: berkas terlalu besar."))],
        "long": _(
            "Judul yang sangat panjang tentang pengelolaan sampah kulit kerang di tanggul laut RW 04 bersama nelayan, "
            "pemilah, dan sekolah"
        ),
        "day": date(2024, 2, 6),
        "moment": datetime(2024, 2, 6, 2, tzinfo=UTC),
        "markdown": _(
            "## Judul bagian\n\nTeks dengan **tebal**, *miring*, dan [tautan](https://example.org).\n\n- satu\n- dua"
        ),
    }


def _entries() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            at=datetime(2024, 2, 9, 3, tzinfo=UTC),
            label=_("Usulan"),
            sentence=_("Sekretariat meminta penjelasan"),
            text=_("Mohon jelaskan siapa yang mengangkut."),
            internal=True,
        ),
        SimpleNamespace(
            at=datetime(2024, 2, 6, 2, tzinfo=UTC),
            label=_("Forum"),
            sentence=_("Forum dibuka di kantor kelurahan"),
            text="",
            internal=False,
        ),
    ]
