"""Does it hold: a plan's changes under each other closure and reading alone (method, section 10).

The size of a change rests on the draws; its sign may rest on what no draw asks: how the base year is closed, what need
is measured by, who moves. So the plan is computed again under each alternative, everything else as drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np
from scipy.interpolate import PchipInterpolator

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed, draw
from model.evidence.figures import Assumption
from model.evidence.rules import rules_of
from model.projection.base_year import BaseYear, with_changes
from model.projection.progress import Tick, unheard
from model.projection.results import Paired, Projection
from model.projection.statistics import paired
from model.projection.totals import total_of, unmoved
from model.scenario.decisions import ChangedAssumption, Decisions, readings
from model.scenario.levers import Value, levers
from model.scenario.scenario import Scenario
from model.scenario.settings import Settings, settings
from model.year.closure import Closure, close
from model.year.kept import kept_with_owner, kept_within
from model.year.measures import HEADLINES, MEASURE, measure_parts
from model.year.year import year

IDS = (*HEADLINES, "problems")
DRAWS, LEAST_DRAWS = 1024, 100
"""Draws of an alternative before the plausibility filter, and those that must be left of them."""
MOST_HOPED = 2
"""How many times as many draws as the first ones promise may be hoped for from all."""
DUTIES, PROVINCE_DUTIES, USEFUL = "other_duties_extra_city", "other_duties_extra_province", "useful_visits"
ROADS = {"slow": ("low", "low", "high"), "quick": ("high", "high", "low")}
"""The ends of road speed, visits a trip and detour that make a visit dear, and cheap."""
NO_CHANGE = {"share": 0.0005}
"""Changes below this read as none; 0.05 where a measure is no share."""
AT_ONCE = 2
MOST_BYTES = 128_000_000
"""Bytes of the base years of alternatives that are kept: about those of one plan and its next."""


@dataclass(frozen=True)
class Alternative:
    """One thing that could be otherwise: a `kind`, and the `name` of the case of it.

    `fixed` are assumptions with the value that they have then, `reading` and `levers` choices that replace those of the
    plan, `visit_cap` visits a unit and year above which none is made, in base year and plan.
    """

    kind: str
    name: str
    fixed: Mapping[str, float] = field(default_factory=dict)
    reading: Mapping[str, str] = field(default_factory=dict)
    levers: Mapping[str, Value] = field(default_factory=dict)
    visit_cap: float = inf

    def of(self, scenario: Scenario) -> Scenario:
        """The scenario under the alternative, but for the cap on visits."""
        fixed = {id: ChangedAssumption(value, value, value) for id, value in self.fixed.items()}
        return scenario.with_decisions(
            assumptions={**scenario.assumptions, **fixed},
            reading={**scenario.reading, **self.reading},
            levers={**scenario.levers, **self.levers},
        )


@dataclass(frozen=True)
class Row:
    """The plan against its base year under one alternative, by measure.

    `changes` is empty where fewer than `LEAST_DRAWS` of the draws fit the report then. `kept` are the draws that do.
    """

    alternative: Alternative
    changes: Mapping[str, Paired]
    kept: int


@dataclass(frozen=True)
class BreakEven:
    """Other duties of a city officer above a county officer's at which a change is none.

    `value` is a share of time. The sign is the other one `below` it, else above it.
    """

    value: float
    below: bool


@dataclass(frozen=True)
class Stability:
    """The changes of a plan as drawn, and under each alternative.

    `break_even` is by measure, where there is one in the range of the assumption or near it. `draws` are those of an
    alternative before the filter, `most_draws` those of one that too few of them fit, and `duties` the ends of the
    range in which break-evens are looked for. `price` is the frontline officers whose field time the `cut` of other
    duties gives, 0 where nothing is cut.
    """

    drawn: Mapping[str, Paired]
    rows: tuple[Row, ...]
    break_even: Mapping[str, BreakEven]
    draws: int
    most_draws: int
    duties: tuple[float, float]
    cut: float
    price: float

    def turns(self, id: str) -> tuple[Row, ...]:
        """The rows in which a measure does not change in the direction that it does as drawn."""
        drawn = direction(self.drawn[id], id)
        return tuple(row for row in self.tried if direction(row.changes[id], id) != drawn)

    @property
    def tried(self) -> tuple[Row, ...]:
        """The rows that have figures: enough draws fit the report under their alternative."""
        return tuple(row for row in self.rows if row.changes)

    @property
    def untried(self) -> tuple[Row, ...]:
        """The rows without figures."""
        return tuple(row for row in self.rows if not row.changes)

    @property
    def is_mostly_tried(self) -> bool:
        """Whether most of the alternatives have figures, without which nothing is said to hold."""
        return len(self.tried) > len(self.untried)

    def holds(self, id: str) -> bool:
        """Whether a measure changes in one direction, or not at all, under all that was tried, which are most."""
        return self.is_mostly_tried and not self.turns(id)

    @property
    def headline(self) -> str | None:
        """The first of the measures that the plan changes; None where it changes none."""
        return next((id for id in IDS if direction(self.drawn[id], id)), None)


def direction(change: Paired, id: str) -> int:
    """1 where the median change is up, -1 where it is down, 0 where it reads as none.

    A median above 0 means that at least half of the draws are.
    """
    median = change.difference.p50
    return 0 if abs(median) < NO_CHANGE.get(MEASURE[id].unit, 0.05) else int(np.sign(median))


def stability(base: BaseYear, projection: Projection, tick: Tick = unheard) -> Stability:
    """The changes of a projected plan under each alternative alone.

    `base` is the base year that it stands on. An alternative takes the first `DRAWS` of the draws, and all of them
    where too few of those fit the report. Equal alternatives share their base years, so that the next plan takes less.
    `tick` gets the share of the work that is done, and may raise to stop.
    """
    scenario, most = projection.scenario.without_texts, projection.draws.drawn
    draws = min(DRAWS, most)
    duties = base.assumptions[DUTIES]
    alternatives, nodes = tuple(_alternatives(scenario, base)), tuple(_nodes(duties))
    rows = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        works = threads.map(lambda one: _row(base, scenario, one, draws, most), (*alternatives, *nodes))
        for row in works:
            rows.append(row)
            tick(len(rows) / len((*alternatives, *nodes)))
    drawn = {id: projection.measures[id].total for id in IDS}
    at_duties = [row for row in rows if DUTIES in row.alternative.fixed and row.changes]
    cut = settings(scenario.levers, base.baseline).other_duties_cut
    break_even = {id: _break_even(at_duties, id, direction(drawn[id], id)) for id in IDS}
    return Stability(
        drawn=drawn,
        rows=tuple(rows[: len(alternatives)]),
        break_even={id: one for id, one in break_even.items() if one},
        draws=draws,
        most_draws=most,
        duties=(duties.low, duties.high),
        cut=cut,
        price=price(base, cut),
    )


def _alternatives(scenario: Scenario, base: BaseYear) -> Iterator[Alternative]:
    """What could be otherwise; choices that the plan makes itself are left out."""
    yield Alternative("closure", "tiers", reading={"closure": "tiers"})
    plan = settings(scenario.levers, base.baseline)
    for name, fixed in _duties(plan, base):
        yield Alternative("duties", name, fixed)
    movers = levers(base.baseline)["staff.movers"]
    moves = (*plan.staff_change, *plan.staff_moves.values())
    if min(moves) < 0 < max(moves):
        for choice in movers.choices:
            if choice != plan.staff_movers:
                yield Alternative("movers", choice, levers={movers.id: choice})
    once = {USEFUL: 1.0} if USEFUL in base.assumptions else {}
    yield Alternative("saturation", "once", once, visit_cap=1.0)
    for name, ends in ROADS.items():
        ids = ("road_speed", "visits_per_trip", "road_detour")
        yield Alternative(
            "roads", name, {id: getattr(base.assumptions[id], end) for id, end in zip(ids, ends, strict=True)}
        )
    for question, choices in readings(base.baseline).items():
        for choice in choices:
            if choice != scenario.reading.get(question, choices[0]):
                yield Alternative(question, choice, reading={question: choice})


def _duties(plan: Settings, base: BaseYear) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Other duties of the city, and of the province where its people change, beside those of a county.

    The province's range has one sign; what follows from the other is asked too.
    """
    city, province = (base.assumptions.get(id) for id in (DUTIES, PROVINCE_DUTIES))
    if city and city.low < city.high:
        for name, value in {"low": city.low, "equal": 0.0, "high": city.high}.items():
            if city.low < value < city.high or name != "equal":
                yield name, {DUTIES: value}
    moves_province = plan.staff_change.province or plan.staff_moves.get("province")
    if moves_province and province and province.low < province.high:
        yield "province_low", {PROVINCE_DUTIES: province.low}
        yield "province_less", {PROVINCE_DUTIES: -province.mid}


