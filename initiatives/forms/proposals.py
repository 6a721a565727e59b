"""Forms of proposals. A draft may be incomplete, so nothing is required but that what is typed can be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.forms.initiatives import date_input
from initiatives.models import CoSponsor, ExpectedResult, Proposal
from initiatives.services.drafts import MAX_FILES, MAX_RESULTS, Content, ResultLine
from issues.models import PriorityIssue
from kalibaru.accounts.models import User
from kalibaru.core.access import is_moderator
from kalibaru.core.forms import OnceForm, VersionedForm
from kalibaru.core.money import QuantityField, RupiahField
from kalibaru.media.forms import AttachmentsField
from kalibaru.places.models import Area
from stakeholders.models import Membership, Organisation

_SECTIONS = (
    ("apa", _("Apa dan di mana"), ("organisation", "title", "issue", "areas", "summary")),
    ("cara", _("Cara dan waktu"), ("approach", "starts_on", "ends_on")),
    ("bantuan", _("Bantuan dan anggaran"), ("asks", "budget")),
    ("berkas", _("Berkas"), ("files",)),
    ("pendamping", _("Pendamping"), ("co_sponsor",)),
)


def organisations_of(user: Any):
    """Return the organisations a person may propose for: one's own verified ones; all of them for the secretariat."""
    verified = Organisation.objects.listed().order_by("name", "id")
    return verified if is_moderator(user) else verified.acting(user)


def invitable(proposal: Proposal):
    """Return the organisations that can be asked to stand behind a proposal."""
    standing = CoSponsor.objects.filter(proposal=proposal.pk, state__in=["invited", "accepted"])
    free = Organisation.objects.listed().exclude(pk__in=standing.values("organisation"))
    if proposal.organisation_id:
        free = free.exclude(pk=proposal.organisation_id)
    return free.order_by("name", "id")


