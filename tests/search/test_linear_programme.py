"""Linear programmes have published answers, true duals, best whole numbers, and amounts of conflict."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import tries

from model.search.programme.linear_programme import Conflict, Programme, Solution

STEP = 2.0**-10
"""Step of a bound, which the solver is given in full."""
small = st.integers(-4, 9).map(float)


def examples(number: int) -> settings:
    return settings(max_examples=tries(number), deadline=None, derandomize=True)


def known(third: float = 18.0) -> Programme:
    """Hillier and Lieberman's Wyndor Glass, which gains 3x + 5y under three plants' hours."""
    made = Programme()
    x, y = made.variables("x", 1), made.variables("y", 1)
    for name, a, b, most in [("first", 1, 0, 4), ("second", 0, 2, 12), ("third", 3, 2, third)]:
        made.rows(name, (x, a), (y, b), high=most)
    return made


def solved(made: Programme, **how) -> Solution:
    found = made.solve([(np.array([0]), 3.0), (np.array([1]), 5.0)], **how)
    assert isinstance(found, Solution)
    return found


def test_the_published_answer_and_its_duals():
    found = solved(known())
    assert found.value == found.bound == pytest.approx(36)
    assert (found.values["x"][0], found.values["y"][0]) == (pytest.approx(2), pytest.approx(6))
    assert [found.duals[name][0] for name in ("first", "second", "third")] == pytest.approx([0, 1.5, 1])
    assert solved(known(19.0)).value == pytest.approx(37)


def test_a_bound_of_a_variable_has_its_worth_too():
    found = solved(known(), within={"y": (0.0, 5.0)})
    assert (found.value, found.reduced["y"][0], found.reduced["x"][0]) == (pytest.approx(33), pytest.approx(3), 0)
    assert solved(known(), within={"y": (0.0, 5.5)}).value == pytest.approx(33 + 3 * 0.5)


def test_rows_take_one_variable_each_or_several():
    made = Programme()
    x = made.variables("x", 3, high=5.0)
    made.rows("each", (x, np.array([1.0, 2.0, 4.0])), high=np.array([3.0, 4.0, 20.0]))
    made.rows("all", (x[None], np.array([1.0, 1.0, 2.0])), high=11.0)
    made.rows("pairs", (x[[[0, 1], [1, 2]]], 1.0), high=7.0)
    found = made.solve([(x, 1.0)])
    assert found.values["x"] == pytest.approx([3, 2, 3])
    assert found.duals["each"].shape == (3,) and found.duals["all"].shape == (1,) and found.duals["pairs"].shape == (2,)


@st.composite
def matrices(draw, most: int) -> np.ndarray:
    """Up to so many rows and columns of small weights."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    weights = draw(st.lists(small, min_size=rows * columns, max_size=rows * columns))
    return np.array(weights).reshape(rows, columns)


@given(st.data())
@examples(60)
def test_a_dual_is_what_the_bound_gains_when_it_really_moves(data):
    """Where the gain is straight on both sides of the bound, the dual is its slope."""
    matrix = data.draw(matrices(4))
    rows, columns = matrix.shape
    gains = np.array(data.draw(st.lists(small, min_size=columns, max_size=columns)))
    bounds = np.array(data.draw(st.lists(st.integers(1, 20).map(float), min_size=rows, max_size=rows)))
    equal = data.draw(st.booleans())

    def best(bounds: np.ndarray) -> Solution | Conflict:
        made = Programme()
        x = made.variables("x", columns, high=10.0)
        for k, (row, bound) in enumerate(zip(matrix, bounds, strict=True)):
            low = bound if equal and k == 0 else -np.inf
            made.rows(f"row {k}", (x[None], row), low=low, high=bound, soft=1.0)
        return made.solve([(x, gains)])

    found = best(bounds)
    if isinstance(found, Conflict):
        assert equal
        return
    for k in range(rows):
        step = STEP * np.eye(rows)[k]
        above, below = best(bounds + step), best(bounds - step)
        if isinstance(above, Solution) and isinstance(below, Solution):
            slopes = (above.value - found.value) / STEP, (found.value - below.value) / STEP
            if abs(slopes[0] - slopes[1]) < 1e-7:
                assert found.duals[f"row {k}"][0] == pytest.approx(slopes[0], abs=1e-6)