def _nodes(duties: Assumption) -> Iterator[Alternative]:
    """More values of a city officer's other duties, within and beyond the range, to look for a break-even."""
    beyond = (duties.high - duties.low) / 2
    if beyond:
        within = (duties.low + duties.mid) / 2
        for value in (duties.low - beyond, within, duties.high + beyond):
            yield Alternative("duties", "between", {DUTIES: value})


def _row(base: BaseYear, scenario: Scenario, alternative: Alternative, draws: int, most: int) -> Row:
    """The plan against its base year under one alternative."""
    scenario = alternative.of(scenario)
    ground = _ground(base.baseline, scenario.decisions.footing, draws, base.seed)
    if isinstance(ground, _TooFew) and draws < most and MOST_HOPED * ground.kept * most >= LEAST_DRAWS * draws:
        ground = _ground(base.baseline, scenario.decisions.footing, most, base.seed)
    if isinstance(ground, _TooFew):
        return Row(alternative, {}, ground.kept)
    before = _values_unmoved(ground, unmoved(scenario), alternative.visit_cap)
    after = _values(ground, scenario, alternative.visit_cap)
    changes = zip(IDS, before, after, strict=True)
    return Row(alternative, {id: paired(one, other, MEASURE[id].better) for id, one, other in changes}, ground.kept)


