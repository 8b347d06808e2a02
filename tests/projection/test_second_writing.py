"""The model agrees with the method written a second time (`plain_model`), by pool and measure."""

import numpy as np
import pytest
from plain_model import Pool, backlog_of, in_time_over_the_months, plain_year
from random_scenarios import random_levers, random_reading
from soundness import MEASURE_ROW
from thorough import IS_THOROUGH, pairs

from model import Scenario, shipped_baseline
from model.projection.base_year import base_year_of, some_draws
from model.projection.project import evaluate
from model.scenario.levers import lever_values
from model.scenario.levers import levers as levers_of
from model.scenario.scenario import READINGS
from model.year.measures import scopes
from model.year.year import required_officers, visit_room

BASELINE = shipped_baseline("hunan-2021")
PLANS = {
    "the base year": {},
    "sink": {"staff.change.city": -150.0, "staff.change.county": 150.0},
    "sink by need, new posts": {
        "staff.change.province": -5.0,
        "staff.change.city": 40.0,
        "staff.change.county": 365.0,
        "staff.new_posts": 400.0,
        "staff.spread": "need",
        "from_approvals": 120.0,
    },
    "sink, officers first": {"staff.change.city": -150.0, "staff.change.county": 150.0, "staff.movers": "frontline"},
    "sink, reviewers stay": {
        "staff.change.city": -150.0,
        "staff.change.county": 150.0,
        "staff.movers": "reviewers_stay",
        "other_duties_cut": 0.3,
    },
    "rise with the mix of those above": {
        "staff.change.county": -300.0,
        "staff.change.city": 200.0,
        "staff.new_posts": -100.0,
        "staff.movers": "receiving",
    },
    "own mix": {"staff.change.city": -90.0, "staff.change.province": 90.0, "staff.movers": "own"},
    "posts cut beyond what the cities have": {"staff.change.city": -500.0, "staff.new_posts": -500.0},
    "by name": {
        "staff.change.province": -20.0,
        "staff.change.city": -60.0,
        "staff.change.county": 110.0,
        "staff.new_posts": 30.0,
        "staff.moves": {
            "province": -12.0,
            "city.changsha": -90.0,
            "city.xiangxi": 9.0,
            "county.yongzhou": 70.0,
            "county.changsha": -25.0,
        },
    },
    "rise until counties break": {"staff.change.county": -900.0, "staff.change.city": 900.0},
    "from desk and back": {"frontline_share.city": 0.75, "frontline_share.county": 0.6, "merged_bodies": 138.0},
    "other time, other aim": {
        "other_duties_cut": 0.12,
        "training_days": 25.0,
        "visit_time_saved": 0.2,
        "targeted_share": 0.9,
        "offsite_checks": 6000.0,
        "service_contacts": 20_000.0,
        "case_policy.county": 0.8,
        "case_policy.city": 0.5,
    },
    "no aim, fewer posts": {"targeted_share": 0.0, "staff.change.county": -200.0, "staff.new_posts": -200.0},
    "review short": {"frontline_share.city": 0.93},
    "rules of 2025": {"rules": "2025", "decision_limit": "120", "review_staff.county": 30.0, "review_staff.city": 8.0},
    "rules of 2025, few reviewers": {"rules": "2025", "frontline_share.county": 0.95, "frontline_share.city": 0.9},
}
SAME = 1e-8


def of_each(pools: list[Pool], name: str) -> np.ndarray:
    return np.array([p.value[name] for p in pools])


USUAL = {name: words[0] for name, words in READINGS.items()}
BY_NAME = [(name, draw, PLANS[name], USUAL) for name, draw in pairs(PLANS, (0, 101, 202))]
SHARES = (0.3, 0.6, 0.95)
"""Shares of the levers that a plan at random has off their base."""


def at_random(number: int) -> tuple[str, int, dict, dict]:
    """A plan with levers, draw and reading at random, so that each lever and each word is met."""
    rng = np.random.default_rng([number, 11])
    levers = random_levers(rng, BASELINE, SHARES[number % len(SHARES)])
    return f"random {number}", int(rng.integers(0, 200)), levers, random_reading(rng)


CASES = [*BY_NAME, *map(at_random, range(60 if IS_THOROUGH else 20))]


def test_every_lever_choice_and_reading_is_among_the_cases():
    for id, lever in levers_of(BASELINE).items():
        values = [levers[id] for _, _, levers, _ in CASES if id in levers]
        assert any(value != lever.base for value in values), id
        assert all(word in values or word == lever.base for word in lever.choices), id
        assert lever.kind != "spread" or any(not isinstance(value, str) for value in values), id
    for name, words in READINGS.items():
        assert {reading[name] for *_, reading in CASES} == set(words)


