"""Explain: shares add up in any order, idle decisions get nothing, and known games are solved."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st
from thorough import tries

from model import Scenario, project, shipped_baseline
from model.projection.base_year import base_year_of
from model.projection.explain import decisions, explain
from model.year.measures import HEADLINES, MEASURE

BASELINE = shipped_baseline("hunan-2021")
MIXED = {
    "staff.change.city": -100.0,
    "staff.change.county": 100.0,
    "staff.spread": "need",
    "other_duties_cut": 0.1,
    "targeted_share": 0.4,
    "review_staff.county": 20.0,
    "horizon_months": 24.0,
}
NUMERIC = (
    *("other_duties_cut", "training_days", "visit_time_saved", "targeted_share", "merged_bodies", "from_approvals"),
    *("frontline_share.province", "frontline_share.city", "frontline_share.county", "offsite_checks"),
    *("service_contacts", "case_policy.province", "case_policy.city", "case_policy.county"),
)


def base():
    return base_year_of(Scenario(), BASELINE, draws=512)


@pytest.fixture
def game(monkeypatch):
    """Puts a made-up worth of sets of levers in the place of the model; every draw gives the same."""

    def play(worth, levers, **asked):
        def in_turn(base, scenarios, ids):
            for scenario in scenarios:
                yield np.full((len(ids), 3), 100.0 + worth(set(scenario.levers)))

        monkeypatch.setattr("model.projection.explain.totals_in_turn", in_turn)
        found = explain(base(), Scenario(levers=levers), ["visits"], **asked)
        return dict(zip(found.decisions, found.shares["visits"], strict=True)), found

    return play


@pytest.mark.parametrize("ids", [HEADLINES, list(MEASURE)], ids=["headlines", "all measures"])
def test_shares_add_up_to_the_change_that_the_pages_show(ids):
    plan = Scenario(levers=MIXED)
    found, shown = explain(base(), plan, ids), project(plan, draws=512)
    assert found.exact and found.decisions == decisions(plan, BASELINE)
    for id in ids:
        assert found.change[id] == pytest.approx(shown.measures[id].total.difference.p50, abs=1e-9)
        assert sum(found.shares[id]) == pytest.approx(found.change[id], abs=1e-9)
        assert set(found.errors[id]) == {0.0}


def test_all_that_says_who_sits_where_is_one_decision_and_how_far_we_look_is_none():
    assert decisions(Scenario(levers=MIXED), BASELINE) == (
        ("staff.change.city", "staff.change.county", "staff.spread"),
        ("other_duties_cut",),
        ("targeted_share",),
        ("review_staff.county",),
    )
    by_name = {"staff.moves": {"city.changsha": -3.0, "county.loudi": 3.0}, "from_approvals": 9.0}
    assert decisions(Scenario(levers={**MIXED, **by_name}), BASELINE)[:2] == (
        ("staff.change.city", "staff.change.county", "staff.spread", "staff.moves"),
        ("from_approvals",),
    )
    at_base = Scenario(levers={"other_duties_cut": 0.0, "targeted_share": 0.25})
    assert decisions(at_base, BASELINE) == ()
    assert explain(base(), at_base).shares == dict.fromkeys(HEADLINES, ())


def test_a_lever_that_does_nothing_has_no_share():
    """County reviewers have no files to review under the rules of 2021; phasing in moves the share in time alone."""
    found = explain(
        base(), Scenario(levers={**MIXED, "phase_months": 30.0}), ["visits", "on_time_share", "case_capacity"]
    )
    for id, shares in found.shares.items():
        by_decision = dict(zip(found.decisions, shares, strict=True))
        assert by_decision["review_staff.county",] == 0.0
        assert (by_decision["phase_months",] == 0.0) == (id != "on_time_share")


def test_the_order_of_the_levers_does_not_matter():
    backwards = Scenario(levers=dict(reversed(MIXED.items())))
    assert explain(base(), backwards) == explain(base(), Scenario(levers=MIXED))


def test_one_decision_alone_has_the_whole_change():
    found = explain(base(), Scenario(levers={"other_duties_cut": 0.1}))
    assert all(shares == (found.change[id],) for id, shares in found.shares.items())


def test_the_runway_game_has_its_known_shares(game):
    """Planes share each piece of the runway that they need (Littlechild and Owen 1973)."""
    costs = dict(zip(NUMERIC[:8], (1.0, 2.0, 4.0, 4.0, 7.0, 11.0, 16.0, 16.0), strict=True))
    shares, found = game(lambda made: max((costs[id] for id in made), default=0.0), dict.fromkeys(costs, 0.9))
    pieces = [higher - lower for lower, higher in pairwise([0.0, *costs.values()])]
    expected = np.cumsum([piece / (len(costs) - k) for k, piece in enumerate(pieces)])
    assert [shares[id,] for id in costs] == pytest.approx(expected, abs=1e-12)
    assert found.change["visits"] == 16.0


@run(max_examples=tries(25), deadline=None)
@given(st.lists(st.floats(-1e4, 1e4), min_size=16, max_size=16), st.floats(-10, 10))
def test_equal_decisions_have_equal_shares_and_sums_are_kept(worths, scale):
    """A game of four in which the first two do the same: the worth counts how many of them are in a set."""
    first, second, third, fourth = NUMERIC[:4]

    def worth(made):
        place = 4 * len(made & {first, second}) + 2 * (third in made) + (fourth in made)
        return worths[place] * scale if made else 0.0

    with pytest.MonkeyPatch.context() as patch:

        def in_turn(base, scenarios, ids):
            yield from (np.full((1, 3), 1.0 + worth(set(scenario.levers))) for scenario in scenarios)

        patch.setattr("model.projection.explain.totals_in_turn", in_turn)
        found = explain(base(), Scenario(levers=dict.fromkeys(NUMERIC[:4], 0.9)), ["visits"])
    shares = dict(zip(found.decisions, found.shares["visits"], strict=True))
    assert shares[first,] == pytest.approx(shares[second,], rel=1e-9, abs=1e-9)
    assert sum(shares.values()) == pytest.approx(found.change["visits"], rel=1e-12, abs=1e-9)


def test_many_decisions_are_sampled_with_an_honest_error(game):
    """The runway game again, with more players than all sets allow: sampled shares lie within four errors."""
    costs = dict(zip(NUMERIC, np.arange(1.0, 1 + len(NUMERIC)) ** 2, strict=True))
    shares, found = game(
        lambda made: max((costs[id] for id in made), default=0.0), dict.fromkeys(costs, 0.9), pairs_of_orders=200
    )
    pieces = [higher - lower for lower, higher in pairwise([0.0, *costs.values()])]
    exact = dict(zip(costs, np.cumsum([piece / (len(costs) - k) for k, piece in enumerate(pieces)]), strict=True))
    errors = dict(zip(found.decisions, found.errors["visits"], strict=True))
    assert not found.exact
    assert sum(shares.values()) == pytest.approx(found.change["visits"], abs=1e-9)
    off = np.array([abs(shares[id,] - exact[id]) / errors[id,] for id in costs])
    assert np.median(off) > 0.2 and off.max() < 4
    assert game(lambda made: 0.0, dict.fromkeys(costs, 0.9))[1].errors["visits"] == (0.0,) * len(costs)


def test_what_two_decisions_bring_only_together_counts_half_to_each(game):
    """A longer limit without the later rules brings nothing, even where the formulas would."""
    levers = {"rules": "2025", "decision_limit": "120", "other_duties_cut": 0.1}
    shares, _ = game(lambda made: 10.0 * ("decision_limit" in made) + 3.0 * ("other_duties_cut" in made), levers)
    assert shares == {("rules",): 5.0, ("decision_limit",): 5.0, ("other_duties_cut",): 3.0}
