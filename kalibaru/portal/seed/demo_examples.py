"""The invented initiatives themselves: enough of each state, problem and RW to make every page look alive."""

from dataclasses import dataclass

from initiatives.models import Initiative, Partner
from kalibaru.portal.seed.demo_people import POVERTY, WASTE, WATER

Role, State = Partner.Role, Initiative.State
LSM, SUDIN, KELURAHAN = "Contoh LSM Pesisir Bersih", "Contoh Suku Dinas Lingkungan", "Contoh Kelurahan Pesisir"
KOPERASI, PT, DANA = "Contoh Koperasi Air Pesisir", "Contoh PT Bahari Lestari", "Contoh Yayasan Dana Pesisir"
BANK, KUPAS, MEDIA = "Contoh Bank Sampah RW 03", "Contoh Kelompok Pengupas Kerang", "Contoh Media Warga"
KAMPUS, KAJIAN = "Contoh Universitas Bahari", "Contoh Pusat Kajian Air"


@dataclass(frozen=True)
class Example:
    """An invented initiative. Days are counted from the day of seeding; money is rupiah."""

    title: str
    summary: str
    issues: tuple[str, ...]
    rw: tuple[int, ...]
    state: str
    goals: tuple[int, ...]
    lead: str
    others: tuple[tuple[str, str], ...]
    target: tuple[str, str, int, int | None]
    budget: int | None = None
    began: int = -120
    lasts: int = 300


IMPLEMENTING, FUNDING, SUPPORTING = Role.IMPLEMENTING, Role.FUNDING, Role.SUPPORTING

