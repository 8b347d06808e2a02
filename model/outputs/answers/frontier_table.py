"""The frontier in words and as a table."""

from functools import partial

from model.outputs.answers.answer_table import Banded, Cell, Figure, Table, unit_head
from model.outputs.answers.best_plan import UNITS
from model.outputs.answers.decide_plan import against
from model.outputs.phrasing.numbers import amount, count, percent
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.frontier import SAME, Frontier, FrontierPoint

AXES = ("visits", "on_time")


def sentence(frontier: Frontier, own: Scenario, language: str) -> str:
    """What moving people could bring in one thing at no loss in the other: moving no more than the own plan does, or,
    where that moves nobody, within the limits."""
    place, other = frontier.own, against(own, language)
    if place.moved:
        moved, more = place.moved, dict(zip(AXES, (place.more_visits, place.more_on_time), strict=True))
    else:
        moved, more = frontier.points[-1].plan.moved, dict(zip(AXES, map(partial(_free, frontier), AXES), strict=True))
    ways = [
        text(f"decide.frontier_{name}", language, n=count(n))
        for name, n in more.items()
        if n > SAME * place.central[name]
    ]
    said = {"against": other, "moved": count(moved)}
    if not ways:
        return text("decide.frontier_on", language, **said)
    joined = text("decide.frontier_or", language).join(ways)
    return text("decide.frontier_off" if place.moved else "decide.frontier_free", language, ways=joined, **said)


def _free(frontier: Frontier, axis: str) -> float:
    """The most that any point gains on the own plan in one thing without loss in the other."""
    other = next(name for name in AXES if name != axis)
    own = frontier.own.central
    return max(point.central[axis] - own[axis] for point in frontier.points if point.central[other] >= own[other])


def balanced(frontier: Frontier) -> int:
    """The point that gains most of both together, each as a part of what the own plan brings."""
    own = frontier.own.central

    def gain(point: FrontierPoint) -> float:
        return sum(point.central[axis] / max(own[axis], 1e-9) for axis in AXES)

    return max(range(len(frontier.points)), key=lambda k: gain(frontier.points[k]))


def widened(frontier: Frontier, chosen: float, language: str) -> str:
    """That pools may change by more than the part `chosen`, since the own plan changes some by more; empty where they
    may not."""
    own = frontier.limits.pool_change
    return text("decide.frontier_wider", language, own=percent(own), chosen=percent(chosen, 0)) if own > chosen else ""


def table(frontier: Frontier, language: str) -> Table:
    """A row a plan: people moved, both figures in the central case, its gains on the own plan over the draws."""
    heads = [text("decide.moved", language)]
    heads += [unit_head(text(f"decide.axis_{axis}", language), UNITS[axis], language) for axis in AXES]
    heads += [text("decide.frontier_gain", language, what=text(f"decide.figure_{axis}", language)) for axis in AXES]
    rows = [_row(point) for point in frontier.points]
    return Table(tuple(heads), tuple(rows))


def name(point: FrontierPoint, language: str) -> str:
    """A plan in a list: people moved, and what it brings."""
    said = {axis: amount(point.central[axis], UNITS[axis]) for axis in AXES}
    return text("decide.frontier_name", language, moved=count(point.plan.moved), **said)


def _row(point: FrontierPoint) -> tuple[Cell, ...]:
    middles = (Figure(point.central[axis], UNITS[axis]) for axis in AXES)
    gains = (Banded(point.over_draws[axis].difference, UNITS[axis], signed=True) for axis in AXES)
    return (count(point.plan.moved), *middles, *gains)
