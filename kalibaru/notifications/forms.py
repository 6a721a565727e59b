"""How soon mail is wanted, one question for each sort of news."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.models import Category, Frequency
from kalibaru.notifications.preferences import choices_of, preferences_of

HINTS = {
    Category.FOLLOWED: _("Kabar dari masalah, inisiatif, wilayah, dan organisasi yang Anda ikuti."),
    Category.ORGANISATION: _("Kabar untuk anggota organisasi Anda."),
    Category.DECISION: _("Jawaban atas usulan, verifikasi, dan undangan. Tidak pernah menunggu ringkasan."),
    Category.MODERATION: _("Pekerjaan sekretariat."),
}


class SettingsForm(forms.Form):
    """One question a category."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        current = preferences_of(user)
        for category in Category:
            if category == Category.MODERATION and not user.is_moderator:
                continue
            allowed = choices_of(category)
            self.fields[category.value] = forms.ChoiceField(
                label=category.label,
                help_text=HINTS[category],
                choices=[choice for choice in Frequency.choices if choice[0] in allowed],
                initial=current[category],
                widget=forms.RadioSelect,
            )

    def chosen(self) -> dict[str, str]:
        """Return {category: frequency} as typed if it is valid, else as saved."""
        if self.is_bound and self.is_valid():
            return dict(self.cleaned_data)
        return {name: field.initial for name, field in self.fields.items()}
