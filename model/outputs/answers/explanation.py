"""What did it, for people: each decision by name, its part in each measure in a sentence, a table and plain values."""

from model.evidence.baseline import Baseline
from model.outputs.answers.document import made_on
from model.outputs.answers.printed import heading, said
from model.outputs.phrasing.numbers import MINUS, change, change_unit, with_unit
from model.outputs.phrasing.sentences import Clause, changes_in_words
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.explain import MOST_EXACT, Decision, Explanation
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from model.year.measures import MEASURES

MOST_PARTS = 5
UNITS = {measure.id: measure.unit for measure in MEASURES}


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


def explanation_in_words(explanation: Explanation, baseline: Baseline, language: str) -> tuple[Clause, ...]:
    """A sentence a measure: the whole change and the decisions' parts in it, the largest first, small ones together;
    parts too small to be written are left out."""
    return tuple(
        Clause(text(f"terms.measure_{id}", language), _parts_in_words(explanation, id, baseline, language))
        for id in explanation.change
    )


def _parts_in_words(explanation: Explanation, id: str, baseline: Baseline, language: str) -> str:
    parts = sorted(zip(explanation.decisions, explanation.shares[id], strict=True), key=lambda part: -abs(part[1]))
    written = [(decision_name(decision, baseline, language), change(share, UNITS[id])) for decision, share in parts]
    written = [(name, share) for name, share in written if share != "0"]
    whole = change(explanation.change[id], UNITS[id])
    if not written:
        return text("explain.unchanged", language)
    with_its_unit = with_unit(whole, change_unit(UNITS[id], language), language)
    if len(written) == 1:
        return text("explain.one_alone", language, change=with_its_unit, name=written[0][0])
    if len(written) > MOST_PARTS:
        rest = explanation.change[id] - sum(share for _, share in parts[: MOST_PARTS - 1])
        named = text("explain.rest", language, count=len(written) - MOST_PARTS + 1)
        written = [*written[: MOST_PARTS - 1], (named, change(rest, UNITS[id]))]
    joined = text("plan.list_semicolon", language).join(
        text("explain.part", language, name=name, change=share) for name, share in written
    )
    kind = "cancels" if whole == "0" else "changed"
    return text(f"explain.{kind}", language, change=with_its_unit, parts=joined)


def printed_explanation(explanation: Explanation, scenario: Scenario, base: BaseYear, language: str) -> str:
    """Sentences, the table of parts and how to read it."""
    if not explanation.decisions:
        return f"{heading(scenario, base, base.baseline, language)}\n\n{text('explain.no_decision', language)}"
    clauses = explanation_in_words(explanation, base.baseline, language)
    notes = [text("explain.how_to_read", language)]
    if not explanation.exact:
        notes.append(text("explain.sampled", language, most=MOST_EXACT))
    parts = [
        heading(scenario, base, base.baseline, language),
        "\n".join(said(clause.head, clause.body, language) for clause in clauses),
        _table(explanation, scenario, base.baseline, language),
        "\n".join(notes),
    ]
    return "\n\n".join(parts).replace(MINUS, "-")


def _table(explanation: Explanation, scenario: Scenario, baseline: Baseline, language: str) -> str:
    heads = [text("command_line.column_measure", language), text("command_line.column_unit", language)]
    heads += [text(f"explain.column_{head}", language) for head in ("decision", "part")]
    heads += [text("explain.column_error", language)] * (not explanation.exact)
    names = [decision_in_words(decision, scenario, baseline, language) for decision in explanation.decisions]
    rows = [heads]
    for id, whole in explanation.change.items():
        unit, blank = UNITS[id], [""] * (not explanation.exact)
        measure = [text(f"terms.measure_{id}", language), change_unit(unit, language)]
        rows.append([*measure, text("explain.whole", language), change(whole, unit), *blank])
        shares = explanation.shares[id]
        for name, share, error in zip(names, shares, explanation.errors[id], strict=True) if any(shares) else ():
            errors = [change(error, unit).lstrip("+")] * (not explanation.exact)
            rows.append(["", "", name, change(share, unit), *errors])
    return text_table(rows, frozenset({3, 4}))


def explanation_document(explanation: Explanation, scenario: Scenario, base: BaseYear) -> dict[str, object]:
    """The parts as plain values: one a decision, in the order of `decisions`, adding up to the change."""
    return {
        **made_on(scenario, base),
        "exact": explanation.exact,
        "decisions": [list(decision) for decision in explanation.decisions],
        "measures": {
            id: {
                "unit": UNITS[id],
                "change": whole,
                "shares": list(explanation.shares[id]),
                "errors": list(explanation.errors[id]),
            }
            for id, whole in explanation.change.items()
        },
    }
