"""Addresses. Indonesian has no prefix, English is under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from kalibaru.core import errors, health
from kalibaru.core.admin import no_shortcut
from kalibaru.notifications.views import metrics, service_worker
from kalibaru.portal.views import favicon

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("favicon.ico", favicon, name="favicon"),
    path("sw.js", service_worker, name="service_worker"),
    path("metrics", metrics, name="metrics"),
]
urlpatterns += i18n_patterns(
    path("admin/r/<path:rest>", no_shortcut),
    path("admin/", admin.site.urls),
    path("", include("kalibaru.portal.urls")),
    path("issues/", include("issues.urls")),
    path("forums/", include("issues.forum_urls")),
    path("initiatives/", include("initiatives.urls.initiatives")),
    path("programmes/", include("initiatives.urls.programmes")),
    path("proposals/", include("initiatives.urls.proposals")),
    path("stakeholders/", include("stakeholders.urls")),
    path("notifications/", include("kalibaru.notifications.urls")),
    path("discussions/", include("kalibaru.discussions.urls")),
    path("media/", include("kalibaru.media.urls")),
    path("accounts/", include("kalibaru.accounts.urls")),
    prefix_default_language=False,
)
if settings.LOCAL_PROFILE:
    urlpatterns += [path("dev/", include("kalibaru.local.urls"))]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
