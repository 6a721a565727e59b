"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's address, profile, and the same page in the other language."""
    return {"SITE_URL": settings.SITE_URL, "LOCAL_PROFILE": settings.LOCAL_PROFILE}
