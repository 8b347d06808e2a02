"""The aim of a plan for targets: they hold in so many draws, and then the fewest people move."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.force.staff import people_moved
from model.search.aims.draw_sample import DrawSample
from model.search.aims.target import Target
from model.search.programme.linear_programme import Programme, Term
from model.search.programme.moves import Moves
from model.search.programme.pool_curves import Rows
from model.year.year import Year

MISSED = 1e6
"""People that missing all of a target weighs as."""
UNHELD = 1e4
"""People that missing a target by a hair weighs as: nobody is saved at the price of a target."""
HARDEST, EASIEST = 24, 12
"""Draws that are asked often: the hardest of those that must hold, and the easiest of the others."""


@dataclass(frozen=True, eq=False)
class FewestMoved:
    """That targets hold together in at least `least` draws of a sample, and then that few people move.

    Answers are what is to spare of every target in every draw, (targets x draws, plans), as a part of its size
    (`sizes_of`). `points` as in `ProgrammeAim`.
    """

    sample: DrawSample
    targets: tuple[Target, ...]
    sizes: tuple[float, ...]
    least: int
    points: int

    def near(self, change: np.ndarray) -> "FewestMoved":
        """The same of the draws that decide around a plan, where there are many."""
        if len(self.sample) <= HARDEST + EASIEST:
            return self
        order = np.argsort(self.misses(self.answers(change))[:, 0], kind="stable")
        first = max(self.least - HARDEST, 0)
        deciding = order[first : self.least + EASIEST]
        return replace(self, sample=self.sample.subset(deciding), least=self.least - first)

    @property
    def draws(self) -> int:
        """The number of draws."""
        return len(self.sample)

    def answers(self, changes: np.ndarray, around: np.ndarray | None = None, years: Year | None = None) -> np.ndarray:
        """What is to spare, (targets x draws, plans)."""
        return self.spare(self.sample.values(self.targets, changes, around))

    def spare(self, values: np.ndarray) -> np.ndarray:
        """Answers (targets x draws, plans) from the values of the measures, (targets, draws, plans)."""
        parts = zip(self.targets, self.sizes, values, strict=True)
        return np.concatenate([-target.missing(of) / size for target, size, of in parts])

    def misses(self, answers: np.ndarray) -> np.ndarray:
        """What each draw misses of all targets, (draws, plans); below 0 the least spare where all hold."""
        spare = answers.reshape(len(self.targets), len(self.sample), -1)
        missing = np.maximum(-spare, 0.0).sum(axis=0)
        return np.where(missing > 0, missing, -spare.min(axis=0))

    def miss(self, answers: np.ndarray) -> np.ndarray:
        """What the deciding draw misses, (plans,): of the draws that miss least, the last one that must hold."""
        return np.sort(self.misses(answers), axis=0)[self.least - 1]

    def holds(self, change: np.ndarray) -> bool:
        """Whether the targets hold in enough draws under a plan, (pools,)."""
        return bool(self.miss(self.answers(change[None]))[0] <= 0)

    def cost(self, answers: np.ndarray, changes: np.ndarray) -> np.ndarray:
        """People moved, (plans,), and what is missing as many more."""
        miss = self.miss(answers)
        missing = np.where(miss > 0, UNHELD + MISSED * miss, 0.0)
        return people_moved(changes) + missing + np.clip(miss, -0.5, 0.0)

    def gain(self, programme: Programme, who: Moves, rows: Rows) -> list[Term]:
        """Nobody moved and nothing missing in the draws that miss least under the plan itself."""
        best = np.argsort(self.misses(rows.now[:, None])[:, 0], kind="stable")[: self.least]
        to_hold = np.arange(len(rows.now)).reshape(len(self.targets), -1)[:, best].ravel()
        missing = programme.variables("missing", len(to_hold))
        programme.rows("targets", rows.term(to_hold), (missing, 1.0), low=-rows.below[to_hold])
        return [(who.out, -0.5), (who.into, -0.5), (missing, -MISSED / len(best))]


def sizes_of(targets: Sequence[Target], values: np.ndarray) -> tuple[float, ...]:
    """What amounts of targets are measured by, where their measures have these values, (targets,).

    That is the target itself, or twice the value where the target is far beyond it: there a person still counts.
    """
    far = [2 * abs(float(value)) or target.size for target, value in zip(targets, values, strict=True)]
    return tuple(min(target.size, size) for target, size in zip(targets, far, strict=True))
