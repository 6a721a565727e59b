"""A published initiative with a lead and a partner, as several tests need it."""

from initiatives.models import Partner
from initiatives.services.facets import refresh_facets
from tests.factories import InitiativeFactory, PartnerFactory


def joint_initiative(lead, *partners, issues=(), areas=(), **fields):
    """Return an initiative led by `lead`, with implementing partners, and its facets in order."""
    initiative = InitiativeFactory(**fields)
    initiative.issues.set(issues)
    initiative.areas.set(areas)
    PartnerFactory(initiative=initiative, organisation=lead)
    for organisation in partners:
        PartnerFactory(initiative=initiative, organisation=organisation, role=Partner.Role.IMPLEMENTING)
    refresh_facets([initiative.pk])
    initiative.refresh_from_db()
    return initiative
