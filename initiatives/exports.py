"""The columns of this room's files."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from initiatives.models import ProgrammeYear


def programme_head() -> list[str]:
    """Return the columns of the regional action plan."""
    return [
        _("Kode program"),
        pgettext("satu", "Program"),
        _("Kode kegiatan"),
        _("Kegiatan"),
        _("Kode sub kegiatan"),
        _("Sub kegiatan"),
        _("Keluaran"),
        _("Satuan"),
        _("Pelaksana"),
        _("Masalah"),
        _("Wilayah"),
        _("Tujuan SDG"),
        _("Sumber pendanaan"),
        _("Keadaan"),
        _("Tahun"),
        _("Target"),
        _("Realisasi"),
        _("Anggaran (Rp)"),
        _("Terpakai (Rp)"),
        _("Keterangan"),
        _("Contoh peragaan"),
        _("Sumber"),
    ]


def programme_lines(rows: QuerySet) -> Iterator[list[Any]]:
    """Yield a line for each year of each programme; a programme without years has one line."""
    rows = rows.select_related("organisation").prefetch_related("issues", "areas", "years")
    for row in rows.iterator(chunk_size=500):
        names = [
            row.programme_code,
            row.programme_name,
            row.activity_code,
            row.activity_name,
            row.sub_activity_code,
            row.sub_activity_name,
            row.output,
            row.unit,
            row.organisation.name,
            "; ".join(issue.title for issue in row.issues.all()),
            "; ".join(area.name for area in row.areas.all()),
            "; ".join(f"{goal.value}. {goal.label}" for goal in row.goals),
            row.get_funding_source_display(),
            row.get_state_display(),
        ]
        foot = [_("ya") if row.is_demo else _("tidak"), row.source_url]
        for year in list(row.years.all()) or [ProgrammeYear(year=None)]:
            yield [
                *names,
                year.year,
                year.target,
                year.realisation,
                year.budget,
                year.spent,
                year.note,
                *foot,
            ]
