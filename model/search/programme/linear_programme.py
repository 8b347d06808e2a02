"""A linear programme, also in whole numbers, put together a block at a time and solved by HiGHS.

Blocks of variables and of rows have names; values, duals and, where nothing fits, what would have to give way come back
under the same names. A solver's status never leaves this file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from model.projection.progress import Progress

Term = tuple[np.ndarray, np.ndarray | float]
"""Variables and their weights, which broadcast to them.

In rows, variables of shape (rows,) stand one in a row, variables of shape (rows, k) or (1, k) stand k in a row.
"""

FITS = 1e-7
"""Amounts by which the solver may miss a bound."""
MOST_NODES = 500
"""Branches after which a search for whole numbers stops with the best it has.

This is a count, not a time, so that a programme has the same answer on every machine.
"""
LEAST_SECONDS = 5.0
"""Seconds that the solver gets for one programme when the time for the search is over: it usually takes a tenth."""
BITS = 30
"""Bits of a number that the solver is given, nine digits.

In the last ones processors differ, and of two plans that are as good as each other the solver then finds another one.
"""
LIMIT = 1
"""The solver's status where it stopped at a limit, of time or of branches."""


@dataclass(frozen=True, eq=False)
class Solution:
    """The best that a programme allows.

    `values` are the variables by name, `value` is what they gain, `bound` what nothing can gain more than (above
    `value` only with whole numbers). `duals` by name of rows and `reduced` by name of variables: what one unit more of
    the bound that binds would gain, 0 where none binds; both are empty with whole numbers.
    """

    value: float
    bound: float
    values: Mapping[str, np.ndarray]
    duals: Mapping[str, np.ndarray]
    reduced: Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Conflict:
    """Nothing keeps all rows.

    `excess`, by name of soft rows: by how much they miss their bounds where all together miss them least. It is empty
    where only whole numbers do not fit.
    """

    excess: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Unsolved:
    """The solver ended without an answer, as where its time was over."""


@dataclass(frozen=True, eq=False)
class _Optimum:
    """The solver's answer, in the order of all variables and rows."""

    values: np.ndarray
    bound: float
    duals: np.ndarray
    reduced: np.ndarray


