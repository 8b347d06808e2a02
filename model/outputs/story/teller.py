"""Tellers: the subject of a story with the sentences, figures and charts that its slides share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from typing import Any

import pandas as pd

from model.evidence.baseline import TIERS, Baseline
from model.force.people import people_by_tier, tier_changes
from model.outputs.charts import plan_charts
from model.outputs.compare.comparison import LETTERS, measure_name
from model.outputs.phrasing.numbers import change, lever_moved, setting
from model.outputs.phrasing.sentences import other_levers, premise_in_words, premises
from model.outputs.phrasing.typesetting import clipped, ems, plain
from model.outputs.story.layout import has_room
from model.outputs.story.marks import Mark, headed, unmarked
from model.outputs.story.story import CONTINUED, Chart, Slide, Table
from model.outputs.story.story_notes import amount_with_unit, change_with_unit, measure_notes
from model.outputs.words import text
from model.projection.results import Projection
from model.scenario.levers import Lever

MOST_ROWS = 8
"""Most rows of a table that can be read from the back of a room."""
NAME_EMS, TEXT_EMS, WHOLE_EMS = 44, 150, 180
"""Most ems of a typed name, of a typed text that is cut, and of one that is whole, on a slide.

The scenario file has the full text.
"""


@dataclass(frozen=True)
class Teller:
    """The base year and the language of a story."""

    baseline: Baseline
    language: str

    def say(self, key: str, **values: object) -> str:
        """The sentence `story.<key>`."""
        return text(f"story.{key}", self.language, **values)

    def heads(self, *columns: str, marks: Sequence[Mark] = ()) -> tuple[str, ...]:
        """The heads of a table, `story.column_<name>`; all but the first have the marks of their cells."""
        first, *others = (self.say(f"column_{column}") for column in columns)
        return (first, *(headed(other, *marks) for other in others)) if marks else (first, *others)

    def tier(self, tier: str) -> str:
        """The name of a tier."""
        return text(f"terms.tier_{tier}", self.language)

    def constraint(self, name: str) -> str:
        """The words for what holds a pool back."""
        return text(f"terms.constraint_{name.replace(' ', '_')}", self.language)

    def amount(self, value: float, unit: str) -> str:
        """A measure's value with its unit."""
        return amount_with_unit(value, unit, self.language)

    def change(self, value: float, unit: str) -> str:
        """A difference with its sign and its unit."""
        return change_with_unit(value, unit, self.language)

    def chart(self, name: str, title: str, alt: str, frame: pd.DataFrame, *marks: Mark) -> Chart:
        """A chart of the rows of a frame, one dictionary a row, with the marks of its figures."""
        rows = tuple({str(column): value for column, value in row.items()} for row in frame.to_dict("records"))
        return Chart(name, headed(capital(title), *marks), alt, rows)

    def chart_title(self, title: str, unit: str) -> str:
        """The title of a chart with its unit."""
        return self.say("chart_title", title=title, unit=unit)

    def lettered(self, options: Iterable[str]) -> tuple[str, ...]:
        """The options of a question, each behind its letter."""
        letters = zip(LETTERS, options, strict=False)
        return tuple(self.say("lettered", letter=letter, option=option) for letter, option in letters)

    def numbered(self, points: Iterable[str]) -> tuple[str, ...]:
        """Points behind their numbers."""
        return tuple(self.say("numbered", n=n, point=point) for n, point in enumerate(points, 1))

    def with_table(self, slide: Slide, head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Slide, ...]:
        """A slide with a table, and the pages that continue it where the rows are more than MOST_ROWS."""
        return self._paged(slide, _tables(head, rows, MOST_ROWS))

    def with_long_rows(self, slide: Slide, head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Slide, ...]:
        """A slide with a table of long texts, and the pages that continue it where there is no room for all."""
        return self._paged(slide, _roomy(slide, tuple(head), tuple(map(tuple, rows))))

    def _paged(self, slide: Slide, tables: Sequence[Table]) -> tuple[Slide, ...]:
        more = (self.continued(slide, n, len(tables), table=table) for n, table in enumerate(tables[1:], 2))
        return replace(slide, table=tables[0]), *more

    def continued(self, slide: Slide, number: int, pages: int, **parts: Any) -> Slide:
        """The page with this number of a slide of so many, which has these parts and the slide's notes."""
        words, shapes = unmarked(slide.headline)
        headline = self.say("continued", headline=words, n=number, pages=pages) + shapes
        return Slide(f"{slide.id}{CONTINUED}{number}", headline, notes=slide.notes, **parts)


