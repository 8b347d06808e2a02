"""The trade-off (多查与快办的取舍): visits and cases in time that moving people gives together."""

from collections.abc import Iterator
from dataclasses import asdict

from model.evidence.baseline import Baseline
from model.evidence.tier_names import tiers_in
from model.outputs.answers.answer_table import Banded, Cell, Figure, Table, lines, plain_text, unit_head
from model.outputs.answers.document import paired_document
from model.outputs.answers.found_plan import against, plan_document, stopped_in_words
from model.outputs.answers.objective_terms import UNITS
from model.outputs.answers.projection import limits, title
from model.outputs.phrasing.coherence import coherent_pair
from model.outputs.phrasing.numbers import amount, count, percent
from model.outputs.words import text
from model.projection.results import Paired
from model.scenario.scenario import Scenario
from model.search.frontier import SAME, Frontier, FrontierPoint

AXES = ("visits", "on_time")
SHOWN = (*AXES, "duty")
"""The criteria that the table shows."""
ROUND = 1e-6
"""Part of a figure below which a difference is rounding."""


def sentences(frontier: Frontier, own: Scenario, language: str) -> tuple[str, str]:
    """What moving people brings in one thing at no loss in the other, and how far the two pull apart."""
    trade = " ".join if language == "en" else "".join
    return _gains(frontier, own, language), trade([_trade(frontier, language), *_own_ahead(frontier, own, language)])


def _gains(frontier: Frontier, own: Scenario, language: str) -> str:
    """The gains of moving no more people than the own plan does.

    Where that moves nobody, the limits count.
    """
    place = frontier.own
    moved = place.moved or frontier.points[-1].plan.moved
    more = {axis: _free(frontier, axis, moved) for axis in AXES}
    ways = [
        text(f"frontier.gain_{axis}", language, n=count(n))
        for axis, n in more.items()
        if n > SAME * place.representative[axis]
    ]
    values = {"against": against(own, language), "moved": count(moved)}
    if not ways:
        return text("frontier.on", language, **values)
    joined = text("frontier.or", language).join(ways)
    return text("frontier.off" if place.moved else "frontier.free", language, ways=joined, **values)


def _free(frontier: Frontier, axis: str, moved: float) -> float:
    """The median gain over the draws of the point that gains most in one thing, the other kept.

    Of the points that move no more than so many people, chosen by the representative case; 0 where there is none.
    """
    other = next(name for name in AXES if name != axis)
    least = frontier.own.representative[other] * (1 - ROUND)
    points = [one for one in frontier.points if one.plan.moved <= moved and one.representative[other] >= least]
    best = max(points, key=lambda point: point.representative[axis], default=None)
    return best.over_draws[axis].difference.p50 if best else 0.0


def _trade(frontier: Frontier, language: str) -> str:
    """What the plan with most visits gives up in cases decided in time, beside the one that decides most."""
    first, second = (max(frontier.points, key=lambda point: point.representative[name]) for name in AXES)
    gains = [{axis: point.over_draws[axis].difference.p50 for axis in AXES} for point in (first, second)]
    more, fewer = gains[0]["visits"] - gains[1]["visits"], gains[1]["on_time"] - gains[0]["on_time"]
    if count(more) == "0" or count(fewer) == "0":
        return text("frontier.no_trade", language)
    return text(
        "frontier.trade",
        language,
        visits=count(figures(first, "visits").scenario.p50),
        moved=count(first.plan.moved),
        on_time=count(figures(second, "on_time").scenario.p50),
        other=count(second.plan.moved),
        more=count(more),
        fewer=count(fewer),
    )


def _own_ahead(frontier: Frontier, own: Scenario, language: str) -> Iterator[str]:
    """That the own plan, beaten in the case, has more than any point in the median of the draws."""
    here = frontier.own
    is_beaten = any(
        point.plan.moved <= here.moved and all(point.representative[axis] >= here.representative[axis] for axis in AXES)
        for point in frontier.points
    )
    for axis in AXES if is_beaten else ():
        shown = [figures(point, axis) for point in frontier.points]
        ours = shown[0].base.p50
        if ours > max(one.scenario.p50 for one in shown):
            yield text(f"frontier.own_more_{axis}", language, against=against(own, language), n=count(ours))


def balanced(frontier: Frontier) -> int:
    """The index of the point that gains most of both, each as a part of what the own plan brings."""
    own = frontier.own.representative

    def gain(point: FrontierPoint) -> float:
        return sum(point.representative[axis] / max(own[axis], 1e-9) for axis in AXES)

    return max(range(len(frontier.points)), key=lambda k: gain(frontier.points[k]))


