"""A plan that was found: in a sentence, beside the current plan, and by the programme and the full model."""

from collections.abc import Mapping, Sequence

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import Banded, Cell, Odds, Rate, Table
from model.outputs.answers.best_plan import (
    AMOUNTS,
    INDEX,
    MOST_HOLDS,
    goal_difference,
    goal_unit,
    goal_unit_said,
    goal_value,
)
from model.outputs.phrasing.numbers import MINUS, SHARE_UNITS, change, count, percent, unit_word, with_unit
from model.outputs.phrasing.sentences import place, sureness
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.projection.results import Paired
from model.scenario.scenario import Scenario
from model.search.aims.objective import Objective
from model.search.best_plan import BestPlan
from model.year.measures import HEADLINES, MEASURES

OF_GOAL = {"visits": "visits", "duty": "duty_met"}
"""The headline figure that a goal is itself."""
SHARE_OF_LOSS, LEAST_LOSS = 0.5, 0.005
LEAST_WORTH = 0.01
"""Part of what the first limit is worth under which another is not worth naming."""
MEASURE_UNITS = {measure.id: measure.unit for measure in MEASURES}


def kind(goal: Objective) -> str:
    """The one criterion of a goal, or `mix`."""
    wanted = [name for name, weight in goal.weights.items() if weight]
    return wanted[0] if len(wanted) == 1 else "mix"


def against(scenario: Scenario, language: str) -> str:
    """What a plan found is set beside: the current plan, or the base year where nothing was decided yet."""
    return text("decide.against_plan" if scenario.levers else "decide.against_base", language)


def sentence(found: BestPlan, own: Scenario, language: str) -> str:
    """What the plan gains by its goal over the plan it was asked of; where it gains nothing, that."""
    goal, paired, beside = kind(found.objective), found.over_draws, against(own, language)
    if not found.beats_own:
        worth = written_goal(found.own, found.objective, language)
        key = "plan_mix_best" if goal == "mix" else "plan_best"
        return text(f"decide.{key}", language, goal=text(f"decide.goal_{goal}", language), against=beside, worth=worth)
    losses = _losses(found.measures, goal, language)
    relative = paired.difference.p50 / paired.base.p50 if paired.base.p50 else 0.0
    said = text(
        f"decide.plan_{'less' if paired.difference.p50 < 0 else 'more'}_{goal}",
        language,
        change=goal_difference(paired.difference.p50, goal_unit(found.objective)).lstrip("+-" + MINUS),
        relative=percent(abs(relative)),
    )
    return text(
        "decide.plan_said",
        language,
        moved=count(found.plan.moved),
        against=beside,
        gain=said,
        sure=sureness(paired, language),
        but=text("decide.plan_but", language, losses=losses) if losses else "",
    )


def _losses(measures: Mapping[str, Paired], goal: str, language: str) -> str:
    """The other headline figures that fall in most draws, and by how much."""
    others = {id: measures[id] for id in HEADLINES if id != OF_GOAL.get(goal)}
    falling = {id: paired for id, paired in others.items() if paired.worse > SHARE_OF_LOSS and _falls(id, paired)}
    parts = [
        text(
            f"plan.less_{id}",
            language,
            change=change(paired.difference.p50, MEASURE_UNITS[id]).lstrip("+" + MINUS),
            relative=percent(paired.difference.p50 / paired.base.p50 if paired.base.p50 else 0.0),
            sure=sureness(paired, language),
        )
        for id, paired in falling.items()
    ]
    return text("plan.list_semicolon", language).join(parts)


def _falls(id: str, paired: Paired) -> bool:
    """Whether a figure falls by enough to be called a price."""
    size = 1.0 if MEASURE_UNITS[id] in SHARE_UNITS else paired.base.p50
    return paired.difference.p50 < -LEAST_LOSS * size


