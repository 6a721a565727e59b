"""What a sheet does to the portal: new, changed, unchanged and wrong rows, and all of it or nothing."""

import uuid
from datetime import date
from decimal import Decimal

import pghistory.models
import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from initiatives.models import Programme, ProgrammeImport, ProgrammeLog, ProgrammeYear
from initiatives.services import imports as services
from initiatives.services import programmes
from initiatives.services.import_work import work_on, work_on_all
from kalibaru.core.errors import Conflict
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Event, Notification
from kalibaru.notifications.services.dispatch import dispatch_all
from kalibaru.notifications.services.following import follow
from tests.factories import AreaFactory, OrganisationFactory, ProgrammeFactory
from tests.initiatives.imports import (
    FIRST,
    HEAD,
    SECOND,
    applied,
    checked,
    faults,
    mapping_of,
    pasted,
    uploaded,
    verdicts,
)
from tests.initiatives.programmes import entry

pytestmark = pytest.mark.django_db


def changed(row, **cells):
    line = list(row)
    for name, value in cells.items():
        line[{"code": 0, "output": 3, "unit": 4, "funding": 5, "year": 6, "target": 7, "budget": 8}[name]] = value
    return line


@pytest.mark.parametrize("make", [pasted, uploaded])
def test_new_rows_become_drafts_with_their_years(agency, dewi, make):
    row = applied(agency, make(HEAD, FIRST, SECOND), dewi)
    assert (row.state, verdicts(row), row.counts["new_programmes"]) == ("applied", ["new", "new"], 2)
    programme = Programme.objects.get(sub_activity_code="", activity_code="1.03.01")
    assert (programme.state, programme.organisation, programme.created_by) == ("draft", agency, dewi)
    assert (programme.programme_name, programme.funding_source, programme.unit) == ("Contoh program", "apbd", "rumah")
    year = programme.years.get()
    assert (year.year, year.target, year.budget) == (2026, Decimal(100), Decimal(1_500_000_000))
    assert ProgrammeYear.objects.get(programme__activity_code="1.03.02").target == Decimal("12.5")


def test_same_file_twice_changes_nothing(agency, dewi):
    applied(agency, pasted(HEAD, FIRST, SECOND), dewi)
    before = list(Programme.objects.order_by("pk").values("pk", "updated_at"))
    row = checked(agency, uploaded(HEAD, FIRST, SECOND), dewi)
    assert verdicts(row) == ["unchanged", "unchanged"]
    with pytest.raises(TransitionNotAllowed):
        services.apply_import(row, digest=row.digest, actor=dewi)
    assert list(Programme.objects.order_by("pk").values("pk", "updated_at")) == before


def test_changed_row_says_what_changes_and_keeps_the_rest(agency, dewi):
    applied(agency, pasted(HEAD, FIRST), dewi)
    year = ProgrammeYear.objects.get()
    ProgrammeYear.objects.filter(pk=year.pk).update(realisation=40, note="Contoh")
    row = applied(agency, pasted(HEAD, changed(FIRST, target="120", output="Contoh lain")), dewi)
    line = row.lines.get()
    assert line.verdict == "changed"
    assert line.changes == [["Keluaran", "Contoh tersambung", "Contoh lain"], ["Target 2026", "100", "120"]]
    year.refresh_from_db()
    assert (year.target, year.realisation, year.note) == (Decimal(120), Decimal(40), "Contoh")
    assert Programme.objects.get().output == "Contoh lain"


def test_empty_cell_erases_nothing(agency, dewi):
    applied(agency, pasted(HEAD, FIRST), dewi)
    row = checked(agency, pasted(HEAD, changed(FIRST, target="", budget="-", output="")), dewi)
    assert verdicts(row) == ["unchanged"]


