"""What a signed link in a mail opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kalibaru.accounts.models import User
from kalibaru.core.access import PUBLIC, policy
from kalibaru.core.errors import too_old
from kalibaru.core.pace import ratelimit
from kalibaru.notifications.links import Wish, manage_path, read_wish
from kalibaru.notifications.models import Category, Digest, SavedSearch
from kalibaru.notifications.services.wishes import grant
from kalibaru.notifications.topics import find_topic, topic_ref


# Exempt, here only: a mail program's one click (RFC 8058) is a POST without cookie or page, and the signed
# token proves more than a cookie would. It can only ever stop mail.
@csrf_exempt
@require_http_methods(["GET", "POST"])
@policy(PUBLIC)
@ratelimit(key="ip", rate="60/m", method="POST")
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does. Neither needs a sign-in."""
    wish = read_wish(token)
    if wish is None:
        return too_old(
            request, _("Masuk ke akun Anda, lalu buka Pengaturan pemberitahuan untuk memilih surel yang Anda inginkan.")
        )
    words = _words(wish)
    if request.method == "POST":
        grant(wish)
    context = {"wish": words, "done": request.method == "POST", "settings_link": _settings(wish)}
    return render(request, "notifications/unsubscribe.html", context)


def _settings(wish: Wish) -> str:
    """Return where the person chooses what they want; "" for a guest whose address is gone."""
    user = User.objects.filter(pk=wish.user_id).select_related("guest").first()
    if user is None:
        return ""
    return manage_path(user) if hasattr(user, "guest") else reverse("notification_settings")


def _words(wish: Wish) -> str:
    sort, _colon, rest = wish.what.partition(":")
    if sort == "topic":
        reader = User.objects.filter(pk=wish.user_id).first()
        found = find_topic(rest, reader) if reader else None
        title = found.title if found else ""
        return (
            _("Kabar tentang “%(title)s”") % {"title": title} if title else _("Kabar tentang satu hal yang Anda ikuti")
        )
    if sort == "category" and rest in Category.values:
        return _("Surel tentang: %(category)s") % {"category": Category(rest).label}
    if sort == "search":
        ref = topic_ref(wish.what)
        search = SavedSearch.objects.filter(pk=ref[1], user=wish.user_id).first() if ref else None
        return (
            _("Kabar untuk pencarian “%(name)s”") % {"name": search.name}
            if search
            else _("Kabar untuk satu pencarian yang Anda ikuti")
        )
    return _("Ringkasan harian") if rest == Digest.Cadence.DAILY else _("Ringkasan mingguan")
