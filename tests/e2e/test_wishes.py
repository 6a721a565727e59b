"""What a person can set: channels and hours with a preview, a followed search, and following without an account."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from initiatives.models import Initiative
from initiatives.services.updates import publish_update
from kalibaru.notifications.models import Guest, Subscription
from kalibaru.notifications.preferences import preferences_of
from kalibaru.notifications.services.digest import send_due_digests
from tests.e2e.steps import follow_link, press, sees, words_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_settings_are_previewed_before_they_are_saved(world, open_page, sign_in, work, javascript):
    initiative = Initiative.objects.get(slug="contoh-cangkang-kerang-jadi-paving")
    publish_update(initiative, actor=world.yusuf, title="Mesin giling tiba", body="Kabar lengkap.")
    work()
    page = open_page(javascript=javascript)
    sign_in(page, world.rina)
    page.goto("/notifications/settings/")
    page.locator("select[name=followed]").select_option("daily")
    page.get_by_label("Jam ringkasan", exact=True).select_option("18")
    page.get_by_label("Jam tenang mulai").select_option("22")
    page.get_by_label("Jam tenang sampai").select_option("5")
    press(page, "Lihat ringkasan berikutnya")
    preview = page.locator("#pratinjau")
    expect(preview).to_contain_text("menurut pilihan yang belum disimpan")
    expect(preview).to_contain_text("Ringkasan harian")
    expect(preview).to_contain_text("18.00 WIB")
    expect(preview).to_contain_text("Mesin giling tiba")
    assert preferences_of(world.rina)["followed"] == "weekly", "looking saves nothing"
    press(page, "Simpan pilihan")
    expect(page.locator(".flash--success")).to_be_visible()
    assert preferences_of(world.rina)["followed"] == "daily"
    world.rina.refresh_from_db()
    assert (world.rina.rhythm.digest_hour, world.rina.rhythm.quiet_from) == (18, 22)


def test_a_search_is_followed_from_its_listing_and_stopped_in_the_list(world, page, sign_in):
    sign_in(page, world.rina)
    page.goto("/initiatives/?q=cangkang&area=31.72.04.1004")
    follow_link(page, "Ikuti pencarian ini")
    sees(page, "Semua syarat harus cocok sekaligus.", "cangkang")
    press(page, "Ikuti pencarian ini")
    sees(page, "Inisiatif · “cangkang” · Kelurahan Kalibaru")
    search = world.rina.saved_searches.get(words="cangkang")
    page.locator(f"form:has(input[value='{search.pk}']) button").click()
    sees(page, "Anda tidak mengikuti pencarian itu lagi.")
    assert not world.rina.saved_searches.filter(words="cangkang").exists()


def test_a_neighbour_follows_the_area_without_an_account_and_leaves_no_trace(world, page, smtp_sink, work):
    address = "tetangga@surat.example"
    page.goto("/areas/31.72.04.1004/")
    follow_link(page, "Ikuti lewat surel, tanpa akun")
    page.get_by_role("textbox", name="Alamat surel").fill(address)
    page.get_by_label("Saya setuju alamat surel saya disimpan").check()
    press(page, "Kirim tautan ke surel saya")
    sees(page, "Periksa surel Anda")
    work()
    [letter] = smtp_sink.to(address)
    page.goto(re.search(r"http\S+/follow/mail/confirm/\S+", words_of(letter))[0])
    assert not Guest.objects.exists(), "opening the link changes nothing"
    press(page, "Ya, ikuti")
    sees(page, "Yang Anda ikuti lewat surel", address)

    Subscription.objects.filter(user__guest__email=address).update(created_at=timezone.now() - timedelta(days=1))
    initiative = Initiative.objects.get(slug="contoh-cangkang-kerang-jadi-paving")
    publish_update(initiative, actor=world.yusuf, title="Gang enam selesai", body="Kabar lengkap.")
    send_due_digests(timezone.now() + timedelta(days=7))
    digest = words_of(smtp_sink.to(address)[-1])
    assert "Gang enam selesai" in digest
    page.goto(re.search(r"http\S+/follow/mail/manage/\S+", digest)[0])
    press(page, "Hapus semua")
    sees(page, "Alamat Anda sudah dihapus")
    assert not Guest.objects.exists()


def test_the_areas_week_is_passed_on_without_an_account(world, page):
    page.goto("/areas/31.72.04.1004/")
    follow_link(page, "Bagikan ke grup WhatsApp RW")
    words = page.get_by_label("Pesannya").input_value()
    assert "Kelurahan Kalibaru" in words and len(words) <= 800
    assert "wa.me" in page.get_by_role("link", name="Kirim lewat WhatsApp").get_attribute("href")