@pytest.mark.parametrize(
    ("name", "draw", "levers", "reading"), CASES, ids=[f"{name}-{draw}" for name, draw, *_ in CASES]
)
def test_every_pool_comes_out_as_written_a_second_time(name, draw, levers, reading):
    base = some_draws(base_year_of(Scenario(reading=reading), BASELINE, draws=1024), slice(draw, draw + 1))
    plan = evaluate(base, Scenario(levers=levers, reading=reading))
    assumed = {id: float(values[0, 0]) for id, values in base.assumed.items()}
    start, now = lever_values({}, BASELINE), lever_values(levers, BASELINE)
    still = {**start, "horizon_months": now["horizon_months"]}
    before, pools = (plain_year(BASELINE, assumed, start, one, reading) for one in (still, now))
    for was, pool in zip(before, pools, strict=True):
        pool.value["in_time"] = in_time_over_the_months(was, pool, now)

    result, work = plan.year, plan.year.work
    ours = {
        "people": work.staff.people,
        "frontline": work.staff.frontline,
        "working": work.staff.working_officers,
        "crews": work.crews,
        "visit_days": work.days_per_visit,
        "mandatory": work.mandatory_days,
        "minimum": work.planned_minimum,
        "field_days": result.budget.field_days,
        "visits": result.budget.visits,
        "filed": result.led,
        "given": result.budget.case_days,
        "confirmed": result.confirmed,
        "visit_room": visit_room(result),
        "case_room": result.case_room,
        "decided": result.decided,
        "arrivals": result.review.arrivals,
        "capacity": result.review.capacity,
        "required": required_officers(result, base.closure.flow.other_duties),
    }
    for id, values in ours.items():
        expected = of_each(pools, id)
        np.testing.assert_allclose(values[0], expected, rtol=SAME, atol=SAME * max(expected.max(), 1.0), err_msg=id)
    np.testing.assert_allclose(result.on_time[0], of_each(pools, "in_time"), atol=1.5e-3)

    waiting = np.array([backlog_of(*both, assumed, now) for both in zip(before, pools, strict=True)])
    months = plan.months
    np.testing.assert_allclose(months.backlog[:, 0], waiting.sum(axis=0), rtol=SAME, atol=SAME * (1 + waiting.max()))
    np.testing.assert_allclose(months.backlog_end[0], waiting[:, -1], rtol=SAME, atol=SAME * (1 + waiting.max()))

    for s, scope in enumerate(scopes(BASELINE)):
        inside = [p for k, p in enumerate(pools) if belongs(k, p, scope)]
        for id, expected in measures(inside, pools, assumed, scope).items():
            assert plan.values[MEASURE_ROW[id], s, 0] == pytest.approx(expected, rel=1e-6), (scope, id)
        in_time = sum(p.filed * p.in_time for p in inside) / sum(p.filed for p in inside)
        assert plan.values[MEASURE_ROW["on_time_share"], s, 0] == pytest.approx(in_time, abs=1.5e-3), scope


def belongs(k: int, pool: Pool, scope: str) -> bool:
    """Whether the k-th pool lies in a scope: the total, a tier or a prefecture."""
    ids = [p.id for p in BASELINE.prefectures]
    return scope in ("total", pool.tier) or (k > 0 and ids[(k - 1) % len(ids)] == scope)


def measures(inside: list[Pool], pools: list[Pool], a: dict[str, float], scope: str) -> dict[str, float]:
    """Section 13, from the pools of a scope."""

    def total(name: str) -> float:
        return sum(p.value[name] for p in inside)

    units = a["regulated_units"]
    if scope in {p.id for p in BASELINE.prefectures}:
        units *= inside[0].need
    owed = total("minimum") + total("confirming")
    found = {
        "visit_coverage": total("counted") / units,
        "legal_minimum": owed,
        "problems": total("problems"),
        "utilisation": (total("mandatory") + total("asked")) / sum(max(p.field_days, 1) for p in inside),
        "wisn_ratio": total("frontline") / total("required"),
    }
    if owed:
        found["duty_met"] = sum(min(p.visits, p.minimum) + p.confirmed for p in inside) / owed
    if arrivals := total("arrivals"):
        found["review_load"] = sum(p.arrivals**2 / max(p.capacity, 1) for p in inside) / arrivals
    return found
