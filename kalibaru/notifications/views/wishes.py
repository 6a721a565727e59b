"""What a signed link in a mail opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kalibaru.accounts.models import User
from kalibaru.core.access import PUBLIC, policy
from kalibaru.core.errors import error_page
from kalibaru.core.pace import ratelimit
from kalibaru.notifications.links import Wish, read_wish
from kalibaru.notifications.models import Category
from kalibaru.notifications.services.wishes import grant
from kalibaru.notifications.why import topic_titles


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
        return error_page(
            request,
            403,
            _("Tautan sudah kedaluwarsa"),
            _("Masuk ke akun Anda, lalu buka Pengaturan pemberitahuan untuk memilih surel yang Anda inginkan."),
        )
    if request.method == "POST":
        grant(wish)
    context = {"wish": _words(wish), "done": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)


def _words(wish: Wish) -> str:
    sort, _colon, rest = wish.what.partition(":")
    if sort == "topic":
        reader = User.objects.filter(pk=wish.user_id).first()
        title = topic_titles({rest}, reader).get(rest, "") if reader else ""
        return (
            _("Kabar tentang “%(title)s”") % {"title": title} if title else _("Kabar tentang satu hal yang Anda ikuti")
        )
    if sort == "category" and rest in Category.values:
        return _("Surel tentang: %(category)s") % {"category": Category(rest).label}
    return _("Ringkasan mingguan")
