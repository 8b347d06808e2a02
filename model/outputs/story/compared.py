"""What the files of a comparison are made from: plans, names, base year, day and language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from model.evidence.baseline import Baseline
from model.outputs.handout.handout import Handout
from model.outputs.handout.origin import Origin
from model.outputs.handout.passport import Passport, comparison_passport
from model.outputs.story.common_slides import day_in_words
from model.outputs.story.comparison_story import ComparisonTeller, comparison_story
from model.outputs.story.story import CONTINUED, Occasion, Slide, Story
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison


@dataclass(frozen=True)
class Compared:
    """A comparison to be handed out.

    `reference` is the place of the plan the others are read against; `origins` are the files that the plans came from.
    """

    comparison: Comparison
    names: tuple[str, ...]
    reference: int
    baseline: Baseline
    made_on: date
    language: str
    origins: tuple[Origin, ...]

    @cached_property
    def teller(self) -> ComparisonTeller:
        return ComparisonTeller(self.baseline, self.language, self.comparison, self.names, self.reference)

    @cached_property
    def passport(self) -> Passport:
        scenarios = [projection.scenario for projection in self.comparison.projections]
        of = self.comparison, scenarios, self.names, self.baseline
        return comparison_passport(*of, self.made_on, self.language, self.origins)

    @cached_property
    def story(self) -> Story:
        day = Occasion(day=day_in_words(self.made_on, self.language))
        return comparison_story(self.comparison, self.names, self.reference, self.baseline, self.language, day)

    def of(self, id: str) -> tuple[Slide, ...]:
        """A slide and the pages that continue it."""
        return tuple(slide for slide in self.story.slides if slide.id.partition(CONTINUED)[0] == id)

    @property
    def handouts(self) -> Iterator[Handout]:
        """Every plan by itself, in their order."""
        for projection, origin in zip(self.comparison.projections, self.origins, strict=True):
            yield Handout(projection, baseline_of(projection.scenario), self.made_on, self.language, origin)
