"""The time of a pool and the work that asks for it, but for what the closed base year decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.evidence.baseline import CITY, COUNTY, Baseline, Pools
from model.evidence.draws import Assumed, Quantity
from model.evidence.pools import over_pools
from model.evidence.rules import Rules, rules_of
from model.force.crews import expected_crews, pairing_efficiency
from model.force.seats import Seats, base_year_seats
from model.force.staff import Staff, staffing
from model.force.useful_visits import UnitRoom, unit_room
from model.force.visits import crew_days_per_visit, random_minimum_by_pool
from model.force.working_time import available_days
from model.scenario.decisions import SPECIAL_CASES
from model.scenario.levers import stretched
from model.scenario.settings import Settings

OFFICERS_A_VISIT = 2
"""Officers whom a visit takes at least (Administrative Penalty Law 2021, art. 42, and before it 1996, art. 37)."""

LEAST_PAIRING = 0.5
"""Pairing efficiency at which visits that the law asks are counted at least.

A body of two officers or more pairs better. Below it some bodies have one officer or none: a visit there is not dear
but impossible, so the visits owed there are counted at this efficiency instead of an endless price.
"""


@dataclass(frozen=True, eq=False)
class Ground:
    """The part of a workload that no lever touches, computed once for all scenarios on a base year.

    Names, shapes and units as in `Workload`, (draws, pools) but for `filled` and `complaint_cases`, (draws, 1).
    `crew_days` are crew-days of a visit, `key_units` the key units of each pool's place, `special_visits` special
    inspections a year. `visit_gain` is visits that a pool's own records show over those that the model gives its time,
    1 where there are none.
    """

    seats: Seats
    filled: np.ndarray
    extra_duties: np.ndarray
    local: np.ndarray
    led: np.ndarray
    days_per_case: np.ndarray
    crew_days: np.ndarray
    key_units: np.ndarray
    complaint_days: np.ndarray
    complaint_cases: np.ndarray
    special_visits: np.ndarray
    visit_gain: Quantity = 1.0


@dataclass(frozen=True, eq=False)
class Workload:
    """Supply and demand of the pools; (draws, pools) unless said otherwise, days are person-days a year.

    `ground` is the part that all scenarios on the base year share. `filled` is the share of heads who are there (1
    unless the report counts posts), `present_days` the days that one of them gives before other duties, both (draws,
    1). `presence`, (draws, 1) too, is the chance that he is there on a working day. `extra_duties` is the tier's share
    of time above the common one, `other_duties_cut` the lever. `local` is the share of outside work (complaints,
    contacts, off-site checks, special inspections) that falls on the pool, `led` the share of all filed cases that it
    leads; each adds up to 1 over the pools. `days_per_visit` is the field time of a visit, endless where no crew can
    form; `days_per_owed_visit` that of a visit which the law asks, at `LEAST_PAIRING` or better. `targeted`,
    `offsite_problems`, `other_cases` and `complaint_cases` are (draws, 1), a year; `other_cases` are those that no
    visit brings. `time_for_visits`, (1, pools), is the share of the time after mandatory work that is kept for visits,
    `decision_limit` calendar days. `helping` are people outside the establishment whose time counts.
    """

    ground: Ground
    staff: Staff
    helping: Quantity
    rules: Rules
    filled: np.ndarray
    present_days: np.ndarray
    extra_duties: np.ndarray
    other_duties_cut: float
    crews: np.ndarray
    pairing: np.ndarray
    presence: np.ndarray
    days_per_visit: np.ndarray
    days_per_owed_visit: np.ndarray
    complaint_days: np.ndarray
    mandatory_days: np.ndarray
    confirming_visits: np.ndarray
    random_minimum: np.ndarray
    planned_minimum: np.ndarray
    visits_most: np.ndarray
    local: np.ndarray
    led: np.ndarray
    days_per_case: np.ndarray
    targeted: np.ndarray
    offsite_problems: np.ndarray
    other_cases: np.ndarray
    complaint_cases: np.ndarray
    time_for_visits: np.ndarray
    decision_limit: float
    room: UnitRoom

    @cached_property
    def random_checks(self) -> np.ndarray:
        """Random checks that all pools owe together a year, (draws, 1)."""
        return over_pools(self.random_minimum)[:, None]

    @property
    def hands(self) -> np.ndarray:
        """Officers and helpers whose time counts, (draws, pools)."""
        return self.staff.working_officers + self.helping

    def own_share(self, other_duties: np.ndarray) -> np.ndarray:
        """Share of everybody's time that the common other duties, after the cut, leave; (draws, 1)."""
        return 1 - np.maximum(other_duties - self.other_duties_cut, 0.0)

    def days_per_officer(self, other_duties: np.ndarray) -> np.ndarray:
        """Field days of one officer, (draws, pools)."""
        share = np.clip(self.own_share(other_duties) - self.extra_duties, 0.0, 1.0)
        return self.filled * self.present_days * share

    def field_days(self, other_duties: np.ndarray) -> np.ndarray:
        """Field days of all officers and helpers of a pool, person-days a year, (draws, pools)."""
        return self.hands * self.days_per_officer(other_duties)

    def pairing_of_one_more(self, where: np.ndarray) -> np.ndarray:
        """Pairing efficiency with an officer more in each body, (n,), in the n draws and pools of a mask."""
        officers, presence = _officers_of_a_body(self.staff, self.filled), np.broadcast_to(self.presence, where.shape)
        return pairing_efficiency(officers[where] + 1, presence[where])


