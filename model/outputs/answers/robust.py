"""The safe plan (求稳方案): its gain in the worst draws and its cost, beside the best plan."""

from collections.abc import Iterator
from dataclasses import asdict

from model.evidence.baseline import Baseline
from model.outputs.answers import best_plan, moves
from model.outputs.answers.answer_table import Banded, Cell, Figure, OddsCell, Table, capital, lines, plain_text
from model.outputs.answers.document import odds_document
from model.outputs.answers.found_plan import limits_in_words, plan_document, stopped_in_words
from model.outputs.answers.found_plan import named as named_plan
from model.outputs.answers.objective_terms import (
    INDEX_DECIMALS,
    UNITS,
    difference_with_unit,
    unit_in_words,
    unit_of,
)
from model.outputs.answers.objective_terms import name as objective_name
from model.outputs.answers.projection import limits, title
from model.outputs.answers.targets import share_in_words
from model.outputs.phrasing.coherence import coherent_pair, printed_difference
from model.outputs.words import text
from model.projection.results import Band
from model.scenario.scenario import Scenario
from model.search.robust import Outlook, Robust

COLUMNS = ("median", "worst", "ahead", "least_ahead", "against")
LITTLE = 1e-3
"""A gain in the worst draws under this part of the objective is called little."""


def plans(answer: Robust) -> Iterator[tuple[str, Outlook]]:
    """The plans worth telling apart.

    The own plan not where it moves nobody, the robust one not where it is the representative one.
    """
    for name, outlook in answer.outlooks.items():
        alike = (name == "own" and outlook == answer.outlooks["layout"]) or (
            name == "robust" and answer.keeps_representative
        )
        if not alike:
            yield name, outlook


def plan_name(name: str, answer: Robust, language: str) -> str:
    """One of the plans by name."""
    return text(f"robust.{'both' if name == 'representative' and answer.keeps_representative else name}", language)


def goal_of(outlook: Outlook, answer: Robust) -> Band:
    """A plan's band of the goal, with the figure that it has wherever it stands beside the base year."""
    return coherent_pair(outlook.beside, unit_of(answer.objective)).scenario


def sentence(answer: Robust, language: str) -> str:
    """What the safe plan gains in the worst draws, and what it costs in the middle."""
    share, unit = share_in_words(1 - answer.level), unit_of(answer.objective)
    robust, representative, layout = (answer.outlooks[name] for name in ("robust", "representative", "layout"))
    if answer.keeps_representative:
        gain = difference_with_unit(printed_difference(representative.worst, layout.worst, unit), unit, language)
        return text("robust.same", language, share=share, gain=gain.lstrip("+"))
    worst = printed_difference(robust.worst, representative.worst, unit)
    middle = printed_difference(goal_of(robust, answer).p50, goal_of(representative, answer).p50, unit)
    return text(
        "robust.little" if worst < LITTLE * abs(representative.worst) else "robust.sentence",
        language,
        share=share,
        worst=difference_with_unit(worst, unit, language).lstrip("+"),
        middle=difference_with_unit(middle, unit, language),
    )


def table(answer: Robust, language: str) -> Table:
    """A row a plan over all kept draws."""
    share, measured = share_in_words(1 - answer.level), unit_of(answer.objective)
    heads = [text("robust.column_plan", language), text("moves.people_moved", language)]
    heads += [text(f"robust.column_{column}", language, share=share) for column in COLUMNS]
    moved = {
        "layout": 0.0,
        "own": answer.own_moved,
        "representative": answer.representative.plan.moved,
        "robust": answer.plan.moved,
    }
    rows = tuple(
        (plan_name(name, answer, language), Figure(moved[name], "people"), *_cells(name, answer, measured))
        for name, _ in plans(answer)
    )
    title, file = text("robust.table", language), text("robust.file", language)
    return Table(tuple(heads), rows, title=title, unit=unit(answer, language), file=file)


def unit(answer: Robust, language: str) -> str:
    """The unit of the objective."""
    return unit_in_words(unit_of(answer.objective), language)


def _cells(name: str, answer: Robust, unit: str) -> tuple[Cell, ...]:
    """The figures of a plan; what it is ahead of the layout has a plus."""
    outlook, decimals = answer.outlooks[name], INDEX_DECIMALS if unit == UNITS["worst_off"] else None
    goal = (Banded(goal_of(outlook, answer), unit), Figure(outlook.worst, unit))
    if name == "layout":
        return (*goal, "", "", "")
    ahead = (0.0 - behind for behind in (outlook.regret, outlook.most_regret))
    figures = (Figure(value, unit, signed=True, decimals=decimals) for value in ahead)
    return (*goal, *figures, OddsCell(outlook.against_layout))


def notes(answer: Robust, language: str) -> tuple[str, ...]:
    """How the worst draws were asked, and what no plan found here considers."""
    part = share_in_words(min(2 * (1 - answer.level), 1.0))
    how = text("robust.how", language, sample=answer.sample, part=part)
    return (how, *(text(f"decide.{key}", language) for key in ("read", "plan_limits")))


def named(answer: Robust, own: Scenario) -> Scenario:
    """The safe plan as a scenario of its own: its name says the objective, its note how it was found."""
    return named_plan(answer.plan.scenario, own, "robust", answer.seed, lambda language: _aim(answer, language))


def _aim(answer: Robust, language: str) -> dict[str, str]:
    share = share_in_words(1 - answer.level)
    return {
        "aim": objective_name(answer.objective, language),
        "share": share,
        **limits_in_words(answer.limits, language),
    }


def in_terminal(answer: Robust, own: Scenario, baseline: Baseline, language: str) -> str:
    """The answer as plain text."""
    return plain_text(
        language,
        title(own, baseline, answer.seed, answer.draws, language),
        *stopped_in_words(answer, language),
        text("robust.asked", language, **_aim(answer, language)),
        capital(sentence(answer, language)),
        table(answer, language),
        *moves.in_terminal(answer.plan.scenario, own, baseline, language),
        lines(notes(answer, language)),
        limits(baseline, language),
    )


def document(answer: Robust) -> dict[str, object]:
    """Both plans, and every plan over all kept draws."""
    return {
        "found": True,
        "stopped": answer.is_stopped,
        **plan_document(answer.plan),
        "goal": dict(answer.objective.weights),
        "level": answer.level,
        "keeps_representative": answer.keeps_representative,
        "representative": best_plan.document(answer.representative),
        "outlooks": {name: _outlook(outlook) for name, outlook in answer.outlooks.items()},
        "own_moved": answer.own_moved,
        "sample": {"draws": answer.sample, "representative": answer.on_sample[0], "robust": answer.on_sample[1]},
        "limits": asdict(answer.limits),
    }


def _outlook(outlook: Outlook) -> dict[str, object]:
    told = {**asdict(outlook), "against_layout": odds_document(outlook.against_layout)}
    return {name: value for name, value in told.items() if name != "beside"}
