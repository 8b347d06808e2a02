"""What some quantities answer when people come to one pool or go, around a plan: rows for a programme."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.search.programme.linear_programme import Programme, Term
from model.search.programme.moves import Moves

Question = Callable[[np.ndarray], np.ndarray]
"""Quantities (quantities, plans) under changes of people (plans, pools)."""

MOST_AT_ONCE = 400_000
"""Most pools times plans that are asked at once, for want of memory."""


@dataclass(frozen=True, eq=False)
class Curves:
    """Quantities as the people of one pool change and all others stay.

    `now` (quantities,) under the plan itself; `hull` (quantities, points, pools) as one pool's people change, made
    concave, so that the first people gain most. `at` (quantities, pools) is the hull at the plan, from where it counts,
    so that the plan itself keeps its own values.
    """

    now: np.ndarray
    hull: np.ndarray
    at: np.ndarray


@dataclass(frozen=True, eq=False)
class Rows:
    """Quantities as expressions of a programme.

    The people of every pool are laid out in `steps` (columns,). A quantity is `slopes` (quantities, columns) times the
    steps, and `below` (quantities,). `now` (quantities,) is what it is under the plan itself.
    """

    steps: np.ndarray
    slopes: np.ndarray
    below: np.ndarray
    now: np.ndarray

    def term(self, rows: np.ndarray | slice = slice(None)) -> Term:
        """Some of the quantities less their `below`, a row each."""
        return self.steps[None], self.slopes[rows]


def grid_around(at: np.ndarray, low: np.ndarray, high: np.ndarray, points: int) -> np.ndarray:
    """Numbers of people of each pool with a plan in the middle, (2 x points + 1, pools).

    From the fewest, `low`, over the plan, `at`, to the most, `high`, (pools,) each; so many `points` on either side.
    """
    return np.concatenate([np.linspace(low, at, points + 1), np.linspace(at, high, points + 1)[1:]])


def curves_around(question: Question, at: np.ndarray, grid: np.ndarray) -> Curves:
    """Ask about every pool at every number of people of a grid, (points, pools).

    All other pools are as in the plan `at` (pools,), which stands in the middle of the grid.
    """
    points, pools = grid.shape
    half = points // 2
    around = np.delete(grid, half, axis=0)
    changes = np.tile(at, (around.size, 1))
    changes[np.arange(around.size), np.tile(np.arange(pools), points - 1)] = around.ravel()
    chunks = np.array_split(changes, max(len(changes) * pools // MOST_AT_ONCE, 1))
    values = np.concatenate([question(at[None]), *map(question, chunks)], axis=1)
    now, values = values[:, 0], values[:, 1:].reshape(-1, points - 1, pools)
    same = np.broadcast_to(now[:, None, None], (len(now), 1, pools))
    hull = _hull(np.concatenate([values[:, :half], same, values[:, half:]], axis=1), grid)
    return Curves(now, hull, hull[:, half])


def lay_out(programme: Programme, moves: Moves, grid: np.ndarray, curves: Curves) -> Rows:
    """Add to a programme the steps between the numbers of a grid, which make up who moves."""
    width = np.diff(grid, axis=0)
    steps = programme.variables("steps", width.size, high=width.ravel())
    by_pool = steps.reshape(width.shape).T
    programme.rows("steps", (by_pool, 1.0), (moves.into, -1.0), (moves.out, 1.0), low=-grid[0], high=-grid[0])
    slopes = np.diff(curves.hull, axis=1) / np.where(width > 0, width, 1.0)
    below = curves.now + (curves.hull[:, 0] - curves.at).sum(axis=1)
    return Rows(steps, slopes.reshape(len(below), -1), below, curves.now)


def _hull(values: np.ndarray, people: np.ndarray) -> np.ndarray:
    """The upper concave hull of values (quantities, points, pools) over people (points, pools).

    It is given at these points. It is the highest of all chords over a point.

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
