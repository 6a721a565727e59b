"""The work of an initiative: milestones, targets, updates, lessons."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from initiatives.models.initiative import Initiative
from kalibaru.core.models import OnceRow, Row
from stakeholders.models import Organisation


@pghistory.track()
class Action(ConcurrentTransitionMixin, OnceRow):
    """A milestone: what is to be done, by whom, by when. Overdue is derived, never stored."""

    class State(models.TextChoices):
        """Life of a milestone."""

        OPEN = "open", _("Belum selesai")
        DONE = "done", _("Selesai")
        DROPPED = "dropped", _("Tidak jadi")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="actions", verbose_name=_("inisiatif")
    )
    title = models.CharField(_("yang dilakukan"), max_length=200)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("penanggung jawab"),
    )
    due_on = models.DateField(_("paling lambat"), null=True, blank=True)
    state = FSMField(_("keadaan"), max_length=8, choices=State, default=State.OPEN)
    done_at = models.DateTimeField(_("selesai pada"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("tonggak")
        verbose_name_plural = _("tonggak")
        ordering = [models.F("due_on").asc(nulls_last=True), "created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < timezone.localdate()

    @transition("state", source=State.OPEN, target=State.DONE)
    def finish(self):
        """It was done."""

    @transition("state", source=State.OPEN, target=State.DROPPED)
    def drop(self):
        """It will not be done."""


@pghistory.track()
class Target(Row):
    """What the initiative wants to reach, in figures."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="targets", verbose_name=_("inisiatif")
    )
    name = models.CharField(_("target"), max_length=200)
    unit = models.CharField(_("satuan"), max_length=40)
    baseline = models.DecimalField(_("data dasar"), max_digits=16, decimal_places=2, null=True, blank=True)
    goal = models.DecimalField(_("sasaran"), max_digits=16, decimal_places=2)
    reached = models.DecimalField(_("tercapai"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("target")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Update(OnceRow):
    """News from an initiative, with photos."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="updates", verbose_name=_("inisiatif")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("penulis")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("organisasi")
    )
    title = models.CharField(_("judul"), max_length=160)
    body = models.TextField(_("kabar"), max_length=6000)
    photos = models.ManyToManyField("media.Photo", blank=True, related_name="+", verbose_name=_("foto"))
    published_at = models.DateTimeField(_("terbit pada"), default=timezone.now)
    is_demo = models.BooleanField(_("contoh peragaan"), default=False)

    class Meta:
        verbose_name = _("kabar")
        verbose_name_plural = _("kabar")
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Lesson(OnceRow):
    """What was learnt, so that the next one need not learn it again."""

    class Kind(models.TextChoices):
        """What sort of lesson."""

        WORKED = "worked", _("Berhasil")
        FAILED = "failed", _("Tidak berhasil")
        RISK = "risk", _("Risiko")
        MITIGATION = "mitigation", _("Mitigasi")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="lessons", verbose_name=_("inisiatif")
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    text = models.TextField(_("pelajaran"), max_length=2000)

    class Meta:
        verbose_name = _("pelajaran")
        verbose_name_plural = _("pelajaran")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.text[:80]
