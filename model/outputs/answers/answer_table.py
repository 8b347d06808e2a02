"""The table of an answer, for a page, for a terminal and for a spreadsheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log10

from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import (
    INDEX,
    INDEX_DECIMALS,
    MINUS,
    SHARE_UNITS,
    amount,
    change,
    change_unit,
    unit_word,
    with_unit,
)
from model.outputs.phrasing.odds import counts, parts_in_words
from model.outputs.phrasing.provenance import Provenance
from model.outputs.phrasing.sentences import Clause, of_hundred, plan_name
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.projection.results import Band, DrawsCount, Odds
from model.scenario.scenario import Scenario
from model.version import MODEL_VERSION

MOST_DECIMALS = 6
PLAIN = str.maketrans({MINUS: "-"})
"""Not every terminal has the typographic minus, and a lost sign would be a wrong number."""


@dataclass(frozen=True)
class Figure:
    """A number in a unit of the model; None where there is none.

    `signed` for a difference; `decimals` where it needs more of them than its unit usually has; `is_counted` where less
    than one is no number of it.
    """

    value: float | None
    unit: str
    signed: bool = False
    decimals: int | None = None
    is_counted: bool = False

    def written(self, language: str) -> str:
        if self.value is None:
            return text("decide.none", language)
        if self.is_counted and 0 < self.value < 1:
            return text("plan.under_one", language)
        if self.decimals is None and self.unit != INDEX:
            return (change if self.signed else amount)(self.value, self.unit)
        is_share = self.unit in SHARE_UNITS
        decimals = INDEX_DECIMALS if self.decimals is None else self.decimals
        number = self.value * 100 if is_share else self.value
        if self.signed and round(number, decimals) == 0:
            return "0"
        written = f"{number:{'+' if self.signed else ''},.{decimals}f}".replace("-", MINUS)
        return f"{written}%" if is_share and not self.signed else written


@dataclass(frozen=True)
class Rate:
    """What one unit more brings, written with three digits that count."""

    value: float

    def written(self, language: str) -> str:
        if round(self.value, MOST_DECIMALS) == 0:
            return "0"
        decimals = max(0, 2 - floor(log10(abs(self.value))))
        return f"{self.value:+,.{min(decimals, MOST_DECIMALS)}f}".replace("-", MINUS)


def alike(figures: Iterable[Figure]) -> list[Figure]:
    """Figures that stand together, all with the decimals of the finest."""
    together = list(figures)
    return [replace(one, decimals=max(other.decimals or 0 for other in together) or None) for one in together]


@dataclass(frozen=True)
class Banded:
    """A median with its 10 to 90 % band, a `Rate` where it has no unit."""

    band: Band
    unit: str = ""
    signed: bool = False

    def written(self, language: str) -> str:
        """The median alone."""
        points = change_unit(self.unit, language) if self.signed and self.unit in SHARE_UNITS else ""
        return with_unit(self._end(self.band.p50, language), points, language)

    def span(self, language: str) -> str:
        """The band alone."""
        low, high = (self._end(end, language) for end in (self.band.p10, self.band.p90))
        return text("plan.span", language, low=low, high=high)

    def is_point(self, language: str) -> bool:
        """Whether both ends of the band read alike."""
        return self._end(self.band.p10, language) == self._end(self.band.p90, language)

    def _end(self, value: float, language: str) -> str:
        return (Figure(value, self.unit, self.signed) if self.unit else Rate(value)).written(language)


@dataclass(frozen=True)
class Chance:
    """The share of draws in which something is so; a dash where it is none."""

    share: float

    def written(self, language: str) -> str:
        if not self.share:
            return text("decide.none", language)
        return text("decide.chance", language, n=of_hundred(self.share))


@dataclass(frozen=True)
class OddsCell:
    """In how many of a hundred draws something is better, worse and the same, under the head `odds.head`."""

    odds: Odds

    def written(self, language: str) -> str:
        return parts_in_words(self.odds, language, "cell")


Cell = str | Figure | Rate | Banded | Chance | OddsCell
PARTS: Mapping[type, tuple[str, ...]] = {Banded: ("median", "low", "high"), OddsCell: ("better", "worse", "same")}
"""The columns of a file that a cell of several numbers takes, by the end of their heads' phrases."""


