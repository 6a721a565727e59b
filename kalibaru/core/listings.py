"""What every listing shares: filters that say which values they do not know, and the answer to such an address.

A wrong value never empties a page and is never passed over: the listing stands there with what could be read, under a
notice that names the rest, with status 400 (404 for a page past the end). An empty value asks nothing, and a parameter
that no filter has (`utm_source`) is nobody's business.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kalibaru.core.errors import PlainRefusal
from kalibaru.core.paging import Page

LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Refused:
    """One value of the address that a filter does not know."""

    label: str
    value: str

    def __str__(self) -> str:
        words = _("Saringan tidak dikenal: %(label)s “%(value)s”. Saringan itu tidak dipakai.")
        return words % {"label": self.label, "value": self.value}


class ListingFilter(django_filters.FilterSet):
    """Base of the filters of a listing: those of good values narrow it, the others are named in `refused`."""

    @cached_property
    def refused(self) -> list[Refused]:
        """Return the values that narrow nothing, in the order of the form."""
        broken = self.form.errors
        return [
            Refused(str(field.label or name), _shortened(self.data.get(name, "")))
            for name, field in self.form.fields.items()
            if name in broken
        ]

    def get_form_class(self) -> Any:
        """Say beside a field what its value is not, without repeating it at any length."""
        form = super().get_form_class()
        for field in form.base_fields.values():
            if "invalid_choice" in field.error_messages:
                field.error_messages["invalid_choice"] = _("Pilihan ini tidak ada. Pilih dari daftar.")
        return form

    @property
    def strict_qs(self) -> QuerySet:
        """Return the rows for a file."""
        self.require_known()
        return self.qs

    def require_known(self) -> None:
        """Raise PlainRefusal for a value not known: a file has no place for a notice."""
        if self.refused:
            raise PlainRefusal("\n".join(str(one) for one in self.refused))

    def offer_also(self, name: str, look_up: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        """Know the asked value too, if it exists though the list does not offer it: nothing found is a true answer."""
        value, choices = (self.data or {}).get(name), self.filters[name].extra["choices"]
        if value and all(value != str(known) for known, _label in choices):
            self.filters[name].extra["choices"] = [*choices, *look_up(value)]


def listing_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, filtered: Any = None, page: Page | None = None
) -> HttpResponse:
    """Render a listing with the status that its address deserves; the filter bar shows what was refused."""
    status = 400 if filtered is not None and filtered.refused else 200
    if page is not None and status == 200:
        status = page.fault or 200
    return render(request, template, {"filter": filtered, "page": page, **context}, status=status)


def _shortened(value: str) -> str:
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
