"""The base year that a scenario stands on, closed in every plausible draw (method, section 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.base_year_folders import State, find_baseline, state_of
from model.evidence.baseline import Baseline, with_staff_list
from model.evidence.draws import Assumed, draw
from model.evidence.figures import Assumption
from model.files.scenario_file import refuse_wrong
from model.projection.published.holdouts import holdouts
from model.projection.results import DrawsCount, Holdout, TooFewDraws
from model.projection.statistics import LEAST_DRAWS, count, ranks
from model.scenario.decisions import ChangedAssumption, Decisions
from model.scenario.scenario import Scenario
from model.year.closure import Closure, close
from model.year.kept import kept_within
from model.year.year import Year, unmoved_year

USUAL_DRAWS = 4096
MOST_BYTES = 256_000_000
"""Bytes of the base years that are kept, and of what was computed on them: about six with the usual draws."""
MEMORY_KEPT = 2**25 - 2**16
"""Bytes of a block whose release makes Linux's allocator keep memory, which saves a quarter of a step's time.

The allocator gives freed memory back to the system, to ask for it again page by page, only beyond twice the largest
block that it has seen freed, which counts up to this size.
"""


@dataclass(frozen=True, eq=False)
class BaseYear:
    """A base year closed, filtered and computed once for all scenarios on it.

    `assumed` has only the plausible draws, which `draws` counts. `ranks` (assumptions, draws) are the standardised
    ranks of the assumptions that vary, in the order of `rank_ids`.
    """

    baseline: Baseline
    assumptions: Mapping[str, Assumption]
    reading: Mapping[str, str]
    seed: int
    draws: DrawsCount
    assumed: Assumed
    closure: Closure
    year: Year
    holdouts: tuple[Holdout, ...]
    rank_ids: list[str]
    ranks: np.ndarray


def baseline_of(scenario: Scenario) -> Baseline:
    """The baseline that a scenario names, shipped or own, with the scenario's staff list if it has one.

    KeyError for a baseline that is not there, WrongScenario as of `base_year_of` for a scenario with a staff list.
    """
    baseline = find_baseline(scenario.baseline)
    if not scenario.staff_list:
        return baseline
    refuse_wrong(scenario.decisions, baseline)
    return with_staff_list(baseline, scenario.staff_list)


def follows_from(of: Scenario) -> tuple[Scenario, State]:
    """What the figures of a scenario follow from: its decisions and the files of its base year.

    The scenario without its texts, and the state of the files, which others may change at any time.
    """
    return of.without_texts, state_of(of.baseline)


def base_year_of(scenario: Scenario, baseline: Baseline, draws: int = USUAL_DRAWS, seed: int = 1) -> BaseYear:
    """The base year of a scenario: the baseline under its assumptions and its reading of the report.

    `draws` counts those before the plausibility filter; they are doubled until 200 are plausible, if 4,096 promise so
    many. Equal arguments give the same object while it is among the last that are kept (`MOST_BYTES`). TooFewDraws
    where fewer than 200 draws are plausible; WrongScenario for decisions that a file would be refused for.
    """
    refuse_wrong(scenario.decisions, baseline)
    return _base_year(baseline, scenario.decisions.footing, draws, seed)


def base_year_at(base: BaseYear, assumed: Assumed) -> BaseYear:
    """The base year closed at other values of its assumptions, a draw a row, plausible or not.

    `closure.refusals` counts the draws that miss a condition.
    """
    counted = count(np.ones(len(assumed["vacancy"]), bool))
    return _closed(base.baseline, base.assumptions, assumed, base.reading, base.seed, counted)


def some_draws(base: BaseYear, which: slice) -> BaseYear:
    """A base year in some of its draws, for questions put to a sample."""
    return base_year_at(base, {id: values[which] for id, values in base.assumed.items()})


def with_changes(baseline: Baseline, changed: Mapping[str, ChangedAssumption]) -> dict[str, Assumption]:
    """The baseline's assumptions by id, the changed ones with their new range."""
    return {
        id: replace(a, low=changed[id].low, mid=changed[id].mid, high=changed[id].high) if id in changed else a
        for id, a in baseline.assumptions.items()
    }


@kept_within(MOST_BYTES)
def _base_year(baseline: Baseline, footing: Decisions, draws: int, seed: int) -> BaseYear:
    np.empty(MEMORY_KEPT, np.uint8)
    assumptions = with_changes(baseline, footing.assumptions)
    of_prior = draw(assumptions, draws, seed)
    closure = close(baseline, assumptions, of_prior, footing.reading)
    counted = count(closure.plausible)
    if counted.effective < LEAST_DRAWS:
        if counted.effective * USUAL_DRAWS < LEAST_DRAWS * draws:
            raise TooFewDraws(counted, closure.refusals)
        return _base_year(baseline, footing, 2 * draws, seed)
    assumed = {id: values[closure.plausible] for id, values in of_prior.items()}
    return _closed(baseline, assumptions, assumed, footing.reading, seed, counted)


def _closed(
    baseline: Baseline,
    assumptions: Mapping[str, Assumption],
    assumed: Assumed,
    reading: Mapping[str, str],
    seed: int,
    counted: DrawsCount,
) -> BaseYear:
    closure = close(baseline, assumptions, assumed, reading)
    result = unmoved_year(baseline, assumed, closure, reading)
    # The same work as that of the closure, which need not be kept twice.
    result = replace(result, work=closure.work)
    rows = holdouts(baseline, assumed, closure, result)
    return BaseYear(baseline, assumptions, reading, seed, counted, assumed, closure, result, rows, *ranks(assumed))
