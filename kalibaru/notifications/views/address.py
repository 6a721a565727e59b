"""An address that refuses our mail: its owner confirms it again, and the mail provider reports what came back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from kalibaru.accounts.requests import AccountRequest
from kalibaru.core.access import ACCOUNT, PUBLIC, policy
from kalibaru.core.errors import too_old
from kalibaru.core.pace import ratelimit
from kalibaru.notifications import reports
from kalibaru.notifications.services import suppression


@require_POST
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="3/h", method="POST")
def address_check(request: AccountRequest) -> HttpResponse:
    """Send the letter that proves whether the person's mailbox takes mail again."""
    if suppression.ask_to_confirm(user=request.user):
        text = _("Kami mengirim surel ke %(address)s. Buka tautan di dalamnya untuk memastikan alamat Anda.")
        messages.success(request, text % {"address": request.user.email})
    else:
        messages.info(request, _("Alamat surel Anda sudah bisa menerima kiriman."))
    return redirect("notification_settings")


@require_http_methods(["GET", "POST"])
@policy(PUBLIC)
@ratelimit(key="ip", rate="30/m", method="POST")
@never_cache
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does: a program that looks into mail opens links too."""
    address = suppression.read_token(token)
    if address is None:
        return too_old(request, _("Masuk ke akun Anda, lalu minta tautan baru di Pengaturan pemberitahuan."))
    if request.method == "POST":
        suppression.lift(address)
    context = {"address": address, "done": request.method == "POST"}
    return render(request, "notifications/address_confirm.html", context)


# Exempt, here only: the provider's server has no cookie; anymail checks its password, and its signature if it signs.
@csrf_exempt
@require_http_methods(["POST", "HEAD"])
@policy(PUBLIC)
@never_cache
def mail_report(request: HttpRequest, provider: str) -> HttpResponse:
    """Take a provider's report of bounces and complaints."""
    view = reports.reader(provider)
    if view is None:
        raise Http404
    try:
        return view(request)
    except (ValueError, KeyError, TypeError, AttributeError):
        return HttpResponse("not a report of this provider\n", status=400, content_type="text/plain")
