"""The listing of initiatives: what may be asked, in which order, and which page of it."""

from dataclasses import dataclass, field
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.filters.ranked import SIMILAR_LIMIT, Found, among, numbered_page, sample, search
from initiatives.models import Initiative
from issues.models import PriorityIssue
from kalibaru.core.keeping import kept_until_changed
from kalibaru.core.listings import ListingFilter
from kalibaru.core.paging import COUNT_LIMIT, Count, Page, bounded_count, keyset_page
from kalibaru.core.sdg import Goal
from kalibaru.core.search import words
from kalibaru.places.models import Area
from stakeholders.models import Platform

PAGE_SIZE = 12
LONGEST_QUESTION = 200
NARROWING = ("issue", "area", "sdg", "state", "platform")
NEWEST, ENDING, TITLE, BEST = "new", "ending", "title", "best"
ORDERS = {
    NEWEST: ("-published_at", "-id"),
    ENDING: ("ends_key", "-id"),
    TITLE: ("title", "-id"),
}
SORTS = [
    (NEWEST, _("Terbaru")),
    (ENDING, _("Segera berakhir")),
    (TITLE, _("Judul A–Z")),
]


@dataclass(frozen=True)
class Choices:
    """The problems and areas of forms and cards, read anew after one of them has changed (one query to know)."""

    issues: list[PriorityIssue] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    @classmethod
    def read(cls) -> "Choices":
        """Return what the public may choose from."""
        return kept_until_changed(cls._read, PriorityIssue, Area)

    @classmethod
    def _read(cls) -> "Choices":
        return cls(
            list(PriorityIssue.objects.published().only("id", "slug", "title", "icon")),
            list(Area.objects.choosable().only("id", "code", "name", "level")),
        )

    @cached_property
    def issue_by_slug(self) -> dict[str, PriorityIssue]:
        """Return problems by their address."""
        return {issue.slug: issue for issue in self.issues}

    @cached_property
    def issue_titles(self) -> dict[Any, str]:
        """Return titles of problems by id."""
        return {issue.pk: issue.title for issue in self.issues}

    @cached_property
    def area_names(self) -> dict[str, str]:
        """Return names of areas by code."""
        return {area.code: area.name for area in self.areas}


class InitiativeFilter(ListingFilter):
    """What may be asked of the listing."""

    q = filters.CharFilter(label=_("Kata kunci"), method="keep", widget=forms.TextInput(attrs={"type": "search"}))
    issue = filters.ChoiceFilter(
        label=pgettext_lazy("satu", "Masalah"), method="by_issue", empty_label=_("Semua masalah")
    )
    area = filters.ChoiceFilter(label=_("Wilayah"), method="by_area", empty_label=_("Semua wilayah"))
    sdg = filters.ChoiceFilter(
        label=_("Tujuan SDG"),
        choices=[(goal.value, f"{goal.value}. {goal.label}") for goal in Goal],
        method="by_goal",
        empty_label=_("Semua tujuan"),
    )
    state = filters.ChoiceFilter(
        label=_("Keadaan"),
        choices=Initiative.State.choices,
        empty_label=_("Semua keadaan"),
    )
    platform = filters.ChoiceFilter(
        label=_("Unsur mitra"),
        choices=Platform.choices,
        method="by_platform",
        empty_label=_("Semua unsur"),
    )
    sort = filters.ChoiceFilter(label=_("Urutan"), method="keep", empty_label=None, choices=SORTS)

    class Meta:
        model = Initiative
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet, choices: Choices):
        data = data.copy()
        data["q"] = data.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUESTION]
        self.choices = choices
        super().__init__(data, queryset)
        self.filters["issue"].extra["choices"] = [(issue.slug, issue.title) for issue in choices.issues]
        self.filters["area"].extra["choices"] = [(area.code, area.name) for area in choices.areas]
        self.offer_also("area", lambda code: Area.objects.filter(code=code).values_list("code", "name"))
        self.filters["sort"].extra["choices"] = [(BEST, _("Paling cocok")), *SORTS] if self.is_search else SORTS
        if data.get("sort", "") in ("", *ORDERS, BEST):
            # "Best" without words is what a form leaves behind whose words were taken out.
            data["sort"] = self.order

    @property
    def question(self) -> str:
        """Return what the person typed."""
        return self.data["q"]

    @property
    def is_search(self) -> bool:
        """Whether words are left to search for."""
        return bool(words(self.question))

    @property
    def order(self) -> str:
        """Return the order in use."""
        sort = self.data.get("sort", "")
        known = [*ORDERS, BEST] if self.is_search else [*ORDERS]
        return sort if sort in known else (BEST if self.is_search else NEWEST)

    def keep(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Leave it to `Listing`, which searches last."""
        return queryset

    def by_issue(self, queryset: QuerySet, name: str, slug: str) -> QuerySet:
        """On a problem."""
        return queryset.on_issue(self.choices.issue_by_slug[slug].pk)

    def by_area(self, queryset: QuerySet, name: str, code: str) -> QuerySet:
        """In an area or inside it."""
        return queryset.in_area(code)

    def by_goal(self, queryset: QuerySet, name: str, goal: str) -> QuerySet:
        """Serving an SDG goal."""
        return queryset.with_goal(int(goal))

    def by_platform(self, queryset: QuerySet, name: str, platform: str) -> QuerySet:
        """With a partner of a platform."""
        return queryset.with_platform(platform)


class Listing:
    """One request's answer: rows, how many, and whether only similar titles were found.

    A filtered listing first fetches the ids of at most 1,001 matches. That answers how many there are, bounds what
    ranking costs, and tells which way to the page is short: few matches are sorted, many are met along the index.
    """

    def __init__(self, data: QueryDict, queryset: QuerySet, choices: Choices | None = None):
        self.choices = choices or Choices.read()
        self.filter = InitiativeFilter(data, queryset, self.choices)
        self.cursor = data.get("page", "")

    @property
    def similar(self) -> bool:
        """Whether no row has the words, and these only look alike."""
        return self._found.similar

    @property
    def rows(self) -> QuerySet:
        """Return everything that matches, unordered."""
        return self._found.rows

    @cached_property
    def page(self) -> Page:
        """Return the page that the address names."""
        found, order = self._found, self.filter.order
        if found.ids is not None and order == BEST:
            return numbered_page(found.rows, found.ids, self.cursor, PAGE_SIZE)
        rows = found.rows
        if found.ids is not None and len(found.ids) <= COUNT_LIMIT:
            rows = among(self.filter.queryset, found.ids)
        return keyset_page(rows, ORDERS[order], self.cursor, PAGE_SIZE)

    @cached_property
    def count(self) -> Count:
        """Return how many there are, up to a thousand."""
        found = self._found
        if found.ids is None:
            return bounded_count(found.rows)
        limit = SIMILAR_LIMIT if found.similar else COUNT_LIMIT
        return Count(min(len(found.ids), limit), len(found.ids) > limit)

    @cached_property
    def _found(self) -> Found:
        rows = self.filter.qs
        if self.filter.order == ENDING:
            rows = rows.filter(ends_key__gte=timezone.localdate())
        question = self.filter.question
        if not question:
            narrowed = any(self.filter.form.cleaned_data.get(name) for name in NARROWING)
            return Found(rows, sample(rows) if narrowed else None)
        return search(rows, question, by_rank=self.filter.order == BEST)
