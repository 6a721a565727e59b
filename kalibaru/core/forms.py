"""Forms whose every field is rendered by one part, and which notice repeats and stale pages."""

import uuid
from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from kalibaru.core.fields import WordedBoundField
from kalibaru.core.models import Row


class PartsRenderer(TemplatesSetting):
    """Render forms with templates/parts/form.html and templates/parts/field.html."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
    bound_field_class = WordedBoundField


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Put a service's errors beside the fields they name; what names no field of the form goes on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class OnceForm(forms.Form):
    """Carries a hidden key, new for each form shown, so that a double click writes once."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = uuid.uuid4


class VersionedForm(forms.Form):
    """Carries the version (`updated_at`) of the row it edits; `cleaned_data["version"]` goes to the service."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = getattr(self, "instance", None)
        if row is not None and row.pk and not row._state.adding:
            self.fields["version"].initial = row.updated_at.astimezone(UTC).isoformat()

    def clean_version(self) -> datetime | None:
        """Return the version as a time, or None if the hidden field was lost or forged."""
        try:
            return datetime.fromisoformat(self.cleaned_data["version"])
        except ValueError:
            return None

    def renew(self, row: Row, message: str) -> None:
        """After a Conflict: keep what was typed, carry the row's new version, and say on top what happened.

        `row` has been read anew; sending the form once more overwrites the other person's change.
        """
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = row.updated_at.astimezone(UTC).isoformat()
        self.add_error(None, message)
