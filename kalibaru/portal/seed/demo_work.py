"""Demonstration work: needs, programmes, proposals in every state, comments and follows.

Written through the services that people use, so timelines, inboxes and mails show what they would show.
"""

from datetime import timedelta
from decimal import Decimal

from django.http import QueryDict
from django.utils import timezone

from initiatives.models import Initiative, Programme, Proposal
from initiatives.services.co_sponsors import accept_co_sponsorship, invite_co_sponsor
from initiatives.services.drafts import Content, ResultLine, create_draft
from initiatives.services.programmes import ProgrammeEntry, YearEntry, add_note, log_programme, publish_programme
from initiatives.services.proposals import submit_proposal
from initiatives.services.reviews import accept, ask_clarification, decline, take_under_review
from initiatives.services.updates import publish_update
from issues.models import Need, PriorityIssue
from issues.services import NeedEntry, add_need
from kalibaru.core.subjects import topic_of
from kalibaru.discussions.services import add_comment
from kalibaru.notifications.models import Category, Frequency
from kalibaru.notifications.searches import read_criteria, savable
from kalibaru.notifications.services.following import follow
from kalibaru.notifications.services.preferences import Hours, choose, set_hours
from kalibaru.notifications.services.searches import save_search
from kalibaru.places.models import Area
from kalibaru.portal.seed.demo_examples import BANK, LSM, SUDIN
from kalibaru.portal.seed.demo_people import POVERTY, WASTE, WATER

Kind = Need.Kind

# (problem, RW, kind, title, quantity, unit, due in days)
NEEDS = [
    (WASTE, 1, Kind.EQUIPMENT, "Contoh: gerobak angkut untuk gang", 4, "gerobak", 45),
    (WASTE, 3, Kind.VOLUNTEERS, "Contoh: relawan timbang bank sampah", 12, "orang", 14),
    (WASTE, 5, Kind.VENUE, "Contoh: tempat simpan karung cangkang", 1, "tempat", 60),
    (WATER, 4, Kind.EXPERTISE, "Contoh: ahli pipa untuk hidran umum", 2, "orang", 30),
    (WATER, 11, Kind.DATA, "Contoh: data kadar garam sumur", None, "", 90),
    (POVERTY, 13, Kind.FUNDING, "Contoh: modal bergulir perajin cangkang", 25_000_000, "rupiah", 75),
    (POVERTY, 2, Kind.EXPERTISE, "Contoh: pelatih pembukuan usaha kecil", 3, "orang", 21),
]

# (programme, activity, sub-activity, output, unit, problem, RW, goals, target, realisation, budget, spent)
PROGRAMMES = [
    (
        "Pengelolaan persampahan",
        "Penanganan sampah pesisir",
        "Pengangkutan sampah gang sempit",
        "Sampah terangkut",
        "ton",
        WASTE,
        8,
        [11, 12],
        420,
        275,
        850_000_000,
        510_000_000,
    ),
    (
        "Pengelolaan persampahan",
        "Pembinaan bank sampah",
        "Pelatihan pengurus bank sampah",
        "Pengurus terlatih",
        "orang",
        WASTE,
        3,
        [12],
        60,
        60,
        120_000_000,
        118_500_000,
    ),
    (
        "Penyediaan air minum",
        "Perluasan hidran umum",
        "Pemasangan hidran umum",
        "Hidran terpasang",
        "unit",
        WATER,
        4,
        [6],
        8,
        3,
        640_000_000,
        210_000_000,
    ),
    (
        "Pemberdayaan usaha kecil",
        "Pelatihan perajin pesisir",
        "",
        "Perajin terlatih",
        "orang",
        POVERTY,
        13,
        [1, 8],
        80,
        None,
        150_000_000,
        None,
    ),
]

DRAFT, SUBMITTED, ASKED, ACCEPTED, DECLINED = "draft", "submitted", "asked", "accepted", "declined"

# (title, summary, problem, RW, how far, expected result)
PROPOSALS = [
    (
        "Contoh: rumah kompos RW 06",
        "Sampah dapur dua RW menjadi kompos.",
        WASTE,
        6,
        DRAFT,
        ("Kompos", "kg per bulan", 500),
    ),
    (
        "Contoh: bata cangkang untuk jalan gang",
        "Bata dari cangkang kerang untuk jalan gang.",
        WASTE,
        1,
        SUBMITTED,
        ("Bata", "buah", 8000),
    ),
    (
        "Contoh: kran umum di tempat pelelangan",
        "Air bersih untuk pengupas kerang.",
        WATER,
        2,
        ASKED,
        ("Kran", "titik", 6),
    ),
    (
        "Contoh: kebun atap warga",
        "Kebun sayur di atap untuk gizi keluarga.",
        POVERTY,
        9,
        DECLINED,
        ("Kebun", "rumah", 40),
    ),
    (
        "Contoh: koperasi perajin cangkang",
        "Perajin menjual bersama lewat satu koperasi.",
        POVERTY,
        1,
        ACCEPTED,
        ("Anggota koperasi", "orang", 50),
    ),
]


def seed_demo_work(people, organisations, initiatives: list[Initiative], kalibaru: Area) -> None:
    """Make what is missing."""
    issues = PriorityIssue.objects.in_bulk(field_name="slug")
    rw = {int(area.code[-2:]): area for area in kalibaru.children.filter(level=Area.Level.RW)}
    _needs(people["maya"], issues, rw)
    _programmes(people["dewi"], organisations[SUDIN], issues, rw)
    _proposals(people, organisations, issues, rw)
    if initiatives:
        _talk(people, issues, kalibaru, initiatives)


