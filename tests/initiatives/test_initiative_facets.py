"""The arrays that listings filter by always say what the rows say."""

import random
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from initiatives.models import Initiative, Partner
from initiatives.services.facets import refresh_facets
from initiatives.services.initiatives import create_initiative, edit_initiative
from initiatives.services.partners import add_partner, change_role, remove_partner, take_over_partnerships
from tests.factories import AreaFactory, InitiativeFactory, OrganisationFactory, PriorityIssueFactory
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db


def truth(initiative):
    """Return what the rows say, computed row by row."""
    return (
        {issue.pk for issue in initiative.issues.all()},
        {code for area in initiative.areas.all() for code in area.lineage()},
        {partner.organisation.platform for partner in initiative.partners.select_related("organisation")},
    )


def told(initiative):
    """Return what the arrays say."""
    initiative.refresh_from_db()
    for array in (initiative.issue_ids, initiative.area_codes, initiative.platforms):
        assert len(array) == len(set(array))
    return set(initiative.issue_ids), set(initiative.area_codes), set(initiative.platforms)


@pytest.mark.parametrize("seed", range(6))
def test_arrays_say_what_the_rows_say_after_any_sequence_of_deeds(seed, maya):
    chance = random.Random(seed)
    issues = [PriorityIssueFactory() for _ in range(3)]
    areas = [
        AreaFactory(code=code, name=code, level=level)
        for code, level in [
            ("31", "province"),
            ("31.72", "city"),
            ("31.72.04.1004", "ward"),
            ("31.72.04.1004.RW01", "rw"),
            ("surabaya", "foreign_city"),
        ]
    ]
    organisations = [
        OrganisationFactory(platform=platform) for platform in ("civil", "government", "business", "academia", "civil")
    ]
    initiative = create_initiative(actor=maya, lead=organisations[0], title="Bank sampah", summary="Ringkas.")
    assert told(initiative) == truth(initiative)
    for _step in range(15):
        partner = chance.choice(list(initiative.partners.all()))
        match chance.choice(["links", "add", "role", "remove"]):
            case "links":
                edit_initiative(
                    initiative,
                    actor=maya,
                    issues=chance.sample(issues, chance.randint(0, 3)),
                    areas=chance.sample(areas, chance.randint(0, 4)),
                )
            case "add":
                _try(
                    add_partner,
                    initiative,
                    chance.choice(organisations),
                    chance.choice(Partner.Role.values),
                    actor=maya,
                )
            case "role":
                _try(change_role, partner, chance.choice(Partner.Role.values), actor=maya)
            case "remove":
                _try(remove_partner, partner, actor=maya)
        assert told(initiative) == truth(initiative)
        assert initiative.partners.filter(role="lead").count() == 1


def _try(deed, *args, **kwargs):
    with suppress(ValidationError):
        deed(*args, **kwargs)


def test_refresh_is_one_statement_for_many_rows_and_writes_only_what_changed(django_assert_num_queries, waste):
    rows = [InitiativeFactory() for _ in range(5)]
    for row in rows:
        row.issues.add(waste)
    with django_assert_num_queries(1):
        assert refresh_facets([row.pk for row in rows]) == 5
    assert refresh_facets([row.pk for row in rows]) == 0
    assert refresh_facets([]) == 0


def test_refresh_does_not_make_an_open_form_stale(waste):
    row = InitiativeFactory()
    row.issues.add(waste)
    refresh_facets([row.pk])
    assert Initiative.objects.get(pk=row.pk).updated_at == row.updated_at


def test_merged_organisation_hands_its_roles_to_its_heir(ngo, agency, maya):
    other = OrganisationFactory(platform="business")
    led, shared = joint_initiative(other, ngo), joint_initiative(ngo, other)
    add_partner(shared, agency, "implementing", actor=maya)
    take_over_partnerships(other, agency, maya)
    assert not Partner.objects.filter(organisation=other).exists()
    assert led.partners.get(role="lead").organisation == agency
    assert shared.partners.filter(organisation=agency).count() == 1
    for row in (led, shared):
        assert told(row) == truth(row)
