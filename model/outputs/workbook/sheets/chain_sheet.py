"""The sheets of the chain: steps by pool with formulas in words, the solver's lines, the months."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from xlsxwriter.utility import xl_cell_to_rowcol

from model.evidence.baseline import Baseline
from model.outputs.words import text
from model.outputs.workbook.chain.formula import in_words
from model.outputs.workbook.chain.steps import Kind, Step
from model.outputs.workbook.chain.tables import FIRST_POOL, WHOLE, Chain, Walk
from model.outputs.workbook.sheets.labels import step_label, unit_label
from model.outputs.workbook.sheets.page import COUNT, ENDLESS_COUNT, SHARE, SMALL, WHOLE_NUMBER, Page

SECTION, LABEL, UNIT, WORDS = range(WHOLE)
LEFT = (5, 46, 18, 80, 14)
"""Widths of the columns left of the pools, in characters."""

HEAD = 4
"""Rows above the first block of a chain: title, note and two of heads."""

KINDS: tuple[Kind, ...] = ("plan", "base")
"""The order of the walks on their sheets."""

NUMBERS = {
    **dict.fromkeys(("code", "number", "month", "yes or no"), WHOLE_NUMBER),
    **dict.fromkeys(("ratio", "people a body", "people a queue", "crews a body"), SMALL),
    **dict.fromkeys(("person-days a visit", "person-days a case", "crew-days a visit"), SMALL),
    **dict.fromkeys(("cases a visit", "problems a visit"), SMALL),
    **dict.fromkeys(("visits a year", "calendar days"), ENDLESS_COUNT),
    "share": SHARE,
    "weight": "General",
}
"""The number format of a unit; others have COUNT."""

ADD_UP = {
    *("people", "bodies", "firms", "crews", "cases"),
    *("cases a year", "visits a year", "problems a year", "person-days a year"),
}
"""Units whose pools add up to the whole force."""


def first_line(kind: Kind, lines: int) -> int:
    """The row (from 1) of a walk's first line; each walk has three rows of heads above it."""
    return HEAD + 2 + KINDS.index(kind) * (lines + 5)


def write_chain(
    page: Page, table: Chain, baseline: Baseline, label: Callable[[str], str], method: Mapping[int, int]
) -> None:
    """Write every step of a chain by pool, with its formula in words; `label` gives the label of a name.

    Section numbers lead to the rows of the method's sheet, `method` by number.
    """
    page.title()
    page.heads(HEAD - 1, ("section", "step", "unit", "formula", "whole"), ("whole",))
    _pool_heads(page, HEAD - 2, baseline)
    row = table.first - 1
    for block in table.blocks:
        for column in range(FIRST_POOL + len(baseline.pools)):
            page.sheet.write_blank(row, column, None, page.look.style("band"))
        _section(page, row, block.section, method, "band link")
        page.text(row, LABEL, page.word(f"block_{block.heading}"), "band")
        for k, step in enumerate(block.steps, 1):
            _section(page, row + k, block.section, method, "link")
            _step(page, row + k, step, table, label)
        row += 1 + len(block.steps)
    _widths(page, LEFT, len(baseline.pools))
    page.sheet.freeze_panes(HEAD, WORDS)
    page.sheet.repeat_rows(HEAD - 2, HEAD - 1)
    page.sheet.repeat_columns(SECTION, UNIT)
    page.print_wide(3)


