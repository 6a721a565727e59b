"""Actors and rows for the tests of programmes."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser

from initiatives.models import Programme
from initiatives.services.programmes import ProgrammeEntry, YearEntry
from tests.factories import MembershipFactory, OrganisationFactory, ProgrammeFactory, UserFactory, moderator

PLAIN = {
    "programme_code": "1.03",
    "programme_name": "Contoh program air",
    "activity_code": "1.03.02",
    "activity_name": "Contoh sambungan air",
    "sub_activity_code": "",
    "sub_activity_name": "",
    "output": "Contoh rumah tangga tersambung",
    "unit": "rumah tangga",
    "funding_source": "apbd",
    "sdg_goals": [6],
    "source_title": "",
    "source_url": "",
}


def entry(**changes: Any) -> ProgrammeEntry:
    """Return a complete entry with one year."""
    values = {"plain": PLAIN, "years": (YearEntry(2026, target=Decimal(100), budget=Decimal(5_000_000)),)}
    return ProgrammeEntry(**{**values, **changes})


def person(name: str, agency: Any) -> Any:
    """Return the actor of a row of a permission table, in his relation to `agency`."""
    if name == "anyone":
        return AnonymousUser()
    if name == "moderator":
        return moderator(email="penengah@sekretariat.example")
    user = UserFactory()
    if name in ("owner", "editor", "viewer"):
        MembershipFactory(organisation=agency, user=user, role=name)
    if name == "invited":
        MembershipFactory(organisation=agency, user=user, role="editor", state="invited")
    if name == "left":
        MembershipFactory(organisation=agency, user=user, role="owner", state="left")
    if name == "other_agency":
        MembershipFactory(organisation=OrganisationFactory(platform="government", kind="agency"), user=user)
    if name == "ngo":
        MembershipFactory(user=user)
    return user


def programme_in(state: str, agency: Any, **fields: Any) -> Programme:
    """Return a programme of `agency` in a state."""
    return ProgrammeFactory(organisation=agency, state=state, **fields)
