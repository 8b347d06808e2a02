"""A sheet of plain cells, whatever file it stood in, and the fault of a file that has none."""

from dataclasses import dataclass

MOST_ROWS = 5_000
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Formula:
    """A formula that the file holds without a value, because no program has computed it yet."""

    text: str


class Percentage(float):
    """A number that is shown as a percentage: `text` is what a person sees.

    >>> str(Percentage(0.32467)), str(Percentage(79.0, "79%"))
    ('32.5%', '79%')
    """

    text: str

    def __new__(cls, value: float, text: str = "") -> "Percentage":
        one = super().__new__(cls, value)
        one.text = text or f"{value * 100:.3g}%"
        return one

    def __str__(self) -> str:
        return self.text


CellValue = str | int | float | bool | None | Formula


@dataclass(frozen=True)
class Sheet:
    """Rows of cells from A1 on, which may differ in length; the name is empty for a CSV file.

    Cells that nobody sees are empty; `hidden` names the first in which something stands, `hidden_sheets` are the hidden
    sheets of the same file. `joint` are the cells, by row and column, that a number from above is merged over: empty.
    `is_spaced` where spaces part the cells, so that an empty one cannot be told.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: str = ""
    hidden_sheets: tuple[str, ...] = ()
    joint: frozenset[tuple[int, int]] = frozenset()
    is_spaced: bool = False


class Unreadable(Exception):
    """A fault of the whole file, in the parts of a `CellProblem`."""

    def __init__(self, code: str, given: str = "", **right: float | str | tuple[str, ...]):
        self.code, self.given, self.right = code, given, right


def cell_name(row: int, column: int) -> str:
    """The name of a cell, like B7, from row and column, both counted from 0.

    >>> cell_name(6, 1), cell_name(0, 26), cell_name(0, 701), cell_name(0, 702)
    ('B7', 'AA1', 'ZZ1', 'AAA1')
    """
    letters = ""
    while column >= 0:
        letters, column = chr(ord("A") + column % 26) + letters, column // 26 - 1
    return f"{letters}{row + 1}"
