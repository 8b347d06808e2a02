"""The headings of a staff list: the row where they stand, and what keeps them from being clear."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from model.files.problem import shown
from model.files.tables.cell_number import number
from model.files.tables.sheet import CellValue, Formula, Sheet, cell_name
from model.files.tables.sheets import CellProblem
from model.files.tables.staff_list_words import heading, plain, says_total, words

COLUMNS = ("tier", "prefecture", "people", "frontline")
NUMBERS = ("people", "frontline")
_ROWS_ABOVE_HEADINGS = 60


@dataclass(frozen=True)
class Headings:
    """The row of headings, and the columns under each of them, both counted from 0.

    `divided` are headings with other ones below them, which are none of these columns; `rivals` are the sheets where
    several have all headings.
    """

    sheet: Sheet
    row: int
    columns: Mapping[str, tuple[int, ...]]
    divided: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """The number of headings in the row."""
        return len(self.columns)

    @property
    def names_tiers(self) -> bool:
        """Whether headings, or those above them, begin with the names of several tiers."""
        names = {id: [name for name in word.spellings if len(name) > 1] for id, word in words("tier").items()}
        texts = [
            text
            for row in self._own_rows
            for text in map(plain, row)
            if text and text not in words("column")["prefecture"].spellings
        ]
        return sum(any(text.startswith(name) for text in texts for name in names[id]) for id in names) > 1

    def written(self, column: int) -> str:
        """The heading of a column as it is written, in its own row or above."""
        texts = (row[column] for row in self._own_rows[::-1] if column < len(row) and plain(row[column]))
        return shown(" ".join(str(next(texts, "")).split()))

    @property
    def _own_rows(self) -> tuple[tuple[CellValue, ...], ...]:
        return self.sheet.rows[max(self.row - 1, 0) : self.row + 1]

    def has_headings(self, row: int) -> bool:
        """Whether a row is the one of these headings, or has several of its own."""
        return row == self.row or len(_columns(self.sheet.rows[row])) > 1

    def change_in(self, row: int) -> bool:
        """Whether a row below has headings of its own, which stand otherwise than these."""
        cells = self.sheet.rows[row]
        here = _columns(cells)
        if len(here) < 2:
            return False
        wanted = {id: columns[0] for id, columns in self.columns.items()}
        at = {*wanted.values(), *(k for columns in here.values() for k in columns)}
        is_same = {wanted[id] for id, columns in here.items() if wanted[id] in columns}
        texts = {k: _text(cells, k) for k in at - is_same}
        return any(text and text not in {_text(one, k) for one in self._own_rows} for k, text in texts.items())

    def lacks_cells(self, row: int) -> bool:
        """Whether a row parted by spaces is so short that its cells may stand under other headings."""
        rows = self.sheet.rows
        if not self.sheet.is_spaced or not 1 < len(rows[row]) < len(rows[self.row]):
            return False
        return len(rows[row]) <= self._last or self._has_numbers_beyond

    @property
    def _last(self) -> int:
        return max(columns[0] for columns in self.columns.values())

    @cached_property
    def _has_numbers_beyond(self) -> bool:
        """Whether a number stands right of all these columns, which could slip into one of them."""
        beyond = (value for cells in self.sheet.rows[self.row + 1 :] for value in cells[self._last + 1 :])
        return any(number(value) is not None for value in beyond)


def headings_of(sheets: Iterable[Sheet]) -> Headings:
    """The row with most of the headings, at least two."""
    best = [max(_headings(sheet), key=lambda headings: (headings.count, len(headings.divided))) for sheet in sheets]
    first = max(best, key=lambda headings: headings.count)
    if first.count < 2:
        return next(_headings(first.sheet))
    complete = tuple(shown(headings.sheet.name) for headings in best if headings.count == len(COLUMNS))
    return Headings(first.sheet, first.row, first.columns, first.divided, complete if len(complete) > 1 else ())


def heading_problems(headings: Headings, file: str) -> list[CellProblem]:
    """What is wrong where not one sheet has all headings, each once."""
    name, columns = shown(headings.sheet.name), headings.columns

    def problem(code: str, column: int = 0, **right: str | tuple[str, ...]) -> CellProblem:
        return CellProblem(code, file, name, cell_name(headings.row, column), right=right)

    problems = []
    missing = tuple(id for id in COLUMNS if id not in columns)
    if "tier" in missing and headings.names_tiers:
        return [problem("wide_table")]
    if headings.rivals:
        problems.append(CellProblem("several_sheets", file, name, right={"sheets": headings.rivals}))
    elif divided := tuple(id for id in missing if id in headings.divided):
        problems.append(problem("heading_divided", columns=divided))
    elif missing:
        problems.append(problem("headings_missing", columns=missing))
    for id, (first, *others) in columns.items():
        written = tuple(dict.fromkeys(headings.written(k) for k in (first, *others)))
        at = cell_name(headings.row, first)
        problems += [problem("heading_twice", k, columns=(id,), first=at, written=written) for k in others]
    return problems


def _headings(sheet: Sheet) -> Iterator[Headings]:
    """The headings of each of the first rows, alone and with those of the row above; first none."""
    yield Headings(sheet, 0, {})
    above: dict[str, tuple[int, ...]] = {}
    for n, row in enumerate(sheet.rows[:_ROWS_ABOVE_HEADINGS]):
        here = _columns(row)
        below = sheet.rows[n + 1] if n + 1 < len(sheet.rows) else ()
        alone = _undivided(here, below) if _divides(below, here) else here
        yield Headings(sheet, n, alone, tuple(id for id in here if id not in alone))
        both = _undivided(above, row) | alone
        yield Headings(sheet, n, both, tuple(id for id in above | here if id not in both))
        above = here


def _columns(row: Iterable[CellValue]) -> dict[str, tuple[int, ...]]:
    """The columns of a row that have a heading, by the heading."""
    written = [heading(value) if value is not None else "" for value in row]
    spelled = {text for word in words("column").values() for text in word.spellings}
    if spelled.isdisjoint(written):
        return {}
    places = {id: tuple(k for k, text in enumerate(written) if text in words("column")[id].spellings) for id in COLUMNS}
    return {id: _as_in_the_template(id, columns, written) for id, columns in places.items() if columns}


def _as_in_the_template(id: str, columns: tuple[int, ...], written: Sequence[str]) -> tuple[int, ...]:
    """Of several columns for a tier or a place the one whose heading is the template's; of numbers all."""
    names = {plain(name) for name in words("column")[id].name.values()}
    exact = tuple(k for k in columns if written[k] in names)
    return exact if len(exact) == 1 and id not in NUMBERS else columns


def _undivided(columns: Mapping[str, tuple[int, ...]], below: tuple[CellValue, ...]) -> dict[str, tuple[int, ...]]:
    """The columns of headings under which the next row says nothing else: nothing, a total, a unit."""
    whole = {id: tuple(k for k in at if not _divided_at(below, k)) for id, at in columns.items()}
    return {id: at for id, at in whole.items() if at}


def _divided_at(below: tuple[CellValue, ...], column: int) -> bool:
    text = _text(below, column).strip("-—_=")
    is_unit = text.rpartition(":")[2] in words("beside")["unit"].spellings
    return bool(text) and not says_total(text) and not is_unit


def _divides(below: tuple[CellValue, ...], columns: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether a row is one of headings below headings: without tier, place and numbers."""
    beside = [(id, k) for id, at in columns.items() for k in at if id not in NUMBERS]
    counted = [below[k] for id, at in columns.items() for k in at if id in NUMBERS and k < len(below)]
    return all(not (text := _text(below, k)) or text in words("column")[id].spellings for id, k in beside) and all(
        not isinstance(value, Formula) and number(value) is None for value in counted
    )


def _text(row: tuple[CellValue, ...], column: int) -> str:
    return plain(row[column]) if column < len(row) else ""
