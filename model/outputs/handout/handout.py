"""What the files of a plan are made from: projection, base year, day and language."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from model.evidence.baseline import Baseline
from model.force.people import people_by_tier
from model.outputs.handout.passport import Passport, passport
from model.outputs.phrasing.provenance import Provenance, provenance
from model.projection.base_year import base_year_of
from model.projection.results import Projection
from model.schedule.inspection_plan import InspectionPlan, inspection_plan


@dataclass(frozen=True, eq=False)
class Handout:
    """A plan to be handed out; what several files need is computed once, at its first use."""

    projection: Projection
    baseline: Baseline
    made_on: date
    language: str

    @cached_property
    def passport(self) -> Passport:
        """What every file says of its own making."""
        return passport(self.projection, self.baseline, self.made_on, self.language)

    @cached_property
    def provenance(self) -> Provenance:
        """The last columns of every table, and the line under every picture."""
        return provenance(self.projection, self.made_on, self.passport.name)

    @cached_property
    def people(self) -> dict[str, tuple[float, float]]:
        """People of each tier in the base year and under the plan (`people_by_tier`)."""
        return people_by_tier(self.projection.scenario, self.baseline)

    @cached_property
    def inspections(self) -> InspectionPlan:
        """The inspection plan of the year in whole visits."""
        scenario, draws = self.projection.scenario, self.projection.draws.drawn
        base = base_year_of(scenario, self.baseline, draws, self.projection.seed)
        return inspection_plan(base, scenario)