def test_one_wrong_row_stops_everything(agency, dewi):
    row = checked(agency, pasted(HEAD, FIRST, changed(SECOND, target="banyak")), dewi)
    assert verdicts(row) == ["new", "wrong"]
    assert faults(row) == ["3 Target: Tulis angkanya saja, misalnya 1.500 atau 12,5."]
    assert row.lines.get(number=3).faults[0][0] == 7
    with pytest.raises(TransitionNotAllowed):
        services.apply_import(row, digest=row.digest, actor=dewi)
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"code": ""}, "Kodenya kosong"),
        ({"output": ""}, "Wajib diisi"),
        ({"unit": "x" * 41}, "paling banyak 40"),
        ({"funding": "Warisan"}, "tidak dikenal"),
        ({"year": "dua ribu"}, "Tulis satu tahun"),
        ({"target": "-5"}, "kurang dari nol"),
        ({"budget": "5 lusin"}, "Tulis jumlah rupiah"),
        ({"budget": "#REF!"}, "Rumus di sel ini gagal"),
    ],
)
def test_wrong_cells_are_told_by_row_and_column(agency, dewi, cells, words):
    row = checked(agency, pasted(HEAD, changed(FIRST, **cells)), dewi)
    assert verdicts(row) == ["wrong"]
    assert words in faults(row)[0]


def test_code_and_year_stand_once(agency, dewi):
    row = checked(agency, pasted(HEAD, FIRST, changed(FIRST, year=2027), changed(FIRST, target=7)), dewi)
    assert verdicts(row) == ["new", "changed", "wrong"]
    assert "baris 2" in faults(row)[0]


def test_rows_of_one_programme_must_agree_about_it(agency, dewi):
    row = checked(agency, pasted(HEAD, FIRST, changed(FIRST, year=2027, output="Lain")), dewi)
    assert "berbeda dari baris 2" in faults(row)[0]


def test_years_in_columns_and_amounts_in_millions(agency, dewi):
    rows = [
        ["MATRIKS 2 CONTOH"],
        ["Kode", "Program", "Kegiatan", "Indikator Output", "Satuan", "Target", None, "Anggaran (Rp juta)", None],
        [None, None, None, None, None, 2025, 2026, 2025, 2026],
        ["1.03.01", "Contoh program", "Contoh pipa", "Contoh", "rumah", 10, 20, "1.500", 2000.5],
    ]
    merged = ("A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:G2", "H2:I2")
    row = applied(agency, uploaded(*rows, merged=merged), dewi, funding="apbd")
    assert [(y.year, y.target, y.budget) for y in ProgrammeYear.objects.order_by("year")] == [
        (2025, Decimal(10), Decimal(1_500_000_000)),
        (2026, Decimal(20), Decimal(2_000_500_000)),
    ]
    assert row.counts["new_programmes"] == 1


def test_blank_rows_totals_and_group_headings_are_passed_over(agency, dewi):
    rows = [
        ["Kode", "Program", "Kegiatan", "Keluaran", "Satuan", "Target 2026"],
        ["1", "Contoh program", None, None, None, None],
        [None] * 6,
        ["1.1", None, "Contoh pipa", "Contoh", "rumah", 5],
        ["1.2", None, "Contoh hidran", "Contoh", "unit", 6],
        ["JUMLAH", None, None, None, None, 11],
    ]
    row = applied(agency, uploaded(*rows), dewi, funding="apbd")
    assert verdicts(row) == ["skipped", "new", "new", "skipped"]
    assert set(Programme.objects.values_list("programme_name", "programme_code")) == {("Contoh program", "1")}


def test_merged_programme_holds_for_its_rows(agency, dewi):
    rows = [["Program", *HEAD[:1], *HEAD[2:]], ["Contoh program", FIRST[0], *FIRST[2:]], [None, SECOND[0], *SECOND[2:]]]
    row = applied(agency, uploaded(*rows, merged=("A2:A3",)), dewi)
    assert verdicts(row) == ["new", "new"]
    assert set(Programme.objects.values_list("programme_name", flat=True)) == {"Contoh program"}


