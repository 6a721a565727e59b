"""Settings. Every deployment choice comes from the environment; see .env.example."""

import os
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from kalibaru.core.theme import BACK_OFFICE

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
if env.bool("READ_DOT_ENV", default=True) and (BASE_DIR / ".env").is_file():
    env.read_env(str(BASE_DIR / ".env"), recurse=False)
LOCAL_DIR = Path(env.str("KALIBARU_LOCAL_DIR", default=str(BASE_DIR / ".local")))

# The local profile (`make run`, `make test`) adds demo accounts and the mail viewer; nothing else differs.
LOCAL_PROFILE = env.str("KALIBARU_PROFILE", default="production") == "local"
DEBUG = env.bool("DEBUG", default=LOCAL_PROFILE)
DEFAULT_SECRET_KEY = "insecure-default-secret-key-for-local-use-only"
SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET_KEY)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]"] if LOCAL_PROFILE else [],
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "kalibaru.portal",
    "initiatives",
    "issues",
    "stakeholders",
    "kalibaru.discussions",
    "kalibaru.notifications",
    "kalibaru.media",
    "kalibaru.places",
    "kalibaru.accounts",
    "kalibaru.core",
    *(["kalibaru.local"] if LOCAL_PROFILE else []),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_fsm",
    "rules",
    "pgtrigger",
    "pghistory",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kalibaru.core.middleware.PlainInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kalibaru.core.middleware.ContentSecurityPolicy",
    "django_htmx.middleware.HtmxMiddleware",
    "kalibaru.core.twice.SecondClick",
    "pghistory.middleware.HistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kalibaru.core.middleware.PersonErrors",
]

ROOT_URLCONF = "kalibaru.urls"
WSGI_APPLICATION = "kalibaru.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "kalibaru.core.templatetags.ui",
                "kalibaru.core.templatetags.keep",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kalibaru.core.context.site",
                "kalibaru.notifications.context.unread",
            ],
        },
    }
]
FORM_RENDERER = "kalibaru.core.forms.PartsRenderer"

# --- data ------------------------------------------------------------------------------------------
DATABASES = {"default": env.dj_db_url("DATABASE_URL", default="postgres://postgres@127.0.0.1/kalibaru")}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
    # "sampha" is 0.57 like "sampah": PostgreSQL's own threshold of 0.6 would not forgive it.
    "options",
    "-c pg_trgm.word_similarity_threshold=0.45",
)
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DB_NAME", default=None)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "kalibaru.core.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "hub",
    }
}

# How old a page may be that readers without an account see; any event makes it anew at once. 0 keeps none.
VISITOR_PAGE_SECONDS = env.int("VISITOR_PAGE_SECONDS", default=60)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Jakarta"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = env.str("CELERY_BEAT_SCHEDULE", default=str(LOCAL_DIR / "celerybeat"))
CELERY_BEAT_SCHEDULE = {
    "dispatch-events": {"task": "notifications.dispatch_events", "schedule": 10.0},
    "deliver-mail": {"task": "notifications.deliver_mail", "schedule": 15.0},
    "work-on-imports": {"task": "initiatives.work_on_imports", "schedule": 15.0},
    "send-due-digests": {
        "task": "notifications.send_due_digests",
        "schedule": crontab(minute="*/5"),
    },
    "sweep-files": {"task": "media.sweep_files", "schedule": crontab(hour=3, minute=20)},
    "knock": {"task": "notifications.knock", "schedule": 30.0},
    "beat-pulse": {"task": "notifications.note_beat", "schedule": 30.0},
    "prune": {"task": "notifications.prune", "schedule": crontab(hour=2, minute=30)},
}

# --- people ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "kalibaru.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_FORMS = {"login": "kalibaru.accounts.forms.LoginForm", "signup": "kalibaru.accounts.forms.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL_PROFILE

# --- language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = True

