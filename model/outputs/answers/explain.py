"""What did it (各项举措的贡献): each decision's part in the change of the measures, in words and as a table."""

from collections.abc import Sequence

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import (
    Cell,
    Figure,
    Table,
    capital,
    clause_in_words,
    lines,
    plain_text,
    unit_head,
)
from model.outputs.answers.projection import heading
from model.outputs.phrasing.numbers import change, unit_beside, with_unit
from model.outputs.phrasing.sentences import Clause, changes_in_words, measure_with_limits
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.explain import MOST_EXACT, Decision, Explanation
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, MEASURE

MOST_PARTS = 5
COLUMNS_IN_TERMINAL = 4
"""Measures side by side in a terminal; more of them take tables of their own."""


def decision_name(decision: Decision, baseline: Baseline, language: str) -> str:
    """A decision in a few words: people moved, or the lever's own name."""
    if decision[0].startswith("staff."):
        return text("explain.people", language)
    return levers(baseline)[decision[0]].label[language]


def decision_in_words(decision: Decision, scenario: Scenario, baseline: Baseline, language: str) -> str:
    """A decision with what it changes, from which value to which."""
    alone = scenario.with_decisions(levers={id: scenario.levers[id] for id in decision}, assumptions={}, reading={})
    detail = changes_in_words(alone, baseline, language)
    if not decision[0].startswith("staff."):
        return detail
    return text("explain.decision", language, name=text("explain.people", language), detail=detail)


def measures_that_move(explanation: Explanation) -> list[str]:
    """The measures in which some decision has a part."""
    return [
        id for id, shares in explanation.shares.items() if any(change(one, MEASURE[id].unit) != "0" for one in shares)
    ]


def sentence(explanation: Explanation, scenario: Scenario, baseline: Baseline, language: str) -> str:
    """The first measure that changes, and the decision with the largest part in it.

    Headline figures come before others.
    """
    if not explanation.decisions:
        return text("explain.no_decision", language)
    ids = measures_that_move(explanation)
    if not ids:
        return text("explain.no_headline", language)
    id = next((id for id in HEADLINES if id in ids), ids[0])
    unit = MEASURE[id].unit
    largest = max(range(len(explanation.decisions)), key=lambda k: abs(explanation.shares[id][k]))
    return text(
        "explain.sentence",
        language,
        measure=measure_with_limits(id, scenario, language),
        change=with_unit(change(explanation.change[id], unit), unit_beside(unit, language, signed=True), language),
        name=decision_name(explanation.decisions[largest], baseline, language),
        share=change(explanation.shares[id][largest], unit),
    )


def clauses(explanation: Explanation, scenario: Scenario, baseline: Baseline, language: str) -> tuple[Clause, ...]:
    """A sentence a measure: the whole change and the decisions' parts in it, the largest first.

    Small parts are told together; parts too small to be written are left out.
    """
    return tuple(
        Clause(measure_with_limits(id, scenario, language), _parts_in_words(explanation, id, baseline, language))
        for id in explanation.change
    )


def parts_in_words(explanation: Explanation, id: str, baseline: Baseline, language: str) -> list[str]:
    """The decisions that change a measure with their parts, largest first; of a single one its name."""
    unit = MEASURE[id].unit
    parts = sorted(zip(explanation.decisions, explanation.shares[id], strict=True), key=lambda part: -abs(part[1]))
    written = [(decision_name(decision, baseline, language), change(share, unit)) for decision, share in parts]
    written = [(name, share) for name, share in written if share != "0"]
    if len(written) == 1:
        return [written[0][0]]
    if len(written) > MOST_PARTS:
        rest = explanation.change[id] - sum(share for _, share in parts[: MOST_PARTS - 1])
        name = text("explain.rest", language, count=len(written) - MOST_PARTS + 1)
        written = [*written[: MOST_PARTS - 1], (name, change(rest, unit))]
    return [text("explain.part", language, name=name, change=share) for name, share in written]


def _parts_in_words(explanation: Explanation, id: str, baseline: Baseline, language: str) -> str:
    unit, parts = MEASURE[id].unit, parts_in_words(explanation, id, baseline, language)
    whole = change(explanation.change[id], unit)
    if not parts:
        return text("explain.unchanged", language)
    whole_with_unit = with_unit(whole, unit_beside(unit, language, signed=True), language)
    if len(parts) == 1:
        return text("explain.one_alone", language, change=whole_with_unit, name=parts[0])
    joined = text("plan.list_semicolon", language).join(parts)
    key = "cancels" if whole == "0" else "changed"
    return text(f"explain.{key}", language, change=whole_with_unit, parts=joined)


def table(
    explanation: Explanation, scenario: Scenario, baseline: Baseline, language: str, ids: Sequence[str] = ()
) -> Table:
    """A row a decision, its part in each measure (all without `ids`), the whole change under them.

    Where orders were sampled, every part is followed by its standard error.
    """
    ids = ids or tuple(explanation.change)
    heads = [text("explain.column_decision", language)]
    for id in ids:
        heads.append(unit_head(measure_with_limits(id, scenario, language), MEASURE[id].unit, language, signed=True))
        heads += [text("explain.column_error", language)] * (not explanation.exact)

    def row(name: str, parts: list[tuple[float, float | None]]) -> tuple[Cell, ...]:
        cells: list[Cell] = [name]
        for id, (part, error) in zip(ids, parts, strict=True):
            cells.append(Figure(part, MEASURE[id].unit, signed=True))
            cells += [Figure(error, MEASURE[id].unit, signed=True)] * (not explanation.exact)
        return tuple(cells)

    rows = [
        row(
            decision_in_words(decision, scenario, baseline, language),
            [(explanation.shares[id][k], explanation.errors[id][k]) for id in ids],
        )
        for k, decision in enumerate(explanation.decisions)
    ]
    whole = row(text("explain.whole", language), [(explanation.change[id], None) for id in ids])
    return Table(tuple(heads), (*rows, whole), file=text("explain.file", language))


def notes(explanation: Explanation, language: str) -> tuple[str, ...]:
    """How the parts were worked out."""
    sampled = [text("explain.sampled", language, most=MOST_EXACT)] * (not explanation.exact)
    return (text("explain.how_to_read", language), *sampled)


def in_terminal(explanation: Explanation, scenario: Scenario, base: BaseYear, language: str) -> str:
    """The answer as plain text."""
    baseline, ids = base.baseline, tuple(explanation.change)
    top = heading(scenario, base, baseline, language), capital(sentence(explanation, scenario, baseline, language))
    if not explanation.decisions:
        return plain_text(language, *top)
    by_measure = (clause_in_words(clause, language) for clause in clauses(explanation, scenario, baseline, language))
    groups = (ids[start : start + COLUMNS_IN_TERMINAL] for start in range(0, len(ids), COLUMNS_IN_TERMINAL))
    tables = (table(explanation, scenario, baseline, language, group) for group in groups)
    return plain_text(language, *top, lines(by_measure), *tables, lines(notes(explanation, language)))


def document(explanation: Explanation) -> dict[str, object]:
    """The parts as plain values: one a decision, in the order of `decisions`, adding up to the change."""
    return {
        "exact": explanation.exact,
        "decisions": [list(decision) for decision in explanation.decisions],
        "measures": {
            id: {
                "unit": MEASURE[id].unit,
                "change": whole,
                "shares": list(explanation.shares[id]),
                "errors": list(explanation.errors[id]),
            }
            for id, whole in explanation.change.items()
        },
    }