def test_doubtful_numbers_are_shown_back(agency, dewi):
    row = checked(agency, pasted(HEAD, changed(FIRST, budget="Rp1,5 M", target="1,500 orang")), dewi)
    assert row.counts["doubts"] == 1
    words = [words for _column, _label, words in row.lines.get().doubts]
    assert "“Rp1,5 M” dibaca Rp1.500.000.000" in words
    assert "“1,500 orang” dibaca 1,5" in words
    assert any("satuan" in one.casefold() for one in words)


def test_rows_of_another_implementer_are_left_out(agency, dewi):
    head = [*HEAD, "Instansi pelaksana"]
    row = checked(agency, pasted(head, [*FIRST, agency.name.upper()], [*SECOND, "Contoh dinas lain"]), dewi)
    assert verdicts(row) == ["new", "skipped"]


def test_problems_areas_goals_are_found_by_name(agency, dewi, waste, kalibaru):
    AreaFactory(code="31.72.04.1004.RW01", level="rw", name="RW 01")
    head = [*HEAD, "Masalah", "Lokasi", "Tujuan SDG"]
    applied(agency, pasted(head, [*FIRST, "pengelolaan sampah", "RW 01; Kalibaru", "6. Air Bersih; 11"]), dewi)
    programme = Programme.objects.get()
    assert list(programme.issues.all()) == [waste]
    assert programme.areas.count() == 2
    assert programme.sdg_goals == [6, 11]
    row = checked(agency, pasted(head, [*FIRST, "Sampah antariksa", "RW 99", "42"]), dewi)
    assert len(faults(row)) == 3
    row = applied(agency, pasted(head, [*FIRST, "", "RW 01", "6"]), dewi)
    assert [area.name for area in programme.areas.all()] == ["RW 01"]
    assert list(programme.issues.all()) == [waste]


def test_semesters_have_figures_of_their_own(agency, dewi):
    head = ["Kode", "Tahun", "Semester", "Realisasi", "Terpakai (Rp)"]
    applied(agency, pasted(HEAD, FIRST), dewi)
    applied(agency, pasted(head, ["1.03.01", 2026, "I", 40, "2 juta"], ["1.03.01", 2026, "II", 90, "5 juta"]), dewi)
    year = ProgrammeYear.objects.get()
    assert (year.realisation_s1, year.realisation, year.spent_s1, year.spent) == (40, 90, 2_000_000, 5_000_000)


def test_dated_notes_are_written_once(agency, dewi):
    programme = ProgrammeFactory(organisation=agency, activity_code="1.03.01")
    head = ["Kode", "Tanggal catatan", "Catatan kemajuan"]
    row = applied(agency, pasted(head, ["1.03.01", "06/02/2024", "Contoh: pipa terpasang."]), dewi)
    assert row.lines.get().changes[0][2] == "6 Februari 2024: Contoh: pipa terpasang."
    assert ProgrammeLog.objects.get(programme=programme).on == date(2024, 2, 6)
    assert verdicts(checked(agency, pasted(head, ["1.03.01", "6 Februari 2024", "Contoh: pipa terpasang."]), dewi)) == [
        "unchanged"
    ]


def test_portal_id_comes_before_the_code_and_must_be_ones_own(agency, dewi):
    mine = ProgrammeFactory(organisation=agency, activity_code="")
    other = ProgrammeFactory()
    head = ["ID HUB", "Kode kegiatan", "Target 2026"]
    row = checked(agency, pasted(head, [mine.pk, "9.9", 5], [other.pk, "1", 6], ["x", "2", 7]), dewi)
    assert verdicts(row) == ["changed", "wrong", "wrong"]


def test_a_code_of_several_programmes_needs_the_id(agency, dewi):
    for output in ("Contoh satu", "Contoh dua"):
        ProgrammeFactory(organisation=agency, activity_code="1.03", output=output)
    head = ["Kode", "Keluaran", "Target 2026"]
    row = checked(agency, pasted(head, ["1.03", "Contoh dua", 5], ["1.03", "Contoh tiga", 5]), dewi)
    assert verdicts(row) == ["changed", "wrong"]
    assert "ID HUB" in faults(row)[0]


