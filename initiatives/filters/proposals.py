"""What the list of proposals can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.models import Proposal
from issues.models import PriorityIssue
from kalibaru.core.listings import ListingFilter
from kalibaru.places.models import Area


class ProposalFilter(ListingFilter):
    """Proposals by words, problem, area and state."""

    q = django_filters.CharFilter(
        method="find", label=_("Kata kunci"), widget=forms.TextInput(attrs={"type": "search"})
    )
    issue = django_filters.ChoiceFilter(
        field_name="issue__slug", label=pgettext_lazy("satu", "Masalah"), empty_label=_("Semua masalah")
    )
    area = django_filters.ChoiceFilter(method="in_area", label=_("Wilayah"), empty_label=_("Semua wilayah"))
    state = django_filters.ChoiceFilter(
        label=_("Keadaan"), choices=Proposal.State.choices, empty_label=_("Semua keadaan")
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args: Any, signed_in: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["issue"].extra["choices"] = list(PriorityIssue.objects.published().values_list("slug", "title"))
        self.filters["area"].extra["choices"] = list(Area.objects.choosable().values_list("code", "name"))
        self.offer_also("area", lambda code: Area.objects.filter(code=code).values_list("code", "name"))
        if not signed_in:
            # Without an account every proposal one sees is accepted.
            del self.filters["state"]

    def find(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to those whose title or summary has the words, in any order."""
        for word in value[:200].split()[:8]:
            rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        return rows

    def in_area(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to those in the area or inside it."""
        return rows.filter(Exists(Area.objects.inside(value).filter(proposals=OuterRef("pk"))))
