"""Demonstration indicators and figures: on the way, reached, behind, without data, returned, waiting, corrected."""

from decimal import Decimal
from typing import Any

from issues import measurement_services as services
from issues.measurement_services import Entry
from issues.models import Indicator, Measurement, PriorityIssue
from kalibaru.places.models import Area
from kalibaru.portal.seed.demo_examples import LSM
from kalibaru.portal.seed.demo_people import POVERTY, WASTE, WATER
from kalibaru.portal.seed.ensure import ensure

SOURCE = "Contoh catatan lapangan (angka rekaan)"
# (problem, name, unit, direction, baseline, target, split by, figures by year or (year, semester))
INDICATORS: list[tuple[str, str, str, str, Any, Any, list[str], list[tuple[int, int, str]]]] = [
    (
        WASTE,
        "Contoh: keluarga yang memilah sampah",
        "persen",
        "up",
        8,
        40,
        ["rw"],
        [(2024, 0, "17"), (2025, 0, "26.5"), (2026, 1, "29")],
    ),
    (
        WASTE,
        "Contoh: cangkang yang dibuang ke pantai",
        "ton per hari",
        "down",
        8,
        2,
        [],
        [(2024, 0, "7"), (2025, 0, "6.5")],
    ),
    (
        WATER,
        "Contoh: keluarga dengan air perpipaan",
        "persen",
        "up",
        30,
        60,
        ["rw"],
        [(2024, 0, "48"), (2025, 0, "61")],
    ),
    (
        POVERTY,
        "Contoh: usaha kecil yang punya pembukuan",
        "persen",
        "up",
        5,
        35,
        ["sex", "disability"],
        [(2024, 0, "11"), (2025, 0, "21")],
    ),
    (POVERTY, "Contoh: anak yang putus sekolah", "anak", "down", 40, 10, ["sex", "age"], []),
]
GROUPS = {"sex": {"sex:female": 1.1, "sex:male": 0.9}, "disability": {"disability:with": 0.6}}


def add_figures(people: dict[str, Any], organisations: dict[str, Any], kalibaru: Area) -> None:
    """Add the indicators with their figures, unless they are there."""
    for order, (problem, name, unit, direction, baseline, target, split, figures) in enumerate(INDICATORS, 50):
        indicator, new = ensure(
            Indicator,
            {"issue": PriorityIssue.objects.get(slug=problem), "edition": "", "code": "", "name": name},
            unit=unit,
            direction=direction,
            baseline=baseline,
            baseline_year=2023,
            target=target,
            target_year=2027,
            dimensions=split,
            order=order,
            is_demo=True,
            source_title=SOURCE,
        )
        if new:
            _enter(indicator, kalibaru, figures, people, organisations)


def _enter(indicator: Indicator, ward: Area, figures: Any, people: Any, organisations: Any) -> None:
    """Enter through the deeds that people use; the newest one of the first indicator waits for a moderator."""
    writer, organisation = people["yusuf"], organisations[LSM]
    for year, part, value in figures:
        groups = {
            group: (Decimal(value) * Decimal(str(share))).quantize(Decimal("0.1"))
            for dimension in indicator.dimensions
            for group, share in GROUPS.get(dimension, {}).items()
        }
        row, _made = services.enter_measurement(
            indicator,
            Entry(area=ward, year=year, part=part, value=Decimal(value), source_title=SOURCE, groups=groups),
            organisation=organisation,
            actor=writer,
        )
        services.submit_measurement(row, actor=writer)
        if part == Measurement.Part.YEAR:
            services.approve_measurement(row, actor=people["maya"])