@given(st.data())
@examples(60)
def test_no_whole_numbers_beat_the_plan_by_more_than_the_gap(data):
    matrix = data.draw(matrices(3))
    rows, columns = matrix.shape
    gains = np.array(
        data.draw(st.lists(st.floats(-5, 5).map(lambda x: round(x, 2)), min_size=columns, max_size=columns))
    )
    bounds = np.array(data.draw(st.lists(st.floats(0, 15).map(lambda x: round(x, 1)), min_size=rows, max_size=rows)))
    made = Programme()
    x = made.variables("x", columns, high=4.0)
    made.rows("rows", (np.tile(x, (rows, 1)), matrix), high=bounds)
    found = made.solve([(x, gains)], whole=x, gap=1e-9)
    grid = np.array(list(product(range(5), repeat=columns)), float)
    kept = grid[(grid @ matrix.T <= bounds + 1e-9).all(axis=1)]
    assert isinstance(found, Solution)
    assert np.array_equal(found.values["x"], np.round(found.values["x"]))
    assert found.value <= found.bound + 1e-6
    assert (kept @ gains).max() <= found.bound + 1e-6
    assert (kept @ gains).max() - found.value <= found.bound - found.value + 1e-6
    assert made.solve([(x, gains)]).value >= found.value - 1e-6


def test_where_nothing_fits_the_rows_say_by_how_much():
    made = Programme()
    x = made.variables("x", 2, high=10.0)
    made.rows("budget", (x[None], 1.0), high=8.0, soft=1.0)
    made.rows("wanted", (x, 1.0), low=np.array([5.0, 6.0]), soft=1.0, of=np.array([7, 9]))
    found = made.solve([(x, 1.0)])
    assert isinstance(found, Conflict)
    assert sum(excess.sum() for excess in found.excess.values()) == pytest.approx(3)
    assert found.excess.keys() <= {"budget", "wanted"}
    assert made.labels["wanted"].tolist() == [7, 9]


def test_what_counts_for_less_gives_way_first():
    for units, gives in [((1.0, 100.0), "wanted"), ((100.0, 1.0), "budget")]:
        made = Programme()
        x = made.variables("x", 1)
        made.rows("budget", (x, 1.0), high=8.0, soft=units[0])
        made.rows("wanted", (x, 1.0), low=10.0, soft=units[1])
        found = made.solve([(x, 1.0)])
        assert isinstance(found, Conflict) and found.excess[gives] == pytest.approx([2])
        assert len(found.excess) == 1


def test_hard_rows_that_contradict_each_other_and_endless_gains_are_mistakes():
    made = Programme()
    x = made.variables("x", 1)
    made.rows("some", (x, 1.0), low=5.0)
    with pytest.raises(ValueError, match="no end"):
        made.solve([(x, 1.0)])
    made.rows("less", (x, 1.0), high=4.0)
    with pytest.raises(ValueError, match="contradict"):
        made.solve([(x, 1.0)])


def test_a_hair_in_the_numbers_leaves_the_same_plan():
    """Two variables that are as good as each other but for what processors differ by."""
    plans = []
    for hair in (-1e-13, 0.0, 1e-13):
        programme = Programme()
        x, y = programme.variables("x", 1, high=1.0), programme.variables("y", 1, high=1.0)
        programme.rows("all", (x, 1.0), (y, 1.0 + hair), high=1.0)
        plans.append(programme.solve([(x, 1.0 / 3.0 + hair), (y, 1.0 / 3.0)]).values)
    assert all(plan["x"] == plans[0]["x"] and plan["y"] == plans[0]["y"] for plan in plans)
