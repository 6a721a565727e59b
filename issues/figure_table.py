"""The columns of an indicator's figures as a table, for downloads."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from issues.models import Indicator

COLUMNS = (
    _("Kode"),
    _("Indikator"),
    _("Satuan"),
    _("Wilayah"),
    _("Kode wilayah"),
    _("Tahun"),
    _("Periode"),
    _("Kelompok"),
    _("Nilai"),
    _("Sumber"),
    _("Tautan sumber"),
    _("Organisasi pencatat"),
    _("Versi"),
)


def lines(indicator: Indicator, rows: QuerySet) -> Iterator[list[Any]]:
    """Give a line for each figure and one for each of its groups."""
    for row in rows:
        head = [
            indicator.code,
            indicator.name,
            indicator.unit,
            str(row.area),
            row.area.code,
            row.year,
            row.get_part_display(),
        ]
        tail = [
            row.source_title,
            row.source_url,
            row.organisation.name if row.organisation else "",
            row.version,
        ]
        yield [*head, "", row.value.normalize(), *tail]
        for part in row.breakdowns.all():
            yield [*head, part.label, part.value.normalize(), *tail]
