"""The filters of the list of organisations, for page and export alike."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kalibaru.core.listings import ListingFilter
from kalibaru.core.search import matching
from kalibaru.places.models import Area
from stakeholders.extras import extra_filters
from stakeholders.models import Organisation, Platform

LONGEST_QUESTION = 200


class OrganisationFilter(ListingFilter):
    """?q=&platform=&kind=&area= and what upper rooms add."""

    q = django_filters.CharFilter(
        label=_("Cari mitra"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    platform = django_filters.ChoiceFilter(label=_("Unsur"), choices=Platform.choices, empty_label=_("Semua unsur"))
    kind = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Organisation.Kind.choices, empty_label=_("Semua jenis")
    )
    area = django_filters.ChoiceFilter(label=_("Wilayah"), method="inside", empty_label=_("Semua wilayah"))

    class Meta:
        model = Organisation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["area"].extra["choices"] = [
            (code, name) for code, name in Area.objects.choosable().values_list("code", "name")
        ]
        self.offer_also("area", lambda code: Area.objects.filter(code=code).values_list("code", "name"))
        for name, make in extra_filters().items():
            extra = make()
            extra.parent, extra.model = self, Organisation
            extra.field_name = extra.field_name or name
            self.filters[name] = extra

    def search(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        """Narrow to what the words find."""
        return matching(rows, text[:LONGEST_QUESTION], title="name")

    def inside(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        """Narrow to who works in an area or in a part of it."""
        return rows.filter(
            pk__in=Organisation.areas.through.objects.filter(area__in=Area.objects.inside(code)).values("organisation")
        )
