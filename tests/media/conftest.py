"""Where the uploads of a test go."""

from pathlib import Path

import pytest


@pytest.fixture
def own_media_folder(settings):
    """The folder that ends with the test."""
    return Path(settings.MEDIA_ROOT)
