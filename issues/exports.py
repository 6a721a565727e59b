"""The columns of this room's files."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from issues.models import Indicator


def issue_head() -> list[str]:
    """Return the columns of a problem."""
    return [_("Masalah"), _("Ringkasan"), _("Wilayah"), _("Tujuan SDG"), _("Contoh peragaan"), _("Sumber")]


def issue_lines(rows: QuerySet) -> Iterator[list[Any]]:
    """Yield a line for each problem."""
    for row in rows.prefetch_related("areas"):
        yield [
            row.title,
            row.summary,
            "; ".join(area.name for area in row.areas.all()),
            "; ".join(f"{goal.value}. {goal.label}" for goal in row.goals),
            _("ya") if row.is_demo else _("tidak"),
            row.source_url,
        ]


def forum_head() -> list[str]:
    """Return the columns of a forum."""
    return [
        _("Jenis"),
        _("Judul"),
        _("Tanggal"),
        _("Tempat"),
        _("Penyelenggara"),
        _("Masalah"),
        _("Contoh peragaan"),
        _("Sumber"),
    ]


def forum_lines(rows: QuerySet) -> Iterator[list[Any]]:
    """Yield a line for each forum."""
    for row in rows.prefetch_related("organisers", "issues").iterator(chunk_size=500):
        yield [
            row.get_kind_display(),
            row.title,
            row.on,
            row.place,
            "; ".join(organiser.name for organiser in row.organisers.all() if organiser.state == "verified"),
            "; ".join(issue.title for issue in row.issues.all() if issue.state == "published"),
            _("ya") if row.is_demo else _("tidak"),
            row.source_url,
        ]


def figure_head() -> list[str]:
    """Return the columns of a figure."""
    return [
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
    ]


def figure_lines(indicator: Indicator, rows: QuerySet) -> Iterator[list[Any]]:
    """Yield a line for each figure and one for each of its groups."""
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
