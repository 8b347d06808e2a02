"""The table of a sweep read back from its file: plans, their figures and what each decides."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf, isfinite

from model.files.problem import Problem, shown
from model.files.scenario_file import read_tree
from model.files.scenario_head import language_of
from model.files.toml_text import decoded
from model.outputs.compare.sweep.grid import MOST_PLANS
from model.outputs.compare.sweep.row import BASELINE, DECISIONS, FIGURES, KEPT, PLAN, PROBLEM
from model.outputs.phrasing.spreadsheet_text import plain
from model.projection.results import Band
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, MEASURE

MOST_BYTES = 5_000_000
MOST_NAME = 200
_NEEDED = (PLAN, BASELINE, DECISIONS, *FIGURES)


@dataclass(frozen=True)
class SweptPlan:
    """A plan as the table has it: by its name, the levers set in it as written, and its figures.

    `changes` holds the band of the change of each headline, none where the plan has no figures.
    """

    name: str
    levers: Mapping[str, str]
    changes: Mapping[str, Band]
    source: str
    """Base year and decisions, from which `scenario_of` makes the plan."""


def read_table(data: bytes, file: str) -> tuple[tuple[SweptPlan, ...], list[Problem]]:
    """The plans of a table in CSV, or none and the problem with it; any bytes give an answer."""
    text = decoded(data, file, MOST_BYTES)
    if isinstance(text, Problem):
        return (), [text]
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
        heads = [*(rows.fieldnames or ())]
        missing = [column for column in _NEEDED if column not in heads]
        if missing:
            return (), [Problem("sweep_columns", file, given=shown(", ".join(missing), 80))]
        levers = [head for head in heads if head and head not in (*_NEEDED, PROBLEM, KEPT)]
        plans = tuple(_plan(row, levers) for row in islice(rows, MOST_PLANS))
        return plans, [] if plans else [Problem("sweep_empty", file)]
    except csv.Error as error:
        return (), [Problem("sweep_unreadable", file, given=shown(str(error)))]


def _plan(row: Mapping[str, str], levers: Sequence[str]) -> SweptPlan:
    ends = {id: [number(row[f"{id}_difference_{end}"]) for end in ("p10", "p50", "p90")] for id in HEADLINES}
    name = row[PLAN].removeprefix("'") if row[PLAN] == plain(row[PLAN].removeprefix("'")) else row[PLAN]
    return SweptPlan(
        shown(name, MOST_NAME),
        {lever: shown(row[lever]) for lever in levers if row[lever]},
        {id: Band(*three) for id, three in ends.items() if all(map(isfinite, three))},
        json.dumps([row[BASELINE], name, row[DECISIONS]], ensure_ascii=False),
    )


def number(written: str) -> float:
    """A cell as a number, infinite where it is none."""
    try:
        return float(written)
    except ValueError:
        return inf


def best_first(plans: Sequence[SweptPlan], headline: str) -> list[SweptPlan]:
    """The plans that have figures, the one that changes a headline for the better by most at the top."""
    better = MEASURE[headline].better or 1
    with_figures = (one for one in plans if headline in one.changes)
    return sorted(with_figures, key=lambda one: -better * one.changes[headline].p50)


def scenario_of(source: str) -> tuple[Scenario | None, list[Problem]]:
    """The plan that a row's base year, name and decisions make, or None and what is wrong with them."""
    try:
        baseline, name, decisions = json.loads(source)
        tree = {**json.loads(decisions)}
    except (ValueError, TypeError, RecursionError):
        return None, [Problem("sweep_decisions", "", given=shown(source, 80))]
    named = shown(str(name), MOST_NAME)
    return read_tree({**tree, "baseline": baseline, "name": {language_of(named): named} if named else {}}, named)
