"""The four quarters of a year, by which the law counts random checks (method, section 11).

Every quarter has a quarter of the year's time, but not of its work: complaints swing about their mean
(`months.season`), and with them the time they take and the files they bring. No time is carried from one quarter into
another. The quarters' visits add up to the year's wherever no quarter runs out of time and none meets its part of the
visit cap.
"""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Pools
from model.evidence.draws import Assumed
from model.force.visits import random_minimum_by_pool
from model.year.months import season
from model.year.year import Year

QUARTERS = (1, 2, 3, 4)
SWING = season(np.arange(1, 13)).reshape(4, 3).mean(axis=1)
"""Complaints of each quarter above the mean quarter's, as parts of the season's amplitude."""


@dataclass(frozen=True, eq=False)
class Rates:
    """Time and work of a pool at yearly rates, and the swing of its season.

    Shapes (draws, pools), or one row of some pools in some draws; days are person-days. `season_days` is what the
    season's peak adds to the mandatory days, `busier` the part of all files that it adds.
    """

    field_days: np.ndarray
    mandatory_days: np.ndarray
    season_days: np.ndarray
    kept_for_visits: np.ndarray
    case_demand: np.ndarray
    busier: np.ndarray
    days_per_case: np.ndarray
    files: np.ndarray
    passed: np.ndarray
    reviewed: np.ndarray
    days_per_visit: np.ndarray
    visits_most: np.ndarray
    confirming_visits: np.ndarray
    has_crews: np.ndarray
    key_checks: np.ndarray
    other_checks: np.ndarray


@dataclass(frozen=True, eq=False)
class Quarter:
    """The work of one quarter, in amounts of the quarter; shapes as in `Rates`.

    `visits` are the planned ones that are made, `unconfirmed` the confirming ones left out, `mandatory_left`
    person-days of mandatory work without an officer, `files_left` files without a decision.
    """

    visits: np.ndarray
    unconfirmed: np.ndarray
    mandatory_left: np.ndarray
    files_left: np.ndarray


def rates(result: Year, pools: Pools, assumed: Assumed) -> Rates:
    """The yearly rates of a plan that is fully in place, (draws, pools)."""
    work, plan = result.work, result.budget
    key_units = work.ground.key_units
    key_checks = random_minimum_by_pool(key_units, np.zeros_like(key_units), pools, work.rules)
    by_name = {
        "field_days": plan.field_days,
        "mandatory_days": work.mandatory_days,
        "season_days": assumed["complaint_season"] * work.complaint_days,
        "kept_for_visits": work.time_for_visits,
        "case_demand": plan.case_demand,
        "busier": assumed["complaint_season"] * work.complaint_cases / plan.filed,
        "days_per_case": np.maximum(work.days_per_case, 1e-9),
        "files": result.led,
        "passed": result.passed,
        "reviewed": assumed["review_share"],
        "days_per_visit": work.days_per_visit,
        "visits_most": work.visits_most,
        "confirming_visits": work.confirming_visits,
        "has_crews": work.crews > 0,
        "key_checks": key_checks,
        "other_checks": work.planned_minimum - key_checks,
    }
    return Rates(**{name: np.broadcast_to(values, plan.field_days.shape) for name, values in by_name.items()})


def quarter(year: Rates, swing: float) -> Quarter:
    """The quarter whose complaints stand `swing` of the season's amplitude above the mean.

    At a swing of 0 it is exactly a quarter of the year.
    """
    mandatory = np.maximum(year.mandatory_days + swing * year.season_days, 1e-9)
    rest = np.maximum(year.field_days - mandatory, 0.0)
    least_visit_days = year.kept_for_visits * rest
    busier = 1 + swing * year.busier
    demand, files = year.case_demand * busier, year.files * busier
    investigated = np.minimum(demand, rest - least_visit_days) / year.days_per_case
    decided = np.minimum(investigated, files * (1 - year.reviewed * (1 - np.minimum(year.passed / busier, 1.0))))
    visits = np.minimum(np.maximum(rest - demand, least_visit_days) / year.days_per_visit, year.visits_most)
    confirmed = np.minimum(year.field_days / mandatory, 1.0) * year.has_crews
    return Quarter(
        visits=visits / 4,
        unconfirmed=year.confirming_visits * (1 - confirmed) / 4,
        mandatory_left=np.maximum(mandatory - year.field_days, 0.0) / 4,
        files_left=np.maximum(files - decided, 0.0) / 4,
    )


def visits_missing(year: Rates, parts: tuple[Quarter, ...]) -> np.ndarray:
    """Visits of the legal minimum that each quarter leaves out, (quarters, ...).

    Checks of key units come first: the law asks for them anew in each quarter. The year's other checks fill the room
    that any quarter has left; those for which none has room are missing where an even plan falls shortest.
    """
    visits = np.stack([part.visits for part in parts])
    unconfirmed = np.stack([part.unconfirmed for part in parts])
    room = np.maximum(visits - year.key_checks / 4, 0.0)
    without_room = np.maximum(year.other_checks - room.sum(axis=0), 0.0)
    behind = np.maximum(year.other_checks / 4 - room, 0.0)
    late = np.maximum(year.key_checks / 4 - visits, 0.0)
    return late + unconfirmed + without_room * behind / np.maximum(behind.sum(axis=0), 1e-12)


def could_fall_short(year: Rates) -> np.ndarray:
    """The draws and pools where the busiest quarter cannot do its part of an even plan.

    Elsewhere no quarter leaves anything out.
    """
    mandatory = year.mandatory_days + SWING.max() * year.season_days
    busier = 1 + SWING.max() * year.busier
    checks = year.key_checks + year.other_checks
    rest, demand = year.field_days - mandatory, year.case_demand * busier
    has_time = (demand + checks * year.days_per_visit <= rest) & (demand <= rest * (1 - year.kept_for_visits))
    return ~(has_time & (year.passed >= busier) & (year.visits_most >= checks) & year.has_crews)
