"""The yearly on-site inspection plan (年度现场检查计划): visits by pool, class and month, and their time.

The ministry's guidance of January 2021 asks cities and counties for one by month, from strength, equipment and money.
This one follows from a scenario's year: the visits that its time allows, once everybody who moves is in place.

It is laid out for the year of the representative case, in which whatever adds up in every draw adds up in the plan; a
paper that stands beside other figures gives the pools' visits, legal minimum, officers and field days as shown there
(`RepresentativeYear.shown_as`).

Classes follow the order of the method: random checks of key units (section 6, so much a quarter), random checks of
general units (so many an officer and year), special inspections that were ordered, and of what is left the share aimed
by risk (section 7), the rest at random. Visits that confirm an off-site problem come on top (section 9): they cannot be
planned, so time is kept for them.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.force.whole_numbers import paced, shared, whole
from model.schedule.representative_year import MONTHS, RepresentativeYear

CLASSES = ("key", "general", "targeted", "non_routine")
"""Classes of visits: random checks of key and general units (双随机), targeted ones, non-routine ones."""
KEY, GENERAL, TARGETED, NON_ROUTINE = range(4)
PoolNames = tuple[tuple[str, str], ...]
"""Tier and prefecture of each pool, in the order of `Baseline.pool_names`."""
QUARTERS = 4
MONTHS_A_QUARTER = MONTHS // QUARTERS


@dataclass(frozen=True, eq=False)
class Time:
    """Where the field time of a month goes, in person-days, (pools, months) each.

    `field` is all there is. Of it go what `visits` and `confirming` visits take, which is never more than is left of it
    (they are whole, and the last of a month may be rounded up), `complaints` (most in summer),
    `contacts` with off-site checks, and `cases`. The rest is free: the visit cap binds, or less than one visit is left.
    """

    field: np.ndarray
    visits: np.ndarray
    confirming: np.ndarray
    complaints: np.ndarray
    contacts: np.ndarray
    cases: np.ndarray

    @property
    def inspections(self) -> np.ndarray:
        """Person-days of all visits, (pools, months)."""
        return self.visits + self.confirming


@dataclass(frozen=True, eq=False)
class InspectionPlan:
    """A year of inspections.

    Pools stand in the order of `Baseline.pool_names`; month 1 is a January.

    `visits` (pools, classes, months) and what the law asks, `minimum` (pools, classes, quarters), are whole visits.
    `frontline` officers and `crews` on an average day are those there are, (pools,). `officers` are those whose whole
    field time the visits take, `crews_out` the crews on the road on an average working day, (pools, months) each.
    """

    pools: PoolNames
    visits: np.ndarray
    minimum: np.ndarray
    time: Time
    frontline: np.ndarray
    crews: np.ndarray
    officers: np.ndarray
    crews_out: np.ndarray

    @cached_property
    def by_quarter(self) -> np.ndarray:
        """Visits (pools, classes, quarters)."""
        return self.visits.reshape(*self.visits.shape[:2], QUARTERS, MONTHS_A_QUARTER).sum(axis=-1)

    @cached_property
    def short(self) -> np.ndarray:
        """Visits missing of the legal minimum, (pools, classes, quarters)."""
        return np.maximum(self.minimum - self.by_quarter, 0)


def inspection_plan(pools: PoolNames, year: RepresentativeYear) -> InspectionPlan:
    """The inspection plan of a year of such pools."""
    visits, minimum = _visits(year)
    planned, confirming = visits[:, :NON_ROUTINE].sum(axis=1), visits[:, NON_ROUTINE]
    confirmed = year.confirmed.sum(axis=1)
    field = np.repeat(year.field_days[:, None] / MONTHS, MONTHS, axis=1)
    left = field - year.complaint_days - year.contact_days - year.case_days
    days_of_confirming = np.minimum(confirming * _each(year.confirmed_days, confirmed), np.maximum(left, 0.0))
    time = Time(
        field=field,
        visits=np.minimum(planned * _each(year.visit_days, year.visits), np.maximum(left - days_of_confirming, 0.0)),
        confirming=days_of_confirming,
        complaints=year.complaint_days,
        contacts=year.contact_days,
        cases=year.case_days,
    )
    crew_days = planned * _each(year.visit_crews, year.visits)
    crew_days += confirming * _each(year.confirmed_crews, confirmed)
    return InspectionPlan(
        pools=pools,
        visits=visits,
        minimum=minimum,
        time=time,
        frontline=year.frontline,
        crews=year.crews,
        officers=time.inspections * MONTHS * _each(year.frontline, year.field_days),
        crews_out=crew_days * MONTHS / year.working_days,
    )


def _each(amount: np.ndarray, of: np.ndarray) -> np.ndarray:
    """The amount for one of so many, (pools, 1), from (pools,) each; 0 where there is none."""
    return np.divide(amount, of, out=np.zeros_like(amount), where=of > 1e-9)[:, None]


def _visits(year: RepresentativeYear) -> tuple[np.ndarray, np.ndarray]:
    """Whole visits (pools, classes, months) and their legal minimum (pools, classes, quarters)."""
    totals, in_all = whole(year.visits), whole(year.owed.sum(axis=1))
    owed = np.stack([shared(total, parts) for total, parts in zip(in_all, year.owed, strict=True)])
    time = year.visit_time.reshape(len(totals), QUARTERS, MONTHS_A_QUARTER)
    not_made = whole(np.maximum(year.owed[:, NON_ROUTINE] - year.confirmed.sum(axis=1), 0.0))
    confirming = np.maximum(owed[:, NON_ROUTINE] - not_made, 0)
    starts = np.modf(np.arange(len(totals)) * (np.sqrt(5) - 1) / 2)[0]
    most = np.ceil(time.sum(axis=-1) / np.maximum(_each(year.visit_days, year.visits), 1e-9))
    by_quarter, minimum = _quarters(totals, owed, time.sum(axis=-1), most)
    by_class = _classes(by_quarter, minimum, year.aimed)
    visits, due = [], []
    for p, start in enumerate(starts):
        months = paced(confirming[p], year.confirmed[p], start)
        visits.append([*_months(by_class[p], time[p]), months])
        due.append([*minimum[p], paced(owed[p, NON_ROUTINE], np.ones(QUARTERS), start)])
    return np.array(visits), np.array(due)


def _quarters(
    totals: np.ndarray, owed: np.ndarray, time: np.ndarray, most: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Planned visits (pools, quarters) and their legal minimum (pools, 3, quarters).

    Quarters are as in `model.year.quarters`. `totals` (pools,) and `owed` (pools, 4) are visits a year, `time` the
    person-days of a quarter and `most` the visits that they allow, (pools, quarters). Visits go where the time is. The
    law asks for key units in each quarter anew, so these come first, if need be at the cost of other quarters, as far
    as a quarter's time goes. Its other checks are owed by the year: they fill what room any quarter has, and those for
    which none has room are missing where an even plan falls shortest.
    """
    visits, minimum = [], []
    for total, (key, general, special, _), days, limit in zip(totals, owed, time, most, strict=True):
        keys = shared(key, np.ones(QUARTERS))
        least = np.minimum(keys, limit).astype(int)
        least = least if least.sum() <= total else np.zeros(QUARTERS, int)
        in_proportion = total * days / max(days.sum(), 1e-9)
        by_quarter = least + shared(total - least.sum(), np.maximum(in_proportion - least, 0.0))
        room = np.maximum(by_quarter - keys, 0)
        generals = _due(general, room)
        specials = _due(special, np.maximum(room - generals, 0))
        visits.append(by_quarter)
        minimum.append([keys, generals, specials])
    return np.array(visits), np.array(minimum)


