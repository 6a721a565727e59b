"""Which columns a matrix has, and what each is called.

The official templates were not found in full: these columns follow general knowledge of the guide of Bappenas (2020),
and are unconfirmed. A `MatrixLayout` row, edited in the back office, takes the place of a layout of this file.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from initiatives.models import Matrix, MatrixLayout

# Columns with one value a row, and columns that repeat for every year (or semester) of the matrix.
FIXED = (
    "programme_code", "programme_name", "activity_code", "activity_name", "sub_activity_code", "sub_activity_name",
    "output", "unit", "sdg_goals", "issues", "areas", "funding_source", "implementer", "state", "hub_id",
)  # fmt: skip
REPEATED = ("target", "budget", "realisation", "achieved", "spent", "status", "note")
KEYS = (*FIXED, *REPEATED)
_NAMES = {
    "programme_code": gettext_noop("Kode program"),
    "programme_name": gettext_noop("Program"),
    "activity_code": gettext_noop("Kode kegiatan"),
    "activity_name": gettext_noop("Kegiatan"),
    "sub_activity_code": gettext_noop("Kode sub kegiatan"),
    "sub_activity_name": gettext_noop("Sub kegiatan"),
    "output": gettext_noop("Indikator keluaran (output)"),
    "unit": gettext_noop("Satuan"),
    "sdg_goals": gettext_noop("Tujuan TPB"),
    "issues": gettext_noop("Masalah prioritas"),
    "areas": gettext_noop("Lokasi"),
    "funding_source": gettext_noop("Sumber pendanaan"),
    "implementer": gettext_noop("Instansi pelaksana"),
    "state": gettext_noop("Keadaan"),
    "hub_id": gettext_noop("ID HUB"),
    "target": gettext_noop("Target"),
    "budget": gettext_noop("Anggaran"),
    "realisation": gettext_noop("Realisasi"),
    "achieved": gettext_noop("Capaian (%)"),
    "spent": gettext_noop("Realisasi anggaran"),
    "status": gettext_noop("Status"),
    "note": gettext_noop("Keterangan/kendala"),
}
_WHO = ("programme_code", "programme_name", "activity_code", "activity_name", "sub_activity_code", "sub_activity_name")
_PLAN = ("output", "unit", "target", "budget", "funding_source", "areas", "sdg_goals", "implementer", "hub_id")
_REALISED = ("output", "unit", "target", "realisation", "achieved", "budget", "spent", "status", "note")
_DEFAULTS: dict[str, tuple[str, ...]] = {
    Matrix.PLAN_GOVERNMENT: (*_WHO, *_PLAN),
    Matrix.PLAN_PARTNERS: ("programme_name", "activity_name", *_PLAN),
    Matrix.REALISATION_GOVERNMENT: (*_WHO, *_REALISED, "implementer", "hub_id"),
    Matrix.REALISATION_PARTNERS: ("programme_name", "activity_name", *_REALISED, "implementer", "hub_id"),
}


@dataclass(frozen=True)
class Layout:
    """The columns of a matrix as (key, heading), and what one stands for in its columns of money."""

    columns: list[tuple[str, str]]
    money_unit: int = 10**6

    @property
    def keys(self) -> list[str]:
        """The keys, in order."""
        return [key for key, _heading in self.columns]


def layout_of(matrix: str) -> Layout:
    """Return the secretariat's layout, else the one of the code."""
    chosen = MatrixLayout.objects.filter(matrix=matrix).first()
    if chosen is not None:
        known = [(key, heading) for key, heading in chosen.pairs() if key in KEYS]
        return Layout(known, chosen.money_unit)
    names = {**_NAMES}
    if not Matrix(matrix).of_government:
        names["implementer"] = gettext_noop("Lembaga pelaksana")
    return Layout([(key, _(names[key])) for key in _DEFAULTS[matrix]])
