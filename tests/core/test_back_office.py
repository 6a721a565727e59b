"""The back office leads to public pages, and answers a guessed address like any other."""

import pytest
from django.urls import reverse

from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/admin/r/1/1/", "/admin/r/99999/1/", "/admin/r/x/y/"])
def test_a_guessed_shortcut_is_not_found(client, maya, address):
    client.force_login(maya)
    assert client.get(address).status_code == 404


def test_a_row_links_to_its_public_page(client, maya):
    initiative = InitiativeFactory()
    client.force_login(maya)
    page = client.get(reverse("admin:initiatives_initiative_change", args=[initiative.pk])).content.decode()
    assert f'href="{initiative.get_absolute_url()}"' in page
