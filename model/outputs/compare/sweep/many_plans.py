"""Many plans projected, a row each: the table of a sweep."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from model.outputs.compare.sweep.executors import CHUNK, Executor, on_cores
from model.outputs.compare.sweep.row import BASELINE, DECISIONS, FIGURES, KEPT, PLAN, PROBLEM, Row, Task
from model.projection.base_year import USUAL_DRAWS
from model.projection.progress import Tick, unheard
from model.scenario.scenario import Scenario, in_language

if TYPE_CHECKING:
    import pandas as pd

Keep = Callable[[Mapping[str, Row]], None]


def sweep(
    plans: Iterable[Scenario], *, draws: int = USUAL_DRAWS, seed: int = 1, executor: Executor | None = None
) -> "pd.DataFrame":
    """A row a plan, in their order: its levers, headline medians, bands and paired odds.

    All cores of the machine share the work unless an `executor` says otherwise; the rows are the same on each. A plan
    that has no figures says why under `problem`.
    """
    plans = [*plans]
    names = [in_language(plan.name, "en") or str(k) for k, plan in enumerate(plans, start=1)]
    tasks = [Task(name, plan, draws, seed, set_in(plans)) for name, plan in zip(names, plans, strict=True)]
    return table(rows_of_tasks(tasks, executor or on_cores()))


def set_in(plans: Iterable[Scenario]) -> tuple[str, ...]:
    """The levers that some plan moves from its base, as far as they have one value."""
    moved = {id for plan in plans for id, value in plan.levers.items() if not isinstance(value, Mapping)}
    return tuple(sorted(moved))


def rows_of_tasks(
    tasks: Sequence[Task],
    executor: Executor,
    known: Mapping[str, Row] = MappingProxyType({}),
    keep: Keep = lambda rows: None,
    tick: Tick = unheard,
) -> list[Row]:
    """The rows of tasks in their order.

    Rows that are `known` by their key are not computed again; the others are given to `keep` as they come.
    """
    keys = [task.key for task in tasks]
    rows = {key: known[key] for key in keys if key in known}
    missing = {key: task for key, task in zip(keys, tasks, strict=True) if key not in rows}
    # Plans of one base year side by side: whoever has a chunk of it closes it once.
    ordered = sorted(missing, key=lambda key: _base_year(missing[key].scenario))
    chunks = [ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK)]
    for place, answers in executor([tuple(missing[key] for key in chunk) for chunk in chunks]):
        answered = dict(zip(chunks[place], answers, strict=True))
        keep(answered)
        rows |= answered
        tick(len(rows) / len(set(keys)))
    return [rows[key] for key in keys]


def _base_year(plan: Scenario) -> tuple[str, int]:
    """What plans of one base year have in common."""
    return plan.baseline, hash(plan.decisions.footing)


def table(rows: Sequence[Row]) -> "pd.DataFrame":
    """Rows as a table: the plan, what it sets, why it has no figures, its figures, its decisions."""
    import pandas as pd

    others = (PLAN, BASELINE, PROBLEM, KEPT, *FIGURES, DECISIONS)
    set_in_some = sorted({column for row in rows for column in row} - {*others})
    columns = [PLAN, BASELINE, *set_in_some, PROBLEM, KEPT, *FIGURES, DECISIONS]
    return pd.DataFrame([dict(row) for row in rows], columns=columns)
