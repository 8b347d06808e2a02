"""Who a plan moves where: people added to each pool and taken from it, in words, as a table and as a map of squares."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.force.staff import open_change, people_moved
from model.outputs.answers.answer_table import Figure, Table, unit_head
from model.outputs.charts.palette import MINIMUM, SCENARIO
from model.outputs.phrasing.numbers import change, count
from model.outputs.phrasing.sentences import place
from model.outputs.prefectures.prefecture_card import people_by_pool
from model.outputs.prefectures.tile_map import CHANGE_STEPS, grid, ink_on, mixed
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.scenario.settings import settings

Added = Mapping[tuple[str, str], float]
"""People by pool (tier, prefecture; the province's own force under "")."""


def added(scenario: Scenario, baseline: Baseline) -> Added:
    """People that a scenario adds to each pool of the base year, those taken below 0: what it says pool by pool; where
    it leaves a part open, the medians over the draws. Raises TooFewDraws."""
    chosen = settings(scenario.levers, baseline)
    if any(open_change(chosen)):
        return {pool: after - before for pool, (before, after) in people_by_pool(scenario, baseline).items()}
    moves = chosen.staff_moves
    return {pool: moves.get(key, 0.0) for pool, key in zip(baseline.pool_names, baseline.pool_keys, strict=True)}


def moved(people: Added) -> float:
    """People who go from one pool to another."""
    return float(people_moved(np.array([*people.values()])))


def stated(scenario: Scenario, baseline: Baseline) -> float:
    """People that the levers of a scenario move from one tier or pool to another."""
    chosen = settings(scenario.levers, baseline)
    heads = [*chosen.staff_moves.values(), *open_change(chosen)]
    return float(people_moved(np.array(heads)))


def by_tier(people: Added) -> dict[str, float]:
    return {tier: sum(n for (whose, _), n in people.items() if whose == tier) for tier in TIERS}


def in_words(people: Added, language: str) -> str:
    """Which tiers give and take, and who moves within a tier from one prefecture to another."""
    within = {tier: moved({pool: n for pool, n in people.items() if pool[0] == tier}) for tier in TIERS}
    parts = [
        text(f"decide.moves_{'into' if n > 0 else 'out'}", language, tier=_tier(tier, language), n=count(abs(n)))
        for tier, n in by_tier(people).items()
        if count(n) != "0"
    ]
    parts += [
        text("decide.moves_within", language, tier=_tier(tier, language), n=count(n))
        for tier, n in within.items()
        if count(n) != "0"
    ]
    return text("plan.list_semicolon", language).join(parts) if parts else text("decide.moves_none", language)


def table(people: Added, own: Added, baseline: Baseline, language: str) -> Table:
    """A row a pool that the plan or the current one changes: people added by each."""
    heads = [text("decide.moves_pool", language)]
    heads += [unit_head(text(f"decide.moves_{whose}", language), "people", language) for whose in ("current", "found")]
    rows = [
        (place(*pool, baseline, language), *(Figure(plan[pool], "people", signed=True) for plan in (own, people)))
        for pool in people
        if any(change(plan[pool], "people") != "0" for plan in (own, people))
    ]
    return Table(tuple(heads), tuple(rows))


def _tier(tier: str, language: str) -> str:
    return text(f"terms.tier_{tier}", language)


@dataclass(frozen=True)
class Square:
    """A prefecture on the map, or the province's own force: where it stands (from 0), people added in all, and the
    tiers' parts in it."""

    row: int
    column: int
    name: str
    written: str
    parts: tuple[str, ...]
    colour: str
    ink: str


def squares(people: Added, baseline: Baseline, language: str, theme: str) -> tuple[Square, ...]:
    """Blue where people come, orange where they go, stronger above half of the most. The province's own force takes a
    free corner."""
    spots = grid(baseline.prefectures)
    here = {
        p.id: {tier: people.get((tier, p.id), 0.0) for tier in TIERS if (tier, p.id) in people}
        for p in baseline.prefectures
    }
    sums = {id: sum(parts.values()) for id, parts in here.items()}
    province = people.get(("province", ""))
    most = max([1.0, *map(abs, sums.values()), abs(province or 0.0)])

    def square(spot: tuple[int, int], name: str, n: float, parts: Mapping[str, float]) -> Square:
        colour = _colour(n, most, theme)
        written = tuple(
            text("decide.moves_part", language, tier=text(f"decide.short_{tier}", language), n=change(part, "people"))
            for tier, part in parts.items()
            if change(part, "people") != "0"
        )
        return Square(*spot, name, change(n, "people"), written, colour, ink_on(colour))

    found = [square(spots[p.id], p.short[language], sums[p.id], here[p.id]) for p in baseline.prefectures]
    if province is not None:
        found.append(square(_corner(spots), _tier("province", language), province, {}))
    return tuple(sorted(found, key=lambda one: (one.row, one.column)))


def _corner(spots: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """The first free spot of the grid in reading order, in a row of its own below where there is none."""
    rows, columns = (max(spot[k] for spot in spots.values()) + 1 for k in (0, 1))
    taken = set(spots.values())
    free = [(row, column) for row in range(rows + 1) for column in range(columns)]
    return next(spot for spot in free if spot not in taken)


def _colour(n: float, most: float, theme: str) -> str:
    if change(n, "people") == "0":
        return mixed(SCENARIO, 0.0, theme)
    weak, strong = CHANGE_STEPS[theme]
    return mixed(SCENARIO if n > 0 else MINIMUM, strong if abs(n) > most / 2 else weak, theme)
