"""A few totals of many scenarios are the same numbers that a whole step gives, in the order asked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from scenario_strategies import legal_levers
from soundness import totals as totals_of_a_step
from thorough import tries

from model import Scenario, load, shipped_baseline
from model.files.library import FOLDER
from model.force.staff import STAFFING, staffing
from model.outputs.phrasing.coherence import coherent
from model.projection.base_year import base_year_of
from model.projection.project import evaluate, glance
from model.projection.totals import FIRST_DRAWS, STAFF_KEPT, moving_glance, totals, totals_in_turn, unmoved
from model.scenario.settings import settings
from model.year.measures import HEADLINES, MEASURE

BASELINE = shipped_baseline("hunan-2021")
ALL = list(MEASURE)


def base():
    return base_year_of(Scenario(), BASELINE, draws=512)


@run(max_examples=tries(15), deadline=None)
@given(legal_levers(BASELINE))
def test_totals_are_those_of_a_whole_step(levers):
    plan = evaluate(base(), Scenario(levers=levers))
    (found,) = totals(base(), [plan.scenario], ALL)
    for id, values in zip(ALL, found, strict=True):
        np.testing.assert_allclose(values, totals_of_a_step(plan, id), rtol=1e-12, atol=1e-9, err_msg=id)


def test_scenarios_and_measures_come_in_the_order_asked():
    plans = [Scenario(levers={"other_duties_cut": k / 100}) for k in range(6)]
    asked = ["visits", "on_time_share", "backlog_end"]
    found = totals(base(), plans, asked)
    assert found.shape == (6, 3, base().draws.kept)
    assert (np.diff(found[:, 0], axis=0) > 0).all()
    np.testing.assert_array_equal(found[::-1], totals(base(), plans[::-1], asked))
    np.testing.assert_array_equal(found[:, ::-1], totals(base(), plans, asked[::-1]))
    assert totals(base(), [], asked).shape == (0, 3, base().draws.kept)


def test_staffing_looks_at_no_setting_but_those_that_say_who_sits_where():
    asked, base_settings = set(), settings({}, BASELINE)

    class Watched:
        def __getattr__(self, name):
            asked.add(name)
            return getattr(base_settings, name)

    staffing(BASELINE, base().assumed, Watched())
    assert asked == set(STAFFING)


def test_scenarios_that_share_their_staff_do_not_share_their_figures():
    moves = [{"staff.change.city": -float(k), "staff.change.county": float(k)} for k in range(STAFF_KEPT + 2)]
    plans = [Scenario(levers={**levers, "training_days": days}) for levers in moves for days in (15.0, 25.0)]
    together = totals(base(), plans, ["visits", "on_time_share"])
    alone = [totals(base(), [plan], ["visits", "on_time_share"])[0] for plan in plans]
    np.testing.assert_array_equal(together, np.stack(alone))
    assert len(np.unique(np.median(together[:, 0], axis=1))) == len(plans)


def test_who_stops_early_waits_for_no_more(monkeypatch):
    begun = []

    def counted(base, scenario, ids, kept):
        begun.append(scenario)
        return np.zeros((len(ids), 1))

    monkeypatch.setattr("model.projection.totals._totals", counted)
    in_turn = totals_in_turn(base(), [Scenario()] * 20_000, ["staff"])
    next(in_turn)
    in_turn.close()
    assert 0 < len(begun) < 20_000


def test_a_fault_reaches_who_asked():
    plans = [Scenario(levers={"no.such.lever": 1.0} if k == 1 else {}) for k in range(9)]
    in_turn = totals_in_turn(base(), plans, ["staff"])
    assert next(in_turn).shape == (1, base().draws.kept)
    with pytest.raises(KeyError, match=r"no\.such\.lever"):
        next(in_turn)


SHIPPED = sorted(path.name for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("file", SHIPPED)
def test_while_a_handle_moves_changes_are_within_a_hundredth_of_the_whole_ones_and_at_rest_the_same(file):
    plan = load(FOLDER / file)
    in_all = base_year_of(plan, BASELINE)
    assert in_all.draws.kept > 2 * FIRST_DRAWS
    whole, still = (coherent(glance(in_all, one)) for one in (plan, unmoved(plan)))
    at_rest, moved = (coherent(moving_glance(in_all, rest, plan)).measures for rest in (whole, still))
    assert moved.keys() == set(HEADLINES)
    for id in HEADLINES:
        right, found = whole.measures[id].total, moved[id].total
        assert vars(at_rest[id].total.difference) == pytest.approx(vars(right.difference), abs=1e-9)
        assert (at_rest[id].total.base.p50, at_rest[id].total.scenario.p50) == (right.base.p50, right.scenario.p50)
        assert at_rest[id].total.odds.better == pytest.approx(right.odds.better)
        near = pytest.approx(vars(right.difference), abs=0.01 * right.base.p50)
        assert vars(found.difference) == near
        assert found.base.p50 == right.base.p50
        assert found.scenario.p50 == pytest.approx(found.base.p50 + found.difference.p50)
        assert found.odds.better + found.odds.worse <= 1 + 1e-12


def test_a_plan_that_a_handle_only_leaves_for_a_moment_has_no_changes_of_its_own():
    """From a plan on the way to another one and back, every figure is the first one's."""
    first, other = (
        Scenario(levers={"staff.change.city": -people, "staff.change.county": people}) for people in (80.0, 200.0)
    )
    in_all = base_year_of(first, BASELINE)
    there = moving_glance(in_all, glance(in_all, first), other)
    assert there.scenario == other and not there.bottlenecks and not there.measures["visits"].tiers
    back = moving_glance(in_all, there, first)
    for id in HEADLINES:
        right = glance(in_all, first).measures[id].total.difference
        assert vars(back.measures[id].total.difference) == pytest.approx(vars(right), abs=1e-9)