def ground(baseline: Baseline, assumed: Assumed, reading: Mapping[str, str]) -> Ground:
    """The part of every scenario's workload that the base year fixes."""
    pools, seats = baseline.pools, base_year_seats(baseline, assumed, reading)
    vacancy, by_city = assumed["vacancy"], assumed["complaint_share_city"]
    local = _of_place(pools, 0.0, by_city, 1 - by_city) * seats.need
    led, days_per_case = _cases_led(baseline, assumed, reading, seats.need)
    duties = assumed["other_duties_extra_province"], assumed["other_duties_extra_city"], 0.0
    return Ground(
        seats=seats,
        filled=1 - vacancy if reading.get("staff") == "posts" else np.ones_like(vacancy),
        extra_duties=_by_tier(pools, *duties),
        local=local,
        led=led,
        days_per_case=days_per_case,
        crew_days=_crew_days(baseline, assumed, seats),
        key_units=assumed["key_units"] * seats.need,
        complaint_days=assumed["complaints"] * assumed["complaint_days"] * local,
        complaint_cases=assumed["complaints"] * assumed["complaint_filed"],
        special_visits=assumed["special_visits"] * local,
    )


def workload(
    baseline: Baseline,
    assumed: Assumed,
    settings: Settings,
    reading: Mapping[str, str],
    base: Ground | None = None,
    staff: Staff | None = None,
    rules: Rules | None = None,
) -> Workload:
    """The workload of all pools under the settings; at base settings that of the base year.

    `base` is computed unless given. `staff` and `rules` replace those that the settings give.
    """
    pools, base = baseline.pools, base or ground(baseline, assumed, reading)
    rules, local = rules or rules_of(settings.rules), base.local
    staff = staff or staffing(baseline, assumed, settings, base.seats)
    working_days, present = _days_of_a_person(baseline, assumed, settings, rules)
    presence = np.clip(present / working_days, 0.0, 1.0)
    officers = _officers_of_a_body(staff, base.filled)
    crews = expected_crews(officers, presence)
    pairing = pairing_efficiency(officers, presence, crews)
    visit_days = base.crew_days * ((1 - settings.visit_time_saved) * assumed["officers_per_visit"])
    days_per_owed_visit = visit_days / np.maximum(pairing, LEAST_PAIRING)
    gain = _visit_gain(base, staff, assumed)
    checks = _rescaled("offsite_checks", settings.offsite_checks, baseline, assumed)
    contacts = _rescaled("service_contacts", settings.service_contacts, baseline, assumed)
    problems = checks * baseline.offsite_hit_in(assumed)
    desk_days = (contacts * assumed["service_days"] + checks * assumed["offsite_days"]) * local
    random_checks = random_minimum_by_pool(base.key_units, staff.frontline, pools, rules)
    return Workload(
        ground=base,
        staff=staff,
        helping=_helping(staff, assumed),
        rules=rules,
        filled=base.filled,
        present_days=present,
        extra_duties=base.extra_duties,
        other_duties_cut=settings.other_duties_cut,
        crews=crews * staff.bodies,
        pairing=pairing,
        presence=presence,
        days_per_visit=visit_days / np.maximum(pairing, 1e-9) / gain,
        days_per_owed_visit=days_per_owed_visit / gain,
        complaint_days=base.complaint_days,
        mandatory_days=base.complaint_days + desk_days + problems * local * days_per_owed_visit,
        confirming_visits=problems * local,
        random_minimum=random_checks,
        planned_minimum=random_checks + base.special_visits,
        visits_most=rules.visit_cap * assumed["regulated_units"] * base.seats.need,
        local=local,
        led=base.led,
        days_per_case=base.days_per_case,
        targeted=stretched(assumed["targeted_share"], settings.targeted_share, baseline.derived["targeted_share"]),
        offsite_problems=problems,
        other_cases=problems * assumed["offsite_filed"] + base.complaint_cases,
        complaint_cases=base.complaint_cases,
        time_for_visits=np.array(settings.case_policy)[None, pools.tier],
        decision_limit=settings.decision_limit,
        room=_room(base.seats, pools, assumed, checks * local),
    )


