"""What figures were made from, as every file says it: plan, draws, seed, model version, day."""

from dataclasses import dataclass
from datetime import date

from model.outputs.phrasing.markup import printable
from model.outputs.phrasing.numbers import count
from model.outputs.words import text
from model.projection.results import Projection

MOST_NAME = 400
"""Characters of a plan's name in a sentence."""


@dataclass(frozen=True)
class Provenance:
    """The plan's name, empty where several plans are compared, and what makes its figures again."""

    plan: str
    drawn: int
    kept: int
    seed: int
    version: str
    day: str

    def columns(self, language: str) -> dict[str, str | int]:
        """Value by heading, for the columns behind every row of a file."""
        plan = {"plan": self.plan} if self.plan else {}
        draws = {"drawn": self.drawn, "kept": self.kept, "seed": self.seed}
        cells: dict[str, str | int] = {**plan, **draws, "version": self.version, "day": self.day}
        return {text(f"provenance.{key}", language): value for key, value in cells.items()}

    def sentence(self, language: str, most_name: int = MOST_NAME) -> str:
        """One line, in which the plan's name takes at most `most_name` characters."""
        name = " ".join(printable(self.plan).split())
        how = text(
            "provenance.sentence",
            language,
            drawn=count(self.drawn),
            kept=count(self.kept),
            seed=self.seed,
            version=self.version,
            day=self.day,
        )
        if not self.plan:
            return how
        return text("provenance.of_plan", language, name=shortened(name, most_name), how=how)


def provenance(projection: Projection, day: date, plan: str = "") -> Provenance:
    """The provenance of a projection's figures in a file of a day, which calls the plan `plan`."""
    draws = projection.draws
    return Provenance(plan, draws.drawn, draws.kept, projection.seed, projection.model_version, day.isoformat())


def shortened(name: str, most: int) -> str:
    """The name, cut after `most` characters.

    >>> shortened("sink to counties", 4), shortened("sink", 4)
    ('sink…', 'sink')
    """
    return name if len(name) <= most else f"{name[:most]}…"
