"""What did it in a sentence and a table: a row a decision, its part in each measure, the whole change under them."""

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import Cell, Figure, Table, unit_head
from model.outputs.answers.explanation import UNITS, decision_in_words, decision_name
from model.outputs.phrasing.numbers import change, change_unit, with_unit
from model.outputs.words import text
from model.projection.explain import Explanation
from model.scenario.scenario import Scenario


def table(explanation: Explanation, scenario: Scenario, baseline: Baseline, language: str) -> Table:
    """Where orders were sampled, every part is followed by its standard error."""
    heads = [text("explain.column_decision", language)]
    for id in explanation.change:
        heads.append(unit_head(text(f"terms.measure_{id}", language), UNITS[id], language, signed=True))
        heads += [text("explain.column_error", language)] * (not explanation.exact)

    def row(name: str, parts: list[tuple[float, float | None]]) -> tuple[Cell, ...]:
        cells: list[Cell] = [name]
        for id, (part, error) in zip(explanation.change, parts, strict=True):
            cells.append(Figure(part, UNITS[id], signed=True))
            cells += [Figure(error, UNITS[id], signed=True)] * (not explanation.exact)
        return tuple(cells)

    rows = [
        row(
            decision_in_words(decision, scenario, baseline, language),
            [(explanation.shares[id][k], explanation.errors[id][k]) for id in explanation.change],
        )
        for k, decision in enumerate(explanation.decisions)
    ]
    whole = row(text("explain.whole", language), [(change, None) for change in explanation.change.values()])
    return Table(tuple(heads), (*rows, whole))


def moved(explanation: Explanation) -> list[str]:
    """The measures in which some decision has a part."""
    return [id for id, shares in explanation.shares.items() if any(change(one, UNITS[id]) != "0" for one in shares)]


def sentence(explanation: Explanation, baseline: Baseline, language: str) -> str:
    """The first measure that changes and the decision with the largest part in it."""
    ids = moved(explanation)
    if not ids:
        return text("decide.credit_unchanged", language)
    id, unit = ids[0], UNITS[ids[0]]
    largest = max(range(len(explanation.decisions)), key=lambda k: abs(explanation.shares[id][k]))
    return text(
        "decide.credit_said",
        language,
        measure=text(f"terms.measure_{id}", language),
        change=with_unit(change(explanation.change[id], unit), change_unit(unit, language), language),
        name=decision_name(explanation.decisions[largest], baseline, language),
        share=change(explanation.shares[id][largest], unit),
    )
