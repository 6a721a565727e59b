"""Sign-up, and the settings of one's own account."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kalibaru.accounts.models import User
from kalibaru.core.links import link_to

# Raised whenever the privacy page changes what people agree to.
CONSENT_VERSION = "2026-11"
TIME_ZONES = [
    ("Asia/Jakarta", gettext_lazy("WIB (Jakarta)")),
    ("Asia/Makassar", gettext_lazy("WITA (Makassar)")),
    ("Asia/Jayapura", gettext_lazy("WIT (Jayapura)")),
    ("UTC", "UTC"),
]


class DisplayNameField(forms.CharField):
    """The name that others see."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            label=gettext_lazy("Nama tampilan"),
            max_length=80,
            help_text=gettext_lazy("Nama ini terlihat oleh orang lain. Boleh nama panggilan."),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            error_messages={"required": gettext_lazy("Tulis nama tampilan Anda.")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Return the name in one line."""
        return " ".join(super().clean(value).split())


class LoginForm(AllauthLoginForm):
    """E-mail and password, with nothing between them that the Tab key stops at."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # The way to a new password stands after the button (login.html), not between the two fields.
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignupForm(AllauthSignupForm):
    """E-mail, name and consent; a password for those who want one, a code by e-mail for the others."""

    display_name = DisplayNameField()
    consent = forms.BooleanField(error_messages={"required": gettext_lazy("Beri persetujuan Anda dulu.")})
    field_order = ("email", "display_name", "password1", "consent")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Alamat surel")
        self.fields["consent"].label = _("Saya setuju data saya disimpan untuk memakai portal ini.")
        self.fields["consent"].help_text = format_html(
            '<a href="{}">{}</a>', link_to("privacy"), _("Apa yang disimpan dan untuk apa")
        )
        if password := self.fields.get("password1"):
            password.label = _("Kata sandi")
            password.help_text = _(
                "Paling sedikit 8 huruf. Jika dikosongkan, Anda masuk dengan kode yang dikirim ke surel."
            )
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def fill(self, user: User) -> None:
        """Set what the person said on the new account."""
        user.display_name = self.cleaned_data["display_name"]
        user.language = get_language() or User.Language.ID
        user.consent_version = CONSENT_VERSION
        user.consented_at = timezone.now()

    def try_save(self, request: HttpRequest) -> Any:
        """Save; of two equal forms sent at once, the second is answered like one for a known address."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class SettingsForm(forms.ModelForm):
    """Name, language and time zone."""

    display_name = DisplayNameField()
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Zona waktu"),
        choices=TIME_ZONES,
        help_text=gettext_lazy("Untuk jam kirim ringkasan. Jam di halaman selalu WIB."),
    )

    class Meta:
        model = User
        fields = ("display_name", "language", "time_zone")
        help_texts = {"language": gettext_lazy("Bahasa surel dari portal ini.")}


class EraseForm(forms.Form):
    """One question before the account goes."""

    sure = forms.BooleanField(
        label=gettext_lazy("Saya mengerti: akun saya dihapus dan tidak bisa dikembalikan."),
        error_messages={"required": gettext_lazy("Centang dulu jika Anda yakin.")},
    )
