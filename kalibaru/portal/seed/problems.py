"""The three priority problems: what is verified, and what nobody has published."""

from issues.models import Fact, Indicator, PriorityIssue, Stake
from kalibaru.portal.seed import sources
from kalibaru.portal.seed.ensure import ensure, source

VERIFIED, UNCONFIRMED = Fact.Certainty.VERIFIED, Fact.Certainty.UNCONFIRMED

PROBLEMS = [
    {
        "slug": "pengelolaan-sampah",
        "title": "Pengelolaan sampah",
        "icon": "waste",
        "sdg_goals": [11, 12, 14],
        "summary": "Cangkang kerang dan sampah rumah tangga menumpuk di pantai Kalibaru.",
        "body": "Forum 6 Februari 2024 menetapkan pengelolaan sampah sebagai masalah prioritas. Di Kalibaru, limbah "
        "cangkang kerang hijau menjadi ciri khas: beban bagi pantai, dan juga bahan baku.",
        "facts": [
            (
                "Limbah cangkang kerang diperkirakan satu truk tronton, sekitar 8 ton per hari.",
                "Februari 2020",
                VERIFIED,
                sources.SHELL_2020,
            ),
            (
                "Tumpukan cangkang setinggi sekitar 5 meter dan sepanjang sekitar 500 meter di Jalan Kalibaru Barat VI E, "
                "bercampur sampah rumah tangga.",
                "Mei 2025",
                VERIFIED,
                sources.SHELL_2025,
            ),
            ("Limbah cangkang ada di sedikitnya 5 RW.", "Desember 2022", VERIFIED, sources.ANTARA_2022),
            (
                "Satu meter kubik campuran pasir dan cangkang menjadi 110 sampai 120 bata. Kementerian Sosial memberi mesin bata.",
                "Desember 2022",
                VERIFIED,
                sources.ANTARA_2022,
            ),
            ("Seorang pengupas kerang menangani sampai 100 kg per hari.", "Desember 2021", VERIFIED, sources.SIL_UI),
            (
                "Truk sampah tidak dapat menjangkau permukiman. Sebagian sampah dibuang ke laut dan Kali Banglio.",
                "2015",
                VERIFIED,
                sources.THESIS_2015,
            ),
            (
                "Timbulan sampah seluruh Jakarta sekitar 8.000 ton per hari. Angka untuk Kalibaru belum ada data.",
                "",
                VERIFIED,
                sources.JAKARTA_WASTE,
            ),
        ],
        "indicators": [
            ("11.6.1.(a)", "Edisi I", "Persentase sampah perkotaan yang tertangani", "%", sources.SDG_GOAL_11),
            ("12.5.1.(a)", "Edisi I", "Jumlah timbulan sampah yang didaur ulang", "ton per hari", sources.SDG_NATIONAL),
        ],
    },
    {
        "slug": "air-bersih",
        "title": "Air bersih: tersedia dan terjangkau",
        "icon": "water",
        "sdg_goals": [6],
        "summary": "Air bersih harus ada, dan harganya harus terjangkau warga.",
        "body": "Forum 6 Februari 2024 menetapkan ketersediaan dan keterjangkauan air bersih sebagai masalah prioritas.",
        "facts": [
            (
                "Air laut meresap ke air tanah (intrusi), dan rob menggenangi permukiman.",
                "2015",
                VERIFIED,
                sources.THESIS_2015,
            ),
            ("Kementerian Sosial memberi instalasi air bersih.", "Desember 2022", VERIFIED, sources.ANTARA_2022),
            ("Universitas Indonesia menjalankan program panen air hujan.", "Desember 2021", VERIFIED, sources.SIL_UI),
            (
                "Sebagai pembanding, di Kelurahan Kamal Muara (bukan Kalibaru): air gerobak Rp10–15 ribu per hari, "
                "sedangkan PAM Jaya Rp120–150 ribu per bulan.",
                "Maret 2024",
                VERIFIED,
                sources.KAMAL_MUARA,
            ),
            ("Cakupan air perpipaan di Kalibaru: belum ada data yang terbit.", "", UNCONFIRMED, ("", "")),
        ],
        "indicators": [
            (
                "6.1.1.(a)",
                "Edisi I",
                "Persentase rumah tangga dengan akses sumber air minum layak",
                "%",
                sources.SDG_METADATA,
            ),
            (
                "6.1.1",
                "Edisi II",
                "Persentase rumah tangga yang memakai layanan air minum dikelola secara aman",
                "%",
                sources.SDG_METADATA,
            ),
            ("6.2.1.(b)", "Edisi I", "Persentase rumah tangga dengan akses sanitasi layak", "%", sources.SDG_METADATA),
        ],
    },
    {
        "slug": "kemiskinan",
        "title": "Kemiskinan",
        "icon": "income",
        "sdg_goals": [1, 8],
        "summary": "Kalibaru termasuk kawasan paling padat dan paling miskin di Jakarta Utara.",
        "body": "Pada 12 Desember 2019 Gubernur menandatangani deklarasi pengarusutamaan TPB/SDGs berbasis kawasan untuk "
        "penanggulangan kemiskinan di Kalibaru. Forum 6 Februari 2024 menetapkannya lagi sebagai masalah prioritas.",
        "facts": [
            ("Luas 246 hektare, 46.097 jiwa, 10.119 KK, 14 RW, 171 RT.", "2004", VERIFIED, sources.JAKARTA_2004),
            (
                "RW 001, 004, 006, dan 013 masing-masing berisi sekitar 1.206–1.237 KK.",
                "2015",
                VERIFIED,
                sources.THESIS_2015,
            ),
            ("Ada 65 industri rumahan dan 1.241 warung.", "2015", VERIFIED, sources.THESIS_2015),
            (
                "Delapan jenis pelatihan dan lokakarya diberikan lewat Kalibaru HUB 2024, dari ragam produk sampai pemasaran.",
                "2024",
                VERIFIED,
                sources.RESULTS_2024,
            ),
            ("Angka kemiskinan Kalibaru: belum ada data yang terbit.", "", UNCONFIRMED, ("", "")),
        ],
        "indicators": [
            ("1.2.1", "Edisi II", "Persentase penduduk di bawah garis kemiskinan nasional", "%", sources.SDG_GOAL_1),
            ("1.3.1", "Edisi II", "Proporsi penduduk penerima perlindungan sosial", "%", sources.SDG_GOAL_1),
            ("8.3.1.(c)", "Edisi I", "Persentase akses UMKM ke layanan keuangan", "%", sources.SDG_NATIONAL),
        ],
    },
]


