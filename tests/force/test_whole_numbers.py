"""Whole numbers add up to their total, near their parts, and in step with time."""

import numpy as np
import pytest

from model.force.whole_numbers import paced, shared, whole


@pytest.mark.parametrize(
    ("parts", "total", "numbers"),
    [
        ([0.4, 0.35, 0.25], None, [1, 0, 0]),
        ([0.5, 0.5, 1.0], None, [1, 0, 1]),
        ([2.999999999999, 4.0], None, [3, 4]),
        ([1.2, 1.9, 2.8], 7, [2, 2, 3]),
        ([1.2, 1.9, 2.8], 4, [1, 1, 2]),
        ([-0.6, -0.4], None, [-1, 0]),
        ([[1.5], [2.5]], None, [[2], [2]]),
    ],
)
def test_the_largest_remainders_are_rounded_up(parts, total, numbers):
    found = whole(np.array(parts), total)
    assert found.tolist() == numbers
    assert found.dtype == int


@pytest.mark.parametrize(
    ("total", "weights", "numbers"),
    [(4, [0.1, 0.3], [1, 3]), (4, [2, 6], [1, 3]), (5, [0, 0], [3, 2]), (3, [5, 0, 1], [3, 0, 0]), (0, [1, 2], [0, 0])],
)
def test_a_number_is_shared_in_proportion_or_evenly(total, weights, numbers):
    assert shared(total, np.array(weights, float)).tolist() == numbers


@pytest.mark.parametrize(
    ("total", "weights", "start", "numbers"),
    [
        (4, [0.1, 0.3], 0.0, [1, 3]),
        (4, [3, 1], 0.0, [3, 1]),
        (2, [0, 0, 0, 0], 0.0, [0, 1, 0, 1]),
        (2, [0, 0, 0, 0], 0.5, [1, 0, 1, 0]),
        (10, [1, 1, 2], 0.0, [2, 3, 5]),
        (1, [1, 1, 1], 1 / 3, [0, 1, 0]),
    ],
)
def test_a_number_comes_in_step_with_its_weights(total, weights, start, numbers):
    assert paced(total, np.array(weights, float), start).tolist() == numbers
