"""Where something goes wrong inside, the reader gets a sentence with a number, and keeps what he had."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, served
from playwright.sync_api import Page, expect

from model.outputs.words import text

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")


@pytest.fixture(scope="module")
def failing_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of an app with faults inside, and its log of them."""
    folder = tmp_path_factory.mktemp("failing")
    with served(ROOT / "tests" / "support" / "failing_app.py", folder, fails=True) as url:
        yield url, folder / "failures.log"


def test_a_failure_leaves_the_last_figures_the_way_back_and_a_number_that_the_log_has(
    page: Page, failing_app: tuple[str, Path]
) -> None:
    url, log = failing_app
    page.goto(f"{url}/?training_days=13&lang=zh")
    visits = page.locator('[data-measure="visits"] .figure')
    expect(visits).to_be_visible()
    before = visits.text_content()
    page.get_by_role("radio", name=re.compile(text("plan.group_time", "zh"))).first.click()
    page.locator('[class*="st-key-lever-training_days-"] input[type=range]').first.focus()
    page.keyboard.press("ArrowRight")

    notice = page.locator("[data-failure]")
    expect(notice).to_contain_text(text("failure.title", "zh"))
    assert visits.text_content() == before
    expect(page.get_by_text(text("plan.working", "zh"))).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    reference = notice.get_attribute("data-failure")
    noted = log.read_text(encoding="utf-8")
    assert f"{reference}\nTraceback" in noted and "ZeroDivisionError: a drill of 14" in noted

    page.get_by_role("button", name=text("plan.take_back", "zh")).click()
    expect(notice).to_have_count(0)
    assert visits.text_content() == before

    page.locator(".st-key-reset button").first.click()
    toast = page.get_by_test_id("stToast")
    expect(toast).to_contain_text(text("failure.title", "zh"))
    assert visits.text_content() == before
    assert "KeyError: 'the base year'" in log.read_text(encoding="utf-8")

    page.get_by_role("link", name=text("pages.prefectures", "zh")).click()
    expect(notice).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.get_by_role("link", name=text("pages.plan", "zh")).click()
    expect(visits).to_have_text(before)
    expect(notice).to_have_count(0)


def test_a_file_that_cannot_be_made_says_so(page: Page, failing_app: tuple[str, Path]) -> None:
    url, log = failing_app
    before = log.read_text(encoding="utf-8") if log.exists() else ""
    page.goto(f"{url}/evidence?lang=zh")
    page.locator(".st-key-evidence-download button").click()
    expect(page.get_by_test_id("stToast")).to_contain_text(text("failure.title", "zh"))
    noted = log.read_text(encoding="utf-8").removeprefix(before)
    assert "FileNotFoundError: the table is gone" in noted
