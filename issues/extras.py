"""What this room adds to organisations: the problems they work on, in forms, lists, pages and merges."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.measurement_services import move_measurements
from issues.models import Forum, PriorityIssue, Stake
from issues.services import move_forums, move_stakes, set_stakes
from stakeholders.extras import (
    ExtraField,
    Panel,
    register_extra_field,
    register_extra_filter,
    register_merge,
    register_panel,
)
from stakeholders.models import Organisation
from stakeholders.policies import forget_roles


def register() -> None:
    """Make the additions known; called from `apps.py`."""
    label = _("Masalah yang dikerjakan")
    register_extra_field(
        ExtraField("issues", _issues_field, _issues_of, _save_stakes, describe=_titles, label=label, order=10)
    )
    register_extra_filter("issue", _issue_filter)
    register_panel(
        Panel("issues", _("Masalah yang dikerjakan"), _issues_shown, "issues/parts/of_organisation.html", 10)
    )
    register_panel(Panel("forums", _("Forum yang diselenggarakan"), _forums, "issues/parts/forums.html", 60))
    register_merge(_merge)


def _issues_field() -> forms.Field:
    return forms.ModelMultipleChoiceField(
        queryset=PriorityIssue.objects.published(),
        required=False,
        label=_("Masalah yang Anda kerjakan"),
        help_text=_("Pilih semua yang cocok. Anda bisa mengubahnya kapan saja."),
        widget=forms.CheckboxSelectMultiple,
    )


def _issues_of(organisation: Organisation) -> QuerySet:
    return PriorityIssue.objects.published().filter(stakes__organisation=organisation)


def _save_stakes(organisation: Organisation, issues: Any, actor: Any) -> None:
    """The membership may have been made a moment ago, in the same deed."""
    forget_roles(actor)
    set_stakes(organisation, issues or [], actor=actor)


def _titles(organisations: Sequence[Organisation]) -> dict[UUID, str]:
    titles: dict[UUID, list[str]] = {}
    stakes = Stake.objects.filter(organisation__in=organisations).select_related("issue")
    for stake in stakes.order_by("issue__order", "issue__title"):
        titles.setdefault(stake.organisation_id, []).append(stake.issue.title)
    return {pk: ", ".join(names) for pk, names in titles.items()}


def _issue_filter() -> django_filters.Filter:
    choices = list(PriorityIssue.objects.published().values_list("slug", "title"))
    return _OnIssue(label=pgettext_lazy("satu", "Masalah"), choices=choices, empty_label=_("Semua masalah"))


class _OnIssue(django_filters.ChoiceFilter):
    """Organisations that work on a problem."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """Narrow by the slug of the problem."""
        if not value:
            return qs
        return qs.filter(Exists(Stake.objects.filter(organisation=OuterRef("pk"), issue__slug=value)))


def _issues_shown(organisation: Organisation, user: Any) -> list[PriorityIssue]:
    return list(PriorityIssue.objects.visible_to(user).filter(stakes__organisation=organisation)[:12])


def _forums(organisation: Organisation, user: Any) -> list[Forum]:
    return list(Forum.objects.visible_to(user).filter(organisers=organisation)[:12])


def _merge(duplicate: Organisation, heir: Organisation, actor: Any) -> None:
    move_stakes(duplicate, heir)
    move_forums(duplicate, heir)
    move_measurements(duplicate, heir)
