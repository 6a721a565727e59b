"""The initiatives of an organisation, on its public page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models import Partner
from stakeholders.extras import Panel
from stakeholders.models import Organisation


def panel() -> Panel:
    """Return the section "Inisiatif bersama"."""
    return Panel(
        "initiatives",
        _("Inisiatif bersama"),
        partnerships,
        "initiatives/parts/partnerships.html",
        order=10,
        more=lambda organisation: reverse("initiatives:list"),
    )


def partnerships(organisation: Organisation, user: Any) -> list[Partner]:
    """Return its roles in published initiatives, the newest first."""
    return list(
        Partner.objects.filter(organisation=organisation, initiative__published_at__isnull=False)
        .select_related("initiative")
        .only(
            "role",
            "organisation_id",
            "initiative__title",
            "initiative__slug",
            "initiative__state",
            "initiative__is_demo",
        )
        .order_by("-initiative__published_at", "-id")[:12]
    )
