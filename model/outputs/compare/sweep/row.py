"""A plan's row of the table: its levers, and its headline figures or why it has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps, loads

from model.evidence.base_year_folders import state_of
from model.files.problem import WrongScenario
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.problems import sentence
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.project import project
from model.projection.results import TooFewDraws, flat
from model.scenario.levers import Value, levers
from model.scenario.scenario import Scenario
from model.version import MODEL_VERSION
from model.year.measures import HEADLINES

Cell = str | float | None
Row = Mapping[str, Cell]
"""Cells by column; a column that a row lacks is empty there."""
PLAN, BASELINE, PROBLEM, KEPT, DECISIONS = "plan", "baseline", "problem", "draws_kept", "decisions"
BANDS, ENDS, ODDS = ("base", "scenario", "difference"), ("p10", "p50", "p90"), ("better", "worse", "same")
PARTS = (*(f"{band}_{end}" for band in BANDS for end in ENDS), *ODDS)
"""Parts of a figure, named as `flat` names them."""
FIGURES = tuple(f"{id}_{part}" for id in HEADLINES for part in PARTS)
"""Columns of the figures, four headlines in the order of `HEADLINES`."""


@dataclass(frozen=True)
class Task:
    """A plan to project, the name that it has in the table, and its draws."""

    name: str
    scenario: Scenario
    draws: int
    seed: int
    levers: tuple[str, ...] = ()
    """Levers whose value stands in the row at their base, too: those that some plan of the table sets."""
    language: str = "en"

    @property
    def key(self) -> str:
        """The fingerprint of what the row follows from: plan, base year and its files, draws, version."""
        of = self.scenario
        parts = [vars(self) | {"scenario": of.decisions.tree}, of.baseline, state_of(of.baseline), MODEL_VERSION]
        return sha256(dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def row_of(task: Task) -> Row:
    """The row of a task; figures add up as they are printed.

    A plan that a file would be refused for, or that has too few draws, has a `problem` in the place of figures.
    """
    scenario = task.scenario
    decisions = dumps(scenario.decisions.tree, sort_keys=True, ensure_ascii=False)
    opening: dict[str, Cell] = {PLAN: task.name, BASELINE: scenario.baseline, **_lever_cells(task)}
    try:
        projection = coherent(project(scenario, draws=task.draws, seed=task.seed))
    except (WrongScenario, TooFewDraws, KeyError) as why:
        return {**opening, PROBLEM: _in_words(why, task), DECISIONS: decisions}
    totals = {id: flat(projection.measures[id].total) for id in HEADLINES}
    figures = {f"{id}_{part}": total[part] for id, total in totals.items() for part in PARTS}
    return {**opening, KEPT: float(projection.draws.kept), **figures, DECISIONS: decisions}


def document(row: Row) -> dict[str, object]:
    """A row as a document: its decisions, and its figures by headline or why it has none."""
    problem = row.get(PROBLEM)
    return {
        "plan": row[PLAN],
        "baseline": row[BASELINE],
        "decisions": loads(str(row[DECISIONS])),
        "problem": problem,
        "draws_kept": None if problem else row[KEPT],
        "measures": None if problem else {id: _figure(row, id) for id in HEADLINES},
    }


def _figure(row: Row, id: str) -> dict[str, object]:
    """A headline's bands and odds."""
    bands = {band: {end: row[f"{id}_{band}_{end}"] for end in ENDS} for band in BANDS}
    return {**bands, **{odds: row[f"{id}_{odds}"] for odds in ODDS}}


def _in_words(why: WrongScenario | TooFewDraws | KeyError, task: Task) -> str:
    """Why a plan has no figures."""
    if isinstance(why, WrongScenario):
        return " ".join(sentence(problem, task.language) for problem in why.problems)
    if isinstance(why, TooFewDraws):
        drawn, kept = count(why.draws.drawn), count(why.draws.kept)
        return text("command_line.too_few_draws", task.language, drawn=drawn, kept=kept)
    return text("sweep.no_base_year", task.language, id=task.scenario.baseline)


def _lever_cells(task: Task) -> dict[str, Cell]:
    """A cell for each lever that the table shows; tables of people or weights have one for each entry."""
    set_here: dict[str, Cell] = {}
    for id, value in task.scenario.levers.items():
        entries = {f"{id}.{part}": one for part, one in value.items()} if isinstance(value, Mapping) else {id: value}
        set_here |= {column: _plain(one) for column, one in entries.items()}
    try:
        table = levers(baseline_of(task.scenario))
    except (KeyError, WrongScenario):
        return set_here
    return {id: _plain(table[id].base) for id in task.levers if id in table} | set_here


def _plain(value: Value) -> Cell:
    return value if isinstance(value, str) else float(value) if isinstance(value, int | float) else None
