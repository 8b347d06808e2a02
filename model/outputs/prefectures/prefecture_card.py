"""The card of one prefecture: people, figures beside the base year, bottlenecks, tasks not done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from model.evidence.baseline import Baseline
from model.evidence.tier_names import tiers_in
from model.force.staff import staffing
from model.outputs.phrasing.numbers import amount, change_with_points, count, percent, span, unit_beside
from model.outputs.phrasing.sentences import constraint_name, measure_with_limits, missing_amount, of_hundred, task_name
from model.outputs.prefectures.people_of_places import people_of_places
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.results import Bottleneck, Paired, Projection, Shortfall
from model.projection.statistics import paired
from model.scenario.scenario import Scenario
from model.scenario.settings import settings

MEASURES = (
    "staff",
    "frontline",
    "visits",
    "visit_coverage",
    "legal_minimum",
    "duty_met",
    "on_time_share",
    "backlog_end",
)
"""The figures of a card in the order of its rows; the people by tier follow the first."""

TIERS = ("city", "county")
"""The tiers that a prefecture has pools at."""
People = Mapping[tuple[str, str], Paired]
"""People in the base year and under the plan, by pool: tier and prefecture."""


class Line(NamedTuple):
    """One figure as text: base year, plan, change and band; `part` marks a part of the line above."""

    label: str
    unit: str
    base: str
    plan: str
    change: str
    band: str
    part: bool = False


@dataclass(frozen=True)
class Card:
    """The card of one prefecture in plain text, never markup."""

    title: str
    about: str
    lines: tuple[Line, ...]
    binds: tuple[str, ...]
    missing: tuple[str, ...]


def people_by_pool(scenario: Scenario, baseline: Baseline) -> People:
    """People of every pool in the base year and under the plan, over the kept draws.

    Raises TooFewDraws where the assumptions do not fit the report.
    """
    base = base_year_of(scenario, baseline)
    before, after = (
        staffing(baseline, base.assumed, settings(levers, baseline)).people for levers in ({}, scenario.levers)
    )
    return {pool: paired(before[:, p], after[:, p], better=0) for p, pool in enumerate(baseline.pool_names)}


def card(projection: Projection, people: People, baseline: Baseline, id: str, language: str) -> Card:
    """The card of the prefecture `id`; `people` as of `people_by_pool`.

    StopIteration where there is none.
    """
    k, prefecture = next((k, p) for k, p in enumerate(baseline.prefectures) if p.id == id)
    about = text(
        "prefectures.about",
        language,
        need=percent(baseline.need[k]),
        units=count(prefecture.county_level_units),
        population=f"{prefecture.population / 1e4 if language == 'zh' else prefecture.population / 1e6:,.1f}",
        area=count(prefecture.area_km2),
    )
    lines: list[Line] = []
    for measure in MEASURES:
        result = projection.measures[measure]
        if id in result.prefectures:
            label = measure_with_limits(measure, projection.scenario, language)
            lines.append(_line(label, result.unit, result.prefectures[id], language))
        if measure == "staff":
            tiers = TIERS if len(tiers_in(language)) > 2 else ()
            parts = people_of_places(projection, people)
            lines += [_people(tier, parts[tier, id], language) for tier in tiers if (tier, id) in parts]
    return Card(
        prefecture.name[language],
        about,
        tuple(lines),
        tuple(_binds(b, language) for b in projection.bottlenecks if b.prefecture == id),
        tuple(missing_in_words(row, language, amounts=True) for row in projection.not_done if row.prefecture == id),
    )


def _line(label: str, unit: str, paired: Paired, language: str) -> Line:
    return Line(
        label,
        unit_beside(unit, language),
        amount(paired.base.p50, unit),
        amount(paired.scenario.p50, unit),
        change_with_points(paired.difference.p50, unit, language),
        span(paired.scenario, unit, language),
    )


def _people(tier: str, people: Paired, language: str) -> Line:
    line = _line(text(f"prefectures.part_{tier}", language), "people", people, language)
    return line._replace(band="", part=True)


def _binds(pool: Bottleneck, language: str) -> str:
    now = text(
        "prefectures.binds_one",
        language,
        tier=text(f"prefectures.at_{pool.tier}", language),
        constraint=constraint_name(pool.scenario, language),
        n=of_hundred(pool.scenario_share),
    )
    if pool.base == pool.scenario:
        return now
    return text("prefectures.binds_before", language, now=now, before=constraint_name(pool.base, language))


def missing_in_words(row: Shortfall, language: str, amounts: bool) -> str:
    """What a pool may not do and in how many draws; with `amounts` also how much is missing in a bad draw."""
    task = text(
        "prefectures.missing_one",
        language,
        tier=text(f"prefectures.at_{row.tier}", language),
        what=task_name(row.what, language),
        n=of_hundred(row.probability),
    )
    amount = missing_amount(row, language) if amounts else ""
    return task + text("prefectures.missing_amount", language, amount=amount) if amount else task
