"""The secretariat: one desk with queues, and every decision from there."""

import re

import pytest
from playwright.sync_api import expect

from initiatives.models import Initiative, Proposal
from initiatives.services.proposals import answer_clarification
from kalibaru.discussions.models import Comment, Report
from kalibaru.discussions.services import add_comment, report_comment
from stakeholders.models import Organisation
from tests.e2e.steps import follow_link, mails_to, press, sees

pytestmark = pytest.mark.browser


def queued(page, name: str):
    """Return the panel of one row of the desk."""
    return page.locator("article.panel", has=page.get_by_role("heading", name=name, exact=True))


def state_of(name: str) -> str:
    """Return the state of an organisation now."""
    return Organisation.objects.get(name=name).state


def test_moderator_decides_about_organisations_and_reports(world, page, sign_in, smtp_sink, work):
    for days, name in enumerate(("Contoh Satu Hati", "Contoh Dua Muara", "Contoh Tiga Layar")):
        Organisation.objects.create(
            name=name,
            slug=name.lower().replace(" ", "-"),
            platform="civil",
            kind="ngo",
            state="pending",
            submitted_at=Organisation.objects.earliest("created_at").created_at.replace(year=2025, day=1 + days),
            created_by=world.budi,
            is_demo=True,
        ).memberships.create(user=world.budi, role="owner", state="active")
    comment = add_comment(
        Initiative.objects.get(slug="contoh-hidran-umum-rw-04"), body="Beli di sini!", actor=world.budi
    )
    report_comment(comment, reason="spam", note="Iklan.", actor=world.rina)

    sign_in(page, world.maya)
    page.goto("/")
    page.locator("summary", has_text="Menu").click()
    follow_link(page, "Moderasi")
    order = page.locator("section[aria-labelledby=organisations] article > h3").all_inner_texts()
    assert order[:3] == ["Contoh Satu Hati", "Contoh Dua Muara", "Contoh Tiga Layar"]

    press(queued(page, "Contoh Satu Hati"), "Verifikasi")
    sees(page, "Contoh Satu Hati sudah diverifikasi.")
    assert page.url.endswith("/moderation/") and state_of("Contoh Satu Hati") == "verified"

    panel = queued(page, "Contoh Dua Muara")
    press(panel, "Tolak")
    expect(page.locator(".field__error").first).to_be_visible()
    page.goto("/moderation/")
    panel = queued(page, "Contoh Dua Muara")
    panel.get_by_label("Alasan atau pertanyaan").fill("Alamat kantor tidak ditemukan.")
    press(panel, "Tolak")
    sees(page, "Pendaftaran Contoh Dua Muara ditolak. Alasannya dikirim.")
    panel = queued(page, "Contoh Tiga Layar")
    panel.get_by_label("Alasan atau pertanyaan").fill("Mohon lampirkan akta.")
    press(panel, "Minta melengkapi")
    sees(page, "Pertanyaan untuk Contoh Tiga Layar dikirim.")
    work()
    told = "\n".join(mails_to(smtp_sink, world.budi))
    assert "Alamat kantor tidak ditemukan." in told and "Mohon lampirkan akta." in told

    panel = queued(page, "Contoh LSM Pesisir Bersih Indonesia")
    sees(panel, "Mungkin sama", "Contoh LSM Pesisir Bersih")
    panel.get_by_label("Alasan atau pertanyaan").fill("Organisasi yang sama.")
    page.once("dialog", lambda dialog: dialog.accept())
    press(panel, "Gabungkan ke Contoh LSM Pesisir Bersih")
    sees(page, "digabung. Alamat lamanya mengarah ke organisasi tujuan.")
    page.goto("/stakeholders/contoh-lsm-pesisir-bersih-indonesia/")
    page.wait_for_url(re.compile("/stakeholders/contoh-lsm-pesisir-bersih/$"))

    page.goto("/stakeholders/contoh-satu-hati/")
    page.get_by_label("Alasan atau pertanyaan").fill("Menunggu penjelasan pengurus.")
    press(page, "Tangguhkan")
    sees(page, "Contoh Satu Hati ditangguhkan. Alasannya dikirim.")
    assert state_of("Contoh Satu Hati") == "suspended"

    page.goto("/moderation/")
    press(page.locator("section[aria-labelledby=reports]"), "Sembunyikan komentar")
    page.wait_for_url(re.compile("/moderation/"))
    assert Report.objects.get().state == "upheld" and Comment.objects.get(pk=comment.pk).hidden_at
    page.goto("/initiatives/contoh-hidran-umum-rw-04/")
    sees(page, "Komentar ini disembunyikan oleh sekretariat.")


def test_moderator_reviews_proposals_up_to_a_published_initiative(world, page, sign_in, smtp_sink, work):
    title = "Contoh: bata cangkang untuk jalan gang"
    proposal = Proposal.objects.get(title=title)
    sign_in(page, world.maya)
    page.goto("/moderation/")
    follow_link(queued(page, title), title)
    press(page, "Mulai meninjau")
    sees(page, "Usulan ini sekarang ditinjau.")
    page.locator("summary", has_text="Minta penjelasan").click()
    page.get_by_label("Apa yang perlu dijelaskan?").fill("Siapa yang mencetak batanya?")
    press(page, "Kirim pertanyaan")
    sees(page, "Pertanyaan dikirim ke pengusul dan pendampingnya.")
    proposal.refresh_from_db()
    answer_clarification(proposal, "Kelompok pengupas kerang.", actor=world.yusuf)

    page.goto("/workspace/")
    sees(page, "Usulan yang menunggu tinjauan")
    follow_link(page, title)
    sees(page.locator("#penjelasan"), "Kelompok pengupas kerang.")
    page.get_by_label("Catatan keputusan").fill("Sejalan dengan masalah sampah.")
    press(page, "Terima, jadikan inisiatif")
    sees(page, "Usulan diterima.")
    initiative = Initiative.objects.get(from_proposal=proposal)
    assert (
        initiative.published_at is None and initiative.partners.get(role="lead").organisation == proposal.organisation
    )
    assert set(initiative.areas.all()) == set(proposal.areas.all()) and proposal.issue in initiative.issues.all()
    assert [(t.name, t.goal) for t in initiative.targets.all()] == [("Bata", 8000)]

    page.goto("/moderation/")
    follow_link(queued(page, initiative.title), initiative.title)
    follow_link(page, "Terbitkan")
    press(page, "Terbitkan")
    sees(page, "Riwayat")
    initiative.refresh_from_db()
    assert initiative.published_at
    page.goto("/initiatives/")
    sees(page, initiative.title)

    other = Proposal.objects.get(title="Contoh: kran umum di tempat pelelangan")
    answer_clarification(other, "Pengelola pelelangan.", actor=world.yusuf)
    page.goto(other.get_absolute_url())
    page.locator("summary", has_text=re.compile("^Tolak$")).click()
    press(page, "Tolak usulan")
    expect(page.locator("#tinjauan .field__error").first).to_be_visible()
    page.get_by_label("Alasan menolak").fill("Sudah ada di program lain.")
    press(page, "Tolak usulan")
    sees(page, "Usulan ditolak.", "Sudah ada di program lain.")
    work()
    told = "\n".join(mails_to(smtp_sink, world.yusuf))
    assert "Siapa yang mencetak batanya?" in told and "Sudah ada di program lain." in told
