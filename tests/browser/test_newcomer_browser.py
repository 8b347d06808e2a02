"""Where a newcomer hesitated: percents that made 99, a link that ended elsewhere, a page not named in the menu."""

import re

import pytest
from conftest import Trouble
from plans_on_screen import move
from playwright.sync_api import Page, expect
from resting_page import point_at_link, rest

from model.outputs.words import text

pytestmark = [
    pytest.mark.by_day,
    pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN"),
]
PARTS = """() => {
  const hosts = [...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  const found = [document, ...hosts].flatMap((root) => [...root.querySelectorAll(".force .part, .force .labels span")]);
  return found.filter((one) => !one.hidden).map((one) => one.textContent).filter((words) => words.includes("%"));
}"""
"""What the force bar says of each tier."""
WATCH = """() => {
  window.frames_seen = new Set();
  const hosts = [...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  const box = [document, ...hosts].flatMap((root) => [...root.querySelectorAll('input[data-tier="county"]')])[0];
  const look = () => {
    const sign = document.querySelector(".replay");
    if (sign) window.frames_seen.add(`${sign.className} ${sign.textContent.slice(0, 2)} ${box.value}`);
    requestAnimationFrame(look);
  };
  look();
}"""
"""Notes at every frame what the sign of the replay says beside the people at the counties."""


def test_the_percents_of_the_tiers_make_a_hundred(page: Page, app_url: str, trouble: Trouble) -> None:
    """3, 19 and 77 % stood over 2,359 people."""
    page.goto(f"{app_url}/?staff.change.city=-41&staff.change.county=41&lang=zh")
    for moved in (41, 100, 0):
        move(page, moved)
        page.wait_for_function(f"({PARTS})().length === 3")
        percents = [int(re.search(r"(\d+)%", words)[1]) for words in page.evaluate(PARTS)]
        assert sum(percents) == 100, (moved, percents)
    assert trouble == Trouble()


def test_a_link_to_an_assumption_ends_where_it_is_changed(page: Page, app_url: str, trouble: Trouble) -> None:
    """It ended at the top of the page, a screen and a half above."""
    page.goto(f"{app_url}/?other_duties_cut=0.1&lang=zh")
    link = page.locator('a[data-number="assumption.site_days"]').first
    expect(link).to_be_visible()
    point_at_link(link)
    link.click()
    card = page.locator(".st-key-numbers article.detail")
    expect(card).to_contain_text(link_name := "每次检查耗时")
    expect(card).to_be_in_viewport(ratio=0.9)
    page.wait_for_timeout(1500)
    expect(card.get_by_role("heading", name=re.compile(link_name))).to_be_in_viewport()
    assert trouble == Trouble()


def test_a_link_drawn_anew_under_the_pointer_is_followed(page: Page, app_url: str, trouble: Trouble) -> None:
    page.goto(f"{app_url}/?other_duties_cut=0.1&lang=zh")
    link = page.locator('a[data-number="assumption.site_days"]').first
    expect(link).to_be_visible()
    point_at_link(link)
    page.mouse.down()
    link.evaluate("link => link.parentElement.innerHTML = link.parentElement.innerHTML")
    page.mouse.up()
    expect(page.locator(".st-key-numbers article.detail")).to_contain_text("每次检查耗时")
    assert trouble == Trouble()


def test_back_from_the_slides_the_page_is_named_in_the_menu(page: Page, app_url: str, trouble: Trouble) -> None:
    page.goto(f"{app_url}/?other_duties_cut=0.1&lang=zh")
    menu = page.get_by_role("link", name=text("pages.plan", "zh"), exact=True)
    expect(menu).to_be_visible()
    ground = "(one) => getComputedStyle(one).backgroundColor"
    marked = menu.evaluate(ground)
    page.get_by_role("link", name=text("pages.present", "zh"), exact=True).click()
    expect(page.locator(".slide h1")).to_be_visible()
    rest(page)
    page.wait_for_timeout(1000)  # the page listens for the keys once it is drawn
    page.keyboard.press("Escape")
    expect(page.locator('.card[data-measure="visits"] .figure b')).to_be_visible()
    assert not re.search(r"/plan\b", page.url)
    assert menu.evaluate(ground) == marked
    assert trouble == Trouble()


def test_sign_and_bar_of_the_replay_show_the_same_state_at_every_frame(page: Page, app_url: str, trouble: Trouble):
    page.goto(f"{app_url}/?staff.change.city=-100&staff.change.county=100&lang=zh")
    expect(page.locator('.card[data-measure="visits"] .figure b')).to_be_visible()
    rest(page)
    expect(page.locator('input[data-tier="county"]')).to_have_value("1822")  # the bar comes a moment after its place
    page.evaluate(WATCH)
    page.get_by_role("button", name=text("replay.replay", "zh"), exact=True).click()
    expect(page.locator(".replay")).to_have_text(text("replay.plan", "zh", nth=2, times=3))
    expect(page.locator(".replay")).to_have_count(0)
    assert set(page.evaluate("[...window.frames_seen]")) == {"replay now 现状 1722", "replay plan 本方 1822"}
    assert trouble == Trouble()
