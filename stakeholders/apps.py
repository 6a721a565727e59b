"""Organisations: government, business, civil society, academia."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
    verbose_name = _("Mitra")

    def ready(self) -> None:
        """Make this room's permissions, subjects, events and cards known."""
        from kalibaru.core.search import SearchKind, register_search
        from kalibaru.core.subjects import SubjectKind, register_subject
        from kalibaru.core.workspace import WorkspaceCard, register_card
        from kalibaru.notifications.events import register_event
        from stakeholders import cards, desks, personal, policies, searches  # noqa: F401
        from stakeholders.events import KINDS
        from stakeholders.models import Organisation

        organisations = Organisation.objects
        register_event(*KINDS)
        register_subject(
            SubjectKind(
                "organisation",
                _("Mitra"),
                Organisation,
                lambda user: organisations.visible_to(user),
                title="name",
                facets=searches.facets,
            )
        )
        searches.register()
        desks.register()
        register_search(
            SearchKind(
                "organisation",
                _("Mitra"),
                lambda user: organisations.listed(),
                title="name",
                listing="stakeholders:list",
                order=40,
            )
        )
        register_card(WorkspaceCard("organisation_invitations", _("Undangan untuk Anda"), cards.invitations, 10))
        register_card(WorkspaceCard("organisation_requests", _("Permintaan bergabung"), cards.requests, 20))
        register_card(WorkspaceCard("organisations", _("Organisasi Anda"), cards.unfinished, 30))
        register_card(WorkspaceCard("organisations_to_verify", _("Organisasi untuk diverifikasi"), cards.to_verify, 5))
