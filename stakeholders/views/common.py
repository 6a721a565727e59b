"""What several views of this room need."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kalibaru.core.errors import Conflict
from stakeholders.models import FormerSlug, Organisation


class Moved(Exception):
    """The organisation was merged into another; `heir` has the new address."""

    def __init__(self, heir: Organisation):
        super().__init__(heir.slug)
        self.heir = heir


def find(request: HttpRequest, slug: str, *related: str) -> Organisation:
    """Return the organisation if this reader may see it; raise Moved for a former address, else Http404."""
    visible = Organisation.objects.visible_to(request.user)
    rows = visible.select_related(*related) if related else visible
    if organisation := rows.filter(slug=slug).first():
        return organisation
    former = FormerSlug.objects.filter(slug=slug, organisation__in=visible).select_related("organisation").first()
    if former:
        raise Moved(former.organisation)
    raise Http404


def follow(request: HttpRequest, moved: Moved, view: str) -> HttpResponse:
    """Lead a reader to the heir's page of the same kind; a form that comes too late is a Conflict, with its text."""
    address = reverse(view, args=[moved.heir.slug])
    if request.method == "POST":
        words = _("Organisasi ini sudah digabung ke dalam %(heir)s. Isian Anda belum tersimpan.")
        raise Conflict(words % {"heir": moved.heir}, url=address)
    return redirect(address)


def back(request: HttpRequest, otherwise: Any) -> HttpResponse:
    """Redirect to the local address in `next`, or to `otherwise`."""
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return redirect(url if safe else otherwise)
