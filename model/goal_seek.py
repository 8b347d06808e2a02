"""Goal seek: the fewest people moved so that stated targets hold (method, section 14)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.allocation import Limits
from model.baseline import Baseline
from model.best_plan import Move, Refusal, moves_of, with_people
from model.goal import GOALS
from model.panel import Panel
from model.programme import Conflict
from model.project import base_year_of, baseline_of
from model.pursuit import Pursuit, moved_by
from model.reliefs import Relief, reliefs
from model.response import central_case
from model.results import DrawsCount
from model.scenario import Scenario
from model.search import Search
from model.target import Target
from model.targets_met import FewestMoved


@dataclass(frozen=True)
class Standing:
    """How a target stands under the scenario's own plan and under the plan found: the measure in the central case,
    and the share of draws in which the target holds. `in_draws` is what the plan found reaches at least (or at most) in
    the share of draws that was asked, where one was. `alone` is the furthest the measure goes in the central case
    whatever becomes of the other targets, where they do not all hold."""

    target: Target
    own: float
    value: float
    own_share: float
    share: float
    in_draws: float | None
    alone: float | None

    @property
    def holds(self) -> bool:
        return float(self.target.missing(np.array(self.value))) <= 0
