"""What some quantities answer when people come or go, pool by pool around a plan: rows for a programme."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.search.programme.linear_programme import Programme, Term
from model.search.programme.staffing_programme import Moves

Asking = Callable[[np.ndarray], np.ndarray]
"""Quantities (quantities, plans) of plans (plans, pools)."""

MOST_AT_ONCE = 400_000
"""Pools times plans that are asked at once: what a large force needs in memory."""


@dataclass(frozen=True, eq=False)
class Answers:
    """Quantities around a plan: `now` (quantities,) under it; `hull` (quantities, points, pools) as one pool's people
    change and all others stay, straightened so that the first people gain most. `at` (quantities, pools) is the hull
    at the plan: from there it counts, so that it bends nothing there."""

    now: np.ndarray
    hull: np.ndarray
    at: np.ndarray


@dataclass(frozen=True, eq=False)
class Rows:
    """Quantities as expressions of a programme in which every pool's people are laid out in `steps` (columns,): each
    row of `slopes` (quantities, columns), and `below` (quantities,) added. `now` is what they are where asked."""

    steps: np.ndarray
    slopes: np.ndarray
    below: np.ndarray
    now: np.ndarray

    def term(self, rows: np.ndarray | slice = slice(None)) -> Term:
        """Some of the quantities, a row each, less their `below`."""
        return self.steps[None], self.slopes[rows]


def grid_around(at: np.ndarray, low: np.ndarray, high: np.ndarray, points: int) -> np.ndarray:
    """Numbers of people from the fewest to the most of each pool, with a plan in the middle and so many `points` on
    either side; (2 x `points` + 1, pools)."""
    return np.concatenate([np.linspace(low, at, points + 1), np.linspace(at, high, points + 1)[1:]])


def ask(asking: Asking, at: np.ndarray, grid: np.ndarray) -> Answers:
    """Ask about every pool at every number of people of a grid with the plan in the middle, the others as they are
    there."""
    points, pools = grid.shape
    half = points // 2
    around = np.delete(grid, half, axis=0)
    plans = np.tile(at, (around.size, 1))
    plans[np.arange(around.size), np.tile(np.arange(pools), points - 1)] = around.ravel()
    chunks = np.array_split(plans, max(len(plans) * pools // MOST_AT_ONCE, 1))
    values = np.concatenate([asking(at[None]), *map(asking, chunks)], axis=1)
    now, values = values[:, 0], values[:, 1:].reshape(-1, points - 1, pools)
    same = np.broadcast_to(now[:, None, None], (len(now), 1, pools))
    hull = _hull(np.concatenate([values[:, :half], same, values[:, half:]], axis=1), grid)
    return Answers(now, hull, hull[:, half])


def lay_out(programme: Programme, moves: Moves, grid: np.ndarray, answers: Answers) -> Rows:
    """Add the steps between the numbers of the grid, and that they make up who moves."""
    width = np.diff(grid, axis=0)
    steps = programme.variables("steps", width.size, high=width.ravel())
    by_pool = steps.reshape(width.shape).T
    programme.rows("steps", (by_pool, 1.0), (moves.into, -1.0), (moves.out, 1.0), low=-grid[0], high=-grid[0])
    slopes = np.diff(answers.hull, axis=1) / np.where(width > 0, width, 1.0)
    below = answers.now + (answers.hull[:, 0] - answers.at).sum(axis=1)
    return Rows(steps, slopes.reshape(len(below), -1), below, answers.now)


def _hull(values: np.ndarray, people: np.ndarray) -> np.ndarray:
    """The upper concave hull of values (quantities, points, pools) over people (points, pools), at these points: the
    highest of all chords over a point.

    >>> _hull(np.array([[0.0], [0.0], [2.0], [1.0]])[None], np.array([[0.0], [1], [2], [3]]))[0, :, 0].tolist()
    [0.0, 1.0, 2.0, 1.0]
    """
    hull = values.copy()
    points = len(people)
    for i in range(points):
        for k in range(i + 2, points):
            width = people[k] - people[i]
            part = (people[i + 1 : k] - people[i]) / np.where(width > 0, width, 1.0)
            chord = values[:, [i]] + part * (values[:, [k]] - values[:, [i]])
            np.maximum(hull[:, i + 1 : k], chord, out=hull[:, i + 1 : k])
    return hull
