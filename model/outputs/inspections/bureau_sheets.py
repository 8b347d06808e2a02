"""The papers of a bureau's plan as sheets of the inspection workbook, on A4 across, with live sums.

The columns are as narrow as their words allow: printed one page wide, their type stays above 7 points.
"""

from math import ceil

import numpy as np
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from model.outputs.charts.palette import PANEL, QUIET_INK, SHEET
from model.outputs.inspections.bureau_plan import AFTER, COLUMNS, Paper
from model.outputs.inspections.looks import LINE_HEIGHT, Looks
from model.outputs.phrasing.text_table import width
from model.outputs.words import text
from model.schedule.inspection_plan import CLASSES, QUARTERS

WIDTHS = {
    "number": 5,
    "objects": 15,
    "names": 12,
    "matters": 20,
    "way": 11,
    "rate": 13,
    "when": 9,
    "body": 12,
    "cap": 9,
    "done": 6,
    "remarks": 8,
}
RULED = {"border": 1, "border_color": QUIET_INK["light"]}
VISITS = 7
"""Characters of a column of visits."""
SIZE = 11
"""Points of the type, before a page is made to fit."""
WIDER = 1.08
"""How much wider that type is than the one by which a column counts its characters."""
ROW = 18
"""Points of a row that is filled in by hand."""
SPLIT = 2
"""The first column of numbers in the split among counties."""
FIRST, LAST = len(COLUMNS), len(COLUMNS) + QUARTERS
"""The columns of the first quarter and of the year."""
HEAD = 5
"""The row of headings, counted from 0, under title, units and strength."""
UNIT = 5, 7
"""Columns from a label to the end of its value, at the left and at the right: a bureau's name has room."""
MEAN = '[=0]0;[<1]"{under}";#,##0'
"""The number format of a mean: whole visits, and words below one."""
TO_FILL = ("names", "done", "remarks")
"""The columns that the model leaves empty."""


def write_paper(sheet: Worksheet, paper: Paper, looks: Looks, language: str) -> None:
    """Write a paper: its head, its lines with sums, its notes, and the split among counties."""
    _columns(sheet)
    last = len(COLUMNS) + QUARTERS + len(AFTER)
    sheet.merge_range(0, 0, 0, last, paper.title, looks(bold=True, font_size=16, align="center"))
    sheet.set_row(0, 28)
    for k, (label, value) in enumerate(paper.units):
        row, column = 1 + k // 2, (0, FIRST)[k % 2]
        sheet.merge_range(row, column, row, column + 2, label, looks(bold=True))
        look = looks() if value else looks(bg_color=SHEET["input"], bottom=1)
        sheet.merge_range(row, column + 3, row, column + UNIT[k % 2], value, look)
    sheet.merge_range(3, 0, 3, last, paper.strength, looks(text_wrap=True))
    wide = sum(_widths())
    sheet.set_row(3, LINE_HEIGHT * _rows_of(paper.strength, wide) + 6)
    row = _lines(sheet, paper, looks, language)
    for note in paper.notes:
        row += 1
        sheet.merge_range(row, 0, row, last, note, looks(text_wrap=True, valign="top"))
        sheet.set_row(row, LINE_HEIGHT * _rows_of(note, wide))
    if paper.counties:
        sheet.set_h_pagebreaks([row + 2])
        row = _split(sheet, row + 2, paper, looks, language)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.print_area(0, 0, row, last)


def _columns(sheet: Worksheet) -> None:
    for k, wide in enumerate(_widths()):
        sheet.set_column(k, k, wide)


def _widths() -> list[int]:
    """Characters of every column."""
    return [*(WIDTHS[name] for name in COLUMNS), *[VISITS] * (QUARTERS + 1), *(WIDTHS[name] for name in AFTER)]


def _rows_of(words: str, wide: int) -> int:
    """Lines that words take in so many characters, some of which are lost at the ends of lines."""
    return sum(max(ceil(width(line) * WIDER / max(wide - 2, 1)), 1) for line in words.split("\n"))


def _head(name: str) -> str:
    """A heading whose bracket stands on a line of its own, in Chinese, where it would break."""
    return name.replace("（", "\n（")


