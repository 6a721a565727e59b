"""Follow by e-mail without an account: ask, confirm, manage. A GET never changes anything."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kalibaru.core.access import PUBLIC, policy
from kalibaru.core.errors import too_old
from kalibaru.core.pace import ratelimit, seconds_to_wait
from kalibaru.notifications import links
from kalibaru.notifications.follows import follows_of
from kalibaru.notifications.models import Category, Frequency, Guest
from kalibaru.notifications.preferences import preferences_of
from kalibaru.notifications.services import guests as services
from kalibaru.notifications.topics import find_topic

_FREQUENCIES = [
    (Frequency.WEEKLY.value, gettext_lazy("Sekali seminggu, Senin pagi")),
    (Frequency.DAILY.value, gettext_lazy("Setiap hari, bila ada kabar")),
]


class FrequencyForm(forms.Form):
    """How often a guest hears."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("Seberapa sering?"),
        choices=_FREQUENCIES,
        initial=Frequency.WEEKLY.value,
        widget=forms.RadioSelect,
    )


class GuestForm(FrequencyForm):
    """An address, how often, and consent."""

    email = forms.EmailField(
        label=gettext_lazy("Alamat surel"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": gettext_lazy("Tulis alamat surel Anda."),
            "invalid": gettext_lazy("Alamat ini tidak lengkap. Contoh: nama@contoh.id"),
        },
    )
    consent = forms.BooleanField(
        label=services.CONSENT, error_messages={"required": gettext_lazy("Beri persetujuan Anda dulu.")}
    )
    field_order = ("email", "frequency", "consent")


@require_http_methods(["GET", "POST"])
@policy(PUBLIC)
@ratelimit(key="ip", rate="30/h", method="POST")
@never_cache
def guest_follow(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and answer the same whether it is new, known, has an account, or asked too often."""
    found = find_topic(request.GET.get("topic", ""), AnonymousUser())
    if found is None:
        raise Http404
    form = GuestForm(request.POST or None)
    sent = form.is_valid()
    if sent and not _too_often(request, form.cleaned_data["email"]):
        data = form.cleaned_data
        language = get_language() or "id"
        services.ask_to_follow(data["email"], found.topic, frequency=data["frequency"], language=language)
    context = {"form": form, "found": found, "sent": sent}
    return render(request, "notifications/guest_follow.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@policy(PUBLIC)
@ratelimit(key="ip", rate="60/h", method="POST")
@never_cache
def guest_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST begins the follow."""
    asked = links.read_request(token)
    found = find_topic(asked.topic, AnonymousUser()) if asked else None
    if asked is None or found is None:
        return too_old(request, _("Buka lagi halaman yang ingin Anda ikuti, lalu minta tautan baru."))
    if request.method == "POST":
        user = services.confirm(asked)
        if user is None:
            return redirect(f"{reverse('follow')}?topic={asked.topic}")
        messages.success(request, _("Anda mengikuti “%(title)s”.") % {"title": found.title})
        return redirect(links.manage_path(user))
    return render(request, "notifications/guest_confirm.html", {"found": found, "asked": asked})


@require_http_methods(["GET", "POST"])
@policy(PUBLIC)
@ratelimit(key="ip", rate="60/h", method="POST")
@never_cache
def guest_manage(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what is followed; POST changes how often, stops one, or erases all."""
    guest = Guest.objects.select_related("user").filter(user=links.read_guest(token)).first()
    if guest is None:
        return too_old(request, _("Mungkin alamat Anda sudah dihapus. Surel terbaru dari kami memuat tautan baru."))
    form = FrequencyForm(request.POST if "frequency" in request.POST else None, initial=_saved(guest))
    if request.method == "POST":
        if "erase" in request.POST:
            services.erase_guest(guest)
            return _erased(request)
        if "stop" in request.POST and not services.stop_one(guest, request.POST["stop"]):
            return _erased(request)
        if form.is_valid():
            services.set_frequency(guest, form.cleaned_data["frequency"])
        if not form.errors:
            messages.success(request, _("Disimpan."))
            return redirect("guest_manage", token=token)
    context = {"guest": guest, "form": form, "follows": follows_of(guest.user)}
    return render(request, "notifications/guest_manage.html", context, status=400 if form.errors else 200)


def _saved(guest: Guest) -> dict[str, Any]:
    return {"frequency": preferences_of(guest.user)[Category.FOLLOWED]}


def _erased(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/guest_erased.html")


def _too_often(request: HttpRequest, email: str) -> bool:
    """Whether this address was written to three times in an hour: nobody's mailbox is flooded from here."""
    mailbox = lambda _group, _request: email.lower()  # noqa: E731  (the form that a key takes)
    return bool(seconds_to_wait(request, group="notifications.guest", rate="3/h", key=mailbox))
