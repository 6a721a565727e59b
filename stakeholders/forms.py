"""Forms about organisations and their people."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalibaru.core.forms import OnceForm, VersionedForm
from kalibaru.media.forms import AttachmentsField, PhotoField
from kalibaru.media.models import Attachment
from kalibaru.places.models import Area
from stakeholders.extras import extra_fields
from stakeholders.models import Membership, Organisation, Platform
from stakeholders.phones import e164
from stakeholders.services.registration import COLUMNS, IDENTITY, Details, missing_in

SUBMIT = "submit"
EITHER = ("contact_email", "contact_phone")
NEEDED = ("platform", "kind", "description", "areas", "contact_name")


class AreasField(forms.ModelMultipleChoiceField):
    """Areas named with their level, as people say them."""

    def label_from_instance(self, area: Area) -> str:
        """Return "Kelurahan Kalibaru"."""
        return area.full_name


class DetailsForm(forms.Form):
    """What is asked of an organisation. A draft needs a name only; with `action=submit` the rest is needed too.

    user: who fills it in. instance: the organisation that is edited, if any.
    """

    name = forms.CharField(label=_("Nama organisasi"), max_length=160, help_text=_("Nama resmi, tanpa disingkat."))
    acronym = forms.CharField(label=_("Singkatan"), max_length=30, required=False)
    platform = forms.ChoiceField(
        label=_("Unsur"),
        choices=[("", _("Pilih unsur")), *Platform.choices],
        required=False,
        help_text=_("Empat unsur kemitraan pembangunan berkelanjutan (TPB/SDGs) di Indonesia."),
    )
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[("", _("Pilih jenis")), *Organisation.Kind.choices], required=False
    )
    description = forms.CharField(
        label=_("Tentang organisasi"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Apa yang Anda kerjakan, dengan siapa, sejak kapan? Beberapa kalimat sudah cukup."),
    )
    website = forms.URLField(label=_("Situs web"), required=False, max_length=200, assume_scheme="https")
    logo = PhotoField(label=_("Logo"), required=False)
    areas = AreasField(
        label=_("Wilayah kerja"),
        queryset=Area.objects.choosable(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Pilih semua yang cocok."),
    )
    contact_name = forms.CharField(label=_("Nama narahubung"), max_length=80, required=False)
    contact_email = forms.EmailField(
        label=_("Surel narahubung"), required=False, help_text=_("Isi surel atau telepon, salah satu wajib.")
    )
    contact_phone = forms.CharField(
        label=_("Telepon narahubung"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("Contoh: 0812-3456-7890"),
    )
    documents = AttachmentsField(label=_("Dokumen"), required=False)
    confirm_new = forms.BooleanField(
        label=_("Ini organisasi lain; tetap daftarkan."), required=False, widget=forms.CheckboxInput
    )

    def __init__(self, *args: Any, user: Any, instance: Organisation | None = None, **kwargs: Any):
        self.user, self.instance = user, instance
        self.lookalikes: list[Organisation] = []
        kwargs["initial"] = {**_initial(instance), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for extra in extra_fields():
            self.fields[extra.key] = extra.make()
        if instance and instance.documents.exists():
            self.fields["drop"] = forms.ModelMultipleChoiceField(
                label=_("Hapus dokumen ini"),
                queryset=instance.documents.order_by("name"),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if instance and instance.state == Organisation.State.VERIFIED and not user.is_moderator:
            self._fix_identity()

    def _fix_identity(self) -> None:
        for name in IDENTITY:
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Sudah diverifikasi. Untuk mengubahnya, hubungi sekretariat.")

    @property
    def submitting(self) -> bool:
        """Whether the person asks for verification, not only to save."""
        return self.data.get("action") == SUBMIT

    def clean_contact_phone(self) -> str:
        """Keep the number as it is dialled from anywhere."""
        return e164(self.cleaned_data["contact_phone"])

    def clean(self) -> dict[str, Any]:
        """Ask for the rest, and about lookalikes, once the person wants to submit."""
        data = super().clean() or self.cleaned_data
        if self.submitting:
            for name, message in missing_in(data).items():
                if not self.has_error(name):
                    self.add_error(name, message)
            self._ask_about_lookalikes(data)
        return data

    def _ask_about_lookalikes(self, data: dict[str, Any]) -> None:
        self.lookalikes = lookalikes(data.get("name", ""), data.get("acronym", ""), self.user, self.itself(data))
        if self.lookalikes and not data.get("confirm_new"):
            self.add_error("confirm_new", _("Periksa dulu: organisasi Anda mungkin sudah terdaftar."))

    def itself(self, data: dict[str, Any]) -> Organisation | None:
        """Return the organisation that the form is about, which is no duplicate of itself."""
        return self.instance

    def details(self) -> Details:
        """Return the answers as the services take them."""
        data = self.cleaned_data
        return Details(
            **{name: data[name] for name in COLUMNS},
            areas=list(data["areas"]),
            logo=data["logo"],
            documents=data["documents"],
            drop=list(data.get("drop") or Attachment.objects.none()),
            extras={extra.key: data.get(extra.key) for extra in extra_fields()},
        )

    def groups(self) -> Iterator[tuple[Any, Any, list[BoundField]]]:
        """Yield (title, hint, fields) in the order a person is asked.

        Called to show the form, after validation: what submitting needs is then no longer called optional.
        """
        for name in NEEDED:
            self.fields[name].required = True
        for name in EITHER:
            self.fields[name].says_when_needed = True
        extra = [field.key for field in extra_fields()]
        for title, hint, names in (
            (
                pgettext_lazy("satu", "Organisasi Anda"),
                "",
                ["name", "acronym", "platform", "kind", "description", "website", "logo"],
            ),
            (_("Di mana dan untuk apa"), "", ["areas", *extra]),
            (
                _("Narahubung"),
                _("Tidak ditampilkan. Hanya anggota organisasi Anda dan sekretariat yang melihatnya."),
                ["contact_name", "contact_email", "contact_phone"],
            ),
            (
                _("Dokumen"),
                _("Misalnya akta atau surat keputusan. Hanya anggota organisasi Anda dan sekretariat yang melihatnya."),
                ["drop", "documents"],
            ),
        ):
            yield title, hint, [self[name] for name in names if name in self.fields]


class RegisterForm(OnceForm, DetailsForm):
    """A new organisation, once per form shown."""

    def itself(self, data: dict[str, Any]) -> Organisation | None:
        """Return what the first of two clicks has made."""
        key = data.get("submission_key")
        return Organisation.objects.filter(submission_key=key, created_by=self.user).first() if key else None


class EditForm(VersionedForm, DetailsForm):
    """Changes to an organisation, unless somebody else changed it meanwhile."""


def lookalikes(name: str, acronym: str, user: Any, besides: Organisation | None = None) -> list[Organisation]:
    """Return at most five organisations, among those the person may see, that may be the same."""
    rows = Organisation.objects.visible_to(user).possible_duplicates(name[:160], acronym[:30])
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return list(rows[:5])


def _initial(instance: Organisation | None) -> dict[str, Any]:
    if instance is None:
        return {}
    initial = {name: getattr(instance, name) for name in COLUMNS}
    initial["areas"] = list(instance.areas.all())
    return initial | {extra.key: extra.initial(instance) for extra in extra_fields()}


class DecisionForm(VersionedForm):
    """A decision about one organisation; carries the version that was read, so that nobody decides about another."""

    reason = forms.CharField(
        label=_("Alasan atau pertanyaan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib, kecuali untuk verifikasi dan pemulihan. Dikirim ke pengelola organisasi ini."),
    )

    def __init__(self, *args: Any, instance: Organisation, **kwargs: Any):
        self.instance = instance
        kwargs.setdefault("auto_id", f"{instance.slug}-%s")
        super().__init__(*args, **kwargs)
        self.fields["reason"].says_when_needed = True


class MergeForm(DecisionForm):
    """Into which organisation a duplicate goes."""

    heir = forms.ModelChoiceField(
        label=_("Digabung ke dalam"),
        queryset=Organisation.objects.filter(state__in=["verified", "pending"]),
        to_field_name="slug",
        widget=forms.TextInput,
        help_text=_("Alamat singkat organisasi tujuan, misalnya contoh-yayasan."),
        error_messages={"invalid_choice": _("Tidak ada organisasi dengan alamat singkat ini.")},
    )
    trust_members = forms.BooleanField(
        label=_("Anggotanya langsung menjadi anggota organisasi tujuan"),
        required=False,
        help_text=_("Tanpa centang, mereka tercatat meminta bergabung."),
    )


class InviteForm(forms.Form):
    """An invitation by e-mail."""

    email = forms.EmailField(label=_("Surel rekan"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Peran"),
        choices=Membership.Role.choices,
        initial=Membership.Role.EDITOR,
        help_text=_("Pengelola mengatur anggota. Penyunting menulis atas nama organisasi. Pembaca hanya melihat."),
    )


class RoleForm(forms.Form):
    """The role of a member or of somebody who asks to join."""

    role = forms.ChoiceField(label=_("Peran"), choices=Membership.Role.choices, initial=Membership.Role.EDITOR)
