"""Who moves where: people added to each pool or taken from it, in words, table and map."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.evidence.tier_names import tiers_in
from model.force.staff import open_change, people_moved
from model.force.whole_numbers import whole
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
    """People that a scenario adds to each pool of the base year, those taken below 0.

    Raises TooFewDraws.

    What it says pool by pool; where it leaves a part open, the medians over the draws, as whole people of each tier.
    """
    chosen = settings(scenario.levers, baseline)
    if any(open_change(chosen)):
        drawn = {pool: pair.difference.p50 for pool, pair in people_by_pool(scenario, baseline).items()}
        return {pool: float(n) for tier in TIERS for pool, n in _in_whole_people(drawn, tier).items()}
    moves = chosen.staff_moves
    return {pool: moves.get(key, 0.0) for pool, key in zip(baseline.pool_names, baseline.pool_keys, strict=True)}


def _in_whole_people(people: Added, tier: str) -> dict[tuple[str, str], int]:
    of_tier = {pool: n for pool, n in people.items() if pool[0] == tier}
    return dict(zip(of_tier, whole(np.array([*of_tier.values()])).tolist(), strict=True))


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
    """How many people move and in how many pools, which tiers give and take, and who moves within a tier."""
    pools = [n for n in people.values() if change(n, "people") != "0"]
    if not pools:
        return text("moves.nobody", language)
    within = {tier: moved({pool: n for pool, n in people.items() if pool[0] == tier}) for tier in TIERS}
    parts = [
        text(f"moves.{'gain' if n > 0 else 'loss'}", language, tier=_tier(tier, language), n=count(abs(n)))
        for tier, n in by_tier(people).items()
        if count(n) != "0"
    ]
    parts += [
        text("moves.within", language, tier=_tier(tier, language), n=count(n))
        for tier, n in within.items()
        if count(n) != "0"
    ]
    listed = text("plan.list_semicolon", language).join(parts)
    return text("moves.sentence", language, people=count(moved(people)), pools=len(pools), parts=listed)


def table(people: Added, own: Added, baseline: Baseline, language: str) -> Table:
    """A row a pool that the plan or the current one changes: people added by each."""
    heads = [text("moves.pool", language)]
    heads += [unit_head(text(f"moves.{whose}", language), "people", language) for whose in ("current", "best")]
    rows = [
        (
            place(*pool, baseline, language),
            Figure(own[pool], "people", signed=True),
            Figure(people[pool], "people", signed=True),
        )
        for pool in people
        if any(change(plan[pool], "people") != "0" for plan in (own, people))
    ]
    title, file = text("moves.title", language), text("moves.file", language)
    return Table(tuple(heads), tuple(rows), title=title, file=file)


def in_terminal(plan: Scenario, own: Scenario, baseline: Baseline, language: str) -> tuple[str, Table]:
    """The sentence and the table of a plan beside the scenario's own.

    Raises TooFewDraws.
    """
    people, before = added(plan, baseline), added(own, baseline)
    return in_words(people, language), table(people, before, baseline, language)


def _tier(tier: str, language: str) -> str:
    return text(f"terms.tier_{tier}", language)


@dataclass(frozen=True)
class Square:
    """A prefecture on the map, or a province's own force.

    `row` and `column` count from 0; `written` is people added in all, `parts` what each tier has in it.
    """

    row: int
    column: int
    name: str
    written: str
    parts: tuple[str, ...]
    colour: str
    ink: str


def squares(people: Added, baseline: Baseline, language: str, theme: str) -> tuple[Square, ...]:
    """The squares of the map: blue where people come, orange where they go.

    The colour is stronger above half of the most.

    A province's own force takes a free corner, or the square that stands for the province as a whole.
    """
    spots = grid(baseline.prefectures)
    whole = {p.province: p.id for p in baseline.prefectures if baseline.is_whole_province(p)}
    here: dict[str, dict[str, float]] = {p.id: {} for p in baseline.prefectures}
    provinces = {}
    for (tier, id), n in people.items():
        if tier == TIERS[0] and id not in whole:
            provinces[id] = n
        else:
            here[whole[id] if tier == TIERS[0] else id][tier] = n
    sums = {id: sum(parts.values()) for id, parts in here.items()}
    most = max([1.0, *map(abs, sums.values()), *map(abs, provinces.values())])

    def square(spot: tuple[int, int], name: str, n: float, parts: Mapping[str, float]) -> Square:
        colour = _colour(n, most, theme)
        written = tuple(
            text("moves.part", language, tier=text(f"moves.short_{tier}", language), n=change(part, "people"))
            for tier, part in parts.items()
            if len(tiers_in(language)) > 2 and change(part, "people") != "0"
        )
        return Square(*spot, name, change(n, "people"), written, colour, ink_on(colour))

    found = [square(spots[p.id], p.short[language], sums[p.id], here[p.id]) for p in baseline.prefectures]
    for id, n in provinces.items():
        spots[f"province {id}"] = corner = _corner(spots)
        found.append(square(corner, place(TIERS[0], id, baseline, language), n, {}))
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
