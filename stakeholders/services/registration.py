"""Register an organisation as a draft, mend it, submit it for verification."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kalibaru.core.access import may, require
from kalibaru.core.services import create_once, lock_unchanged, made_before
from kalibaru.media.models import Attachment, Photo
from kalibaru.media.services import keep_attachment, keep_photo
from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Subscription
from kalibaru.notifications.services import follow_by_itself
from kalibaru.places.models import Area
from stakeholders.extras import extra_fields
from stakeholders.models import Membership, Organisation, Verification
from stakeholders.models.organisation import PLATFORM_OF_KIND
from stakeholders.phones import e164
from stakeholders.policies import forget_roles
from stakeholders.services.common import moderator_ids, save_fields

COLUMNS = (
    "name",
    "acronym",
    "platform",
    "kind",
    "description",
    "website",
    "contact_name",
    "contact_email",
    "contact_phone",
)
# What the secretariat has checked: whoever is verified cannot turn into somebody else.
IDENTITY = ("name", "acronym", "platform", "kind")


@dataclass(frozen=True)
class Details:
    """What a person says about an organisation. Files are uploads not yet kept; `drop` are documents to take away."""

    name: str
    acronym: str = ""
    platform: str = ""
    kind: str = ""
    description: str = ""
    website: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    areas: Sequence[Area] = ()
    logo: File | None = None
    documents: Sequence[File] = ()
    drop: Sequence[Attachment] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)


def register_organisation(details: Details, *, actor: Any, key: UUID | None = None) -> tuple[Organisation, bool]:
    """Save an organisation as a draft whose owner is the actor; return it, and whether it was made now."""
    require(actor, "stakeholders.register_organisation")
    if existing := made_before(Organisation, key, actor):
        return existing, False
    logo, documents = _keep_files(details, actor)

    def create() -> Organisation:
        organisation = Organisation(
            slug=Organisation.objects.next_slug(details.name), submission_key=key, created_by=actor
        )
        _set_columns(organisation, details, logo)
        Membership.objects.create(
            organisation=organisation,
            user=actor,
            created_by=actor,
            role=Membership.Role.OWNER,
            state=Membership.State.ACTIVE,
        )
        forget_roles(actor)
        _set_links(organisation, details, documents, actor)
        publish("stakeholders.organisation_registered", organisation, actor=actor, audience="parties")
        follow_by_itself(organisation, [actor.pk], Subscription.Reason.MEMBER)
        return organisation

    organisation, made = create_once(Organisation, key, create, actor=actor)
    forget_roles(actor)
    return organisation, made


def edit_organisation(
    organisation: Organisation, details: Details, *, actor: Any, version: datetime | None = None
) -> Organisation:
    """Change what is said about an organisation. What was verified (name, platform, kind) only moderators change."""
    require(actor, "stakeholders.edit_organisation", organisation)
    logo, documents = _keep_files(details, actor)
    with transaction.atomic():
        lock_unchanged(organisation, version)
        require(actor, "stakeholders.edit_organisation", organisation)
        _guard_identity(organisation, details, actor)
        _set_columns(organisation, details, logo)
        _set_links(organisation, details, documents, actor)
        completes = _was_asked(organisation) and not actor.is_moderator
        publish(
            "stakeholders.organisation_completed" if completes else "stakeholders.organisation_edited",
            organisation,
            actor=actor,
            audience="parties",
            recipients=moderator_ids() if completes else (),
        )
    return organisation


def submit_organisation(organisation: Organisation, *, actor: Any) -> Organisation:
    """Ask the secretariat for verification. Raises ValidationError, by field, while something is missing."""
    require(actor, "stakeholders.edit_organisation", organisation)
    with transaction.atomic():
        lock_unchanged(organisation)
        if missing := missing_details(organisation):
            raise ValidationError(missing)
        organisation.submit()
        organisation.submitted_at = timezone.now()
        save_fields(organisation, ["state", "submitted_at"])
        publish(
            "stakeholders.organisation_submitted",
            organisation,
            actor=actor,
            audience="parties",
            recipients=moderator_ids(),
        )
    return organisation


def missing_details(organisation: Organisation) -> dict[str, str]:
    """Return what a draft still needs before it can be submitted, by field."""
    given = {name: getattr(organisation, name) for name in COLUMNS}
    return missing_in({**given, "areas": organisation.areas.exists()})


def missing_in(given: Mapping[str, Any]) -> dict[str, str]:
    """Return what is missing in answers to the form, or does not fit together, by field."""
    missing = {
        name: message
        for name, message in (
            ("platform", _("Pilih unsur organisasi Anda.")),
            ("kind", _("Pilih jenis organisasi Anda.")),
            ("description", _("Ceritakan apa yang dikerjakan organisasi ini.")),
            ("areas", _("Pilih paling sedikit satu wilayah kerja.")),
            ("contact_name", _("Tulis nama orang yang bisa dihubungi.")),
        )
        if not given.get(name)
    }
    platform = PLATFORM_OF_KIND.get(given.get("kind", ""))
    if platform and given.get("platform") and given["platform"] != platform:
        missing["kind"] = _("Jenis ini termasuk unsur “%(platform)s”. Sesuaikan salah satunya.") % {
            "platform": platform.label
        }
    if not (given.get("contact_email") or given.get("contact_phone")):
        missing["contact_email"] = _("Tulis surel atau nomor telepon narahubung.")
    return missing


def _keep_files(details: Details, actor: Any) -> tuple[Photo | None, list[Attachment]]:
    """Check and store the uploads, before the transaction."""
    logo = keep_photo(details.logo, actor=actor, alt=f"Logo {details.name}") if details.logo else None
    return logo, [keep_attachment(upload, actor=actor) for upload in details.documents]


def _set_columns(organisation: Organisation, details: Details, logo: Photo | None) -> None:
    for name in COLUMNS:
        setattr(organisation, name, getattr(details, name).strip())
    organisation.contact_phone = e164(details.contact_phone)
    if logo:
        organisation.logo = logo
    organisation.save()


def _set_links(organisation: Organisation, details: Details, documents: list[Attachment], actor: Any) -> None:
    """Write what stands in other tables; upper rooms guard theirs again, so the actor's roles must be there."""
    organisation.areas.set(details.areas)
    organisation.documents.remove(*details.drop)
    organisation.documents.add(*documents)
    for extra in extra_fields():
        if extra.key in details.extras:
            extra.save(organisation, details.extras[extra.key], actor)


def _guard_identity(organisation: Organisation, details: Details, actor: Any) -> None:
    if organisation.state != Organisation.State.VERIFIED or may(actor, "stakeholders.moderate_organisation"):
        return
    if any(getattr(organisation, name) != getattr(details, name).strip() for name in IDENTITY):
        raise PermissionDenied("stakeholders.change_identity")


def _was_asked(organisation: Organisation) -> bool:
    """Whether the secretariat's last word on a pending organisation was a question."""
    if organisation.state != Organisation.State.PENDING:
        return False
    last = organisation.verifications.order_by("-created_at").first()
    return last is not None and last.decision == Verification.Decision.ASKED