@dataclass(frozen=True, eq=False)
class _Ground:
    """What a base year needs so that plans can be computed on it, in its `kept` plausible draws."""

    kept: int
    baseline: Baseline
    assumed: Assumed
    closure: Closure
    reading: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class _TooFew:
    """So many plausible draws that nothing is computed in them."""

    kept: int


@kept_within(MOST_BYTES)
def _ground(baseline: Baseline, footing: Decisions, draws: int, seed: int) -> _Ground | _TooFew:
    """The ground under an alternative, where enough draws fit the report."""
    assumptions = with_changes(baseline, footing.assumptions)
    of_prior = draw(assumptions, draws, seed)
    plausible = close(baseline, assumptions, of_prior, footing.reading).plausible
    kept = int(plausible.sum())
    if kept < LEAST_DRAWS:
        return _TooFew(kept)
    assumed = {id: values[plausible] for id, values in of_prior.items()}
    closure = close(baseline, assumptions, assumed, footing.reading)
    return _Ground(kept, baseline, assumed, closure, footing.reading)


def _values(ground: _Ground, scenario: Scenario, visit_cap: float) -> np.ndarray:
    """The whole force's measures `IDS`, (measures, draws)."""
    plan = settings(scenario.levers, ground.baseline)
    rules = rules_of(plan.rules)
    rules = replace(rules, visit_cap=min(rules.visit_cap, visit_cap))
    result = year(ground.baseline, ground.assumed, ground.closure, plan, ground.reading, rules=rules)
    parts = measure_parts(ground.baseline, ground.assumed, ground.closure, result, None, IDS)
    return np.stack([total_of(*parts[id]) for id in IDS])


_values_unmoved = kept_with_owner(4)(_values)


def _break_even(rows: Sequence[Row], id: str, drawn: int) -> BreakEven | None:
    """Where the median change of a measure is none, on a curve through the rows; None for nowhere."""
    points = np.array(sorted((row.alternative.fixed[DUTIES], row.changes[id].difference.p50) for row in rows))
    directions = {direction(row.changes[id], id) for row in rows}
    if not {1, -1} <= directions or not drawn:
        return None
    curve = PchipInterpolator(*points.T)
    roots = [root for root in curve.roots(extrapolate=False) if np.isfinite(root)]
    if not roots:
        return None
    below = np.sign(points[0, 1]) != drawn
    return BreakEven(float(max(roots) if below else min(roots)), bool(below))


def price(base: BaseYear, cut: float) -> float:
    """Frontline officers whose field time equals a cut of other duties, in the median draw.

    `cut` is a share of time, counted only as far as there are other duties.
    """
    duties = base.closure.flow.other_duties[:, 0]
    officers = base.year.work.staff.frontline.sum(axis=1)
    return float(np.median(np.minimum(cut, duties) * officers / (1 - duties)))
