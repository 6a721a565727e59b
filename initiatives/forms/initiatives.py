"""Forms of joint initiatives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.models import Action, Initiative, Lesson, Partner, Target
from issues.models import PriorityIssue
from kalibaru.core import wording
from kalibaru.core.forms import OnceForm, VersionedForm
from kalibaru.core.money import RupiahField
from kalibaru.core.sdg import Goal
from kalibaru.media.forms import PhotoField
from kalibaru.places.models import Area
from stakeholders.models import Organisation

PHOTOS = 3


def date_input() -> forms.DateInput:
    """Return the browser's own date picker; without it a person types year-month-day."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class InitiativeFields(forms.ModelForm):
    """What an initiative says about itself."""

    sdg_goals = forms.TypedMultipleChoiceField(
        label=_("Tujuan SDG"),
        coerce=int,
        required=False,
        choices=[(goal.value, f"{goal.value}. {goal.label}") for goal in Goal],
        widget=forms.CheckboxSelectMultiple,
    )

    source_url = forms.URLField(
        label=_("Tautan sumber"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Jika keterangan ini diambil dari halaman lain."),
    )
    budget = RupiahField(
        label=_("Anggaran (Rp)"),
        required=False,
        help_text=_("Boleh ditulis 150.000.000 atau 150 juta. Kosongkan jika belum ada."),
    )

    class Meta:
        model = Initiative
        fields = [
            "title",
            "summary",
            "body",
            "issues",
            "areas",
            "sdg_goals",
            "starts_on",
            "ends_on",
            "budget",
            "source_title",
            "source_url",
        ]
        help_texts = {
            "title": _("Singkat dan jelas, paling banyak 160 huruf."),
            "summary": _("Satu atau dua kalimat yang tampil di daftar."),
            "body": _("Apa yang dikerjakan dan bagaimana caranya. Boleh memakai Markdown."),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 10}),
            "issues": forms.CheckboxSelectMultiple,
            "areas": forms.CheckboxSelectMultiple,
            "starts_on": date_input(),
            "ends_on": date_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["issues"].queryset = PriorityIssue.objects.published()
        self.fields["issues"].required = True
        self.fields["areas"].queryset = Area.objects.choosable()

    def clean(self) -> dict[str, Any]:
        """Say beside the field what the database would refuse."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Tanggal selesai harus sesudah tanggal mulai."))
        return cleaned

    def fields_given(self) -> dict[str, Any]:
        """Return the cleaned values that are columns or links of the initiative."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class EditInitiativeForm(VersionedForm, InitiativeFields):
    """Change an initiative."""


class NewInitiativeForm(OnceForm, InitiativeFields):
    """Create one: for the secretariat."""

    lead = forms.ModelChoiceField(label=_("Organisasi yang memimpin"), queryset=Organisation.objects.none())
    field_order = ["title", "lead"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = Organisation.objects.listed().order_by("name")


class ReasonForm(forms.Form):
    """Why it is paused or cancelled."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Semua orang bisa membacanya."),
    )


class CompleteForm(forms.Form):
    """What came of it, and what was learnt."""

    results = forms.CharField(
        label=_("Hasil"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Apa yang berubah? Sebutkan angka jika ada."),
    )
    lesson_kind = forms.ChoiceField(label=_("Jenis pelajaran"), choices=Lesson.Kind.choices, required=False)
    lesson = forms.CharField(
        label=pgettext_lazy("satu", "Pelajaran"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wajib diisi jika belum ada pelajaran yang ditulis."),
    )

    def clean_lesson_kind(self) -> str:
        """Take the first kind when none was chosen."""
        return self.cleaned_data["lesson_kind"] or Lesson.Kind.WORKED


class EmptyForm(forms.Form):
    """A deed that asks nothing."""


class PartnerForm(forms.Form):
    """Add an organisation in a role."""

    organisation = forms.ModelChoiceField(label=_("Organisasi"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(
        label=_("Peran"),
        choices=[choice for choice in Partner.Role.choices if choice[0] != "lead"],
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.listed().order_by("name")


class ActionFields(forms.ModelForm):
    """A milestone."""

    class Meta:
        model = Action
        fields = ["title", "organisation", "due_on"]
        widgets = {"due_on": date_input()}

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = (
            Organisation.objects.filter(partnerships__initiative=initiative).distinct().order_by("name")
        )

    def fields_given(self) -> dict[str, Any]:
        """Return the cleaned columns."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewActionForm(OnceForm, ActionFields):
    """Add a milestone."""


class EditActionForm(VersionedForm, ActionFields):
    """Change a milestone."""


class TargetForm(forms.ModelForm):
    """What is to be reached."""

    class Meta:
        model = Target
        fields = ["name", "unit", "baseline", "goal"]
        localized_fields = ["baseline", "goal"]
        help_texts = {
            "unit": _("Misalnya kilogram, orang, atau rumah tangga."),
            "baseline": _("Angka sebelum mulai. Kosongkan jika belum ada data."),
        }


class ReachedForm(VersionedForm, forms.ModelForm):
    """How much is reached by now."""

    class Meta:
        model = Target
        fields = ["reached"]
        localized_fields = ["reached"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reached"].required = True
        goal = {"goal": wording.number(self.instance.goal), "unit": self.instance.unit}
        self.fields["reached"].help_text = _("Sampai hari ini. Sasarannya %(goal)s %(unit)s.") % goal


class LessonForm(OnceForm, forms.ModelForm):
    """What was learnt."""

    class Meta:
        model = Lesson
        fields = ["kind", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class UpdateForm(OnceForm):
    """News, with up to three photos, each with its own words."""

    title = forms.CharField(label=_("Judul kabar"), max_length=160)
    body = forms.CharField(
        label=_("Isi kabar"),
        max_length=6000,
        error_messages={"required": _("Tulis kabarnya.")},
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Apa yang terjadi, kapan, di mana, dan apa berikutnya?"),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for number in range(1, PHOTOS + 1):
            self.fields[f"photo_{number}"] = PhotoField(label=_("Foto %(number)d") % {"number": number}, required=False)
            self.fields[f"alt_{number}"] = forms.CharField(
                label=_("Isi foto %(number)d") % {"number": number},
                max_length=200,
                required=False,
                help_text=_("Ceritakan isi foto untuk orang yang tidak bisa melihatnya."),
            )

    def clean(self) -> dict[str, Any]:
        """Ask for words with each photo, and for the photo that words are about."""
        cleaned = super().clean()
        for number in range(1, PHOTOS + 1):
            photo, alt = f"photo_{number}", f"alt_{number}"
            if cleaned.get(photo) and not cleaned.get(alt):
                self.add_error(alt, _("Ceritakan isi foto ini."))
            elif cleaned.get(alt) and not self.files.get(photo):
                self.add_error(photo, _("Pilih fotonya, atau kosongkan isi foto di bawahnya."))
        return cleaned

    def photos(self) -> list[tuple[Any, str]]:
        """Return the chosen pictures with their words."""
        return [
            (self.cleaned_data[f"photo_{number}"], self.cleaned_data[f"alt_{number}"])
            for number in range(1, PHOTOS + 1)
            if self.cleaned_data.get(f"photo_{number}")
        ]
