"""Statistics over the plausible draws: bands, paired differences, and the weight of the assumptions."""

import numpy as np

from model.evidence.draws import Assumed
from model.projection.results import Band, DrawsCount, Odds, Paired, PairedPlans

LEAST_DRAWS = 200
PERCENTILES = (0.1, 0.5, 0.9)


def percentiles(values: np.ndarray) -> np.ndarray:
    """10th, 50th and 90th percentile along the last axis, (3, ...), on straight lines as `np.quantile`.

    >>> percentiles(np.arange(11.0)).tolist()
    [1.0, 5.0, 9.0]
    """
    place = np.array(PERCENTILES) * (values.shape[-1] - 1)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, values.shape[-1] - 1)
    ordered = np.sort(values, axis=-1)
    low, high = ordered[..., below], ordered[..., above]
    return np.moveaxis(low + (place - below) * (high - low), -1, 0)


def band(values: np.ndarray) -> Band:
    """The band of one quantity over the draws (draws,)."""
    return Band(*map(float, percentiles(values)))


def expected_shortfall(values: np.ndarray, level: float) -> np.ndarray:
    """Mean of the worst 1 - `level` of the draws along the last axis (CVaR; Rockafellar and Uryasev 2000).

    The values are losses, so high is bad. `level` in [0, 1), else ValueError; 0 is the plain mean. A draw that is in
    the tail only in part counts in part; a tail of less than one draw is the largest value.

    >>> expected_shortfall(np.arange(10.0), 0.8).item(), expected_shortfall(np.arange(10.0), 0.85).item()
    (8.5, 8.666666666666666)
    """
    if not 0 <= level < 1:
        raise ValueError(f"level must be in the interval [0, 1), got {level}")
    count = values.shape[-1]
    weights = np.clip(np.arange(1, count + 1) - level * count, 0.0, 1.0)
    return np.sort(values, axis=-1) @ (weights / weights.sum())


def paired_difference(values: np.ndarray, base: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Scenario less base year, draw by draw, with 0 in the place of rounding error.

    Rounding error is less than 1e-9 of `size`, the base year's `largest_amount`.
    """
    difference = values - base
    np.putmask(difference, np.abs(difference) <= 1e-9 * size, 0.0)
    return difference


def largest_amount(values: np.ndarray) -> np.ndarray:
    """The largest amount along the last axis, (..., 1), without its sign and at least 0.001."""
    return np.maximum(np.abs(values).max(axis=-1, keepdims=True), 1e-3)


def odds(differences: np.ndarray, better: int) -> list[Odds]:
    """The odds of each row of paired differences, (rows, draws); `better` as of a measure.

    >>> odds(np.array([[0.0, -1.0, 2.0, 0.0], [0.0, 0.0, 0.0, 0.0]]), better=-1)
    [Odds(better=0.25, worse=0.25), Odds(better=0.0, worse=0.0)]
    """
    draws = differences.shape[1]
    sides = (differences < 0, differences > 0) if better < 0 else (differences > 0, differences < 0)
    # Row by row: along an axis NumPy's count is slow.
    shares = ([int(np.count_nonzero(row)) / draws for row in side] for side in sides)
    return [Odds(*row) for row in zip(*shares, strict=True)]


def paired(base: np.ndarray, scenario: np.ndarray, better: int) -> Paired:
    """One quantity over the draws, (draws,), under two scenarios, draw by draw; `better` as of a measure."""
    difference = paired_difference(scenario, base, largest_amount(base))
    return Paired(band(base), band(scenario), band(difference), odds(difference[None], better)[0])


def paired_plans(base: np.ndarray, first: np.ndarray, second: np.ndarray, better: int) -> PairedPlans:
    """One quantity over the draws, (draws,), in the base year and under two plans."""
    first_change, second_change = (
        float(np.median(paired_difference(plan, base, largest_amount(base)))) for plan in (first, second)
    )
    both = vars(paired(first, second, better))
    return PairedPlans(**both, base_year=float(np.median(base)), first_change=first_change, second_change=second_change)


def effective_draws(weights: np.ndarray) -> int:
    """Kish's effective sample size (sum w)^2 / sum w^2, rounded down.

    The number of draws where all weigh the same, 0 where none has a weight.
    """
    return int(weights.sum() ** 2 / np.square(weights).sum() + 1e-9) if weights.any() else 0


def count(plausible: np.ndarray) -> DrawsCount:
    """Draws of the prior, kept and effective ones, from the mask of plausible draws, (draws,)."""
    effective = effective_draws(plausible.astype(float))
    return DrawsCount(drawn=len(plausible), kept=int(plausible.sum()), effective=effective)


def ranks(assumed: Assumed) -> tuple[list[str], np.ndarray]:
    """Ids and standardised ranks, (assumptions, draws), of the assumptions that vary, if any do."""
    from scipy.stats import rankdata  # As in `draw`.

    columns = np.concatenate(list(assumed.values()), axis=1)
    varies = np.ptp(columns, axis=0) > 0
    ids = [id for id, one in zip(assumed, varies, strict=True) if one]
    return ids, _standardised(rankdata(columns[:, varies].T, axis=1))


def rests_on(
    ids: list[str], assumption_ranks: np.ndarray, answers: np.ndarray, most: int = 5
) -> list[tuple[tuple[str, float], ...]]:
    """The assumptions that each answer rests on most, by rank correlation (Spearman), strongest first.

    `answers` is (answers, draws), `assumption_ranks` as of `ranks`. An answer that is the same in every draw rests on
    none; correlations under 0.1 are left out.
    """
    ordered = np.empty(answers.shape)
    np.put_along_axis(ordered, np.argsort(answers, axis=1), np.arange(float(answers.shape[1]))[None], axis=1)
    # Not a matrix product: its threads get in the way of other sessions' on a busy server.
    correlations = np.einsum("rd,ad->ra", _standardised(ordered), assumption_ranks)
    spread = np.ptp(answers, axis=1) > 1e-9 * np.maximum(np.abs(answers).max(axis=1), 1e-9)
    return [
        tuple(
            (ids[k], round(float(row[k]), 3)) for k in np.argsort(-np.abs(row))[:most] if varies and abs(row[k]) >= 0.1
        )
        for row, varies in zip(correlations, spread, strict=True)
    ]


def _standardised(values: np.ndarray) -> np.ndarray:
    """Each row less its mean, at length 1; a row that does not vary becomes 0."""
    centred = values - values.mean(axis=1, keepdims=True)
    return centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-12)
