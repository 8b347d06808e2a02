"""A sheet of plain cells, whatever file it stood in, and the fault of a file that has none."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
class Formula:
    """A formula that the file holds without a value, because no program has computed it yet."""

    text: str


class Percentage(float):
    """A number that is shown as a percentage.

    >>> str(Percentage(0.32467))
    '32.5%'
    """

    def __str__(self) -> str:
        return f"{self * 100:.3g}%"


CellValue = str | int | float | bool | None | Formula


@dataclass(frozen=True)
class Sheet:
    """Rows of cells from A1 on, which may differ in length; the name is empty for a CSV file.

    Cells that nobody sees are empty; `hidden` says that there are some in the sheet.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False


class Unreadable(Exception):
    """A fault of the whole file, in the parts of a `CellProblem`."""

    def __init__(self, code: str, given: str = "", **right: float | str | tuple[str, ...]):
        self.code, self.given, self.right = code, given, right


def cell_name(row: int, column: int) -> str:
    """The name of a cell, like B7, from row and column, both counted from 0.

    >>> cell_name(6, 1)
    'B7'
    """
    return f"{get_column_letter(column + 1)}{row + 1}"
