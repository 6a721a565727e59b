"""The main forms with JavaScript off, on a phone."""

import re

import pytest

from initiatives.models import Initiative, Proposal
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Subscription
from stakeholders.models import Organisation
from tests.e2e.steps import PASSWORD, document, follow_link, press, sees

pytestmark = pytest.mark.browser

HYDRANT = "/initiatives/contoh-hidran-umum-rw-04/"


def test_resident_signs_in_searches_filters_follows_and_comments(world, page_nojs):
    page = page_nojs
    page.goto("/")
    page.locator("#cari").fill("hidran")
    press(page.locator("main form[role=search]"), "Cari")
    sees(page, "Hidran umum RW 04")

    page.goto("/initiatives/")
    page.locator("summary.filters__summary").click()
    page.locator("select[name=state]").select_option("paused")
    press(page, "Terapkan")
    sees(page.locator("main"), "Ronda air bersih")
    assert page.locator("main article.card").count() == 1

    page.goto(HYDRANT)
    follow_link(page, "Ikuti inisiatif ini")
    page.locator("main input[name=login]").fill(world.rina.email)
    page.locator("main input[name=password]").fill(PASSWORD)
    press(page, "Masuk")
    topic = topic_of(Initiative.objects.get(slug="contoh-hidran-umum-rw-04"))
    assert Subscription.objects.filter(user=world.rina, topic=topic).exists()

    page.goto(HYDRANT)
    page.get_by_label("Komentar Anda").fill("Airnya lancar pagi ini.")
    press(page, "Kirim komentar")
    sees(page.locator("#komentar"), "Airnya lancar pagi ini.")


def test_organisation_is_registered_after_a_warning(world, page_nojs, sign_in):
    page = sign_in(page_nojs, world.rina)
    page.goto("/stakeholders/register/")
    page.locator("input[name=name]").fill("Contoh LSM Pesisir Bersi")
    page.locator("select[name=platform]").select_option("civil")
    page.locator("select[name=kind]").select_option("ngo")
    page.locator("textarea[name=description]").fill("Kelompok lain dengan nama mirip.")
    page.get_by_label("Kelurahan Kalibaru").check()
    page.locator("input[name=issues]").first.check()
    page.locator("input[name=contact_name]").fill("Rina")
    page.locator("input[name=contact_email]").fill("rina@warga.example")
    page.locator("input[name=documents]").set_input_files(document())
    press(page, "Ajukan untuk diverifikasi")
    sees(page, "Mungkin organisasi Anda sudah terdaftar")
    page.locator("#id_confirm_new").check()
    page.locator("input[name=documents]").set_input_files(document())
    press(page, "Ajukan untuk diverifikasi")
    sees(page, "Menunggu verifikasi")
    assert Organisation.objects.get(name="Contoh LSM Pesisir Bersi").state == "pending"


def test_proposal_is_drafted_submitted_and_accepted_once_by_double_clicks(world, page_nojs, sign_in):
    page = sign_in(page_nojs, world.yusuf)
    page.goto("/proposals/new/")
    page.locator("input[name=title]").fill("Contoh: taman kerang")
    page.locator("#simpan").get_by_role("button", name="Simpan rancangan").dblclick()
    page.wait_for_url(re.compile(r"/proposals/[0-9a-f-]{36}/"))
    proposal = Proposal.objects.get(title="Contoh: taman kerang")
    page.goto(f"{proposal.get_absolute_url()}edit/")
    page.locator("select[name=issue]").select_option(index=1)
    page.locator("input[name=areas]").first.check()
    page.locator("textarea[name=summary]").fill("Taman dari cangkang.")
    page.locator("textarea[name=approach]").fill("Warga menata cangkang.")
    page.locator("input[name=results-0-name]").fill("Taman")
    page.locator("input[name=results-0-goal]").fill("2")
    page.locator("input[name=results-0-unit]").fill("taman")
    page.locator("#simpan").get_by_role("button", name="Ajukan").click()
    sees(page, "Usulan diajukan")

    sign_in(page, world.maya)
    page.goto(proposal.get_absolute_url())
    press(page, "Mulai meninjau")
    page.get_by_role("button", name="Terima, jadikan inisiatif").dblclick()
    sees(page, "Usulan ini menjadi inisiatif bersama")
    assert Initiative.objects.filter(from_proposal=proposal).count() == 1