def _due(owed: int, room: np.ndarray) -> np.ndarray:
    """Checks owed by the year, (quarters,): where there is room for them, else where they are missing."""
    without_room = owed - room.sum()
    if without_room <= 0:
        return shared(owed, room)
    return room + shared(without_room, np.maximum(owed / QUARTERS - room, 0.0))


def _classes(by_quarter: np.ndarray, minimum: np.ndarray, aimed: float) -> np.ndarray:
    """Planned visits by class, (pools, 3, quarters), from those `by_quarter` (pools, quarters).

    The minimum of key units, of general units and of special inspections comes first. Of the rest the same share
    everywhere is aimed by risk, so that all in all `aimed` visits are.
    """
    left, first = by_quarter, []
    for kind in (KEY, GENERAL, TARGETED):
        first.append(np.minimum(minimum[:, kind], left))
        left = left - first[-1]
    more = min(max(round(aimed) - first[TARGETED].sum(), 0), left.sum())
    targeted = shared(more, left)
    return np.stack([first[KEY], first[GENERAL] + left - targeted, first[TARGETED] + targeted], axis=1)


def _months(by_class: np.ndarray, time: np.ndarray) -> np.ndarray:
    """A pool's visits by month, (3, months), from those by quarter, (3, quarters).

    They are in proportion to the time of the months, (quarters, 3).
    """
    months = []
    for (key, general, targeted), days in zip(by_class.T, time, strict=True):
        left = shared(key + general + targeted, days)
        of_key = shared(key, left)
        of_targeted = shared(targeted, left - of_key)
        months.append([of_key, left - of_key - of_targeted, of_targeted])
    return np.concatenate(months, axis=1)
