"""The labels of steps, units and the names in a formula, so that it can be read."""

from collections.abc import Callable

from model.evidence.baseline import Baseline
from model.outputs.words import text
from model.outputs.workbook.chain.own_steps import case_records
from model.outputs.workbook.sheets.page import sheet_name
from model.scenario.levers import levers


def step_label(id: str, language: str) -> str:
    """The label of a step or column; a node has its number in it."""
    node, _, k = id.rpartition("_")
    if k.isdigit():
        return text(f"workbook_steps.{node}", language, k=k)
    return text(f"workbook_steps.{id}", language)


def unit_label(unit: str, language: str) -> str:
    """The label of a unit."""
    return text(f"workbook_steps.unit_{unit.replace(' ', '_').replace('-', '_')}", language)


def labels_of(baseline: Baseline, language: str) -> Callable[[str], str]:
    """The labels for `formula.in_words`: `[…]` around that of a name, a word for a function's `name()`."""
    table = levers(baseline)
    known = {f"lever.{id}": lever.label[language] for id, lever in table.items()}
    known |= {f"unmoved.{id}": _name("unmoved", language, label=lever.label[language]) for id, lever in table.items()}
    known |= {f"reported.{id}": figure.label[language] for id, figure in baseline.report.items()}
    known |= {id: one.label[language] for id, one in baseline.assumptions.items()}
    records = enumerate(case_records(baseline), 1)
    known |= {f"given.record_{r}": record.source[language] for r, record in records}
    known["horizon_months"] = known["lever.horizon_months"]

    def label_of(name: str) -> str:
        if name.endswith("()"):
            return text(f"workbook_steps.function_{name[:-2]}", language)
        head, _, rest = name.partition(".")
        if name in known or head == "assumed":
            label = known[name.removeprefix("assumed.")]
        elif head == "place":
            return _name("place", language, sheet=sheet_name("places", language))
        elif head == "base":
            label = _name("base", language, label=step_label(rest, language))
        elif head == "unmoved_rule":
            label = _name("base", language, label=_name(f"rule_{rest}", language))
        elif head == "node":
            part, _, k = rest.rpartition("_")
            label = _name(part, language, k=k)
        elif head in ("given", "reading", "rule"):
            label = _name(f"rule_{rest}" if head == "rule" else rest, language)
        else:
            label = step_label(rest or name, language)
        return f"[{label}]"

    return label_of


def _name(key: str, language: str, **values: str) -> str:
    return text(f"workbook_steps.name_{key}", language, **values)
