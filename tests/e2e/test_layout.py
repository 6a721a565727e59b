"""Every page on a phone and on a desk, in both languages: nothing sticks out, and axe finds nothing serious."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from initiatives.models import Initiative, Programme, Proposal
from issues.models import Forum, PriorityIssue
from kalibaru.discussions.models import Comment
from stakeholders.models import Organisation
from tests.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > width + 1)
    .slice(0, 3)
    .map((one) => one.tagName + "." + one.className);
}"""


def faults_of(page, address: str, size: dict) -> list[str]:
    """Return what is wrong with a page: what sticks out at either size, what axe finds at one of them."""
    page.goto(address)
    faults = []
    for one in (PHONE, DESKTOP):
        page.set_viewport_size(one)
        if wide := page.evaluate(WIDER):
            faults.append(f"{address} at {one['width']}: wider than the screen: {wide}")
    page.set_viewport_size(size)
    for violation in Axe().run(page, options=RULES).response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            where = [node["html"][:120] for node in violation["nodes"][:2]]
            faults.append(f"{address} at {size['width']}: {violation['id']}: {where}")
    return faults


def check(page, addresses: list[str]) -> None:
    """Look at each page in Indonesian on a phone and in English on a desk."""
    faults = []
    for address in addresses:
        faults += faults_of(page, address, PHONE)
        faults += faults_of(page, f"/en{address}", DESKTOP)
    assert not faults, "\n".join(faults)


def test_public_pages(world, page):
    issue = PriorityIssue.objects.published().first()
    proposal = Proposal.objects.get(state="accepted")
    check(
        page,
        [
            "/",
            "/search/?q=air",
            "/issues/",
            issue.get_absolute_url(),
            "/forums/",
            Forum.objects.filter(state="published").first().get_absolute_url(),
            "/initiatives/",
            "/initiatives/?q=qqqq&state=active",
            "/initiatives/contoh-cangkang-kerang-jadi-paving/",
            "/programmes/",
            Programme.objects.filter(state="published").first().get_absolute_url(),
            "/stakeholders/?platform=civil",
            "/stakeholders/contoh-lsm-pesisir-bersih/",
            "/proposals/",
            proposal.get_absolute_url(),
            "/areas/31.72.04.1004/",
            "/areas/31.72.04.1004/share/",
            f"/notifications/follow/mail/?topic=issue:{issue.pk}",
            "/privacy/",
            "/accessibility/",
            "/accounts/login/",
            "/accounts/signup/",
            "/accounts/login/code/",
            "/accounts/password/reset/",
            "/issues/tidak-ada/",
        ],
    )


def test_pages_of_residents_and_partners(world, page, sign_in):
    sign_in(page, world.rina)
    comment = Comment.objects.exclude(author=world.rina).first()
    check(
        page,
        [
            "/workspace/",
            "/notifications/",
            "/notifications/settings/",
            "/notifications/following/",
            "/notifications/follow/search/?in=initiative&q=air&state=active",
            "/notifications/follow/?topic=goal:6",
            "/accounts/settings/",
            "/stakeholders/register/",
            f"/discussions/comments/{comment.pk}/report/",
            "/proposals/new/",
        ],
    )
    sign_in(page, world.yusuf)
    home = "/initiatives/contoh-cangkang-kerang-jadi-paving/"
    organisation = Organisation.objects.get(slug="contoh-lsm-pesisir-bersih").get_absolute_url()
    draft = Proposal.objects.get(state="draft").get_absolute_url()
    check(
        page,
        [
            "/workspace/",
            "/notifications/figures/",
            organisation,
            f"{organisation}members/",
            f"{organisation}edit/",
            f"{draft}edit/",
            Proposal.objects.get(state="clarification").get_absolute_url(),
            home,
            *(f"{home}{rest}" for rest in ("edit/", "partners/", "milestones/", "targets/", "updates/new/")),
        ],
    )


def test_pages_of_government_and_secretariat(world, page, sign_in):
    sign_in(page, world.dewi)
    programme = Programme.objects.filter(organisation__memberships__user=world.dewi).first().get_absolute_url()
    check(page, ["/workspace/", "/programmes/new/", programme, f"{programme}edit/", f"{programme}notes/new/"])
    sign_in(page, world.maya)
    initiative = Initiative.objects.filter(published_at=None).first()
    check(
        page,
        [
            "/moderation/",
            "/styleguide/",
            "/stakeholders/contoh-yayasan-air-jernih/decide/",
            Proposal.objects.get(state="submitted").get_absolute_url(),
            initiative.get_absolute_url(),
            f"{initiative.get_absolute_url()}state/publish/",
        ],
    )
