"""The settings: how soon, over which channel, at what hour, and when to be left alone."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kalibaru.accounts.forms import TIME_ZONES
from kalibaru.accounts.models import User
from kalibaru.notifications.desks import has_desk
from kalibaru.notifications.models import Category, Channel, Frequency, Rhythm
from kalibaru.notifications.preferences import choices_of, preferences_of
from kalibaru.notifications.services.preferences import Hours, Wishes

HINTS = {
    Category.FOLLOWED: gettext_lazy("Kabar dari masalah, inisiatif, wilayah, dan mitra yang Anda ikuti."),
    Category.ORGANISATION: gettext_lazy("Kabar untuk anggota organisasi Anda."),
    Category.DECISION: gettext_lazy("Jawaban atas usulan, verifikasi, dan undangan. Tidak pernah menunggu ringkasan."),
    Category.REMINDER: gettext_lazy("Janji dan tugas Anda yang tenggatnya dekat atau lewat."),
    Category.FORUM: gettext_lazy("Undangan, hasil, dan keputusan pertemuan yang Anda ikuti."),
    Category.MODERATION: gettext_lazy("Pekerjaan sekretariat."),
}
HOURS = [(hour, f"{hour:02}.00") for hour in range(24)]
ANY_HOUR = [("", gettext_lazy("Tidak ada")), *HOURS]


@dataclass(frozen=True)
class CategoryRow:
    """One sort of news with its question for each channel."""

    label: Any
    hint: Any
    mail: BoundField
    inbox: BoundField
    push: BoundField


class ChannelsForm(forms.Form):
    """A question a category and channel: how soon by mail, and whether in the inbox and at once on the phone."""

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        self.categories = [one for one in Category if one != Category.MODERATION or user.is_moderator]
        saved = {channel: preferences_of(user, channel) for channel in Channel}
        for category in self.categories:
            allowed = choices_of(category)
            self.fields[category.value] = forms.ChoiceField(
                label=_("Surel"),
                choices=[choice for choice in Frequency.choices if choice[0] in allowed],
                initial=saved[Channel.MAIL][category],
            )
            for channel, label in ((Channel.INBOX, _("Kotak masuk")), (Channel.PUSH, _("Langsung di HP"))):
                self.fields[f"{category}-{channel}"] = forms.BooleanField(
                    label=label, required=False, initial=saved[channel][category] == Frequency.NOW
                )

    def rows(self) -> list[CategoryRow]:
        """Return the questions as the page shows them, a row a category."""
        return [
            CategoryRow(
                category.label,
                HINTS[category],
                self[category.value],
                self[f"{category}-{Channel.INBOX}"],
                self[f"{category}-{Channel.PUSH}"],
            )
            for category in self.categories
        ]

    def keep_unanswered(self) -> None:
        """Answer the lists that a page did not send (an older page, a script) with what is saved."""
        if self.is_bound:
            lists = {name: field for name, field in self.fields.items() if isinstance(field, forms.ChoiceField)}
            saved = {name: field.initial for name, field in lists.items() if field.required}
            self.data = {**saved, **{name: self.data[name] for name in self.data}}

    def _answer(self, name: str) -> Any:
        """Return what was answered if the form is valid, else what is saved."""
        return self.cleaned_data[name] if self.is_bound and self.is_valid() else self.fields[name].initial

    def channels(self) -> dict[str, dict[str, str]]:
        """Return {channel: {category: frequency}}."""
        words: dict[str, dict[str, str]] = {channel: {} for channel in Channel.values}
        for category in self.categories:
            words[Channel.MAIL][category.value] = self._answer(category.value)
            for channel in (Channel.INBOX, Channel.PUSH):
                wanted = self._answer(f"{category}-{channel}")
                words[channel][category.value] = Frequency.NOW if wanted else Frequency.OFF
        return words


class SettingsForm(ChannelsForm):
    """Everything on the settings page, saved by one button."""

    digest_weekday = forms.TypedChoiceField(
        label=gettext_lazy("Hari ringkasan mingguan"), choices=Rhythm.Weekday.choices, coerce=int
    )
    digest_hour = forms.TypedChoiceField(label=gettext_lazy("Jam ringkasan"), choices=HOURS, coerce=int)
    quiet_from = forms.TypedChoiceField(
        label=gettext_lazy("Jam tenang mulai"), choices=ANY_HOUR, coerce=int, empty_value=None, required=False
    )
    quiet_until = forms.TypedChoiceField(
        label=gettext_lazy("Jam tenang sampai"), choices=ANY_HOUR, coerce=int, empty_value=None, required=False
    )
    paused_until = forms.DateField(
        label=gettext_lazy("Jeda sampai tanggal"),
        help_text=gettext_lazy(
            "Sampai hari itu tidak ada surel dan tidak ada pemberitahuan di HP, kecuali keputusan dan undangan. "
            "Kabarnya tidak hilang: semua masuk ringkasan sesudah jeda."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    figures = forms.BooleanField(
        label=gettext_lazy("Angka pekerjaan saya dalam ringkasan mingguan"),
        help_text=gettext_lazy("Untuk sekretariat, petugas pemerintah, dan pengurus organisasi."),
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Bahasa surel"), choices=User.Language.choices)
    time_zone = forms.ChoiceField(label=gettext_lazy("Zona waktu"), choices=TIME_ZONES)

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, user=user, **kwargs)
        rhythm = Rhythm.objects.filter(user=user).first() or Rhythm(user=user)
        for name in vars(Hours()):
            self.fields[name].initial = getattr(rhythm, name)
        self.fields["language"].initial = user.language
        self.fields["time_zone"].initial = user.time_zone
        names = self.fields["time_zone"]
        if isinstance(names, forms.ChoiceField) and user.time_zone not in dict(TIME_ZONES):
            names.choices = [*TIME_ZONES, (user.time_zone, user.time_zone)]
        if not has_desk(user.pk):
            del self.fields["figures"]
        self.keep_unanswered()

    def clean(self) -> dict[str, Any]:
        """Quiet hours have two different ends, and a pause lies ahead."""
        data = super().clean() or {}
        start, end = data.get("quiet_from"), data.get("quiet_until")
        if (start is None) != (end is None):
            missing = "quiet_from" if start is None else "quiet_until"
            self.add_error(missing, _("Isi jam mulai dan jam sampai, atau kosongkan keduanya."))
        elif start is not None and start == end:
            self.add_error("quiet_until", _("Jam sampai harus berbeda dari jam mulai."))
        return data

    def clean_paused_until(self) -> Any:
        """A pause may last a year; one that is over is none."""
        day, today = self.cleaned_data["paused_until"], timezone.localdate()
        if day and day > today.replace(year=today.year + 1, day=min(today.day, 28)):
            raise ValidationError(_("Jeda paling lama satu tahun."))
        return day if day and day > today else None

    def wishes(self) -> Wishes:
        """Return everything chosen, as typed if it is valid, else as saved."""
        hours = {name: self._answer(name) for name in vars(Hours()) if name in self.fields}
        return Wishes(self.channels(), Hours(**hours), self._answer("language"), self._answer("time_zone"))
