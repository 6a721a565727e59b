"""An NGO: from signing up to a decided proposal."""

import re

import pytest
from playwright.sync_api import expect

from initiatives.models import Proposal
from initiatives.services import reviews
from stakeholders import services
from stakeholders.models import Membership, Organisation
from tests.e2e.steps import document, follow_link, mails_to, press, sees, sign_up

pytestmark = pytest.mark.browser

NAME = "Contoh Rumah Kerang Mandiri"


def register(page) -> Organisation:
    """Register an organisation after the form has warned of one that looks alike."""
    page.goto("/stakeholders/register/")
    name = page.get_by_label("Nama organisasi")
    name.press_sequentially("Contoh LSM Pesisir Bersi", delay=5)
    sees(page.locator("#lookalikes"), "Mungkin organisasi Anda sudah terdaftar", "Contoh LSM Pesisir Bersih")
    name.fill(NAME)
    expect(page.locator("#lookalikes .notice")).to_have_count(0)
    page.locator("select[name=platform]").select_option("civil")
    page.locator("select[name=kind]").select_option("ngo")
    page.locator("textarea[name=description]").fill("Mengolah cangkang kerang bersama warga sejak 2021.")
    page.get_by_label("Kelurahan Kalibaru").check()
    page.locator("input[name=issues]").first.check()
    page.locator("input[name=contact_name]").fill("Tini")
    page.locator("input[name=contact_email]").fill("tini@kerang.example")
    page.locator("input[name=contact_phone]").fill("0812-3456-7890")
    page.locator("input[name=documents]").set_input_files(document())
    press(page, "Ajukan untuk diverifikasi")
    sees(page, "Menunggu verifikasi")
    return Organisation.objects.get(name=NAME)


def invite_a_colleague(page, open_page, sink, work) -> None:
    """Invite by e-mail; the colleague signs up from the mail and joins."""
    follow_link(page, "Atur anggota")
    page.get_by_label("Surel rekan").fill("agus@kerang.example")
    press(page, "Kirim undangan")
    sees(page, "Undangan terkirim.", "agus@kerang.example")
    work()
    [letter] = mails_to(sink, "agus@kerang.example")
    colleague = open_page()
    colleague.goto(re.search(r"http\S+/memberships/\S+", letter)[0])
    follow_link(colleague, "Daftar sekarang")
    sign_up(colleague, sink, "agus@kerang.example", "Agus")
    sees(colleague, "Undangan bergabung", NAME)
    press(colleague, "Bergabung")
    sees(colleague, "Anda sudah bergabung.")


def test_ngo_registers_is_rejected_mends_and_is_verified(world, page, open_page, smtp_sink, work):
    page.goto("/accounts/signup/")
    sign_up(page, smtp_sink, "tini@kerang.example", "Tini")
    page.goto("/workspace/")
    sees(page, "Daftarkan organisasi")
    organisation = register(page)
    assert organisation.state == "pending" and organisation.documents.count() == 1 and organisation.stakes.count() == 1
    invite_a_colleague(page, open_page, smtp_sink, work)
    assert Membership.objects.filter(organisation=organisation, state="active").count() == 2
    page.goto("/proposals/new/")
    sees(page, "Anda belum bisa mengusulkan", "Menunggu verifikasi")

    services.reject_organisation(organisation, actor=world.maya, reason="Akta belum lengkap.")
    work()
    assert any("Akta belum lengkap." in text for text in mails_to(smtp_sink, "tini@kerang.example"))
    page.goto(organisation.get_absolute_url())
    sees(page, "Pendaftaran ditolak", "Akta belum lengkap.")
    follow_link(page, "Perbaiki data")
    page.locator("textarea[name=description]").fill("Akta sudah kami lengkapi.")
    press(page, "Ajukan untuk diverifikasi")
    sees(page, "Menunggu verifikasi")

    organisation.refresh_from_db()
    services.verify_organisation(organisation, actor=world.maya)
    work()
    assert "memverifikasi" in mails_to(smtp_sink, "tini@kerang.example")[-1]
    page.goto("/notifications/")
    sees(page, f"Sekretariat memverifikasi {NAME}")
    page.goto(organisation.get_absolute_url())
    sees(page.locator("#riwayat").locator(".."), "Didaftarkan", "Pendaftaran ditolak", "Diverifikasi")