def _visit_gain(base: Ground, staff: Staff, assumed: Assumed) -> Quantity:
    """Visits over those that the model gives a pool's time, (draws, pools) or 1.

    Officers who move in work at the gain of their new place by the share `effect_of_place`, else at that of the places
    that they left, on average; new officers work at that of their place.
    """
    if isinstance(base.visit_gain, float):
        return base.visit_gain
    here = np.log(base.visit_gain)
    all_left = staff.lost.sum(axis=1, keepdims=True)
    there = np.where(all_left > 0, (staff.lost * here).sum(axis=1, keepdims=True) / np.maximum(all_left, 1e-9), here)
    of_mover = np.exp((1 - assumed["effect_of_place"]) * (there - here))
    moved = np.clip(staff.moved / np.maximum(staff.working_officers, 1e-9), 0.0, 1.0)
    return base.visit_gain * (1 + moved * (of_mover - 1))


def _helping(staff: Staff, assumed: Assumed) -> Quantity:
    """Helpers whose time counts, (draws, pools) or 0: those on a visit beyond its two officers."""
    if isinstance(staff.helpers, float):
        return staff.helpers
    an_officer = np.maximum(assumed["officers_per_visit"] / OFFICERS_A_VISIT - 1, 0.0)
    return np.minimum(staff.helpers, staff.working_officers * an_officer)


def _room(seats: Seats, pools: Pools, assumed: Assumed, checks: np.ndarray) -> UnitRoom:
    """What the units of each prefecture can use of visits; off-site `checks` a year are (draws, pools)."""
    units = assumed["regulated_units"] * seats.need[:, pools.slices[CITY]]
    return unit_room(pools, units, assumed["useful_visits"], assumed["offsite_replaces"] * checks)


def _days_of_a_person(
    baseline: Baseline, assumed: Assumed, settings: Settings, rules: Rules
) -> tuple[np.ndarray, np.ndarray]:
    """Working days of a year, and those on which a person is present, (draws, 1) each."""
    working_days = assumed["working_days"] + rules.working_days - rules_of(baseline.rules).working_days
    training = np.maximum(assumed["training_days"] + settings.training_days - baseline.derived["training_days"], 0.0)
    return working_days, available_days(working_days, assumed["leave_days"], training, assumed["absence_days"])


