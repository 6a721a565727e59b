"""Forms about programmes: the programme, its years, and notes on how it goes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Programme, ProgrammeLog
from initiatives.services.programmes import PLAIN, ProgrammeEntry, YearEntry
from issues.models import PriorityIssue
from kalibaru.core.access import is_moderator
from kalibaru.core.forms import OnceForm, VersionedForm
from kalibaru.core.money import QuantityField, RupiahField
from kalibaru.core.sdg import Goal
from kalibaru.media.forms import PhotosField
from kalibaru.places.models import Area
from stakeholders.models import Organisation, Platform

MAX_YEARS = 30


def government_of(actor: Any) -> QuerySet:
    """Return the government organisations a person may write for: all verified ones for moderators."""
    mine = Organisation.objects.listed() if is_moderator(actor) else Organisation.objects.of(actor, "owner", "editor")
    return mine.filter(platform=Platform.GOVERNMENT, state=Organisation.State.VERIFIED).order_by("name")


def government_choices(field: Any, actor: Any) -> None:
    """Offer those organisations in a field; the only one is chosen already."""
    field.queryset = choices = government_of(actor)
    if not is_moderator(actor) and len(choices) == 1:
        field.initial, field.empty_label = choices[0].pk, None


class ProgrammeFields(forms.ModelForm):
    """The columns of the regional action plan, in the words of the office."""

    sdg_goals = forms.TypedMultipleChoiceField(
        label=_("Tujuan SDG (TPB)"),
        choices=[(goal.value, f"{goal.value}. {goal.label}") for goal in Goal],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    source_url = forms.URLField(
        label=_("Tautan sumber"),
        help_text=_("Tautan ke dokumen yang bisa dibaca semua orang, kalau ada."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    class Meta:
        model = Programme
        fields = (
            "programme_code",
            "programme_name",
            "activity_code",
            "activity_name",
            "sub_activity_code",
            "sub_activity_name",
            "output",
            "unit",
            "funding_source",
            "issues",
            "areas",
            "sdg_goals",
            "source_title",
            "source_url",
        )
        help_texts = {
            "programme_name": _("Seperti tertulis di dokumen anggaran."),
            "output": _("Apa yang dihasilkan, misalnya “Rumah tangga mendapat sambungan air”."),
            "unit": _("Satuan keluaran, misalnya orang, rumah tangga, atau meter."),
        }
        widgets = {"issues": forms.CheckboxSelectMultiple, "areas": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["issues"].queryset = PriorityIssue.objects.published()
        self.fields["areas"].queryset = Area.objects.choosable()

    def entry(self, years: "_Years") -> ProgrammeEntry:
        """Return what was typed, for the service."""
        words = self.cleaned_data
        return ProgrammeEntry(
            plain={name: words[name] for name in PLAIN},
            issues=list(words["issues"]),
            areas=list(words["areas"]),
            years=years.entries(),
        )


class NewProgrammeForm(OnceForm, ProgrammeFields):
    """A programme that is not in the portal yet."""

    organisation = forms.ModelChoiceField(
        label=_("Pelaksana"),
        queryset=Organisation.objects.none(),
        help_text=_("Instansi yang menjalankan program ini."),
    )
    field_order = ["organisation"]

    def __init__(self, *args: Any, actor: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        government_choices(self.fields["organisation"], actor)


class EditProgrammeForm(VersionedForm, ProgrammeFields):
    """A correction. The organisation stays."""


class YearForm(forms.Form):
    """One year of a programme."""

    year = forms.IntegerField(
        label=_("Tahun"), min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    target = QuantityField(label=_("Target"), required=False)
    realisation_s1 = QuantityField(label=_("Realisasi s.d. semester I"), required=False)
    realisation = QuantityField(label=_("Realisasi"), required=False)
    budget = RupiahField(label=_("Anggaran (Rp)"), required=False)
    spent_s1 = RupiahField(label=_("Terpakai s.d. semester I (Rp)"), required=False)
    spent = RupiahField(label=_("Terpakai (Rp)"), required=False)
    note = forms.CharField(label=_("Keterangan"), required=False, max_length=300)

    def entry(self) -> YearEntry:
        """Return what was typed, for the service."""
        return YearEntry(**{name: self.cleaned_data[name] for name in self.base_fields})


class _Years(forms.BaseFormSet):
    """The lines of the table; empty ones are ignored, ticked ones removed."""

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any):
        if programme is not None:
            columns = ("year", "target", "realisation_s1", "realisation", "budget", "spent_s1", "spent", "note")
            kwargs["initial"] = list(programme.years.values(*columns))
        super().__init__(*args, prefix="years", **kwargs)

    def clean(self) -> None:
        """A year has one line."""
        if any(self.errors):
            return
        seen: set[int] = set()
        for entry in self.entries():
            if entry.year in seen:
                raise ValidationError(_("Tahun %(year)s tertulis dua kali.") % {"year": str(entry.year)})
            seen.add(entry.year)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Say in plain words what the box does."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Hapus baris tahun ini")

    def entries(self) -> list[YearEntry]:
        """Return the lines that count."""
        return [
            form.entry()
            for form in self.forms
            if form.cleaned_data.get("year") is not None and not form.cleaned_data.get("DELETE")
        ]


YearFormSet = forms.formset_factory(
    YearForm, formset=_Years, extra=2, max_num=MAX_YEARS, validate_max=True, absolute_max=MAX_YEARS + 5, can_delete=True
)


class NoteForm(OnceForm, forms.ModelForm):
    """How a programme goes, on a day, with photos."""

    photos = PhotosField(label=_("Foto"), required=False)
    alt = forms.CharField(
        label=_("Apa yang terlihat di foto"),
        max_length=200,
        required=False,
        help_text=_("Untuk orang yang tidak bisa melihat foto. Satu kalimat."),
    )

    class Meta:
        model = ProgrammeLog
        fields = ("on", "note")
        widgets = {
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {"note": _("Apa yang sudah terjadi?")}

    field_order = ["on", "note", "photos", "alt"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Not the field's own `initial`: a model form's instance, with its empty date, comes before that.
        self.initial["on"] = self.initial.get("on") or timezone.localdate()

    def clean_on(self):
        """Progress lies in the past, and after the portal's first programmes."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("Tanggal catatan tidak boleh di masa depan."))
        if day.year < 2000:
            raise ValidationError(_("Tahun tanggal ini terlalu lama."))
        return day

    def clean(self) -> dict[str, Any]:
        """A photo without words says nothing to whoever cannot see it."""
        words = super().clean()
        if words.get("photos") and not words.get("alt"):
            self.add_error("alt", _("Tulis apa yang terlihat di foto."))
        return words
