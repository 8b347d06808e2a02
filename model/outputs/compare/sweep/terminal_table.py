"""The table of a sweep for a terminal: what each plan sets, its headline medians and their change."""

from collections.abc import Sequence

from model.outputs.compare.sweep.row import BASELINE, DECISIONS, FIGURES, KEPT, PLAN, PROBLEM, Cell, Row
from model.outputs.phrasing.numbers import MINUS, amount, change
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.year.measures import HEADLINES, MEASURE

OTHERS = {PLAN, BASELINE, PROBLEM, KEPT, DECISIONS, *FIGURES}


def in_terminal(rows: Sequence[Row], language: str) -> str:
    """A line a plan: levers that differ between plans, then each headline median and its change."""
    set_in_some = dict.fromkeys(column for row in rows for column in row if column not in OTHERS)
    levers = [column for column in set_in_some if len({row.get(column) for row in rows}) > 1]
    heads = [text("compare.column_scenario", language), *levers]
    for id in HEADLINES:
        heads += [text(f"terms.measure_{id}", language), text("brief.column_change", language)]
    body = [[str(row[PLAN]), *(_written(row.get(one)) for one in levers), *_figures(row)] for row in rows]
    return text_table([heads, *body], right=frozenset(range(1, len(heads))))


def _figures(row: Row) -> list[str]:
    if row.get(PROBLEM):
        return ["-"] * (2 * len(HEADLINES))
    cells: list[str] = []
    for id in HEADLINES:
        plan, moved = row[f"{id}_scenario_p50"], row[f"{id}_difference_p50"]
        assert isinstance(plan, float) and isinstance(moved, float)
        cells += [amount(plan, MEASURE[id].unit), change(moved, MEASURE[id].unit).replace(MINUS, "-")]
    return cells


def _written(cell: Cell) -> str:
    return f"{cell:g}" if isinstance(cell, float) else cell or ""
