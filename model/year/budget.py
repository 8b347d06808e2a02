"""The time budget of a pool: mandatory work first, then case work, then visits (method, section 9)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.evidence.draws import Assumed
from model.evidence.pools import over_pools
from model.force.visits import targeted_within_floor, yield_per_visit
from model.force.workload import Workload


@dataclass(frozen=True, eq=False)
class BaseFlow:
    """The figures of the closed base year that every later year builds on, (draws, 1) each.

    They are the common share of other duties, cases filed per visit (phi), visits a year, the share of visits aimed by
    risk, and useful visits a year. `useful_share` is the share of useful visits of each pool, (draws, pools).
    """

    other_duties: np.ndarray
    visit_filed: np.ndarray
    visits: np.ndarray
    targeted: np.ndarray
    useful: np.ndarray
    useful_share: np.ndarray


@dataclass(frozen=True, eq=False)
class Budget:
    """The uses of a year's field time, (draws, pools) unless said otherwise; days are person-days a year.

    `filed` is (draws, 1), all cases filed; `targeted` (draws, 1) the share of visits aimed by risk. `rest_days` are
    left after mandatory work, `case_demand` are asked by the files that the pool leads, `case_days` spent on them.
    `capped` says where the visits stand at their cap, `useful_share` which share of them is of use.
    """

    field_days: np.ndarray
    rest_days: np.ndarray
    case_demand: np.ndarray
    case_days: np.ndarray
    visits: np.ndarray
    capped: np.ndarray
    filed: np.ndarray
    targeted: np.ndarray
    useful_share: np.ndarray


def budget(work: Workload, assumed: Assumed, base: BaseFlow, filed: np.ndarray | None = None) -> Budget:
    """The time budget of a year: visits take the time that case work leaves, and visits bring cases.

    The more is filed the fewer visits are made, so files(visits(filed)) - filed falls with filed and has one root,
    solved for all draws at once. `filed` (draws, 1), where given, is taken as it is: a year with so many files.
    """
    field_days = work.field_days(base.other_duties)
    rest = np.maximum(field_days - work.mandatory_days, 0.0)
    days_per_file = work.led * work.days_per_case
    least_visit_days = work.time_for_visits * rest
    visits_without_files, least_visits, visits_a_file = (
        days / work.days_per_visit for days in (rest, least_visit_days, days_per_file)
    )

    def visits_at(filed: np.ndarray) -> np.ndarray:
        """Visits by pool when so many cases are filed."""
        return np.minimum(np.maximum(visits_without_files - filed * visits_a_file, least_visits), work.visits_most)

    def excess(filed: np.ndarray) -> tuple[np.ndarray, Callable[[], np.ndarray]]:
        """Files that the visits bring less those assumed, and its slope but for the random floor."""
        visits = visits_at(filed)
        useful = work.room.useful(visits)
        files = cases_filed(work, assumed, base, useful, aimed_share(visits, work))

        def slope() -> np.ndarray:
            gives_way = (visits > least_visits) & (visits < work.visits_most)
            per_visit = assumed["yield_elasticity"] * (files - work.other_cases) / np.maximum(useful, 1e-9)
            return -1 - per_visit * work.room.added(visits_a_file * gives_way, visits)

        return files - filed, slope

    if filed is None:
        start = base.visit_filed * base.visits + work.other_cases
        most = files_of(visits_at(work.other_cases), work, assumed, base)
        filed = _root(excess, start, work.other_cases, most)
    visits = visits_at(filed)
    demand = filed * days_per_file
    return Budget(
        field_days=field_days,
        rest_days=rest,
        case_demand=demand,
        case_days=np.minimum(demand, rest - least_visit_days),
        visits=visits,
        capped=visits >= work.visits_most,
        filed=filed,
        targeted=aimed_share(visits, work),
        useful_share=work.room.useful_share(visits),
    )


def aimed_share(visits: np.ndarray, work: Workload) -> np.ndarray:
    """Share of all visits aimed by risk, (draws, 1), when each pool makes so many, (draws, pools)."""
    return targeted_within_floor(work.targeted, over_pools(visits)[:, None], work.random_checks)


def files_of(visits: np.ndarray, work: Workload, assumed: Assumed, base: BaseFlow) -> np.ndarray:
    """Cases filed a year, (draws, 1), when each pool makes so many visits, (draws, pools)."""
    return cases_filed(work, assumed, base, work.room.useful(visits), aimed_share(visits, work))


def cases_filed(
    work: Workload, assumed: Assumed, base: BaseFlow, useful: np.ndarray, targeted: np.ndarray
) -> np.ndarray:
    """Cases filed a year by useful visits, off-site problems and complaints, (draws, 1).

    Method, section 7.
    """
    lift = assumed["targeting_lift"]
    aim = yield_per_visit(targeted, lift) / yield_per_visit(base.targeted, lift)
    growth = np.maximum(useful / base.useful, 0.0) ** assumed["yield_elasticity"]
    return base.visit_filed * base.visits * growth * aim + work.other_cases


def _root(
    excess: Callable[[np.ndarray], tuple[np.ndarray, Callable[[], np.ndarray]]],
    start: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
) -> np.ndarray:
    """The root of a falling function between `low` and `high`, to a relative 1e-12.

    `excess` gives value and slope; it is not below 0 at `low` and not above 0 at `high`. Newton's steps for all draws
    at once; a step that leaves its bracket halves it instead.
    """
    root = np.clip(start, low, high)
    for _ in range(80):
        value, slope = excess(root)
        is_root = (np.abs(value) <= 1e-12 * np.maximum(root, 1.0)) | (high <= low)
        if is_root.all():
            break
        low, high = np.where(value > 0, root, low), np.where(value > 0, high, root)
        step = root - value / slope()
        inside = np.where((step >= low) & (step <= high), step, (low + high) / 2)
        root = np.where(is_root, root, inside)
    return root
