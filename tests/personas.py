"""Rina (resident), Yusuf (NGO owner), Dewi (government staff), Maya (moderator): fixtures for every test."""

import pytest

from tests.factories import (
    AreaFactory,
    MembershipFactory,
    OrganisationFactory,
    PriorityIssueFactory,
    UserFactory,
    moderator,
)


@pytest.fixture
def rina(db):
    """A resident without an organisation."""
    return UserFactory(email="rina@warga.example", display_name="Rina")


@pytest.fixture
def ngo(db):
    """Yusuf's verified NGO."""
    return OrganisationFactory(name="Contoh LSM Pesisir", slug="contoh-lsm-pesisir")


@pytest.fixture
def yusuf(ngo):
    """The owner of a verified NGO."""
    user = UserFactory(email="yusuf@lsm.example", display_name="Yusuf")
    MembershipFactory(organisation=ngo, user=user)
    return user


@pytest.fixture
def agency(db):
    """Dewi's verified government organisation."""
    return OrganisationFactory(name="Contoh Suku Dinas", slug="contoh-suku-dinas", platform="government", kind="agency")


@pytest.fixture
def dewi(agency):
    """Government staff."""
    user = UserFactory(email="dewi@pemda.example", display_name="Dewi")
    MembershipFactory(organisation=agency, user=user, role="editor")
    return user


@pytest.fixture
def maya(db):
    """A moderator of the secretariat."""
    return moderator(email="maya@sekretariat.example", display_name="Maya")


@pytest.fixture
def kalibaru(db):
    """The kelurahan."""
    return AreaFactory()


@pytest.fixture
def waste(db, kalibaru):
    """The problem of waste in Kalibaru."""
    issue = PriorityIssueFactory(title="Pengelolaan sampah", slug="pengelolaan-sampah")
    issue.areas.add(kalibaru)
    return issue