def write_a_proposal(page) -> Proposal:
    """Save a draft with a title only, then the rest, a file, a row of results and a co-sponsor; hand it in."""
    page.goto("/proposals/new/")
    page.locator("input[name=title]").fill("Contoh: pasar kerajinan kerang")
    page.locator("#simpan").get_by_role("button", name="Simpan rancangan").dblclick()
    page.wait_for_url(re.compile(r"/proposals/[0-9a-f-]{36}/"))
    proposal = Proposal.objects.get(title="Contoh: pasar kerajinan kerang")
    assert proposal.state == "draft"

    page.goto(f"{proposal.get_absolute_url()}edit/")
    page.locator("#simpan").get_by_role("button", name="Ajukan").click()
    sees(page, "Belum lengkap untuk diajukan")
    page.locator("select[name=issue]").select_option(index=1)
    page.locator("input[name=areas]").first.check()
    page.locator("textarea[name=summary]").fill("Pasar mingguan bagi perajin cangkang.")
    page.locator("textarea[name=approach]").fill("Warga menata lapak, **mitra** memberi tenda.")
    page.locator("input[name=results-0-name]").fill("Perajin berjualan")
    page.locator("input[name=results-0-goal]").fill("30")
    page.locator("input[name=results-0-unit]").fill("orang")
    page.locator("input[name=budget]").fill("25 juta")
    page.locator("input[name=files]").set_input_files(document("rencana.pdf"))
    page.locator("select[name=co_sponsor]").select_option(label="Contoh Bank Sampah RW 03")
    page.locator("#simpan").get_by_role("button", name="Ajukan").click()
    sees(page, "Usulan diajukan")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.files.count(), int(proposal.budget)) == ("submitted", 1, 25_000_000)
    return proposal


def test_ngo_proposes_answers_a_question_and_sees_the_decision(world, page, open_page, sign_in, smtp_sink, work):
    sign_in(page, world.yusuf)
    proposal = write_a_proposal(page)
    work()
    assert any("pasar kerajinan kerang" in text for text in mails_to(smtp_sink, world.sari))
    friend = sign_in(open_page(), world.sari)
    friend.goto("/workspace/")
    follow_link(friend, "Contoh: pasar kerajinan kerang")
    press(friend, "Dukung usulan ini")
    sees(friend, "Organisasi Anda kini mendukung usulan ini.")

    reviews.take_under_review(proposal, actor=world.maya)
    reviews.ask_clarification(proposal, "Di mana lapaknya?", actor=world.maya)
    work()
    assert any("Di mana lapaknya?" in text for text in mails_to(smtp_sink, world.yusuf))
    page.goto("/workspace/")
    sees(page, "Menunggu penjelasan Anda")
    follow_link(page, "Contoh: pasar kerajinan kerang")
    sees(page.locator("#penjelasan"), "Di mana lapaknya?")
    page.get_by_label("Jawaban Anda").fill("Di halaman kelurahan.")
    press(page, "Kirim jawaban")
    sees(page, "Jawaban dikirim. Peninjauan berlanjut.", "Di halaman kelurahan.")

    proposal.refresh_from_db()
    reviews.accept(proposal, actor=world.maya, reason="Siap dijalankan.")
    work()
    assert any("diterima dan menjadi inisiatif bersama" in text for text in mails_to(smtp_sink, world.yusuf))
    page.goto(proposal.get_absolute_url())
    sees(page, "Usulan ini menjadi inisiatif bersama", "Siap dijalankan.")
    follow_link(page, "Buka inisiatifnya")
    sees(page, "Belum terbit", "Contoh Bank Sampah RW 03")
