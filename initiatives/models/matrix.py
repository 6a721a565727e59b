"""How the matrices of the regional action plan are laid out when the secretariat wants them otherwise."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import Row

MONEY_UNITS = ((1, _("rupiah")), (10**3, _("ribu rupiah")), (10**6, _("juta rupiah")))


class Matrix(models.TextChoices):
    """The four matrices about programmes. Their layout is unconfirmed, so it is configurable."""

    PLAN_GOVERNMENT = "2", _("Matriks 2: rencana program pemerintah")
    PLAN_PARTNERS = "3", _("Matriks 3: rencana program nonpemerintah")
    REALISATION_GOVERNMENT = "4", _("Matriks 4: realisasi program pemerintah")
    REALISATION_PARTNERS = "5", _("Matriks 5: realisasi program nonpemerintah")

    @property
    def is_plan(self) -> bool:
        """A plan, not a realisation."""
        return self in (Matrix.PLAN_GOVERNMENT, Matrix.PLAN_PARTNERS)

    @property
    def of_government(self) -> bool:
        """About programmes of government, not of its partners."""
        return self in (Matrix.PLAN_GOVERNMENT, Matrix.REALISATION_GOVERNMENT)


@pghistory.track()
class MatrixLayout(Row):
    """The columns of one matrix, a line each: `key = heading`. Without a row the layout of the code holds."""

    matrix = models.CharField(_("matriks"), max_length=1, choices=Matrix, unique=True)
    columns = models.TextField(
        _("kolom"),
        max_length=4000,
        help_text=_("Satu kolom satu baris: kunci = judul. Contoh: output = Indikator keluaran"),
    )
    money_unit = models.PositiveIntegerField(_("satuan uang"), choices=MONEY_UNITS, default=10**6)

    class Meta:
        verbose_name = _("susunan matriks")
        verbose_name_plural = _("susunan matriks")

    def __str__(self) -> str:
        return self.get_matrix_display()

    def pairs(self) -> list[tuple[str, str]]:
        """Return (key, heading) of each line."""
        lines = (line.partition("=") for line in self.columns.splitlines() if line.strip())
        return [(key.strip(), heading.strip()) for key, _sign, heading in lines]

    def clean(self) -> None:
        """Refuse keys that nothing fills, and a heading told twice."""
        from initiatives.matrices.layout import KEYS

        keys = [key for key, _heading in self.pairs()]
        unknown = sorted(set(keys) - set(KEYS))
        if unknown or not keys or len(set(keys)) != len(keys) or not all(heading for _key, heading in self.pairs()):
            raise ValidationError(
                {
                    "columns": _("Periksa barisnya: %(unknown)s. Kunci yang ada: %(known)s.")
                    % {"unknown": ", ".join(unknown) or _("ada yang kosong atau ganda"), "known": ", ".join(KEYS)}
                }
            )
