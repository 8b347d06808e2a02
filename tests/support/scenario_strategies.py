"""Every scenario that a planner may write, for Hypothesis: levers, readings, changed assumptions."""

from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st

from model import ChangedAssumption, Scenario
from model.evidence.baseline import TIERS, Baseline, with_staff_list
from model.evidence.draws import mids
from model.force.seats import movable
from model.force.staff import staffing
from model.scenario.levers import Lever, Value, levers
from model.scenario.scenario import READINGS
from model.scenario.settings import settings

MOVES = ("staff.new_posts", *(f"staff.change.{tier}" for tier in TIERS))


def numbers(low: float, high: float, *between: float) -> st.SearchStrategy[float]:
    """Numbers from low to high, the ends and the named ones often."""
    return st.sampled_from([low, high, *between]) | st.floats(low, high, allow_subnormal=False)


def wholes(low: float, high: float) -> st.SearchStrategy[float]:
    return (st.sampled_from([int(low), int(high)]) | st.integers(int(low), int(high))).map(float)


def values(lever: Lever, baseline: Baseline) -> st.SearchStrategy[Value]:
    """Every value a lever takes by itself."""
    if lever.kind == "choice":
        return st.sampled_from(lever.choices)
    if lever.kind == "spread":
        ids = [prefecture.id for prefecture in baseline.prefectures]
        table = st.dictionaries(st.sampled_from(ids), st.floats(0, 1e6, allow_subnormal=False), min_size=1)
        return st.sampled_from(lever.choices) | table.filter(lambda weights: sum(weights.values()) > 0)
    if lever.kind == "moves":
        return moves_by_pool(baseline)
    return wholes(lever.low, lever.high) if lever.kind == "whole" else numbers(lever.low, lever.high, lever.base)


@st.composite
def moves_by_pool(draw: st.DrawFn, baseline: Baseline, most: int = 300) -> dict[str, float]:
    """Whole people added to or taken from some pools, no more than there are to spare in the representative case."""
    spare = dict(zip(baseline.pool_keys, movable(baseline).tolist(), strict=True))
    pools = draw(st.lists(st.sampled_from(baseline.pool_keys), unique=True))
    people = {pool: draw(wholes(-spare[pool], most)) for pool in pools}
    return {pool: moved for pool, moved in people.items() if moved}


@st.composite
def moves(draw: st.DrawFn, baseline: Baseline, new_posts: st.SearchStrategy[float] | None = None) -> dict[str, float]:
    """Changes of the three tiers within their bounds that add up to the new posts."""
    lever = levers(baseline)
    posts = draw(
        wholes(lever["staff.new_posts"].low, lever["staff.new_posts"].high) if new_posts is None else new_posts
    )
    province, city, county = (lever[f"staff.change.{tier}"] for tier in TIERS)
    first = draw(wholes(province.low, min(province.high, posts - city.low - county.low)))
    rest = posts - first
    second = draw(wholes(max(city.low, rest - county.high), min(city.high, rest - county.low)))
    return dict(zip(MOVES, (posts, first, second, rest - second), strict=True))


@st.composite
def legal_levers(draw: st.DrawFn, baseline: Baseline, without: tuple[str, ...] = ()) -> dict[str, Value]:
    """Any number of levers, each within its bounds, that fit together; `without` stay at their base."""
    free = [id for id in levers(baseline) if id not in (*MOVES, *without)]
    chosen = draw(st.lists(st.sampled_from(free), unique=True))
    found = {id: draw(values(levers(baseline)[id], baseline)) for id in chosen}
    if found.get("decision_limit", "90") != "90":
        found["rules"] = "2025"
    return found | (draw(moves(baseline)) if draw(st.booleans()) else {})


def readings() -> st.SearchStrategy[Mapping[str, str]]:
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(words) for name, words in READINGS.items()})


@st.composite
def narrower(draw: st.DrawFn, baseline: Baseline) -> dict[str, ChangedAssumption]:
    """Up to three assumptions about which somebody knows more: a range within ours, down to a point."""
    ids = draw(st.lists(st.sampled_from(list(baseline.assumptions)), max_size=3, unique=True))
    found = {}
    for id in ids:
        ours = baseline.assumptions[id]
        bounds = sorted(draw(st.lists(numbers(ours.low, ours.high, ours.mid), min_size=3, max_size=3)))
        found[id] = ChangedAssumption(*bounds, reason="known better")
    return found


@st.composite
def elsewhere(draw: st.DrawFn, baseline: Baseline) -> dict[str, ChangedAssumption]:
    """Up to three assumptions as far from ours as a file may have them: mostly no plausible base year."""
    ids = draw(st.lists(st.sampled_from(list(baseline.assumptions)), min_size=1, max_size=3, unique=True))
    found = {}
    for id in ids:
        ours = baseline.assumptions[id]
        least, most = ours.least, ours.most
        near = st.floats(
            max(min(ours.low / 2, 1.5 * ours.low), least), min(ours.high * 1.5 + 0.1, most), allow_subnormal=False
        )
        bounds = sorted(draw(st.lists(near | st.sampled_from([least, most]), min_size=3, max_size=3)))
        found[id] = ChangedAssumption(*bounds, reason="a guess")
    return found


def scenarios(baseline: Baseline) -> st.SearchStrategy[Scenario]:
    return st.builds(Scenario, levers=legal_levers(baseline), assumptions=narrower(baseline), reading=readings())


@st.composite
def staff_lists(draw: st.DrawFn, baseline: Baseline) -> dict[tuple[str, str], tuple[int, int]]:
    """Staff lists that add up to the report.

    They are the mids of the assumptions, from which up to twelve pools each send some officers, or some of the desk, to
    another.
    """
    middle = staffing(baseline, mids(baseline.assumptions), settings({}, baseline))
    seats = np.round(np.concatenate([middle.people - middle.frontline, middle.frontline])).astype(int)
    totals = baseline.reported("staff_total"), baseline.reported("frontline_total")
    largest = middle.people[0].argmax()
    seats[:, largest] += np.array([totals[0] - totals[1], totals[1]], int) - seats.sum(axis=1)
    pool = st.integers(0, len(baseline.pools) - 1)
    for role, sender, receiver in draw(st.lists(st.tuples(st.sampled_from([0, 1]), pool, pool), max_size=12)):
        heads = draw(wholes(0, seats[role, sender]))
        seats[role, sender] -= heads
        seats[role, receiver] += heads
    desk, officers = seats.tolist()
    heads = [(d + o, o) for d, o in zip(desk, officers, strict=True)]
    return dict(zip(baseline.pool_names, heads, strict=True))


@st.composite
def listed_scenarios(draw: st.DrawFn, baseline: Baseline) -> Scenario:
    """A staff list and levers within the bounds that it sets."""
    staff_list = draw(staff_lists(baseline))
    listed = with_staff_list(baseline, staff_list)
    nobody_there = {"case_share_province": ChangedAssumption(0.0, 0.0, 0.0, reason="no province cases")}
    nobody = staff_list["province", ""][1] < 2
    return Scenario(
        staff_list=staff_list, levers=draw(legal_levers(listed)), assumptions=nobody_there if nobody else {}
    )
