"""The style guide opens, with all its parts, for those who may see it."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_part_of_the_style_guide_is_rendered(client, maya, language):
    client.force_login(maya)
    assert client.get(f"{language}/styleguide/").status_code == 200
