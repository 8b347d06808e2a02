"""Plans on different base years side by side: levels and what differs beneath them, without odds."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.evidence.baseline import Baseline
from model.outputs.phrasing.numbers import amount, count, span, unit_beside, with_unit
from model.outputs.phrasing.table import Table
from model.outputs.words import text
from model.projection.results import Projection
from model.year.measures import HEADLINES, MEASURE

BENEATH = ("staff", "frontline", "cases_filed")
"""Measures of the base year that say what stands beneath a plan."""


@dataclass(frozen=True)
class Level:
    """A plan by its name on its own base year; it has no projection where nothing closes."""

    name: str
    baseline: Baseline
    projection: Projection | None
    own_assumptions: int = 0


def levels_table(levels: Sequence[Level], language: str) -> Table:
    """What stands beneath each plan, then the level of each headline with its band; a column a plan."""
    heads = ("", *(level.name for level in levels))
    rows: list[tuple[str, ...]] = [
        (_word("base_year", language), *(level.baseline.name[language] for level in levels)),
        (_word("assumptions", language), *(count(level.own_assumptions) for level in levels)),
        (_word("rules", language), *(_rules(level, language) for level in levels)),
    ]
    rows += [_of_base_year(id, levels, language) for id in BENEATH]
    rows += [_of_plan(id, levels, language) for id in HEADLINES]
    return Table(heads, tuple(rows))


def _rules(level: Level, language: str) -> str:
    rules = level.projection.rules if level.projection else level.baseline.rules
    return text(f"plan.choice_rules_{rules}", language)


def _of_base_year(id: str, levels: Sequence[Level], language: str) -> tuple[str, ...]:
    """A measure of each base year as a line."""
    unit, name = MEASURE[id].unit, text(f"terms.measure_{id}", language)

    def written(level: Level) -> str:
        if level.projection is None:
            return _word("does_not_close", language)
        return with_unit(
            amount(level.projection.measures[id].total.base.p50, unit), unit_beside(unit, language), language
        )

    return (_word("in_base_year", language, measure=name), *map(written, levels))


def _of_plan(id: str, levels: Sequence[Level], language: str) -> tuple[str, ...]:
    """A measure under each plan as a line, with its band."""
    unit = MEASURE[id].unit

    def written(level: Level) -> str:
        if level.projection is None:
            return _word("does_not_close", language)
        band = level.projection.measures[id].total.scenario
        figure = with_unit(amount(band.p50, unit), unit_beside(unit, language), language)
        return _word("with_band", language, figure=figure, span=span(band, unit, language))

    return (text(f"terms.measure_{id}", language), *map(written, levels))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"compare.levels_{key}", language, **values)
