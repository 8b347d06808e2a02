"""The weight of each unknown in an answer: the narrowing that knowing it brings, and Sobol's indices."""

from collections.abc import Callable

import numpy as np

from model.projection.statistics import percentiles

DRAWS_A_BIN = 100
LEAST_BINS = 4
SHUFFLES = 40


def narrowing(known: np.ndarray, answer: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, float]:
    """The narrowing of an answer's 10 to 90 % band when one unknown is known, on average over its values.

    `answer` is (draws,), `known` the unknowns one by one, (unknowns, draws). The narrowing is a share of the band's
    width, (unknowns,); beside it stands the standard deviation that chance alone gives where the answer does not hang
    on the unknown at all. 0 and 0 for an answer that does not vary.

    The draws must be independent of one another: evenly spread ones (Sobol's sequence) leave patterns between pairs of
    unknowns that pass for a dependence. They are sorted by the unknown into bins of about 100, a straight line in the
    unknown is taken off within each bin, and the bins' widths are averaged. The same is done with the draws in random
    order: the narrowing that small bins alone bring cancels, and the scatter over such orders is that of chance. One of
    two uniform unknowns that add up:

    >>> x, y = np.random.default_rng(1).random((2, 20_000))
    >>> exact = 1 - 0.8 / (2 - 2 * 0.2**0.5)
    >>> abs(narrowing(x[None], x + y, np.random.default_rng(2))[0].item() - exact) < 0.01
    True
    """
    if np.ptp(answer) <= 1e-12 * np.abs(answer).max():
        return np.zeros(len(known)), 0.0
    by_chance = [_mean_width(places, answer, generator) for places in generator.random((SHUFFLES, len(answer)))]
    widths = np.array([_mean_width(values, answer, generator) for values in known])
    return 1 - widths / np.mean(by_chance), float(np.std(by_chance, ddof=1) / np.mean(by_chance))


def _mean_width(known: np.ndarray, answer: np.ndarray, generator: np.random.Generator) -> float:
    """The mean width of the answer's band over bins of draws that are alike in one unknown."""
    bins = max(len(known) // DRAWS_A_BIN, LEAST_BINS)
    size = len(known) // bins
    # Draws that do not fill a bin are left out at random, not at the end.
    some = generator.permutation(len(known))[: bins * size]
    order = some[np.argsort(known[some])]
    x, y = (values[order].reshape(bins, size) for values in (known, answer))
    x = x - x.mean(axis=1, keepdims=True)
    slope = (x * y).sum(axis=1, keepdims=True) / np.maximum(np.square(x).sum(axis=1, keepdims=True), 1e-300)
    p10, _, p90 = percentiles(y - slope * x)
    return float((p90 - p10).mean())


def sobol(
    function: Callable[[np.ndarray], np.ndarray], inputs: int, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Sobol's first-order and total index of every input, (answers, inputs) each.

    They are the parts of an answer's variance that the input makes alone, and with all others; 0 for an answer that
    does not vary. `function` takes independent inputs (inputs, n), uniform in [0, 1], and gives answers (answers, n).
    Saltelli's design of 2010 takes `draws`, a power of two, times (`inputs` + 2) evaluations.
    """
    from scipy.stats import sobol_indices, uniform  # As in `draw`.

    if not inputs:
        return (np.zeros((len(function(np.empty((0, 1)))), 0)),) * 2
    with np.errstate(invalid="ignore", divide="ignore"):
        indices = sobol_indices(
            func=function,
            n=draws,
            dists=[uniform()] * inputs,  # type: ignore[list-item]  # the stub knows a ppf of one signature only
            rng=np.random.default_rng(seed),
        )
    first, total = (np.nan_to_num(np.atleast_2d(index)) for index in (indices.first_order, indices.total_order))
    return first, total
