"""The listing, and the same rows as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from initiatives.filters.initiatives import ORDERS, Choices, Listing
from initiatives.models import Initiative
from initiatives.queries import CARD_COLUMNS, Card, cards_of, for_cards
from kalibaru.core.access import PUBLIC, policy
from kalibaru.core.exports import FORMATS, export
from kalibaru.core.listings import listing_page
from kalibaru.notifications.visitors import same_for_visitors

EXPORT_LIMIT = 10_000
_BATCH = 500


@policy(PUBLIC)
@same_for_visitors
def index(request: HttpRequest) -> HttpResponse:
    """Show the published initiatives that match the address."""
    listing = Listing(request.GET, for_cards(Initiative.objects.published()))
    context = {
        "listing": listing,
        "count": listing.count,
        "cards": cards_of(listing.page.rows, listing.choices),
        "query": request.GET.urlencode(),
    }
    return listing_page(request, "initiatives/list.html", context, filtered=listing.filter, page=listing.page)


@policy(PUBLIC)
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """Send what the address matches as CSV or XLSX, public columns only, at most 10,000 rows."""
    if file_format not in FORMATS:
        raise Http404
    columns = (*CARD_COLUMNS, "budget", "sdg_goals", "source_url")
    listing = Listing(request.GET, Initiative.objects.published().only(*columns))
    listing.filter.require_known()
    order = ORDERS.get(listing.filter.order, ORDERS["new"])
    rows = listing.rows.order_by(*order)[:EXPORT_LIMIT]
    head = [
        _("Judul"),
        _("Ringkasan"),
        _("Keadaan"),
        _("Masalah"),
        _("Wilayah"),
        _("Tujuan SDG"),
        _("Pemimpin"),
        _("Tanggal mulai"),
        _("Tanggal selesai"),
        _("Anggaran (Rp)"),
        _("Terbit"),
        _("Contoh peragaan"),
        _("Sumber"),
        _("Alamat"),
    ]
    lines = _lines(rows.iterator(chunk_size=_BATCH), listing.choices, request)
    return export("inisiatif", file_format, head, lines)


def _lines(rows: Iterator[Initiative], choices: Choices, request: HttpRequest) -> Iterator[list[Any]]:
    batch: list[Initiative] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield from (_line(card, request) for card in cards_of(batch, choices))
            batch = []
    yield from (_line(card, request) for card in cards_of(batch, choices))


def _line(card: Card, request: HttpRequest) -> list[Any]:
    row = card.row
    return [
        row.title,
        row.summary,
        str(row.get_state_display()),
        card.issues,
        card.where,
        ", ".join(str(goal) for goal in row.sdg_goals),
        card.lead,
        row.starts_on,
        row.ends_on,
        row.budget,
        row.published_at.date() if row.published_at else None,
        _("ya") if row.is_demo else _("tidak"),
        row.source_url,
        request.build_absolute_uri(row.get_absolute_url()),
    ]
