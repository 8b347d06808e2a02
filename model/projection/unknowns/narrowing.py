"""What own figures narrow: bands under the template's ranges and under own ones (method, section 17)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.projection.base_year import base_year_of
from model.projection.progress import Tick, unheard
from model.projection.project import evaluate
from model.projection.results import Band, TooFewDraws
from model.projection.statistics import band
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, MEASURES

BY_POPULATION = ("visits_base", "complaints", "key_units", "regulated_units", "special_visits")
"""Assumptions whose range in the template grows with the population."""
OF_THE_PLACE = ("staff_", "frontline_share_", "bodies_", "helpers_", "chance_")
"""Beginnings of ids that have no range in another place."""
DRAWS = 4096


@dataclass(frozen=True)
class Narrowing:
    """Bands of the headlines, by id, under own ranges and under the template's.

    `inherited` is None where the template's ranges give no plausible base year. `by_figure` has for each own range how
    much wider the headlines' bands would be without it, on average, as a ratio, the most telling first; it leaves out
    those without which nothing closes.
    """

    own: Mapping[str, Band]
    inherited: Mapping[str, Band] | None
    by_figure: tuple[tuple[str, float], ...]


def narrowing(
    scenario: Scenario, baseline: Baseline, template: Baseline, draws: int = DRAWS, tick: Tick = unheard
) -> Narrowing:
    """What the own ranges of a base year narrow against those of its template.

    `tick` hears how much is done and may raise to stop. TooFewDraws where the base year itself does not close.
    """
    own = _bands(scenario, baseline, draws)
    ids = own_ranges(baseline, template, scenario)
    without = {}
    for k, id in enumerate(ids):
        tick((k + 1) / (len(ids) + 2))
        without[id] = _bands_if_any(scenario, _as_in_template(baseline, template, [id]), draws)
    by_figure = [(id, _mean_ratio(bands, own)) for id, bands in without.items() if bands]
    return Narrowing(
        own=own,
        inherited=_bands_if_any(scenario, _as_in_template(baseline, template, ids), draws),
        by_figure=tuple(sorted(by_figure, key=lambda one: -one[1])),
    )


def own_ranges(baseline: Baseline, template: Baseline, scenario: Scenario) -> list[str]:
    """Ids of the assumptions that have an own range here, one in the template, and none from the scenario."""
    return [
        id
        for id, one in baseline.assumptions.items()
        if not (one.inherited or one.closed or id.startswith(OF_THE_PLACE) or id in scenario.assumptions)
        and id in template.assumptions
        and not template.assumptions[id].closed
    ]


def _as_in_template(baseline: Baseline, template: Baseline, ids: list[str]) -> Baseline:
    """The baseline with some ranges as the template has them, counts in proportion to the population."""
    people = sum(p.population for p in baseline.prefectures) / sum(p.population for p in template.prefectures)

    def ranged(id: str, ours: Assumption) -> Assumption:
        theirs, factor = template.assumptions[id], people if id in BY_POPULATION else 1.0
        return replace(ours, low=theirs.low * factor, mid=theirs.mid * factor, high=theirs.high * factor)

    changed = {id: ranged(id, baseline.assumptions[id]) for id in ids}
    return replace(baseline, assumptions={**baseline.assumptions, **changed})


def _bands(scenario: Scenario, baseline: Baseline, draws: int) -> dict[str, Band]:
    """The bands of the base year's headlines in all."""
    footing = Scenario(baseline=baseline.id, decisions=scenario.decisions.footing)
    base = base_year_of(footing, baseline, draws)
    values = evaluate(base, Scenario(baseline=baseline.id)).values
    return {one.id: band(values[k, 0]) for k, one in enumerate(MEASURES) if one.id in HEADLINES}


def _bands_if_any(scenario: Scenario, baseline: Baseline, draws: int) -> dict[str, Band] | None:
    try:
        return _bands(scenario, baseline, draws)
    except TooFewDraws:
        return None


def _mean_ratio(wider: Mapping[str, Band], own: Mapping[str, Band]) -> float:
    """The mean over the headlines with a width of one band's width over the other's."""
    ratios = [(wider[id].p90 - wider[id].p10) / width for id in own if (width := own[id].p90 - own[id].p10) > 0]
    return sum(ratios) / len(ratios) if ratios else 1.0
