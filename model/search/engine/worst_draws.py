"""The aim of a robust plan: to do well in the draws in which it does worst (CVaR; Rockafellar and Uryasev 2000)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.projection.statistics import expected_shortfall
from model.search.aims.draw_sample import DrawSample
from model.search.aims.objective import criteria
from model.search.engine.staffing_plan import moved_by
from model.search.programme.linear_programme import Programme, Term
from model.search.programme.pool_curves import Rows
from model.search.programme.staffing_programme import Moves
from model.year.measures import regulated_units

WORST_OFF = "worst_off"


@dataclass(frozen=True, eq=False)
class WorstDraws:
    """That a plan is worth as much as can be on the mean of the worst 1 - `level` of a panel's draws.

    `units`: what one unit of each criterion counts (`Objective.units`). Answers are the worth in every draw; where the
    worst-off prefecture counts, what it would be if each prefecture were that one (draws x places): the least of these
    it is. A person moved costs a `hair` of worth.
    """

    panel: DrawSample
    units: Mapping[str, float]
    level: float
    hair: float
    points: int

    def near(self, plan: np.ndarray) -> "WorstDraws":
        return self

    def answers(self, plans: np.ndarray, around: np.ndarray | None = None) -> np.ndarray:
        panel, result = self.panel.years(plans, around)
        pools = panel.baseline.pools
        found = criteria(result, panel.assumed, pools)
        others = sum((unit * found[name] for name, unit in self.units.items() if name != WORST_OFF), np.zeros(1))
        others = np.broadcast_to(others, len(panel)).reshape(len(self.panel), 1, -1)
        if WORST_OFF in self.units:
            coverage = result.budget.visits @ pools.of_prefecture / regulated_units(pools, panel.assumed)
            by_place = coverage.reshape(len(self.panel), -1, coverage.shape[1]).swapaxes(1, 2)
            others = others + self.units[WORST_OFF] * by_place
        return others.reshape(-1, others.shape[-1])

    def worth(self, answers: np.ndarray) -> np.ndarray:
        """What plans are worth, (draws, plans)."""
        return answers.reshape(len(self.panel), -1, answers.shape[-1]).min(axis=1)

    def shortfall(self, answers: np.ndarray) -> np.ndarray:
        """The mean of plans' worst draws as a loss, (plans,)."""
        return expected_shortfall(-self.worth(answers).T, self.level)

    def cost(self, answers: np.ndarray, plans: np.ndarray) -> np.ndarray:
        return self.shortfall(answers) + self.hair * moved_by(plans)

    def gain(self, programme: Programme, who: Moves, rows: Rows) -> list[Term]:
        """Rockafellar and Uryasev's: the least tail + mean excess over the tail / (1 - level)."""
        draws = len(self.panel)
        tail = programme.variables("tail", 1, low=-np.inf)
        excess = programme.variables("excess", draws)
        of_draw = np.repeat(excess, len(rows.now) // draws)
        programme.rows("worst draws", rows.term(), (of_draw, 1.0), (tail[None], 1.0), low=-rows.below)
        half = -self.hair / 2
        return [(tail, -1.0), (excess, -1 / (draws * (1 - self.level))), (who.out, half), (who.into, half)]
