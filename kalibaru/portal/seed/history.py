"""What has happened in Kalibaru since 2019, as forums and joint initiatives."""

from datetime import UTC, date, datetime

from initiatives.models import Initiative, Partner
from initiatives.services.facets import refresh_facets
from issues.models import Forum
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Event
from kalibaru.places.models import Area
from kalibaru.portal.seed import sources
from kalibaru.portal.seed.ensure import ensure, source
from kalibaru.portal.seed.places import PARTNER_CITIES

KICKOFF_DAY = date(2024, 2, 6)
LEAD, IMPLEMENTING, FUNDING, SUPPORTING = (
    Partner.Role.LEAD,
    Partner.Role.IMPLEMENTING,
    Partner.Role.FUNDING,
    Partner.Role.SUPPORTING,
)

FORUMS = [
    (
        "kick-off-kalibaru-hub-2024",
        Forum.Kind.KICKOFF,
        "Kick-off Kalibaru HUB 2024",
        "PRIDa (Bappeda), UCLG ASPAC, dan Resilient Cities Network membuka Kalibaru HUB 2024.",
        "Kegiatan ini bagian dari program CCRS di enam kota: Jakarta, Semarang, Bangkok, Da Nang, Can Tho, dan Melaka.\n\n"
        "Nama CCRS ditulis “Catalyzing Cities Resilience Solutions” pada berita Bappeda, dan “Catalyzing City "
        "Resilience Solutions” pada laman Resilient Cities Network.",
    ),
    (
        "fgd-kalibaru-hub-2024",
        Forum.Kind.FGD,
        "FGD Kalibaru HUB 2024",
        "Diskusi terarah tentang peluang, tantangan dari program terdahulu, dan mitigasinya.",
        "Masalah prioritas yang dibahas: pengelolaan sampah, ketersediaan dan keterjangkauan air bersih, serta kemiskinan.\n\n"
        "Forum meminta aksi dan target yang jelas, serta menggerakkan pemangku kepentingan yang sudah ada dan yang baru.\n\n"
        "Rincian temuan dan notulen: belum ada data yang terbit.",
    ),
]

