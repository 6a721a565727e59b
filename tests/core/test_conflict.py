"""A form that comes too late: the page says so, and nothing that was written is lost."""

import uuid
from functools import partial

import pytest
from django.urls import reverse

from initiatives.models import Proposal
from stakeholders import services
from tests.initiatives.proposals import in_state, person_in
from tests.initiatives.shared import joint_initiative

pytestmark = pytest.mark.django_db
WORDS = "Contoh <alasan> yang ditulis panjang lebar"
KEPT = "Contoh &lt;alasan&gt; yang ditulis panjang lebar"


@pytest.mark.parametrize(("deed", "name"), [("decline", "reason"), ("withdraw", "reason")])
def test_a_reason_that_comes_after_the_decision_is_kept(client, maya, deed, name):
    proposal = in_state("accepted")
    client.force_login(maya if deed == "decline" else person_in(proposal.organisation))
    response = client.post(
        f"/proposals/{proposal.pk}/{deed}/", {name: WORDS}, HTTP_REFERER=f"http://testserver/proposals/{proposal.pk}/"
    )
    assert response.status_code == 409
    assert KEPT in response.text
    assert f'href="http://testserver/proposals/{proposal.pk}/"' in response.text


def test_an_edited_proposal_that_is_no_longer_open_is_kept(client, maya):
    proposal = in_state("clarification")
    client.force_login(person_in(proposal.organisation))
    Proposal.objects.filter(pk=proposal.pk).update(state="under_review")
    key = str(uuid.uuid4())
    data = {"approach": WORDS, "title": "Judul", "budget": "1500", "issue": key, "results-TOTAL_FORMS": "777"}
    response = client.post(f"/proposals/{proposal.pk}/edit/", data, HTTP_REFERER="http://elsewhere.example/x")
    assert response.status_code == 409
    assert KEPT in response.text and "Judul · 1500" in response.text
    for noise in (key, "777", "elsewhere.example"):
        assert noise not in response.text


def test_news_and_reasons_of_a_closed_initiative_are_kept(client, ngo, yusuf):
    row = joint_initiative(ngo, state="cancelled", state_reason="Dana batal.")
    client.force_login(yusuf)
    for rest, name in (("state/pause/", "reason"), ("updates/new/", "body")):
        response = client.post(f"/initiatives/{row.slug}/{rest}", {name: WORDS, "title": "Kabar"})
        assert response.status_code == 409 and KEPT in response.text, rest


def test_secrets_are_never_written_back(rf, maya):
    from kalibaru.core import errors

    secrets = {name: f"sangat rahasia {name}" for name in ("password", "new_password1", "oldpassword", "code")}
    for page in (errors.conflict, partial(errors.too_many, wait=60)):
        request = rf.post("/x/", {**secrets, "reason": WORDS})
        request.user = maya
        text = page(request).text
        assert KEPT in text and "sangat rahasia" not in text


def test_what_is_sent_to_a_merged_organisation_is_kept_and_led_to_the_heir(client, maya, ngo, yusuf, agency):
    services.merge_organisation(ngo, agency, actor=maya, reason="Terdaftar dua kali.")
    client.force_login(yusuf)
    edit = reverse("stakeholders:edit", args=[ngo.slug])
    assert client.get(edit).status_code == 302
    for view in ("edit", "submit", "members"):
        response = client.post(reverse(f"stakeholders:{view}", args=[ngo.slug]), {"description": WORDS})
        assert response.status_code == 409, view
        assert KEPT in response.text and f"/stakeholders/{agency.slug}/" in response.text, view
    client.force_login(maya)
    for view in ("decide", "merge"):
        response = client.post(reverse(f"stakeholders:{view}", args=[ngo.slug]), {"reason": WORDS})
        assert response.status_code == 409 and KEPT in response.text, view
