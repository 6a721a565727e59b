"""Which searches of organisations can be followed."""

from django.utils.translation import gettext_lazy as _

from kalibaru.notifications.searches import Savable, area_term, choice_term, register_savable
from stakeholders.models import Organisation, Platform


def facets(organisation: Organisation) -> list[str]:
    """Return what a followed search may ask of an organisation besides its topics."""
    return [f"platform:{organisation.platform}", f"kind:{organisation.kind}"]


def register() -> None:
    """Make the listing known; called from `apps.py`."""
    register_savable(
        Savable(
            "organisation",
            _("Mitra"),
            "stakeholders:list",
            {
                "platform": choice_term("platform", Platform.choices),
                "kind": choice_term("kind", Organisation.Kind.choices),
                "area": area_term,
            },
        )
    )
