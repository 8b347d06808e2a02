"""What the files of a plan are made from: projection, base year, day and language."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from model.evidence.baseline import Baseline
from model.force.people import people_by_tier
from model.outputs.handout.origin import NOWHERE, Origin
from model.outputs.handout.passport import Passport, passport
from model.outputs.handout.pool_figures import year_as_shown
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.provenance import Provenance, provenance
from model.projection.base_year import BaseYear, base_year_of
from model.projection.results import Projection
from model.projection.stability import Stability, stability
from model.projection.why.why import Why, why
from model.schedule.inspection_plan import InspectionPlan, inspection_plan


@dataclass(frozen=True, eq=False)
class Handout:
    """A plan to be handed out; what several files need is computed once, at its first use."""

    projection: Projection
    baseline: Baseline
    made_on: date
    language: str
    origin: Origin = NOWHERE
    template: bytes = b""
    """A bureau's own template of slides; empty for the shipped one."""

    def __post_init__(self) -> None:
        """Name the tiers in every file as the base year does."""
        object.__setattr__(self, "language", self.baseline.names_in(self.language))

    @cached_property
    def passport(self) -> Passport:
        """What every file says of its own making."""
        return passport(self.projection, self.baseline, self.made_on, self.language, self.origin)

    @cached_property
    def provenance(self) -> Provenance:
        """The last columns of every table, and the line under every picture."""
        return provenance(self.projection, self.made_on, self.passport.title)

    @cached_property
    def people(self) -> dict[str, tuple[float, float]]:
        """People of each tier in the base year and under the plan (`people_by_tier`)."""
        return people_by_tier(self.projection.scenario, self.baseline)

    @cached_property
    def base(self) -> BaseYear:
        """The base year that the plan stands on."""
        projection = self.projection
        return base_year_of(projection.scenario, self.baseline, projection.draws.drawn, projection.seed)

    @cached_property
    def shown(self) -> Projection:
        """The projection with figures that add up as they are printed."""
        return coherent(self.projection)

    @cached_property
    def inspections(self) -> InspectionPlan:
        """The inspection plan of the year in whole visits, tiers and prefectures as on every other page."""
        return inspection_plan(self.baseline.pool_names, year_as_shown(self.base, self.shown))

    @cached_property
    def stability(self) -> Stability:
        """What the plan changes under each other closure and reading."""
        return stability(self.base, self.projection)

    @cached_property
    def why(self) -> Why:
        """Why the plan changes the headline figures."""
        return why(self.base, self.projection)
