"""Whole amounts of every pool that add up to those of tiers and prefectures as every page prints them."""

from collections.abc import Mapping, Sequence

import numpy as np

from model.force.whole_numbers import shared, whole
from model.projection.base_year import BaseYear
from model.projection.results import MeasureResult, Projection
from model.schedule.representative_year import RepresentativeYear, representative_year

ROUNDS = 200
"""Rounds of fitting to both sums, which bring them together to far below one."""
MOST_APART = 0.5
"""Part of a pool's amount by which the case may be corrected."""
FEW = 5.0
"""An amount that may be all correction."""
LEAST = 1e-9
"""Stands for nothing, which no fitting makes more."""


def year_as_shown(base: BaseYear, projection: Projection) -> RepresentativeYear:
    """The year of the representative case with the totals of a coherent projection.

    A case that is far from them somewhere, as under plans that change nearly everything, keeps its own: visits that it
    has no time for would be none.
    """
    year, pools = representative_year(base, projection.scenario), base.baseline.pool_names
    totals = {id: pool_figures(projection.measures[id], near, pools) for id, near in year.totals.items()}
    is_near = all(_are_near(totals[id], own) for id, own in year.totals.items())
    return year.shown_as(totals) if is_near else year


def _are_near(one: np.ndarray, other: np.ndarray) -> bool:
    larger = np.maximum(one, other)
    return bool((np.abs(one - other) <= np.maximum(MOST_APART * larger, FEW)).all())


def pool_figures(result: MeasureResult, near: np.ndarray, pools: Sequence[tuple[str, str]]) -> np.ndarray:
    """Whole amounts under the plan, (pools,), from a coherent result and what they are `near`, (pools,).

    `pools` are tier and prefecture of each. Of a prefecture with cities and counties the split is fitted to the tiers
    (Deming and Stephan 1940). A prefecture adds up to its figure; so do the tiers where each has such places or those
    of no prefecture.
    """
    of_tier = _members([tier for tier, _ in pools])
    placed = {id: p for id, p in _members([place for _, place in pools]).items() if id in result.prefectures}
    tiers = _whole({id: result.tiers[id].scenario.p50 for id in of_tier})
    places = _whole({id: result.prefectures[id].scenario.p50 for id in placed})
    figures = _fitted(near, (of_tier, tiers), (placed, places))
    numbers = np.zeros(len(pools), int)
    for id, p in placed.items():
        numbers[p] = shared(places[id], figures[p])
    for id, p in of_tier.items():
        rest = np.setdiff1d(p, np.concatenate([[], *placed.values()]))
        if len(rest):
            numbers[rest] = shared(max(tiers[id] - numbers[np.setdiff1d(p, rest)].sum(), 0), figures[rest])
    return _evened(numbers, figures, tiers, of_tier, placed)


def _fitted(near: np.ndarray, *sums: tuple[Mapping[str, np.ndarray], Mapping[str, int]]) -> np.ndarray:
    """Amounts that add up to the totals of several groupings, as near as their proportions allow."""
    groupings = [
        (
            np.concatenate([[], *members.values()]).astype(int),
            np.repeat(np.arange(len(members)), [len(p) for p in members.values()]),
            np.array(list(totals.values())),
        )
        for members, totals in sums
    ]
    figures = np.maximum(near, LEAST)
    for _ in range(ROUNDS):
        for pools, group, totals in groupings:
            now = np.bincount(group, figures[pools], len(totals))
            figures[pools] *= (totals / np.maximum(now, LEAST))[group]
    return figures


def _evened(
    numbers: np.ndarray,
    figures: np.ndarray,
    tiers: Mapping[str, int],
    of_tier: Mapping[str, np.ndarray],
    placed: Mapping[str, np.ndarray],
) -> np.ndarray:
    """The numbers with one moved at a time within the prefecture rounded furthest, until the tiers add up."""
    tier_of = {p: id for id, members in of_tier.items() for p in members}
    steps = [(a, b) for members in placed.values() for a in members for b in members if a != b]
    while steps:
        over = {id: numbers[p].sum() - tiers[id] for id, p in of_tier.items()}
        due = [(a, b) for a, b in steps if over[tier_of[a]] > 0 > over[tier_of[b]] and numbers[a] > 0]
        if not due:
            break
        a, b = max(due, key=lambda step: numbers[step[0]] - figures[step[0]])
        numbers[[a, b]] += [-1, 1]
    return numbers


def _members(names: Sequence[str]) -> dict[str, np.ndarray]:
    """The places at which each name stands."""
    return {name: np.flatnonzero(np.array(names) == name) for name in dict.fromkeys(names)}


def _whole(amounts: Mapping[str, float]) -> dict[str, int]:
    return dict(zip(amounts, whole(np.array(list(amounts.values()))).tolist(), strict=True))