@dataclass(frozen=True)
class Table:
    """Heads and rows of cells; the first column names the rows.

    `unit` is that of all numbers, where it is one and the heads do not say it; `file` the name of the table's file;
    `right` the columns of words that read as figures.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    unit: str = ""
    file: str = ""
    right: frozenset[int] = frozenset()

    def caption(self, language: str) -> str:
        """The title with the unit behind it."""
        return text("prefectures.heading_unit", language, name=self.title, unit=self.unit) if self.unit else self.title

    def written(self, language: str) -> list[list[str]]:
        """The rows as a reader sees them, the bands left out."""
        return [[cell if isinstance(cell, str) else cell.written(language) for cell in row] for row in self.rows]

    def to_text(self, language: str) -> str:
        """The table for a terminal under its title; a band has a column of its own.

        Empty without rows.
        """
        if not self.rows:
            return ""
        columns: list[list[str]] = []
        right: set[int] = set()
        for k, (head, cells) in enumerate(zip(self.heads, zip(*self.rows, strict=True), strict=True)):
            if k in self.right or not all(isinstance(cell, str) for cell in cells):
                right.add(len(columns))
            columns.append([capital(head), *(_in_terminal(cell, language) for cell in cells)])
            if any(isinstance(cell, Banded) for cell in cells):
                right.add(len(columns))
                spans = [cell.span(language) if isinstance(cell, Banded) else "" for cell in cells]
                columns.append([text("decide.part_band", language, head=capital(head)), *spans])
        columns[0] = [capital(cell) for cell in columns[0]]
        lines = text_table(list(zip(*columns, strict=True)), frozenset(right))
        return "\n".join(filter(None, [self.caption(language), lines]))

    def to_csv(self, scenario: Scenario, draws: DrawsCount, seed: int, date: str, language: str) -> bytes:
        """The table as a file for a spreadsheet; figures keep the model's units.

        Cells of several parts take several columns; the last columns of every row say which plan the question was asked
        of and how the answer was made.
        """
        name = plan_name(scenario, language)
        origin = Provenance(name, draws.drawn, draws.kept, seed, MODEL_VERSION, date).columns(language)
        unit = {text("compare.column_unit", language): self.unit} if self.unit else {}
        parts = [self._parts(column) for column in range(len(self.heads))]
        heads = [
            text(f"decide.part_{part}", language, head=head) if part else head
            for head, names in zip(self.heads, parts, strict=True)
            for part in names or ("",)
        ]
        return spreadsheet_text.to_csv([heads, *(_numbers(row, parts) for row in self.rows)], {**unit, **origin})

    def _parts(self, column: int) -> tuple[str, ...]:
        return max((PARTS.get(type(row[column]), ()) for row in self.rows), key=len, default=())


def plain_text(language: str, *parts: str | Table) -> str:
    """The parts of an answer as a terminal shows them, those that say anything, a blank line between."""
    written = (part.to_text(language) if isinstance(part, Table) else part for part in parts)
    return "\n\n".join(part for part in written if part).translate(PLAIN)


def lines(sentences: Iterable[str]) -> str:
    """Sentences one below the other, each with a capital."""
    return "\n".join(map(capital, sentences))


def clause_in_words(clause: Clause, language: str) -> str:
    """A clause as a sentence of its own."""
    return text("decide.clause", language, head=clause.head, body=clause.body)


def capital(sentence: str) -> str:
    """The text with a capital where the script has one, as heads and sentences begin.

    >>> capital("base year"), capital("现状"), capital("")
    ('Base year', '现状', '')
    """
    return sentence[:1].upper() + sentence[1:]


def unit_head(head: str, unit: str, language: str, *, signed: bool = False) -> str:
    """A head with the unit of its column."""
    word = "%" if unit in SHARE_UNITS and not signed else (change_unit if signed else unit_word)(unit, language)
    return text("prefectures.heading_unit", language, name=head, unit=word) if word else head


def _in_terminal(cell: Cell, language: str) -> str:
    if isinstance(cell, str):
        return cell
    written = cell.written(language)
    # The dash of a page is a question mark on some terminals.
    return text("decide.none_in_terminal", language) if written == text("decide.none", language) else written


def _numbers(row: Sequence[Cell], parts: Sequence[tuple[str, ...]]) -> Iterator[str | float]:
    for cell, names in zip(row, parts, strict=True):
        values: list[str | float]
        match cell:
            case str():
                values = [cell]
            case Figure(value=value):
                values = ["" if value is None else round(value, 6)]
            case Rate(value=value):
                values = [value]
            case Chance(share=share):
                values = [round(share, 6)]
            case OddsCell(odds=odds):
                values = [count / 10**6 for count in counts(odds, 10**6)]
            case Banded(band=band):
                values = [round(end, 6) for end in (band.p50, band.p10, band.p90)]
        yield from values + [""] * (len(names) - len(values))
