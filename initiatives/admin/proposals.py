"""The back office of proposals: drafts are read here too; states change by the services a person would use."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.admin.initiatives import ModeratorInline, act_on
from initiatives.models import CoSponsor, ExpectedResult, Proposal, ProposalMessage
from initiatives.services import co_sponsors, proposals, reviews
from kalibaru.core.admin import HouseAdmin, RecordAdmin


class ResultInline(ModeratorInline):
    """What it promises."""

    model = ExpectedResult
    fields = ("name", "goal", "unit")


class CoSponsorInline(ModeratorInline):
    """Who stands behind it; invited on the proposal's page, so that they are told."""

    model = CoSponsor
    fields = readonly_fields = ("organisation", "state", "created_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is added without being asked."""
        return False


@admin.register(Proposal)
class ProposalAdmin(HouseAdmin):
    """Proposals. Asking and declining need words, so they are done on the proposal's own page."""

    list_display = ("heading", "organisation", "issue", "state", "submitted_at", "is_demo")
    list_filter = ("state", "issue", "is_demo")
    list_select_related = ("organisation", "issue")
    search_fields = ("title", "summary", "organisation__name")
    autocomplete_fields = ("organisation", "areas")
    fixed = ("submitted_at", "decided_at", "decision_reason", "files", "reviewers")
    inlines = (ResultInline, CoSponsorInline)
    actions = ("submit", "take", "accept", "withdraw")

    @admin.action(description=gettext_lazy("Ajukan"))
    def submit(self, request: HttpRequest, rows: QuerySet) -> None:
        """Hand the chosen drafts in."""
        act_on(request, rows, proposals.submit_proposal, _("diajukan"))

    @admin.action(description=gettext_lazy("Mulai meninjau"))
    def take(self, request: HttpRequest, rows: QuerySet) -> None:
        """Begin to read."""
        act_on(request, rows, reviews.take_under_review, _("ditinjau"))

    @admin.action(description=gettext_lazy("Terima, jadikan inisiatif"))
    def accept(self, request: HttpRequest, rows: QuerySet) -> None:
        """Say yes."""
        act_on(request, rows, reviews.accept, _("diterima"))

    @admin.action(description=gettext_lazy("Tarik"))
    def withdraw(self, request: HttpRequest, rows: QuerySet) -> None:
        """Take the chosen ones back for their proposers."""
        act_on(request, rows, proposals.withdraw, _("ditarik"))


@admin.register(ExpectedResult)
class ExpectedResultAdmin(HouseAdmin):
    """Promised results."""

    list_display = ("name", "proposal", "goal", "unit")
    list_select_related = ("proposal",)
    search_fields = ("name", "proposal__title")
    autocomplete_fields = ("proposal",)


@admin.register(CoSponsor)
class CoSponsorAdmin(RecordAdmin):
    """Who stands behind what, and who was asked."""

    list_display = ("proposal", "organisation", "state", "created_at")
    list_filter = ("state",)
    list_select_related = ("proposal", "organisation")
    search_fields = ("proposal__title", "organisation__name")
    actions = ("take_part", "stay_out")

    @admin.action(description=gettext_lazy("Terima undangan atas nama organisasi"))
    def take_part(self, request: HttpRequest, rows: QuerySet) -> None:
        """Answer yes for an organisation that said so on paper."""
        act_on(request, rows.select_related("organisation"), co_sponsors.accept_co_sponsorship, _("mendukung"))

    @admin.action(description=gettext_lazy("Tolak undangan atas nama organisasi"))
    def stay_out(self, request: HttpRequest, rows: QuerySet) -> None:
        """Answer no for an organisation that said so on paper."""
        act_on(request, rows.select_related("organisation"), co_sponsors.decline_co_sponsorship, _("tidak ikut"))


@admin.register(ProposalMessage)
class ProposalMessageAdmin(RecordAdmin):
    """What was said: read, never rewritten."""

    list_display = ("__str__", "proposal", "author", "kind", "internal", "created_at")
    list_filter = ("kind", "internal")
    list_select_related = ("proposal", "author")
    search_fields = ("proposal__title", "body")
