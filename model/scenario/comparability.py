"""Which scenarios can be compared: those that stand on one base year. The others are named, with what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.scenario.scenario import Scenario

PLAN, BASE = "_plan", "_base"
"""Keys that no file of a library has: the plan being worked on, and the base year, which stands wherever the others
do."""
MOST = 6
FOOTING = ("baseline", "assumptions", "reading", "staff_list")
"""What makes a base year; `model.projection.comparison.compare` refuses scenarios that differ in one of these."""


@dataclass(frozen=True)
class Entrant:
    """A scenario that was chosen, by the stem of its file, or PLAN or BASE."""

    key: str
    scenario: Scenario


@dataclass(frozen=True)
class Lineup:
    """`entrants` stand on one base year, in the order chosen. `left_out` stand on another one: each with what differs,
    words of FOOTING. `base_added`: the base year was not chosen, but one scenario alone is compared with it."""

    entrants: tuple[Entrant, ...]
    left_out: tuple[tuple[Entrant, tuple[str, ...]], ...]
    base_added: bool


def line_up(chosen: Mapping[str, Scenario] | Sequence[tuple[str, Scenario]]) -> Lineup | None:
    """The largest group of the chosen that stands on one base year, of two alike the one chosen first, and the rest.

    None where nothing is chosen but the base year, or nothing at all.
    """
    entrants = [Entrant(key, scenario) for key, scenario in dict(chosen).items()]
    groups: list[list[Entrant]] = []
    for entrant in entrants:
        if entrant.key != BASE:
            own = next((group for group in groups if not differing(entrant.scenario, group[0].scenario)), None)
            groups.append([entrant]) if own is None else own.append(entrant)
    if not groups:
        return None
    largest = max(groups, key=len)
    footing = largest[0].scenario
    base = Entrant(BASE, Scenario(baseline=footing.baseline, decisions=footing.decisions.footing))
    standing = [base if e.key == BASE else e for e in entrants if e.key == BASE or e in largest]
    left_out = [(e, differing(e.scenario, footing)) for e in entrants if e.key != BASE and e not in largest]
    alone = len(standing) == 1
    return Lineup(tuple([base, *standing] if alone else standing), tuple(left_out), alone)


def differing(one: Scenario, other: Scenario) -> tuple[str, ...]:
    """What keeps two scenarios from standing on one base year; empty where nothing does."""
    return tuple(what for what in FOOTING if getattr(one, what) != getattr(other, what))
