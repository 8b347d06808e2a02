"""Every number the model stands on as one table: reported, published, derived and assumed, worded for a reader."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from model.evidence.baseline import Baseline
from model.evidence.figures import FOLDER, Assumption, Figure, Mark, RuleRow, read_rules
from model.outputs.evidence.derivations import derivations
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import SHARE_UNITS
from model.outputs.words import LANGUAGES, text
from model.scenario.scenario import ChangedAssumption

MARKS: tuple[Mark, ...] = get_args(Mark)
SHAPES: Mapping[Mark, str] = {"reported": "■", "published": "◆", "derived": "▲", "assumed": "○"}
"""A shape of its own for every mark, so that it is told without colour; the hollow one is nobody's figure."""

PERCENT_UNITS = (*SHARE_UNITS, "fraction per quarter")
COLUMNS = ("mark", "label", "value", "unit", "window", "certainty", "source")
CSV_COLUMNS = ("id", *COLUMNS[:3], "low", "mid", "high", *COLUMNS[3:], "use", "changed", "reason")


@dataclass(frozen=True)
class Row:
    """One number in one language. `id` is `<kind>.<id of its table>`; `value` is what is read, for an assumption its
    range; `searched` is everything a search looks through, in both languages, in lower case. `low`, `mid`, `high` are
    numbers as text, empty where the number is no range."""

    id: str
    mark: Mark
    label: str
    value: str
    unit: str
    window: str
    certainty: str
    source: str
    use: str = ""
    low: str = ""
    mid: str = ""
    high: str = ""
    changed: str = ""
    reason: str = ""
    searched: str = ""


def rows(baseline: Baseline, changed: Mapping[str, ChangedAssumption], language: str) -> list[Row]:
    """All numbers in the order report, assumptions, derived, published figures, rules. `changed` are the assumptions a
    scenario has changed."""
    return [
        *(_figure_row("report", figure, language) for figure in baseline.report.values()),
        *(_assumption_row(one, changed.get(one.id), language) for one in baseline.assumptions.values()),
        *_derived_rows(baseline, language),
        *(_figure_row("benchmark", figure, language) for figure in baseline.benchmarks.values()),
        *(_rule_row(rule, language) for rule in read_rules(FOLDER / "rules.csv")),
    ]


def found(table: Iterable[Row], marks: Collection[str], search: str) -> list[Row]:
    """The rows of these marks (of any, where none is given) that hold every word of the search, in either language."""
    words = search.lower().split()
    return [row for row in table if (not marks or row.mark in marks) and all(one in row.searched for one in words)]


def frame(table: Iterable[Row], language: str) -> pd.DataFrame:
    """The table as it is shown."""
    names = [text(f"evidence_page.column_{column}", language) for column in COLUMNS]
    return pd.DataFrame([[_cell(row, column, language) for column in COLUMNS] for row in table], columns=names)


def to_csv(table: Iterable[Row], language: str) -> bytes:
    """The table as a file for a spreadsheet, with the ids and every part of a range in a column of its own."""
    heads = [text(f"evidence_page.column_{column}", language) for column in CSV_COLUMNS]
    rows = ([_cell(row, column, language) for column in CSV_COLUMNS] for row in table)
    return spreadsheet_text.to_csv([heads, *rows])


def _cell(row: Row, column: str, language: str) -> str:
    return marked(row.mark, language) if column == "mark" else getattr(row, column)


def marked(mark: Mark, language: str) -> str:
    """A mark by shape and word.

    >>> marked("assumed", "en")
    '○ Assumed'
    """
    return f"{SHAPES[mark]} {word('mark', mark, language)}"


def number(value: float, unit: str) -> str:
    """A figure of the evidence table as it was given; shares in percent.

    >>> number(490000000.0, "yuan"), number(0.6376, "fraction"), number(0.0479, "fraction"), number(2.36, "officers")
    ('490,000,000', '63.76%', '4.79%', '2.36')
    """
    return f"{value * 100:.4g}%" if unit in PERCENT_UNITS else f"{value:,.10g}"


