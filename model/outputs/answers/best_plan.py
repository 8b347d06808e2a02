"""The best plan (最优方案): what it gains, beside the plan before, by both models, and what holds it back."""

from collections.abc import Mapping
from dataclasses import asdict

from model.evidence.baseline import Baseline
from model.outputs.answers import moves
from model.outputs.answers.answer_table import Rate, Table, capital, lines, plain_text
from model.outputs.answers.document import paired_document, scenario_document
from model.outputs.answers.found_plan import (
    LIMIT_UNITS,
    FigureRow,
    against,
    limit_name,
    limits_in_words,
    stopped_in_words,
)
from model.outputs.answers.found_plan import figures as figures_of
from model.outputs.answers.found_plan import named as named_plan
from model.outputs.answers.objective_terms import (
    INDEX,
    difference,
    difference_with_unit,
    kind,
    scale,
    unit_in_words,
    unit_of,
    value_with_unit,
)
from model.outputs.answers.objective_terms import name as objective_name
from model.outputs.answers.projection import TABLE_MEASURES, limits, title
from model.outputs.phrasing.coherence import coherent_pair, printed_difference
from model.outputs.phrasing.numbers import MINUS, SHARE_UNITS, change, change_in_percent, change_unit, count, percent
from model.outputs.phrasing.odds import odds_in_words, sureness
from model.outputs.phrasing.sentences import place
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.results import Paired
from model.scenario.scenario import Scenario
from model.search.best_plan import BestPlan
from model.year.measures import HEADLINES, MEASURE

HEADLINE_OF = {"visits": "visits", "duty": "duty_met"}
"""The headline figure that an objective is itself."""
SHARE_OF_LOSS, LEAST_LOSS = 0.5, 0.005
"""A figure that falls is a price where it does so in more of the draws and by a larger part than this."""
MOST_LIMITS = 10
LEAST_APART = 1e-6
"""Part of an objective under which two figures of it are the same."""
LEAST_WORTH = 0.01
"""Part of what the first limit is worth under which another is not worth naming."""


def sentence(answer: BestPlan, own: Scenario, language: str) -> str:
    """What the plan gains by its objective over the scenario's own plan, and at what price."""
    goal, unit, beside = kind(answer.objective), unit_of(answer.objective), against(own, language)
    if not answer.beats_own:
        worth = value_with_unit(answer.own, answer.objective, language)
        key = "none_better_mix" if goal == "mix" else "none_better"
        label = text(f"best_plan.goal_{goal}", language)
        return text(f"best_plan.{key}", language, goal=label, against=beside, worth=worth)
    if answer.saves_moves:
        return text(
            f"best_plan.{'as_good_with_fewer' if answer.plan.moved else 'as_good_with_nobody'}",
            language,
            goal=text(f"best_plan.goal_{goal}", language),
            against=beside,
            moved=count(answer.plan.moved),
            own_moved=count(answer.own_moved),
            odds=odds_in_words(answer.over_draws.odds, language),
        )
    judged = answer.measures[HEADLINE_OF[goal]] if goal in HEADLINE_OF else answer.over_draws
    paired, losses = coherent_pair(judged, unit), _losses(answer.measures, goal, language)
    relative = paired.difference.p50 / paired.base.p50 if paired.base.p50 else 0.0
    gain = text(
        f"best_plan.{'less' if paired.difference.p50 < 0 else 'more'}_{goal}",
        language,
        change=difference(paired.difference.p50, unit).lstrip("+" + MINUS),
        relative=change_in_percent(relative, language),
    )
    return text(
        "best_plan.sentence",
        language,
        year=baseline_of(own).year,
        moved=count(answer.plan.moved),
        against=beside,
        gain=gain,
        sure=sureness(paired.odds, language),
        but=text("best_plan.but", language, losses=losses) if losses else "",
    )


def _losses(measures: Mapping[str, Paired], goal: str, language: str) -> str:
    """The other headline figures that fall in most draws, and by how much."""
    others = {id: coherent_pair(measures[id], MEASURE[id].unit) for id in HEADLINES if id != HEADLINE_OF.get(goal)}
    falling = {id: paired for id, paired in others.items() if paired.odds.worse > SHARE_OF_LOSS and _falls(id, paired)}
    parts = [
        text(
            f"plan.less_{id}",
            language,
            change=change(paired.difference.p50, MEASURE[id].unit).lstrip("+" + MINUS),
            relative=change_in_percent(paired.difference.p50 / paired.base.p50 if paired.base.p50 else 0.0, language),
            sure=sureness(paired.odds, language),
        )
        for id, paired in falling.items()
    ]
    return text("plan.list_semicolon", language).join(parts)


def _falls(id: str, paired: Paired) -> bool:
    """Whether a figure falls by enough to be called a price."""
    size = 1.0 if MEASURE[id].unit in SHARE_UNITS else paired.base.p50
    return paired.difference.p50 < -LEAST_LOSS * size


def figures(answer: BestPlan, own: Scenario, language: str, ids: tuple[str, ...] = HEADLINES) -> Table:
    """Measures under the own plan and the best plan.

    Above them stands the objective, unless a measure says it.
    """
    return figures_of(
        answer.measures, own, answer.plan.scenario, language, objective=_objective(answer, language), ids=ids
    )


