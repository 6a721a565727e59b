"""The pages of proposals: what is shown to whom, kept on errors, and answered to wrong input."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from initiatives.events import proposals as events
from initiatives.models import CoSponsor, Initiative, Proposal
from initiatives.services import drafts
from initiatives.services import proposals as services
from kalibaru.media.services import keep_attachment
from kalibaru.notifications.models import Event
from tests.factories import MembershipFactory, OrganisationFactory, ProposalFactory
from tests.initiatives.proposals import co_sponsor, draft, in_state, owner_of, person_in  # noqa: F401
from tests.initiatives.test_proposal import PDF

pytestmark = pytest.mark.django_db
NEW = "/proposals/new/"


def url(proposal, deed=""):
    return reverse("proposals:deed", args=[proposal.pk, deed]) if deed else proposal.get_absolute_url()


def written(**fields):
    """Return the post of a form with one result row."""
    rows = fields.pop("rows", [])
    data = {
        "title": "Contoh bank sampah",
        "results-TOTAL_FORMS": str(len(rows) + 1),
        "results-INITIAL_FORMS": "0",
        "submission_key": "00000000-0000-4000-8000-000000000000",
    }
    for place, (name, goal, unit) in enumerate([*rows, ("", "", "")]):
        data |= {f"results-{place}-name": name, f"results-{place}-goal": goal, f"results-{place}-unit": unit}
    return data | fields


def complete(ngo, waste, kalibaru, **fields):
    return written(
        organisation=ngo.pk,
        issue=waste.pk,
        areas=[kalibaru.pk],
        summary="Warga memilah sampah.",
        approach="Bersama pengurus RW.",
        budget="2,5 juta",
        rows=[("Keluarga memilah", "1.200", "keluarga")],
        **fields,
    )


@pytest.fixture
def as_yusuf(client, yusuf):
    client.force_login(yusuf)
    return client


def test_a_draft_is_saved_incomplete_and_shown_again(as_yusuf, ngo):
    answer = as_yusuf.post(NEW, written(organisation=ngo.pk, deed="save"))
    proposal = Proposal.objects.get()
    assert answer.status_code == 302 and answer.url.startswith(reverse("proposals:edit", args=[proposal.pk]))
    page = as_yusuf.get(answer.url).content.decode()
    assert "Contoh bank sampah" in page and "Rancangan tersimpan" in page


def test_a_complete_proposal_is_submitted_from_the_form(as_yusuf, ngo, waste, kalibaru, maya):
    answer = as_yusuf.post(NEW, complete(ngo, waste, kalibaru, deed="submit"))
    proposal = Proposal.objects.get()
    assert answer.status_code == 302 and answer.url == url(proposal)
    assert proposal.state == "submitted" and proposal.budget == 2_500_000
    assert proposal.expected_results.get().goal == 1200
    assert b"Rp2.500.000" in as_yusuf.get(url(proposal)).content


def test_an_incomplete_one_is_saved_and_says_beside_each_field_what_is_missing(as_yusuf, ngo):
    answer = as_yusuf.post(NEW, written(organisation=ngo.pk, deed="submit", approach="Dengan warga."))
    proposal, page = Proposal.objects.get(), answer.content.decode()
    assert answer.status_code == 400 and proposal.state == "draft" and proposal.approach == "Dengan warga."
    for words in ("Rancangan tersimpan", "Pilih masalah", "satu wilayah", "satu hasil", "Dengan warga."):
        assert words in page
    assert f'action="{reverse("proposals:edit", args=[proposal.pk])}"' in page
    version = re.search(r'name="version" value="([^"]+)"', page)[1]
    again = as_yusuf.post(
        reverse("proposals:edit", args=[proposal.pk]), written(deed="save", version=version, approach="Dua")
    )
    assert again.status_code == 302


def test_a_double_click_on_submit_makes_one_proposal_and_one_event(as_yusuf, ngo, waste, kalibaru):
    data = complete(ngo, waste, kalibaru, deed="submit")
    answers = [as_yusuf.post(NEW, data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Proposal.objects.count() == 1
    assert Event.objects.filter(kind=events.SUBMITTED).count() == 1


def test_the_same_page_sent_again_with_newer_words_keeps_the_newer_ones(as_yusuf, ngo):
    data = written(organisation=ngo.pk)
    as_yusuf.post(NEW, data)
    as_yusuf.post(NEW, data | {"title": "Judul kedua"})
    assert Proposal.objects.get().title == "Judul kedua"


def test_saving_and_adding_a_row_keeps_the_rows_in_order(as_yusuf, draft):  # noqa: F811
    rows = [("Satu", "1", "a"), ("Dua", "2", "b"), ("Tiga", "", "")]
    answer = as_yusuf.post(reverse("proposals:edit", args=[draft.pk]), written(rows=rows, deed="row"))
    assert answer.url.endswith("#hasil")
    assert list(draft.expected_results.values_list("name", flat=True)) == ["Satu", "Dua", "Tiga"]
    page = as_yusuf.get(answer.url).content.decode()
    assert 'name="results-3-name"' in page and 'name="results-4-name"' not in page


def test_a_stale_form_answers_409_and_keeps_the_words(as_yusuf, draft, ngo):  # noqa: F811
    address = reverse("proposals:edit", args=[draft.pk])
    version = re.search(r'name="version" value="([^"]+)"', as_yusuf.get(address).content.decode())[1]
    drafts.save_draft(draft, drafts.Content(title="Dari rekan"), actor=person_in(ngo))
    answer = as_yusuf.post(address, written(title="Dari saya", approach="Uraian panjang saya", version=version))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Dari saya" in page and "Uraian panjang saya" in page and "Orang lain sudah mengubah" in page
    assert Proposal.objects.get().title == "Dari rekan"
    renewed = re.search(r'name="version" value="([^"]+)"', page)[1]
    assert as_yusuf.post(address, written(title="Dari saya", version=renewed)).status_code == 302
    assert Proposal.objects.get().title == "Dari saya"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"approach": "x" * 10_000}, "8000"),
        ({"summary": "x" * 10_000}, "400"),
        ({"title": "Judul\x00"}, "null"),
        ({"budget": "banyak sekali"}, "Tulis jumlah rupiah"),
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "sesudah tanggal mulai"),
        ({"starts_on": "kemarin"}, "tanggal"),
        ({"issue": "00000000-0000-4000-8000-000000000000"}, ""),
        ({"areas": "bukan-wilayah"}, ""),
        ({"results-0-name": "x" * 10_000}, "200"),
        ({"results-0-goal": "banyak"}, "angka"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field_and_the_rest_stays(as_yusuf, ngo, fields, words):
    data = written(organisation=ngo.pk, asks="Kami perlu timbangan.") | fields
    answer = as_yusuf.post(NEW, data)
    page = answer.content.decode()
    assert answer.status_code == 400 and not Proposal.objects.exists()
    assert "Kami perlu timbangan." in page and words.lower() in page.lower()
    assert "field--error" in page


@pytest.mark.parametrize("data", [{}, {"results-TOTAL_FORMS": "-3"}, {"results-TOTAL_FORMS": "99999"}])
def test_a_broken_row_count_is_an_error_not_a_crash(as_yusuf, ngo, data):
    answer = as_yusuf.post(NEW, {"organisation": ngo.pk, "title": "Contoh"} | data)
    assert answer.status_code == 400


def test_a_file_that_is_not_what_it_says_is_refused_beside_the_field(as_yusuf, ngo):
    bad = SimpleUploadedFile("rencana.pdf", b"MZ\x90\x00 program", content_type="application/pdf")
    answer = as_yusuf.post(NEW, written(organisation=ngo.pk, asks="Tetap ada.") | {"files": bad})
    page = answer.content.decode()
    assert answer.status_code == 400 and "rencana.pdf" in page and "Tetap ada." in page


def test_files_are_kept_shown_downloaded_and_removed(as_yusuf, ngo):
    good = SimpleUploadedFile("rencana.pdf", PDF, content_type="application/pdf")
    as_yusuf.post(NEW, written(organisation=ngo.pk) | {"files": good})
    proposal = Proposal.objects.get()
    file = proposal.files.get()
    answer = as_yusuf.get(reverse("proposals:file", args=[proposal.pk, file.pk]))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    as_yusuf.post(reverse("proposals:edit", args=[proposal.pk]), written(remove=str(file.pk)))
    assert not proposal.files.exists()


def test_a_save_that_cannot_be_done_wholly_writes_nothing_and_keeps_the_words(as_yusuf, draft):  # noqa: F811
    pdfs = [SimpleUploadedFile(f"rencana-{n}.pdf", PDF + bytes([n])) for n in range(1, 8)]
    address = reverse("proposals:edit", args=[draft.pk])
    as_yusuf.post(address, written() | {"files": pdfs[:6]})
    partner = OrganisationFactory()
    more = [SimpleUploadedFile(f"lain-{n}.pdf", PDF + bytes([100 + n])) for n in range(6)]
    data = written(title="Judul baru", co_sponsor=partner.pk, deed="submit")
    answer = as_yusuf.post(address, data | {"files": more})
    page = answer.content.decode()
    assert answer.status_code == 400 and "Paling banyak 10 berkas" in page and "Judul baru" in page
    draft.refresh_from_db()
    assert (draft.title, draft.state, draft.files.count()) == ("Contoh bank sampah", "draft", 6)
    assert not draft.co_sponsors.exists()


def test_a_first_save_that_cannot_be_done_wholly_makes_no_proposal(as_yusuf, ngo, yusuf):
    answer = as_yusuf.post(NEW, written(organisation=ngo.pk, co_sponsor=ngo.pk, asks="Tetap ada."))
    assert answer.status_code == 400 and "Tetap ada." in answer.content.decode()
    assert not Proposal.objects.exists() and not Event.objects.exists()


def test_a_draft_with_files_and_a_partner_is_kept_when_it_cannot_be_submitted(as_yusuf, ngo):
    partner = OrganisationFactory()
    pdf = SimpleUploadedFile("rencana.pdf", PDF)
    data = written(organisation=ngo.pk, co_sponsor=partner.pk, deed="submit") | {"files": pdf}
    answer = as_yusuf.post(NEW, data)
    assert answer.status_code == 400 and "Rancangan tersimpan" in answer.content.decode()
    proposal = Proposal.objects.get()
    assert proposal.state == "draft" and proposal.files.count() == 1
    assert proposal.co_sponsors.get().organisation == partner
    assert not Event.objects.filter(kind=events.SUBMITTED).exists()


@pytest.mark.parametrize("text", ["bukan-uuid", "00000000-0000-4000-8000-000000000000"])
def test_removing_a_file_of_another_proposal_is_404(as_yusuf, draft, text):  # noqa: F811
    answer = as_yusuf.post(reverse("proposals:edit", args=[draft.pk]), written(remove=text))
    assert answer.status_code == 404


def test_files_are_for_parties_only_even_once_accepted(client, rina):
    proposal = in_state("accepted")
    owner = person_in(proposal.organisation)
    file = keep_attachment(SimpleUploadedFile("rencana.pdf", PDF), actor=owner)
    proposal.files.add(file)
    address = reverse("proposals:file", args=[proposal.pk, file.pk])
    assert client.get(address).status_code == 302
    client.force_login(rina)
    assert client.get(address).status_code == 403
    assert "rencana.pdf" not in client.get(url(proposal)).content.decode()


@pytest.mark.parametrize("state", ["draft", "submitted", "under_review", "clarification", "declined", "withdrawn"])
def test_a_guessed_address_tells_nothing(client, rina, state):
    proposal = in_state(state)
    for address in (url(proposal), url(proposal, "message"), reverse("proposals:edit", args=[proposal.pk])):
        client.logout()
        assert client.get(url(proposal)).status_code == 404
        client.force_login(rina)
        answer = client.post(address) if address.endswith("message/") else client.get(address)
        assert answer.status_code == 404


def test_a_wrong_role_is_403(client, rina):
    proposal = in_state("accepted")
    client.force_login(rina)
    for deed in ("take", "ask", "decline", "accept", "withdraw", "answer", "message", "reviewer", "invite", "submit"):
        assert client.post(url(proposal, deed)).status_code == 403, deed
    assert client.get(reverse("proposals:edit", args=[proposal.pk])).status_code == 403
    assert client.post(url(proposal, "sabotage")).status_code == 404
    assert client.get(url(proposal, "accept")).status_code == 405


def test_who_cannot_propose_reads_what_to_do_first(client, rina):
    client.force_login(rina)
    answer = client.get(NEW)
    assert answer.status_code == 403 and "Daftarkan organisasi" in answer.content.decode()
    assert client.post(NEW, {}).status_code == 403


def test_a_suspended_organisation_neither_writes_nor_submits(as_yusuf, draft, ngo):  # noqa: F811
    ngo.state = "suspended"
    ngo.save()
    assert as_yusuf.get(NEW).status_code == 403
    assert as_yusuf.get(url(draft)).status_code == 200
    assert as_yusuf.post(reverse("proposals:edit", args=[draft.pk]), written(deed="submit")).status_code == 403
    assert as_yusuf.post(url(draft, "submit")).status_code == 403


def test_the_moderator_takes_asks_and_accepts_on_the_page(client, maya, yusuf, draft):  # noqa: F811
    services.submit_proposal(draft, actor=yusuf)
    client.force_login(maya)
    assert "Mulai meninjau" in client.get(url(draft)).content.decode()
    client.post(url(draft, "take"))
    client.post(url(draft, "ask"), {"question": "Siapa yang mengelola?"})
    client.force_login(yusuf)
    page = client.get(url(draft)).content.decode()
    assert "Siapa yang mengelola?" in page and "Kirim jawaban" in page
    client.post(url(draft, "answer"), {"answer": "Pengurus RW."})
    client.force_login(maya)
    assert "Pengurus RW." in client.get(url(draft)).content.decode()
    answer = client.post(url(draft, "accept"), {"reason": "Cocok.", "next": "/moderation/"})
    assert answer.url == "/moderation/"
    assert Initiative.objects.get().from_proposal == draft


def test_a_reason_that_is_refused_stays_in_its_box(client, maya):
    proposal = in_state("under_review")
    client.force_login(maya)
    long = "alasan " * 1500
    answer = client.post(url(proposal, "decline"), {"reason": long})
    assert answer.status_code == 400 and long[:3000] in answer.content.decode()
    assert client.post(url(proposal, "decline"), {"reason": ""}).status_code == 400
    assert client.post(url(proposal, "ask"), {"question": "\x00"}).status_code == 400
    proposal.refresh_from_db()
    assert proposal.state == "under_review"


def test_a_double_click_on_accept_makes_one_initiative_and_the_second_moderator_reads_409(client, maya):
    from tests.factories import moderator

    proposal = in_state("under_review")
    client.force_login(maya)
    assert [client.post(url(proposal, "accept")).status_code for _ in range(2)] == [302, 302]
    assert Initiative.objects.count() == 1
    assert client.post(url(proposal, "decline"), {"reason": "Tidak."}).status_code == 409
    client.force_login(moderator())
    assert client.post(url(proposal, "accept")).status_code == 409


def test_next_never_leads_elsewhere(client, maya):
    proposal = in_state("submitted")
    client.force_login(maya)
    answer = client.post(url(proposal, "take"), {"next": "https://jahat.example/"})
    assert answer.url.startswith(url(proposal))


def test_declined_shows_the_reason_to_proposer_and_co_sponsor_only(client, maya):
    proposal = in_state("declined", decision_reason="Sudah ada program serupa.")
    owner, backer = person_in(proposal.organisation), owner_of(co_sponsor(proposal).organisation)
    for person in (owner, backer, maya):
        client.force_login(person)
        assert "Sudah ada program serupa." in client.get(url(proposal)).content.decode()


def test_internal_messages_are_not_on_the_proposers_page(client, maya, draft, yusuf):  # noqa: F811
    services.submit_proposal(draft, actor=yusuf)
    client.force_login(maya)
    client.post(url(draft, "message"), {"body": "Anggarannya janggal.", "internal": "on"})
    client.post(url(draft, "message"), {"body": "Terima kasih atas usulannya."})
    assert "Anggarannya janggal." in client.get(url(draft)).content.decode()
    client.force_login(yusuf)
    page = client.get(url(draft)).content.decode()
    assert "Terima kasih atas usulannya." in page and "Anggarannya janggal." not in page
    client.post(url(draft, "message"), {"body": "Rahasia?", "internal": "on"})
    assert not draft.messages.get(body="Rahasia?").internal


def test_an_invited_organisation_reads_answers_and_leaves(client, draft, yusuf):  # noqa: F811
    partner = OrganisationFactory()
    guest = person_in(partner)
    client.force_login(yusuf)
    client.post(url(draft, "invite"), {"co_sponsor": partner.pk})
    row = CoSponsor.objects.get()
    client.force_login(guest)
    assert "Dukung usulan ini" in client.get(url(draft)).content.decode()
    assert client.post(reverse("proposals:answer_invitation", args=[draft.pk, row.pk, "accept"])).status_code == 302
    assert client.post(reverse("proposals:answer_invitation", args=[draft.pk, row.pk, "lain"])).status_code == 404
    answer = client.post(reverse("proposals:answer_invitation", args=[draft.pk, row.pk, "leave"]))
    assert answer.url == reverse("workspace")


def test_the_public_page_of_an_accepted_one_hides_the_inside(client, waste):
    proposal = in_state("accepted", issue=waste)
    co_sponsor(proposal, name="Contoh Mitra Setia")
    co_sponsor(proposal, "invited", name="Contoh Mitra Ragu")
    page = client.get(url(proposal)).content.decode()
    assert proposal.title in page and "Contoh Mitra Setia" in page
    for hidden in ("Contoh Mitra Ragu", "Kirim pesan", "Tinjauan", "Ubah"):
        assert hidden not in page


def test_lists_show_each_reader_their_own(client, draft, yusuf, rina):  # noqa: F811
    accepted = in_state("accepted")
    assert [row.pk for row in client.get("/proposals/").context["page"]] == [accepted.pk]
    client.force_login(rina)
    assert [row.pk for row in client.get("/proposals/").context["page"]] == [accepted.pk]
    client.force_login(yusuf)
    assert {row.pk for row in client.get("/proposals/").context["page"]} == {accepted.pk, draft.pk}
    assert [row.pk for row in client.get("/proposals/?state=draft").context["page"]] == [draft.pk]
    assert [row.pk for row in client.get("/proposals/?q=bank+sampah").context["page"]] == [draft.pk]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        # Without an account the list has no filter by state: every proposal one sees is accepted.
        ("state=zzz", 200),
        ("issue=zzz", 400),
        ("area=%27--", 400),
        ("page=%ff%fe", 400),
        ("page=" + "9" * 700, 400),
        ("q=" + "x" * 1500, 200),
    ],
)
def test_unknown_filters_and_absurd_pages_are_answered(client, query, status):
    assert client.get(f"/proposals/?{query}").status_code == status


def test_a_listing_costs_the_same_however_long(client, django_assert_max_num_queries):
    for _ in range(3):
        in_state("accepted")
    client.get("/proposals/")
    with django_assert_max_num_queries(8):
        client.get("/proposals/")
    for _ in range(9):
        in_state("accepted")
    with django_assert_max_num_queries(8):
        client.get("/proposals/")


def test_a_public_page_costs_at_most_ten_queries(client, django_assert_max_num_queries, maya):
    from initiatives.services import reviews

    proposal = in_state("under_review")
    for _ in range(3):
        co_sponsor(proposal)
    reviews.accept(proposal, actor=maya)
    client.get(url(proposal))
    with django_assert_max_num_queries(10):
        assert client.get(url(proposal)).status_code == 200


def test_the_english_page_keeps_its_prefix(client):
    proposal = ProposalFactory(state="accepted")
    assert client.get(f"/en{url(proposal)}").status_code == 200


def test_what_a_submission_needs_is_not_called_optional(as_yusuf):
    page = as_yusuf.get(NEW).content.decode()
    titles = re.findall(r'<label class="field__label" for="id_(\w+)">[^<]*<span class="field__optional">', page)
    assert not {"title", "issue", "summary", "approach"} & set(titles) and "budget" in titles


def test_who_waits_for_verification_is_not_asked_to_register_again(client, rina):
    organisation = MembershipFactory(user=rina, organisation=OrganisationFactory(state="pending")).organisation
    client.force_login(rina)
    answer = client.get(reverse("proposals:new"))
    assert answer.status_code == 403
    assert f"{organisation.name} menunggu verifikasi" in answer.text
    main = re.search(r'<a class="button" href="([^"]+)"', answer.text)
    assert main and main[1] == organisation.get_absolute_url()
    assert "Daftarkan organisasi lain" in answer.text
