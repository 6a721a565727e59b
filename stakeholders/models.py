"""Organisations, their people, and the history of their verification."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.models import Flagged, OnceRow, Row, search_column


class Platform(models.TextChoices):
    """The four SDG participation platforms of Indonesian practice."""

    GOVERNMENT = "government", _("Pemerintah dan parlemen")
    BUSINESS = "business", _("Filantropi dan pelaku usaha")
    CIVIL = "civil", _("Ormas dan media")
    ACADEMIA = "academia", _("Akademisi dan pakar")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about organisations."""

    def listed(self) -> "OrganisationQuerySet":
        """Return those that anybody may see: verified and not merged away."""
        return self.filter(state=Organisation.State.VERIFIED)

    def visible_to(self, user) -> "OrganisationQuerySet":
        """Return those listed, one's own in any state, and all for moderators."""
        if getattr(user, "is_moderator", False):
            return self.all()
        if not user.is_authenticated:
            return self.listed()
        mine = Membership.objects.filter(
            user=user, state=Membership.State.ACTIVE
        ).values("organisation")
        return self.filter(Q(state=Organisation.State.VERIFIED) | Q(pk__in=mine))

    def of(self, user, *roles: str) -> "OrganisationQuerySet":
        """Return the organisations in which the person is active, with one of `roles` if given."""
        members = Membership.objects.filter(user=user, state=Membership.State.ACTIVE)
        return self.filter(
            pk__in=(members.filter(role__in=roles) if roles else members).values(
                "organisation"
            )
        )

    def awaiting_verification(self) -> "OrganisationQuerySet":
        """Return the verification queue, oldest first."""
        return self.filter(state=Organisation.State.PENDING).order_by(
            "submitted_at", "id"
        )