def paired(comparison: Comparison) -> dict[str, Paired]:
    """Every measure of the whole force under the first of two plans (base) and under the second."""
    return {
        id: Paired(
            *(projection.measures[id].total.scenario for projection in comparison.projections),
            duels["total"][1, 0].difference,
            duels["total"][1, 0].beats,
            duels["total"][0, 1].beats,
        )
        for id, duels in comparison.duels.items()
    }


def figures(
    measures: Mapping[str, Paired],
    before: Scenario,
    after: Scenario,
    language: str,
    goal: tuple[str, str, Paired] | None = None,
) -> Table:
    """The headline figures under the plan before and the one found, over the same draws; above them the goal (name,
    unit, figure) where no headline says it."""
    days = str(after.levers.get("decision_limit", "90"))
    rows = [goal] if goal else []
    rows += [(text(f"plan.headline_{id}", language, days=days), MEASURE_UNITS[id], measures[id]) for id in HEADLINES]
    return beside(rows, before, language)


def beside(rows: Sequence[tuple[str, str, Paired]], own: Scenario, language: str) -> Table:
    """Figures (name, unit, figure) under the plan it was asked of and under another one, over the same draws."""
    heads = [text("decide.column_figure", language), against(own, language)]
    heads += [text(f"decide.column_{column}", language) for column in ("found", "change", "better")]
    return Table(tuple(heads), tuple(_row(*row, language) for row in rows))


def _row(name: str, its_unit: str, paired: Paired, language: str) -> tuple[Cell, ...]:
    word = unit_word(its_unit, language)
    head = text("prefectures.heading_unit", language, name=name, unit=word) if word else name
    bands = (Banded(paired.base, its_unit), Banded(paired.scenario, its_unit))
    return (head, *bands, Banded(paired.difference, its_unit, signed=True), Odds(paired.better, paired.worse))


def goal_figure(found: BestPlan, language: str) -> tuple[str, str, Paired] | None:
    """The goal as a row of `figures`, where it is one figure and none of the headlines."""
    goal = kind(found.objective)
    if goal in OF_GOAL or goal == "mix":
        return None
    return text(f"decide.figure_{goal}", language), goal_unit(found.objective), found.over_draws


def both_models(found: BestPlan, language: str) -> tuple[str, ...]:
    """What the programme and the full model say of the plan in the central case, and what nothing can beat."""
    values = {"promised": found.promise, "central": found.central, "own": found.own, "bound": found.bound}
    apart = found.central - found.promise
    relative = percent(abs(apart) / max(abs(found.promise), 1e-9), 2)
    said = text(
        "decide.two_models",
        language,
        goal=text(f"decide.goal_{kind(found.objective)}", language),
        apart=text(f"decide.apart_{'less' if apart < 0 else 'more'}", language, relative=relative),
        **{name: written_goal(value, found.objective, language) for name, value in values.items()},
    )
    between = (text("decide.is_between", language),) if found.is_between else ()
    return (said, *between)


def written_goal(value: float, goal: Objective, language: str) -> str:
    """What something is worth by a goal, with the unit."""
    unit = goal_unit(goal)
    return with_unit(goal_value(value, unit), "" if unit == INDEX else unit_word(unit, language), language)


def holds(found: BestPlan, baseline: Baseline, language: str) -> Table:
    """The limits that hold the goal back: what one unit more of each would gain by the programme."""
    heads = tuple(text(f"decide.column_{column}", language) for column in ("limit", "where", "eased"))
    worth = text("decide.column_worth", language)
    first = max((hold.amount for hold in found.binding), default=0.0)
    rows = tuple(
        (
            text(f"best_plan.limit_{hold.what.replace(' ', '_')}", language),
            place(hold.tier, hold.prefecture, baseline, language) if hold.tier else text("terms.total", language),
            text(f"best_plan.one_{AMOUNTS.get(hold.what, 'person')}", language),
            Rate(hold.amount),
        )
        for hold in found.binding[:MOST_HOLDS]
        if hold.amount >= LEAST_WORTH * first
    )
    return Table((*heads, worth), rows, goal_unit_said(goal_unit(found.objective), language) or "%")
