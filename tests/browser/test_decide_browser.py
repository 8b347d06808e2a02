"""The Decide page in a real browser: a plan is found, adopted, seen on the Plan page and taken back; long work is
stopped, the page stays usable meanwhile, and a dot of the frontier is chosen with the mouse."""

import csv
import re
from collections.abc import Iterator

import pytest
from conftest import ROOT, Trouble, served
from playwright.sync_api import Page, expect
from resting_page import rest

from model.outputs.phrasing.coherence import coherent_pair
from model.outputs.phrasing.numbers import amount
from model.outputs.phrasing.sentences import HEADLINES
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.best_plan import best_plan
from model.year.measures import MEASURE

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")

MOVED = 118
SEARCH_MS = 180_000
"""A frontier on a machine that is busy elsewhere."""

DOT = """canvas => {
    const [wide, high] = [Math.floor(canvas.width * 0.85), canvas.height]
    const drawn = canvas.getContext("2d").getImageData(0, 0, wide, high).data
    for (let at = 0; at < drawn.length; at += 4)
        if (drawn[at] < 100 && drawn[at + 1] < 160 && drawn[at + 2] > 170 && drawn[at + 3] > 200)
            return [(at / 4) % wide, Math.floor(at / 4 / wide) + 3]
}"""
"""Where the highest dot of the frontier stands that is not chosen, left of the legend."""


def ask(page: Page, question: str) -> None:
    page.get_by_role("radio", name=text(f"decide.question_{question}", "zh")).click()


def to_page(page: Page, name: str) -> None:
    page.get_by_role("link", name=text(f"pages.{name}", "zh"), exact=True).click()


def opened(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?lang=zh")
    expect(page.locator(".card")).to_have_count(4)
    to_page(page, "decide")
    expect(page.locator("p.answer")).to_be_visible()


def test_a_planner_finds_a_plan_adopts_it_sees_its_figures_and_takes_it_back(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    found = best_plan(Scenario(), OBJECTIVES["visits"], Limits(most_moved=MOVED), draws=4096)
    opened(page, app_url)
    answer = page.locator("p.answer").inner_text()
    with page.expect_download() as download:
        page.locator(".st-key-download-figures button").first.click()
    rows = list(csv.reader(download.value.path().open(encoding="utf-8-sig", newline="")))
    assert float(rows[1][7]) == coherent_pair(found.measures["visits"], "visits a year").difference.p50
    assert rows[1][-6] == text("plan.base_year", "zh", year=2021)

    page.locator(".st-key-adopt-best_plan button").first.click()
    expect(page.get_by_text(text("decide.is_current", "zh"))).to_be_visible()
    expect(page).to_have_url(
        re.compile(rf"staff\.change\.county={found.plan.scenario.levers['staff.change.county']:.0f}\b")
    )
    assert page.locator("p.answer").inner_text() == answer

    page.locator(".st-key-see-best_plan button").first.click()
    for id in HEADLINES:
        shown = amount(coherent_pair(found.measures[id], MEASURE[id].unit).scenario.p50, MEASURE[id].unit)
        expect(page.locator(f'.card[data-measure="{id}"] .figure b')).to_have_text(shown)
    page.get_by_role("button", name=text("plan.undo", "zh")).first.click()
    before = amount(found.measures["visits"].base.p50, MEASURE["visits"].unit)
    expect(page.locator('.card[data-measure="visits"] .figure b')).to_have_text(before)
    assert trouble == Trouble()


@pytest.fixture(scope="module")
def slow_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that takes its time for a frontier of few points."""
    with served(ROOT / "tests" / "support" / "slow_work_app.py", tmp_path_factory.mktemp("slow")) as url:
        yield url


def test_long_work_is_stopped_while_the_page_stays_usable_and_another_question_takes_its_place(
    page: Page, slow_app: str, trouble: Trouble
) -> None:
    opened(page, slow_app)
    ask(page, "frontier")
    stop = page.get_by_role("button", name=text("work.stop", "zh"))
    expect(stop).to_be_visible()
    page.get_by_role("radio", name="English").click()  # the rest of the page answers meanwhile
    expect(page.get_by_role("button", name=text("work.stop", "en"))).to_be_visible()
    rest(page)  # what is clicked in a page half drawn is lost
    page.get_by_role("button", name=text("work.stop", "en")).click()
    expect(page.get_by_text(text("work.stopped", "en"))).to_be_visible()
    page.get_by_role("radio", name="中文").click()
    page.get_by_role("button", name=text("work.again", "zh")).click()
    ask(page, "not_done")
    tasks = "|".join(text(f"plan.missing_{task}", "zh") for task in ("legal_minimum", "case_decisions"))
    expect(page.locator("p.answer")).to_contain_text(re.compile(tasks))
    expect(page).to_have_url(re.compile(r"ask=not_done"))
    expect(stop).to_have_count(0)
    page.go_back()
    expect(page).to_have_url(re.compile(r"ask=frontier"))
    expect(page.locator(".st-key-adopt-frontier, canvas").first).to_be_visible(timeout=SEARCH_MS)
    assert trouble == Trouble()


HEADS_SEEN = """title => {
    window.most = 0
    const count = () => {
        const heads = [...document.querySelectorAll("h3")].filter(one => one.textContent === title)
        const seen = heads.filter(one => one.checkVisibility({ visibilityProperty: true }))
        window.most = Math.max(window.most, seen.length)
        requestAnimationFrame(count)
    }
    count()
}"""
"""Counts from now on how many tables of a title are seen at one moment."""


def test_an_adopted_remedy_says_what_else_it_changes_and_no_table_of_the_answer_before_stands_below_the_new_one(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    asked = "ask=targets&ask.targets=on_time_share>=0.9;duty_met>=1"
    page.goto(f"{app_url}/decide?other_duties_cut=0.1&{asked}&lang=zh")
    adopt = page.get_by_role("button", name=text("targets.remedy_adopt_alone", "zh"))
    expect(adopt).to_be_enabled(timeout=SEARCH_MS)
    expect(page.get_by_text(text("targets.remedy_only_alone", "zh"))).to_be_visible()
    expect(page.get_by_text(text("terms.measure_case_capacity", "zh") + " 7,614 → ")).to_be_visible()
    rest(page)
    page.evaluate(HEADS_SEEN, text("targets.table", "zh"))
    adopt.click()
    expect(page.locator("p.answer")).to_contain_text("已经达到", timeout=SEARCH_MS)
    rest(page)
    assert page.evaluate("window.most") == 1


def test_an_unknown_leads_to_its_evidence_and_a_dot_of_the_frontier_is_chosen_with_the_mouse(
    page: Page, slow_app: str, trouble: Trouble
) -> None:
    opened(page, slow_app)
    ask(page, "ask_first")
    label = page.locator(".reason b").first.inner_text()
    page.locator('[class*="st-key-evidence-"] button').first.click()
    expect(page.locator("article.detail h3")).to_have_text(label)

    to_page(page, "decide")
    ask(page, "frontier")
    expect(page.locator("canvas")).to_have_count(2, timeout=SEARCH_MS)
    chart = page.locator("canvas").first
    x, y = chart.evaluate(DOT)
    box = chart.bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + y)
    expect(page).to_have_url(re.compile(r"ask\.point=\d+"))
    page.locator(".st-key-adopt-frontier button").first.click()
    expect(page).to_have_url(re.compile(r"staff\.moves\."))
    assert trouble == Trouble()
