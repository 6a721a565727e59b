"""What the listings of this room can be narrowed by."""

import re
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.models import Forum, PriorityIssue
from kalibaru.core.listings import ListingFilter
from kalibaru.core.sdg import Goal
from kalibaru.core.search import matching
from kalibaru.places.models import Area


class IssueFilter(ListingFilter):
    """Problems by words, SDG goal and area."""

    q = django_filters.CharFilter(method="find", label=_("Kata kunci"))
    sdg = django_filters.ChoiceFilter(
        method="with_goal",
        label=_("Tujuan SDG"),
        choices=[(str(goal.value), f"{goal.value}. {goal.label}") for goal in Goal],
        empty_label=_("Semua tujuan"),
    )
    area = django_filters.ChoiceFilter(method="in_area", label=_("Wilayah"), empty_label=_("Semua wilayah"))

    class Meta:
        model = PriorityIssue
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        areas = Area.objects.choosable().filter(issues__isnull=False).distinct()
        self.filters["area"].extra["choices"] = list(areas.values_list("code", "name"))
        self.offer_also("area", lambda code: Area.objects.filter(code=code).values_list("code", "name"))

    def find(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what the words find."""
        return matching(rows, value[:200])

    def with_goal(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to problems under an SDG goal."""
        return rows.filter(sdg_goals__contains=[int(value)])

    def in_area(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to problems in the area or inside it."""
        inside = Area.objects.inside(value).filter(issues=OuterRef("pk"))
        return rows.filter(Exists(inside))


class ForumFilter(ListingFilter):
    """Forums by words, kind, problem and year."""

    q = django_filters.CharFilter(method="find", label=_("Kata kunci"))
    kind = django_filters.ChoiceFilter(label=_("Jenis"), choices=Forum.Kind.choices, empty_label=_("Semua jenis"))
    issue = django_filters.ChoiceFilter(
        method="on_issue", label=pgettext_lazy("satu", "Masalah"), empty_label=_("Semua masalah")
    )
    year = django_filters.ChoiceFilter(method="in_year", label=_("Tahun"), empty_label=_("Semua tahun"))

    class Meta:
        model = Forum
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        issues = PriorityIssue.objects.published().values_list("slug", "title")
        self.filters["issue"].extra["choices"] = list(issues)
        years = Forum.objects.published().dates("on", "year", order="DESC")
        self.filters["year"].extra["choices"] = [(str(day.year), str(day.year)) for day in years]
        self.offer_also("year", lambda year: [(year, year)] if re.fullmatch("20[0-9]{2}", year) else [])

    def find(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what the words find."""
        return matching(rows, value[:200])

    def on_issue(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to forums about a problem."""
        about = Forum.issues.through.objects.filter(forum=OuterRef("pk"), priorityissue__slug=value)
        return rows.filter(Exists(about))

    def in_year(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a year."""
        return rows.filter(on__year=int(value))
