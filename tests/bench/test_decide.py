"""How long it takes to say what did it and what to ask for first, 4,096 draws by 29 pools: `pytest tests/bench`.

To be held against a step of the same run (`test_project`); both use as many cores as there are, up to four.
"""

from model.evidence.baseline import shipped_baseline
from model.projection.base_year import base_year_of
from model.projection.explain import explain
from model.projection.unknowns.ask_first import ask
from model.scenario.scenario import Scenario

BASELINE = shipped_baseline("hunan-2021")
EIGHT = Scenario(
    levers={
        "staff.change.city": -100.0,
        "staff.change.county": 100.0,
        "frontline_share.city": 0.65,
        "frontline_share.county": 0.75,
        "other_duties_cut": 0.1,
        "training_days": 20.0,
        "visit_time_saved": 0.1,
        "offsite_checks": 6000.0,
        "targeted_share": 0.4,
    }
)


def test_what_did_it_with_eight_decisions(benchmark):
    base = base_year_of(Scenario(), BASELINE)
    found = benchmark.pedantic(lambda: explain(base, EIGHT), rounds=3, warmup_rounds=1)
    assert len(found.decisions) == 8 and found.exact


def test_what_to_ask_for_first(benchmark):
    base = base_year_of(Scenario(), BASELINE)
    found = benchmark.pedantic(lambda: ask(base, EIGHT), rounds=3, warmup_rounds=1)
    benchmark.extra_info["implausible draws of the prior"] = round(found.implausible, 3)
