"""Uploads of tests go to a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
