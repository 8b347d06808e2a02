"""Bands, odds, ties and ranks over draws, each against a case worked out by hand."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from model.projection.results import Band, Odds
from model.projection.statistics import (
    LEAST_DRAWS,
    band,
    count,
    effective_draws,
    expected_shortfall,
    largest_amount,
    odds,
    paired,
    paired_difference,
    percentiles,
    ranks,
    rests_on,
)

SIZE = 1000.0


def test_a_band_is_the_tenth_the_middle_and_the_ninetieth_of_a_hundred():
    assert band(np.arange(101.0)[::-1]) == Band(10.0, 50.0, 90.0)
    assert band(np.array([3.0])) == Band(3.0, 3.0, 3.0)
    between = np.array([0.0, 1.0, 10.0, 100.0])
    np.testing.assert_allclose(percentiles(between), np.quantile(between, [0.1, 0.5, 0.9]))


@pytest.mark.parametrize(
    ("change", "counts"), [(0.9e-6, False), (1e-6, False), (1.1e-6, True), (-0.9e-6, False), (-1.1e-6, True)]
)
def test_a_change_counts_from_a_billionth_of_the_largest_amount_on(change, counts):
    """A tie is a change of at most 1e-9 of the size, either way; a larger one stays as it is."""
    (difference,) = paired_difference(np.array([change]), np.zeros(1), np.array([SIZE]))
    assert difference == (change if counts else 0.0)


def test_ties_are_neither_better_nor_worse():
    base = np.array([1000.0, 1000.0, 1000.0, 1000.0, 1000.0])
    plan = base + np.array([0.5e-6, -0.5e-6, 1.0, 2.0, -3.0])
    assert paired(base, plan, +1).odds == Odds(0.4, 0.2)
    assert paired(base, plan, -1).odds == Odds(0.2, 0.4)
    assert paired(base, plan, 0).odds == Odds(0.4, 0.2)


def test_less_is_better_where_less_is_better():
    falls = np.array([[-1.0, -1.0, -1.0, 2.0, 0.0]])
    assert odds(falls, better=-1) == [Odds(better=0.6, worse=0.2)]
    assert odds(falls, better=+1) == odds(falls, better=0) == [Odds(better=0.2, worse=0.6)]


def test_a_pair_is_base_plan_and_the_band_of_the_change():
    base, plan = np.array([1.0, 2.0, 3.0]), np.array([4.0, 3.0, 5.0])
    pair = paired(base, plan, 1)
    assert pair.base.p50 == 2.0 and pair.scenario.p50 == 4.0 and pair.difference.p50 == 2.0


def test_the_largest_amount_has_no_sign_and_is_never_nothing():
    values = np.array([[-5.0, 2.0], [0.0, 0.0], [0.0, 0.002]])
    assert largest_amount(values).tolist() == [[5.0], [0.001], [0.002]]


def test_weights_count_for_as_many_draws_as_kish_says():
    assert effective_draws(np.ones(7)) == 7
    assert effective_draws(np.array([1.0, 1.0, 2.0])) == 2  # 16 / 6
    assert effective_draws(np.array([3.0, 0.0])) == 1
    assert effective_draws(np.zeros(3)) == 0
    counted = count(np.array([True, False, True]))
    assert (counted.drawn, counted.kept, counted.effective) == (3, 2, 2)


def test_the_worst_tenth_counts_in_part_where_it_ends_within_a_draw():
    assert expected_shortfall(np.array([4.0, 1.0, 3.0, 2.0]), 0.0) == 2.5
    assert expected_shortfall(np.array([4.0, 1.0, 3.0, 2.0]), 0.375) == (4 + 3 + 2 * 0.5) / 2.5
    assert expected_shortfall(np.array([4.0, 1.0, 3.0, 2.0]), 0.99) == 4.0


def test_an_answer_rests_on_all_that_its_rank_correlation_with_is_a_tenth_or_more():
    rng, named = np.random.default_rng(3), 0
    ids, known = ranks({"a": rng.random((400, 1))})
    for weight in np.linspace(0.0, 0.3, 60):
        answer = weight * known[0] * 20 + rng.normal(size=400)
        expected = float(spearmanr(known[0], answer).statistic)
        (row,) = rests_on(ids, known, answer[None])
        assert row == ((("a", round(expected, 3)),) if abs(expected) >= 0.1 else ())
        named += 0.1 <= abs(expected) < 0.125
    assert named, "some are hardly a tenth"


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_an_answer_that_differs_by_rounding_alone_rests_on_nothing_whatever_its_size(size):
    rng = np.random.default_rng(4)
    ids, known = ranks({"a": rng.random((100, 1))})
    assert rests_on(ids, known, size * (1 + 1e-12 * known)) == [()]
    assert rests_on(ids, known, size * (1 + known)) == [(("a", 1.0),)]


def test_an_answer_rests_on_what_it_is_correlated_with_by_rank():
    rng = np.random.default_rng(1)
    x, y, z = rng.random((3, 500, 1))
    ids, known = ranks({"x": x, "fixed": np.full((500, 1), 2.0), "y": y, "z": z})
    assert ids == ["x", "y", "z"]
    np.testing.assert_allclose(np.linalg.norm(known, axis=1), 1)
    np.testing.assert_allclose(known.mean(axis=1), 0, atol=1e-12)
    answer = (np.exp(3 * x) - 2 * y)[:, 0]
    rows = rests_on(ids, known, np.stack([answer, np.zeros(500), np.full(500, 3.0) + 1e-12 * x[:, 0]]))
    assert rows[1:] == [(), ()]
    expected = {id: round(float(spearmanr(values[:, 0], answer)[0]), 3) for id, values in (("x", x), ("y", y))}
    assert rows[0] == tuple(expected.items())
    assert abs(expected["x"]) > abs(expected["y"]) > 0.1
    assert rests_on(ids, known, answer[None], most=1) == [rows[0][:1]]


def test_at_most_five_assumptions_are_named_and_none_below_a_tenth():
    rng = np.random.default_rng(2)
    values = {f"a{k}": rng.random((4000, 1)) for k in range(8)}
    ids, known = ranks(values)
    answer = sum(one[:, 0] * 0.85**k for k, one in enumerate(values.values()))
    (row,) = rests_on(ids, known, answer[None])
    assert [id for id, _ in row] == ["a0", "a1", "a2", "a3", "a4"]
    weak = values["a0"][:, 0] + 0.02 * values["a1"][:, 0]
    assert [id for id, _ in rests_on(ids, known, weak[None])[0]] == ["a0"]


def test_an_interval_of_fewer_than_two_hundred_draws_is_refused():
    """As the method has it; `base_year_of` compares the effective draws with it."""
    assert LEAST_DRAWS == 200
