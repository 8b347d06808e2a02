"""How long everything that a plan is handed out as takes, projection included: under 10 s on two cores."""

from datetime import date
from itertools import count

from model import Scenario, project
from model.outputs.handout.handout import Handout
from model.outputs.package import package
from model.projection.base_year import baseline_of

DAY = date(2026, 11, 24)


def test_the_whole_package_of_a_plan_nobody_asked_for_before(benchmark):
    people = count(1)

    def made() -> bytes:
        moved = float(next(people))
        plan = Scenario(levers={"staff.change.city": -moved, "staff.change.county": moved})
        return package.zipped(package.files(Handout(project(plan), baseline_of(plan), DAY, "zh")), "zh")

    data = benchmark.pedantic(made, rounds=5, warmup_rounds=1)
    benchmark.extra_info["megabytes"] = round(len(data) / 1e6, 2)


def test_the_inspection_plan_alone(benchmark):
    plan = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
    projection, baseline = project(plan), baseline_of(plan)
    benchmark(lambda: Handout(projection, baseline, DAY, "zh").inspections)