INITIATIVES = [
    {
        "slug": "percontohan-tpb-sdgs-kalibaru",
        "title": "Percontohan TPB/SDGs berbasis kawasan di Kalibaru",
        "summary": "Kolaborasi enam unsur untuk menanggulangi kemiskinan di Kalibaru, dideklarasikan 12 Desember 2019.",
        "body": "Pada Rakerda TKPK DKI, Gubernur menandatangani deklarasi *pengarusutamaan TPB/SDGs berbasis kawasan untuk "
        "penanggulangan kemiskinan di Kalibaru*. Satu lembaga mewakili setiap unsur: pemerintah, akademisi, dunia usaha, "
        "LSM, filantropi, dan masyarakat.",
        "state": Initiative.State.ACTIVE,
        "starts_on": date(2019, 12, 12),
        "issues": ["kemiskinan"],
        "sdg_goals": [1, 17],
        "source": sources.RAKERDA_2019,
        "partners": [
            ("bappeda-provinsi-dki-jakarta", LEAD),
            ("universitas-indonesia", SUPPORTING),
            ("pt-astra-international-tbk", SUPPORTING),
            ("yayasan-hidung-merah", SUPPORTING),
            ("baznas-bazis-dki-jakarta", SUPPORTING),
            ("pkk-kelurahan-kalibaru", SUPPORTING),
        ],
    },
    {
        "slug": "catalyzing-city-resilience-solutions",
        "title": "Catalyzing City Resilience Solutions (CCRS)",
        "summary": "Program enam kota untuk ketahanan kota. Tema Jakarta: usaha pengumpulan dan pemilahan sampah.",
        "body": "Program Resilient Cities Network dan Citi Foundation. Enam kota peserta: Jakarta, Semarang, Bangkok, Da Nang, "
        "Can Tho, dan Melaka. Jakarta dan Can Tho mengangkat usaha kecil pengumpul dan pemilah sampah.\n\n"
        "Keadaan program saat ini: belum ada data yang terbit.",
        "state": Initiative.State.ACTIVE,
        "issues": ["pengelolaan-sampah"],
        "sdg_goals": [11, 17],
        "source": sources.CCRS,
        "areas": ["31", *PARTNER_CITIES],
        "partners": [("resilient-cities-network", LEAD), ("citi-foundation", SUPPORTING)],
    },
    {
        "slug": "kalibaru-hub-2024",
        "title": "Kalibaru HUB 2024",
        "summary": "Cangkang kerang hijau menjadi produk, dan warga pesisir mendapat penghasilan baru.",
        "body": "Program tahun 2024 mengolah limbah cangkang kerang hijau menjadi produk, sebagai usaha mikro melingkar. "
        "Kelompok percontohannya Komunitas Cangkang Kering (Cangkring) di RW 01.\n\n"
        f"Pendanaan: Resilient Communities Impact Funds (RCIFunds), dengan dana awal dari Bank of America. "
        f"([sumber]({sources.RCIFUNDS[1]}))",
        "state": Initiative.State.COMPLETED,
        "starts_on": KICKOFF_DAY,
        "issues": ["pengelolaan-sampah", "air-bersih", "kemiskinan"],
        "sdg_goals": [1, 6, 11, 12],
        "source": sources.KICKOFF,
        "areas": ["31.72.04.1004", "31.72.04.1004.RW01"],
        "results": "- Delapan jenis pelatihan dan lokakarya: ragam produk, perbaikan cangkang, pengelolaan produksi, pengelolaan usaha, "
        "studi banding, merek dan kemasan, promosi dan pemasaran, jejaring dan pasar.\n"
        "- Cangkring punya akun toko daring dan sistem pemesanan.\n"
        "- Kloset jongkok dari cangkang diuji di rumah warga Kalibaru bersama PT Migas Hulu Jabar ONWJ.\n\n"
        f"([sumber]({sources.RESULTS_2024[1]}))",
        "partners": [
            ("bappeda-provinsi-dki-jakarta", LEAD),
            ("uclg-aspac", IMPLEMENTING),
            ("komunitas-cangkang-kering", IMPLEMENTING),
            ("resilient-cities-network", FUNDING),
            ("bank-of-america", FUNDING),
            ("pt-migas-hulu-jabar-onwj", SUPPORTING),
        ],
    },
]


def seed_history(kalibaru, organisations, problems) -> None:
    """Make the forums and initiatives that public sources tell of."""
    for slug, kind, title, summary, body in FORUMS:
        forum, new = ensure(
            Forum,
            {"slug": slug},
            kind=kind,
            title=title,
            summary=summary,
            body=body,
            on=KICKOFF_DAY,
            state=Forum.State.PUBLISHED,
            **source(*sources.KICKOFF),
        )
        if new:
            names = ("bappeda-provinsi-dki-jakarta", "uclg-aspac", "resilient-cities-network")
            forum.organisers.set([organisations[name] for name in names])
            forum.issues.set(problems.values())
    for facts in INITIATIVES:
        _initiative(dict(facts), kalibaru, organisations, problems)


def _initiative(facts: dict, kalibaru, organisations, problems) -> None:
    partners, issues = facts.pop("partners"), facts.pop("issues")
    areas = Area.objects.filter(code__in=facts.pop("areas", [kalibaru.code]))
    origin, slug = facts.pop("source"), facts.pop("slug")
    began = facts.get("starts_on") or date(2022, 5, 26)
    at = datetime(began.year, began.month, began.day, 2, tzinfo=UTC)
    initiative, new = ensure(Initiative, {"slug": slug}, published_at=at, **facts, **source(*origin))
    if not new:
        return
    initiative.areas.set(areas)
    initiative.issues.set([problems[name] for name in issues])
    Partner.objects.bulk_create(
        Partner(initiative=initiative, organisation=organisations[name], role=role) for name, role in partners
    )
    refresh_facets([initiative.pk])
    Event.objects.create(
        kind="initiatives.initiative_published",
        subject_type="initiative",
        subject_id=initiative.pk,
        topics=[topic_of(initiative), *(topic_of(problems[name]) for name in issues)],
        payload={"title": initiative.title},
        at=at,
        # History is told on timelines; nobody gets mail about 2019.
        dispatched_at=at,
    )
