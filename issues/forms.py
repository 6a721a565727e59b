"""Forms about needs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from issues.models import Need
from issues.services import NeedEntry
from kalibaru.core.forms import OnceForm, VersionedForm
from kalibaru.places.models import Area


class NeedFields(forms.ModelForm):
    """What helpers must know: what, how much, where, by when."""

    class Meta:
        model = Need
        fields = ("kind", "title", "area", "quantity", "unit", "by_when")
        localized_fields = ("quantity",)
        help_texts = {
            "title": _("Satu kalimat, misalnya “Timbangan untuk bank sampah RW 05”."),
            "quantity": _("Kosongkan jika belum tahu."),
            "unit": _("Misalnya orang, unit, atau hari."),
            "by_when": _("Kosongkan jika tidak ada batas waktu."),
        }
        widgets = {"by_when": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.choosable()
        self.fields["area"].empty_label = _("Seluruh wilayah masalah ini")

    def clean_quantity(self):
        """A need below nothing is a slip of the finger."""
        quantity = self.cleaned_data["quantity"]
        if quantity is not None and quantity <= 0:
            raise ValidationError(_("Jumlah harus lebih dari nol."))
        return quantity

    def entry(self) -> NeedEntry:
        """Return what was typed, for the service."""
        names = ("kind", "title", "area", "quantity", "unit", "by_when")
        return NeedEntry(**{name: self.cleaned_data[name] for name in names})


class NewNeedForm(OnceForm, NeedFields):
    """A need that nobody knows of yet."""

    def clean_by_when(self):
        """Nobody can help yesterday."""
        day = self.cleaned_data["by_when"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("Tanggal ini sudah lewat."))
        return day


class EditNeedForm(VersionedForm, NeedFields):
    """A correction."""
