"""What a search begins with: base year, representative case, and the own change of people."""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Baseline
from model.projection.base_year import BaseYear, base_year_of, baseline_of
from model.projection.progress import Progress
from model.projection.representative_case import representative_base
from model.scenario.scenario import Scenario
from model.search.engine.staffing_plan import Refusal
from model.search.programme.response import Case, open_case


@dataclass(frozen=True, eq=False)
class Opening:
    """A scenario on its base year: `base` in all kept draws, `case` in the representative case.

    `own` is the change of people by pool that the scenario itself makes in the representative case, (pools,).
    """

    base: BaseYear
    case: Case
    own: np.ndarray

    @property
    def refusal(self) -> Refusal | None:
        """Why nothing can be searched for: conditions of plausibility that the case misses, if any."""
        conditions = tuple(self.case.base.closure.refusals)
        return Refusal(conditions=conditions) if conditions else None


def open_search(
    scenario: Scenario, baseline: Baseline | None, draws: int, seed: int, progress: Progress | None = None
) -> Opening:
    """Open a search under a scenario; on its own baseline where none is given.

    `draws` are made before the plausibility filter. Raises TooFewDraws as `project` does.
    """
    baseline = baseline or baseline_of(scenario)
    base = base_year_of(scenario, baseline, draws, seed)
    case, own = open_case(representative_base(base, scenario), scenario, progress)
    return Opening(base, case, own)
