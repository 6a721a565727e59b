"""The 17 goals with their official Indonesian short names, and the four pillars."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Goal(models.IntegerChoices):
    """Sustainable Development Goals (TPB). Names: https://psppr.ugm.ac.id/category/artikel/"""

    NO_POVERTY = 1, _("Tanpa Kemiskinan")
    ZERO_HUNGER = 2, _("Tanpa Kelaparan")
    HEALTH = 3, _("Kehidupan Sehat dan Sejahtera")
    EDUCATION = 4, _("Pendidikan Berkualitas")
    GENDER = 5, _("Kesetaraan Gender")
    WATER = 6, _("Air Bersih dan Sanitasi Layak")
    ENERGY = 7, _("Energi Bersih dan Terjangkau")
    WORK = 8, _("Pekerjaan Layak dan Pertumbuhan Ekonomi")
    INDUSTRY = 9, _("Industri, Inovasi dan Infrastruktur")
    INEQUALITY = 10, _("Berkurangnya Kesenjangan")
    CITIES = 11, _("Kota dan Permukiman yang Berkelanjutan")
    CONSUMPTION = 12, _("Konsumsi dan Produksi yang Bertanggung Jawab")
    CLIMATE = 13, _("Penanganan Perubahan Iklim")
    OCEANS = 14, _("Ekosistem Lautan")
    LAND = 15, _("Ekosistem Daratan")
    PEACE = 16, _("Perdamaian, Keadilan dan Kelembagaan yang Tangguh")
    PARTNERSHIPS = 17, _("Kemitraan untuk Mencapai Tujuan")
