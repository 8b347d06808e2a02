"""Every page keeps the rules of WCAG 2.1 A and AA that a machine can check, in both languages and themes."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from model.outputs.words import text

ROOT = Path(__file__).parents[2]
PAGES = re.findall(r'"(\w+)": \w+', re.search(r"PAGES = \{(.*?)\}", (ROOT / "app.py").read_text(), re.DOTALL)[1])
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
PLAN = "staff.change.city=-100&staff.change.county=100&targeted_share=0.4"
STANDS_STILL = """() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() =>
  resolve(document.getAnimations().every((one) => one.playState !== "running")))))"""
"""Colours fade in, and work under way turns a wheel."""


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
def test_every_page_keeps_the_rules(browser: Browser, app_url: str, language: str, theme: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", color_scheme=theme)
    page = context.new_page()
    for name in PAGES:
        page.goto(f"{app_url}/{name}?{PLAN}&lang={language}")
        way = page.get_by_role("link", name=text(f"pages.{name}", language), exact=True)
        expect(way.or_(page.locator(".slide h1")).first).to_be_visible(timeout=60_000)
        page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
        page.wait_for_function(STANDS_STILL, timeout=60_000)
        assert violations(page) == [], name
    context.close()
