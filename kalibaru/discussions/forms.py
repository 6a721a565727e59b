"""What a person writes in a conversation, and what a moderator answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kalibaru.core.forms import OnceForm
from kalibaru.discussions.models import BODY_MAX, REASON_MAX, Report


class CommentForm(OnceForm):
    """A comment, or an answer to one."""

    body = forms.CharField(
        label=_("Komentar Anda"),
        max_length=BODY_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Nama tampilan Anda terlihat oleh semua orang. Jangan menulis nomor telepon atau alamat orang lain."
        ),
        error_messages={"required": _("Tulis dulu komentar Anda.")},
    )
    parent = forms.UUIDField(widget=forms.HiddenInput, required=False)


class ReportForm(forms.Form):
    """Why a comment should not stand."""

    reason = forms.ChoiceField(
        label=_("Apa yang salah?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih alasan.")},
    )
    note = forms.CharField(
        label=_("Penjelasan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class HideForm(forms.Form):
    """Why a comment is hidden; its author reads it."""

    reason = forms.CharField(
        label=_("Alasan untuk penulis"),
        max_length=REASON_MAX,
        help_text=_("Penulis komentar membaca alasan ini."),
        error_messages={"required": _("Tulis alasan untuk penulis.")},
    )
