"""What the files of a plan are made from: its projection, its base year, a day and a language."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from model.evidence.baseline import Baseline
from model.force.people import people_by_tier
from model.outputs.handout.passport import Passport, passport
from model.outputs.phrasing.markup import printable
from model.outputs.phrasing.numbers import count
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.project import evaluate
from model.projection.results import Projection
from model.schedule.inspection_plan import InspectionPlan, inspection_plan


@dataclass(frozen=True, eq=False)
class Handout:
    """A plan to be handed out. What several files need is computed once, when it is first asked for."""

    projection: Projection
    baseline: Baseline
    made_on: date
    language: str

    @cached_property
    def passport(self) -> Passport:
        return passport(self.projection, self.baseline, self.made_on, self.language)

    @cached_property
    def people(self) -> dict[str, tuple[float, float]]:
        """People by tier, base year and plan, as the planner set them."""
        return people_by_tier(self.projection.scenario, self.baseline)

    @cached_property
    def inspections(self) -> InspectionPlan:
        scenario, drawn = self.projection.scenario, self.projection.draws.drawn
        base = base_year_of(scenario, self.baseline, drawn, self.projection.seed)
        return inspection_plan(base, evaluate(base, scenario))

    def made(self, most: int = 400) -> str:
        """How it was made, in one line, with so many characters of the plan's name at most."""
        name, draws = " ".join(printable(self.passport.name).split()), self.projection.draws
        return text(
            "export.made",
            self.language,
            name=name if len(name) <= most else f"{name[:most]}…",
            drawn=count(draws.drawn),
            kept=count(draws.kept),
            seed=self.projection.seed,
            version=self.projection.model_version,
            date=self.made_on.isoformat(),
        )
