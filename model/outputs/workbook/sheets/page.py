"""A sheet as a finance office expects it: text stays text, and formulas carry their values."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from model.outputs.charts import palette
from model.outputs.phrasing.text_table import width
from model.outputs.words import text

FONT = {"zh": "Microsoft YaHei", "en": "Calibri"}
LINE, TALLEST = 14.5, 400
"""Height of a line of text, and greatest height of a row, in points."""

MOST_TEXT = 32_000
"""Most characters of a text; a cell holds 32,767."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

_EDGE, _LIGHT = palette.QUIET_INK["dark"], palette.BACKGROUND["light"]
INDENTED = {"unit", "help", "basis", "mark", "reason", "why", "window", "in_force", "source", "formula"}
"""The heads of columns of asides, which are indented as these are."""

STYLES: dict[str, dict] = {
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12, "font_color": palette.SCENARIO},
    "head": {"bold": True, "bg_color": palette.PANEL["light"], "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "band": {"bold": True, "bg_color": palette.PANEL["light"]},
    "strong": {"bold": True},
    "wrap": {"text_wrap": True, "valign": "vcenter"},
    "quiet": {"font_color": palette.QUIET_INK["light"]},
    "code": {"font_name": "Consolas"},
    "aside": {"font_color": palette.QUIET_INK["light"], "align": "left", "indent": 1, "text_wrap": True},
    "input": {"bg_color": palette.SHEET["input"], "border": 1, "border_color": _EDGE},
    "right": {"align": "right"},
    "still": {"italic": True, "font_color": palette.QUIET_INK["light"], "bg_color": palette.PANEL["light"]},
    "lead": {"align": "left", "indent": 1},
    "centre": {"align": "center"},
    "link": {"font_color": palette.SCENARIO, "underline": 1},
    "top": {"top": 1, "top_color": _EDGE},
    "wrong": {"bg_color": palette.SHEET["wrong"], "font_color": _LIGHT, "bold": True},
    "good": {"font_color": palette.SHEET["good"]},
    **{tier: {"bold": True, "bg_color": c, "font_color": _LIGHT} for tier, c in palette.TIERS.items()},
}

Result = str | bool | np.bool_ | float
"""What a formula comes to."""

COUNT, SMALL, SHARE, POINTS, WHOLE_NUMBER = "#,##0.0", "0.0000", "0.0%", "0.0", "#,##0"
ENDLESS_COUNT = '[>=1000000000000]"∞";#,##0.0'


def printable(words: str) -> str:
    """The text without characters that a file may not hold, cut to what a cell takes."""
    return _UNPRINTABLE.sub("\ufffd", words)[:MOST_TEXT]


class PlainWorksheet(Worksheet):
    """A sheet that takes formulas as they are.

    The library looks in every formula for functions younger than the file format, which ours never have; that search
    takes half the time of a workbook.
    """

    def _prepare_formula(self, formula: str, *_: bool) -> str:
        return formula.removeprefix("=")


@dataclass(frozen=True, eq=False)
class Look:
    """The cell formats of one workbook."""

    book: Workbook
    language: str
    _formats: dict[tuple[str, str], Format] = field(default_factory=dict)

    def style(self, styles: str = "", number: str = "") -> Format:
        """The format of these styles, words of STYLES, and this number format; each is made once."""
        key = styles, number
        if key not in self._formats:
            properties = {"font_name": FONT[self.language], "font_size": 10, "valign": "vcenter"}
            for name in styles.split():
                properties |= STYLES[name]
            self._formats[key] = self.book.add_format(properties | ({"num_format": number} if number else {}))
        return self._formats[key]


