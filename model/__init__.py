"""Frontline (一线): what an enforcement force can inspect and decide, wherever its people sit.

The story: a `Baseline` is one base year as data (evidence, places, assumptions with ranges). Its unknowns are drawn
together (`draws`), and in every draw the base year is closed exactly (`closure`): what is not plausible is dropped. A
`Scenario` moves levers. Its people are seated (`staff`), their time and what asks for it laid out by pool (`workload`),
the time spent in the law's order (`budget`), files decided through investigation and legal review (`decision`), a year
computed (`year`) and the months walked (`months`). `project` gives the measures of base year and scenario on the same
draws, with bands. `best_plan` seeks where people should sit for a goal, by linear programmes whose coefficients are the
year's own answers; `worth` says what one more person would add, `frontier` what can be had together, `targets` what
they take, `robust` what does best in the worst draws.

The method stands in `model/method.en.md` (`model/method.zh.md`), a formula for every step; docstrings cite its sections
by number.

>>> from model import Scenario, project
>>> project(Scenario(), draws=1024).measures["staff"].total.base.p50
2359.0
"""

from model.evidence.baseline import Baseline, read_baseline, shipped_baseline
from model.projection.project import project
from model.projection.results import Projection, TooFewDraws
from model.scenario.scenario import ChangedAssumption, Scenario
from model.version import MODEL_VERSION as __version__

__all__ = [
    "Baseline",
    "ChangedAssumption",
    "Projection",
    "Scenario",
    "TooFewDraws",
    "__version__",
    "project",
    "read_baseline",
    "shipped_baseline",
]
