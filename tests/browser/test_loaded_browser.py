"""A loaded server and a fast hand, in a real browser: one run begins before the end of the one before is told."""

import re
from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path

import pytest
from conftest import ROOT, served
from playwright.sync_api import Locator, Page, expect
from resting_page import rest
from thorough import IS_THOROUGH

from model.outputs.words import text

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")

DRILL, DUTIES = "training_days", "other_duties_cut"
MOST_IN_SIGHT = """key => {
    const count = () => [...document.querySelectorAll(`[class*="${key}"]`)].filter(one => one.offsetParent).length;
    window.most = 0;
    new MutationObserver(() => { window.most = Math.max(window.most, count()) }).observe(
        document.body, { subtree: true, childList: true, attributes: true });
}"""


def lever(page: Page, id: str) -> Locator:
    return page.locator(f'[class*="st-key-lever-{id}-"] input[type=range]').first


def press(page: Page, id: str) -> None:
    lever(page, id).focus()
    page.keyboard.press("ArrowRight")


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=re.compile(text(f"plan.group_{name}", "zh"))).first


def test_a_lever_put_back_shows_its_base_once_and_decides_nothing_by_itself(page: Page, tmp_path: Path) -> None:
    with served(ROOT / "tests" / "support" / "loaded_app.py", tmp_path) as url:
        page.goto(f"{url}/?{DRILL}=14&lang=zh")
        expect(page.locator(".st-key-charts canvas")).to_have_count(5)
        group(page, "time").click()
        expect(lever(page, DRILL)).to_have_value("14")

        page.locator(f".st-key-back-{DRILL} button").first.click()
        page.wait_for_timeout(100)
        press(page, DUTIES)
        expect(page).to_have_url(re.compile(rf"\?{DUTIES}=0\.01&lang"))
        expect(lever(page, DRILL)).to_have_value("12")
        press(page, DUTIES)
        expect(page).to_have_url(re.compile(rf"\?{DUTIES}=0\.02&lang"))
        expect(lever(page, DRILL)).to_have_value("12")
        expect(group(page, "time")).to_be_checked()

        page.evaluate(MOST_IN_SIGHT, f"st-key-lever-{DUTIES}-")
        page.go_back()
        expect(lever(page, DUTIES)).to_have_value("1")
        rest(page)
        assert page.evaluate("window.most") == 1


@pytest.fixture(scope="module")
def joined_requests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(ROOT / "tests" / "support" / "joined_requests_app.py", tmp_path_factory.mktemp("joined")) as url:
        yield url


def test_what_waits_with_a_decision_is_done_too(page: Page, joined_requests: str) -> None:
    """A click in a dialog, and the page that a save draws again: parts drawn alone would take their place."""
    page.goto(joined_requests)
    expect(page.get_by_text("pages 1", exact=True)).to_be_visible()
    for busy in ("work", "save"):
        page.get_by_role("button", name=busy).click()
        page.wait_for_selector('[data-test-script-state="running"]')
        page.get_by_role("button", name="decide", exact=True).click()
        if busy == "work":
            page.get_by_role("button", name="confirm").click()
            expect(page.get_by_text("confirmed 1", exact=True)).to_be_visible()
    expect(page.get_by_text("pages 2", exact=True)).to_be_visible()
    page.get_by_role("button", name="leave").click()
    expect(page.get_by_text("pages 3", exact=True)).to_be_visible()


def test_a_page_is_whole_though_a_part_is_drawn_on_its_heels(page: Page, joined_requests: str) -> None:
    page.goto(joined_requests)
    expect(page.get_by_text("pages 1", exact=True)).to_be_visible()
    for pages in range(2, 6):
        page.get_by_role("button", name="draw").click()
        page.wait_for_selector('[data-test-script-state="running"]')
        page.get_by_role("button", name="decide below").click()
        rest(page)
        for words in (f"pages {pages}", "between", "below"):
            expect(page.get_by_text(words, exact=True)).to_be_visible()


AT_ONE_MOMENT = """(names) => names.forEach((name) =>
  [...document.querySelectorAll("button")].find((one) => one.innerText === name).click())"""
"""Clicks that the browser sends as one request, which names the part of the first only."""
SEEN = {"confirm": "confirmed 1", "decide": "parts 2", "open": "opened 1", "all": "all 1"}