def test_codes_of_another_organisation_are_nobodys_business(agency, dewi):
    ProgrammeFactory(activity_code="1.03.01")
    assert verdicts(checked(agency, pasted(HEAD, FIRST), dewi)) == ["new"]


# --- agreeing ----------------------------------------------------------------------------------------
def test_portal_that_changed_meanwhile_is_shown_again_and_nothing_is_written(agency, dewi):
    applied(agency, pasted(HEAD, FIRST), dewi)
    row = checked(agency, pasted(HEAD, changed(FIRST, target=120)), dewi)
    ProgrammeYear.objects.update(target=110)
    services.apply_import(row, digest=row.digest, actor=dewi)
    work_on(row.pk)
    row.refresh_from_db()
    assert (row.state, ProgrammeYear.objects.get().target) == ("checked", Decimal(110))
    assert "berubah sejak pemeriksaan" in row.message
    services.apply_import(row, digest=row.digest, actor=dewi)
    work_on(row.pk)
    assert ProgrammeYear.objects.get().target == Decimal(120)


def test_only_what_was_shown_can_be_agreed_to(agency, dewi):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    with pytest.raises(Conflict):
        services.apply_import(row, digest="lain", actor=dewi)
    row.refresh_from_db()
    assert row.state == "checked"


def test_second_press_applies_nothing(agency, dewi):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    stale = ProgrammeImport.objects.get(pk=row.pk)
    services.apply_import(row, digest=row.digest, actor=dewi)
    with pytest.raises(TransitionNotAllowed):
        services.apply_import(stale, digest=row.digest, actor=dewi)
    work_on_all()
    work_on_all()
    with pytest.raises(TransitionNotAllowed):
        services.apply_import(stale, digest=row.digest, actor=dewi)
    assert Programme.objects.count() == 1
    assert Event.objects.filter(kind="initiatives.import_applied").count() == 1


def test_whoever_lost_the_right_meanwhile_writes_nothing(agency, dewi):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    services.apply_import(row, digest=row.digest, actor=dewi)
    dewi.memberships.update(state="left")
    work_on(row.pk)
    row.refresh_from_db()
    assert (row.state, Programme.objects.count()) == ("failed", 0)


def test_a_break_in_the_middle_leaves_nothing_behind(agency, dewi, monkeypatch):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    services.apply_import(row, digest=row.digest, actor=dewi)

    def broken(*_args, **_kwargs):
        raise RuntimeError("contoh")

    monkeypatch.setattr("initiatives.imports.writing._write_years", broken)
    work_on(row.pk)
    row.refresh_from_db()
    assert (row.state, Programme.objects.count()) == ("failed", 0)
    assert "Tidak ada yang tersimpan" in row.message


def test_mended_file_keeps_the_columns_and_begins_again(agency, dewi):
    row = checked(agency, pasted(HEAD, changed(FIRST, target="banyak")), dewi)
    services.replace_file(row, pasted(HEAD, FIRST), actor=dewi)
    row.refresh_from_db()
    assert (row.state, row.lines.count(), row.counts) == ("uploaded", 0, {})
    services.confirm_columns(row, mapping_of(row), actor=dewi)
    work_on(row.pk)
    assert verdicts(row) == ["new"]


def test_cancelled_import_is_not_worked_on(agency, dewi):
    row, _made = services.start_import(agency, pasted(HEAD, FIRST), actor=dewi)
    services.confirm_columns(row, mapping_of(row), actor=dewi)
    services.cancel_import(row, actor=dewi)
    work_on(row.pk)
    row.refresh_from_db()
    assert (row.state, row.lines.count()) == ("cancelled", 0)


def test_double_click_makes_one_import(agency, dewi):
    key = uuid.uuid4()
    first, made = services.start_import(agency, pasted(HEAD, FIRST), actor=dewi, key=key)
    again, made_again = services.start_import(agency, pasted(HEAD, FIRST), actor=dewi, key=key)
    assert (first, made, made_again) == (again, True, False)


