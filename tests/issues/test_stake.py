"""Which organisation works on which problem."""

import pytest

from issues.extras import _merge, _save_stakes, _titles
from issues.models import Forum, Stake
from issues.services import set_stakes
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.models import Event
from tests.factories import OrganisationFactory, PriorityIssueFactory

pytestmark = pytest.mark.django_db


def titles(organisation):
    return set(Stake.objects.filter(organisation=organisation).values_list("issue__title", flat=True))


def test_given_problems_replace_the_ones_before(ngo, yusuf, waste):
    water = PriorityIssueFactory(title="Contoh air")
    set_stakes(ngo, [waste], actor=yusuf)
    kept = Stake.objects.get()
    set_stakes(ngo, [waste, water], actor=yusuf)
    assert Stake.objects.filter(pk=kept.pk).exists()
    set_stakes(ngo, [water], actor=yusuf)
    assert titles(ngo) == {"Contoh air"}


def test_followers_of_the_problem_hear_of_a_new_partner_once(ngo, yusuf, waste):
    for _time in range(2):
        set_stakes(ngo, [waste], actor=yusuf)
    event = Event.objects.get(kind="issues.stake_declared")
    assert set(event.topics) == {topic_of(waste), topic_of(ngo)}


def test_stake_of_an_unverified_organisation_is_told_to_nobody(yusuf, ngo, waste):
    ngo.state = "pending"
    ngo.save()
    _save_stakes(ngo, [waste], yusuf)
    assert titles(ngo) == {waste.title}
    assert not Event.objects.filter(kind__startswith="issues.").exists()


def test_merge_takes_stakes_and_forums_to_the_heir(ngo, yusuf, maya, waste):
    heir = OrganisationFactory()
    water = PriorityIssueFactory(title="Contoh air")
    set_stakes(ngo, [waste, water], actor=yusuf)
    set_stakes(heir, [waste], actor=maya)
    forum = Forum.objects.create(title="Contoh", slug="contoh", kind="fgd", on="2024-02-06")
    forum.organisers.add(ngo)
    _merge(ngo, heir, maya)
    assert titles(heir) == {waste.title, "Contoh air"}
    assert not titles(ngo)
    assert list(forum.organisers.all()) == [heir]


def test_desk_reads_the_problems_of_many_organisations_with_one_query(ngo, yusuf, waste, django_assert_num_queries):
    set_stakes(ngo, [waste], actor=yusuf)
    with django_assert_num_queries(1):
        assert _titles([ngo, OrganisationFactory.build()]) == {ngo.pk: waste.title}
