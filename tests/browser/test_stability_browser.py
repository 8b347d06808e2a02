"""Does it hold, in a real browser: the sentence comes once the plan rests, follows it, and no step waits for it."""

from urllib.parse import urlencode

import pytest
from conftest import Trouble
from playwright.sync_api import Page, expect
from thorough import some

from model import Scenario, project, shipped_baseline
from model.outputs.phrasing.coherence import coherent
from model.outputs.stability.sentence import sentence
from model.projection.base_year import base_year_of
from model.projection.stability import stability
from views.shell.address.scenario_address import to_link

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")
BASELINE = shipped_baseline("hunan-2021")


def said(people: float, language: str) -> str:
    plan = Scenario(levers={"staff.change.city": -people, "staff.change.county": people})
    found = stability(base_year_of(plan, BASELINE), coherent(project(plan)))
    return sentence(found, plan, BASELINE, language)


@pytest.mark.parametrize("language", some(["zh", "en"], 1))
def test_the_sentence_follows_the_plan_once_it_rests(page: Page, app_url: str, trouble: Trouble, language: str) -> None:
    plan = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
    page.goto(f"{app_url}/?{urlencode({**to_link(plan), 'lang': language})}")
    line = page.locator(".stability")
    expect(line).to_contain_text(said(100, language))
    box = page.locator(".st-key-force input").nth(1)
    box.fill("410")
    box.press("Enter")
    expect(page.locator(".card[data-measure=visits] .figure em")).to_contain_text("▲")
    expect(line).to_have_attribute("aria-busy", "true")
    expect(line).to_contain_text(said(150, language))
    expect(line).not_to_have_attribute("aria-busy", "true")
    page.locator(".st-key-stability-box summary").click()
    expect(page.locator(".st-key-stability-box table tr")).not_to_have_count(0)
