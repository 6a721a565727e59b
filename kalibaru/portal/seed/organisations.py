"""The real organisations of the public sources, with only what these say."""

from django.utils.text import slugify

from kalibaru.portal.seed import sources
from kalibaru.portal.seed.ensure import ensure
from stakeholders.models import Organisation

Kind = Organisation.Kind

# (name, acronym, platform, kind, description, source)
KNOWN = [
    (
        "Bappeda Provinsi DKI Jakarta",
        "Bappeda",
        "government",
        Kind.AGENCY,
        "Unsur pemerintah dalam kolaborasi Kalibaru sejak 2019. Melalui PRIDa mengadakan kick-off dan FGD Kalibaru HUB "
        "2024. Sekretariat SDGs Jakarta berada di bawah Kepala PRIDa.",
        sources.KICKOFF,
    ),
    (
        "UCLG ASPAC",
        "UCLG ASPAC",
        "civil",
        Kind.NETWORK,
        "Mitra utama dan pelaksana Kalibaru HUB 2024. Menerima dan mengelola dana RCIFunds di bawah pengawasan "
        "Pemerintah Provinsi DKI Jakarta.",
        sources.RCIFUNDS,
    ),
    (
        "Resilient Cities Network",
        "RCN",
        "civil",
        Kind.NETWORK,
        "Jaringan kota tangguh. Mendanai Kalibaru HUB 2024 melalui Resilient Communities Impact Funds (RCIFunds).",
        sources.RCIFUNDS,
    ),
    (
        "Citi Foundation",
        "",
        "business",
        Kind.FOUNDATION,
        "Bersama Resilient Cities Network menjalankan Catalyzing City Resilience Solutions (CCRS).",
        sources.CCRS,
    ),
    (
        "Bank of America",
        "",
        "business",
        Kind.COMPANY,
        "Pemberi dana awal RCIFunds.",
        sources.RCIFUNDS,
    ),
    (
        "Universitas Indonesia",
        "UI",
        "academia",
        Kind.UNIVERSITY,
        "Unsur akademisi dalam kolaborasi Kalibaru sejak 2019.",
        sources.RAKERDA_2019,
    ),
    (
        "PT Astra International Tbk",
        "Astra",
        "business",
        Kind.COMPANY,
        "Unsur dunia usaha dalam kolaborasi Kalibaru sejak 2019.",
        sources.RAKERDA_2019,
    ),
    (
        "Yayasan Hidung Merah",
        "",
        "civil",
        Kind.NGO,
        "Unsur lembaga swadaya masyarakat dalam kolaborasi Kalibaru sejak 2019.",
        sources.RAKERDA_2019,
    ),
    (
        "BAZNAS (BAZIS) DKI Jakarta",
        "BAZNAS (BAZIS) DKI",
        "business",
        Kind.FOUNDATION,
        "Unsur filantropi dalam kolaborasi Kalibaru sejak 2019.",
        sources.RAKERDA_2019,
    ),
    (
        "PKK Kelurahan Kalibaru",
        "PKK",
        "civil",
        Kind.COMMUNITY,
        "Unsur masyarakat dalam kolaborasi Kalibaru sejak 2019.",
        sources.RAKERDA_2019,
    ),
    (
        "Komunitas Cangkang Kering",
        "Cangkring",
        "civil",
        Kind.COMMUNITY,
        "Kelompok percontohan Kalibaru HUB 2024 di RW 01. Membuat barang dari limbah cangkang kerang hijau. Punya akun "
        "toko daring dan sistem pemesanan.",
        sources.RESULTS_2024,
    ),
    (
        "PT Migas Hulu Jabar ONWJ",
        "MUJ ONWJ",
        "business",
        Kind.STATE_FIRM,
        "Bersama Kalibaru HUB 2024 menguji kloset jongkok dari cangkang kerang di rumah warga Kalibaru.",
        sources.RESULTS_2024,
    ),
]


def seed_organisations(kalibaru) -> dict[str, Organisation]:
    """Make them and return {slug: organisation}. They have no members until their own people ask to join."""
    made = {}
    for name, acronym, platform, kind, description, (title, url) in KNOWN:
        slug = slugify(name)
        organisation, new = ensure(
            Organisation,
            {"slug": slug},
            name=name,
            acronym=acronym if acronym != name else "",
            platform=platform,
            kind=kind,
            description=description,
            state=Organisation.State.VERIFIED,
            source_title=title,
            source_url=url,
        )
        if new:
            organisation.areas.add(kalibaru)
        made[slug] = organisation
    return made
