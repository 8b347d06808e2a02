"""A table of the Decide page: written out for the screen, plain numbers for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from model.outputs.answers.best_plan import INDEX, goal_difference, goal_value
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import MINUS, SHARE_UNITS, amount, change, change_unit, unit_word, with_unit
from model.outputs.phrasing.sentences import of_hundred
from model.outputs.words import text
from model.projection.results import Band, DrawsCount
from model.scenario.scenario import Scenario, in_language
from model.version import MODEL_VERSION

MOST_DECIMALS = 6


@dataclass(frozen=True)
class Figure:
    """A number in a unit of the model's; `signed` for a difference. None where there is none."""

    value: float | None
    unit: str
    signed: bool = False

    def written(self, language: str) -> str:
        if self.value is None:
            return text("decide.none", language)
        if self.unit == INDEX:
            return (goal_difference if self.signed else goal_value)(self.value, self.unit).replace("-", MINUS)
        return (change if self.signed else amount)(self.value, self.unit)


@dataclass(frozen=True)
class Rate:
    """What one unit more brings, with three digits that count."""

    value: float

    def written(self, language: str) -> str:
        if round(self.value, MOST_DECIMALS) == 0:
            return "0"
        decimals = max(0, 2 - floor(log10(abs(self.value))))
        return f"{self.value:+,.{min(decimals, MOST_DECIMALS)}f}".replace("-", MINUS)


@dataclass(frozen=True)
class Banded:
    """A median with its 10 to 90 % band; of what one unit more brings where there is no unit."""

    band: Band
    unit: str = ""
    signed: bool = False

    def written(self, language: str) -> str:
        points = change_unit(self.unit, language) if self.signed and self.unit in SHARE_UNITS else ""
        return with_unit(self._of(self.band.p50, language), points, language)

    def span(self, language: str) -> str:
        """The band written out; empty where it is a point."""
        low, high = (self._of(end, language) for end in (self.band.p10, self.band.p90))
        return "" if low == high else text("plan.span", language, low=low, high=high)

    def _of(self, value: float, language: str) -> str:
        return (Figure(value, self.unit, self.signed) if self.unit else Rate(value)).written(language)


@dataclass(frozen=True)
class Chance:
    """The share of draws in which something is so."""

    share: float

    def written(self, language: str) -> str:
        if not self.share:
            return text("decide.none", language)
        return text("not_done.chance", language, n=of_hundred(self.share))


@dataclass(frozen=True)
class Odds:
    """The shares of draws in which something is better and worse."""

    better: float
    worse: float

    def written(self, language: str) -> str:
        if not self.better and not self.worse:
            return text("decide.odds_none", language)
        return text("decide.odds", language, better=of_hundred(self.better), worse=of_hundred(self.worse))


Cell = str | Figure | Rate | Banded | Chance | Odds
PARTS: Mapping[type, tuple[str, ...]] = {Banded: ("median", "low", "high"), Odds: ("better", "worse")}
"""What a cell of several numbers has in a file, each in a column of its own, by the end of the head's phrase."""


@dataclass(frozen=True)
class Table:
    """Heads and rows of cells; the first column names the rows. `unit` is that of all numbers, where it is one and the
    heads do not say it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str = ""

    def written(self, language: str) -> list[list[str]]:
        return [[cell if isinstance(cell, str) else cell.written(language) for cell in row] for row in self.rows]

    def to_csv(self, scenario: Scenario, draws: DrawsCount, seed: int, date: str, language: str) -> bytes:
        """The file; every row says which plan the question was asked of and how the answer was made. What has several
        parts takes several columns; figures keep the model's units."""
        unnamed = text("plan.untitled" if scenario.levers else "plan.base_year", language)
        made = {
            "unit": self.unit,
            "scenario": in_language(scenario.name, language) or unnamed,
            "drawn": draws.drawn,
            "kept": draws.kept,
            "seed": seed,
            "version": MODEL_VERSION,
            "date": date,
        }
        parts = [self._parts(column) for column in range(len(self.heads))]
        heads = [
            text(f"decide.part_{part}", language, head=head) if part else head
            for head, names in zip(self.heads, parts, strict=True)
            for part in names or ("",)
        ]
        made = {key: value for key, value in made.items() if value != ""}
        heads += [text(f"compare.column_{key}", language) for key in made]
        return spreadsheet_text.to_csv([heads, *([*_plain(row, parts), *made.values()] for row in self.rows)])

    def _parts(self, column: int) -> tuple[str, ...]:
        return max((PARTS.get(type(row[column]), ()) for row in self.rows), key=len, default=())


def capital(said: str) -> str:
    """With a capital where the script has one, as heads and sentences begin.

    >>> capital("base year"), capital("基年"), capital("")
    ('Base year', '基年', '')
    """
    return said[:1].upper() + said[1:]


def unit_head(head: str, unit: str, language: str, *, signed: bool = False) -> str:
    """A head with the unit of its column."""
    word = "%" if unit in SHARE_UNITS and not signed else (change_unit if signed else unit_word)(unit, language)
    return text("prefectures.heading_unit", language, name=head, unit=word) if word else head


def _plain(row: Sequence[Cell], parts: Sequence[tuple[str, ...]]) -> Iterator[str | float]:
    for cell, names in zip(row, parts, strict=True):
        match cell:
            case str():
                values = [cell]
            case Figure(value=value):
                values = ["" if value is None else round(value, 6)]
            case Rate(value=value):
                values = [value]
            case Chance(share=share):
                values = [round(share, 6)]
            case Odds(better=better, worse=worse):
                values = [round(better, 6), round(worse, 6)]
            case Banded(band=band):
                values = [round(end, 6) for end in (band.p50, band.p10, band.p90)]
        yield from values + [""] * (len(names) - len(values))