@dataclass(frozen=True, eq=False)
class _Bounded:
    """The matrix of the rows, (rows, variables), with the bounds of rows and variables."""

    matrix: csr_array
    row_low: np.ndarray
    row_high: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Programme:
    """Variables and rows as they are added; a programme can be solved for one gain after another.

    `labels` by name of rows say what each row is of, where that was given. `progress` counts every solution.

    max 3x + 5y under x <= 4, 2y <= 12, 3x + 2y <= 18 (Hillier and Lieberman, Introduction to Operations Research):

    >>> known = Programme()
    >>> x, y = known.variables("x", 1), known.variables("y", 1)
    >>> for name, a, b, most in [("first", 1, 0, 4), ("second", 0, 2, 12), ("third", 3, 2, 18)]:
    ...     known.rows(name, (x, a), (y, b), high=most)
    >>> best = known.solve([(x, 3), (y, 5)])
    >>> best.value, [float(best.duals[name][0]) for name in ("first", "second", "third")]
    (36.0, [0.0, 1.5, 1.0])
    """

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress or Progress()
        self._variables: dict[str, np.ndarray] = {}
        self._rows: dict[str, slice] = {}
        self._soft: dict[str, float] = {}
        self.labels: dict[str, np.ndarray] = {}
        self._bounds: list[tuple[np.ndarray, np.ndarray]] = []
        self._row_bounds: list[tuple[np.ndarray, np.ndarray]] = []
        self._entries: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self._width = self._height = 0

    def variables(self, name: str, count: int, low: ArrayLike = 0.0, high: ArrayLike = np.inf) -> np.ndarray:
        """Add variables between bounds; returns what stands for them in rows and gains, (count,)."""
        columns = np.arange(self._width, self._width + count)
        self._width += count
        self._variables[name] = columns
        self._bounds.append(_spread(low, high, count))
        return columns

    def rows(
        self,
        name: str,
        *terms: Term,
        low: ArrayLike = -np.inf,
        high: ArrayLike = np.inf,
        soft: float | None = None,
        of: np.ndarray | None = None,
    ) -> None:
        """Add rows low <= sum of the terms <= high.

        `soft` rows may give way where nothing fits, as little as can be in all; `soft` is the amount that counts as
        one. `of` labels the rows, (rows,).
        """
        shapes = [np.shape(columns)[:1] for columns, _ in terms] + [np.shape(low), np.shape(high)]
        (count,) = np.broadcast_shapes((1,), *shapes)
        rows = np.arange(self._height, self._height + count)[:, None]
        for columns, weights in terms:
            parts = [np.asarray(part) if columns.ndim == 2 else _upright(part) for part in (weights, columns)]
            shape = count, np.broadcast_shapes(*(part.shape for part in parts))[-1]
            weight, row, column = (np.broadcast_to(part, shape).ravel() for part in (parts[0], rows, parts[1]))
            self._entries.append((weight, row, column))
        self._row_bounds.append(_spread(low, high, count))
        self._rows[name] = slice(self._height, self._height + count)
        self._height += count
        if soft is not None:
            self._soft[name] = soft
        if of is not None:
            self.labels[name] = of

    def solve(
        self,
        gain: Sequence[Term],
        *,
        whole: np.ndarray | None = None,
        gap: float = 0.0,
        within: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
    ) -> Solution | Conflict | Unsolved:
        """The largest gain, or the conflict that leaves none.

        `whole` are variables that must be whole numbers, found to a relative `gap`, or as near as `MOST_NODES` and the
        time that is left come.
        `within` gives some variables, by name, other bounds. ValueError where the gain has no end or the rows that are
        not soft contradict each other.
        """
        weights = np.zeros(self._width)
        for columns, worth in gain:
            np.add.at(weights, columns, np.broadcast_to(worth, np.shape(columns)))
        weights = _alike(weights)
        bounded = self._bounded(within or {})
        self._progress.step()
        seconds = max(self._progress.seconds_left, LEAST_SECONDS)
        if whole is None:
            best = _continuous(weights, bounded, seconds)
        else:
            best = _whole(weights, bounded, whole, gap, seconds)
        if best is None:
            self._progress.step()
            return self._conflict(bounded, is_whole=whole is not None)
        if isinstance(best, Unsolved):
            self._progress.step()
            return best
        by_name = {name: best.values[columns] for name, columns in self._variables.items()}
        value = float(weights @ best.values)
        if whole is not None:
            return Solution(value, best.bound, by_name, {}, {})
        duals = {name: best.duals[rows] for name, rows in self._rows.items()}
        reduced = {name: best.reduced[columns] for name, columns in self._variables.items()}
        return Solution(value, value, by_name, duals, reduced)

    def _bounded(self, within: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> _Bounded:
        weights, rows, columns = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
        matrix = csr_array(coo_array((weights, (rows, columns)), shape=(self._height, self._width)))
        row_low, row_high = (np.concatenate(sides) for sides in zip(*self._row_bounds, strict=True))
        low, high = (np.concatenate(sides) for sides in zip(*self._bounds, strict=True))
        for name, (least, most) in within.items():
            low[self._variables[name]], high[self._variables[name]] = least, most
        matrix.data = _alike(matrix.data)
        return _Bounded(matrix, *map(_alike, (row_low, row_high, low, high)))

    def _conflict(self, bounded: _Bounded, is_whole: bool) -> Conflict | Unsolved:
        """By how much soft rows miss their bounds, by name; without those that keep them."""
        places = [np.arange(self._height)[self._rows[name]] for name in self._soft]
        units = np.repeat(list(self._soft.values()), list(map(len, places)))
        at = np.concatenate(places) if places else np.zeros(0, int)
        # The first excess of a row lifts it to its low bound, the second lowers it to its high one.
        sides = np.repeat([1.0, -1.0], len(at))
        excess = coo_array((sides, (np.tile(at, 2), np.arange(2 * len(at)))), shape=(self._height, 2 * len(at)))
        eased = _Bounded(
            csr_array(hstack([bounded.matrix, excess])),
            bounded.row_low,
            bounded.row_high,
            np.concatenate([bounded.low, np.zeros(2 * len(at))]),
            np.concatenate([bounded.high, np.full(2 * len(at), np.inf)]),
        )
        seconds = max(self._progress.seconds_left, LEAST_SECONDS)
        least = _continuous(np.concatenate([np.zeros(self._width), -1 / np.tile(units, 2)]), eased, seconds)
        if isinstance(least, Unsolved):
            return least
        if least is None:
            raise ValueError("the rows that are not soft contradict each other")
        missed = least.values[self._width :].reshape(2, len(at)).sum(axis=0)
        ends = np.cumsum([0, *map(len, places)])
        parts = {name: missed[ends[k] : ends[k + 1]] for k, name in enumerate(self._soft)}
        too_much = {name: part for name, part in parts.items() if (part > FITS).any()}
        if not too_much and not is_whole:
            raise ValueError("the gain has no end")
        return Conflict(too_much)


def _spread(low: ArrayLike, high: ArrayLike, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Both bounds of so many variables or rows, (count,) each."""
    return np.broadcast_to(np.asarray(low, float), count), np.broadcast_to(np.asarray(high, float), count)


def _alike(values: np.ndarray) -> np.ndarray:
    """The values to so many bits that every processor has the same ones."""
    parts, powers = np.frexp(values)
    return np.ldexp(np.rint(np.ldexp(parts, BITS)), powers - BITS)


def _upright(values: ArrayLike) -> np.ndarray:
    """The values as a column, (values, 1)."""
    return np.asarray(values).reshape(-1, 1)


def _continuous(weights: np.ndarray, bounded: _Bounded, seconds: float) -> _Optimum | Unsolved | None:
    """The best, with duals; None where nothing fits or the gain has no end."""
    fixed = bounded.row_low == bounded.row_high
    above, below = np.isfinite(bounded.row_high) & ~fixed, np.isfinite(bounded.row_low) & ~fixed
    result = linprog(
        -weights,
        A_ub=vstack([bounded.matrix[above], -bounded.matrix[below]]),
        b_ub=np.concatenate([bounded.row_high[above], -bounded.row_low[below]]),
        A_eq=bounded.matrix[fixed],
        b_eq=bounded.row_low[fixed],
        bounds=list(zip(bounded.low.tolist(), bounded.high.tolist(), strict=True)),
        method="highs",
        options={"time_limit": seconds},
    )
    if result.status == LIMIT:
        return Unsolved()
    if result.status != 0 or result.x is None or result.fun is None:
        return None
    # linprog gives the change of its minimum, the negative of the gain, with the right-hand side.
    duals = np.zeros(len(fixed))
    of_above, of_below = np.split(result.ineqlin.marginals, [above.sum()])
    duals[above] -= of_above
    duals[below] += of_below
    duals[fixed] -= result.eqlin.marginals
    return _Optimum(result.x, -float(result.fun), duals, -(result.lower.marginals + result.upper.marginals))


def _whole(
    weights: np.ndarray, bounded: _Bounded, whole: np.ndarray, gap: float, seconds: float
) -> _Optimum | Unsolved | None:
    """The best where the variables `whole` are whole numbers, and its bound; None where nothing fits."""
    integrality = np.zeros(len(weights), int)
    integrality[whole] = 1
    result = milp(
        -weights,
        integrality=integrality,
        bounds=Bounds(bounded.low, bounded.high),
        constraints=LinearConstraint(bounded.matrix, bounded.row_low, bounded.row_high),
        options={"mip_rel_gap": gap, "node_limit": MOST_NODES, "time_limit": seconds},
    )
    if result.x is None:
        return Unsolved() if result.status == LIMIT else None
    values = np.where(integrality, np.round(result.x), result.x)
    return _Optimum(values, -float(result.mip_dual_bound), np.zeros(0), np.zeros(0))