def _officers_of_a_body(staff: Staff, filled: np.ndarray) -> np.ndarray:
    """Officers of one body who are there, (draws, pools)."""
    return np.maximum(staff.frontline, 0.0) * filled / staff.bodies


def cases_a_year(baseline: Baseline, assumed: Assumed, reading: Mapping[str, str]) -> Quantity:
    """Cases filed a year in the base year, special ones included also where they stand outside the total.

    (draws, 1) where a count is known about, else a number. KeyError where the report does not count them.
    """
    total = baseline.amount("cases_total", assumed)
    outside = special_cases(baseline, assumed) if reading.get("special_cases") == "outside" else 0.0
    return (total + outside) / baseline.cases_window_years


def special_cases(baseline: Baseline, assumed: Assumed) -> Quantity:
    """Cases of the five special kinds (五类案件) together, (draws, 1) where one is known about, else a number."""
    return sum(baseline.amount(id, assumed) for id in SPECIAL_CASES)


def _cases_led(
    baseline: Baseline, assumed: Assumed, reading: Mapping[str, str], need: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Share of filed cases that each pool leads, and person-days of one, (draws, pools) each."""
    pools = baseline.pools
    special = assumed["special_share"]
    if reading.get("special_cases") == "outside":
        outside = special_cases(baseline, assumed)
        special = np.full_like(special, outside / (outside + baseline.amount("cases_total", assumed)))
    province, city = assumed["case_share_province"], assumed["case_share_city"]
    ordinary_led = (1 - special) * _of_place(pools, province, city, 1 - province - city)
    special_led = special * _of_place(pools, 0.0, assumed["special_city_share"], 1 - assumed["special_city_share"])
    led = ordinary_led + special_led
    days = ordinary_led * assumed["ordinary_case_days"] + special_led * assumed["special_case_days"]
    return led * need, np.where(led > 0, days / np.maximum(led, 1e-12), assumed["ordinary_case_days"])


def _crew_days(baseline: Baseline, assumed: Assumed, seats: Seats) -> np.ndarray:
    """Crew-days of a visit, (draws, pools), by the area that a body covers.

    A county body covers its part of the prefecture, a city body all of it, the province's body the province.
    """
    pools = baseline.pools
    _, _, counties = pools.slices
    area = np.broadcast_to(pools.area_km2, seats.bodies.shape).copy()
    area[:, counties] /= seats.bodies[:, counties]
    return crew_days_per_visit(
        site_days=assumed["site_days"],
        area_km2=area,
        detour=assumed["road_detour"],
        speed=assumed["road_speed"],
        hours=assumed["workday_hours"],
        visits_per_trip=assumed["visits_per_trip"],
    )


def _rescaled(id: str, value: float, baseline: Baseline, assumed: Assumed) -> np.ndarray:
    """A count of the report as a yearly rate, times the lever's value over its base; (draws, 1).

    The lever's value itself where the report counts none.
    """
    if not (base := baseline.derived[f"{id}_a_year"]):
        return np.full_like(assumed["vacancy"], value)
    a_year = baseline.amount(id, assumed) / assumed[baseline.window_of(id)]
    return a_year * value / base


def _of_place(pools: Pools, *values: np.ndarray | float) -> np.ndarray:
    """A share of a place's work for each tier laid out over its pools, (draws, pools).

    A city without counties has their share too. Each value is a number or (draws, 1).
    """
    shares = _by_tier(pools, *values)
    shares[:, pools.without_counties] += np.reshape(values[COUNTY], (-1, 1))
    return shares


def _by_tier(pools: Pools, *values: np.ndarray | float) -> np.ndarray:
    """A value for each tier, a number or (draws, 1), laid out over its pools: (draws, pools)."""
    columns = np.concatenate(np.broadcast_arrays(*np.atleast_2d(*values)), axis=1)
    return columns[:, pools.tier]
