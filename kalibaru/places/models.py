"""The tree of areas. The dotted Kemendagri code is the key, and makes "inside" a prefix match."""

import pghistory
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kalibaru.core.links import link_to
from kalibaru.core.models import Row


class AreaQuerySet(models.QuerySet["Area"]):
    """Questions about areas."""

    def inside(self, code: str) -> "AreaQuerySet":
        """Return the area with this code and everything below it."""
        return self.filter(Q(code=code) | Q(code__startswith=f"{code}."))

    def around(self, areas) -> "AreaQuerySet":
        """Return the given areas and every area around them: whoever follows the kelurahan hears of its RW."""
        return self.filter(code__in={code for area in areas for code in area.lineage()})

    def choosable(self) -> "AreaQuerySet":
        """Return the areas offered in forms and filters: kelurahan and RW first, by code."""
        return self.filter(level__in=["ward", "rw", "district", "city", "foreign_city"]).order_by("code")


@pghistory.track()
class Area(Row):
    """A place. `code` is the Kemendagri code (31.72.04.1004), an RW adds ".RW01"; a city outside it has its slug."""

    class Level(models.TextChoices):
        """Levels of Indonesian administration, and a city of another country."""

        PROVINCE = "province", _("Provinsi")
        CITY = "city", _("Kota")
        DISTRICT = "district", _("Kecamatan")
        WARD = "ward", _("Kelurahan")
        RW = "rw", _("RW")
        FOREIGN_CITY = "foreign_city", _("Kota mitra")

    code = models.CharField(_("kode"), max_length=40, unique=True)
    bps_code = models.CharField(_("kode BPS"), max_length=20, blank=True)
    level = models.CharField(_("tingkat"), max_length=20, choices=Level)
    name = models.CharField(_("nama"), max_length=120)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("bagian dari")
    )
    geometry = models.JSONField(_("batas (GeoJSON)"), null=True, blank=True)
    latitude = models.DecimalField(_("lintang"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=9, decimal_places=6, null=True, blank=True)
    source_url = models.URLField(_("tautan sumber"), max_length=500, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        indexes = [models.Index(OpClass("code", name="varchar_pattern_ops"), name="area_code_prefix")]

    @property
    def full_name(self) -> str:
        """Return the name with its level, "Kelurahan Kalibaru"; "RW 01" and "Kota Administrasi …" say it already.

        Names are Indonesian in every language, so the level is looked for in Indonesian.
        """
        with override("id"):
            named = self.name.casefold().startswith(str(self.get_level_display()).casefold())
        return self.name if named else f"{self.get_level_display()} {self.name}"

    def __str__(self) -> str:
        # A kecamatan and one of its kelurahan share a name here, so a list of choices must tell them apart.
        if self.level in (self.Level.WARD, self.Level.DISTRICT):
            return f"{self.get_level_display()} {self.name}"
        return self.name

    def get_absolute_url(self) -> str:
        """Page of what happens in the area."""
        return link_to("area", self.code)

    def lineage(self) -> list[str]:
        """Return the codes of this area and of every area around it, widest first."""
        parts = self.code.split(".")
        return [".".join(parts[: end + 1]) for end in range(len(parts))]