def _objective(answer: BestPlan, language: str) -> FigureRow | None:
    goal = kind(answer.objective)
    if goal in HEADLINE_OF:
        return None
    return text(f"best_plan.figure_{goal}", language), unit_of(answer.objective), answer.over_draws


def binding_limits(answer: BestPlan, baseline: Baseline, language: str) -> Table:
    """The limits that hold the objective back: what one unit more of each would gain by the programme."""
    heads = tuple(text(f"best_plan.column_{column}", language) for column in ("limit", "where", "eased", "gain"))
    first, unit = max((hold.amount for hold in answer.binding), default=0.0), unit_of(answer.objective)
    rows = tuple(
        (
            limit_name(hold.what, language),
            place(hold.tier, hold.prefecture, baseline, language) if hold.tier else text("terms.total", language),
            text(f"best_plan.one_{LIMIT_UNITS.get(hold.what, 'person')}", language),
            Rate(hold.amount * scale(unit)),
        )
        for hold in answer.binding[:MOST_LIMITS]
        if hold.amount >= LEAST_WORTH * first
    )
    return Table(
        heads,
        rows,
        title=text("best_plan.limits", language),
        unit=unit_in_words(unit, language) if unit == INDEX else change_unit(unit, language),
        file=text("best_plan.file_limits", language),
    )


def notes(answer: BestPlan, language: str) -> tuple[str, ...]:
    """Both models' word on the plan, how it was solved, and what no plan found here considers."""
    between = [text("best_plan.is_between", language)] * answer.is_between
    keys = ("best_plan.solved", "decide.representative", "decide.read", "decide.plan_limits")
    both = [] if answer.bound is None else [_both_models(answer, answer.bound, language)]
    return (*both, *between, *(text(key, language) for key in keys))


def _both_models(answer: BestPlan, bound: float, language: str) -> str:
    """What programme and full model say of the plan in the case, and the `bound` nothing can beat."""
    worths = {
        "promised": answer.promise,
        "representative": answer.representative,
        "own": answer.own,
        "bound": bound,
    }
    unit = unit_of(answer.objective)
    apart = printed_difference(answer.representative, answer.promise, unit)
    gap = max(printed_difference(bound, answer.promise, unit), 0.0)
    part = abs(apart) / max(abs(answer.promise), 1e-9)
    key = "none" if apart == 0 or part < LEAST_APART else "less" if apart < 0 else "more"
    above = difference_with_unit(gap, unit, language).lstrip("+")
    return text(
        "best_plan.two_models",
        language,
        goal=text(f"best_plan.goal_{kind(answer.objective)}", language),
        apart=text(
            f"best_plan.apart_{key}", language, relative=percent(part, 2), n=difference(apart, unit).lstrip("+" + MINUS)
        ),
        gap=text("best_plan.gap", language, n=above) if gap > LEAST_APART * abs(answer.promise) else "",
        **{name: value_with_unit(worth, answer.objective, language) for name, worth in worths.items()},
    )


def named(answer: BestPlan, own: Scenario) -> Scenario:
    """The plan as a scenario of its own: its name says the objective, its note how it was found."""
    return named_plan(answer.plan.scenario, own, "best_plan", answer.seed, lambda language: _aim(answer, language))


def _aim(answer: BestPlan, language: str) -> dict[str, str]:
    return {"aim": objective_name(answer.objective, language), **limits_in_words(answer.limits, language)}


def in_terminal(answer: BestPlan, own: Scenario, baseline: Baseline, language: str) -> str:
    """The answer as plain text."""
    return plain_text(
        language,
        title(own, baseline, answer.seed, answer.draws, language),
        *stopped_in_words(answer, language),
        text("best_plan.asked", language, **_aim(answer, language)),
        capital(sentence(answer, own, language)),
        figures(answer, own, language, TABLE_MEASURES),
        *moves.in_terminal(answer.plan.scenario, own, baseline, language),
        binding_limits(answer, baseline, language),
        lines(notes(answer, language)),
        limits(baseline, language),
    )


def document(answer: BestPlan) -> dict[str, object]:
    """The plan whole: who moves, what both models say of it beside the own plan, what holds it back."""
    return {
        "found": True,
        "stopped": answer.is_stopped,
        "scenario": scenario_document(answer.plan.scenario),
        "goal": dict(answer.objective.weights),
        "limits": asdict(answer.limits),
        "moves": [asdict(move) for move in answer.plan.moves],
        "moved": answer.plan.moved or 0,
        "programme": {"promised": answer.promise, "bound": answer.bound, "gap": answer.gap},
        "full_model": {
            "own": answer.own,
            "own_moved": answer.own_moved,
            "plan": answer.representative,
            "over_draws": paired_document(coherent_pair(answer.over_draws, unit_of(answer.objective))),
        },
        "is_between": answer.is_between,
        "beats_own": answer.beats_own,
        "measures": {
            id: paired_document(coherent_pair(pair, MEASURE[id].unit)) for id, pair in answer.measures.items()
        },
        "binding": [asdict(hold) for hold in answer.binding],
    }
