"""An initiative from its birth to its end."""

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from initiatives.models import (
    CoSponsor,
    Initiative,
    Lesson,
    Partner,
    Proposal,
    Target,
)
from initiatives.models.initiative import REASON_MAX
from initiatives.services.facets import refresh_facets
from initiatives.services.telling import owners_of, tell
from kalibaru.core.access import require
from kalibaru.core.services import create_once, lock_unchanged, required_text
from stakeholders.models import Organisation

State = Initiative.State
OPEN = (State.PLANNED, State.ACTIVE, State.PAUSED)
# Words that are pages of their own under the same address.
_RESERVED_SLUGS = {"new"}
_LINKS = ("issues", "areas")


def create_initiative(
    *,
    actor: Any,
    lead: Organisation,
    key: UUID | None = None,
    **fields: Any,
) -> Initiative:
    """Create an unpublished initiative led by a verified organisation. A repeated `key` returns the first one."""
    require(actor, "initiatives.create_initiative")
    require_verified(lead)

    def create() -> Initiative:
        initiative = _new_initiative(actor, lead, submission_key=key, **fields)
        tell("initiative_created", initiative, actor=actor, public=False)
        return initiative

    return create_once(Initiative, key, create, actor=actor)[0]


def create_from_proposal(proposal: Proposal, *, actor: Any) -> Initiative:
    """Create the initiative that an accepted proposal becomes, with all that was agreed carried over.

    Called by `reviews.accept` inside its transaction, which also publishes the one event about it.
    A second call returns the first one's initiative.
    """
    if existing := Initiative.objects.filter(from_proposal=proposal).first():
        return existing
    issue = proposal.issue
    initiative = _new_initiative(
        actor,
        proposal.organisation,
        title=proposal.title,
        summary=proposal.summary,
        body=proposal.approach,
        from_proposal=proposal,
        issues=[issue] if issue else [],
        areas=list(proposal.areas.all()),
        sdg_goals=list(issue.sdg_goals) if issue else [],
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        budget=proposal.budget,
        is_demo=proposal.is_demo,
        source_title=proposal.source_title,
        source_url=proposal.source_url,
    )
    _carry_over_partners(proposal, initiative, actor)
    _carry_over_results(proposal, initiative, actor)
    refresh_facets([initiative.pk])
    initiative.refresh_from_db()
    return initiative


def _carry_over_partners(proposal: Proposal, initiative: Initiative, actor: Any) -> None:
    agreed = proposal.co_sponsors.filter(
        state=CoSponsor.State.ACCEPTED, organisation__state=Organisation.State.VERIFIED
    ).exclude(organisation=proposal.organisation_id)
    Partner.objects.bulk_create(
        Partner(initiative=initiative, organisation_id=pk, role=Partner.Role.IMPLEMENTING, created_by=actor)
        for pk in agreed.values_list("organisation_id", flat=True)
    )


def _carry_over_results(proposal: Proposal, initiative: Initiative, actor: Any) -> None:
    for result in proposal.expected_results.all():
        # Only a draft may lack the figure: submitting demands it.
        goal = cast(Decimal, result.goal)
        Target.objects.create(initiative=initiative, name=result.name, unit=result.unit, goal=goal, created_by=actor)


def edit_initiative(
    initiative: Initiative,
    *,
    actor: Any,
    version: datetime | None = None,
    **fields: Any,
) -> Initiative:
    """Change its description. `version` is what the form showed; somebody else's change since then is a Conflict."""
    require(actor, "initiatives.edit_initiative", initiative)
    links = {name: fields.pop(name) for name in _LINKS if name in fields}
    with transaction.atomic():
        lock_unchanged(initiative, version)
        require_open(initiative, unless_moderator=actor)
        for name, value in fields.items():
            setattr(initiative, name, value)
        initiative.save(update_fields=[*fields, "updated_at"])
        for name, rows in links.items():
            getattr(initiative, name).set(rows)
        refresh_facets([initiative.pk])
        tell("initiative_edited", initiative, actor=actor, public=False)
    initiative.refresh_from_db()
    return initiative


def publish_initiative(initiative: Initiative, *, actor: Any) -> Initiative:
    """Make it public; followers of its problems, areas and partners are told."""
    require(actor, "initiatives.publish_initiative", initiative)
    with transaction.atomic():
        lock_unchanged(initiative)
        if initiative.published_at or initiative.state == State.CANCELLED:
            raise TransitionNotAllowed("publish")
        if not initiative.partners.filter(role=Partner.Role.LEAD).exists():
            raise ValidationError(_("Pilih dulu organisasi yang memimpin."))
        initiative.published_at = timezone.now()
        initiative.save(update_fields=["published_at", "updated_at"])
        tell(
            "initiative_published",
            initiative,
            actor=actor,
            recipients=owners_of(*initiative.partners.values_list("organisation_id", flat=True)),
            summary=initiative.summary,
        )
    return initiative


