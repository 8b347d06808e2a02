"""A linear programme, with whole numbers where wanted, put together a block at a time and solved by HiGHS.

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

Term = tuple[np.ndarray, ArrayLike]
"""Variables and their weights, which broadcast to them. In rows: variables of shape (rows,) stand one in a row, of
(rows, k) or (1, k) k in a row."""

FITS = 1e-7
"""What a solver's tolerance leaves open of a bound."""
MOST_NODES = 500
"""Branches after which a search for whole numbers is content with the best it has: a count, not a time, so that the
same programme has the same answer on every machine."""


@dataclass(frozen=True, eq=False)
class Solution:
    """The best that a programme allows. `values` are the variables by name, `value` what they gain, `bound` what
    nothing can gain more than (above `value` only where whole numbers are asked). `duals` by name of rows and `reduced`
    by name of variables: what one unit more of the bound that binds would gain, 0 where none does; nothing where whole
    numbers are asked."""

    value: float
    bound: float
    values: Mapping[str, np.ndarray]
    duals: Mapping[str, np.ndarray]
    reduced: Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Conflict:
    """Nothing keeps all rows. `excess`, by name of soft rows: by how much they miss their bounds where all together
    they miss them least; empty where only whole numbers do not fit."""

    excess: Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class _Found:
    values: np.ndarray
    bound: float
    duals: np.ndarray
    reduced: np.ndarray


@dataclass(frozen=True, eq=False)
class _Bounded:
    """The matrix of the rows with the bounds of rows and variables."""

    matrix: csr_array
    row_low: np.ndarray
    row_high: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Programme:
    """Variables and rows as they are added; the same programme can be solved for one gain after another. `labels` by
    name of rows say what each row is of, where that was given. `progress` hears of everything that is solved.

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
        """Add variables between bounds; returns what stands for them in rows and gains, shape (count,)."""
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
        """Add rows low <= sum of the terms <= high. `soft` rows may give way where nothing fits, the least in all;
        `soft` is the amount that counts as one. `of` labels the rows."""
        shapes = [np.shape(columns)[:1] for columns, _ in terms] + [np.shape(low), np.shape(high)]
        (count,) = np.broadcast_shapes((1,), *shapes)
        for columns, weights in terms:
            columns, weights = (part if columns.ndim == 2 else _upright(part) for part in (columns, weights))
            shape = count, np.broadcast_shapes(columns.shape, np.shape(weights))[-1]
            rows = np.arange(self._height, self._height + count)[:, None]
            weights, rows, columns = (np.broadcast_to(part, shape).ravel() for part in (weights, rows, columns))
            self._entries.append((weights, rows, columns))
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
    ) -> Solution | Conflict:
        """The largest gain, or the conflict that leaves none. `whole` are variables that must be whole numbers, found
        to a relative `gap` (or as near as `MOST_NODES` come); `within` gives some variables, by name, other bounds.
        ValueError where the gain has no end or the rows that are not soft contradict each other."""
        weights = np.zeros(self._width)
        for columns, worth in gain:
            np.add.at(weights, columns, np.broadcast_to(worth, np.shape(columns)))
        bounded = self._bounded(within or {})
        self._progress.step()
        found = _continuous(weights, bounded) if whole is None else _whole(weights, bounded, whole, gap)
        if found is None:
            self._progress.step()
            excess = self._excess(bounded)
            if not excess and whole is None:
                raise ValueError("the gain has no end")
            return Conflict(excess)
        by_name = {name: found.values[columns] for name, columns in self._variables.items()}
        value = float(weights @ found.values)
        if whole is not None:
            return Solution(value, found.bound, by_name, {}, {})
        duals = {name: found.duals[rows] for name, rows in self._rows.items()}
        reduced = {name: found.reduced[columns] for name, columns in self._variables.items()}
        return Solution(value, value, by_name, duals, reduced)

    def _bounded(self, within: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> _Bounded:
        weights, rows, columns = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
        matrix = csr_array(coo_array((weights, (rows, columns)), shape=(self._height, self._width)))
        row_low, row_high = (np.concatenate(sides) for sides in zip(*self._row_bounds, strict=True))
        low, high = (np.concatenate(sides) for sides in zip(*self._bounds, strict=True))
        for name, (least, most) in within.items():
            low[self._variables[name]], high[self._variables[name]] = least, most
        return _Bounded(matrix, row_low, row_high, low, high)

    def _excess(self, bounded: _Bounded) -> dict[str, np.ndarray]:
        """What the soft rows miss, by name, those that miss anything."""
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
        found = _continuous(np.concatenate([np.zeros(self._width), -1 / np.tile(units, 2)]), eased)
        if found is None:
            raise ValueError("the rows that are not soft contradict each other")
        missed = found.values[self._width :].reshape(2, len(at)).sum(axis=0)
        ends = np.cumsum([0, *map(len, places)])
        parts = {name: missed[ends[k] : ends[k + 1]] for k, name in enumerate(self._soft)}
        return {name: part for name, part in parts.items() if (part > FITS).any()}


def _spread(low: ArrayLike, high: ArrayLike, count: int) -> tuple[np.ndarray, np.ndarray]:
    return np.broadcast_to(np.asarray(low, float), count), np.broadcast_to(np.asarray(high, float), count)


def _upright(values: ArrayLike) -> np.ndarray:
    return np.asarray(values).reshape(-1, 1)


def _continuous(weights: np.ndarray, bounded: _Bounded) -> _Found | None:
    """The best, with duals; None where nothing fits."""
    fixed = bounded.row_low == bounded.row_high
    above, below = np.isfinite(bounded.row_high) & ~fixed, np.isfinite(bounded.row_low) & ~fixed
    result = linprog(
        -weights,
        A_ub=vstack([bounded.matrix[above], -bounded.matrix[below]]),
        b_ub=np.concatenate([bounded.row_high[above], -bounded.row_low[below]]),
        A_eq=bounded.matrix[fixed],
        b_eq=bounded.row_low[fixed],
        bounds=np.stack([bounded.low, bounded.high], axis=1),
        method="highs",
    )
    if result.status != 0:
        return None
    # linprog says how its minimum, the negative of our gain, changes with the right-hand side.
    duals = np.zeros(len(fixed))
    of_above, of_below = np.split(result.ineqlin.marginals, [above.sum()])
    duals[above] -= of_above
    duals[below] += of_below
    duals[fixed] -= result.eqlin.marginals
    return _Found(result.x, -float(result.fun), duals, -(result.lower.marginals + result.upper.marginals))


def _whole(weights: np.ndarray, bounded: _Bounded, whole: np.ndarray, gap: float) -> _Found | None:
    """The best with whole numbers where asked, and the bound of the search; None where nothing fits."""
    integrality = np.zeros(len(weights))
    integrality[whole] = 1
    result = milp(
        -weights,
        integrality=integrality,
        bounds=Bounds(bounded.low, bounded.high),
        constraints=LinearConstraint(bounded.matrix, bounded.row_low, bounded.row_high),
        options={"mip_rel_gap": gap, "node_limit": MOST_NODES},
    )
    if result.x is None:
        return None
    values = np.where(integrality, np.round(result.x), result.x)
    return _Found(values, -float(result.mip_dual_bound), np.zeros(0), np.zeros(0))