# --- files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(LOCAL_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "kalibaru.core.storage.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(LOCAL_DIR / "media")))
S3_BUCKET = env.str("S3_BUCKET", default="")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
                "region_name": env.str("S3_REGION", default=None),
                "access_key": env.str("S3_ACCESS_KEY", default=None),
                "secret_key": env.str("S3_SECRET_KEY", default=None),
            },
        }
        if S3_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {"BACKEND": "kalibaru.core.storage.BundledStaticStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The picture or document a person may upload, in bytes; forms say it in words.
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
UPLOAD_MAX_FILES = 10
UPLOAD_MAX_PIXELS = 40_000_000
# A search for ten thousand letters is read; `kalibaru.server` lets through what is longer, so that we can say so.
LONGEST_ADDRESS = 16_000

# --- mail ------------------------------------------------------------------------------------------
MAIL_DIR = LOCAL_DIR / "mail"
if LOCAL_PROFILE and not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "kalibaru.local.mail.EmlFileBackend"
else:
    _mail = env.dj_email_url("EMAIL_URL", default="smtp://localhost:25")
    EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = (
        _mail["EMAIL_BACKEND"],
        _mail["EMAIL_HOST"],
        _mail["EMAIL_PORT"],
    )
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        _mail["EMAIL_HOST_USER"],
        _mail["EMAIL_HOST_PASSWORD"],
    )
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)


def _second_server() -> dict[str, object]:
    """Return what the mail backend needs for the server that is asked when the first is away."""
    if not env.str("EMAIL_URL_2", default=""):
        return {}
    mail = env.dj_email_url("EMAIL_URL_2")
    return {
        "backend": mail["EMAIL_BACKEND"],
        "host": mail["EMAIL_HOST"],
        "port": mail["EMAIL_PORT"],
        "username": mail["EMAIL_HOST_USER"],
        "password": mail["EMAIL_HOST_PASSWORD"],
        "use_tls": mail["EMAIL_USE_TLS"],
        "use_ssl": mail["EMAIL_USE_SSL"],
    }


EMAIL_SECOND = _second_server()
# Mails a minute, in all (0: no limit) and to single domains: "gmail.com=300,yahoo.com=60".
MAIL_RATE = env.float("MAIL_RATE", default=0)
MAIL_DOMAIN_RATES = env.dict("MAIL_DOMAIN_RATES", default={})
# How long a worker holds a mail; what a dead one held is taken up after that.
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=300)
# Reports of bounces and complaints: the name of the provider (as in anymail's addresses) and "user:password".
MAIL_WEBHOOK_PROVIDER = env.str("MAIL_WEBHOOK_PROVIDER", default="")
MAIL_WEBHOOK_SECRET = env.str("MAIL_WEBHOOK_SECRET", default="")
ANYMAIL = {
    **{name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")},
    **({"WEBHOOK_SECRET": MAIL_WEBHOOK_SECRET} if MAIL_WEBHOOK_SECRET else {}),
}
# How long told news is kept, in months; what happened (events) is kept for ever.
KEEP_READ_MONTHS = env.int("KEEP_READ_MONTHS", default=6)
KEEP_UNREAD_MONTHS = env.int("KEEP_UNREAD_MONTHS", default=24)
KEEP_MAIL_MONTHS = env.int("KEEP_MAIL_MONTHS", default=3)
# Web push: a private key (`manage.py make_vapid_key`), and the push services a browser may name (".x": any under x).
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")
PUSH_HOSTS = env.list(
    "PUSH_HOSTS",
    default=[
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
        ".push.apple.com",
        ".notify.windows.com",
    ],
)
# A monitor reads /metrics with "Authorization: Bearer <token>"; without a token there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Kalibaru HUB <hub@kalibaru.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- safety ----------------------------------------------------------------------------------------
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kalibaru.core.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000 if HTTPS else 0)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
RATELIMIT_ENABLE = env.bool("RATELIMIT_ENABLE", default=True)
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]

UNFOLD = BACK_OFFICE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "kalibaru.core.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
}