def start_initiative(initiative: Initiative, *, actor: Any) -> Initiative:
    """Work begins."""
    return _move(initiative, "start", "initiative_started", actor)


def pause_initiative(initiative: Initiative, *, actor: Any, reason: str) -> Initiative:
    """Work rests; everybody may read why."""
    return _move(initiative, "pause", "initiative_paused", actor, reason=_told(reason))


def resume_initiative(initiative: Initiative, *, actor: Any) -> Initiative:
    """Work goes on."""
    return _move(initiative, "resume", "initiative_resumed", actor)


def cancel_initiative(initiative: Initiative, *, actor: Any, reason: str) -> Initiative:
    """It will not be done; everybody may read why."""
    return _move(initiative, "cancel", "initiative_cancelled", actor, reason=_told(reason))


def complete_initiative(
    initiative: Initiative,
    *,
    actor: Any,
    results: str,
    lesson: str = "",
    lesson_kind: str = Lesson.Kind.WORKED,
) -> Initiative:
    """Work is done. Asks for results and for at least one lesson, a new one or one told before."""
    require(actor, "initiatives.edit_initiative", initiative)
    if not results.strip():
        raise ValidationError({"results": _("Tuliskan hasilnya.")})
    with transaction.atomic():
        # Before the lesson: its key alone would let two of these wait for each other.
        lock_unchanged(initiative)
        if lesson.strip():
            Lesson.objects.create(
                initiative=initiative,
                kind=lesson_kind,
                text=lesson.strip(),
                created_by=actor,
            )
        elif not initiative.lessons.exists():
            raise ValidationError({"lesson": _("Tuliskan paling sedikit satu pelajaran.")})
        return _move(
            initiative,
            "complete",
            "initiative_completed",
            actor,
            results=results.strip(),
        )


def require_open(initiative: Initiative, *, unless_moderator: Any = None) -> None:
    """Raise TransitionNotAllowed once it is completed or cancelled; moderators may still correct the text."""
    if initiative.state not in OPEN and not getattr(unless_moderator, "is_moderator", False):
        raise TransitionNotAllowed("closed")


def lock_open(initiative: Initiative) -> None:
    """Lock it until the transaction ends, and raise TransitionNotAllowed if it is closed by now.

    A deed on a row below it locks the initiative first and its own row afterwards, so that no two wait for each other.
    """
    lock_unchanged(initiative)
    require_open(initiative)


def require_verified(organisation: Organisation) -> None:
    """Raise ValidationError unless the organisation is verified: a suspended one can take no part."""
    if organisation.state != Organisation.State.VERIFIED:
        raise ValidationError(_("Hanya organisasi yang terverifikasi yang bisa menjadi mitra."))


def unique_slug(title: str) -> str:
    """Return a free address for a title. Holds a lock until the transaction ends, so two at once differ."""
    base = slugify(title)[:80].strip("-") or "inisiatif"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"slug:{base}"])
    if base in _RESERVED_SLUGS or Initiative.objects.filter(slug=base).exists():
        return f"{base}-{secrets.token_hex(3)}"
    return base


def _new_initiative(actor: Any, lead: Organisation, **fields: Any) -> Initiative:
    links = {name: fields.pop(name, []) for name in _LINKS}
    initiative = Initiative.objects.create(slug=unique_slug(fields["title"]), created_by=actor, **fields)
    for name, rows in links.items():
        getattr(initiative, name).set(rows)
    Partner.objects.create(
        initiative=initiative,
        organisation=lead,
        role=Partner.Role.LEAD,
        created_by=actor,
    )
    refresh_facets([initiative.pk])
    initiative.refresh_from_db()
    return initiative


def _told(reason: str) -> str:
    return required_text(reason, "reason", _("Tuliskan alasannya."), REASON_MAX)


def _move(initiative: Initiative, transition: str, deed: str, actor: Any, **told: Any) -> Initiative:
    """Run a transition; `told` is its reason or its results, kept on the row and told to followers."""
    require(actor, "initiatives.edit_initiative", initiative)
    with transaction.atomic():
        lock_unchanged(initiative)
        getattr(initiative, transition)()
        initiative.state_reason = told.get("reason", "")
        if "results" in told:
            initiative.results = told["results"]
        initiative.save(update_fields=["state", "state_reason", "results", "updated_at"])
        tell(deed, initiative, actor=actor, **told)
    return initiative
