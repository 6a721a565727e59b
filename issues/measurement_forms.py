"""Forms about figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from issues.measurement_services import Entry
from issues.models import Breakdown, Indicator, Measurement
from kalibaru.core.access import is_moderator
from kalibaru.core.forms import OnceForm, VersionedForm
from kalibaru.core.money import QuantityField
from kalibaru.media.forms import AttachmentField
from kalibaru.places.models import Area
from stakeholders.models import Organisation

OLDEST_YEAR = 1990


def organisations_of(user: Any):
    """Return the verified organisations in whose name a person may enter figures."""
    return Organisation.objects.acting(user).order_by("name", "id")


class FigureField(QuantityField):
    """A figure of an indicator, with up to four decimals."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"max_digits": 18, "decimal_places": 4, **kwargs})


class MeasurementForm(OnceForm, VersionedForm, forms.ModelForm):
    """When, where, how much, and from which source. The groups asked for are those of the indicator."""

    use_required_attribute = False

    organisation = forms.ModelChoiceField(
        label=_("Atas nama"), queryset=Organisation.objects.none(), required=False, empty_label=_("Sekretariat")
    )
    year = forms.TypedChoiceField(label=_("Tahun"), coerce=int)
    value = FigureField(label=_("Nilai"))
    evidence = AttachmentField(label=_("Bukti dukung"), required=False)

    class Meta:
        model = Measurement
        fields = ("organisation", "area", "year", "part", "value", "note", "source_title", "source_url")
        labels = {"source_title": _("Sumber"), "source_url": _("Tautan sumber")}
        help_texts = {
            "area": _("Tempat yang digambarkan angka ini."),
            "source_title": _("Siapa yang mengukur, dan di mana tertulis. Wajib, kecuali ada bukti dukung."),
            "note": _("Misalnya cara mengukur, atau mengapa angkanya berubah."),
        }

    def __init__(self, *args: Any, user: Any, indicator: Indicator, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        if self.instance._state.adding:
            own = self.fields["organisation"]
            own.queryset = organisations_of(user)
            own.required = not is_moderator(user)
            own.initial = None if is_moderator(user) else own.queryset.first()
        else:
            del self.fields["organisation"]
        self.fields["area"].queryset = Area.objects.choosable()
        self.fields["area"].empty_label = _("Pilih wilayah")
        this_year = timezone.localdate().year
        self.fields["year"].choices = [(year, str(year)) for year in range(this_year, OLDEST_YEAR, -1)]
        self.fields["value"].help_text = _("Dalam %(unit)s.") % {"unit": indicator.unit}
        self._add_groups()

    def _add_groups(self) -> None:
        """Ask for the groups by which the indicator is split; none of them is required."""
        known = self.initial.get("groups", {})
        wanted = [
            (value, label)
            for value, label in Breakdown.Group.choices
            if value.split(":")[0] in self.indicator.dimensions
        ]
        if Indicator.Dimension.RW in self.indicator.dimensions:
            wanted += [(area.code, area.name) for area in Area.objects.filter(level=Area.Level.RW).order_by("code")]
        self.group_names = {f"group-{name}": name for name, _label in wanted}
        for name, label in wanted:
            self.fields[f"group-{name}"] = FigureField(label=label, required=False, initial=known.get(name))

    def head_fields(self) -> list[forms.BoundField]:
        """Return the fields before the groups."""
        return [field for field in self.visible_fields() if field.name not in self.group_names]

    def group_fields(self) -> list[forms.BoundField]:
        """Return the fields of the groups."""
        return [self[name] for name in self.group_names]

    def entry(self) -> Entry:
        """Return what was typed, for the service."""
        data = self.cleaned_data
        groups: dict[str, Decimal] = {
            name: data[field] for field, name in self.group_names.items() if data.get(field) is not None
        }
        names = ("area", "year", "part", "value", "note", "source_title", "source_url")
        return Entry(**{name: data[name] for name in names}, groups=groups)


class ReturnForm(forms.Form):
    """What is missing in a figure."""

    reason = forms.CharField(
        label=_("Apa yang perlu diperbaiki?"),
        max_length=Measurement.REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dikirim ke orang yang mencatat angka ini."),
    )


def as_initial(row: Measurement) -> dict[str, Any]:
    """Return the values a correction or an edit begins with."""
    groups = {
        (part.area.code if part.area else part.group): part.value for part in row.breakdowns.select_related("area")
    }
    names = ("area", "year", "part", "value", "note", "source_title", "source_url", "organisation")
    return {**{name: getattr(row, name) for name in names}, "groups": groups}


def last_full_period(today: date) -> tuple[int, int]:
    """Return (year, part) of the newest period that is over: what an officer most likely has a figure for."""
    if today.month > 6:
        return today.year, Measurement.Part.FIRST
    return today.year - 1, Measurement.Part.YEAR
