"""Files that people bring. The upper room's row points to these; these point to nobody."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import Row


@pghistory.track()
class Photo(Row):
    """A picture, re-encoded as WebP without EXIF, in two sizes. Public once its page is."""

    image = models.ImageField(
        _("gambar"),
        upload_to="photos/%Y/%m",
        width_field="width",
        height_field="height",
    )
    small = models.ImageField(
        _("gambar kecil"),
        upload_to="photos/%Y/%m",
        width_field="small_width",
        height_field="small_height",
    )
    alt = models.CharField(
        _("keterangan gambar"),
        max_length=200,
        help_text=_("Untuk orang yang tidak bisa melihat gambar."),
    )
    width = models.PositiveIntegerField(default=0, editable=False, verbose_name=_("lebar"))
    height = models.PositiveIntegerField(default=0, editable=False, verbose_name=_("tinggi"))
    small_width = models.PositiveIntegerField(default=0, editable=False, verbose_name=_("lebar gambar kecil"))
    small_height = models.PositiveIntegerField(default=0, editable=False, verbose_name=_("tinggi gambar kecil"))

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto")

    def __str__(self) -> str:
        return self.alt


@pghistory.track()
class Attachment(Row):
    """A document whose content was checked; only ever sent as a download, by a view of the room it belongs to."""

    file = models.FileField(_("berkas"), upload_to="attachments/%Y/%m")
    name = models.CharField(_("nama berkas"), max_length=200)
    content_type = models.CharField(_("jenis"), max_length=100)
    size = models.PositiveBigIntegerField(_("ukuran (bita)"))
    sha256 = models.CharField(max_length=64, verbose_name=_("sidik jari isi"))

    class Meta:
        verbose_name = _("lampiran")
        verbose_name_plural = _("lampiran")

    def __str__(self) -> str:
        return self.name