def _lines(sheet: Worksheet, paper: Paper, looks: Looks, language: str) -> int:
    """Write heads, lines and their sum; the row of the sum."""
    head = looks(bold=True, text_wrap=True, align="center", **RULED, bg_color=PANEL["light"])
    quarters = text("inspection.quarters", language).split()
    names = [*(_word(f"column_{name}", language) for name in COLUMNS), *quarters]
    names += [text("inspection.column_year", language), *(_word(f"column_{name}", language) for name in AFTER)]
    names = [_head(name) for name in names]
    for k, name in enumerate(names):
        sheet.write_string(HEAD, k, name, head)
    sheet.set_row(HEAD, LINE_HEIGHT * max(map(_rows_of, names, _widths())))
    words, number = looks(text_wrap=True, indent=1, **RULED), looks(**RULED, num_format="#,##0")
    place = looks(**RULED, align="center")
    filled, total = (
        looks(text_wrap=True, **RULED, bg_color=SHEET["input"]),
        looks(bold=True, **RULED, num_format="#,##0"),
    )
    row = HEAD
    for n, line in enumerate(paper.lines, 1):
        row += 1
        columns = [*enumerate(COLUMNS[1:], 1), *enumerate(AFTER, LAST + 1)]
        high = max(_rows_of(line.words[name], WIDTHS[name]) for _, name in columns)
        sheet.set_row(row, (LINE_HEIGHT - 2) * high)
        sheet.write_number(row, 0, n, place)
        for k, name in columns:
            sheet.write_string(row, k, line.words[name], filled if name in TO_FILL else words)
        for k, visits in enumerate(line.visits, FIRST):
            sheet.write_number(row, k, int(visits), number)
        sheet.write_formula(row, LAST, f"=SUM({xl_range(row, FIRST, row, LAST - 1)})", total, int(line.visits.sum()))
    if not paper.lines:
        row += 1
        sheet.merge_range(row, 0, row, len(names) - 1, _word("nothing", language), words)
    sums = sum((line.visits for line in paper.lines), np.zeros(QUARTERS, int))
    sheet.merge_range(row + 1, 0, row + 1, FIRST - 1, _word("total", language), total)
    for k, visits in enumerate([*sums, sums.sum()], FIRST):
        sheet.write_formula(row + 1, k, f"=SUM({xl_range(HEAD + 1, k, row, k)})", total, int(visits))
    return row + 1


def _split(sheet: Worksheet, row: int, paper: Paper, looks: Looks, language: str) -> int:
    """Write the mean of a county, rows to fill in, and what is split, planned and left; the last row.

    Nobody knows here how many firms a county has, so the proposal is the same for all of them.
    """
    head = looks(bold=True, text_wrap=True, align="center", **RULED, bg_color=PANEL["light"])
    label, number = looks(bold=True, **RULED), looks(**RULED, num_format="#,##0")
    filled = looks(**RULED, bg_color=SHEET["input"])
    mean = looks(**RULED, num_format=MEAN.format(under=text("plan.under_one", language)), shrink=True, italic=True)
    sheet.merge_range(row, 0, row, LAST + len(AFTER), _word("split", language), looks(bold=True, text_wrap=True))
    sheet.set_row(row, LINE_HEIGHT * _rows_of(_word("split", language), sum(_widths())))
    names = [_word(f"objects_{kind}", language).split("（")[0].split(" (")[0] for kind in CLASSES]
    columns = list(range(SPLIT, SPLIT + len(names) + 1))
    sheet.merge_range(row + 1, 0, row + 1, SPLIT - 1, _word("split_name", language), head)
    for k, name in zip(columns, [*names, _word("total", language)], strict=True):
        sheet.write_string(row + 1, k, name, head)
    sheet.set_row(row + 1, LINE_HEIGHT * max(map(_rows_of, names, _widths()[SPLIT:])))
    first = row + 3
    end = first + paper.counties
    planned = [*map(int, paper.of_counties), int(paper.of_counties.sum())]
    label_room = sum(_widths()[:SPLIT])
    sheet.merge_range(row + 2, 0, row + 2, SPLIT - 1, _word("split_mean", language), looks(**RULED, text_wrap=True))
    sheet.set_row(row + 2, LINE_HEIGHT * _rows_of(_word("split_mean", language), label_room))
    for k, visits in zip(columns, planned, strict=True):
        of_all = f"=SUM({xl_rowcol_to_cell(end + 1, k)})/{paper.counties}"
        sheet.write_formula(row + 2, k, of_all, mean, visits / paper.counties)
    for r in range(first, end):
        sheet.set_row(r, ROW)
        sheet.merge_range(r, 0, r, SPLIT - 1, "", filled)
        for k in columns[:-1]:
            sheet.write_blank(r, k, None, filled)
        sheet.write_formula(r, columns[-1], f"=SUM({xl_range(r, columns[0], r, columns[-2])})", number, 0)
    for r, key in enumerate(("split_filled", "split_planned", "split_left"), end):
        sheet.merge_range(r, 0, r, SPLIT - 1, _word(key, language), label)
    for k, visits in zip(columns, planned, strict=True):
        sheet.write_formula(end, k, f"=SUM({xl_range(first, k, end - 1, k)})", number, 0)
        sheet.write_number(end + 1, k, visits, number)
        left = f"=SUM({xl_rowcol_to_cell(end + 1, k)},-{xl_rowcol_to_cell(end, k)})"
        sheet.write_formula(end + 2, k, left, number, visits)
    return end + 2


def _word(key: str, language: str) -> str:
    return text(f"bureau_plan.{key}", language)
