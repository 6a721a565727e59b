"""A search that a person follows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kalibaru.core.models import Row


class SavedSearch(Row):
    """Whoever saved it hears of every public event that fits all of it: kind AND words AND each condition.

    conditions: lists of topics ("area:<uuid>") or facets ("state:active"); of each list one must fit.
    query: the words as PostgreSQL's tsquery, made when it is saved. anchor: one topic that every fitting event
    carries, or the kind, or "*": what the fan-out finds its candidates by.
    """

    ANYTHING = "*"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("orang")
    )
    name = models.CharField(_("nama"), max_length=200)
    kind = models.CharField(_("jenis"), max_length=30, blank=True)
    words = models.CharField(_("kata kunci"), max_length=200, blank=True)
    query = models.TextField(_("kata kunci bagi basis data"), blank=True, editable=False)
    conditions = models.JSONField(_("syarat"), default=list)
    anchor = models.CharField(_("jangkar"), max_length=80, default=ANYTHING, editable=False)
    address = models.CharField(_("alamat"), max_length=600)

    class Meta:
        verbose_name = _("pencarian yang diikuti")
        verbose_name_plural = _("pencarian yang diikuti")
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="search_saved_once")]
        indexes = [models.Index(fields=["anchor"], name="search_anchor")]

    def __str__(self) -> str:
        return self.name
