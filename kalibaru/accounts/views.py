"""One's own account: settings, a copy of the data, and the way out. Signing in is allauth's."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kalibaru.accounts import services
from kalibaru.accounts.forms import EraseForm, SettingsForm
from kalibaru.accounts.models import User
from kalibaru.core.access import ACCOUNT, policy
from kalibaru.core.errors import Conflict
from kalibaru.core.links import link_to
from kalibaru.core.pace import ratelimit


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="30/h", method="POST")
def account_settings(request: HttpRequest) -> HttpResponse:
    """Show and save name, language and time zone, with links to everything else of the account."""
    # A row of its own: a refused form must not change the name shown in the head of the page.
    person = User.objects.get(pk=request.user.pk)
    form = SettingsForm(request.POST or None, instance=person)
    if form.is_valid():
        form.save()
        messages.success(request, _("Pengaturan disimpan."))
        with translation.override(person.language):
            return redirect("account_settings")
    status = 200 if request.method == "GET" else 400
    return render(request, "accounts/settings.html", {"form": form}, status=status)


@require_POST
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="10/h", method="POST")
def export(request: HttpRequest) -> HttpResponse:
    """Send a copy of everything the portal holds about the person."""
    response = JsonResponse(
        services.export_personal_data(actor=request.user), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@policy(ACCOUNT)
@ratelimit(key="user_or_ip", rate="10/h", method="POST")
def erase(request: HttpRequest) -> HttpResponse:
    """Say what erasing means, ask once, and do it."""
    form = EraseForm(request.POST or None)
    hindrances = services.erasure_hindrances(request.user)
    status = 200 if request.method == "GET" else 400
    if form.is_valid():
        try:
            services.erase_account(actor=request.user)
        except Conflict:
            status = 409
        else:
            logout(request)
            messages.success(request, _("Akun Anda sudah dihapus."))
            return redirect(link_to("home") or "/")
    return render(request, "accounts/erase.html", {"form": form, "hindrances": hindrances}, status=status)
