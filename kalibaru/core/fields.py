"""The sentence beside a required field that was left empty: it names the field and what to do with it."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _

_STIFF = forms.Field.default_error_messages["required"]
# A longer label, or a question, is quoted: it does not fit into a sentence.
_SHORT = 40


class WordedBoundField(forms.BoundField):
    """A field whose errors say what to enter, not only that something is missing."""

    @property
    def errors(self) -> ErrorList:
        """Return the errors; Django's own "required", which names nothing, in our words."""
        errors = super().errors
        if not any(error.code == "required" for error in errors.as_data()):
            return errors
        return type(errors)(list(self._worded(errors)), error_class=errors.error_class, renderer=errors.renderer)

    def _worded(self, errors: ErrorList) -> Iterator[ValidationError | str]:
        for error in errors.as_data():
            yield missing(self) if error.code == "required" and error.message == _STIFF else error


def missing(field: forms.BoundField) -> str:
    """Return what to do with a required field: "Isi judul.", "Pilih masalah.", "Unggah berkas."."""
    if isinstance(field.field, forms.BooleanField):
        sentence = _("Centang dulu: “%(label)s”")
    elif isinstance(field.field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        sentence = _("Pilih paling sedikit satu %(label)s.")
    elif isinstance(field.field, forms.ChoiceField):
        sentence = _("Pilih %(label)s.")
    elif isinstance(field.field, forms.FileField):
        sentence = _("Unggah %(label)s.")
    else:
        sentence = _("Isi %(label)s.")
    return sentence % {"label": _in_a_sentence(str(field.label))}


def _in_a_sentence(label: str) -> str:
    if len(label) > _SHORT or label.endswith("?"):
        return f"“{label}”"
    # An abbreviation such as "RW" keeps its capitals.
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