@dataclass(frozen=True, eq=False)
class Page:
    """One sheet, called `workbook.sheet_<id>`; rows and columns count from 0."""

    look: Look
    id: str
    _lines: dict[int, int] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """The name of the sheet."""
        return sheet_name(self.id, self.language)

    @cached_property
    def sheet(self) -> Worksheet:
        """The sheet in the file, added at its first use."""
        return self.look.book.add_worksheet(self.name, PlainWorksheet)

    @property
    def language(self) -> str:
        """The language of the workbook."""
        return self.look.language

    def begin(self, plan: str) -> None:
        """Add the sheet, with the plan's name and the page's number in the footer."""
        name = printable(plan).replace("&", "&&")[:60]
        self.sheet.set_footer(f"&L{name}&C{self.name}&R&P / &N")

    def say(self, key: str, **values: object) -> str:
        """The sentence `workbook.<key>`."""
        return text(f"workbook.{key}", self.language, **values)

    def word(self, key: str) -> str:
        """The label `workbook_steps.<key>`."""
        return text(f"workbook_steps.{key}", self.language)

    def text(self, row: int, column: int, words: str, styles: str = "") -> None:
        """Write text that stays text, also where it begins like a formula."""
        self.sheet.write_string(row, column, printable(words), self.look.style(styles))

    def texts(self, row: int, column: int, words: Sequence[str], styles: str = "") -> None:
        """Write texts side by side."""
        for k, one in enumerate(words):
            self.text(row, column + k, one, styles)

    def across(self, row: int, first: int, last: int, words: str, styles: str = "") -> None:
        """Write text over the merged cells from one column to another."""
        self.sheet.merge_range(row, first, row, last, "", self.look.style(styles))
        self.text(row, first, words, styles)

    def asides(self, row: int, words: Mapping[int, str], widths: Sequence[int]) -> None:
        """Write wrapped text in quiet ink by column, with room for the longest; `widths` are of all columns."""
        for column, aside in words.items():
            self.text(row, column, aside, "aside")
        self.make_room(row, *((aside, widths[column] - 2) for column, aside in words.items()))

    def make_room(self, row: int, *texts: tuple[str, int]) -> None:
        """Make a row tall enough for wrapped texts in columns of these widths."""
        lines = max(sum(math.ceil(_places(line) / wide) or 1 for line in words.split("\n")) for words, wide in texts)
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.sheet.set_row(row, min(LINE * lines + 2, TALLEST))

    def number(self, row: int, column: int, value: float, styles: str = "", number: str = "") -> None:
        """Write a number in a number format."""
        self.sheet.write_number(row, column, value, self.look.style(styles, number))

    def formula(self, row: int, column: int, formula: str, value: Result, styles: str = "", number: str = "") -> None:
        """Write a formula with its value, for programs that do not compute."""
        self.sheet.write_formula(row, column, formula, self.look.style(styles, number), _cached(value))

    def define(self, name: str, row: int, column: int) -> None:
        """Define a name for a cell, which the formulas of every sheet may use."""
        self.look.book.define_name(name, f"='{self.name}'!{cell(row, column)}")

    def link(self, row: int, column: int, sheet: str, words: str = "", *, to: int = 0, styles: str = "link") -> None:
        """Write a link to a row of another sheet, by its id; its text is that sheet's name if none is given."""
        name = sheet_name(sheet, self.language)
        self.sheet.write_url(row, column, f"internal:'{name}'!A{to + 1}", self.look.style(styles), words or name)

    def choice(self, row: int, column: int, words: Mapping[int, str], chosen: int) -> None:
        """Write a yellow cell with a list of words by their codes; `chosen` is the code of the present one."""
        self.text(row, column, words[chosen], "input")
        self.sheet.data_validation(row, column, row, column, {"validate": "list", "source": list(words.values())})

    def code(self, row: int, column: int, of: str, words: Mapping[int, str], chosen: int) -> None:
        """Write the code of the word in cell `of`; for a word that is none, the last code."""
        *others, last = words
        formula = str(last)
        for code in reversed(others):
            formula = f'IF({of}="{words[code]}",{code},{formula})'
        self.formula(row, column, f"={formula}", chosen, "quiet", "0")

    def changed(self, row: int, column: int, one: str, other: str, differs: bool) -> None:
        """Write a mark that shows where two cells differ."""
        self.formula(row, column, f'=IF({one}<>{other},"●","")', "●" if differs else "", "centre")

    def turn_red(self, first_row: int, first: int, last_row: int, last: int, condition: str) -> None:
        """Turn cells red where the condition holds, which is a formula of the first cell."""
        rule = {"type": "formula", "criteria": f"={condition}", "format": self.look.style("wrong")}
        self.sheet.conditional_format(first_row, first, last_row, last, rule)

    def frame(self, row: int, widths: Mapping[str, int], numbers: Collection[str] = (), freeze: int = 1) -> None:
        """Write title, note and a row of heads `workbook.column_<key>` over columns of these widths.

        Heads of `numbers` stand at the right. Rows above and the first `freeze` columns stay in sight.
        """
        self.title()
        self.heads(row, list(widths), numbers)
        for column, wide in enumerate(widths.values()):
            self.sheet.set_column(column, column, wide)
        self.make_room(row, *((self.say(f"column_{key}"), wide) for key, wide in widths.items()))
        self.sheet.freeze_panes(row + 1, freeze)
        self.print_wide()

    def heads(self, row: int, keys: Sequence[str], numbers: Collection[str] = ()) -> None:
        """Write a row of heads `workbook.column_<key>`; an empty key leaves its cell empty."""
        for column, key in enumerate(keys):
            styles = "head right" if key in numbers else "head lead" if key in INDENTED else "head"
            self.text(row, column, self.say(f"column_{key}") if key else "", styles)

    def title(self) -> None:
        """Write the name of the sheet and its note."""
        self.text(0, 0, self.name, "title")
        self.sheet.set_row(0, 26)
        self.text(1, 0, self.say(f"{self.id}_note"), "quiet")

    def print_wide(self, across: int = 1, down: int = 0) -> None:
        """Print on A4 landscape, so many pages across and down; 0 is as many as it takes."""
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(across, down)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)


def _places(line: str) -> float:
    """The width of a line in characters of a column: a Chinese one near two, a Latin one less than one."""
    chinese = width(line) - len(line)
    return 1.9 * chinese + 0.88 * (len(line) - chinese)


def cell(row: int, column: int) -> str:
    """The absolute reference of a cell; row and column count from 0."""
    return xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)


def column_of(column: int, first: int, last: int, sheet: str = "") -> str:
    """The absolute reference of a column's cells from row to row, on a sheet if one is given."""
    return (f"'{sheet}'!" if sheet else "") + f"{cell(first, column)}:{cell(last, column)}"


def sheet_name(id: str, language: str) -> str:
    """The name of a sheet."""
    return text(f"workbook.sheet_{id}", language)


def _cached(value: Result) -> Result:
    """The value as the file keeps it; a number that is none becomes an error."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    return float(value) if math.isfinite(value) else "#NUM!"