def widened(frontier: Frontier, chosen: float, language: str) -> str:
    """That pools may change by more than the share `chosen`, as the own plan does; else empty."""
    own = frontier.limits.pool_change
    return text("frontier.wider", language, own=percent(own), chosen=percent(chosen, 0)) if own > chosen else ""


def table(frontier: Frontier, own: Scenario, language: str) -> Table:
    """A row a plan, the own one last: people moved, what it brings, and its gains on the own plan."""
    heads = [text("moves.people_moved", language)]
    heads += [unit_head(text(f"terms.tier_{tier}", language), "people", language) for tier in tiers_in(language)]
    heads += [text(f"frontier.axis_{axis}", language) for axis in AXES] + [text("terms.measure_duty_met", language)]
    heads += [text("frontier.gain", language, what=text(f"best_plan.figure_{axis}", language)) for axis in AXES]
    rows = [_row(point, language) for point in frontier.points]
    moved = text("frontier.own_row", language, moved=count(frontier.own.moved), against=against(own, language))
    before = (Figure(figures(frontier.points[0], name).base.p50, UNITS[name]) for name in SHOWN)
    rows.append((moved, *_tiers(own, language), *before, "", ""))
    title, file = text("frontier.table", language), text("frontier.file", language)
    return Table(tuple(heads), tuple(rows), title=title, file=file)


def _row(point: FrontierPoint, language: str) -> tuple[Cell, ...]:
    shown = {name: figures(point, name) for name in SHOWN}
    brings = (Figure(shown[name].scenario.p50, UNITS[name]) for name in SHOWN)
    gains = (Banded(shown[axis].difference, UNITS[axis], signed=True) for axis in AXES)
    return (count(point.plan.moved), *_tiers(point.plan.scenario, language), *brings, *gains)


def figures(point: FrontierPoint, name: str) -> Paired:
    """What the own plan and a plan of the frontier bring over the draws, in figures that add up."""
    return coherent_pair(point.over_draws[name], UNITS[name])


def _tiers(plan: Scenario, language: str) -> tuple[Cell, ...]:
    """The people that each tier gains or loses."""
    people = (plan.levers.get(f"staff.change.{tier}", 0.0) for tier in tiers_in(language))
    return tuple(Figure(n if isinstance(n, float | int) else None, "people", signed=True) for n in people)


def plan_name(point: FrontierPoint, language: str) -> str:
    """A plan in a list: people moved, and what it brings."""
    values = {axis: amount(figures(point, axis).scenario.p50, UNITS[axis]) for axis in AXES}
    return text("frontier.point", language, moved=count(point.plan.moved), **values)


def notes(frontier: Frontier, language: str) -> tuple[str, ...]:
    """How the plans were found, and what no plan found here considers."""
    change = f"{frontier.limits.pool_change:.0%}"
    how = text("frontier.how", language, same=percent(SAME), change=change)
    dropped = [text("frontier.dropped", language, count=frontier.dropped)] if frontier.dropped else []
    return (how, *dropped, *(text(f"decide.{key}", language) for key in ("representative", "read", "plan_limits")))


def in_terminal(frontier: Frontier, own: Scenario, baseline: Baseline, language: str) -> str:
    """The answer as plain text."""
    return plain_text(
        language,
        title(own, baseline, frontier.seed, frontier.draws, language),
        *stopped_in_words(frontier, language),
        lines(sentences(frontier, own, language)),
        table(frontier, own, language),
        lines(notes(frontier, language)),
        limits(baseline, language),
    )


def document(frontier: Frontier) -> dict[str, object]:
    """Every point as a scenario with its figures, and where the own plan stands."""
    own = frontier.own
    return {
        "found": True,
        "stopped": frontier.is_stopped,
        "points": [
            {
                **plan_document(point.plan),
                "representative": dict(point.representative),
                "over_draws": {name: paired_document(figures(point, name)) for name in point.over_draws},
            }
            for point in frontier.points
        ],
        "own": {
            "moved": own.moved,
            "representative": dict(own.representative),
            "is_on_frontier": own.is_on_frontier,
            "more_visits": own.more_visits,
            "more_on_time": own.more_on_time,
            "with_visits": own.with_visits and plan_document(own.with_visits),
            "with_on_time": own.with_on_time and plan_document(own.with_on_time),
        },
        "dropped": frontier.dropped,
        "limits": asdict(frontier.limits),
    }
