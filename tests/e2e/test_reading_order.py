"""What everybody asks first comes first: for the eye on a phone, for the Tab key, and for a screen reader."""

import pytest
from playwright.sync_api import expect

from initiatives.models import Programme, Proposal
from issues.models import Forum, PriorityIssue
from tests.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser

# Where each part begins on the screen, and where it stands in the document.
PARTS = """() => ["head", "brief", "body", "rest"].flatMap((name) => {
  const part = document.querySelector(".whole > .whole__" + name);
  return part ? [{name, top: part.getBoundingClientRect().top, left: part.getBoundingClientRect().left}] : [];
})"""
IN_DOCUMENT = "() => [...document.querySelectorAll('.whole > *')].map((part) => part.className.split('__')[1])"


def test_the_brief_follows_the_summary_on_every_page_about_one_thing(world, page):
    for address in (
        "/initiatives/contoh-cangkang-kerang-jadi-paving/",
        Programme.objects.filter(state="published").first().get_absolute_url(),
        Proposal.objects.get(state="accepted").get_absolute_url(),
        PriorityIssue.objects.published().first().get_absolute_url(),
        Forum.objects.filter(state="published").first().get_absolute_url(),
        "/stakeholders/contoh-lsm-pesisir-bersih/",
    ):
        page.set_viewport_size(PHONE)
        page.goto(address)
        parts = page.evaluate(PARTS)
        names = [part["name"] for part in parts]
        assert page.evaluate(IN_DOCUMENT) == names, address
        assert [part["name"] for part in sorted(parts, key=lambda part: part["top"])] == names, address
        page.set_viewport_size(DESKTOP)
        desk = {part["name"]: part for part in page.evaluate(PARTS)}
        assert desk["brief"]["left"] > desk["head"]["left"], address
        assert desk["brief"]["top"] < desk["body"]["top"], address
        if "rest" in desk:
            bottom = page.locator(".whole__brief").bounding_box()
            assert desk["rest"]["top"] >= bottom["y"] + bottom["height"], f"{address}: the rest covers the brief"


def test_who_since_when_where_and_follow_are_seen_without_scrolling_far(world, page):
    page.set_viewport_size(PHONE)
    page.goto("/initiatives/contoh-cangkang-kerang-jadi-paving/")
    brief = page.locator(".whole__brief")
    for words in ("Pemimpin", "Sejak", "Di mana", "Anggaran"):
        expect(brief.get_by_text(words, exact=True)).to_be_visible()
    follow = brief.get_by_role("link", name="Ikuti inisiatif ini").bounding_box()
    assert follow["y"] < 2 * PHONE["height"]


def test_the_password_comes_right_after_the_e_mail(page, live_server):
    page.goto("/accounts/login/")
    page.locator("input[name=login]").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "password"


def test_no_line_of_the_trail_begins_with_a_slash(world, page):
    page.set_viewport_size(PHONE)
    page.goto("/initiatives/contoh-cangkang-kerang-jadi-paving/")
    for pseudo, words in (("::before", "none"), ("::after", "/")):
        content = page.evaluate(
            f"getComputedStyle(document.querySelector('.crumbs li:nth-child(2)'), '{pseudo}').content"
        )
        assert words in content
