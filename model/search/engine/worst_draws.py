"""The aim of a robust plan: to do well in its worst draws (CVaR; Rockafellar and Uryasev 2000)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.force.staff import people_moved
from model.projection.statistics import expected_shortfall
from model.search.aims.draw_sample import DrawSample
from model.search.aims.objective import coverage, criteria, worths_by_place
from model.search.programme.linear_programme import Programme, Term
from model.search.programme.moves import Moves
from model.search.programme.pool_curves import Rows
from model.year.year import Year


@dataclass(frozen=True, eq=False)
class WorstDraws:
    """That a plan is worth as much as can be on the mean of the worst 1 - `level` of a sample's draws.

    `units`: what one unit of each criterion counts (`Objective.units`). A person moved costs a `hair` of worth.
    `points` as in `ProgrammeAim`. Answers are the worth in every draw, (draws, plans); where the worst-off prefecture
    counts, the worth if each prefecture were that one, (draws x places, plans), of which the least is the worth.
    """

    sample: DrawSample
    units: Mapping[str, float]
    level: float
    hair: float
    points: int

    def near(self, change: np.ndarray) -> "WorstDraws":
        """The same: all draws of the sample matter."""
        return self

    @property
    def draws(self) -> int:
        """The number of draws."""
        return len(self.sample)

    def answers(self, changes: np.ndarray, around: np.ndarray | None = None, years: Year | None = None) -> np.ndarray:
        """The worth in every draw, or by place in every draw, (draws x places, plans)."""
        repeated, result = self.sample.years(changes, around)
        pools = repeated.baseline.pools
        by_place = worths_by_place(
            self.units,
            criteria(result, repeated.assumed, pools),
            lambda: coverage(result, pools),
        )
        by_draw = by_place.reshape(len(by_place), len(self.sample), -1).swapaxes(0, 1)
        return by_draw.reshape(-1, by_draw.shape[-1])

    def worth(self, answers: np.ndarray) -> np.ndarray:
        """What plans are worth, (draws, plans)."""
        return answers.reshape(len(self.sample), -1, answers.shape[-1]).min(axis=1)

    def shortfall(self, answers: np.ndarray) -> np.ndarray:
        """The mean of plans' worst draws as a loss, (plans,)."""
        return expected_shortfall(-self.worth(answers).T, self.level)

    def cost(self, answers: np.ndarray, changes: np.ndarray) -> np.ndarray:
        """The shortfall, and a hair for everybody who moves, (plans,)."""
        return self.shortfall(answers) + self.hair * people_moved(changes)

    def gain(self, programme: Programme, who: Moves, rows: Rows) -> list[Term]:
        """Rockafellar and Uryasev's programme: the least tail + mean excess over the tail / (1 - level)."""
        draws = len(self.sample)
        tail = programme.variables("tail", 1, low=-np.inf)
        excess = programme.variables("excess", draws)
        of_draw = np.repeat(excess, len(rows.now) // draws)
        programme.rows("worst draws", rows.term(), (of_draw, 1.0), (tail[None], 1.0), low=-rows.below)
        half = -self.hair / 2
        return [(tail, -1.0), (excess, -1 / (draws * (1 - self.level))), (who.out, half), (who.into, half)]
