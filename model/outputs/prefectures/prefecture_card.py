"""What is known of one prefecture: people by tier, figures beside the base year, what binds, what is not done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Baseline
from model.force.staff import staffing
from model.outputs.phrasing.numbers import amount, change, change_unit, count, percent, span, unit_word, with_unit
from model.outputs.phrasing.sentences import of_hundred
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.results import Bottleneck, Paired, Projection, Shortfall
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
"""The figures of a card in the order of its rows; people by tier follow the first."""

TIERS = ("city", "county")
People = Mapping[tuple[str, str], tuple[float, float]]


@dataclass(frozen=True)
class Line:
    """One figure with its unit: base year, plan, change and band, each as it is read; `part` marks a part of the line
    above."""

    label: str
    unit: str
    base: str
    plan: str
    change: str
    band: str
    part: bool = False


@dataclass(frozen=True)
class Card:
    """One prefecture. Plain text throughout, never markup."""

    title: str
    about: str
    lines: tuple[Line, ...]
    binds: tuple[str, ...]
    missing: tuple[str, ...]


def people_by_pool(scenario: Scenario, baseline: Baseline) -> People:
    """People of every pool, base year and plan, medians over the kept draws. Raises TooFewDraws."""
    base = base_year_of(scenario, baseline)
    years = [staffing(baseline, base.assumed, settings(levers, baseline)).people for levers in ({}, scenario.levers)]
    medians = np.median(np.stack(years), axis=1)
    return {pool: (float(medians[0, p]), float(medians[1, p])) for p, pool in enumerate(baseline.pool_names)}


def card(projection: Projection, people: People, baseline: Baseline, id: str, language: str) -> Card:
    """The card of the prefecture `id`; `people` as of `people_by_pool`."""
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
            lines.append(
                _line(text(f"terms.measure_{measure}", language), result.unit, result.prefectures[id], language)
            )
        if measure == "staff":
            lines += [_people(tier, *people[tier, id], language) for tier in TIERS]
    return Card(
        prefecture.name[language],
        about,
        tuple(lines),
        tuple(_binds(b, language) for b in projection.bottlenecks if b.prefecture == id),
        tuple(missing_in_words(row, language, amounts=True) for row in projection.not_done if row.prefecture == id),
    )


def _line(label: str, unit: str, paired: Paired, language: str) -> Line:
    moved = change(paired.difference.p50, unit)
    return Line(
        label,
        unit_word(unit, language),
        amount(paired.base.p50, unit),
        amount(paired.scenario.p50, unit),
        moved if moved == "0" or unit != "share" else with_unit(moved, change_unit(unit, language), language),
        span(paired.scenario, unit, language),
    )


def _people(tier: str, base: float, plan: float, language: str) -> Line:
    moved = change(plan - base, "people")
    label, unit = text(f"prefectures.part_{tier}", language), unit_word("people", language)
    return Line(label, unit, count(base), count(plan), moved, "", part=True)


def _binds(pool: Bottleneck, language: str) -> str:
    said = text(
        "prefectures.binds_one",
        language,
        tier=text(f"prefectures.at_{pool.tier}", language),
        constraint=constraint(pool.scenario, language),
        n=of_hundred(pool.scenario_share),
    )
    if pool.base == pool.scenario:
        return said
    return text("prefectures.binds_before", language, now=said, before=constraint(pool.base, language))


def constraint(id: str, language: str) -> str:
    return text(f"terms.constraint_{id.replace(' ', '_')}", language)


def missing_in_words(row: Shortfall, language: str, amounts: bool) -> str:
    """What a pool does not do and in how many draws; with `amounts` also how much is missing in a bad draw."""
    slug = row.what.replace(" ", "_")
    missing = count(row.amount.p90)
    said = text(
        "prefectures.missing_one",
        language,
        tier=text(f"prefectures.at_{row.tier}", language),
        what=text(f"plan.missing_{slug}", language),
        n=of_hundred(row.probability),
    )
    if not amounts or missing == "0":
        return said
    return said + text(
        "prefectures.missing_amount",
        language,
        amount=text(f"plan.missing_amount_{slug}", language, amount=missing),
    )


def joined(parts: Iterable[str], language: str) -> str:
    return text("plan.list_semicolon", language).join(parts)
