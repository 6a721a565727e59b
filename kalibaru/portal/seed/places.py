"""Areas from province to RW, and the cities of CCRS."""

from kalibaru.places.models import Area
from kalibaru.portal.seed.ensure import ensure

CODES_SOURCE = "https://github.com/cahyadsn/wilayah"
CILINCING_SOURCE = "https://id.wikipedia.org/wiki/Cilincing%2C_Jakarta_Utara"
RW_SOURCE = "http://encyclopedia.jakarta-tourism.go.id/post/Cilincing-Kecamatan?lang=id"
CCRS_SOURCE = "https://resilientcitiesnetwork.org/programs/catalyzing-city-resilience-solutions/"
KALIBARU = "31.72.04.1004"
WARDS = {
    "1001": "Cilincing",
    "1002": "Sukapura",
    "1003": "Marunda",
    "1004": "Kalibaru",
    "1005": "Semper Timur",
    "1006": "Rorotan",
    "1007": "Semper Barat",
}
# Newest published count found is of 2004; the list is data that moderators edit, not a constant.
RW_COUNT_2004 = 14
PARTNER_CITIES = {
    "semarang": "Semarang",
    "bangkok": "Bangkok",
    "da-nang": "Da Nang",
    "can-tho": "Can Tho",
    "melaka": "Melaka",
}
MAINLAND_CENTRE = {"latitude": "-6.102800", "longitude": "106.920400"}


def seed_places() -> Area:
    """Make the tree and return Kalibaru."""
    province = _area("31", "DKI Jakarta", Area.Level.PROVINCE, None, CODES_SOURCE)
    city = _area("31.72", "Kota Administrasi Jakarta Utara", Area.Level.CITY, province, CODES_SOURCE, bps_code="3175")
    district = _area("31.72.04", "Cilincing", Area.Level.DISTRICT, city, CILINCING_SOURCE, bps_code="3175060")
    for number, name in WARDS.items():
        centre = MAINLAND_CENTRE if name == "Kalibaru" else {}
        _area(f"31.72.04.{number}", name, Area.Level.WARD, district, CODES_SOURCE, **centre)
    kalibaru = Area.objects.get(code=KALIBARU)
    if not kalibaru.children.exists():
        for number in range(1, RW_COUNT_2004 + 1):
            _area(f"{KALIBARU}.RW{number:02}", f"RW {number:02}", Area.Level.RW, kalibaru, RW_SOURCE)
    for slug, name in PARTNER_CITIES.items():
        _area(slug, name, Area.Level.FOREIGN_CITY, None, CCRS_SOURCE)
    return kalibaru


def _area(code: str, name: str, level: str, parent: Area | None, source_url: str, **fields: str) -> Area:
    return ensure(Area, {"code": code}, name=name, level=level, parent=parent, source_url=source_url, **fields)[0]
