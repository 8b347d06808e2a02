"""The yearly inspection plan as a workbook: a sheet a table, a paper a prefecture, live sums."""

import io
from collections.abc import Sequence
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from model.outputs.charts.palette import PANEL, QUIET_INK
from model.outputs.handout.handout import Handout
from model.outputs.inspections.bureau_plan import papers
from model.outputs.inspections.bureau_sheets import SIZE, write_paper
from model.outputs.inspections.inspection_tables import (
    Cell,
    Column,
    Table,
    explanations,
    inspection_tables,
    inspections_in_words,
)
from model.outputs.inspections.looks import LINE_HEIGHT, Looks
from model.outputs.phrasing.text_table import width
from model.outputs.words import text

FONT = {"zh": "Microsoft YaHei", "en": "Calibri"}
A4 = 9
"""The size of paper, as spreadsheets number it."""
HEAD = 4
"""The row of headings, counted from 0, under title, plan, note and a blank."""
LEAST_WIDTH, NOTE_WIDTH = 7, 110
"""Characters of the narrowest column, and of a column of notes."""
MOST_FOOTER = 60
"""Characters of a plan's name in the footer."""
ONE_PAGE = 36
"""Rows that can be read on one sheet of paper."""
WITHOUT_FORMULAS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def inspection_plan_xlsx(handout: Handout) -> bytes:
    """The inspection plan as an XLSX file; the same plan, day and language give the same bytes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, WITHOUT_FORMULAS) as book:
        book.set_properties(
            {
                "title": text("inspection.title", handout.language),
                "created": datetime.combine(handout.made_on, time()),
            }
        )
        looks = Looks(book, FONT[handout.language])
        for table in inspection_tables(handout):
            _sheet(book.add_worksheet(table.title), table, handout, looks)
        of_papers = Looks(book, FONT[handout.language], SIZE)
        for paper in papers(handout):
            sheet = book.add_worksheet(paper.place)
            write_paper(sheet, paper, of_papers, handout.language)
            _paper(sheet, handout, pages=0)
        _about(book.add_worksheet(text("inspection.about", handout.language)), handout, looks)
    return written.getvalue()


def _sheet(sheet: Worksheet, table: Table, handout: Handout, looks: Looks) -> None:
    language = handout.language
    title = text("inspection.sheet_title", language, title=text("inspection.title", language), table=table.title)
    sheet.write_string(0, 0, title, looks(bold=True, font_size=14))
    sheet.write_string(1, 0, handout.provenance.sentence(language), looks(font_color=QUIET_INK["light"]))
    last = len(table.columns) - 1
    # A sentence a line: English would want a space between them, Chinese none.
    note = f"{inspections_in_words(handout)}\n{table.note}" if table.id == "prefectures" else table.note
    widths = [_width(table, k) for k in range(len(table.columns))]
    lines = sum(-(-width(line) // max(int(sum(widths)) - 2, 1)) for line in note.split("\n"))
    sheet.merge_range(2, 0, 2, last, "", looks())
    sheet.write_string(2, 0, note, looks(text_wrap=True, valign="top"))
    sheet.set_row(2, LINE_HEIGHT * lines)
    head = looks(bold=True, text_wrap=True, align="center", border=1, bg_color=PANEL["light"])
    for k, (column, wide) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(k, k, wide)
        sheet.write_string(HEAD, k, column.head, head)
    sheet.set_row(HEAD, LINE_HEIGHT * 2 + 4)
    for r, row in enumerate(table.rows, HEAD + 1):
        _row(sheet, r, row, table.columns, looks)
    _total(sheet, HEAD + 1 + len(table.rows), table, looks)
    names = sum(column.decimals is None for column in table.columns)
    sheet.freeze_panes(HEAD + 1, names)
    sheet.print_area(0, 0, HEAD + 1 + len(table.rows), last)
    sheet.repeat_rows(HEAD)
    _paper(sheet, handout, pages=int(len(table.rows) <= ONE_PAGE))


def _row(sheet: Worksheet, r: int, row: Sequence[Cell], columns: Sequence[Column], looks: Looks) -> None:
    for k, (cell, column) in enumerate(zip(row, columns, strict=True)):
        look = looks.cell(column, total=False)
        if isinstance(cell, str):
            sheet.write_string(r, k, cell, look)
        elif column.sums:
            sheet.write_formula(r, k, f"=SUM({_cells(r, column.sums)})", look, cell)
        else:
            sheet.write_number(r, k, cell, look)


def _total(sheet: Worksheet, r: int, table: Table, looks: Looks) -> None:
    for k, (cell, column) in enumerate(zip(table.total, table.columns, strict=True)):
        look = looks.cell(column, total=True)
        if isinstance(cell, str):
            sheet.write_string(r, k, cell, look)
        else:
            sheet.write_formula(r, k, f"=SUM({xl_range(HEAD + 1, k, r - 1, k)})", look, cell)


def _cells(row: int, columns: Sequence[int]) -> str:
    """The cells of a row in some columns, as a range where they stand side by side, else one by one.

    >>> _cells(4, (2, 3, 4)), _cells(4, (1, 5))
    ('C5:E5', 'B5,F5')
    """
    if len(columns) == columns[-1] - columns[0] + 1:
        return xl_range(row, columns[0], row, columns[-1])
    return ",".join(xl_rowcol_to_cell(row, column) for column in columns)


def _width(table: Table, k: int) -> float:
    """The width of a column in characters, which holds its cells on one line and its heading on two."""
    column = table.columns[k]
    cells = [column.written(row[k]) for row in (*table.rows, table.total)]
    return max(max(map(width, cells)) + 2, LEAST_WIDTH, -(-width(column.head) // 2) + 4)


def _about(sheet: Worksheet, handout: Handout, looks: Looks) -> None:
    """Write what the plan rests on, and how it was made."""
    label, wrapped = looks(bold=True, valign="top"), looks(text_wrap=True, valign="top")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, NOTE_WIDTH)
    sheet.write_string(0, 0, text("inspection.title", handout.language), looks(bold=True, font_size=14))
    r = 2
    for paragraph in (inspections_in_words(handout), *explanations(handout.language)):
        sheet.write_string(r, 1, paragraph, wrapped)
        sheet.set_row(r, LINE_HEIGHT * -(-width(paragraph) // (NOTE_WIDTH - 4)))
        r += 1
    sheet.write_string(r + 1, 0, text("passport.title", handout.language), looks(bold=True, font_size=12))
    for k, (name, value) in enumerate(handout.passport.rows, r + 2):
        sheet.write_string(k, 0, name, label)
        sheet.write_string(k, 1, value, wrapped)
        sheet.set_row(k, LINE_HEIGHT * -(-width(value) // (NOTE_WIDTH - 4)))
    _paper(sheet, handout, pages=1)


def _paper(sheet: Worksheet, handout: Handout, pages: int) -> None:
    """Lay a sheet out on A4 across, one page wide and `pages` long, or as many as it takes for 0.

    The pages are numbered; the plan's name in the footer cannot command it.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, pages)
    sheet.center_horizontally()
    name = handout.passport.title[:MOST_FOOTER].replace("&", "＆")
    sheet.set_footer(f"&L&8{name}&R&8&P / &N")