EXAMPLES = [
    Example(
        "Cangkang kerang jadi paving",
        "Warga RW 01 menggiling cangkang kerang menjadi paving untuk gang.",
        (WASTE, POVERTY),
        (1,),
        State.ACTIVE,
        (11, 12),
        LSM,
        ((PT, FUNDING), (KUPAS, IMPLEMENTING), (SUDIN, SUPPORTING)),
        ("Paving terpasang", "meter persegi", 600, 240),
        185_000_000,
    ),
    Example(
        "Hidran umum RW 04",
        "Air perpipaan lewat hidran umum dengan tarif yang disepakati warga.",
        (WATER,),
        (4,),
        State.ACTIVE,
        (6,),
        KOPERASI,
        ((DANA, FUNDING), (SUDIN, SUPPORTING), (KAMPUS, SUPPORTING)),
        ("Rumah tangga terlayani", "KK", 150, 62),
        240_000_000,
        -200,
    ),
    Example(
        "Bank sampah tiga RW",
        "Tiga bank sampah memakai satu buku timbangan dan satu jadwal angkut.",
        (WASTE,),
        (3, 5, 6),
        State.ACTIVE,
        (11, 12),
        BANK,
        ((LSM, IMPLEMENTING), (SUDIN, SUPPORTING)),
        ("Sampah terpilah", "kg per bulan", 4000, 2750),
        60_000_000,
        -300,
        420,
    ),
    Example(
        "Panen air hujan di sekolah",
        "Empat sekolah memasang bak panen air hujan dan belajar merawatnya.",
        (WATER,),
        (2, 7),
        State.ACTIVE,
        (4, 6),
        KAJIAN,
        ((KAMPUS, IMPLEMENTING), (DANA, FUNDING)),
        ("Sekolah dengan bak air hujan", "sekolah", 4, 1),
        96_000_000,
        -60,
    ),
    Example(
        "Kerajinan cangkang untuk oleh-oleh",
        "Ibu-ibu pengupas kerang membuat kerajinan dan belajar berjualan daring.",
        (POVERTY, WASTE),
        (1, 13),
        State.ACTIVE,
        (1, 8, 12),
        KUPAS,
        ((LSM, SUPPORTING), (PT, FUNDING)),
        ("Perajin dengan penghasilan tambahan", "orang", 40, 17),
        75_000_000,
        -90,
    ),
    Example(
        "Gerobak angkut untuk gang sempit",
        "Gerobak kecil mengangkut sampah dari gang ke tempat penampungan.",
        (WASTE,),
        (8, 9, 10),
        State.ACTIVE,
        (11,),
        KELURAHAN,
        ((BANK, IMPLEMENTING), (PT, FUNDING)),
        ("Gang terlayani", "gang", 36, 20),
        54_000_000,
        -150,
    ),
    Example(
        "Peta sumur dan intrusi air laut",
        "Mahasiswa dan warga mengukur kadar garam sumur setiap bulan.",
        (WATER,),
        (4, 11, 12),
        State.ACTIVE,
        (6, 13),
        KAMPUS,
        ((KAJIAN, IMPLEMENTING), (KELURAHAN, SUPPORTING)),
        ("Sumur diukur", "sumur", 120, 88),
        None,
        -240,
        365,
    ),
    Example(
        "Saringan air rumah",
        "Saringan sederhana untuk rumah yang belum terlayani pipa.",
        (WATER, POVERTY),
        (6,),
        State.PLANNED,
        (6, 1),
        DANA,
        ((KOPERASI, IMPLEMENTING),),
        ("Saringan terpasang", "rumah", 80, None),
        48_000_000,
        20,
    ),
    Example(
        "Kompos dapur RW 12",
        "Sampah dapur menjadi kompos untuk kebun gang.",
        (WASTE,),
        (12,),
        State.PLANNED,
        (12,),
        LSM,
        ((BANK, IMPLEMENTING),),
        ("Rumah yang mengompos", "rumah", 100, None),
        None,
        35,
    ),
    Example(
        "Kelas usaha kecil pesisir",
        "Delapan pertemuan tentang pembukuan, izin, dan pemasaran.",
        (POVERTY,),
        (2, 3),
        State.PLANNED,
        (1, 8),
        PT,
        ((KELURAHAN, SUPPORTING),),
        ("Usaha yang punya pembukuan", "usaha", 60, None),
        42_000_000,
        14,
    ),
    Example(
        "Ronda air bersih",
        "Warga bergiliran memeriksa keran umum dan melapor bila rusak.",
        (WATER,),
        (14,),
        State.PAUSED,
        (6,),
        KOPERASI,
        ((KELURAHAN, SUPPORTING),),
        ("Keran diperiksa tiap minggu", "keran", 12, 5),
        None,
        -180,
    ),
    Example(
        "Bersih pantai bulanan",
        "Satu Minggu pagi setiap bulan, warga dan mitra membersihkan pantai.",
        (WASTE,),
        (1, 2),
        State.COMPLETED,
        (14,),
        LSM,
        ((MEDIA, SUPPORTING), (SUDIN, SUPPORTING)),
        ("Sampah terangkat", "ton", 10, 13),
        18_000_000,
        -400,
        360,
    ),
    Example(
        "Jamban sehat gang dalam",
        "Jamban bersama untuk gang yang belum punya.",
        (WATER, POVERTY),
        (9,),
        State.COMPLETED,
        (6,),
        KELURAHAN,
        ((DANA, FUNDING),),
        ("Jamban terbangun", "unit", 6, 6),
        132_000_000,
        -500,
        300,
    ),
    Example(
        "Tabungan sampah sekolah",
        "Murid menabung dari botol plastik.",
        (WASTE, POVERTY),
        (5,),
        State.COMPLETED,
        (4, 12),
        BANK,
        ((KAMPUS, SUPPORTING),),
        ("Murid menabung", "murid", 300, 341),
        12_000_000,
        -330,
        240,
    ),
    Example(
        "Mesin giling cangkang besar",
        "Rencana mesin besar dibatalkan karena tempat belum ada.",
        (WASTE,),
        (1,),
        State.CANCELLED,
        (12,),
        PT,
        ((LSM, IMPLEMENTING),),
        ("Cangkang digiling", "ton per hari", 4, None),
        350_000_000,
        -100,
    ),
    Example(
        "Pasar murah air galon",
        "Kupon air galon untuk keluarga rentan.",
        (WATER, POVERTY),
        (13,),
        State.ACTIVE,
        (1, 6),
        DANA,
        ((KOPERASI, IMPLEMENTING), (KELURAHAN, SUPPORTING)),
        ("Keluarga menerima kupon", "KK", 200, 45),
        80_000_000,
        -30,
    ),
]