def range_of(one: Assumption | ChangedAssumption, unit: str, closed: bool, language: str) -> str:
    """Low, mid and high; of a closed assumption low and high."""
    values = {name: number(getattr(one, name), unit) for name in ("low", "mid", "high")}
    return text(f"evidence_page.{'range_closed' if closed else 'range'}", language, **values)


def quotation(figure: Figure, baseline: Baseline) -> str:
    """The sentence of the report that a reported figure stands in, as written (in Chinese)."""
    return figure.source["zh"].removesuffix(f"（{baseline.source['zh']}）")[1:-1]


def value_of(figure: Figure | RuleRow) -> str | float:
    """A figure's value, as a number where it is one."""
    try:
        return float(figure.value)
    except ValueError:
        return figure.value


def _said(figure: Figure | RuleRow, language: str) -> str:
    value = value_of(figure)
    return number(value, figure.unit) if isinstance(value, float) else word("value", value, language)


def _searched(id: str, *texts: Mapping[str, str]) -> str:
    return "\n".join([id, *(said[language] for said in texts for language in LANGUAGES)]).lower()


def _words(kind: Literal["unit", "window", "mark", "certainty", "use"], written: str) -> dict[str, str]:
    return {language: word(kind, written, language) for language in LANGUAGES}


def _figure_row(kind: str, figure: Figure, language: str) -> Row:
    said = {k: _words(k, getattr(figure, k)) for k in ("unit", "window", "certainty", "use", "mark")}
    value = {one: _said(figure, one) for one in LANGUAGES}
    return Row(
        id=f"{kind}.{figure.id}",
        mark=figure.mark,
        label=figure.label[language],
        value=value[language],
        unit=said["unit"][language],
        window=said["window"][language],
        certainty=said["certainty"][language],
        source=figure.source[language],
        use=said["use"][language],
        searched=_searched(figure.id, figure.label, value, figure.source, *said.values()),
    )


def _assumption_row(one: Assumption, changed: ChangedAssumption | None, language: str) -> Row:
    ours = range_of(one, one.unit, one.closed, language)
    now = range_of(changed, one.unit, one.closed, language) if changed else ""
    shown = text("evidence_page.changed_value", language, now=now, before=ours) if changed else ours
    unit, mark = _words("unit", one.unit), _words("mark", one.mark)
    return Row(
        id=f"assumption.{one.id}",
        mark=one.mark,
        label=one.label[language],
        value=shown,
        unit=unit[language],
        window="",
        certainty="",
        source=one.basis[language],
        low=number(one.low, one.unit),
        mid="" if one.closed else number(one.mid, one.unit),
        high=number(one.high, one.unit),
        changed=now,
        reason=changed.reason if changed else "",
        searched=_searched(one.id, one.label, one.basis, unit, mark)
        + (f"\n{changed.reason.lower()}" if changed else ""),
    )


def _derived_rows(baseline: Baseline, language: str) -> Iterable[Row]:
    by_language = {one: derivations(baseline, one) for one in LANGUAGES}
    certainty, mark = _words("certainty", "derived"), _words("mark", "derived")
    for id, derived in by_language[language].items():
        both = {one: by_language[one][id] for one in LANGUAGES}
        yield Row(
            id=f"derived.{id}",
            mark="derived",
            label=derived.label,
            value=derived.value,
            unit=derived.unit,
            window="",
            certainty=certainty[language],
            source=derived.formula,
            searched=_searched(
                id,
                certainty,
                mark,
                *({one: getattr(both[one], part) for one in LANGUAGES} for part in ("label", "formula", "unit")),
            ),
        )


def _rule_row(rule: RuleRow, language: str) -> Row:
    said = {k: _words(k, getattr(rule, k)) for k in ("unit", "certainty", "mark")}
    first, last = rule.in_force_from.isoformat(), rule.in_force_to and rule.in_force_to.isoformat()
    return Row(
        id=f"rule.{rule.id}",
        mark=rule.mark,
        label=rule.label[language],
        value=_said(rule, language),
        unit=said["unit"][language],
        window=word("window", f"{first}/{last}", language)
        if last
        else text("evidence_page.since", language, first=first),
        certainty=said["certainty"][language],
        source=rule.source[language],
        searched=_searched(rule.id, rule.label, rule.source, *said.values()),
    )
