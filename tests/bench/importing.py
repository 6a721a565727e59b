"""A spreadsheet of 10,000 programmes: read, checked, agreed to and written, in a database of its own.

Run in a process of its own (`python -m tests.bench.importing`), which prints the seconds of both steps and the most
memory it held, so that nothing else is measured with it.
"""

import io
import os
import resource
import subprocess
import sys
import time

ROWS = 10_000
SECONDS_BAR, MEMORY_BAR = 60, 300
HEAD = (
    "Kode", "Program", "Kegiatan", "Sub kegiatan", "Keluaran", "Satuan", "Sumber pendanaan", "Lokasi", "Tahun",
    "Target", "Realisasi", "Anggaran (Rp)", "Terpakai (Rp)", "Keterangan",
)  # fmt: skip


def measured(url: str) -> dict[str, float]:
    """Return seconds and megabytes, measured in a process of its own on the database at `url`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.importing"],
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
    )
    words = done.stdout.split()[-3:]
    return dict(zip(("check", "apply", "memory"), map(float, words), strict=True))


def lines(measured_now: dict[str, float]) -> list[str]:
    """Return the section of the report."""
    total = measured_now["check"] + measured_now["apply"]
    held = total <= SECONDS_BAR and measured_now["memory"] <= MEMORY_BAR
    return [
        "## Import of 10,000 programme rows",
        "",
        f"Bars: reading, checking and writing in at most {SECONDS_BAR} s, the worker within {MEMORY_BAR} MB.",
        "",
        "| check (s) | apply (s) | together (s) | memory (MB) | bars |",
        "|---|---|---|---|---|",
        f"| {measured_now['check']:.1f} | {measured_now['apply']:.1f} | {total:.1f} | {measured_now['memory']:.0f} "
        f"| {'held' if held else 'missed'} |",
        "",
    ]


def missed(measured_now: dict[str, float]) -> bool:
    """Return whether a bar is missed."""
    return measured_now["check"] + measured_now["apply"] > SECONDS_BAR or measured_now["memory"] > MEMORY_BAR


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("RAD")
    sheet.append(HEAD)
    for number in range(ROWS):
        names = [f"{1 + number // 1000}.{number:05}", "Contoh program", f"Contoh kegiatan {number}", "Contoh sub"]
        figures = [2026, "1.250,5", number % 90, "Rp 1,5 miliar", 750_000_000 + number, "Contoh keterangan"]
        sheet.append([*names, f"Contoh keluaran {number}", "orang", "APBD", "Kalibaru", *figures])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _run() -> None:
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.files.uploadedfile import SimpleUploadedFile

    from initiatives.imports.heading import find_heading
    from initiatives.imports.mapping import guessed
    from initiatives.models import Programme
    from initiatives.services import imports as services
    from initiatives.services.import_work import open_import, work_on
    from kalibaru.places.models import Area
    from stakeholders.models import Membership, Organisation

    actor, _made = get_user_model().objects.get_or_create(email="bench@pemda.example")
    agency, _made = Organisation.objects.get_or_create(
        slug="bench", defaults={"name": "Contoh Bench", "platform": "government", "kind": "agency", "state": "verified"}
    )
    Area.objects.get_or_create(code="31.72.04.1004", defaults={"name": "Kalibaru", "level": "ward"})
    Membership.objects.get_or_create(organisation=agency, user=actor, defaults={"role": "owner", "state": "active"})
    Programme.objects.filter(organisation=agency).delete()
    row, _made = services.start_import(agency, SimpleUploadedFile("bench.xlsx", _workbook()), actor=actor)
    grid = open_import(row)
    services.confirm_columns(row, guessed(agency, grid, find_heading(grid)), actor=actor)
    del grid
    start = time.perf_counter()
    work_on(row.pk)
    checked = time.perf_counter()
    row.refresh_from_db()
    if row.counts.get("new") != ROWS:
        raise SystemExit(f"the check ended {row.state}: {row.message} {row.counts}")
    services.apply_import(row, digest=row.digest, publishes=True, actor=actor)
    between = time.perf_counter()
    work_on(row.pk)
    done = time.perf_counter()
    row.refresh_from_db()
    if row.state != "applied" or Programme.objects.filter(organisation=agency).count() != ROWS:
        raise SystemExit(f"the import ended {row.state}: {row.message}")
    row.file.delete(save=False)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{checked - start:.2f} {done - between:.2f} {memory:.0f}")


if __name__ == "__main__":
    _run()
