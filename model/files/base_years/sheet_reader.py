"""One sheet of the workbook: its headings found, its cells read, its problems noted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from model.files.base_years import cell_values
from model.files.base_years.cell_values import Amount, WrongCell, is_unknown, plain_text
from model.files.base_years.units import heading_factor
from model.files.base_years.words import FILE
from model.files.problem import shown
from model.files.tables.sheet import CellValue, Formula, Percentage, Sheet, cell_name
from model.files.tables.sheets import CellProblem
from model.files.tables.staff_list_words import plain, words

_ROWS_ABOVE_HEADINGS = 20
_LEAST_HEADINGS = 2
MAY_BE_TWICE = ("item", "unit", "source", "name_en", "short_zh", "short_en", "code", "province")
"""Columns of which a sheet may have two: the first is read, and no figure depends on it."""
_NO_UNITS: Mapping[str, str] = MappingProxyType({})


@dataclass
class SheetReader:
    """A sheet, the row of its headings and the column under each, both counted from 0.

    Problems go to a list that all sheets share.
    """

    file: str
    sheet: Sheet
    problems: list[CellProblem]
    heading: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)

    def find_columns(self, needed: Sequence[str], others: Sequence[str], units: Mapping[str, str] = _NO_UNITS) -> None:
        """Find the row of headings; a problem, and no columns, where one that is needed is not there.

        `units` are those of columns of numbers: a heading may give another of them, as 万人, or there is a problem.
        """
        candidates = [self._columns(row, (*needed, *others)) for row in self.sheet.rows[:_ROWS_ABOVE_HEADINGS]]
        best = max(range(len(candidates)), key=lambda n: len(candidates[n]), default=0)
        columns = candidates[best] if candidates else {}
        missing = tuple(id for id in needed if id not in columns)
        if missing or len(columns) < _LEAST_HEADINGS:
            self.problem("headings_lacking", best, columns=missing or tuple(needed))
            return
        self.heading, self.columns = best, columns
        for id in units.keys() & columns.keys():
            factor = heading_factor(self.value(best, id), units[id])
            self.factors[id] = factor or 1.0
            if factor is None and any(not is_unknown(self.value(row, id)) for row in self.body()):
                code, own = ("heading_unit", {"units": (units[id],)}) if units[id] else ("heading_unit_of_rows", {})
                self.problem(code, best, id, **own)
        self._check_once((*needed, *others))

    def _check_once(self, ids: Iterable[str]) -> None:
        """Note a heading that stands over two columns which both hold something."""
        written = [plain(value) for value in self.sheet.rows[self.heading]]
        for id in ids:
            if id not in MAY_BE_TWICE:
                columns = [k for k, text in enumerate(written) if text in spelled(id) and self._holds(k)]
                for column in columns[1:]:
                    cells = [cell_name(self.heading, k) for k in (columns[0], column)]
                    given = _shown(self.sheet.rows[self.heading][column])
                    problem = CellProblem("heading_twice", self.file, shown(self.sheet.name), cells[1], given)
                    self.problems.append(replace(problem, right={"first": cells[0]}))

    def _holds(self, column: int) -> bool:
        """Whether something stands in a column below the headings."""
        rows = self.sheet.rows[self.heading + 1 :]
        return any(column < len(row) and not _is_empty(row[column]) for row in rows)

    def _columns(self, row: Iterable[CellValue], ids: Iterable[str]) -> dict[str, int]:
        """The columns of a row by heading; the first one where two have the same."""
        written = [plain(value) for value in row]
        found = ((id, next((k for k, text in enumerate(written) if text in spelled(id)), None)) for id in ids)
        return {id: k for id, k in found if k is not None}

    def body(self) -> Iterator[int]:
        """The rows below the headings in which something stands."""
        for row in range(self.heading + 1, len(self.sheet.rows)):
            if self.columns and any(not _is_empty(self.value(row, column)) for column in self.columns):
                yield row

    def value(self, row: int, column: str) -> CellValue:
        """The value of a cell; None beyond the row's end and for a column that the sheet does not have."""
        cells, at = self.sheet.rows[row], self.columns.get(column)
        return cells[at] if at is not None and at < len(cells) else None

    def place(self, row: int, column: str) -> tuple[str, str]:
        """Sheet and cell, as a problem names them."""
        return shown(self.sheet.name), cell_name(row, self.columns.get(column, 0))

    def problem(self, code: str, row: int | None, column: str = "", **right: float | str | tuple[str, ...]) -> None:
        """Note a problem of a cell, or of the sheet where no row is given."""
        sheet, cell = self.place(row, column) if row is not None else (shown(self.sheet.name), "")
        given = "" if row is None or not column else _shown(self.value(row, column))
        self.problems.append(CellProblem(code, self.file, sheet, cell, given, right))

    def problems_at(self, row: int, column: str) -> bool:
        """Whether a problem of a cell has been noted."""
        return any((one.sheet, one.cell) == self.place(row, column) for one in self.problems)

    def text(self, row: int, column: str, *, is_plain: bool = False) -> str:
        """The text of a cell, in narrow signs if `is_plain`; empty where none is known, or for a formula."""
        value = self.value(row, column)
        try:
            return "" if is_unknown(value) else plain_text(value) if is_plain else cell_values.text(value)
        except WrongCell as wrong:
            self._wrong(wrong, row, column)
            return ""

    def amount(self, row: int, column: str, unit: str = "") -> Amount | None:
        """The number or the range in a cell; None, with a problem, for anything else than that or nothing."""
        if (row, self.columns.get(column)) in self.sheet.joint:
            self.problem("cell_merged", row, column)
            return None
        try:
            amount = cell_values.amount(self.value(row, column), unit)
            factor = self.factors.get(column, 1.0)
            if amount is None or factor == 1:
                return amount
            if cell_values.has_times(self.value(row, column)):
                raise WrongCell("unit_twice")
            low, mid, high = (round(end * factor, 9) for end in amount)
            return low, mid, high
        except WrongCell as wrong:
            self._wrong(wrong, row, column)
            return None

    def check_whole(self, row: int, column: str, amount: Amount) -> None:
        """Note the first end of an amount that is no whole number, with the whole ones beside it."""
        if broken := [end for end in amount if end % 1]:
            below = float(int(broken[0]))
            self.problem("cell_not_whole", row, column, below=below, above=below + 1)

    def days(self, row: int) -> tuple[date | None, date | None]:
        """The first and the last day in a row; a span in one cell is both where the other is empty."""
        first, last = self._days(row, "from"), self._days(row, "to")
        if first and not last and cell_values.is_span(self.value(row, "from")):
            last = first
        elif last and not first and cell_values.is_span(self.value(row, "to")):
            first = last
        return first[0] if first else None, last[1] if last else None

    def _days(self, row: int, column: str) -> cell_values.Days | None:
        """The first and the last day in a cell; None, with a problem, for anything else than that or nothing."""
        try:
            return cell_values.days(self.value(row, column))
        except WrongCell as wrong:
            self._wrong(wrong, row, column)
            return None

    def _wrong(self, wrong: WrongCell, row: int, column: str) -> None:
        self.problem(f"cell_{wrong.code}", row, column, **wrong.right)


def spelled(column: str) -> tuple[str, ...]:
    """All plain spellings of a heading."""
    return words("column", FILE)[column].spellings


def by_sheet(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """The sheets of the form by id, in whichever language they are named; others are left out."""
    return {id: found[0] for id, found in every_by_sheet(sheets).items()}


def every_by_sheet(sheets: Iterable[Sheet]) -> dict[str, list[Sheet]]:
    """As `by_sheet`, with copies and others whose name means the same."""
    every = list(sheets)
    found = {
        id: [one for one in every if plain(one.name) in word.spellings] for id, word in words("sheet", FILE).items()
    }
    return {id: ones for id, ones in found.items() if ones}


def _is_empty(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _shown(value: CellValue) -> str:
    if isinstance(value, Percentage):
        return f"{value * 100:.10g}%"
    return shown(value.text if isinstance(value, Formula) else "" if value is None else str(value))
