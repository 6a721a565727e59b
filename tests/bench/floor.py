"""The floor: what a bare Django page costs. Default middleware, one query, one template, the same number of bytes."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from environs import Env

PAGE = """<!doctype html><html lang="id"><head><title>{{ title }}</title></head><body><ul>
{% for name, text in rows %}<li><a href="/{{ name }}/">{{ name }}</a> <p>{{ text }}</p></li>
{% endfor %}</ul><p>{{ filler }}</p></body></html>"""

settings.configure(
    DEBUG=False,
    SECRET_KEY=os.environ["SECRET_KEY"],
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": Env().dj_db_url("DATABASE_URL", conn_max_age=60)},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    USE_TZ=True,
)
django.setup()
_template = engines["django"].from_string(PAGE)


def page(request: HttpRequest, size: int) -> HttpResponse:
    """Answer twelve rows and as many further bytes as the page compared with has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT title, summary FROM initiatives_initiative WHERE published_at IS NOT NULL "
            "ORDER BY published_at DESC, id DESC LIMIT 12"
        )
        rows = cursor.fetchall()
    shown = sum(2 * len(title) + len(summary) + 35 for title, summary in rows) + 110
    context = {"title": "Bench", "rows": rows, "filler": "x" * max(0, size - shown)}
    return HttpResponse(_template.render(context, request))


urlpatterns = [path("<int:size>/", page)]
application = get_wsgi_application()
