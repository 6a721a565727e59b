"""WSGI entry point; refuses to start a server that would be unsafe."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalibaru.settings")

application = get_wsgi_application()

from kalibaru.guard import refuse_unsafe_start  # noqa: E402  (needs the app registry)

refuse_unsafe_start()
