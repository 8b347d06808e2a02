"""What a plan gives and what decides the sign of it, in one sentence a minister would understand."""

from collections.abc import Sequence

from model.evidence.baseline import TIERS, Baseline
from model.force.people import tier_changes
from model.outputs.phrasing.numbers import (
    MINUS,
    SHARE_UNITS,
    change,
    change_in_percent,
    change_with_points,
    count,
    unit_beside,
    with_unit,
)
from model.outputs.phrasing.odds import sureness
from model.outputs.phrasing.sentences import Clause, semicolons
from model.outputs.words import text
from model.projection.results import Paired
from model.projection.stability import DUTIES, LEAST_DRAWS, Alternative, BreakEven, Row, Stability, direction
from model.projection.why.cause import LEFT
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, MEASURE

MOST_DECIDERS = 3
BESIDE_MOVES = {"phase_months", "horizon_months"}
"""Levers that may be moved beside people for the sentence to name the people alone."""


def sentence(answer: Stability, scenario: Scenario, baseline: Baseline, language: str) -> str:
    """Size, sign, and what decides the sign, of the first headline measure that the plan changes."""
    id = answer.headline
    if id is None:
        return text("stability.none", language)
    parts = {"plan": _plan(scenario, baseline, language), "gain": _gain(answer.drawn[id], id, language)}
    tried = {"count": len(answer.tried), "all": len(answer.rows), "untried": untried(answer, language)}
    some = "_some" if answer.untried else ""
    if answer.holds(id):
        sure = sureness(answer.drawn[id].odds, language, holds=not some)
        return text(f"stability.holds{some}", language, **parts, sure=sure, **tried)
    if not answer.turns(id):
        return text("stability.few", language, **parts, **tried)
    kind = "share" if MEASURE[id].unit in SHARE_UNITS else "amount"
    direction_in_words = text(f"stability.direction_{kind}", language)
    deciders = _deciders(answer, id, language)
    return text(f"stability.turns{some}", language, **parts, **tried, direction=direction_in_words, deciders=deciders)


def untried(answer: Stability, language: str) -> str:
    """How many alternatives have no figures, by the reason; empty where all have."""
    counts = {"none": sum(not row.kept for row in answer.untried), "few": sum(row.kept > 0 for row in answer.untried)}
    return text("plan.list_comma", language).join(
        text(f"stability.untried_{reason}", language, count=count, least=LEAST_DRAWS)
        for reason, count in counts.items()
        if count
    )


def untried_row(row: Row, language: str) -> str:
    """Why an alternative has no figures."""
    return text(f"stability.untried_row_{'few' if row.kept else 'none'}", language, kept=row.kept)


def _plan(scenario: Scenario, baseline: Baseline, language: str) -> str:
    """People who move from one tier to another, where a plan does nothing else; else that it is this plan."""
    changes = {tier: float(people) for tier, people in tier_changes(scenario, baseline).items() if people}
    only_moves = all(id.startswith("staff.") or id in BESIDE_MOVES for id in scenario.levers)
    if not only_moves or len(changes) != 2 or sum(changes.values()) != 0:
        return text("stability.plan", language)
    source, target = sorted(changes, key=lambda tier: changes[tier])
    names = {end: text(f"stability.tier_{tier}", language) for end, tier in (("source", source), ("target", target))}
    way = "down" if TIERS.index(target) > TIERS.index(source) else "up"
    return text(f"stability.moved_{way}", language, people=count(changes[target]), **names)


def _gain(total: Paired, id: str, language: str) -> str:
    """The change as drawn."""
    median, unit = total.difference.p50, MEASURE[id].unit
    relative = median / total.base.p50 if total.base.p50 else 0.0
    return text(
        f"stability.gain_{'less' if median < 0 else 'more'}_{id}",
        language,
        size=change(median, unit).lstrip("+" + MINUS),
        relative=change_in_percent(relative, language),
    )


def _deciders(answer: Stability, id: str, language: str) -> str:
    """What decides the sign: the kinds of the alternatives under which it turns."""
    kinds: dict[str, list[Alternative]] = {}
    for row in answer.turns(id):
        kinds.setdefault(row.alternative.kind, []).append(row.alternative)
    shown = [*kinds][: len(kinds) if len(kinds) <= MOST_DECIDERS else MOST_DECIDERS - 1]
    parts = [_decider(kind, kinds[kind], answer.break_even.get(id), language) for kind in shown]
    if len(shown) < len(kinds):
        parts.append(text("stability.decides_more", language, count=len(kinds) - len(shown)))
    *first, last = parts
    joined = text("stability.and_comma", language).join(first)
    return text("stability.and_last", language).join(filter(None, (joined, last)))


def _decider(kind: str, turning: Sequence[Alternative], break_even: BreakEven | None, language: str) -> str:
    if kind == "duties" and not any(DUTIES in one.fixed for one in turning):
        return text("stability.decides_duties_province", language)
    if kind != "duties" or break_even is None or points(break_even.value) == "0":
        return text(f"stability.decides_{kind}", language)
    side = "less" if break_even.value < 0 else "more"
    return text(f"stability.decides_duties_{side}", language, points=points(break_even.value))


