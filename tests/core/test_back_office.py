"""The back office leads to public pages, and answers a guessed address like any other."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.text import camel_case_to_spaces

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


# Words that are the same in both languages.
ALIKE = {"target", "logo", "status", "forum"}


def _is_ours(folder: Path) -> bool:
    """The environment of a clean checkout lies inside it, in .local/."""
    return folder.is_relative_to(settings.BASE_DIR) and ".local" not in folder.relative_to(settings.BASE_DIR).parts


OUR_MODELS = [
    model
    for model in apps.get_models()
    if _is_ours(Path(apps.get_app_config(model._meta.app_label).path)) and not hasattr(model, "pgh_tracked_model")
]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_an_indonesian_label(model):
    default = camel_case_to_spaces(model.__name__)
    unnamed = [
        field.name
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if not field.auto_created and str(field.verbose_name) == field.name.replace("_", " ")
    ]
    assert not set(unnamed) - ALIKE
    assert str(model._meta.verbose_name) != default or default in ALIKE


@pytest.mark.parametrize("person", ["rina", "yusuf", "dewi"])
@pytest.mark.parametrize("address", ["/admin/", "/admin/initiatives/initiative/", "/admin/accounts/user/"])
def test_only_the_secretariat_sees_the_back_office(client, request, person, address):
    client.force_login(request.getfixturevalue(person))
    answer = client.get(address)
    assert answer.status_code in {302, 403}
    if answer.status_code == 302:
        assert "login" in answer["Location"]


@pytest.mark.parametrize(("prefix", "words"), [("", "Percakapan"), ("/en", "Conversations")])
def test_the_back_office_speaks_the_language_of_its_address(client, maya, prefix, words):
    client.force_login(maya)
    page = client.get(f"{prefix}/admin/").content.decode()
    assert words in page
