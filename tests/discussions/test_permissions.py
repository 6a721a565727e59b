"""Who may comment, report and decide: actor × situation, no empty cell."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from kalibaru.discussions import services
from kalibaru.discussions.models import Comment, Report
from tests.factories import MembershipFactory, OrganisationFactory, PriorityIssueFactory, UserFactory

pytestmark = pytest.mark.django_db

ACTORS = (
    "anonymous",
    "resident",
    "member of a pending organisation",
    "verified member",
    "government member",
    "owner",
    "member of a suspended organisation",
    "moderator",
    "blocked",
)
EVERYBODY_BUT_STRANGERS = {actor: actor not in ("anonymous", "blocked") for actor in ACTORS}
MODERATORS_ONLY = {actor: actor == "moderator" for actor in ACTORS}
NOBODY = dict.fromkeys(ACTORS, False)


@pytest.fixture
def people(rina, yusuf, dewi, maya):
    def member(**organisation):
        return MembershipFactory(organisation=OrganisationFactory(**organisation), role="viewer").user

    return {
        "anonymous": AnonymousUser(),
        "resident": rina,
        "member of a pending organisation": member(state="pending"),
        "verified member": member(),
        "government member": dewi,
        "owner": yusuf,
        "member of a suspended organisation": member(state="suspended"),
        "moderator": maya,
        "blocked": UserFactory(is_active=False),
    }


@pytest.fixture
def said(waste):
    return services.add_comment(waste, actor=UserFactory(), body="Contoh komentar")


def comment_on_visible(actor, waste, said):
    services.add_comment(waste, actor=actor, body="Contoh")


def comment_on_draft(actor, waste, said):
    services.add_comment(PriorityIssueFactory(state="draft"), actor=actor, body="Contoh")


def report_shown(actor, waste, said):
    services.report_comment(said, actor=actor, reason="spam")


def report_hidden(actor, waste, said):
    Comment.objects.filter(pk=said.pk).update(hidden_at="2026-01-01T00:00Z")
    services.report_comment(Comment.objects.get(), actor=actor, reason="spam")


def report_on_withdrawn_page(actor, waste, said):
    waste.state = "draft"
    waste.save()
    services.report_comment(said, actor=actor, reason="spam")


def hide(actor, waste, said):
    services.hide_comment(said, actor=actor, reason="Contoh alasan")


def unhide(actor, waste, said):
    Comment.objects.filter(pk=said.pk).update(hidden_at="2026-01-01T00:00Z", hidden_reason="Contoh alasan")
    services.unhide_comment(said, actor=actor)


def report_own(actor, waste, said):
    Comment.objects.filter(pk=said.pk).update(author=actor.pk)
    services.report_comment(Comment.objects.get(), actor=actor, reason="spam")


def withdraw_own(actor, waste, said):
    Comment.objects.filter(pk=said.pk).update(author=actor.pk)
    services.withdraw_comment(Comment.objects.get(), actor=actor)


def withdraw_of_another(actor, waste, said):
    services.withdraw_comment(said, actor=actor)


def withdraw_of_an_erased_account(actor, waste, said):
    Comment.objects.filter(pk=said.pk).update(author=None)
    services.withdraw_comment(Comment.objects.get(), actor=actor)


def uphold(actor, waste, said):
    services.uphold_report(Report.objects.create(comment=said, reason="spam"), actor=actor, reason="Contoh alasan")


def dismiss(actor, waste, said):
    services.dismiss_report(Report.objects.create(comment=said, reason="spam"), actor=actor)


TABLE = [
    (comment_on_visible, EVERYBODY_BUT_STRANGERS),
    (comment_on_draft, MODERATORS_ONLY),
    (report_shown, EVERYBODY_BUT_STRANGERS),
    (report_hidden, NOBODY),
    (report_on_withdrawn_page, MODERATORS_ONLY),
    (report_own, NOBODY),
    (withdraw_own, EVERYBODY_BUT_STRANGERS),
    (withdraw_of_another, NOBODY),
    (withdraw_of_an_erased_account, NOBODY),
    (hide, MODERATORS_ONLY),
    (unhide, MODERATORS_ONLY),
    (uphold, MODERATORS_ONLY),
    (dismiss, MODERATORS_ONLY),
]


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("deed", "allowed"), TABLE, ids=[deed.__name__ for deed, _allowed in TABLE])
def test_who_may(deed, allowed, actor, people, waste, said):
    if allowed[actor]:
        deed(people[actor], waste, said)
    else:
        with pytest.raises(PermissionDenied):
            deed(people[actor], waste, said)


def test_what_is_not_open_to_discussion_takes_no_comment(rina, kalibaru):
    with pytest.raises(PermissionDenied):
        services.add_comment(kalibaru, actor=rina, body="Contoh")