def _tables(head: Sequence[str], rows: Sequence[Sequence[str]], most: int) -> list[Table]:
    """The fewest tables of at most so many rows, as equally long as they can."""
    pages = max(-(-len(rows) // most), 1)
    each = max(-(-len(rows) // pages), 1)
    return _cut(head, rows, range(each, len(rows), each))


def _cut(head: Sequence[str], rows: Sequence[Sequence[str]], cuts: Iterable[int]) -> list[Table]:
    """The tables of rows cut before these places."""
    return [Table(tuple(head), tuple(map(tuple, rows[at:end]))) for at, end in pairwise((0, *cuts, len(rows)))]


@lru_cache(maxsize=64)
def _roomy(slide: Slide, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[Table]:
    """The fewest tables that have room, as equally long as they can; a row a table where none have.

    Kept, as a lever that is dragged asks again and again.
    """
    places = range(1, len(rows))
    ways = (_cut(head, rows, cuts) for pages in range(len(rows)) for cuts in combinations(places, pages))
    in_turn = sorted(ways, key=lambda tables: (len(tables), max(len(one.rows) for one in tables)))
    fits = (tables for tables in in_turn if all(has_room(replace(slide, table=one)) for one in tables))
    return next(fits, in_turn[-1])


@dataclass(frozen=True)
class PlanTeller(Teller):
    """The teller of one plan; without a decision it is the base year."""

    projection: Projection

    @property
    def has_decision(self) -> bool:
        """Whether the plan moves any lever."""
        return bool(self.projection.scenario.levers)

    @cached_property
    def tier_changes(self) -> list[tuple[str, float]]:
        """The tiers whose people change, each with the change in people."""
        changes = tier_changes(self.projection.scenario, self.baseline)
        return [(tier, people) for tier, people in changes.items() if people]

    @cached_property
    def other_levers(self) -> list[Lever]:
        """The decisions off their base, the changes of people by tier left out."""
        return other_levers(self.projection.scenario, self.baseline)

    @cached_property
    def premises(self) -> list[Lever]:
        """The levers off their base that nobody decides on."""
        return premises(self.projection.scenario, self.baseline)

    @property
    def premise(self) -> tuple[str, ...]:
        """The sentence on what the projection goes by; none where that is as in the base year."""
        words = premise_in_words(self.projection.scenario, self.baseline, self.language)
        return (words,) if words else ()

    def lever_moved(self, lever: Lever, words: str) -> str:
        """A lever with its base and the plan's value, as `words` puts it."""
        return lever_moved(lever, lever.base, self.projection.scenario.levers[lever.id], self.language, words)

    def setting(self, lever: Lever) -> dict[str, str]:
        """A lever's `label`, its base `before` and the plan's value `after`, in words."""
        return {
            "label": lever.label[self.language],
            "before": setting(lever, lever.base, self.language),
            "after": setting(lever, self.projection.scenario.levers[lever.id], self.language),
        }

    @cached_property
    def moves(self) -> str:
        """The changes of people by tier in one phrase."""
        changes = ((self.tier(tier), change(people, "people")) for tier, people in self.tier_changes)
        comma = text("plan.list_comma", self.language)
        return comma.join(self.say("tier_change", tier=tier, change=people) for tier, people in changes)

    @property
    def moves_said(self) -> str:
        """The changes of people by tier as they are asked for: how many more or fewer at each."""
        comma = text("plan.list_comma", self.language)
        return comma.join(
            self.say(
                "tier_fewer" if people < 0 else "tier_more",
                tier=self.tier(tier).lower(),
                people=change(abs(people), "people").lstrip("+"),
            )
            for tier, people in self.tier_changes
        )

    def measure(self, id: str) -> str:
        """The name of a measure, with the limit that it counts by."""
        return measure_name(id, [self.projection], self.language)

    def notes(self, *ids: str) -> tuple[str, ...]:
        """The presenter's notes on these measures."""
        return measure_notes(ids, self.projection, self.baseline, self.language)

    def plan_chart(self, name: str) -> Chart:
        """The chart of the Plan page by its name."""
        people = people_by_tier(self.projection.scenario, self.baseline)
        frame = plan_charts.data(name, self.projection, people, self.language)
        if name == "people":
            title = self.say("force_people")
        elif name in ("visits", "cases"):
            title = self.chart_title(self._word(f"{name}_title"), self._word(f"{name}_axis"))
        else:
            title = self._word(f"{name}_axis")
        marks = (*self.staff_marks, "set") if name == "people" else ("computed",)
        return self.chart(name, title, self._word(f"{name}_alt"), frame, *marks)

    @cached_property
    def staff_marks(self) -> tuple[Mark, ...]:
        """Where the people of the tiers come from: the planner's list, or what splits the force."""
        if self.projection.scenario.staff_list:
            return ("set",)
        return tuple(dict.fromkeys(self.baseline.assumptions[f"staff_{tier}"].mark for tier in TIERS))

    def _word(self, key: str) -> str:
        return text(f"charts.{key}", self.language)


def as_typed(words: str) -> str:
    """A typed text in whole where a slide has room for it, else its beginning."""
    return plain(words) if ems(words) <= WHOLE_EMS else clipped(words, TEXT_EMS)


def capital(sentence: str) -> str:
    """A sentence with a capital letter at its beginning; Chinese has none.

    >>> capital("field time in all pools")
    'Field time in all pools'
    """
    return sentence[:1].upper() + sentence[1:]
