"""The months: moves phase in, people learn, complaints have a season, files wait (method, section 11)."""

from dataclasses import dataclass

import numpy as np

from model.evidence.draws import Assumed
from model.evidence.pools import over_pools
from model.scenario.settings import Settings
from model.year.closure import Closure
from model.year.decision import DAYS_A_YEAR
from model.year.year import Year

SEASON_PEAK = 7
"""Month in which complaints peak: noise and odour in July; month 1 of a projection is a January."""


@dataclass(frozen=True, eq=False)
class Months:
    """The months from the base year into a plan, up to the horizon.

    `backlog` (months, draws) are files waiting in the whole force, `days` (months, draws) mean calendar days from
    filing to decision, `backlog_end` (draws, pools) files waiting at the horizon.
    """

    backlog: np.ndarray
    days: np.ndarray
    backlog_end: np.ndarray


@dataclass(frozen=True, eq=False)
class _Path:
    """Days for cases and files of a pool, a year, as sums of parts that change with time.

    Each part is (draws, pools), or has one row for the pools at risk. `fixed` stays, `phased` comes with the moves,
    `learned` with learning and `licensed` with licences.
    """

    fixed: np.ndarray
    phased: np.ndarray
    learned: np.ndarray
    licensed: np.ndarray
    complaint_days: np.ndarray
    days_per_case: np.ndarray
    kept_for_visits: np.ndarray
    review_base: np.ndarray
    review_change: np.ndarray
    filed: np.ndarray
    filed_change: np.ndarray
    filed_season: np.ndarray


def season(month: np.ndarray) -> np.ndarray:
    """Complaints of a month above the mean month's, as a part of the season's amplitude.

    1 in July, -1 in January, 0 over a year. Any shape.

    >>> [round(float(swing), 2) for swing in season(np.array([1, 4, 7, 10]))]
    [-1.0, 0.0, 1.0, 0.0]
    """
    return np.cos(2 * np.pi * (month - SEASON_PEAK) / 12)


def months(
    assumed: Assumed,
    closure: Closure,
    base: Year,
    plan: Year,
    settings: Settings,
) -> Months:
    """Walk from the base year into the plan, month by month.

    In each month backlog(m+1) = max(0, backlog(m) + filed - capacity).
    """
    horizon = int(settings.horizon_months)
    steps = max(int(settings.phase_months), 1)
    phase = np.minimum(np.arange(1, horizon + 1) / steps, 1.0)
    swing = season(np.arange(1, horizon + 1))
    path = _path(closure, base, plan)

    draw, pool = np.nonzero(_at_risk(path, assumed["complaint_season"]))
    draws, of_draw = np.unique(draw, return_inverse=True)
    learned, licensed = _ramps({id: values[draws] for id, values in assumed.items()}, steps, horizon)
    risk = _Path(**{name: values[draw, pool] for name, values in vars(path).items()})
    amplitude = assumed["complaint_season"][draw, 0]
    season_days, season_files = amplitude * risk.complaint_days, amplitude * risk.filed_season
    any_new = risk.licensed.any()
    settled = steps + max(assumed["learning_months"].max(), assumed["licence_months"].max())
    waiting = np.zeros(len(draw))
    backlog = np.zeros((horizon, len(base.budget.filed)))
    for m in range(horizon):
        if m < settled:
            days = risk.fixed + phase[m] * risk.phased
            days += learned[m][of_draw] * risk.learned
            if any_new:
                days += licensed[m][of_draw] * risk.licensed
            cases_a_day = (1 - phase[m] * risk.kept_for_visits) / risk.days_per_case
            reviewed = risk.review_base + phase[m] * risk.review_change
            filed = risk.filed + phase[m] * risk.filed_change
        room = np.minimum(np.maximum(days - swing[m] * season_days, 0.0) * cases_a_day, reviewed)
        waiting = np.maximum(waiting + (filed + swing[m] * season_files - room) / 12, 0.0)
        backlog[m] = np.bincount(draw, waiting, backlog.shape[1])
    backlog_end = np.zeros(path.fixed.shape)
    backlog_end[draw, pool] = waiting
    return Months(backlog, _days(base, plan, phase, backlog), backlog_end)


def _ramps(assumed: Assumed, steps: int, horizon: int) -> tuple[np.ndarray, np.ndarray]:
    """Share in place of the output of those moved, and of new posts, by month, (months, draws) each.

    The moves are made in equal `steps`, one a month. A moved officer starts at nothing and is fully productive after
    the learning months; a new one counts after the licence months.
    """
    age = np.arange(horizon)[:, None]

    def mean_of_cohorts(output: np.ndarray) -> np.ndarray:
        """Mean output of the monthly cohorts, from output by age in months (ages, draws)."""
        total = np.cumsum(output, axis=0)
        total[steps:] -= total[:-steps].copy()
        return total / steps

    progress = np.minimum(age / np.maximum(assumed["learning_months"][:, 0], 1e-9), 1.0)
    licence = (age >= assumed["licence_months"][:, 0]).astype(float)
    return mean_of_cohorts(progress), mean_of_cohorts(licence)


def _path(closure: Closure, base: Year, plan: Year) -> _Path:
    """The parts of days and files between the base year and the plan fully in place."""
    other = closure.flow.other_duties
    before, after = base.work.days_per_officer(other), plan.work.days_per_officer(other)
    staff = plan.work.staff
    mandatory_change = plan.work.mandatory_days - base.work.mandatory_days
    helping_change = plan.work.helping * after - base.work.helping * before
    filed_change = plan.led - base.led
    return _Path(
        fixed=(staff.base_officers + base.work.helping) * before - base.work.mandatory_days,
        phased=staff.base_officers * (after - before) - staff.lost * after - mandatory_change + helping_change,
        learned=staff.moved * after,
        licensed=staff.new * after,
        complaint_days=plan.work.complaint_days,
        days_per_case=np.maximum(plan.work.days_per_case, 1e-9),
        kept_for_visits=np.broadcast_to(plan.work.time_for_visits, before.shape),
        review_base=base.review_passes,
        review_change=plan.review_passes - base.review_passes,
        filed=base.led,
        filed_change=filed_change,
        filed_season=plan.work.complaint_cases * plan.work.led,
    )


def _at_risk(path: _Path, amplitude: np.ndarray) -> np.ndarray:
    """The draws and pools in which files could wait in some month, (draws, pools).

    All parts are taken at their worst at once; elsewhere no file ever waits.
    """
    days = path.fixed + np.minimum(path.phased, 0.0) - amplitude * path.complaint_days
    room = np.minimum(
        np.maximum(days, 0.0) * (1 - path.kept_for_visits) / path.days_per_case,
        path.review_base + np.minimum(path.review_change, 0.0),
    )
    return path.filed + np.maximum(path.filed_change, 0.0) + amplitude * path.filed_season > room


def _days(base: Year, plan: Year, phase: np.ndarray, backlog: np.ndarray) -> np.ndarray:
    """Mean calendar days to decision, (months, draws): a steady state's and the wait in the backlog.

    The wait is the backlog over the files of a day (Little). Steady days and files phase in with the moves.
    """
    steady = [over_pools(r.led * r.days_to_decision) / r.budget.filed[:, 0] for r in (base, plan)]
    filed = [r.budget.filed[:, 0] for r in (base, plan)]
    ramp = phase[:, None]
    steady_days = steady[0] + ramp * (steady[1] - steady[0])
    files_a_year = filed[0] + ramp * (filed[1] - filed[0])
    return steady_days + DAYS_A_YEAR * backlog / files_a_year
