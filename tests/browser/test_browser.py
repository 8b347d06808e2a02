"""One planner's journey in a real browser, on the app as it is served."""

import re
from pathlib import Path

import pytest
from conftest import Trouble
from plans_on_screen import modal
from playwright.sync_api import Page, expect
from resting_page import rest

from model import Scenario, project
from model.evidence.baseline import TIERS
from model.files.scenario_file import read_scenario
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import amount
from model.outputs.words import text

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")

MOVED = 10
SEEN_MOVED = """() => {
  window.seen = new Set();
  new MutationObserver(() => {
    const shown = document.querySelector('.cards[data-moved] [data-measure="visits"] .figure b');
    if (shown) window.seen.add(shown.textContent);
  }).observe(document, { subtree: true, childList: true, attributes: true });
}"""
"""Notes the visits that cards show which follow a handle."""
ROOT = Path(__file__).parents[2]


def figures(page: Page) -> list[str]:
    return page.locator(".card .figure b").all_inner_texts()


def expect_people(page: Page, province: int, city: int, county: int) -> None:
    for tier, people in (("province", province), ("city", city), ("county", county)):
        expect(page.locator(f'input[data-tier="{tier}"]')).to_have_value(str(people))


def visits(moved: int) -> str:
    levers = {"staff.change.city": -float(moved), "staff.change.county": float(moved)} if moved else {}
    return amount(coherent(project(Scenario(levers=levers))).measures["visits"].total.scenario.p50, "visits a year")


def visits_shown(page: Page):
    return page.locator('.card[data-measure="visits"] .figure b')


def move_with_the_keyboard(page: Page, moved: int) -> None:
    """The right handle, city to county, as fast as keys can be pressed."""
    page.get_by_role("slider", name=text("plan.force_right", "zh")).focus()
    for _ in range(moved):
        page.keyboard.press("ArrowLeft")


