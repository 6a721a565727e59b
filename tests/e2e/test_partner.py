"""The lead of an initiative keeps it true; whoever follows is told."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from initiatives.models import Initiative
from tests.e2e.steps import follow_link, picture, press, sees

pytestmark = pytest.mark.browser

HOME = "/initiatives/contoh-cangkang-kerang-jadi-paving/"


def test_lead_edits_adds_partner_milestone_and_news_and_followers_are_told(world, page, open_page, sign_in, work):
    initiative = Initiative.objects.get(slug="contoh-cangkang-kerang-jadi-paving")
    sign_in(page, world.yusuf)
    page.goto(HOME)
    follow_link(page, "Ubah keterangan")
    page.locator("textarea[name=summary]").fill("Tiga RW kini menggiling cangkang menjadi paving.")
    page.locator("main form button.button[type=submit]").first.click()
    sees(page, "Tiga RW kini menggiling cangkang menjadi paving.")

    page.goto(f"{HOME}partners/")
    page.locator("select[name=organisation]").select_option(label="Contoh Universitas Bahari")
    page.locator("select#id_role").select_option("supporting")
    press(page, "Tambahkan")
    sees(page, "Mitra ditambahkan. Pengelolanya diberi tahu.")
    assert initiative.partners.filter(organisation__name="Contoh Universitas Bahari", role="supporting").exists()

    page.goto(f"{HOME}milestones/")
    page.locator("input[name=title]").fill("Pasang paving di gang lima")
    page.locator("input[name=due_on]").fill(f"{timezone.localdate() + timezone.timedelta(days=30):%Y-%m-%d}")
    press(page, "Tambahkan")
    sees(page, "Pasang paving di gang lima")
    row = page.locator("li", has_text="Pasang paving di gang lima")
    press(row, "Tandai selesai")
    sees(page, "Tonggak selesai.")

    page.goto(HOME)
    follow_link(page, "Tulis kabar")
    page.get_by_label("Judul kabar").fill("Gang lima selesai")
    page.locator("textarea[name=body]").fill("Seratus meter persegi terpasang dalam dua minggu.")
    page.locator("input[name=photo_1]").set_input_files(picture())
    page.locator("input[name=alt_1]").fill("Gang dengan paving baru.")
    press(page, "Terbitkan kabar")
    sees(page.locator("#kabar"), "Gang lima selesai")
    expect(page.locator("#kabar img[alt='Gang dengan paving baru.']")).to_be_visible()

    work()
    reader = sign_in(open_page(), world.rina)
    reader.goto("/")
    expect(reader.locator(".tools .count")).to_be_visible()
    reader.locator(".tools a.tool").first.click()
    sees(reader, "Gang lima selesai")
    reader.get_by_role("button", name=re.compile("Gang lima selesai")).click()
    reader.wait_for_url(re.compile("contoh-cangkang-kerang-jadi-paving"))
    sees(reader.locator("#riwayat"), "Kabar baru", "Gang lima selesai")
