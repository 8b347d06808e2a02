"""Every number that the model stands on as one table: reported, published, derived and assumed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, get_args

from model.evidence.baseline import Baseline
from model.evidence.figures import FOLDER, POINTS, Assumption, Figure, Mark, RuleRow, read_rules
from model.outputs.evidence.derivations import derivations
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.evidence_terms import Kind, word
from model.outputs.phrasing.numbers import MINUS, SHARE_UNITS, with_unit
from model.outputs.words import LANGUAGES, text
from model.scenario.scenario import ChangedAssumption

if TYPE_CHECKING:
    import pandas as pd

MARKS: tuple[Mark, ...] = get_args(Mark)
SHAPES: Mapping[Mark, str] = {"reported": "■", "published": "◆", "derived": "▲", "assumed": "○"}
"""The shape of every mark, which tells it without colour; the hollow one is a figure that nobody published."""
PERCENT_UNITS = (*SHARE_UNITS, "fraction per quarter")
"""Units of figures that are written in percent."""
HUNDREDTHS = (*PERCENT_UNITS, POINTS)
"""Units of figures that are written a hundred times as large as they are held."""
RANGE_DIGITS = 4
"""Digits of an end of a range that is not whole."""
COLUMNS = ("mark", "label", "value", "unit", "source", "window", "certainty")
"""The columns on screen."""
CSV_COLUMNS = ("id", *COLUMNS[:3], "low", "mid", "high", *COLUMNS[3:], "use", "changed", "reason")
"""The columns of the file."""
NUMBERS = ("value", "low", "mid", "high")
"""The columns of the file that hold numbers as numbers."""
Words = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True)
class Row:
    """One number as text in one language.

    `id` is `<kind>.<id of its table>`; `value` of an assumption is its range, and `low`, `mid`, `high` are that in
    parts, empty for other numbers; `searched` is what a search looks through, in both languages and lower case.
    """

    id: str
    mark: Mark
    label: str
    value: str
    unit: str
    source: str
    window: str = ""
    certainty: str = ""
    use: str = ""
    low: str = ""
    mid: str = ""
    high: str = ""
    changed: str = ""
    reason: str = ""
    searched: str = ""


def rows(baseline: Baseline, changed: Mapping[str, ChangedAssumption], language: str) -> list[Row]:
    """All numbers in the order report, assumptions, derived figures, published figures, rules.

    `changed` are the assumptions that a scenario changes, by id.
    """
    return [
        *(_figure_row("report", figure, language) for figure in baseline.report.values()),
        *(_assumption_row(one, changed.get(one.id), language) for one in baseline.assumptions.values()),
        *_derived_rows(baseline, language),
        *(_figure_row("benchmark", figure, language) for figure in baseline.benchmarks.values()),
        *(_rule_row(rule, language) for rule in read_rules(FOLDER / "rules.csv")),
    ]


def matching(table: Iterable[Row], marks: Collection[str], search: str) -> list[Row]:
    """The rows that have one of the marks, or any where none is given, and every word of the search."""
    words = search.lower().split()
    return [row for row in table if (not marks or row.mark in marks) and all(one in row.searched for one in words)]


def frame(table: Iterable[Row], language: str) -> "pd.DataFrame":
    """The table with its COLUMNS as it is shown."""
    # Half a second to import, which commands that show no table need not wait for.
    import pandas as pd

    names = [text(f"evidence_page.column_{column}", language) for column in COLUMNS]
    return pd.DataFrame([[_shown(row, column, language) for column in COLUMNS] for row in table], columns=names)


def to_csv(table: Iterable[Row], language: str) -> bytes:
    """The table with its CSV_COLUMNS as a file for a spreadsheet."""
    heads = [text(f"evidence_page.column_{column}", language) for column in CSV_COLUMNS]
    rows = ([_cell(row, column, language) for column in CSV_COLUMNS] for row in table)
    return spreadsheet_text.to_csv([heads, *rows])


def _shown(row: Row, column: str, language: str) -> str:
    return mark_in_words(row.mark, language) if column == "mark" else getattr(row, column)


def _cell(row: Row, column: str, language: str) -> str | float:
    written = _shown(row, column, language)
    return spreadsheet_text.as_number(written) if column in NUMBERS else written


def mark_in_words(mark: Mark, language: str) -> str:
    """A mark by its shape and its word.

    >>> mark_in_words("assumed", "en")
    '○ Assumed'
    """
    return f"{SHAPES[mark]} {word('mark', mark, language)}"


def number(value: float, unit: str, digits: int = 4) -> str:
    """A figure as its source gives it, shares in percent, their differences in points without their unit.

    `digits` are those of a share.

    >>> number(490000000.0, "yuan"), number(0.6376, "fraction"), number(0.0479, "fraction"), number(2.36, "officers")
    ('490,000,000', '63.76%', '4.79%', '2.36')
    >>> number(-0.15, "fraction"), number(-0.15, "points of a share")
    ('−15%', '−15')
    """
    written = f"{value * 100:.{digits}g}" if unit in HUNDREDTHS else f"{value:,.10g}"
    return written.replace("-", MINUS) + ("%" if unit in PERCENT_UNITS else "")


def range_end(value: float, unit: str) -> str:
    """An end of a range, which may have been computed, in four digits at most or whole; shares in percent.

    >>> range_end(0.3833333, "days"), range_end(1.5, "days"), range_end(345512.4, "visits"), range_end(0.0, "days")
    ('0.3833', '1.5', '345,512', '0')
    """
    if not value or unit in HUNDREDTHS:
        return number(value, unit)
    return number(round(value, max(RANGE_DIGITS - 1 - floor(log10(abs(value))), 0)), unit)


def range_of(one: Assumption | ChangedAssumption, unit: str, closed: bool, language: str, words: str = "range") -> str:
    """The range of an assumption in `unit`: low, mid and high, each named where `words` is `range_said`.

    Of a closed one low and high; a number alone where the range is one.
    """
    if one.low == one.high:
        return range_end(one.low, unit)
    values = {name: range_end(getattr(one, name), unit) for name in ("low", "mid", "high")}
    return text(f"evidence_page.{'range_closed' if closed else words}", language, **values)


def in_unit(written: str, unit: str, language: str) -> str:
    """A number or range with its unit, which a percentage says itself and a ratio lacks.

    >>> in_unit("63.8%", "fraction", "en"), in_unit("138", "bodies", "en"), in_unit("1.2 / 1.3 / 1.5", "ratio", "en")
    ('63.8%', '138 bodies', '1.2 / 1.3 / 1.5')
    """
    return with_unit(written, "" if "%" in written or unit == "ratio" else word("unit", unit, language), language)


def value_of(figure: Figure | RuleRow) -> str | float:
    """The value of a figure or rule, as a number where it is one."""
    try:
        return float(figure.value)
    except ValueError:
        return figure.value


def _value_in_words(figure: Figure | RuleRow, language: str) -> str:
    value = value_of(figure)
    return number(value, figure.unit) if isinstance(value, float) else word("value", value, language)


def _words(kind: Kind, written: str) -> Words:
    return {language: word(kind, written, language) for language in LANGUAGES}


def _row(id: str, mark: Mark, language: str, searched: Mapping[str, Words], more: str = "", **others: str) -> Row:
    """The row of one number.

    A search looks through the fields `searched`, each given in both languages, the id, the mark and `more`; it leaves
    out the fields `others`.
    """
    looked_through = [*searched.values(), _words("mark", mark)]
    texts = [id.partition(".")[2], *(words[one] for words in looked_through for one in LANGUAGES), more]
    fields = {name: words[language] for name, words in searched.items()}
    return Row(id=id, mark=mark, searched="\n".join(texts).lower(), **fields, **others)


def _figure_row(kind: str, figure: Figure, language: str) -> Row:
    searched: dict[str, Words] = {
        "label": figure.label,
        "value": {one: _value_in_words(figure, one) for one in LANGUAGES},
        "unit": _words("unit", figure.unit),
        "window": _words("window", figure.window),
        "certainty": _words("certainty", figure.certainty),
        "use": _words("use", figure.use),
        "source": figure.source,
    }
    return _row(f"{kind}.{figure.id}", figure.mark, language, searched)


def _assumption_row(one: Assumption, changed: ChangedAssumption | None, language: str) -> Row:
    ours = range_of(one, one.unit, one.closed, language)
    now = range_of(changed, one.unit, one.closed, language) if changed else ""
    reason = changed.reason if changed else ""
    return _row(
        f"assumption.{one.id}",
        one.mark,
        language,
        {"label": one.label, "unit": _words("unit", one.unit), "source": one.basis},
        more=reason,
        value=text("evidence_page.changed_value", language, now=now, before=ours) if changed else ours,
        low=range_end(one.low, one.unit),
        mid="" if one.closed else range_end(one.mid, one.unit),
        high=range_end(one.high, one.unit),
        changed=now,
        reason=reason,
    )


def _derived_rows(baseline: Baseline, language: str) -> Iterable[Row]:
    by_language = {one: derivations(baseline, baseline.names_in(one)) for one in LANGUAGES}
    certainty = _words("certainty", "derived")
    for id, derived in by_language[str(language)].items():
        both = {one: by_language[one][id] for one in LANGUAGES}
        searched = {
            "label": {one: derivation.label for one, derivation in both.items()},
            "unit": {one: derivation.unit for one, derivation in both.items()},
            "source": {one: derivation.formula for one, derivation in both.items()},
            "certainty": certainty,
        }
        yield _row(f"derived.{id}", "derived", language, searched, value=derived.value)


def _rule_row(rule: RuleRow, language: str) -> Row:
    first, last = rule.in_force_from.isoformat(), rule.in_force_to and rule.in_force_to.isoformat()
    since = text("evidence_page.since", language, first=first)
    return _row(
        f"rule.{rule.id}",
        rule.mark,
        language,
        {
            "label": rule.label,
            "unit": _words("unit", rule.unit),
            "certainty": _words("certainty", rule.certainty),
            "source": rule.source,
        },
        value=_value_in_words(rule, language),
        window=word("window", f"{first}/{last}", language) if last else since,
    )
