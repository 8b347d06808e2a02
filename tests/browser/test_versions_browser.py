"""The versions of a plan in a real browser: who saved each and why, looked at, compared and restored."""

import json
import re
from pathlib import Path

import pytest
from conftest import Trouble
from plans_on_screen import (
    box_of_plans,
    button,
    choose,
    entry,
    move,
    name_of_plan,
    save,
    save_under,
    visits,
    visits_shown,
    word,
)
from playwright.sync_api import Browser, Locator, Page, expect
from resting_page import rest

from model.outputs.words import text

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")


CUT = """() => [...document.querySelectorAll("[class*=st-key-version-] p")]
  .filter((line) => line.scrollHeight > line.clientHeight + 1).map((line) => line.innerText)"""
"""Lines of the dialog that are not seen whole."""


def versions(page: Page, name: str) -> Locator:
    """The dialog of a plan's versions, opened anew."""
    choose(entry(box_of_plans(page), name), "history")
    dialog = page.get_by_role("dialog", name=re.compile("历史版本"))
    expect(dialog).to_contain_text(word("version", number=1))
    return dialog


def act(dialog: Locator, what: str, number: int) -> None:
    rest(dialog.page)
    dialog.locator(f".st-key-{what}-{number} button").first.click()


def save_three_times(page: Page, url: str) -> None:
    """A plan of 10, 20 and 30 people moved; its author gives his name after the first save."""
    page.goto(f"{url}/?staff.change.city=-10&staff.change.county=10&lang=zh")
    expect(visits_shown(page)).to_have_text(visits(10))
    save(page).click()
    save_under(page, "三次")
    dialog = versions(page, "三次")
    name = dialog.get_by_label(word("signature"), exact=True)
    name.fill("李明")
    name.press("Enter")
    expect(dialog).to_contain_text(word("version_unsigned"))
    page.keyboard.press("Escape")
    for people in (20, 30):
        move(page, people)
        save(page).click()
        expect(save(page)).to_contain_text(word("is_saved"))


def restore_the_first(browser: Browser, url: str) -> None:
    """Somebody else, with another browser, looks at the first version and restores it."""
    other = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    other.goto(f"{url}/?lang=zh")
    expect(visits_shown(other)).to_have_text(visits(0))
    act(versions(other, "三次"), "look", 1)
    expect(visits_shown(other)).to_have_text(visits(10))
    expect(name_of_plan(other)).to_have_value(re.compile("^三次（第 1 版，"))
    expect(save(other)).to_be_enabled()
    act(versions(other, "三次"), "restore", 1)
    expect(other.get_by_test_id("stToast")).to_contain_text("三次.toml")
    other.context.close()


def test_a_plan_saved_three_times_has_three_versions_that_can_be_compared_and_had_back(
    page: Page, own_app: tuple[str, Path], browser: Browser, trouble: Trouble
) -> None:
    url, library = own_app
    save_three_times(page, url)
    dialog = versions(page, "三次")
    expect(dialog).to_contain_text("市级 −20 → −30 人；县级 +20 → +30 人")
    expect(dialog).to_contain_text(word("version_by", author="李明"))
    expect(dialog).to_contain_text(visits(20))
    act(dialog, "explain", 2)
    dialog.locator(".st-key-reason-2 input").fill("省厅意见：先调 20 人")
    dialog.locator(".st-key-reason-2 input").press("Enter")
    expect(dialog).to_contain_text(word("version_reason", reason="省厅意见：先调 20 人"))

    page.set_viewport_size({"width": 390, "height": 844})
    expect(dialog.locator(".plan-entry p").first).to_be_visible()
    assert page.evaluate(CUT) == []
    page.set_viewport_size({"width": 1366, "height": 768})

    act(dialog, "compare", 1)
    row = page.locator('tr[data-measure="visits"]').first
    expect(row.locator("td").nth(0)).to_contain_text(visits(10))
    expect(row.locator("td").nth(1)).to_contain_text(visits(30))
    expect(page.get_by_test_id("stMain")).to_contain_text("第 1 版")
    page.reload()
    expect(row.locator("td").nth(0)).to_contain_text(visits(10))

    restore_the_first(browser, url)
    page.goto(f"{url}/?lang=zh")
    expect(visits_shown(page)).to_have_text(visits(0))
    button(entry(box_of_plans(page), "三次"), word("open")).click()
    expect(visits_shown(page)).to_have_text(visits(10))
    folder = library / ".history" / "三次"
    told = [json.loads((folder / f"{number:04d}.json").read_text("utf-8")) for number in (1, 2, 3, 4)]
    assert [one["author"] for one in told] == ["", "李明", "李明", ""]
    assert [one["act"] for one in told] == ["save", "save", "save", "restore"]
    assert trouble == Trouble()


def test_a_version_declared_final_says_so_until_the_plan_is_changed_and_can_be_had_back_to_the_letter(
    page: Page, own_app: tuple[str, Path], trouble: Trouble
) -> None:
    url, library = own_app
    page.goto(f"{url}/?staff.change.city=-10&staff.change.county=10&lang=zh")
    expect(visits_shown(page)).to_have_text(visits(10))
    save(page).click()
    save_under(page, "报厅长")
    dialog = versions(page, "报厅长")
    act(dialog, "declare", 1)
    expect(dialog).to_contain_text(word("declare_asked"))
    act(dialog, "declare-left", 1)
    act(dialog, "declare", 1)
    act(dialog, "declare-done", 1)
    expect(page.get_by_test_id("stToast")).to_contain_text("报厅长.toml 的第 1 版已定稿")
    expect(save(page)).to_contain_text(word("is_final"))
    note = json.loads((library / ".history/报厅长/0001.final.json").read_text("utf-8"))
    assert note["baseline"] == "hunan-2021" and note["figures"].keys() >= {"visits", "case_capacity"}

    move(page, 20)
    expect(save(page)).to_contain_text(word("save"))
    save(page).click()
    expect(save(page)).to_contain_text(word("is_saved"))
    expect(entry(box_of_plans(page), "报厅长")).to_contain_text(text("passport.mark_draft", "zh"))
    page.keyboard.press("Escape")
    act(versions(page, "报厅长"), "look", 1)
    expect(visits_shown(page)).to_have_text(visits(10))
    expect(save(page)).to_contain_text(word("is_final"))
    expect(name_of_plan(page)).to_have_value("报厅长")
    page.reload()
    expect(save(page)).to_contain_text(word("is_final"))
    page.get_by_role("button", name=text("export.open", "zh")).first.click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("〔定稿〕报厅长")
    page.keyboard.press("Escape")
    page.get_by_role("link", name=text("pages.present", "zh")).first.click()
    expect(page.locator(".foot span").first).to_have_text("〔定稿〕报厅长")
    page.goto(page.url.replace("/present", "/compare"))
    mark = page.locator(".roster i", has_text=text("passport.mark_final", "zh")).first
    expect(mark).to_have_css("font-style", "normal")
    assert mark.evaluate("(mark) => mark.nextElementSibling.offsetLeft - mark.offsetLeft - mark.offsetWidth") > 4
    assert trouble == Trouble()
