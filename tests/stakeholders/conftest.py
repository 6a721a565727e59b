"""Organisations in every situation, and the people around them."""

import pytest

from stakeholders.models import Organisation
from stakeholders.services import Details
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory


@pytest.fixture
def editor(ngo):
    """An editor of Yusuf's NGO."""
    return MembershipFactory(organisation=ngo, role="editor", user__email="sari@lsm.example").user


@pytest.fixture
def viewer(ngo):
    """A viewer of Yusuf's NGO."""
    return MembershipFactory(organisation=ngo, role="viewer", user__email="tono@lsm.example").user


@pytest.fixture
def suspended(db):
    """A suspended organisation."""
    return OrganisationFactory(name="Contoh Ormas Ditangguhkan", slug="contoh-ditangguhkan", state="suspended")


@pytest.fixture
def outcast(suspended):
    """The owner of a suspended organisation."""
    return MembershipFactory(organisation=suspended, user__email="budi@ormas.example").user


@pytest.fixture
def applicant(db):
    """The owner of an organisation that waits for verification."""
    return UserFactory(email="lina@baru.example", display_name="Lina")


@pytest.fixture
def pending(applicant, kalibaru):
    """An organisation that waits for verification."""
    organisation = OrganisationFactory(
        name="Contoh Yayasan Baru", slug="contoh-yayasan-baru", state="pending", submitted_at="2026-01-05T00:00Z"
    )
    organisation.areas.add(kalibaru)
    MembershipFactory(organisation=organisation, user=applicant)
    return Organisation.objects.get(pk=organisation.pk)


@pytest.fixture
def details(kalibaru):
    """Complete answers to the registration form."""
    return Details(
        name="Contoh Yayasan Pesisir Bersih",
        platform="civil",
        kind="ngo",
        description="Contoh: mengelola bank sampah bersama warga.",
        contact_name="Narahubung Contoh",
        contact_phone="0812-3456-7890",
        areas=[kalibaru],
    )


@pytest.fixture
def answers(kalibaru):
    """The same answers as the browser sends them."""
    return {
        "name": "Contoh Yayasan Pesisir Bersih",
        "platform": "civil",
        "kind": "ngo",
        "description": "Contoh: mengelola bank sampah bersama warga.",
        "contact_name": "Narahubung Contoh",
        "contact_phone": "0812-3456-7890",
        "areas": [str(kalibaru.pk)],
    }
