"""A resident looks around without an account, then signs up, follows, comments and reports a comment."""

import re

import pytest
from playwright.sync_api import expect

from initiatives.models import Initiative
from kalibaru.accounts.models import User
from kalibaru.discussions.models import Report
from kalibaru.discussions.services import add_comment
from kalibaru.notifications.models import Subscription
from tests.e2e.steps import code_in, follow_link, mails_to, press, sees, sign_up

pytestmark = pytest.mark.browser

PAVING = "/initiatives/contoh-cangkang-kerang-jadi-paving/"


def search(page, words: str):
    """Search from the page's own box; return the list of what was found."""
    page.locator("main input[name=q]").fill(words)
    press(page.locator("main form[role=search]"), "Cari")
    return page.locator("main")


def narrowed(page, **choices: str) -> list[str]:
    """Choose filters of the listing of initiatives as a thumb does; return the titles that are left."""
    page.goto("/initiatives/")
    page.locator("summary.filters__summary").click()
    for name, label in choices.items():
        page.locator(f"select[name={name}]").select_option(label=label)
    press(page, "Terapkan")
    page.wait_for_url(re.compile(r"\?"))
    return page.locator("main .card__title").all_inner_texts()


def test_visitor_without_account_finds_what_is_done_about_a_problem(world, page):
    page.goto("/")
    problems = page.locator("section[aria-labelledby=masalah] .card")
    expect(problems).to_have_count(3)
    sees(page, "Yang sedang berjalan", "Di mana bantuan dibutuhkan")
    expect(page.locator("section[aria-labelledby=bantuan] li").first).to_be_visible()
    expect(page.locator("section[aria-labelledby=berjalan] .card").first).to_be_visible()

    sees(search(page, "sampah"), "Bank sampah tiga RW")
    sees(search(page, "air bersih"), "Ronda air bersih")
    found = search(page, "sampha")
    sees(found, "Tidak ada yang persis sama. Ini yang mirip.", "Bank sampah tiga RW")
    sees(search(page, "qqqqzzzz"), "Tidak ada yang cocok")

    page.goto("/")
    page.locator("summary", has_text="Menu").click()
    follow_link(page, "Inisiatif")
    page.wait_for_url(re.compile("/initiatives/$"))
    page.locator("main .card__title a").first.wait_for()
    page.locator("main input[name=q]").fill("hidrann umum")
    press(page.locator("main form[role=search]"), "Cari")
    sees(page, "Hidran umum RW 04")


def test_visitor_filters_initiatives_and_reads_one(world, page):
    water = Initiative.objects.get(slug="contoh-hidran-umum-rw-04").issues.get().title
    titles = narrowed(page, issue=water)
    assert any("Hidran umum RW 04" in title for title in titles)
    assert not any("Kompos dapur" in title for title in titles)
    assert any("Ronda air" in title for title in narrowed(page, area="RW 14"))
    assert any("Bersih pantai" in title for title in narrowed(page, sdg="14. Ekosistem Lautan"))
    assert any("Ronda air" in title for title in narrowed(page, state="Ditunda"))
    academic = narrowed(page, platform="Akademisi dan pakar", issue=water)
    assert any("Peta sumur" in title for title in academic)
    assert not any("Saringan air" in title for title in academic)

    page.goto(PAVING)
    sees(
        page.locator("aside"),
        "Siapa",
        "Pemimpin",
        "Contoh LSM Pesisir Bersih",
        "Pendana",
        "Sejak",
        "Pengelolaan sampah",
    )
    sees(page, "Yang berikutnya", "Paving terpasang", "Kabar", "Riwayat")
    expect(page.locator("#riwayat .timeline__entry").first).to_be_visible()
    follow_link(page, "Masuk untuk berkomentar")
    page.wait_for_url(re.compile("/accounts/login/"))


def test_resident_signs_up_follows_comments_and_reports(world, page, smtp_sink):
    rude = add_comment(
        Initiative.objects.get(slug="contoh-hidran-umum-rw-04"), body="Beli murah di toko saya!", actor=world.budi
    )
    page.goto(PAVING)
    follow_link(page, "Ikuti inisiatif ini")
    follow_link(page, "Daftar sekarang")
    sign_up(page, smtp_sink, "wati@warga.example", "Wati")
    wati = User.objects.get(email="wati@warga.example")
    assert wati.consented_at and not wati.has_usable_password()

    page.wait_for_url(re.compile(PAVING))
    sees(page, "Anda mengikutinya.")
    expect(page.get_by_role("button", name=re.compile("^Mengikuti"))).to_have_count(1)
    press(page, "Ikuti Pengelolaan sampah")
    expect(page.get_by_role("button", name=re.compile("^Mengikuti"))).to_have_count(2)
    for path in ("/areas/31.72.04.1004/", "/stakeholders/contoh-lsm-pesisir-bersih/"):
        page.goto(path)
        page.locator("main form.post button", has_text="Ikuti").first.click()
        expect(page.locator("main form.post button", has_text="Mengikuti")).to_be_visible()
    kinds = sorted(
        topic.partition(":")[0] for topic in Subscription.objects.filter(user=wati).values_list("topic", flat=True)
    )
    assert kinds == ["area", "initiative", "issue", "organisation"]

    page.goto(PAVING)
    page.get_by_label("Komentar Anda").fill("Gang kami juga mau paving ini.")
    press(page, "Kirim komentar")
    sees(page.locator("#komentar"), "Gang kami juga mau paving ini.", "Wati")
    page.locator("#komentar article", has_text="Gang kami juga").get_by_role("link", name="Tarik").click()
    press(page, "Tarik komentar")
    sees(page.locator("#komentar"), "Komentar ditarik oleh penulisnya.")

    page.goto("/initiatives/contoh-hidran-umum-rw-04/")
    page.locator(f"#comment-{rude.pk}").get_by_role("link", name="Laporkan").click()
    page.get_by_label("Iklan atau spam").check()
    page.get_by_label("Penjelasan").fill("Ini iklan.")
    press(page, "Kirim laporan")
    page.wait_for_url(re.compile("hidran-umum"))
    report = Report.objects.get(comment=rude)
    assert (report.reason, report.note, report.created_by) == ("spam", "Ini iklan.", wati)


def test_resident_comes_back_with_a_code_or_a_password(world, page, open_page, smtp_sink):
    page.goto("/accounts/login/")
    follow_link(page, "Kirim kode ke surel saya")
    page.locator("main input[name=email]").fill("rina@warga.example")
    page.locator("main form button[type=submit]").first.click()
    page.locator("main input[name=code]").fill(code_in(mails_to(smtp_sink, world.rina)[-1]))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/workspace/"))
    sees(page, "Halo, Rina")

    other = open_page()
    other.goto("/accounts/signup/")
    sign_up(other, smtp_sink, "joko@warga.example", "Joko", password="kerang-hijau-7")
    assert User.objects.get(email="joko@warga.example").check_password("kerang-hijau-7")
    other.goto("/")
    other.locator("summary", has_text="Menu").click()
    press(other, "Keluar")
    other.goto("/accounts/login/")
    other.locator("main input[name=login]").fill("joko@warga.example")
    other.locator("main input[name=password]").fill("kerang-hijau-7")
    press(other, "Masuk")
    other.wait_for_url(re.compile("/workspace/"))
    sees(other, "Halo, Joko")