def test_unreadable_file_fails_with_words(agency, dewi):
    row, _made = services.start_import(agency, pasted(HEAD, FIRST), actor=dewi)
    services.confirm_columns(row, mapping_of(row), actor=dewi)
    row.file.storage.delete(row.file.name)
    work_on(row.pk)
    row.refresh_from_db()
    assert (row.state, row.message) == ("failed", "Berkasnya sudah tidak ada. Kirim lagi.")


# --- telling -----------------------------------------------------------------------------------------
def test_followers_get_one_item_for_all_rows(agency, dewi, rina, waste):
    rows = [changed(FIRST, code=f"1.{number}") for number in range(30)]
    applied(agency, pasted([*HEAD, "Masalah"], *[[*row, waste.title] for row in rows]), dewi, publishes=True)
    for row in (agency, waste, *Programme.objects.all()[:5]):
        follow(topic_of(row), user=rina)
    again = [[*changed(row, target=7), waste.title] for row in rows]
    applied(agency, pasted([*HEAD, "Masalah"], *again), dewi)
    dispatch_all()
    assert Programme.objects.filter(state="published", published_at__isnull=False).count() == 30
    assert Notification.objects.filter(user=rina).count() == 1
    event = Event.objects.filter(kind="initiatives.import_applied").latest("id")
    assert (event.audience, event.payload["changed"], event.payload["new"]) == ("public", 30, 0)


def test_drafts_are_told_to_the_organisation_only(agency, dewi):
    applied(agency, pasted(HEAD, FIRST), dewi)
    assert Event.objects.get(kind="initiatives.import_applied").audience == "parties"


def test_history_knows_every_row_and_who_did_it(agency, dewi):
    applied(agency, pasted(HEAD, FIRST), dewi)
    applied(agency, pasted(HEAD, changed(FIRST, target=7)), dewi)
    events = pghistory.models.Events.objects.tracks(ProgrammeYear.objects.get()).order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "update"]
    assert {event.pgh_context["user"] for event in events} == {str(dewi.pk)}


def test_columns_are_remembered_for_the_organisation(agency, dewi):
    head = ["Kode", "Uraian A", "Uraian B", "Keluaran", "Satuan", "Volume 2026"]
    line = ["1.03", "Contoh program", "Contoh pipa", "Contoh", "rumah", 5]
    row, _made = services.start_import(agency, pasted(head, line), actor=dewi)
    mapping = mapping_of(row, funding="apbd")
    assert [meaning.key for meaning in mapping.meanings] == ["code", "", "", "output", "unit", ""]
    keys = ["code", "programme_name", "activity_name", "output", "unit", "target"]
    mapping.meanings = [
        type(meaning)(key, 2026 if key == "target" else None)
        for meaning, key in zip(mapping.meanings, keys, strict=True)
    ]
    services.confirm_columns(row, mapping, actor=dewi)
    again, _made = services.start_import(agency, pasted(head, line), actor=dewi)
    assert [meaning.key for meaning in mapping_of(again).meanings] == keys
    assert mapping_of(again).funding == "apbd"
    other = OrganisationFactory(platform="government")
    stranger = ProgrammeImport(organisation=other, file=row.file)
    assert [meaning.key for meaning in mapping_of(stranger).meanings] != keys


def test_imports_follow_a_merged_organisation(agency, dewi, maya):
    row = checked(agency, pasted(HEAD, FIRST), dewi)
    heir = OrganisationFactory(platform="government", kind="agency")
    services.move_imports(agency, heir, maya)
    row.refresh_from_db()
    assert row.organisation == heir


def test_half_year_survives_an_edit_by_hand(agency, dewi):
    line = programmes.YearEntry(2026, realisation_s1=Decimal(4), spent_s1=Decimal(5))
    programme, _made = programmes.log_programme(agency, entry(years=(line,)), actor=dewi)
    assert (programme.years.get().realisation_s1, programme.years.get().spent_s1) == (4, 5)


def test_nobody_else_starts(agency, yusuf, rina):
    for stranger in (yusuf, rina):
        with pytest.raises(PermissionDenied):
            services.start_import(agency, pasted(HEAD, FIRST), actor=stranger)
