"""The organisation, its states, and the addresses it had."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from kalibaru.core.models import Flagged, OnceRow, search_column
from stakeholders.models.likeness import alike, alike_to_each

# Words of the addresses of this room; an organisation never gets one.
RESERVED_SLUGS = frozenset({"register", "lookalikes", "memberships", "list"})


class Platform(models.TextChoices):
    """The four SDG participation platforms of Indonesian practice."""

    GOVERNMENT = "government", _("Pemerintah dan parlemen")
    BUSINESS = "business", _("Filantropi dan pelaku usaha")
    CIVIL = "civil", _("Ormas dan media")
    ACADEMIA = "academia", _("Akademisi dan pakar")


# Rights follow the platform, so a kind that belongs to one alone must not stand under another.
PLATFORM_OF_KIND = {
    "agency": Platform.GOVERNMENT,
    "ward": Platform.GOVERNMENT,
    "company": Platform.BUSINESS,
    "small_firm": Platform.BUSINESS,
    "ngo": Platform.CIVIL,
    "community": Platform.CIVIL,
    "media": Platform.CIVIL,
    "university": Platform.ACADEMIA,
}


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about organisations."""

    def listed(self) -> "OrganisationQuerySet":
        """Return those that anybody may see: verified and not merged away."""
        return self.filter(state=Organisation.State.VERIFIED)

    def visible_to(self, user) -> "OrganisationQuerySet":
        """Return those listed, one's own (or whose invitation one has) in any state, and all for moderators.

        What was merged away is nowhere.
        """
        there = self.exclude(state=Organisation.State.MERGED)
        if getattr(user, "is_moderator", False):
            return there
        if not user.is_authenticated:
            return self.listed()
        mine = there.filter(memberships__user=user, memberships__state__in=["active", "invited"])
        return there.filter(Q(state=Organisation.State.VERIFIED) | Q(pk__in=mine.values("pk")))

    def of(self, user, *roles: str) -> "OrganisationQuerySet":
        """Return the organisations in which the person is active, with one of `roles` if given."""
        return self.filter(pk__in=_joined(user, *roles).values("pk"))

    def acting(self, user) -> "OrganisationQuerySet":
        """Return the listed ones in whose name the person may write."""
        return self.listed().of(user, "owner", "editor")

    def awaiting_verification(self) -> "OrganisationQuerySet":
        """Return the verification queue, oldest first."""
        return self.filter(state=Organisation.State.PENDING).order_by("submitted_at", "id")

    def possible_duplicates(self, name: str, acronym: str = "") -> "OrganisationQuerySet":
        """Return those that may be the same, most alike first; what was merged away is left out."""
        return alike(self.exclude(state=Organisation.State.MERGED), name, acronym)

    def with_possible_duplicates(self) -> "list[Organisation]":
        """Return the rows as a list, each with `.possible_duplicates`: one query more, however many rows."""
        rows = list(self)
        found = alike_to_each(rows)
        for row in rows:
            row.possible_duplicates = found[row.pk]
        return rows

    def next_slug(self, name: str) -> str:
        """Return a free address for a name. Holds a lock until the transaction ends, so that two never get the same."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('stakeholders.slug'))")
        base = slugify(name)[:70].strip("-") or "organisasi"
        taken = {
            *RESERVED_SLUGS,
            *self.filter(slug__startswith=base).values_list("slug", flat=True),
            *FormerSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True),
        }
        return next(
            slug for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken
        )


def _joined(user, *roles: str) -> models.QuerySet:
    one = {"memberships__user": user, "memberships__state": "active"}
    return Organisation.objects.filter(**one, **({"memberships__role__in": roles} if roles else {}))


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
    slug = models.SlugField(max_length=80, unique=True, verbose_name=_("alamat singkat"))
    platform = models.CharField(_("unsur"), max_length=12, choices=Platform)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind)
    description = models.TextField(_("tentang"), max_length=4000, blank=True)
    logo = models.ForeignKey(
        "media.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
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
    documents = models.ManyToManyField("media.Attachment", blank=True, related_name="+", verbose_name=_("dokumen"))
    state = FSMField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT, protected=False)
    submitted_at = models.DateTimeField(_("diajukan pada"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("digabung ke dalam"),
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
            GinIndex(OpClass("name", name="gin_trgm_ops"), name="organisation_name_trgm"),
            models.Index(Upper("acronym"), name="organisation_acronym", condition=~Q(acronym="")),
            models.Index(fields=["state", "name", "id"], name="organisation_listing"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def other_name(self) -> str:
        """Return the acronym, or nothing where the name says it already."""
        return "" if self.acronym.casefold() in self.name.casefold() else self.acronym

    def get_absolute_url(self) -> str:
        """Public page."""
        return reverse("stakeholders:detail", args=[self.slug])

    @transition("state", source=[State.DRAFT, State.REJECTED], target=State.PENDING)
    def submit(self):
        """Ask the secretariat for verification."""

    @transition("state", source=State.PENDING, target=State.VERIFIED)
    def verify(self):
        """Accept it."""

    @transition("state", source=State.SUSPENDED, target=State.VERIFIED)
    def restore(self):
        """Lift its suspension."""

    @transition("state", source=State.PENDING, target=State.REJECTED)
    def reject(self):
        """Refuse it; it may be submitted anew."""

    @transition("state", source=State.PENDING, target=State.PENDING)
    def ask(self):
        """Ask for what is missing."""

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

    slug = models.SlugField(max_length=80, primary_key=True, verbose_name=_("alamat singkat lama"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_slugs", verbose_name=_("organisasi")
    )

    class Meta:
        verbose_name = _("alamat lama")
        verbose_name_plural = _("alamat lama")

    def __str__(self) -> str:
        return self.slug
