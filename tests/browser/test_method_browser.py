"""The method in a real browser: links turn to sections without losing the plan, and both languages and themes keep the
rules of accessibility."""

import re

import pytest
from conftest import Trouble
from playwright.sync_api import Page, expect
from resting_page import rest
from test_accessibility import STANDS_STILL, violations
from thorough import pairs

from model.outputs.words import text

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")

SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def at(page: Page, number: int) -> None:
    expect(page.locator(f"#section-{number}")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"[?&]section={number}\b"))


def test_links_and_contents_turn_to_sections_and_the_way_back_is_kept(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(f"{app_url}/evidence?other_duties_cut=0.1&lang=zh")
    page.locator(".health a[data-section='10']").first.click()
    at(page, 10)
    page.get_by_text(re.compile(r"^14\. ")).first.click()
    at(page, 14)
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 2500)
    page.wait_for_function(f"{SCROLLED} > 1000")
    page.locator(".method a[data-section='11']").first.click()
    at(page, 11)
    page.wait_for_function(f"{SCROLLED} < 200")
    assert "other_duties_cut=0.1" in page.url
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(page.locator("#section-11")).to_contain_text("Months")
    page.go_back()
    expect(page.locator("#section-11")).to_contain_text("月度")
    page.go_back()
    at(page, 14)
    page.get_by_text(text("evidence_page.view_figures", "zh"), exact=True).click()
    expect(page.locator(".health")).to_be_visible()
    expect(page).not_to_have_url(re.compile("section="))
    assert trouble == Trouble()


def test_a_link_that_nothing_listens_for_is_followed_with_the_plan(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/evidence?other_duties_cut=0.1&lang=zh")
    link = page.locator(".health a[data-section='10']").first
    expect(link).to_be_visible()
    rest(page)
    page.wait_for_function("Boolean(document.frontlineLinks?.tell.section)")
    page.evaluate("delete document.frontlineLinks.tell.section")
    link.click()
    at(page, 10)
    expect(page).to_have_url(re.compile("other_duties_cut=0.1"))


@pytest.mark.parametrize(("number", "look"), pairs((0, 8, 12), [("zh", "light"), ("en", "dark")]))
def test_the_method_keeps_the_rules(page: Page, app_url: str, number: int, look: tuple[str, str]) -> None:
    language, theme = look
    page.emulate_media(color_scheme=theme)
    page.goto(f"{app_url}/evidence?section={number}&lang={language}")
    page.wait_for_selector(f"#section-{number}")
    rest(page)
    page.wait_for_function(STANDS_STILL)
    assert violations(page) == []
