"""What every slide of a story draws on: the plan told, its levers in words, its charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from model.evidence.baseline import TIERS, Baseline
from model.outputs.charts import plan_charts
from model.outputs.compare.comparison import LETTERS, measure_name
from model.outputs.handout.people import people_by_tier
from model.outputs.phrasing.numbers import amount, change, percent, setting, unit_word, with_unit
from model.outputs.story.story import Chart
from model.outputs.story.story_notes import measure_notes
from model.outputs.words import text
from model.projection.results import Projection
from model.scenario.levers import Lever, levers

MOST_ROWS = 8
"""Rows of a table that can be read from the back of a room."""
NAME_EMS, TEXT_EMS = 44, 150
"""How much of what somebody wrote a slide shows; the file holds all of it."""


@dataclass(frozen=True)
class Told:
    """What is told, of which base year, in which language."""

    projection: Projection
    baseline: Baseline
    language: str

    def say(self, key: str, **values: object) -> str:
        return text(f"story.{key}", self.language, **values)

    @property
    def decided(self) -> bool:
        return bool(self.projection.scenario.levers)

    @cached_property
    def moved(self) -> list[tuple[str, float]]:
        """The tiers whose people change, by how many."""
        changes = [(tier, float(self.projection.scenario.levers.get(f"staff.change.{tier}", 0))) for tier in TIERS]
        return [(tier, people) for tier, people in changes if people]

    @cached_property
    def turned(self) -> list[Lever]:
        """The other levers that are off their base."""
        table, chosen = levers(self.baseline), self.projection.scenario.levers
        return [lever for id, lever in table.items() if id in chosen and not id.startswith("staff.change.")]

    def settings(self, lever: Lever) -> dict[str, str]:
        """A lever in words: its name, its base and what the plan makes of it."""
        return {
            "label": lever.label[self.language],
            "before": setting(lever, lever.base, self.language),
            "after": setting(lever, self.projection.scenario.levers[lever.id], self.language),
        }

    @cached_property
    def moves(self) -> str:
        comma = text("plan.list_comma", self.language)
        tier = {tier: text(f"terms.tier_{tier}", self.language) for tier in TIERS}
        return comma.join(
            self.say("tier_change", tier=tier[one], change=change(people, "people")) for one, people in self.moved
        )

    def whole(self, value: float, unit: str) -> str:
        return with_unit(amount(value, unit), unit_word(unit, self.language), self.language)

    def measure(self, id: str) -> str:
        return measure_name(id, [self.projection], self.language)

    def notes(self, *ids: str) -> tuple[str, ...]:
        return measure_notes(ids, self.projection, self.baseline, self.language)

    def chart(self, name: str) -> Chart:
        people = people_by_tier(self.projection.scenario, self.baseline)
        frame = plan_charts.data(name, self.projection, people, self.language)
        title = {
            "people": self.say("force_people"),
            "visits": self.titled("visits_title", "visits_axis"),
            "cases": self.titled("cases_title", "cases_axis"),
            "backlog": text("charts.backlog_axis", self.language),
            "days": text("charts.days_axis", self.language),
        }[name]
        return Chart(name, capital(title), text(f"charts.{name}_alt", self.language), tuple(frame.to_dict("records")))

    def titled(self, title: str, unit: str) -> str:
        return self.say(
            "chart_title", title=text(f"charts.{title}", self.language), unit=text(f"charts.{unit}", self.language)
        )


def lettered(options: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(
        text("story.lettered", language, letter=letter, option=option)
        for letter, option in zip(LETTERS, options, strict=False)
    )


def signed_percent(ratio: float) -> str:
    """A relative change with its sign.

    >>> signed_percent(0.0208), signed_percent(-0.124)
    ('+2.1%', '−12.4%')
    """
    return ("+" if ratio > 0 else "") + percent(ratio)


def capital(sentence: str) -> str:
    """A headline as it begins; Chinese has no capitals.

    >>> capital("field time in all pools")
    'Field time in all pools'
    """
    return sentence[:1].upper() + sentence[1:]


def constraint(name: str, language: str) -> str:
    return text(f"terms.constraint_{name.replace(' ', '_')}", language)