def _needs(moderator, issues, rw) -> None:
    for slug, number, kind, title, quantity, unit, days in NEEDS:
        if Need.objects.filter(title=title).exists():
            continue
        entry = NeedEntry(
            kind=kind,
            title=title,
            area=rw[number],
            quantity=Decimal(quantity) if quantity else None,
            unit=unit,
            by_when=timezone.localdate() + timedelta(days=days),
        )
        need, _new = add_need(issues[slug], entry, actor=moderator)
        Need.objects.filter(pk=need.pk).update(is_demo=True)


def _programmes(officer, agency, issues, rw) -> None:
    year = timezone.localdate().year
    for name, activity, sub, output, unit, slug, number, goals, target, reached, budget, spent in PROGRAMMES:
        if Programme.objects.filter(organisation=agency, activity_name=f"Contoh: {activity.lower()}").exists():
            continue
        entry = ProgrammeEntry(
            plain={
                "programme_name": f"Contoh: {name.lower()}",
                "activity_name": f"Contoh: {activity.lower()}",
                "sub_activity_name": sub and f"Contoh: {sub.lower()}",
                "output": output,
                "unit": unit,
                "funding_source": Programme.FundingSource.APBD,
                "sdg_goals": goals,
            },
            issues=[issues[slug]],
            areas=[rw[number]],
            years=[
                YearEntry(year - 1, Decimal(target), Decimal(target), Decimal(budget), Decimal(budget)),
                YearEntry(
                    year,
                    Decimal(target),
                    Decimal(reached) if reached is not None else None,
                    Decimal(budget),
                    Decimal(spent) if spent is not None else None,
                ),
            ],
        )
        programme, _new = log_programme(agency, entry, actor=officer)
        publish_programme(programme, actor=officer)
        programme.refresh_from_db()
        if reached:
            day = timezone.localdate() - timedelta(days=12)
            add_note(programme, on=day, note="Contoh: pekerjaan berjalan sesuai jadwal.", actor=officer)


def _proposals(people, organisations, issues, rw) -> None:
    proposer, moderator = people["yusuf"], people["maya"]
    for title, summary, slug, number, how_far, (name, unit, goal) in PROPOSALS:
        if Proposal.objects.filter(title=title).exists():
            continue
        content = Content(
            title=title,
            issue=issues[slug],
            areas=[rw[number]],
            summary=summary,
            approach=f"{summary}\n\nWarga, mitra, dan kelurahan berbagi tugas. Ini contoh peragaan.",
            asks="Tempat kerja dan pelatih.",
            budget=Decimal(45_000_000),
            starts_on=timezone.localdate() + timedelta(days=30),
            ends_on=timezone.localdate() + timedelta(days=240),
            results=[ResultLine(name, unit, Decimal(goal))],
        )
        proposal, _new = create_draft(organisations[LSM], content, actor=proposer)
        Proposal.objects.filter(pk=proposal.pk).update(is_demo=True)
        _carry(Proposal.objects.get(pk=proposal.pk), how_far, people, organisations[BANK], moderator)


def _carry(proposal: Proposal, how_far: str, people, partner, moderator) -> None:
    """Take a proposal as far as the example goes."""
    if how_far in (DECLINED, ACCEPTED):
        sponsor = invite_co_sponsor(proposal, partner, actor=people["yusuf"])
        accept_co_sponsorship(sponsor, actor=people["sari"])
    if how_far != DRAFT:
        submit_proposal(proposal, actor=people["yusuf"])
    if how_far in (ASKED, DECLINED, ACCEPTED):
        take_under_review(proposal, actor=moderator)
    if how_far == ASKED:
        ask_clarification(proposal, "Siapa yang membayar rekening air setiap bulan?", actor=moderator)
    elif how_far == DECLINED:
        decline(
            proposal, "Atap rumah di RW ini belum kuat. Silakan usulkan kebun di halaman posyandu.", actor=moderator
        )
    elif how_far == ACCEPTED:
        accept(proposal, actor=moderator, reason="Sejalan dengan masalah prioritas.")


def _wish(people) -> None:
    """Show what can be set: a followed search, a daily digest after work, quiet nights."""
    query = QueryDict("q=air&area=31.72.04.1004")
    if listing := savable("initiative"):
        save_search(read_criteria(listing, query), user=people["rina"])
    choose(people["dewi"], {Category.FOLLOWED: Frequency.DAILY})
    set_hours(people["dewi"], Hours(digest_hour=17, quiet_from=21, quiet_until=6))


def _talk(people, issues, kalibaru, initiatives: list[Initiative]) -> None:
    rina = people["rina"]
    for topic in (*(topic_of(row) for row in (issues[WASTE], kalibaru, initiatives[0])), "goal:12"):
        follow(topic, user=rina)
    _wish(people)
    publish_update(
        initiatives[0],
        actor=people["yusuf"],
        title="Contoh: gang pertama selesai",
        body="Paving cangkang di gang pertama sudah terpasang. Terima kasih untuk semua yang ikut.",
    )
    add_comment(initiatives[0], body="Paving di gang kami sudah rata. Kapan giliran gang sebelah?", actor=rina)
    add_comment(initiatives[0], body="Terima kasih, Bu. Gang sebelah mulai bulan depan.", actor=people["sari"])
    add_comment(initiatives[1], body="Air hidran lancar pagi hari, sore masih kecil.", actor=rina)