TWO = [one[:: -1 if k % 2 else 1] for k, one in enumerate(combinations(SEEN, 2))]
"""Every two of them, each one first with some and second with others."""


@pytest.mark.parametrize(("first", "second"), [*permutations(SEEN, 2)] if IS_THOROUGH else TWO)
def test_of_two_clicks_at_one_moment_both_are_done_and_seen(
    page: Page, joined_requests: str, first: str, second: str
) -> None:
    page.goto(joined_requests)
    expect(page.get_by_text("parts 1", exact=True)).to_be_visible()
    rest(page)
    for one in (first, second):
        expect(page.get_by_role("button", name=one, exact=True)).to_be_visible()
    page.evaluate(AT_ONE_MOMENT, [first, second])
    for one in (first, second):
        expect(page.get_by_text(SEEN[one], exact=True)).to_be_visible()


@pytest.fixture(scope="module")
def two_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(ROOT / "tests" / "support" / "two_pages_app.py", tmp_path_factory.mktemp("two-pages")) as url:
        yield url


def test_the_page_of_a_link_is_drawn_though_a_part_is_still_at_work(page: Page, two_pages: str) -> None:
    page.goto(two_pages)
    page.get_by_role("button", name="decide").click()
    page.wait_for_timeout(300)
    page.get_by_role("link", name="second").click()
    expect(page.get_by_text("the second page")).to_be_visible()
    expect(page.get_by_text("the first page")).to_be_hidden()


@pytest.mark.parametrize("wait", [0, 300])
def test_what_a_click_decides_is_kept_though_a_link_is_followed_meanwhile(
    page: Page, two_pages: str, wait: int
) -> None:
    page.goto(two_pages)
    page.get_by_role("button", name="choose").click()
    page.wait_for_timeout(wait)
    page.get_by_role("link", name="second").click()
    expect(page.get_by_text("the second page")).to_be_visible()
    expect(page.get_by_text("chosen: True")).to_be_visible()


def test_a_link_followed_while_a_click_is_worked_on_leads_there(page: Page, two_pages: str) -> None:
    """What the click asks for last, of its own page, would take the place of the other page."""
    page.goto(two_pages)
    page.get_by_role("button", name="stay").click()
    page.wait_for_timeout(300)
    page.get_by_role("link", name="second").click()
    expect(page.get_by_text("the second page")).to_be_visible()


THEN_TOLD = """(wait) => {
    const named = (tag, name) => [...document.querySelectorAll(tag)].find((one) => one.innerText.trim() === name);
    const tell = named("button", "tell");
    named("a", "second").click();
    setTimeout(() => tell.click(), wait);
}"""
"""A part of the first page tells something before the browser has heard that the second is drawn."""


@pytest.mark.parametrize("wait", [0, 5, 10])
def test_a_link_leads_there_though_a_part_of_the_page_before_tells_something(
    page: Page, two_pages: str, wait: int
) -> None:
    page.goto(two_pages)
    expect(page.get_by_role("button", name="tell")).to_be_visible()
    rest(page)
    page.evaluate(THEN_TOLD, wait)
    expect(page.get_by_text("the second page")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_text("the second page")).to_be_visible()
    expect(page.get_by_text("the first page")).to_be_hidden()


LATE = """(wait) => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (said) {
        const late = new TextDecoder().decode(said).includes("a reason") ? wait : 0;
        if (late) setTimeout(() => send.call(this, said), late); else send.call(this, said);
    };
}"""
"""A busy browser tells late what was typed; what a link asks for is told at once."""


@pytest.mark.parametrize(("wait", "back"), [(0, 0), (100, 300), (3000, 4000)])
def test_what_was_typed_is_kept_though_a_link_was_told_first(page: Page, two_pages: str, wait: int, back: int) -> None:
    page.goto(two_pages)
    page.get_by_label("box").fill("a reason")
    rest(page)
    page.evaluate(LATE, wait)
    page.get_by_role("link", name="second").click()
    page.wait_for_timeout(back)
    page.get_by_role("link", name="first").click()
    expect(page.get_by_text("the first page")).to_be_visible()
    expect(page.get_by_label("box")).to_have_value("a reason")