@pytest.mark.by_day
def test_a_planner_moves_people_reads_the_effect_in_both_languages_and_comes_back_to_it(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(app_url)
    expect(page).to_have_title(text("plan.tab_title", "zh"))
    expect(visits_shown(page)).to_have_text(visits(0))

    move_with_the_keyboard(page, MOVED)
    expect(visits_shown(page)).to_have_text(visits(MOVED))
    expect(page).to_have_url(re.compile(rf"staff\.change\.city=-{MOVED}\b"))
    expect_people(page, 77, 560 - MOVED, 1722 + MOVED)
    in_chinese = figures(page)

    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(page.get_by_role("heading", name=text("plan.headline_visits", "en"), exact=True)).to_be_visible()
    assert figures(page) == in_chinese

    page.reload()
    expect(page.get_by_role("heading", name=text("plan.headline_visits", "en"), exact=True)).to_be_visible()
    assert figures(page) == in_chinese
    expect_people(page, 77, 560 - MOVED, 1722 + MOVED)

    canvases = page.locator(".st-key-charts canvas")
    expect(canvases).to_have_count(5)
    assert trouble == Trouble()


@pytest.mark.by_day
def test_a_mailed_link_opens_the_same_figures_for_somebody_else_and_undo_and_back_work(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(f"{app_url}/?staff.change.city=-100&staff.change.county=100&lang=zh")
    expect(visits_shown(page)).to_have_text(visits(100))

    box = page.locator('input[data-tier="city"]')
    box.fill("560")
    box.press("Enter")
    expect(visits_shown(page)).to_have_text(visits(0))
    page.get_by_role("button", name=text("plan.undo", "zh")).first.click()
    expect(visits_shown(page)).to_have_text(visits(100))
    page.go_back()
    expect(visits_shown(page)).to_have_text(visits(0))
    assert trouble == Trouble()


@pytest.mark.by_day
def test_figures_follow_while_a_handle_is_dragged_and_one_undo_takes_the_drag_back(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(f"{app_url}/?lang=zh")
    expect(visits_shown(page)).to_have_text(visits(0))
    handle = page.get_by_role("slider", name=text("plan.force_right", "zh"))
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 30, y, steps=10)
    expect(visits_shown(page)).not_to_have_text(visits(0))
    page.mouse.move(x - 60, y, steps=10)
    page.mouse.up()
    people = [int(page.locator(f'input[data-tier="{tier}"]').input_value()) for tier in TIERS]
    assert sum(people) == 2359 and people[1] < 560 and people[1] % 10 == 0  # round numbers of people move
    expect(visits_shown(page)).to_have_text(visits(560 - people[1]))
    expect(page).to_have_url(re.compile(rf"staff\.change\.county={560 - people[1]}\b"))
    page.get_by_role("button", name=text("plan.undo", "zh")).first.click()
    expect(visits_shown(page)).to_have_text(visits(0))
    expect_people(page, 77, 560, 1722)
    assert trouble == Trouble()


def test_the_cards_follow_a_handle_that_does_not_rest_and_are_the_pages_own_where_it_rests(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(f"{app_url}/?lang=zh")
    expect(visits_shown(page)).to_have_text(visits(0))
    rest(page)
    whole = page.locator(".cards").inner_html()
    box = page.get_by_role("slider", name=text("plan.force_right", "zh")).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(SEEN_MOVED)
    # The hand never stays: the page's own cards come as soon as it rests.
    for place in [*range(2, 60, 2), *range(60, 0, -2)] * 20:
        page.mouse.move(x - place, y)
        if page.evaluate("window.seen.size > 1"):
            break
    seen = page.evaluate("[...window.seen]")
    assert len(seen) > 1 and visits(0) not in seen
    page.mouse.move(x, y)
    page.mouse.up()
    expect_people(page, 77, 560, 1722)
    expect(page.locator(".cards[data-moved]")).to_have_count(0)
    rest(page)
    assert page.locator(".cards").inner_html() == whole
    assert trouble == Trouble()


@pytest.mark.parametrize(("side", "after"), [("left", (177, 460, 1722)), ("right", (77, 660, 1622))])
def test_a_handle_is_taken_by_its_middle(
    page: Page, app_url: str, trouble: Trouble, side: str, after: tuple[int, int, int]
) -> None:
    """The province's part is so narrow that its label, though empty, lay over the handle."""
    page.goto(f"{app_url}/?lang=zh")
    expect(visits_shown(page)).to_have_text(visits(0))
    rest(page)
    handle = page.get_by_role("slider", name=text(f"plan.force_{side}", "zh"))
    box, track = handle.bounding_box(), page.locator(".track").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 100 / 2359 * track["width"], y, steps=5)
    page.mouse.up()
    expect_people(page, *after)
    assert trouble == Trouble()


def test_a_first_decision_moves_nothing_and_keys_reach_the_bar_and_step_back_and_forth(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    def places() -> list[float]:
        parts = (*page.locator(".card").all(), *page.locator(".st-key-charts canvas").all())
        return [part.bounding_box()["y"] for part in parts]

    page.goto(f"{app_url}/?lang=zh")
    expect(page.locator(".st-key-charts canvas")).to_have_count(5)
    expect(visits_shown(page)).to_have_text(visits(0))
    before = places()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("slider", name=text("plan.force_left", "zh"))).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(visits_shown(page)).to_have_text(visits(1))
    assert places() == before
    page.keyboard.press("Control+z")
    expect(visits_shown(page)).to_have_text(visits(0))
    page.keyboard.press("Control+y")
    expect(visits_shown(page)).to_have_text(visits(1))
    page.locator('input[data-tier="city"]').focus()
    page.keyboard.press("Control+z")  # Takes back letters there, not the decision.
    expect(visits_shown(page)).to_have_text(visits(1))
    assert trouble == Trouble()


def test_on_an_address_of_this_machine_the_button_to_send_gives_the_file_first(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(f"{app_url}/?staff.change.city=-100&staff.change.county=100&lang=zh")
    expect(visits_shown(page)).to_have_text(visits(100))
    page.get_by_role("button", name=text("plans.send_open", "zh")).click()
    with page.expect_download() as started:
        page.get_by_role("button", name=text("plans.send_file", "zh")).click()
    opened, problems = read_scenario(started.value.path().read_bytes())
    assert opened.levers == {"staff.change.city": -100, "staff.change.county": 100} and not problems
    link = page.get_by_role("button", name=text("plan.link_label", "zh"))
    expect(link).to_have_attribute("title", text("plan.link_help_local", "zh"))
    link.click()
    expect(page.get_by_text(text("plan.link_copied_local", "zh"))).to_be_visible()
    assert trouble == Trouble()


FOCUSED = """() => {
  let part = document.activeElement;
  while (part.shadowRoot?.activeElement) part = part.shadowRoot.activeElement;
  return part.className;
}"""


def test_keys_reach_the_bar_within_ten_stops_and_the_other_levers_from_there(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    for address in ("/?lang=zh", "/?staff.change.city=-100&staff.change.county=100&lang=en"):
        page.goto(app_url + address)
        expect(page.locator(".st-key-charts canvas")).to_have_count(5)
        rest(page)
        stops = []
        while "handle left" not in stops and len(stops) < 20:
            page.keyboard.press("Tab")
            stops.append(page.evaluate(FOCUSED))
        assert len(stops) <= 10, stops
        for _ in range(5):
            page.keyboard.press("Tab")
        expect(page.locator(".onward")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("[data-testid=stSidebar] button:focus")).to_have_count(1)
    bar, side = page.locator(".bar").bounding_box(), page.locator("[data-testid=stSidebar]").bounding_box()
    name = page.locator(".st-key-header").bounding_box()
    assert side["x"] == 0 and bar["x"] > side["width"] - 1 and bar["y"] > name["y"] + 20
    page.emulate_media(media="print")
    bar, name = page.locator(".bar").bounding_box(), page.locator(".st-key-header").bounding_box()
    assert bar["y"] > name["y"], "on paper too"
    assert trouble == Trouble()


def test_levers_figures_and_all_charts_stand_on_one_laptop_screen(page: Page, app_url: str, trouble: Trouble) -> None:
    page.goto(f"{app_url}/?staff.change.city=-100&staff.change.county=100&targeted_share=0.4&lang=zh")
    expect(page.locator(".st-key-charts canvas")).to_have_count(5)
    seen = [
        page.locator(".bar"),
        *page.locator(".card").all(),
        page.locator('[class*="st-key-lever-"]').first,
        *page.locator(".st-key-charts canvas").all(),
    ]
    for part in seen:
        box = part.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 768 and box["x"] + box["width"] <= 1366
    assert page.locator(".words:not(.at-rest)").bounding_box()["y"] < 768 - 150
    for card in page.locator(".card").all():
        assert card.evaluate("card => card.scrollWidth <= card.clientWidth"), card.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert trouble == Trouble()


@pytest.mark.parametrize(
    ("place", "number"),
    [("?", "[data-tier=county]"), ("present?", "[data-tier=county]"), ("decide?ask=targets&", ":visible")],
)
def test_the_mouse_wheel_changes_no_number(page: Page, app_url: str, trouble: Trouble, place: str, number: str) -> None:
    """Whoever typed a number and scrolls on with the mouse above its box means the page."""
    page.goto(f"{app_url}/{place}lang=zh")
    box = page.locator(f"input[type=number]{number}").first
    expect(box).to_be_visible()
    rest(page)
    before = box.input_value()
    box.click()
    for way in (120, 120, -120):
        box.focus()
        page.mouse.wheel(0, way)
        page.wait_for_timeout(200)
    assert box.input_value() == before and "staff" not in page.url
    assert trouble == Trouble()


@pytest.mark.parametrize("box", ["people", "name"])
def test_ctrl_s_in_a_box_saves_what_is_typed_there(page: Page, app_url: str, trouble: Trouble, box: str) -> None:
    page.goto(f"{app_url}/?lang=zh")
    expect(page.locator(".st-key-charts canvas").first).to_be_visible()
    rest(page)
    if box == "people":
        page.locator('input[data-tier="county"]').fill("1800")
    else:
        page.get_by_role("textbox", name="方案名称").first.fill("按键保存")
    page.keyboard.press("Control+s")
    name = modal(page).get_by_label(text("plans.label_name", "zh"), exact=True)
    expect(name).to_be_visible()
    if box == "people":
        expect_people(page, 77, 482, 1800)
    else:
        expect(name).to_have_value("按键保存")
    assert trouble == Trouble()
