"""What anybody may read: the list of partners, its export, and one organisation's page."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kalibaru.core.access import PUBLIC, may, policy, require
from kalibaru.core.exports import FORMATS, export
from kalibaru.core.listings import listing_page
from kalibaru.core.paging import bounded_count, keyset_page
from kalibaru.core.subjects import topic_of
from kalibaru.media.views import send_attachment
from kalibaru.notifications.following import followed_topics
from kalibaru.notifications.timeline import timeline
from kalibaru.places.models import Area
from stakeholders.duplicates import with_possible_duplicates
from stakeholders.extras import extra_fields, panels
from stakeholders.filters import OrganisationFilter
from stakeholders.models import Membership, Organisation
from stakeholders.services import missing_details
from stakeholders.views.common import Moved, find

PAGE_SIZE = 24
CARD_COLUMNS = ("name", "slug", "acronym", "platform", "kind", "description", "is_demo", "state")
BATCH = 1000


@require_safe
@policy(PUBLIC)
def organisation_list(request: HttpRequest) -> HttpResponse:
    """List the verified organisations."""
    found = OrganisationFilter(request.GET, queryset=Organisation.objects.listed())
    rows = found.qs
    page = keyset_page(
        rows.prefetch_related(Prefetch("areas", Area.objects.only("code", "name"))).only(*CARD_COLUMNS),
        ("name", "id"),
        request.GET.get("page", ""),
        PAGE_SIZE,
    )
    context = {"count": bounded_count(rows), "searched": bool(request.GET.dict())}
    return listing_page(request, "stakeholders/list.html", context, filtered=found, page=page)


@require_safe
@policy(PUBLIC)
def organisation_export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """Answer the same rows as a file: public columns only, nobody's contact data."""
    if file_format not in FORMATS:
        raise Http404
    rows = OrganisationFilter(request.GET, queryset=Organisation.objects.listed()).strict_qs.order_by("name", "id")
    described = [extra for extra in extra_fields() if extra.describe]
    head = [_("Nama"), _("Singkatan"), _("Unsur"), _("Jenis"), _("Wilayah kerja"), *(str(e.label) for e in described)]
    head += [_("Tentang"), _("Situs web"), _("Sumber"), _("Contoh peragaan"), _("Halaman")]
    return export("mitra", file_format, head, _export_rows(request, rows, described))


def _export_rows(request: HttpRequest, rows: Any, described: list) -> Iterator[list[Any]]:
    stream = rows.defer("search").prefetch_related("areas").iterator(chunk_size=BATCH)
    while batch := list(islice(stream, BATCH)):
        texts = [extra.describe(batch) for extra in described]
        for row in batch:
            yield [
                row.name,
                row.acronym,
                row.get_platform_display(),
                row.get_kind_display(),
                ", ".join(area.name for area in row.areas.all()),
                *(text.get(row.pk, "") for text in texts),
                row.description,
                row.website,
                row.source_url,
                _("ya") if row.is_demo else "",
                request.build_absolute_uri(row.get_absolute_url()),
            ]


@require_safe
@policy(PUBLIC)
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organisation; members and moderators see the private part too."""
    try:
        organisation = find(request, slug, "logo")
    except Moved as moved:
        return redirect(moved.heir, permanent=True)
    user = request.user
    inside = may(user, "stakeholders.see_private_organisation", organisation)
    sections = [(panel, panel.rows(organisation, user)) for panel in panels()]
    topic = topic_of(organisation)
    context = {
        "organisation": organisation,
        "areas": organisation.areas.all(),
        "sections": [(panel, rows, panel.more(organisation) if panel.more else "") for panel, rows in sections if rows],
        "entries": timeline(organisation, user, parties=inside),
        "topic": topic,
        "following": topic in followed_topics(user, [organisation]),
        **(_private(organisation, user) if inside else {}),
        **(_own(organisation, user) if user.is_authenticated else {}),
    }
    return render(request, "stakeholders/detail.html", context)


def _private(organisation: Organisation, user: Any) -> dict[str, Any]:
    """What members and moderators see beside."""
    needs = organisation.state in (Organisation.State.DRAFT, Organisation.State.REJECTED)
    return {
        "inside": True,
        "documents": organisation.documents.order_by("name"),
        "last_word": organisation.verifications.order_by("-created_at").first(),
        "missing": missing_details(organisation) if needs else {},
        "may_edit": may(user, "stakeholders.edit_organisation", organisation),
        "may_manage": may(user, "stakeholders.manage_members", organisation),
        "may_moderate": may(user, "stakeholders.moderate_organisation"),
        "dossier": with_possible_duplicates([organisation])[0] if user.is_moderator else None,
    }


def _own(organisation: Organisation, user: Any) -> dict[str, Any]:
    """How the reader belongs to it, and what can be done about that."""
    mine = organisation.memberships.filter(user=user).first()
    state = mine.state if mine else ""
    return {
        "membership": mine,
        "may_ask": organisation.state == Organisation.State.VERIFIED
        and state not in (Membership.State.ACTIVE, Membership.State.REQUESTED, Membership.State.INVITED),
    }


@require_safe
@policy(PUBLIC)
def organisation_document(request: HttpRequest, slug: str, pk: UUID) -> HttpResponseBase:
    """Send a private document to members and moderators."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(request.user, "stakeholders.see_private_organisation", organisation)
    return send_attachment(get_object_or_404(organisation.documents, pk=pk))
