"""The sheet of levers: a yellow cell for each, with its base and bounds, below the headline figures."""

from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import SHARE_UNITS
from model.outputs.words import text
from model.outputs.workbook.sheets.inputs import BY_PLACE, IN_WORDS, Inputs, lever_number
from model.outputs.workbook.sheets.page import SHARE, WHOLE_NUMBER, Page, cell, column_of
from model.scenario.levers import Lever, Value

FIRST = 11
"""The row of the first lever (from 0)."""

WIDTHS = {
    "group": 8,
    "lever": 30,
    "value": 14,
    "base": 12,
    "unit": 14,
    "low": 14,
    "high": 11,
    "changed": 8,
    "help": 70,
    "exported": 12,
    "code": 8,
    "base_code": 10,
}
NUMBERS = ("value", "base", "low", "high", "exported", "code", "base_code")
GROUP, LABEL, VALUE, BASE, UNIT, LOW, HIGH, CHANGED, HELP, EXPORTED, CODE, BASE_CODE = range(len(WIDTHS))


def write(page: Page, inputs: Inputs) -> None:
    """Write every lever, and define the names `plan_…` and `base_…` of its cells."""
    page.frame(FIRST - 1, WIDTHS, NUMBERS, VALUE)
    group = ""
    for row, lever in enumerate(inputs.levers.values(), FIRST):
        if lever.group != group:
            page.text(row, GROUP, text(f"plan.group_{lever.group}", page.language), "strong")
        group = lever.group
        page.text(row, LABEL, lever.label[page.language])
        asides = {UNIT: word("unit", lever.unit, page.language), HELP: lever.help[page.language]}
        page.asides(row, asides, list(WIDTHS.values()))
        if lever.id in BY_PLACE:
            page.link(row, VALUE, "places")
        else:
            value = inputs.settings[lever.id]
            (_words if lever.id in IN_WORDS else _number)(page, row, lever, value)
            page.changed(row, CHANGED, cell(row, VALUE), cell(row, BASE), differs=value != lever.base)
        if lever.id == "horizon_months":
            page.define("horizon_months", row, VALUE)


def changed(inputs: Inputs, sheet: str) -> str:
    """The formula that counts the yellow cells whose value is no longer the exported one."""
    now, then = (column_of(column, FIRST, FIRST + len(inputs.levers) - 1, sheet) for column in (VALUE, EXPORTED))
    by_place = [row for row, id in enumerate(inputs.levers, FIRST) if id in BY_PLACE]
    return f"=SUMPRODUCT(--({now}<>{then}))-{len(by_place)}"


def out_of_bounds(inputs: Inputs, sheet: str) -> str:
    """The formula that counts the levers outside their bounds."""
    value, low, high = (column_of(k, FIRST, FIRST + len(inputs.levers) - 1, sheet) for k in (VALUE, LOW, HIGH))
    return f"=SUMPRODUCT(ISNUMBER({high})*(({value}<{low})+({value}>{high})))"


def _number(page: Page, row: int, lever: Lever, value: Value) -> None:
    number = SHARE if lever.unit in SHARE_UNITS else "0" if lever.kind == "choice" else WHOLE_NUMBER
    for column, one, styles in ((VALUE, value, "input"), (BASE, lever.base, ""), (EXPORTED, value, "quiet")):
        page.number(row, column, lever_number(lever.id, one), styles, number)
    rule: dict[str, object]
    if lever.low is None or lever.high is None:
        rule = {"validate": "list", "source": [int(choice) for choice in lever.choices]}
        page.text(row, LOW, " | ".join(lever.choices), "quiet right")
    else:
        kind = "integer" if lever.kind == "whole" else "decimal"
        rule = {"validate": kind, "criteria": "between", "minimum": lever.low, "maximum": lever.high}
        page.number(row, LOW, lever.low, "quiet", number)
        page.number(row, HIGH, lever.high, "quiet", number)
    page.sheet.data_validation(row, VALUE, row, VALUE, rule)
    name = lever.id.replace(".", "_")
    page.define(f"plan_{name}", row, VALUE)
    page.define(f"base_{name}", row, BASE)


def _words(page: Page, row: int, lever: Lever, value: Value) -> None:
    """Write a lever whose choices are words: a word to choose, and its code beside it."""
    name = lever.id.replace(".", "_")
    choices = enumerate(IN_WORDS[lever.id], 1)
    words = {code: text(f"plan.choice_{name}_{choice}", page.language) for code, choice in choices}
    now, base = (int(lever_number(lever.id, one)) for one in (value, lever.base))
    page.choice(row, VALUE, words, now)
    page.text(row, BASE, words[base], "right")
    page.text(row, EXPORTED, words[now], "quiet right")
    for kind, column, of, code in (("plan", CODE, VALUE, now), ("base", BASE_CODE, BASE, base)):
        page.code(row, column, cell(row, of), words, code)
        page.define(f"{kind}_{name}", row, column)
