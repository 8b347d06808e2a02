"""The plan, its name, its saves and the box of plans, as a test in a browser finds and uses them."""

from playwright.sync_api import Locator, Page, expect
from resting_page import rest

from model import Scenario, project
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import amount
from model.outputs.words import text


def word(key: str, **values: object) -> str:
    return text(f"plans.{key}", "zh", **values)


def visits(moved: int) -> str:
    levers = {"staff.change.city": -float(moved), "staff.change.county": float(moved)} if moved else {}
    return amount(coherent(project(Scenario(levers=levers))).measures["visits"].total.scenario.p50, "visits a year")


def visits_shown(page: Page) -> Locator:
    return page.locator('.card[data-measure="visits"] .figure b')


def move(page: Page, people: int) -> None:
    box = page.locator('input[data-tier="county"]')
    box.fill(str(1722 + people))
    box.press("Enter")
    expect(visits_shown(page)).to_have_text(visits(people))


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).first


def name_of_plan(page: Page) -> Locator:
    """While a page is drawn anew the old box stands beside the new one for a moment."""
    return page.locator("[class*=st-key-name-] input").first


def save(page: Page) -> Locator:
    return page.locator(".st-key-save button:visible").first


def modal(page: Page) -> Locator:
    """The open dialog; the box of plans, from which it may have been opened, is one of that role too and goes after."""
    return page.get_by_test_id("stDialog")


def save_under(page: Page, name: str) -> None:
    dialog = modal(page)
    dialog.get_by_label(word("label_name"), exact=True).fill(name)
    button(dialog, word("save")).click()
    expect(save(page)).to_contain_text(word("is_saved"))


def box_of_plans(page: Page) -> Locator:
    """The box of plans, opened anew.

    What was done in it closes it first, with what stood in it. A click before that would be the one that closes it, or
    a file would go to a field about to be taken away.
    """
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    rest(page)
    page.locator("[class*=st-key-library--] [data-testid=stPopoverButton]").first.click()
    return page.get_by_test_id("stPopoverBody")


def entry(box: Locator, name: str) -> Locator:
    return box.locator("[class*=st-key-plan-row-]").filter(has=box.page.get_by_text(name, exact=True))


def choose(row: Locator, act: str) -> None:
    row.get_by_test_id("stMenuButtonButton").locator("visible=true").click()
    row.page.get_by_role("menuitem", name=word(f"menu_{act}")).click()