@pghistory.track(exclude=["search"])
class Organisation(ConcurrentTransitionMixin, Flagged, OnceRow):
    """A partner. Contact data is private: only its own members and moderators see it."""

    class Kind(models.TextChoices):
        """What sort of body it is, within its platform."""

        AGENCY = "agency", _("Perangkat daerah atau kementerian")
        WARD = "ward", _("Kelurahan atau kecamatan")
        STATE_FIRM = "state_firm", _("BUMN atau BUMD")
        COMPANY = "company", _("Perusahaan")
        SMALL_FIRM = "small_firm", _("UMKM atau koperasi")
        FOUNDATION = "foundation", _("Lembaga filantropi")
        NGO = "ngo", _("LSM, yayasan, atau ormas")
        COMMUNITY = "community", _("Komunitas warga")
        MEDIA = "media", _("Media")
        UNIVERSITY = "university", _("Perguruan tinggi atau lembaga riset")
        NETWORK = "network", _("Jaringan atau lembaga internasional")
        OTHER = "other", _("Lainnya")

    class State(models.TextChoices):
        """Life of an organisation in the portal."""

        DRAFT = "draft", _("Rancangan")
        PENDING = "pending", _("Menunggu verifikasi")
        VERIFIED = "verified", _("Terverifikasi")
        REJECTED = "rejected", _("Ditolak")
        SUSPENDED = "suspended", _("Ditangguhkan")
        MERGED = "merged", _("Digabung")

    name = models.CharField(_("nama"), max_length=160)
    acronym = models.CharField(_("singkatan"), max_length=30, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    platform = models.CharField(_("unsur"), max_length=12, choices=Platform)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    description = models.TextField(_("tentang"), max_length=4000, blank=True)
    logo = models.ForeignKey(
        "media.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    website = models.URLField(_("situs web"), blank=True)
    contact_name = models.CharField(_("narahubung"), max_length=80, blank=True)
    contact_email = models.EmailField(_("surel narahubung"), blank=True)
    contact_phone = models.CharField(_("telepon narahubung"), max_length=20, blank=True)
    areas = models.ManyToManyField(
        "places.Area",
        blank=True,
        related_name="organisations",
        verbose_name=_("wilayah kerja"),
    )
    documents = models.ManyToManyField(
        "media.Attachment", blank=True, related_name="+", verbose_name=_("dokumen")
    )
    state = FSMField(
        _("keadaan"), max_length=10, choices=State, default=State.DRAFT, protected=False
    )
    submitted_at = models.DateTimeField(
        _("diajukan pada"), null=True, blank=True, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    search = search_column("name", "acronym", "description")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisasi")
        verbose_name_plural = _("organisasi")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="merged_names_its_heir",
            )
        ]
        indexes = [
            GinIndex(fields=["search"], name="organisation_search"),
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                name="organisation_upper_name",
            ),
            GinIndex(
                OpClass("name", name="gin_trgm_ops"), name="organisation_name_trgm"
            ),
            models.Index(fields=["state", "name", "id"], name="organisation_listing"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Public page."""
        return reverse("stakeholders:detail", args=[self.slug])

    @transition("state", source=[State.DRAFT, State.REJECTED], target=State.PENDING)
    def submit(self):
        """Ask the secretariat for verification."""

    @transition("state", source=[State.PENDING, State.SUSPENDED], target=State.VERIFIED)
    def verify(self):
        """Accept it, or lift its suspension."""

    @transition("state", source=State.PENDING, target=State.REJECTED)
    def reject(self):
        """Refuse it; it may be submitted anew."""

    @transition("state", source=State.VERIFIED, target=State.SUSPENDED)
    def suspend(self):
        """Take its rights away for the time being."""

    @transition(
        "state",
        source=[
            State.PENDING,
            State.VERIFIED,
            State.SUSPENDED,
            State.REJECTED,
            State.DRAFT,
        ],
        target=State.MERGED,
    )
    def merge(self):
        """It is the same as another, which takes its links."""


class FormerSlug(models.Model):
    """An address that an organisation had; it redirects for ever."""

    slug = models.SlugField(max_length=80, primary_key=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        verbose_name = _("alamat lama")
        verbose_name_plural = _("alamat lama")

    def __str__(self) -> str:
        return self.slug


@pghistory.track()
class Membership(Row):
    """A person in an organisation. An invitation to an e-mail without account has no user yet."""

    class Role(models.TextChoices):
        """What the person may do for the organisation."""

        OWNER = "owner", _("Pengelola")
        EDITOR = "editor", _("Penyunting")
        VIEWER = "viewer", _("Pembaca")

    class State(models.TextChoices):
        """Life of a membership."""

        INVITED = "invited", _("Diundang")
        REQUESTED = "requested", _("Meminta bergabung")
        ACTIVE = "active", _("Aktif")
        DECLINED = "declined", _("Ditolak")
        LEFT = "left", _("Keluar")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
    )
    email = models.EmailField(_("surel undangan"), blank=True)
    role = models.CharField(_("peran"), max_length=8, choices=Role, default=Role.EDITOR)
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.INVITED)

    class Meta:
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="member_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                name="invited_once",
                condition=Q(user__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(email=""),
                name="member_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_role_display()}"

    @transition("state", source=[State.INVITED, State.REQUESTED], target=State.ACTIVE)
    def accept(self):
        """Become a member."""

    @transition("state", source=[State.INVITED, State.REQUESTED], target=State.DECLINED)
    def decline(self):
        """Refuse the invitation or the request."""

    @transition("state", source=State.ACTIVE, target=State.LEFT)
    def leave(self):
        """Leave, or be removed."""

    @transition("state", source=[State.DECLINED, State.LEFT], target=State.INVITED)
    def invite_again(self):
        """Ask once more."""


class Verification(Row):
    """One decision of the secretariat about an organisation: history, never overwritten."""

    class Decision(models.TextChoices):
        """What was decided."""

        VERIFIED = "verified", _("Diverifikasi")
        REJECTED = "rejected", _("Ditolak")
        ASKED = "asked", _("Diminta melengkapi")
        SUSPENDED = "suspended", _("Ditangguhkan")
        RESTORED = "restored", _("Dipulihkan")
        MERGED = "merged", _("Digabung")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="verifications"
    )
    decision = models.CharField(_("keputusan"), max_length=10, choices=Decision)
    reason = models.TextField(_("alasan"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("verifikasi")
        verbose_name_plural = _("verifikasi")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_decision_display()}"