def seed_problems(kalibaru, organisations) -> dict[str, PriorityIssue]:
    """Make the problems with their facts and indicators; return {slug: problem}."""
    made = {}
    for order, problem in enumerate(PROBLEMS, 1):
        issue, new = ensure(
            PriorityIssue,
            {"slug": problem["slug"]},
            **{name: problem[name] for name in ("title", "icon", "sdg_goals", "summary", "body")},
            **source(*sources.KICKOFF),
            state=PriorityIssue.State.PUBLISHED,
            order=order,
        )
        if new:
            issue.areas.add(kalibaru)
            _add_evidence(issue, problem)
        made[problem["slug"]] = issue
    for organisation in organisations.values():
        if organisation.slug in ("bappeda-provinsi-dki-jakarta", "uclg-aspac"):
            for issue in made.values():
                ensure(Stake, {"issue": issue, "organisation": organisation})
    for slug in ("komunitas-cangkang-kering", "pt-migas-hulu-jabar-onwj"):
        ensure(Stake, {"issue": made["pengelolaan-sampah"], "organisation": organisations[slug]})
    return made


def _add_evidence(issue: PriorityIssue, problem: dict) -> None:
    for order, (text, as_of, certainty, (title, url)) in enumerate(problem["facts"], 1):
        ensure(
            Fact, {"issue": issue, "text": text}, as_of=as_of, certainty=certainty, order=order, **source(title, url)
        )
    for order, (code, edition, name, unit, origin) in enumerate(problem["indicators"], 1):
        ensure(
            Indicator,
            {"issue": issue, "code": code, "edition": edition, "name": name},
            unit=unit,
            order=order,
            **source(*origin),
        )
