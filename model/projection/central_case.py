"""The central case: every assumption at its mid, one draw instead of thousands.

It serves plans that are searched for or followed step by step; only the bands of `project` say how sure a figure is.
"""

from model.evidence.baseline import Baseline
from model.projection.base_year import central_base
from model.projection.project import Evaluation, evaluate
from model.scenario.scenario import Scenario


def central_case(scenario: Scenario, baseline: Baseline | None = None) -> Evaluation:
    """A scenario in the central case; `values` is (measures, scopes, 1).

    >>> round(central_case(Scenario()).values[0, 0].item())
    2359
    """
    return evaluate(central_base(scenario, baseline), scenario)