def points(share: float) -> str:
    """A share of time in whole percentage points, without its sign."""
    return f"{abs(share) * 100:.0f}"


def others(answer: Stability, language: str) -> tuple[str, ...]:
    """A sentence on each other headline measure that some alternatives change otherwise, or hardly."""
    away = {id: _away(answer, id) for id in HEADLINES if answer.headline not in (None, id)}
    return tuple(_other(answer, id, rows, language) for id, rows in away.items() if rows)


def _away(answer: Stability, id: str) -> list[Row]:
    """The rows under which a change has not its direction, or a tenth of its size at most."""
    small = LEFT * abs(answer.drawn[id].difference.p50)
    way = direction(answer.drawn[id], id)
    changes = [(row, row.changes[id]) for row in answer.tried]
    return [row for row, one in changes if direction(one, id) != way or (way and abs(one.difference.p50) <= small)]


def _other(answer: Stability, id: str, rows: Sequence[Row], language: str) -> str:
    unit = MEASURE[id].unit
    shown = rows[: len(rows) if len(rows) <= MOST_DECIDERS else MOST_DECIDERS - 1]
    parts = [
        text("stability.other_case", language, name=row_name(row.alternative, language), change=size)
        for row in shown
        for size in [change_with_points(row.changes[id].difference.p50, unit, language)]
    ]
    if len(shown) < len(rows):
        parts.append(text("stability.decides_more", language, count=len(rows) - len(shown)))
    drawn = change(answer.drawn[id].difference.p50, unit)
    size = with_unit(drawn, unit_beside(unit, language, signed=True), language)
    return text(
        "stability.other",
        language,
        measure=text(f"terms.measure_{id}", language),
        change=text("explain.unchanged", language) if drawn == "0" else size,
        cases=semicolons(parts, language),
    )


def clauses(answer: Stability, language: str) -> tuple[Clause, ...]:
    """For each measure its change as drawn, and the alternatives under which it is not so."""
    return tuple(Clause(text(f"terms.measure_{id}", language), _clause(answer, id, language)) for id in answer.drawn)


def _clause(answer: Stability, id: str, language: str) -> str:
    turns, unit = answer.turns(id), MEASURE[id].unit
    median = answer.drawn[id].difference.p50
    values = {
        "change": with_unit(change(median, unit), unit_beside(unit, language, signed=True), language),
        "count": len(answer.tried),
        "left": len(answer.untried),
        "names": semicolons((row_name(row.alternative, language) for row in turns), language),
    }
    moves = direction(answer.drawn[id], id) != 0
    key = ("turns" if turns else "holds") if moves else ("moves" if turns else "none")
    some = "_some" if answer.untried and not turns else ""
    said = text(f"stability.clause_{key}{some}", language, **values)
    at = answer.break_even.get(id)
    return semicolons([said, *([_break_even(at, answer, language)] if at else [])], language)


def _break_even(at: BreakEven, answer: Stability, language: str) -> str:
    """The value of a city officer's other duties at which the sign turns."""
    way = f"{'below' if at.below else 'above'}_{'less' if at.value < 0 else 'more'}"
    low, high = (f"{value * 100:+.0f}".replace("-", MINUS) for value in answer.duties)
    return text(f"stability.break_{way}", language, points=points(at.value), low=low, high=high)


def row_name(one: Alternative, language: str) -> str:
    """An alternative by its kind and case."""
    kind = text(f"stability.kind_{one.kind}", language)
    return text("stability.row", language, kind=kind, case=case_name(one, language))


def case_name(one: Alternative, language: str) -> str:
    """The case of an alternative, without its kind."""
    if one.kind == "movers":
        return text(f"plan.choice_staff_movers_{one.name}", language)
    if one.kind != "duties":
        return text(f"stability.case_{one.kind}_{one.name}", language)
    ((id, value),) = one.fixed.items()
    side = "equal" if points(value) == "0" else "less" if value < 0 else "more"
    tier = text(f"terms.tier_{'city' if id == DUTIES else 'province'}", language)
    return text(f"stability.case_duties_{side}", language, tier=tier, points=points(value))


def notes(answer: Stability, language: str) -> tuple[str, ...]:
    """The price of time, where it is cut, and how to read the table."""
    draws = {"draws": f"{answer.draws:,}", "most": f"{answer.most_draws:,}", "least": LEAST_DRAWS}
    return (*price(answer, language), text("stability.how_to_read", language, **draws))


def price(answer: Stability, language: str) -> Sequence[str]:
    """What a cut of other duties would take in people, where the plan makes one."""
    return (price_in_words(answer.cut, answer.price, language),) if answer.cut else ()


def price_in_words(cut: float, officers: float, language: str) -> str:
    """What a cut of other duties, a share of time, would take in people, to the next five."""
    return text("stability.price", language, points=points(cut), officers=count(5 * round(officers / 5)))
