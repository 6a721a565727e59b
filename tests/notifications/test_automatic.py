"""Follows that begin by themselves: they say why, can be undone, and stay undone."""

import pytest

from initiatives.services.partners import add_partner
from initiatives.services.reviews import accept
from kalibaru.core.subjects import topic_of
from kalibaru.discussions.services import add_comment
from kalibaru.notifications.services import follow, unfollow
from stakeholders.models import Membership
from stakeholders.services.members import accept_request, leave_organisation
from stakeholders.services.registration import Details, register_organisation
from tests.factories import InitiativeFactory, MembershipFactory, OrganisationFactory, ProposalFactory

pytestmark = pytest.mark.django_db


def follows(user) -> dict[str, str]:
    return dict(user.subscriptions.values_list("topic", "reason"))


def test_whoever_comments_follows_the_conversation(rina):
    initiative = InitiativeFactory()
    add_comment(initiative, actor=rina, body="Contoh")
    assert follows(rina) == {topic_of(initiative): "commented"}


def test_undone_stays_undone_and_a_choice_of_ones_own_stays_a_choice(rina):
    initiative = InitiativeFactory()
    add_comment(initiative, actor=rina, body="Contoh")
    unfollow(topic_of(initiative), user=rina)
    add_comment(initiative, actor=rina, body="Contoh lagi")
    assert follows(rina) == {}
    follow(topic_of(initiative), user=rina)
    add_comment(initiative, actor=rina, body="Contoh ketiga")
    assert follows(rina) == {topic_of(initiative): ""}


def test_an_automatic_follow_that_is_chosen_is_automatic_no_longer(rina):
    initiative = InitiativeFactory()
    add_comment(initiative, actor=rina, body="Contoh")
    follow(topic_of(initiative), user=rina)
    assert follows(rina) == {topic_of(initiative): ""}
    assert not rina.subscriptions.get().automatic


def test_whoever_registers_an_organisation_follows_it(rina):
    organisation, _made = register_organisation(Details("Contoh Koperasi Baru"), actor=rina)
    assert follows(rina) == {topic_of(organisation): "member"}


def test_a_member_follows_the_organisation_until_leaving(rina, yusuf, ngo):
    membership = MembershipFactory(organisation=ngo, user=rina, state=Membership.State.REQUESTED)
    accept_request(membership, actor=yusuf)
    assert follows(rina) == {topic_of(ngo): "member"}
    membership.refresh_from_db()
    leave_organisation(membership, actor=rina)
    assert follows(rina) == {}


def test_a_follow_that_was_chosen_outlives_the_membership(rina, yusuf, ngo):
    membership = MembershipFactory(organisation=ngo, user=rina, state=Membership.State.REQUESTED)
    accept_request(membership, actor=yusuf)
    follow(topic_of(ngo), user=rina)
    membership.refresh_from_db()
    leave_organisation(membership, actor=rina)
    assert follows(rina) == {topic_of(ngo): ""}


def test_the_proposers_follow_what_came_of_their_proposal(yusuf, ngo, maya):
    proposal = ProposalFactory(organisation=ngo, state="under_review")
    initiative = accept(proposal, actor=maya)
    assert follows(yusuf)[topic_of(initiative)] == "proposed"
    assert topic_of(initiative) not in follows(maya)


def test_a_new_partner_follows_the_initiative(maya):
    member = MembershipFactory(organisation=OrganisationFactory())
    viewer = MembershipFactory(organisation=member.organisation, role="viewer")
    initiative = InitiativeFactory()
    add_partner(initiative, member.organisation, "supporting", actor=maya)
    assert follows(member.user) == {topic_of(initiative): "partner"}
    assert follows(viewer.user) == {}
