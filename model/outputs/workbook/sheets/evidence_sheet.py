"""The sheet of evidence: the report's own figures, the rules in both versions, and constants."""

from model.evidence.rules import READ_ON
from model.outputs.evidence.evidence_table import Row, rows
from model.outputs.evidence.records_table import COLUMNS, record_rows
from model.outputs.phrasing.evidence_terms import word
from model.outputs.words import text
from model.outputs.workbook.chain.own_steps import case_records
from model.outputs.workbook.sheets.inputs import RULES, Inputs, rule
from model.outputs.workbook.sheets.page import Page, cell
from model.projection.base_year import base_year_of

FIRST = 3
NUMBER, ENDLESS_NUMBER = "#,##0.####", '[>=1000000000000]"∞";#,##0.####'

LABEL, VALUE, WINDOW = range(3)
BASE, PLAN, UNIT, SOURCE = range(VALUE + len(READ_ON), VALUE + len(READ_ON) + 4)
"""The columns; the versions of a rule stand from VALUE on."""
WIDTHS = (44, *[15] * (len(READ_ON) + 2), 16, 100)
BETWEEN = [""] * (UNIT - WINDOW - 1)
"""The heads of the columns between window and unit, which only rules use."""


def write(page: Page, inputs: Inputs) -> None:
    """Write the evidence, and define `reported_…`, `given_…`, `base_rule_…`, `plan_rule_…` and `node_…`."""
    page.title()
    evidence = rows(inputs.baseline, inputs.scenario.assumptions, page.language)
    row = _figures(page, FIRST, inputs, {one.id: one for one in evidence})
    row = _records(page, row, inputs)
    row = _rules(page, row + 2, inputs)
    row = _sources(page, row + 2, [one for one in evidence if one.id.startswith("rule.")])
    _nodes(page, row + 2, inputs)
    for column, width in enumerate(WIDTHS):
        page.sheet.set_column(column, column, width)
    page.sheet.freeze_panes(FIRST, 1)
    page.print_wide()


def _figures(page: Page, row: int, inputs: Inputs, evidence: dict[str, Row]) -> int:
    """Write the report's figures and the other given numbers; the row below them."""
    page.text(row, LABEL, page.say("evidence_report"), "heading")
    page.heads(row + 1, ["figure", "value", "window", *BETWEEN, "unit", "source"], ("value",))
    row += 2
    for id in inputs.baseline.report:
        one = evidence[f"report.{id}"]
        page.text(row, LABEL, one.label)
        if f"reported_{id}" in inputs.names:
            page.number(row, VALUE, inputs.names[f"reported_{id}"], number=NUMBER)
            page.define(f"reported_{id}", row, VALUE)
        else:
            page.text(row, VALUE, one.value, "right")
        page.text(row, WINDOW, one.window, "lead quiet")
        page.asides(row, {UNIT: one.unit, SOURCE: one.source}, WIDTHS)
        row += 1
    records = enumerate(case_records(inputs.baseline), 1)
    labels = {f"given_record_{r}": record.source[page.language] for r, record in records}
    for name in (name for name in inputs.names if name.startswith("given_")):
        page.text(row, LABEL, labels[name] if name in labels else page.word(f"name_{name.removeprefix('given_')}"))
        page.number(row, VALUE, inputs.names[name], number=NUMBER)
        page.define(name, row, VALUE)
        row += 1
    return row


def _records(page: Page, row: int, inputs: Inputs) -> int:
    """Write the own records beside the model's medians over the draws, as exported; the row below them."""
    projection = inputs.projection
    base = base_year_of(projection.scenario, inputs.baseline, projection.draws.drawn, projection.seed)
    records = record_rows(base, page.language)
    if not records:
        return row
    page.text(row + 1, LABEL, text("published.records_title", page.language), "heading")
    heads = [text(f"published.records_{column}", page.language) for column in COLUMNS]
    page.text(row + 2, LABEL, heads[0], "head")
    page.texts(row + 2, VALUE, heads[1:], "head right")
    row += 3
    for one in records:
        page.text(row, LABEL, one.label)
        for column, value in enumerate((one.recorded, one.alone, one.used), VALUE):
            if value is not None:
                page.number(row, column, value, "quiet", "#,##0")
        page.asides(row, {UNIT: one.unit, SOURCE: one.record.source[page.language]}, WIDTHS)
        row += 1
    page.text(row, LABEL, text("published.records_note", page.language), "aside")
    return row + 1


def _rules(page: Page, row: int, inputs: Inputs) -> int:
    """Write the rules that formulas use, in every version and as the levers pick them; the row below them."""
    page.text(row, LABEL, page.say("evidence_rules"), "heading")
    versions = range(VALUE, VALUE + len(READ_ON))
    page.heads(row + 1, ["rule", *[""] * len(READ_ON), "base", "plan", "unit"], ("base", "plan"))
    for column, version in zip(versions, READ_ON, strict=True):
        page.number(row + 1, column, float(version), "head right", "0")
    top, row = row + 1, row + 2
    for name, unit in RULES.items():
        page.text(row, LABEL, page.word(f"name_rule_{name}"))
        for column, version in zip(versions, READ_ON, strict=True):
            page.number(row, column, rule(version, name), number=ENDLESS_NUMBER)
        page.asides(row, {UNIT: word("unit", unit, page.language)}, WIDTHS)
        for column, kind in ((BASE, "base"), (PLAN, "plan")):
            values, years = (f"{cell(line, versions[0])}:{cell(line, versions[-1])}" for line in (row, top))
            pick = f"=INDEX({values},MATCH({kind}_rules,{years},0))"
            page.formula(row, column, pick, inputs.names[f"{kind}_rule_{name}"], number=ENDLESS_NUMBER)
            page.define(f"{kind}_rule_{name}", row, column)
        row += 1
    return row


def _sources(page: Page, row: int, rules: list[Row]) -> int:
    """Write every rule with its days in force and its source; the row below them."""
    page.text(row, LABEL, page.say("evidence_sources"), "heading")
    page.heads(row + 1, ["rule", "value", "in_force", *BETWEEN, "unit", "source"], ("value",))
    row += 1
    for one in rules:
        row += 1
        page.text(row, LABEL, one.label)
        page.text(row, VALUE, one.value, "right")
        page.text(row, WINDOW, one.window, "lead quiet")
        page.asides(row, {UNIT: one.unit, SOURCE: one.source}, WIDTHS)
    return row + 1


def _nodes(page: Page, row: int, inputs: Inputs) -> None:
    """Write the Gauss nodes and weights of the wait for review."""
    page.text(row, LABEL, page.say("evidence_nodes"), "heading")
    page.heads(row + 1, ("node", "late", "weight"), ("node", "late", "weight"))
    k = 1
    while f"node_late_{k}" in inputs.names:
        page.number(row + 1 + k, LABEL, k, number="0")
        for column, name in ((VALUE, f"node_late_{k}"), (WINDOW, f"node_weight_{k}")):
            page.number(row + 1 + k, column, inputs.names[name], number="0.000000000000")
            page.define(name, row + 1 + k, column)
        k += 1
