"""The aim of a goal seek: targets hold in so many draws of a panel, and then the fewest people move."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.search.aims.draw_sample import DrawSample
from model.search.aims.target import Target
from model.search.engine.staffing_plan import moved_by
from model.search.programme.linear_programme import Programme, Term
from model.search.programme.pool_curves import Rows
from model.search.programme.staffing_programme import Moves

MISSED = 1e6
"""People that missing all of a target weighs as: nobody is saved at the price of a target."""
ASKED_BEFORE, ASKED_BEYOND = 24, 12
"""Draws that are asked often: of those that must hold the hardest ones, and the easiest of the others."""


@dataclass(frozen=True, eq=False)
class FewestMoved:
    """That targets hold together in at least `least` draws of a panel, and then that as few people move as can. Answers
    are what is to spare of every target in every draw, as a part of its size (`sizes_of`)."""

    panel: DrawSample
    targets: tuple[Target, ...]
    sizes: tuple[float, ...]
    least: int
    points: int

    def near(self, plan: np.ndarray) -> "FewestMoved":
        if len(self.panel) <= ASKED_BEFORE + ASKED_BEYOND:
            return self
        order = np.argsort(self.misses(self.answers(plan))[:, 0], kind="stable")
        first = max(self.least - ASKED_BEFORE, 0)
        asked = order[first : self.least + ASKED_BEYOND]
        return replace(self, panel=self.panel.some(asked), least=self.least - first)

    def answers(self, plans: np.ndarray, around: np.ndarray | None = None) -> np.ndarray:
        return self.spare(self.panel.targets(self.targets, plans, around))

    def spare(self, values: np.ndarray) -> np.ndarray:
        """Answers (targets x draws, plans) from what the measures come to, (targets, draws, plans)."""
        parts = zip(self.targets, self.sizes, values, strict=True)
        return np.concatenate([-target.missing(of) / size for target, size, of in parts])

    def misses(self, answers: np.ndarray) -> np.ndarray:
        """What each draw misses of all targets, (draws, plans); where all hold, the least that is to spare, below 0."""
        spare = answers.reshape(len(self.targets), len(self.panel), -1)
        missing = np.maximum(-spare, 0.0).sum(axis=0)
        return np.where(missing > 0, missing, -spare.min(axis=0))

    def miss(self, answers: np.ndarray) -> np.ndarray:
        """What the draw misses that decides, (plans,): of the draws that miss least, the last one that must hold."""
        return np.sort(self.misses(answers), axis=0)[self.least - 1]

    def cost(self, answers: np.ndarray, plans: np.ndarray) -> np.ndarray:
        miss = self.miss(answers)
        return moved_by(plans) + MISSED * np.maximum(miss, 0.0) + np.clip(miss, -0.5, 0.0)

    def gain(self, programme: Programme, who: Moves, rows: Rows) -> list[Term]:
        holds = np.argsort(self.misses(rows.now[:, None])[:, 0], kind="stable")[: self.least]
        asked = np.arange(len(rows.now)).reshape(len(self.targets), -1)[:, holds].ravel()
        missing = programme.variables("missing", len(asked))
        programme.rows("targets", rows.term(asked), (missing, 1.0), low=-rows.below[asked])
        return [(who.out, -0.5), (who.into, -0.5), (missing, -MISSED / len(holds))]


def sizes_of(targets: Sequence[Target], values: np.ndarray) -> tuple[float, ...]:
    """What amounts of the targets are measured by, where their measures have these values (targets,): by the target, or
    by twice the value where the target is beyond anything, so that a person's worth still counts."""
    far = [2 * abs(float(value)) or target.size for target, value in zip(targets, values, strict=True)]
    return tuple(min(target.size, size) for target, size in zip(targets, far, strict=True))
