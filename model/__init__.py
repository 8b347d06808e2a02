"""Frontline (一线): what an enforcement force can inspect and decide, wherever its people sit.

A `Baseline` is one base year as data: figures, places, assumptions with ranges (`evidence`). Its unknowns are drawn
together, and in every draw the base year is closed exactly; implausible draws are dropped. A `Scenario` moves levers
(`scenario`). Its people are seated, and their time and work laid out by pool (`force`); the time is spent in the law's
order, files are investigated, reviewed and decided, the months follow (`year`). `project` gives the measures of base
year and scenario on the same draws, with bands; `explain` and `ask_first` say where they come from (`projection`). The
best plan, the worth of one more person, the trade-off, the plan for targets and the safe plan are searched for
(`search`); a year's visits become an inspection plan in whole numbers (`schedule`). `files` reads and keeps what people
save and bring; `outputs` turns results into things people read.

The method stands in `model/method.en.md` (`model/method.zh.md`), a formula for every step; docstrings cite its sections
by number.

>>> from model import Scenario, project
>>> project(Scenario(), draws=1024).measures["staff"].total.base.p50
2359.0
"""

from model.evidence.baseline import Baseline, read_baseline, shipped_baseline
from model.files.problem import WrongScenario
from model.files.scenario_file import load
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
    "WrongScenario",
    "__version__",
    "load",
    "project",
    "read_baseline",
    "shipped_baseline",
]