def write_walks(
    page: Page, walks: Sequence[Walk], baseline: Baseline, section: str, method: Mapping[int, int], dim: str = ""
) -> None:
    """Write walks one below the other; lines that meet the condition `dim`, of cells in row {}, are grey."""
    page.title()
    cited = page.say("method_section", number=section)
    page.link(0, FIRST_POOL, "method", cited, to=method[int(section)])
    for walk in walks:
        labels = {id: f"{step_label(id, page.language)}\n{_unit(one.unit, page)}" for id, one in walk.columns.items()}
        whole = [labels[id] for id in walk.letters]
        page.text(walk.first - 4, 0, page.say(f"column_{walk.kind}"), "heading")
        for id, letters in walk.blocks.items():
            start = xl_cell_to_rowcol(f"{letters[0]}1")[1]
            page.text(walk.first - 4, start, labels[id].replace("\n", " · "), "heading")
            _pool_heads(page, walk.first - 3, baseline, start)
        page.texts(walk.first - 2, 0, whole[:FIRST_POOL], "head right")
        page.texts(walk.first - 2, FIRST_POOL + len(baseline.pools), whole[FIRST_POOL:], "head right")
        for line in range(walk.lines + 1):
            _line(page, walk, line, len(baseline.pools))
        if dim:
            last = walk.first - 1 + walk.lines, len(baseline.pools) * len(walk.blocks) + len(whole) - 1
            rule = {"type": "formula", "criteria": dim.format(walk.first), "format": page.look.style("quiet")}
            page.sheet.conditional_format(walk.first - 1, 0, *last, rule)
    _widths(page, (12,) * FIRST_POOL, len(baseline.pools))
    page.sheet.freeze_panes(0, 1)
    page.sheet.repeat_columns(0)
    page.sheet.repeat_rows(walks[0].first - 3, walks[0].first - 2)
    page.print_wide(3)


def _section(page: Page, row: int, section: str, method: Mapping[int, int], styles: str) -> None:
    page.link(row, SECTION, "method", section, to=method[int(section)], styles=styles)


def _step(page: Page, row: int, step: Step, table: Chain, label: Callable[[str], str]) -> None:
    number, value = NUMBERS.get(step.unit, COUNT), table.value(step.id)
    page.text(row, LABEL, step_label(step.id, page.language))
    page.asides(row, {UNIT: _unit(step.unit, page), WORDS: in_words(step.formula, label)}, LEFT)
    formulas = table.formulas(step.id)
    if step.whole:
        page.formula(row, WHOLE, formulas[0], np.ravel(value)[0], "strong", number)
        return
    if step.unit in ADD_UP:
        page.formula(row, WHOLE, f"=SUM({table.row(step.id)})", float(np.sum(value)), "strong", number)
    for p, one in enumerate(np.asarray(value).tolist()):
        page.formula(row, FIRST_POOL + p, formulas[p], one, number=number)


def _line(page: Page, walk: Walk, line: int, pools: int) -> None:
    """Write one line of a walk: whole columns left and right, pools between them."""
    row, whole = walk.first - 1 + line, 0
    for id, column in walk.columns.items():
        number = NUMBERS.get(column.unit, "#,##0.00")
        formulas, value = walk.formulas(id, line), np.ravel(walk.at(id, line)).tolist()
        beside = xl_cell_to_rowcol(f"{walk.blocks[id][0]}1")[1] if id in walk.blocks else 0
        start = (whole if whole < FIRST_POOL else whole + pools) if column.whole else beside
        values = value if column.whole else np.broadcast_to(value, pools).tolist()
        for k, (formula, one) in enumerate(zip(formulas, values, strict=True)):
            page.formula(row, start + k, formula, one, "strong" if column.whole else "", number)
        whole += column.whole


def _pool_heads(page: Page, row: int, baseline: Baseline, start: int = FIRST_POOL) -> None:
    """Write two rows of heads over the pools: the tiers in their colours, and the prefectures below them."""
    names = {one.id: one.short for one in baseline.prefectures} | baseline.province_names
    for p, (tier, place) in enumerate(baseline.pool_names):
        page.text(row, start + p, text(f"terms.tier_{tier}", page.language), f"{tier} centre")
        name = names[place][page.language] if place else page.say("province_pool")
        page.text(row + 1, start + p, name, "head right")
    page.sheet.set_row(row + 1, 32)


def _unit(unit: str, page: Page) -> str:
    return unit_label(unit, page.language)


def _widths(page: Page, left: Sequence[int], pools: int) -> None:
    for column, width in enumerate(left):
        page.sheet.set_column(column, column, width)
    page.sheet.set_column(FIRST_POOL, FIRST_POOL + pools + 10, 11)
