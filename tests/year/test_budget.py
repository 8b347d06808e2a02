"""The root that visits and cases settle at: found soon, and within its bracket (method, section 7)."""

import numpy as np
import pytest

from model.year import budget


class Falling:
    """A falling function of one draw, its slope, and how often it was asked."""

    def __init__(self, value, slope):
        self.value, self.slope, self.asked = value, slope, 0

    def __call__(self, at):
        self.asked += 1
        return self.value(at), lambda: self.slope(at)

    def root(self, start: float, low: float, high: float) -> float:
        return budget._root(self, *(np.array([[float(one)]]) for one in (start, low, high))).item()


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e7])
def test_newtons_steps_end_soon_whatever_the_size(size: float):
    """20 - x - 3 sqrt(x), whose root is ((sqrt(89) - 3) / 2) ^ 2, in units of any size."""
    falling = Falling(lambda x: 20 * size - x - 3 * np.sqrt(x * size), lambda x: -1 - 1.5 * np.sqrt(size / x))
    root = (np.sqrt(89) - 3) ** 2 / 4 * size
    assert falling.root(19 * size, size / 10, 20 * size) == pytest.approx(root, rel=1e-10)
    assert falling.asked <= 8


def test_a_step_that_leaves_the_bracket_halves_it():
    """Far from the root of an arc tangent Newton's steps grow without end."""
    falling = Falling(lambda x: -np.arctan(4 * (x - 3)), lambda x: -4 / (1 + 16 * (x - 3) ** 2))
    for start in (0.0, 90.0, 100.0):
        assert falling.root(start, 0, 100) == pytest.approx(3, rel=1e-9)


def test_a_bracket_without_width_is_the_root():
    falling = Falling(lambda x: 1 - x, lambda x: -np.ones_like(x))
    assert falling.root(5, 2, 2) == 2
    assert falling.asked == 1
