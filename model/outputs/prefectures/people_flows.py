"""Where people leave and where they go: between prefectures, where a plan says so, and tiers."""

from collections.abc import Mapping
from typing import NamedTuple

from model.evidence.baseline import Baseline
from model.force.people import tier_changes
from model.outputs.prefectures.tile_map import grid
from model.scenario.scenario import Scenario
from model.scenario.settings import settings


class Flow(NamedTuple):
    """People who go from one place to another; places are ids of prefectures or names of tiers."""

    origin: str
    goal: str
    people: int


def between_prefectures(scenario: Scenario, baseline: Baseline) -> tuple[Flow, ...]:
    """Who goes from which prefecture to which; empty where the plan does not move people pool by pool.

    A plan says how many each prefecture gives and gets; givers and takers are paired by the shortest way on the map.
    """
    net: dict[str, float] = {}
    for pool, people in settings(scenario.levers, baseline).staff_moves.items():
        tier, _, prefecture = pool.partition(".")
        if tier != "province":
            net[prefecture] = net.get(prefecture, 0.0) + people
    places = grid(baseline.prefectures)

    def way(one: str, other: str) -> float:
        (row, column), (to_row, to_column) = places[one], places[other]
        return (row - to_row) ** 2 + (column - to_column) ** 2

    return _paired(net, sorted(((a, b) for a in net for b in net), key=lambda pair: (way(*pair), pair)))


def between_tiers(scenario: Scenario, baseline: Baseline) -> tuple[Flow, ...]:
    """Who goes from which tier to which; new posts come from nowhere and are no flow."""
    net = tier_changes(scenario, baseline)
    return _paired(net, [(a, b) for a in net for b in net])


def _paired(net: Mapping[str, float], pairs: list[tuple[str, str]]) -> tuple[Flow, ...]:
    """Givers (below 0) and takers (above 0), paired in this order as far as both have people left."""
    left, flows = dict(net), []
    for origin, goal in pairs:
        people = round(min(-left[origin], left[goal]))
        if people > 0:
            left[origin] += people
            left[goal] -= people
            flows.append(Flow(origin, goal, people))
    return tuple(flows)
