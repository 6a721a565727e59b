"""Government staff bring a spreadsheet: paste, see what is wrong, mend, agree; the same file again changes nothing."""

import pytest
from playwright.sync_api import expect

from initiatives.models import Programme, ProgrammeYear
from tests.core.sheets import minimal
from tests.e2e.steps import follow_link, press, sees
from tests.initiatives.imports import FIRST, HEAD, SECOND, tsv

pytestmark = pytest.mark.browser

WRONG = [*FIRST[:7], "banyak", FIRST[8]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_staff_paste_mend_apply_and_send_the_same_again(world, page, sign_in):
    sign_in(page, world.dewi)
    page.goto("/programmes/")
    follow_link(page, "Impor dari lembar kerja")
    page.locator("textarea[name=paste]").fill(tsv(HEAD, WRONG, SECOND))
    press(page, "Lanjut: cocokkan kolom")
    expect(page.get_by_label("Arti kolom A Kode")).to_have_value("code")
    press(page, "Periksa isinya")
    sees(page, "1 baris salah", "Tulis angkanya saja, misalnya 1.500 atau 12,5.")
    with page.expect_download() as download:
        follow_link(page, "Unduh berkas bertanda (Excel)")
    assert download.value.suggested_filename.endswith("-perbaiki.xlsx")

    page.locator("textarea[name=paste]").fill(tsv(HEAD, FIRST, SECOND))
    press(page, "Kirim dan periksa lagi")
    sees(page, "Setuju dengan hasil ini?", "Rp1.500.000.000")
    page.get_by_label("Langsung terbitkan program yang baru").check()
    press(page, "Simpan semuanya")
    sees(page, "Lembar kerja tersimpan seluruhnya.")
    assert Programme.objects.filter(activity_code__startswith="1.03.0", state="published").count() == 2

    page.goto("/programmes/import/")
    # Written by another program: inline strings, no styles, no places of cells.
    content = minimal([HEAD, FIRST, SECOND])
    page.locator("input[name=file]").set_input_files([{"name": "rad.xlsx", "mimeType": XLSX, "buffer": content}])
    press(page, "Lanjut: cocokkan kolom")
    press(page, "Periksa isinya")
    sees(page, "Tidak ada yang berubah")


def test_staff_fill_the_grid_by_keyboard(world, desktop, sign_in):
    page = sign_in(desktop, world.dewi)
    page.goto("/programmes/realisation/")
    cells = page.locator("input[data-column=realisation]")
    cells.first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("11")
    page.keyboard.press("ArrowDown")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("ArrowUp")
    expect(cells.first).to_be_focused()
    press(page, "Simpan yang berubah")
    sees(page, "2 baris tersimpan.")
    assert ProgrammeYear.objects.filter(realisation__in=[11, 12]).count() == 2
    press(page, "Salin ke tahun berikutnya")
    sees(page, "disalin ke")


def test_import_works_without_scripts(world, page_nojs, sign_in):
    page = sign_in(page_nojs, world.dewi)
    page.goto("/programmes/import/")
    page.locator("textarea[name=paste]").fill(tsv(HEAD, FIRST))
    press(page, "Lanjut: cocokkan kolom")
    press(page, "Periksa isinya")
    press(page, "Simpan semuanya")
    sees(page, "Lembar kerja tersimpan seluruhnya.")
