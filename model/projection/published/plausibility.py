"""The plausibility filter: the draws that it refuses, and how it moves the assumptions.

Method, section 10.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from model.evidence.draws import draw
from model.projection.base_year import BaseYear
from model.year.closure import close
from model.year.kept import kept_with_owner


@dataclass(frozen=True)
class Shift:
    """The move of one assumption from all draws to those kept.

    `mean` is the shift of its mean in standard deviations of all draws, `spread` the standard deviation of the kept
    draws over that of all.
    """

    id: str
    mean: float
    spread: float


@dataclass(frozen=True)
class Plausibility:
    """The filter of one base year.

    `refused` counts by condition the draws that it refuses, alone or with others, most first. `shifts` has every
    assumption that varies, closed ones too, the most moved or narrowed first.
    """

    refused: Mapping[str, int]
    shifts: tuple[Shift, ...]


@kept_with_owner(1)
def plausibility(base: BaseYear) -> Plausibility:
    """What the filter did to the draws of a base year; they are drawn and closed once more for it."""
    of_prior = draw(base.assumptions, base.draws.drawn, base.seed)
    closure = close(base.baseline, base.assumptions, of_prior, base.reading)
    shifts = []
    for id, values in {**of_prior, **closure.closed}.items():
        if (deviation := values.std()) > 1e-12 * abs(values).max():
            kept = values[closure.plausible]
            shifts.append(Shift(id, float((kept.mean() - values.mean()) / deviation), float(kept.std() / deviation)))
    return Plausibility(
        refused=dict(sorted(closure.refusals.items(), key=lambda item: -item[1])),
        shifts=tuple(sorted(shifts, key=lambda one: -max(abs(one.mean), abs(one.spread - 1)))),
    )
