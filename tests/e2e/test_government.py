"""Government staff: log a programme, say how it goes, see what is due, talk about proposals on their problems."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from initiatives.models import Programme, ProposalMessage
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.services.following import follow
from tests.e2e.steps import follow_link, picture, press, sees

pytestmark = pytest.mark.browser

TITLE = "Contoh: penataan lapak kerang"


def log_a_programme(page, year: int) -> Programme:
    """Fill in the columns of the action plan with two years; publish the draft."""
    page.goto("/workspace/")
    follow_link(page, "Catat program")
    page.locator("input[name=programme_code]").fill("2.11.08")
    page.locator("input[name=programme_name]").fill("Contoh: pengelolaan persampahan")
    page.locator("input[name=activity_name]").fill(TITLE)
    page.locator("input[name=sub_activity_name]").fill(f"{TITLE} tahap satu")
    page.locator("[name=output]").fill("Lapak tertata")
    page.locator("input[name=unit]").fill("lapak")
    page.locator("select[name=funding_source]").select_option("apbd")
    page.get_by_label("Pengelolaan sampah").check()
    page.locator("input[name=areas]").first.check()
    page.get_by_label("11. ").check()
    for line, numbers in enumerate(
        ((year - 1, "40", "38", "1,5 miliar", "1.400.000.000"), (year, "60", "", "2 miliar", ""))
    ):
        for name, value in zip(("year", "target", "realisation", "budget", "spent"), numbers, strict=True):
            page.locator(f"input[name=years-{line}-{name}]").fill(str(value))
    press(page, "Simpan rancangan")
    sees(page, "Ini masih rancangan")
    press(page, "Terbitkan")
    sees(page, "Bagaimana kemajuannya?")
    return Programme.objects.get(activity_name=TITLE)


def test_staff_logs_a_programme_and_its_progress(world, page, sign_in, work):
    year = timezone.localdate().year
    sign_in(page, world.dewi)
    programme = log_a_programme(page, year)
    assert programme.state == "published"
    last, this = programme.years.order_by("year")
    assert (last.target, last.realisation, last.budget, last.spent) == (40, 38, 1_500_000_000, 1_400_000_000)
    assert (this.target, this.realisation) == (60, None)
    follow(topic_of(programme), user=world.rina)

    page.goto("/workspace/")
    due = page.locator("section[aria-labelledby=kartu-programmes_due]")
    sees(due, f"Isi realisasi {year}")
    sees(page.locator("section[aria-labelledby=kartu-programmes]"), TITLE)

    page.goto(programme.get_absolute_url())
    follow_link(page, "Tulis catatan")
    page.locator("textarea[name=note]").fill("Dua belas lapak sudah ditata.")
    page.locator("input[name=photos]").set_input_files([picture("satu.jpg"), picture("dua.jpg")])
    page.locator("input[name=alt]").fill("Lapak kerang yang baru ditata.")
    press(page, "Simpan dan beri tahu pengikut")
    sees(page.locator("#catatan"), "Dua belas lapak sudah ditata.")
    expect(page.locator("#catatan img")).to_have_count(2)
    work()
    assert world.rina.notifications.filter(event__subject_id=programme.pk).exists()

    follow_link(page, "Ubah angka")
    line = page.locator("fieldset", has=page.locator(f"input[value='{year}']"))
    line.locator("input[name$='-realisation']").fill("12")
    press(page, "Simpan perubahan")
    sees(page, f"Tercapai pada tahun {year}")
    assert programme.years.get(year=year).realisation == 12


def test_staff_sees_and_discusses_proposals_on_their_problems(world, page, sign_in, open_page):
    sign_in(page, world.dewi)
    page.goto("/workspace/")
    card = page.locator("section[aria-labelledby=kartu-proposals_on_my_problems]")
    sees(card, "Contoh: bata cangkang untuk jalan gang")
    follow_link(card, "Contoh: bata cangkang untuk jalan gang")
    page.get_by_label("Pesan Anda").fill("Gang ini masuk rencana kami tahun depan.")
    press(page, "Kirim pesan")
    sees(page.locator("#pesan"), "Gang ini masuk rencana kami tahun depan.")
    assert ProposalMessage.objects.filter(author=world.dewi).count() == 1

    proposer = sign_in(open_page(), world.yusuf)
    proposer.goto(page.url.partition("#")[0])
    sees(proposer.locator("#pesan"), "Gang ini masuk rencana kami tahun depan.")
    stranger = sign_in(open_page(), world.rina)
    stranger.goto(page.url.partition("#")[0])
    expect(stranger).to_have_title(re.compile("tidak|Tidak"))
