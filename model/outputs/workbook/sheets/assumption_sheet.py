"""The sheet of assumptions: the value in use (yellow), its range, and the basis."""

from model.evidence.baseline import TIERS
from model.evidence.figures import Assumption
from model.outputs.evidence.evidence_table import mark_in_words
from model.outputs.phrasing.evidence_terms import unit_held
from model.outputs.workbook.chain.tables import SingleFormulas
from model.outputs.workbook.sheets.inputs import Inputs
from model.outputs.workbook.sheets.page import SHARE, Page, cell, column_of
from model.scenario.decisions import READINGS, readings

READING, FIRST = 4, 9
"""The rows of the first reading of the report and of the first assumption (from 0)."""

WIDTHS = {
    "assumption": 40,
    "used": 32,
    "low": 10,
    "mid": 10,
    "high": 10,
    "unit": 13,
    "changed": 8,
    "exported": 10,
    "mark": 11,
    "basis": 70,
    "reason": 40,
}
NUMBERS = ("used", "low", "mid", "high", "exported")
LABEL, USED, LOW, MID, HIGH, UNIT, CHANGED, EXPORTED, MARK, BASIS, REASON = range(len(WIDTHS))

CLOSED = {
    **{f"staff_{tier}": f"tier_total({k}, base.base_people)" for k, tier in enumerate(TIERS, 1)},
    **{
        f"frontline_share_{tier}": f"tier_total({k}, base.base_officers) / tier_total({k}, base.base_people)"
        for k, tier in enumerate(TIERS, 1)
    },
    "other_duties_share": "base.other_duties",
    "visit_filed": "base.visit_filed",
    "visits_base": "base.visits_in_base",
}
"""The formula of each closed assumption, which follows from the base year."""

PERCENT = ("fraction",)


def write(page: Page, inputs: Inputs, formulas: SingleFormulas) -> None:
    """Write the readings and every assumption, its cell named by its id; the closed ones are formulas."""
    page.frame(FIRST - 1, WIDTHS, NUMBERS, USED)
    page.text(READING - 1, 0, page.say("readings"), "heading")
    for row, (name, words) in enumerate(readings(inputs.baseline).items(), READING):
        page.text(row, LABEL, page.say(f"reading_{name}"))
        chosen = inputs.reading(name)
        labels = {READINGS[name].index(choice) + 1: page.say(f"reading_{name}_{choice}") for choice in words}
        page.choice(row, USED, labels, chosen)
        page.code(row, LOW, cell(row, USED), labels, chosen)
        page.define(f"reading_{name}", row, LOW)
        page.text(row, EXPORTED, labels[chosen], "quiet right")
        page.text(row, BASIS, page.say(f"reading_{name}_why"), "aside")
    for row, ours in enumerate(inputs.baseline.assumptions.values(), FIRST):
        _assumption(page, row, ours, inputs, formulas)


def changed(inputs: Inputs, sheet: str) -> str:
    """The formula that counts the yellow cells whose value is no longer the exported one."""
    last = FIRST + len(inputs.baseline.assumptions) - 1
    assumptions, readings = (
        f"SUMPRODUCT(({column_of(USED, first, last, sheet)}<>{column_of(EXPORTED, first, last, sheet)})"
        f'*({column_of(EXPORTED, first, last, sheet)}<>""))'
        for first, last in ((FIRST, last), (READING, READING + len(READINGS) - 1))
    )
    return f"={readings}+{assumptions}"


def _assumption(page: Page, row: int, ours: Assumption, inputs: Inputs, formulas: SingleFormulas) -> None:
    used, number = inputs.assumed(ours.id), SHARE if ours.unit in PERCENT else "#,##0.####"
    page.text(row, LABEL, ours.label[page.language], "wrap")
    page.make_room(row, (ours.label[page.language], WIDTHS["assumption"]))
    for column, value in ((LOW, used.low), (MID, used.mid), (HIGH, used.high)):
        page.number(row, column, value, "quiet", number)
    asides = {
        UNIT: unit_held(ours.unit, page.language),
        MARK: mark_in_words(ours.mark, page.language),
        BASIS: ours.basis[page.language],
        REASON: getattr(used, "reason", ""),
    }
    page.asides(row, asides, list(WIDTHS.values()))
    if ours.closed:
        closed = CLOSED[ours.id]
        page.formula(row, USED, formulas.pattern(closed), formulas.number(closed), number=number)
        page.text(row, CHANGED, page.say("closed"), "quiet")
        return
    value = inputs.case[ours.id]
    page.number(row, USED, value, "input", number)
    page.number(row, EXPORTED, value, "quiet", number)
    page.changed(row, CHANGED, cell(row, USED), cell(row, EXPORTED), differs=False)
    page.define(ours.id, row, USED)
    within = {"criteria": "between", "minimum": f"={cell(row, LOW)}", "maximum": f"={cell(row, HIGH)}"}
    warning = {"error_type": "warning", "error_title": page.say("outside"), "error_message": page.say("outside_range")}
    page.sheet.data_validation(row, USED, row, USED, {"validate": "decimal", **within, **warning})
