"""Where help is needed."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.models import Flagged, OnceRow


class NeedQuerySet(models.QuerySet["Need"]):
    """Questions about needs."""

    def unmet(self) -> "NeedQuerySet":
        """Return needs of published problems that still wait for help, soonest first."""
        return self.filter(state__in=[Need.State.OPEN, Need.State.PARTLY_MET], issue__state="published").order_by(
            models.F("by_when").asc(nulls_last=True), "created_at"
        )


@pghistory.track()
class Need(ConcurrentTransitionMixin, Flagged, OnceRow):
    """Help that a problem needs at a place: what kind, how much, by when."""

    class Kind(models.TextChoices):
        """Kinds of help."""

        FUNDING = "funding", _("Dana")
        EXPERTISE = "expertise", _("Keahlian")
        VOLUNTEERS = "volunteers", _("Relawan")
        EQUIPMENT = "equipment", _("Peralatan")
        VENUE = "venue", _("Tempat")
        DATA = "data", _("Data")
        LOGISTICS = "logistics", _("Angkutan dan logistik")

    class State(models.TextChoices):
        """Life of a need."""

        OPEN = "open", _("Dibutuhkan")
        PARTLY_MET = "partly_met", _("Terpenuhi sebagian")
        MET = "met", _("Terpenuhi")
        CLOSED = "closed", _("Ditutup")

    issue = models.ForeignKey(
        "issues.PriorityIssue", on_delete=models.CASCADE, related_name="needs", verbose_name=_("masalah")
    )
    area = models.ForeignKey(
        "places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("wilayah")
    )
    kind = models.CharField(_("jenis bantuan"), max_length=12, choices=Kind)
    title = models.CharField(_("yang dibutuhkan"), max_length=160)
    quantity = models.DecimalField(_("jumlah"), max_digits=18, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=40, blank=True)
    by_when = models.DateField(_("paling lambat"), null=True, blank=True)
    state = FSMField(_("keadaan"), max_length=12, choices=State, default=State.OPEN)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kebutuhan")
        verbose_name_plural = _("kebutuhan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True) | models.Q(quantity__gte=0),
                name="need_quantity_not_negative",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @transition("state", source=[State.OPEN, State.PARTLY_MET], target=State.PARTLY_MET)
    def meet_partly(self):
        """Some of it was given."""

    @transition("state", source=[State.OPEN, State.PARTLY_MET], target=State.MET)
    def meet(self):
        """All of it was given."""

    @transition("state", source=[State.OPEN, State.PARTLY_MET], target=State.CLOSED)
    def close(self):
        """It is no longer needed."""
