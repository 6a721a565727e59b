"""Demonstration accounts and organisations, each named "Contoh" and flagged."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify

from issues.models import PriorityIssue, Stake
from kalibaru.accounts.models import MODERATORS, User
from kalibaru.places.models import Area
from kalibaru.portal.seed.ensure import ensure
from stakeholders.models import Membership, Organisation

DEMO_PASSWORD = "kalibaru-hub-demo"  # noqa: S105  (published on purpose; the server refuses to start with it in production)

ACCOUNTS = {
    "rina@warga.example": "Rina",
    "yusuf@lsm.example": "Yusuf",
    "dewi@pemda.example": "Dewi",
    "maya@sekretariat.example": "Maya",
}
RESIDENTS = {"sari@warga.example": "Sari", "budi@warga.example": "Budi"}

WASTE, WATER, POVERTY = "pengelolaan-sampah", "air-bersih", "kemiskinan"
Kind, State = Organisation.Kind, Organisation.State

# (name, platform, kind, state, problems, description)
ORGANISATIONS = [
    (
        "Contoh LSM Pesisir Bersih",
        "civil",
        Kind.NGO,
        State.VERIFIED,
        [WASTE, POVERTY],
        "Mendampingi warga memilah sampah dan mengolah cangkang kerang.",
    ),
    (
        "Contoh Suku Dinas Lingkungan",
        "government",
        Kind.AGENCY,
        State.VERIFIED,
        [WASTE, WATER],
        "Mencatat program lingkungan dan menjawab usulan.",
    ),
    (
        "Contoh Kelurahan Pesisir",
        "government",
        Kind.WARD,
        State.VERIFIED,
        [WASTE, POVERTY],
        "Menghubungkan RW dengan mitra.",
    ),
    (
        "Contoh Koperasi Air Pesisir",
        "business",
        Kind.SMALL_FIRM,
        State.VERIFIED,
        [WATER],
        "Mengelola hidran umum bersama warga.",
    ),
    (
        "Contoh PT Bahari Lestari",
        "business",
        Kind.COMPANY,
        State.VERIFIED,
        [WASTE],
        "Memberi alat dan pelatihan lewat TJSL.",
    ),
    (
        "Contoh Yayasan Dana Pesisir",
        "business",
        Kind.FOUNDATION,
        State.VERIFIED,
        [WATER, POVERTY],
        "Memberi hibah kecil untuk kelompok warga.",
    ),
    (
        "Contoh Bank Sampah RW 03",
        "civil",
        Kind.COMMUNITY,
        State.VERIFIED,
        [WASTE],
        "Menimbang dan menjual sampah terpilah.",
    ),
    (
        "Contoh Kelompok Pengupas Kerang",
        "civil",
        Kind.COMMUNITY,
        State.VERIFIED,
        [WASTE, POVERTY],
        "Ibu-ibu pengupas kerang yang membuat kerajinan.",
    ),
    ("Contoh Media Warga", "civil", Kind.MEDIA, State.VERIFIED, [WASTE], "Menulis kabar dari gang ke gang."),
    (
        "Contoh Universitas Bahari",
        "academia",
        Kind.UNIVERSITY,
        State.VERIFIED,
        [WATER, WASTE],
        "Mengukur mutu air dan timbulan sampah.",
    ),
    ("Contoh Pusat Kajian Air", "academia", Kind.UNIVERSITY, State.VERIFIED, [WATER], "Meneliti panen air hujan."),
    ("Contoh Yayasan Air Jernih", "civil", Kind.NGO, State.PENDING, [WATER], "Ingin memasang saringan air di sekolah."),
    (
        "Contoh LSM Pesisir Bersih Indonesia",
        "civil",
        Kind.NGO,
        State.PENDING,
        [WASTE],
        "Mendampingi warga memilah sampah.",
    ),
    ("Contoh Usaha Titip Nama", "business", Kind.COMPANY, State.REJECTED, [], "Belum menyertakan dokumen."),
    ("Contoh Lembaga Ditangguhkan", "civil", Kind.NGO, State.SUSPENDED, [], "Tidak menjawab permintaan penjelasan."),
]


def seed_people() -> dict[str, User]:
    """Make the four accounts and a few residents; return {first part of the e-mail: user}."""
    people = {}
    for email, name in {**ACCOUNTS, **RESIDENTS}.items():
        user, new = ensure(User, {"email": email}, display_name=name, is_demo=True)
        if new:
            user.set_password(DEMO_PASSWORD if email in ACCOUNTS else None)
            user.save(update_fields=["password"])
            user.emailaddress_set.create(email=email, verified=True, primary=True)
        people[email.split("@")[0]] = user
    group, _new = ensure(Group, {"name": MODERATORS})
    if not people["maya"].groups.filter(pk=group.pk).exists():
        people["maya"].groups.add(group)
        User.objects.filter(pk=people["maya"].pk).update(is_staff=True)
    return people


def seed_demo_organisations(people: dict[str, User], kalibaru: Area) -> dict[str, Organisation]:
    """Make the demonstration organisations with their members and problems; return {name: organisation}."""
    issues = PriorityIssue.objects.in_bulk(field_name="slug")
    areas = list(kalibaru.children.order_by("code"))
    made = {}
    for number, (name, platform, kind, state, problems, description) in enumerate(ORGANISATIONS):
        organisation, new = ensure(
            Organisation,
            {"slug": slugify(name)},
            name=name,
            platform=platform,
            kind=kind,
            state=state,
            description=description,
            contact_name="Contoh Narahubung",
            contact_email=f"halo@{slugify(name)}.example",
            submitted_at=timezone.now() - timedelta(days=2 + number),
            is_demo=True,
        )
        if new:
            organisation.areas.set([kalibaru, areas[number % len(areas)]])
            Stake.objects.bulk_create(Stake(issue=issues[slug], organisation=organisation) for slug in problems)
        made[name] = organisation
    for who, name, role in (
        ("yusuf", "Contoh LSM Pesisir Bersih", Membership.Role.OWNER),
        ("dewi", "Contoh Suku Dinas Lingkungan", Membership.Role.OWNER),
        ("budi", "Contoh Yayasan Air Jernih", Membership.Role.OWNER),
        ("sari", "Contoh Bank Sampah RW 03", Membership.Role.OWNER),
        ("sari", "Contoh Kelompok Pengupas Kerang", Membership.Role.EDITOR),
        ("budi", "Contoh Universitas Bahari", Membership.Role.OWNER),
    ):
        ensure(
            Membership,
            {"organisation": made[name], "user": people[who]},
            role=role,
            state=Membership.State.ACTIVE,
        )
    return made


def demo_accounts_allowed() -> bool:
    """Demonstration accounts exist only in the local profile."""
    return settings.LOCAL_PROFILE and settings.DEBUG
