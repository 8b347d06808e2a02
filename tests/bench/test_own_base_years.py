"""What a step costs on own base years, a pool, beside Hunan's in the same run: `pytest tests/bench`.

A step is a plan with the base year at hand, 4,096 draws, all measures, 60 months. Its time is the processor's, the base
years take turns, and the least of all turns counts. Beside each stands Hunan under the same rules and with about as
many draws kept: where counties decide their own files there are more reviews to go through, and a base year that keeps
few draws is quick for that alone. Every step has a part that no pool makes, so a city of seven pools pays more of it a
pool than Hunan's 29.
"""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from nation import ID, keep_nation
from other_base_years import GUANGDONG, HUNAN, ONE_CITY, plan_on, reading_of

from model import Scenario
from model.evidence.base_year_folders import find_baseline
from model.files.base_years.store import BaseYears
from model.projection.base_year import USUAL_DRAWS, BaseYear, base_year_of
from model.projection.project import against

TURNS = 7
MOVE = {"staff.change.city": -20.0, "staff.change.county": 20.0}
MOST = 1.1
"""How much more than a pool of Hunan's one of another base year may cost, for what a clock cannot tell."""


def base_years() -> dict[str, tuple[BaseYear, Scenario]]:
    """Base year and plan by name."""
    readings = {f"Guangdong, {one}": reading_of(one) for one in ("cheaper_tasks", "more_hands")}
    plans = {
        "Hunan": (Scenario(levers=MOVE), HUNAN),
        **{name: (plan.with_decisions(levers=MOVE), GUANGDONG) for name, plan in readings.items()},
        "one city": (plan_on("one city")[0], ONE_CITY),
        "nation": (Scenario(baseline=ID, levers=MOVE), find_baseline(ID)),
    }
    return {name: (base_year_of(plan, baseline), plan) for name, (plan, baseline) in plans.items()}


def hunan_beside(base: BaseYear) -> BaseYear:
    """Hunan's base year under the rules of another, with about as many draws kept."""
    hunan = replace(HUNAN, rules=base.baseline.rules)
    kept = base_year_of(Scenario(), hunan).draws.kept
    return base_year_of(Scenario(), hunan, round(base.draws.kept * USUAL_DRAWS / kept))


def test_a_step_by_pool_beside_hunans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prints the table; a base year of no fewer pools than Hunan's costs no more a pool."""
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path))
    keep_nation(BaseYears())
    cases = base_years()
    twins = {name: hunan_beside(base) for name, (base, _) in cases.items()}
    taken: dict[tuple[str, bool], float] = {}
    for _ in range(TURNS):
        for name, (base, plan) in cases.items():
            for is_twin, year in ((False, base), (True, twins[name])):
                start = time.process_time()
                against(year, Scenario(levers=MOVE) if is_twin else plan)
                taken[name, is_twin] = min(taken.get((name, is_twin), float("inf")), time.process_time() - start)
    for name, (base, _) in cases.items():
        pools, hunans = len(base.baseline.pools), len(HUNAN.pools)
        own, twin = (taken[name, is_twin] * 1e3 for is_twin in (False, True))
        ratio = (own / pools) / (twin / hunans)
        drawn = f"{name:26} {pools:3} pools {base.draws.kept:5} draws"
        print(f"{drawn}  {own:4.0f} ms, Hunan's beside it {twin:4.0f} ms  a pool / Hunan's {ratio:.2f}")
        if pools >= hunans:
            assert ratio <= MOST, name
