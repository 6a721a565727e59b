"""Demonstration initiatives, with partners, work and news as of the day of seeding."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.text import slugify

from initiatives.models import Action, Initiative, Lesson, Partner, Target, Update
from initiatives.services.facets import refresh_facets
from issues.models import PriorityIssue
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Event
from kalibaru.places.models import Area
from kalibaru.portal.seed.demo_examples import EXAMPLES, Example
from kalibaru.portal.seed.ensure import ensure

Role, State = Partner.Role, Initiative.State


def seed_demo_initiatives(organisations, kalibaru: Area) -> list[Initiative]:
    """Make the demonstration initiatives that are not there yet; return the new ones."""
    issues = PriorityIssue.objects.in_bulk(field_name="slug")
    rw = {int(area.code[-2:]): area for area in kalibaru.children.filter(level=Area.Level.RW)}
    made = []
    for number, example in enumerate(EXAMPLES):
        initiative = _initiative(example, number, organisations, issues, rw, kalibaru)
        if initiative:
            _work(example, initiative, organisations)
            made.append(initiative)
    refresh_facets([initiative.pk for initiative in made])
    return made


def _initiative(example: Example, number: int, organisations, issues, rw, kalibaru) -> Initiative | None:
    today = timezone.localdate()
    title = f"Contoh: {example.title}"
    reasons = {State.PAUSED: "Menunggu suku cadang.", State.CANCELLED: "Tempat untuk mesin belum ada."}
    initiative, new = ensure(
        Initiative,
        {"slug": f"contoh-{slugify(example.title)}"},
        title=title,
        summary=example.summary,
        body=f"{example.summary}\n\nIni contoh peragaan: orang, angka, dan tanggalnya tidak nyata.",
        state=example.state,
        state_reason=reasons.get(example.state, ""),
        sdg_goals=list(example.goals),
        starts_on=today + timedelta(days=example.began),
        ends_on=today + timedelta(days=example.began + example.lasts),
        budget=example.budget,
        results="Target tercapai. Rinciannya ada pada tabel target." if example.state == State.COMPLETED else "",
        published_at=timezone.now() - timedelta(days=5 + 9 * number),
        is_demo=True,
    )
    if not new:
        return None
    initiative.issues.set([issues[slug] for slug in example.issues])
    initiative.areas.set([rw[n] for n in example.rw if n in rw] or [kalibaru])
    Partner.objects.create(initiative=initiative, organisation=organisations[example.lead], role=Role.LEAD)
    Partner.objects.bulk_create(
        Partner(initiative=initiative, organisation=organisations[name], role=role) for name, role in example.others
    )
    return initiative


def _work(example: Example, initiative: Initiative, organisations) -> None:
    """Give it milestones, a target, news and, when it is done, a lesson."""
    today, lead = timezone.localdate(), organisations[example.lead]
    name, unit, goal, reached = example.target
    Target.objects.create(initiative=initiative, name=name, unit=unit, goal=goal, reached=reached, baseline=Decimal(0))
    over = example.state in (State.COMPLETED, State.CANCELLED)
    for title, day, state in (
        ("Rembuk warga dan pembagian tugas", 20, Action.State.DONE),
        ("Pelatihan kelompok kerja", 110, Action.State.DONE if over else Action.State.OPEN),
        ("Pemeriksaan bersama dan laporan", 240, Action.State.DONE if over else Action.State.OPEN),
    ):
        due = today + timedelta(days=example.began + day)
        late = state == Action.State.DONE and due > today
        Action.objects.create(
            initiative=initiative,
            organisation=lead,
            title=title,
            due_on=due,
            state=Action.State.OPEN if late else state,
            done_at=_noon(due) if state == Action.State.DONE and not late else None,
        )
    if example.began < 0:
        _news(initiative, lead, example.began)
    if example.state == State.COMPLETED:
        Lesson.objects.create(initiative=initiative, kind=Lesson.Kind.WORKED, text="Jadwal tetap membuat warga ingat.")
        Lesson.objects.create(
            initiative=initiative, kind=Lesson.Kind.RISK, text="Tanpa tempat simpan, alat cepat rusak."
        )


def _news(initiative: Initiative, lead, began: int) -> None:
    today = timezone.localdate()
    for title, body, day in (
        (
            "Rembuk warga selesai",
            "Warga dan mitra menyepakati tugas dan jadwal. Notulen ditempel di pos RW.",
            began + 22,
        ),
        (
            "Pekerjaan minggu ini",
            "Separuh alat sudah sampai. Minggu depan kami mulai dari gang paling dalam.",
            began + 70,
        ),
    ):
        if day > -1:
            continue
        at = _noon(today + timedelta(days=day))
        update = Update.objects.create(
            initiative=initiative, organisation=lead, title=title, body=body, published_at=at, is_demo=True
        )
        Event.objects.create(
            kind="initiatives.update_published",
            subject_type="initiative",
            subject_id=initiative.pk,
            topics=[topic_of(initiative)],
            payload={"title": update.title, "body": update.body, "organisation": lead.name},
            at=at,
            dispatched_at=at,
        )


def _noon(day) -> datetime:
    return datetime.combine(day, time(5), tzinfo=UTC)
