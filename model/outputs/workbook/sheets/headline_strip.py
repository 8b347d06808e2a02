"""The headline figures above the levers, which answer a changed cell at once."""

from model.outputs.phrasing.sentences import measure_with_limits
from model.outputs.workbook.sheets import result_sheet
from model.outputs.workbook.sheets.check_sheet import say_stale, say_verdict
from model.outputs.workbook.sheets.lever_sheet import BASE, HELP, LABEL, LOW, UNIT, VALUE
from model.outputs.workbook.sheets.page import Page, cell
from model.outputs.workbook.sheets.result_sheet import KINDS, Results
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, MEASURE

FIRST = 4
HEAD_STYLES = {LABEL: "head", UNIT: "head lead"}
HEADS = {LABEL: "headline", VALUE: "plan", BASE: "base", UNIT: "unit", LOW: "difference"}


def write(page: Page, scenario: Scenario, results: Results, source: str, failed: int) -> None:
    """Write links to the results on the sheet `source`, with the verdict of the checks."""
    for column, head in HEADS.items():
        page.text(FIRST - 1, column, page.say(f"column_{head}"), HEAD_STYLES.get(column, "head right"))
    for row, id in enumerate(HEADLINES, FIRST):
        measure, at = MEASURE[id], result_sheet.row_of(id)
        name = measure_with_limits(id, scenario, page.language)
        page.formula(row, LABEL, f"='{source}'!{cell(at, result_sheet.MEASURE)}", name, "strong")
        page.text(row, UNIT, result_sheet.unit_of(measure, page.language), "aside")
        pair = [results.result(kind, measure, 0) for kind in KINDS]
        columns = ((BASE, result_sheet.BASE), (VALUE, result_sheet.PLAN))
        for (column, of), (_, value) in zip(columns, pair, strict=True):
            link = f"='{source}'!{cell(at, of)}"
            page.formula(row, column, link, value, "strong right", result_sheet.number_of(measure))
        result_sheet.difference(page, row, LOW, (cell(row, BASE), cell(row, VALUE)), measure, pair, "right")
    say_verdict(page, FIRST, HELP, failed)
    say_stale(page, FIRST + 1, HELP)
