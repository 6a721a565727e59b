"""The grid of a year's realisation: one small form a programme, of which only the changed ones count."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.forms.programmes import government_of
from initiatives.models import Programme, ProgrammeYear
from initiatives.services.realisation import FIGURES, RealisationEntry
from kalibaru.core.money import QuantityField, RupiahField


class ChoiceForm(forms.Form):
    """Which organisation and year; anything odd falls back to the first organisation and this year."""

    organisation = forms.ChoiceField(label=_("Pelaksana"))
    year = forms.IntegerField(
        label=_("Tahun"), min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, data: Any, *, actor: Any):
        self.organisations = {row.slug: row for row in government_of(actor)}
        slug = str(data.get("organisation", ""))
        year = str(data.get("year", ""))
        self.organisation = self.organisations.get(slug) or next(iter(self.organisations.values()), None)
        good = year.isascii() and year.isdigit() and len(year) == 4 and 2000 <= int(year) <= 2100
        self.year = int(year) if good else timezone.localdate().year
        super().__init__(initial={"organisation": self.organisation and self.organisation.slug, "year": self.year})
        self.fields["organisation"].choices = [(slug, row.name) for slug, row in self.organisations.items()]


class RealisationForm(forms.Form):
    """One programme's figures of the year. Hidden first values tell what the person changed."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    realisation_s1 = QuantityField(label=_("Realisasi s.d. semester I"), required=False, show_hidden_initial=True)
    realisation = QuantityField(label=_("Realisasi"), required=False, show_hidden_initial=True)
    spent_s1 = RupiahField(label=_("Terpakai s.d. semester I (Rp)"), required=False, show_hidden_initial=True)
    spent = RupiahField(label=_("Terpakai (Rp)"), required=False, show_hidden_initial=True)
    note = forms.CharField(label=_("Keterangan"), required=False, max_length=300, show_hidden_initial=True)

    def __init__(self, data: Any, *, programme: Programme, year: ProgrammeYear | None):
        self.programme, self.year = programme, year
        figures = {name: getattr(year, name) for name in FIGURES} if year else {}
        version = year.updated_at.astimezone(UTC).isoformat() if year else ""
        super().__init__(data, prefix=programme.pk.hex, initial={**figures, "version": version})
        for name in FIGURES:
            field = self.fields[name]
            # The visible heading of the column is not enough for whoever hears the cell alone.
            field.widget.attrs |= {"aria-label": f"{field.label}: {programme.title}", "data-column": name}

    def cells(self) -> list[forms.BoundField]:
        """Return the inputs in the order of the columns."""
        return [self[name] for name in FIGURES]

    @property
    def changed(self) -> bool:
        """Whether the person changed a figure."""
        return bool(set(self.changed_data) & set(FIGURES))

    def entry(self) -> RealisationEntry:
        """Return what was typed, for the service."""
        words = self.cleaned_data
        return RealisationEntry(self.programme.pk, self._version(), {name: words[name] for name in FIGURES})

    def _version(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.cleaned_data["version"])
        except ValueError:
            return None

    def keep_against(self, year: ProgrammeYear | None) -> None:
        """After a conflict: keep what was typed, say what stands there now, and carry the newest version."""
        self.year = year
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = year.updated_at.astimezone(UTC).isoformat() if year else ""
        self.add_error(
            None, _("Orang lain sudah mengubah baris ini. Bandingkan, lalu simpan lagi jika isian Anda benar.")
        )
