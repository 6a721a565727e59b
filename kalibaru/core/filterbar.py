"""What a listing's filter bar shows: the fields, and the chips of what is chosen."""

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField, Form, Select, SelectMultiple
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def chips(form: Form, query: QueryDict) -> list[dict[str, str]]:
    """Return label, text and removing address of every filter chosen in `query`; unknown values are left out."""
    found = []
    for name, field in form.fields.items():
        if name == "sort" or not any(query.getlist(name)):
            continue
        words = {str(value): str(label) for value, label in _flat(getattr(field, "choices", ()))}
        known = [value for value in query.getlist(name) if value and (value in words or not words)]
        found += [
            {"label": field.label or name, "text": words.get(value, value), "url": without(query, name, value)}
            for value in known
        ]
    return found


def bar_key(filterset: Any, query: QueryDict) -> tuple[Any, ...]:
    """Return what decides how a filter bar looks: which filters, what is chosen, and what may be chosen."""
    choices = (tuple(_flat(getattr(field, "choices", ()))) for field in filterset.form.fields.values())
    return type(filterset), query.urlencode(), *choices


def without(query: QueryDict, name: str, value: str) -> str:
    """Return the query string without one value, back on the first page."""
    params = query.copy()
    params.setlist(name, [other for other in params.getlist(name) if other != value])
    params.pop("page", None)
    return f"?{params.urlencode()}"


def quick_field(field: BoundField) -> SafeString:
    """Return label and input. Django renders a template per option, which is half the cost of a listing."""
    if field.use_fieldset:
        return field.as_field_group()
    widget = field.field.widget
    control = _select(field) if type(widget) in (Select, SelectMultiple) else field
    if not field.errors:
        return format_html(
            '<div class="field"><label class="field__label" for="{}">{}</label>{}</div>',
            field.id_for_label,
            field.label,
            control,
        )
    return format_html(
        '<div class="field field--error"><label class="field__label" for="{}">{}</label>'
        '<div class="field__error" id="{}_error">{}</div>{}</div>',
        field.id_for_label,
        field.label,
        field.auto_id,
        " ".join(field.errors),
        control,
    )


def _select(field: BoundField) -> SafeString:
    value = field.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None}
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if str(value) in chosen else "", label)
            for value, label in _flat(field.field.widget.choices)
        ),
    )
    several = SafeString(" multiple") if isinstance(field.field.widget, SelectMultiple) else ""
    wrong = format_html(' aria-invalid="true" aria-describedby="{}_error"', field.auto_id) if field.errors else ""
    return format_html(
        '<select name="{}" id="{}"{}{}>{}</select>', field.html_name, field.id_for_label, several, wrong, options
    )


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Choices with the groups opened."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
