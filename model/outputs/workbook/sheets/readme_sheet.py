"""The first sheet: the purpose of the file, its use and its limits."""

from model.evidence.baseline import TIERS
from model.outputs.evidence.not_reported import limits
from model.outputs.phrasing.numbers import in_percent, unit_word
from model.outputs.phrasing.sentences import plan_name
from model.outputs.words import text
from model.outputs.workbook.sheets import result_sheet
from model.outputs.workbook.sheets.check_sheet import say_verdict
from model.outputs.workbook.sheets.inputs import Inputs
from model.outputs.workbook.sheets.page import Page, cell, sheet_name
from model.outputs.workbook.sheets.result_sheet import KINDS, Results
from model.scenario.scenario import in_language
from model.year.measures import HEADLINES, MEASURE

PARAGRAPHS = ("what", "representative", "yellow", "choose", "follow", "stale", "exact", "engine")
LABELS, FIGURES, COLUMNS = 36, 16, 6
"""Widths of the labels and of a figure, and how many columns of figures there are."""
WIDTH = LABELS + FIGURES * COLUMNS


def write(page: Page, inputs: Inputs, results: Results, sheets: list[str], failed: int) -> None:
    """Write paragraphs, headlines and links to the `sheets`, by id; so many checks `failed`."""
    scenario = inputs.scenario
    page.text(0, 0, page.say("title"), "title")
    page.sheet.set_row(0, 26)
    page.text(1, 0, plan_name(inputs.projection.scenario, page.language), "heading")
    _paragraph(page, 2, in_language(scenario.note, page.language), "wrap quiet")
    say_verdict(page, 3, 0, failed)
    row = 5
    pools = inputs.baseline.pools
    by_tier = dict(zip(TIERS, (where.stop - where.start for where in pools.slices), strict=True))
    for name in PARAGRAPHS:
        words = page.say(f"read_{name}", pools=len(pools), **by_tier)
        _paragraph(page, row, words, "wrap input" if name == "yellow" else "wrap")
        row += 1
        if name == "representative":
            row = _headlines(page, row, inputs, results)
    row += 1
    page.text(row, 0, page.say("read_sheets"), "heading")
    for sheet in sheets:
        row += 1
        page.link(row, 0, sheet, text(f"workbook.about_{sheet}", page.language))
    page.text(row + 2, 0, text("plan.limits_title", page.language), "heading")
    _paragraph(page, row + 3, limits(inputs.baseline, page.language))
    _paragraph(page, row + 4, page.say("read_limit"))
    page.sheet.set_column(0, 0, LABELS)
    page.sheet.set_column(1, COLUMNS, FIGURES)
    page.sheet.hide_gridlines(2)
    page.print_wide(down=1)


def _headlines(page: Page, row: int, inputs: Inputs, results: Results) -> int:
    """Write the headlines of the representative case beside their medians; the row below them."""
    page.across(row, 1, 3, page.say("read_case"), "head right")
    page.across(row, 4, 6, page.say("read_medians"), "head right")
    page.heads(row + 1, ("measure", *("base", "plan", "difference") * 2), ("base", "plan", "difference"))
    source = sheet_name("results", page.language)
    for at, id in enumerate(HEADLINES, row + 2):
        measure, paired = MEASURE[id], inputs.projection.measures[id].total
        number, signed = result_sheet.number_of(measure), result_sheet.signed_of(measure, page.language)
        name, unit = text(f"terms.measure_{id}", page.language), unit_word(measure.unit, page.language)
        page.text(at, 0, text("prefectures.heading_unit", page.language, name=name, unit=unit) if unit else name)
        pair = [results.result(kind, measure, 0) for kind in KINDS]
        for column, (of, (_, value)) in enumerate(zip((result_sheet.BASE, result_sheet.PLAN), pair, strict=True), 1):
            link = f"='{source}'!{cell(result_sheet.row_of(id), of)}"
            page.formula(at, column, link, value, "right", number)
        result_sheet.difference(page, at, 3, (cell(at, 1), cell(at, 2)), measure, pair, "right")
        before, change = paired.base.p50, paired.difference.p50
        for column, (value, shown) in enumerate(
            ((before, number), (before + change, number), (in_percent(change, measure.unit), signed)), 4
        ):
            page.number(at, column, value, "still right", shown)
    return row + 3 + len(HEADLINES)


def write_reason(page: Page) -> None:
    """Write why a workbook has no formulas."""
    page.text(0, 0, page.say("title"), "title")
    _paragraph(page, 1, page.say("read_not_followed"))
    page.sheet.set_column(0, 0, LABELS)
    page.sheet.set_column(1, COLUMNS, FIGURES)


def _paragraph(page: Page, row: int, words: str, styles: str = "wrap") -> None:
    page.across(row, 0, COLUMNS, words, styles)
    page.make_room(row, (words, WIDTH - 6))