class ProposalForm(OnceForm, VersionedForm, forms.ModelForm):
    """The text of a proposal. Expected results are a form set of their own (`results_formset`)."""

    use_required_attribute = False

    organisation = forms.ModelChoiceField(label=_("Atas nama"), queryset=Organisation.objects.none())
    budget = RupiahField(
        label=_("Perkiraan anggaran"),
        required=False,
        help_text=_("Dalam rupiah. Boleh ditulis Rp2.500.000, 2,5 juta, atau 1,5 miliar."),
    )
    co_sponsor = forms.ModelChoiceField(
        label=_("Undang organisasi pendamping"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("Pilih organisasi"),
        help_text=_("Mereka bisa membaca usulan ini sejak Anda undang, juga selama masih rancangan."),
    )
    files = AttachmentsField(label=_("Tambah berkas"), required=False, max_files=MAX_FILES)

    class Meta:
        model = Proposal
        fields = (
            "organisation",
            "title",
            "issue",
            "areas",
            "summary",
            "approach",
            "starts_on",
            "ends_on",
            "asks",
            "budget",
        )
        help_texts = {
            "title": _("Singkat dan jelas, paling banyak 160 huruf."),
            "areas": _("Di mana pekerjaan ini berlangsung."),
            "summary": _("Satu atau dua kalimat, paling banyak 400 huruf."),
            "approach": _("Apa yang akan dilakukan, oleh siapa, dan bagaimana warga ikut serta."),
            "asks": _("Bantuan apa yang Anda perlukan dari pemerintah atau mitra lain?"),
        }
        widgets = {
            "areas": forms.CheckboxSelectMultiple,
            "summary": forms.Textarea(attrs={"rows": 3}),
            "approach": forms.Textarea(attrs={"rows": 10}),
            "asks": forms.Textarea(attrs={"rows": 5}),
            "starts_on": date_input(),
            "ends_on": date_input(),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["organisation"].queryset = organisations_of(user)
            self.fields["organisation"].initial = organisations_of(user).first() if not is_moderator(user) else None
        else:
            del self.fields["organisation"]
        issues = PriorityIssue.objects.published()
        if self.instance.issue_id:
            issues = issues | PriorityIssue.objects.filter(pk=self.instance.issue_id)
        self.fields["issue"].queryset = issues
        self.fields["issue"].empty_label = _("Pilih masalah")
        self.fields["areas"].queryset = Area.objects.choosable()
        self.fields["co_sponsor"].queryset = invitable(self.instance)

    def sections(self) -> list[dict[str, Any]]:
        """Return the parts of the page in order: id, heading, bound fields.

        A field that a draft may leave empty, but a submission may not, is not called optional on the page.
        """
        for name in ("title", "issue", "areas", "summary", "approach"):
            self.fields[name].required = True
        return [
            {"id": key, "label": label, "fields": [self[name] for name in names if name in self.fields]}
            for key, label, names in _SECTIONS
        ]

    def clean(self) -> dict[str, Any]:
        """Say beside the field what the database would refuse."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Tanggal selesai harus sesudah tanggal mulai."))
        return cleaned

    def content(self, results: Sequence[ResultLine]) -> Content:
        """Return what was typed, for the service."""
        data = self.cleaned_data
        areas = tuple(sorted(data["areas"], key=lambda area: area.code))
        return Content(areas=areas, results=tuple(results), **{name: data[name] for name in Content.FIELDS})


class ResultForm(forms.Form):
    """One expected result. An empty row is left out; a half-filled one is kept in a draft."""

    name = forms.CharField(label=pgettext_lazy("satu", "Hasil"), max_length=200, required=False)
    goal = QuantityField(label=_("Target"), required=False)
    unit = forms.CharField(label=_("Satuan"), max_length=40, required=False)

    def line(self) -> ResultLine | None:
        """Return the row for the service, None for an empty one."""
        data = self.cleaned_data
        line = ResultLine(data.get("name") or "", data.get("unit") or "", data.get("goal"))
        return line if line != ResultLine("") else None


class ResultsFormSet(forms.BaseFormSet):
    """The expected results, always with one empty row to write in."""

    def shown(self) -> "ResultsFormSet":
        """Return itself for the page, where a result needs all of its three fields (see `ProposalForm.sections`)."""
        for form in self.forms:
            for field in form.fields.values():
                field.required = True
        return self

    def lines(self) -> list[ResultLine]:
        """Return the rows that hold something."""
        return [line for form in self.forms if (line := form.line())]


_ResultsFormSet = forms.formset_factory(
    ResultForm, ResultsFormSet, extra=1, max_num=MAX_RESULTS, validate_max=True, absolute_max=MAX_RESULTS + 5
)


def results_formset(data: Any = None, proposal: Proposal | None = None) -> ResultsFormSet:
    """Return the rows as typed, or as saved with an empty one beneath."""
    if data is not None:
        return _ResultsFormSet(data, prefix="results")
    rows: list[dict[str, Any]] = []
    if proposal is not None:
        rows = list(ExpectedResult.objects.filter(proposal=proposal).values("name", "unit", "goal"))
    return _ResultsFormSet(initial=rows, prefix="results")


class InviteForm(forms.Form):
    """Choose an organisation to stand behind the proposal."""

    co_sponsor = forms.ModelChoiceField(
        label=_("Organisasi pendamping"),
        queryset=Organisation.objects.none(),
        empty_label=_("Pilih organisasi"),
        help_text=_("Mereka bisa membaca usulan ini sejak Anda undang."),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["co_sponsor"].queryset = invitable(proposal)


class WordsForm(OnceForm):
    """One text that a deed needs; `name` is the error key of its service."""

    name = "body"
    label: Any = ""
    hint: Any = ""
    is_required = True
    rows = 4

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields[self.name] = forms.CharField(
            label=self.label,
            help_text=self.hint,
            required=self.is_required,
            max_length=3000,
            widget=forms.Textarea(attrs={"rows": self.rows}),
        )

    @property
    def words(self) -> str:
        """Return the text."""
        return self.cleaned_data[self.name]


class AskForm(WordsForm):
    """A reviewer's question."""

    name, label = "question", _("Apa yang perlu dijelaskan?")
    hint = _("Pengusul dan pendampingnya membaca pertanyaan ini, dan bisa mengubah usulannya.")


class DeclineForm(WordsForm):
    """Why not."""

    name, label = "reason", _("Alasan menolak")
    hint = _("Pengusul dan pendampingnya membaca alasan ini.")


class AcceptForm(WordsForm):
    """A word with the yes; it may be left out."""

    name, label, is_required, rows = "reason", _("Catatan keputusan"), False, 2
    hint = _("Semua orang bisa membacanya.")


class AnswerForm(WordsForm):
    """The proposer's answer."""

    name, label = "answer", _("Jawaban Anda")
    hint = _("Jika perlu, ubah dulu usulannya, lalu jawab di sini. Setelah itu peninjauan berlanjut.")


class WithdrawForm(WordsForm):
    """Why it is taken back; may be left out."""

    name, label, is_required, rows = "reason", _("Alasan menarik"), False, 2


class EmptyForm(OnceForm):
    """A deed that asks nothing."""


class MessageForm(WordsForm):
    """A message; reviewers may keep it among themselves."""

    label = _("Pesan Anda")
    internal = forms.BooleanField(label=_("Hanya untuk peninjau dan sekretariat"), required=False)
    field_order = ["body", "internal"]

    def __init__(self, *args: Any, may_be_internal: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not may_be_internal:
            del self.fields["internal"]
        self.order_fields(["body", "internal"])


class ReviewerForm(forms.Form):
    """Choose a member of a government organisation as reviewer."""

    reviewer = forms.ModelChoiceField(
        label=_("Tunjuk peninjau dari pemerintah"), queryset=User.objects.none(), empty_label=_("Pilih orang")
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any):
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(
            state=Membership.State.ACTIVE,
            organisation__platform="government",
            organisation__state=Organisation.State.VERIFIED,
        ).exclude(organisation=proposal.organisation_id)
        people = User.objects.filter(pk__in=members.values("user"), is_active=True)
        self.fields["reviewer"].queryset = people.exclude(pk__in=proposal.reviewers.values("pk")).order_by(
            "display_name", "id"
        )
