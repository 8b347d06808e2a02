"""The first sheet: the purpose of the file, its use and its limits."""

from model.outputs.phrasing.sentences import plan_name
from model.outputs.words import text
from model.outputs.workbook.sheets.check_sheet import say_verdict
from model.outputs.workbook.sheets.inputs import Inputs
from model.outputs.workbook.sheets.page import Page
from model.scenario.scenario import in_language

PARAGRAPHS = ("what", "central", "yellow", "choose", "follow", "stale", "exact", "engine")
WIDTH = 112


def write(page: Page, inputs: Inputs, sheets: list[str], failed: int) -> None:
    """Write the paragraphs and links to the `sheets`, by id; `failed` is the number of checks that fail."""
    scenario = inputs.scenario
    page.text(0, 0, page.say("title"), "title")
    page.sheet.set_row(0, 26)
    page.text(1, 0, plan_name(inputs.projection.scenario, page.language), "heading")
    _paragraph(page, 2, in_language(scenario.note, page.language), "wrap quiet")
    say_verdict(page, 3, 0, failed)
    row = 5
    for name in PARAGRAPHS:
        _paragraph(page, row, page.say(f"read_{name}"), "wrap input" if name == "yellow" else "wrap")
        row += 1
    row += 1
    page.text(row, 0, page.say("read_sheets"), "heading")
    for sheet in sheets:
        row += 1
        page.link(row, 0, sheet, text(f"workbook.about_{sheet}", page.language))
    page.text(row + 2, 0, text("plan.limits_title", page.language), "heading")
    _paragraph(page, row + 3, text("plan.limits", page.language))
    _paragraph(page, row + 4, page.say("read_limit"))
    page.sheet.set_column(0, 0, WIDTH)
    page.sheet.hide_gridlines(2)
    page.print_wide(down=1)


def _paragraph(page: Page, row: int, words: str, styles: str = "wrap") -> None:
    page.text(row, 0, words, styles)
    page.make_room(row, (words, WIDTH - 6))
