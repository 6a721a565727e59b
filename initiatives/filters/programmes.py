"""What the list of programmes can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.models import Programme, ProgrammeYear
from issues.models import PriorityIssue
from kalibaru.core.listings import ListingFilter
from kalibaru.core.sdg import Goal
from kalibaru.core.search import matching
from kalibaru.places.models import Area
from stakeholders.models import Organisation, Platform

_GOALS = [(str(goal.value), f"{goal.value}. {goal.label}") for goal in Goal]
_STATES = [choice for choice in Programme.State.choices if choice[0] != Programme.State.DRAFT]


class ProgrammeFilter(ListingFilter):
    """Programmes by words, problem, area, goal, state, year, organisation and platform."""

    q = django_filters.CharFilter(method="find", label=_("Kata kunci"))
    issue = django_filters.ChoiceFilter(
        method="on_issue", label=pgettext_lazy("satu", "Masalah"), empty_label=_("Semua masalah")
    )
    area = django_filters.ChoiceFilter(method="in_area", label=_("Wilayah"), empty_label=_("Semua wilayah"))
    organisation = django_filters.ChoiceFilter(
        field_name="organisation__slug", label=_("Pelaksana"), empty_label=_("Semua pelaksana")
    )
    year = django_filters.NumberFilter(
        method="in_year", label=_("Tahun"), min_value=2000, max_value=2100, decimal_places=0
    )
    sdg = django_filters.ChoiceFilter(
        method="with_goal", label=_("Tujuan SDG"), choices=_GOALS, empty_label=_("Semua tujuan")
    )
    state = django_filters.ChoiceFilter(label=_("Keadaan"), choices=_STATES, empty_label=_("Semua keadaan"))
    platform = django_filters.ChoiceFilter(
        field_name="organisation__platform", label=_("Unsur"), choices=Platform.choices, empty_label=_("Semua unsur")
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        issues = PriorityIssue.objects.published().values_list("slug", "title")
        areas = Area.objects.choosable().values_list("code", "name")
        runners = Organisation.objects.listed().filter(Exists(Programme.objects.filter(organisation=OuterRef("pk"))))
        self.filters["issue"].extra["choices"] = list(issues)
        self.filters["area"].extra["choices"] = list(areas)
        self.filters["organisation"].extra["choices"] = list(runners.order_by("name").values_list("slug", "name"))
        self.offer_also("area", lambda code: Area.objects.filter(code=code).values_list("code", "name"))
        listed = Organisation.objects.listed()
        self.offer_also("organisation", lambda slug: listed.filter(slug=slug).values_list("slug", "name"))

    def find(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what the words find."""
        return matching(rows, value[:200], title="activity_name")

    def on_issue(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to programmes about a problem."""
        links = Programme.issues.through.objects.filter(programme=OuterRef("pk"), priorityissue__slug=value)
        return rows.filter(Exists(links))

    def in_area(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to programmes in the area or inside it."""
        return rows.filter(Exists(Area.objects.inside(value).filter(programmes=OuterRef("pk"))))

    def with_goal(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to programmes that serve an SDG goal."""
        return rows.filter(sdg_goals__contains=[int(value)])

    def in_year(self, rows: QuerySet, _name: str, value: Any) -> QuerySet:
        """Narrow to programmes with a line for the year."""
        return rows.filter(Exists(ProgrammeYear.objects.filter(programme=OuterRef("pk"), year=int(value))))
