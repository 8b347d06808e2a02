"""Every page keeps the rules of WCAG 2.1 A and AA that a machine can check, in both languages and themes."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from resting_page import rest
from thorough import pairs

from model import shipped_baseline
from model.outputs.words import text

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")
ROOT = Path(__file__).parents[2]
PAGES = re.findall(r'"(\w+)": \w+,', (ROOT / "views" / "site" / "rooms.py").read_text(encoding="utf-8"))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
PLAN = "staff.change.city=-100&staff.change.county=100&targeted_share=0.4"
LOOKS = 5
LOOKS_OF_A_PAGE = [("zh", "light"), ("en", "dark")]
"""Language and theme."""
STANDS_STILL = """() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() =>
  resolve(document.getAnimations().every((one) => one.playState !== "running")))))"""
"""Colours fade in, and work under way turns a wheel."""


def title(page: str, language: str) -> str:
    """A page's name in the navigation."""
    return text(f"pages.{page}", language, name=shipped_baseline("hunan-2021").name[language])


def violations(page: Page) -> list[str]:
    """What breaks a rule and stays: a page that is still being drawn is looked at again."""
    for _ in range(LOOKS):
        page.wait_for_function(STANDS_STILL)
        if not (broken := _broken_rules(page)):
            break
        page.wait_for_timeout(1_000)
    return broken


def _broken_rules(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("name", "look"), pairs(PAGES, LOOKS_OF_A_PAGE))
def test_every_page_keeps_the_rules(page: Page, app_url: str, name: str, look: tuple[str, str]) -> None:
    language, theme = look
    page.emulate_media(color_scheme=theme)
    page.goto(f"{app_url}/{name}?{PLAN}&lang={language}")
    way = page.get_by_role("link", name=title(name, language), exact=True)
    expect(way.or_(page.locator(".slide h1")).first).to_be_visible()
    rest(page)
    assert violations(page) == []


def test_the_pages_are_found() -> None:
    assert len(PAGES) >= 6
