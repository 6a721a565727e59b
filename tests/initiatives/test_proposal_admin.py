"""The back office of proposals follows the same rules."""

import pytest
from django.urls import reverse

from initiatives.models import Initiative, Proposal
from tests.initiatives.proposals import co_sponsor, in_state

pytestmark = pytest.mark.django_db
MODELS = ["proposal", "expectedresult", "cosponsor", "proposalmessage"]


@pytest.mark.parametrize("model", MODELS)
def test_moderators_read_every_model_and_others_none(client, maya, rina, model):
    proposal = in_state("under_review")
    co_sponsor(proposal)
    address = reverse(f"admin:initiatives_{model}_changelist")
    client.force_login(maya)
    assert client.get(address).status_code == 200
    client.force_login(rina)
    assert client.get(address).status_code in (302, 403)


def test_a_proposal_opens_with_its_results_and_a_state_nobody_types(client, maya):
    proposal = in_state("under_review")
    client.force_login(maya)
    page = client.get(reverse("admin:initiatives_proposal_change", args=[proposal.pk])).content.decode()
    assert "Contoh hasil" in page and 'name="state"' not in page


def test_accepting_in_the_back_office_is_the_same_deed(client, maya):
    ready, early = in_state("under_review"), in_state("submitted")
    client.force_login(maya)
    address = reverse("admin:initiatives_proposal_changelist")
    client.post(address, {"action": "accept", "_selected_action": [ready.pk, early.pk]})
    assert Initiative.objects.get().from_proposal == ready
    assert Proposal.objects.get(pk=early.pk).state == "submitted"
