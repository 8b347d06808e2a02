"""The base-year workbook to fill in: six sheets, what is inherited grey, what is to be given yellow."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from model.evidence.baseline import TIERS
from model.files.base_years.folder_files import RULES, Files
from model.files.base_years.form import SHARES_OR_PEOPLE, SHEETS, FormRow, Template, Window, about_rows, fixed_rows
from model.files.base_years.places import MEASURES, amount_text, first_places, first_records, number_text
from model.files.base_years.words import FILE
from model.files.tables.staff_list_words import words
from model.outputs.phrasing.evidence_terms import unit_held
from model.outputs.words import text
from model.outputs.workbook.sheets.page import LINE, Look, printable

BLANK_PLACES, BLANK_RECORDS = 40, 30
"""Empty rows below the prefectures and the records, to be filled in."""
HEADING = 3
AS_TEXT = "@"
"""The number format of cells to fill in: a spreadsheet would take 2-3-5 for a date."""
WIDTHS = {"id": 30, "item": 38, "value": 24, "from": 13, "to": 13, "years": 9, "unit": 16, "source": 70}
COLUMNS = {
    "source": ("id", "item", "value"),
    "force": ("id", "item", "value", "unit", "source"),
    "counts": ("id", "item", "value", "from", "to", "years", "unit", "source"),
    "assumptions": ("id", "item", "value", "unit", "source"),
    "records": ("measure", "tier", "prefecture", "value", "years", "source"),
    "prefectures": (
        *("name_zh", "name_en", "county_level_units", "population", "area_km2", "letters", "gdp_100m_yuan"),
        *("people.city", "people.county", "frontline.city", "frontline.county", *MEASURES, "window_years", "source"),
        *("code", "short_zh", "short_en", "tile_row", "tile_column", "province", "id"),
    ),
}
FACTS = ("force", "prefectures", "counts", "records")
"""Sheets of what is so in one place alone, which a blank workbook leaves empty."""


def base_year_workbook(
    files: Files, language: str, *, name: Mapping[str, str] | None = None, is_edit: bool = False, is_blank: bool = False
) -> bytes:
    """The workbook of a new base year, filled in from the files of another; or of the same, to edit.

    A blank one leaves out what is so in the template's place alone, for another province.
    """
    template, data = Template(files), io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        for id in SHEETS:
            page, is_empty = _Page(Look(book, language), id), is_blank and id in FACTS
            if id == "source":
                _about(page, template, name or {}, is_edit=is_edit)
            elif id == "prefectures":
                _prefectures(page, [] if is_empty else first_places(template))
            elif id == "records":
                _records(page, [] if is_empty else first_records(template), template)
            else:
                _figures(page, template, is_blank=is_empty, is_elsewhere=is_blank)
    return data.getvalue()


@dataclass(frozen=True, eq=False)
class _Page:
    """A sheet of the workbook with its title, its note and its headings."""

    look: Look
    id: str

    @property
    def language(self) -> str:
        return self.look.language

    def begin(self, widths: Sequence[int]) -> Worksheet:
        """Add the sheet; its columns have these widths."""
        sheet = self.look.book.add_worksheet(words("sheet", FILE)[self.id].name[self.language])
        sheet.write_string(0, 0, sheet.get_name(), self.look.style("title"))
        sheet.write_string(1, 0, text(f"base_years.note_{self.id}", self.language), self.look.style("quiet"))
        sheet.set_row(HEADING, 2 * LINE)
        for column, (id, width) in enumerate(zip(COLUMNS[self.id], widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(HEADING, column, words("column", FILE)[id].name[self.language], self.look.style("head"))
        sheet.freeze_panes(HEADING + 1, 2 if COLUMNS[self.id][0] == "id" else 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def quiet(self, sheet: Worksheet, row: int, column: int, words: str, styles: str = "quiet") -> None:
        """Write what is not to be filled in."""
        sheet.write_string(row, column, printable(words), self.look.style(styles))

    def given(self, sheet: Worksheet, row: int, column: int, words: str) -> None:
        """Write a cell to fill in: yellow, and grey as long as it says what it said at first."""
        sheet.write_string(row, column, printable(words), self.look.style("input", AS_TEXT))
        if words and len(words) < _LONGEST_RULE:
            cell, quoted = xl_rowcol_to_cell(row, column), words.replace('"', '""')
            rule = {"type": "formula", "criteria": f'={cell}&""="{quoted}"', "format": self.look.style("still")}
            sheet.conditional_format(row, column, row, column, rule)


_LONGEST_RULE = 200
"""A text in a formula has 255 characters at most."""


def _about(page: _Page, template: Template, name: Mapping[str, str], *, is_edit: bool) -> None:
    sheet = page.begin((14, 30, 60))
    first = about_rows(template, is_edit=is_edit) | {f"name_{language}": text for language, text in name.items()}
    for row, (id, value) in enumerate(first.items(), HEADING + 1):
        page.quiet(sheet, row, 0, id)
        page.quiet(sheet, row, 1, words("about", FILE)[id].name[page.language], "")
        if id == "base":
            page.quiet(sheet, row, 2, value, "still")
        else:
            page.given(sheet, row, 2, value)
        page.quiet(sheet, row, 3, text(f"base_years.hint_{id}", page.language))
        if id == "rules":
            sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": list(RULES)})


def _figures(page: _Page, template: Template, *, is_blank: bool, is_elsewhere: bool) -> None:
    columns = COLUMNS[page.id]
    sheet = page.begin([WIDTHS[column] for column in columns])
    every = [row for row in template.rows.values() if row.sheet == page.id]
    rows = [row for row in every if not is_blank or row in fixed_rows()]
    for at, row in enumerate(rows, HEADING + 1):
        cells = _cells(row, template, page.language, is_blank=is_blank, is_elsewhere=is_elsewhere)
        for column, id in enumerate(columns):
            if id in ("id", "unit"):
                page.quiet(sheet, at, column, cells[id])
            elif id == "item":
                page.quiet(sheet, at, column, cells[id], "")
            else:
                page.given(sheet, at, column, cells[id])


def _cells(row: FormRow, template: Template, language: str, *, is_blank: bool, is_elsewhere: bool) -> dict[str, str]:
    """The texts of a row by column."""
    filled = template.filled(row, language, is_elsewhere=is_elsewhere)
    window = Window() if is_blank else filled.window
    unit = text("base_years.share_or_people", language) if row.id in SHARES_OR_PEOPLE else ""
    return {
        "id": row.id,
        "item": row.label[language],
        "value": "" if is_blank else amount_text(filled.amount),
        "from": _day(window.first),
        "to": _day(window.last),
        "years": number_text(window.years) if window.years else "",
        "unit": unit or unit_held(row.unit, language),
        "source": "" if is_blank else filled.source,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _prefectures(page: _Page, rows: Sequence[Mapping[str, str]]) -> None:
    columns = COLUMNS["prefectures"]
    sheet = page.begin([24, 18, *[13] * 13, 30, *[12] * (len(columns) - 16)])
    for at, row in enumerate([*rows, *({} for _ in range(BLANK_PLACES))], HEADING + 1):
        for column, id in enumerate(columns):
            page.given(sheet, at, column, row.get(id) or "")


def _records(page: _Page, rows: Sequence[Mapping[str, str]], template: Template) -> None:
    sheet = page.begin((16, 12, 24, 14, 9, 60))
    filled = [_record_cells(row, template, page.language) for row in rows]
    blank = [""] * len(COLUMNS["records"])
    for at, cells in enumerate([*filled, *[blank] * BLANK_RECORDS], HEADING + 1):
        for column, cell in enumerate(cells):
            page.given(sheet, at, column, cell)
    for column, names in ((0, [words("measure", FILE)[id].name[page.language] for id in MEASURES]), (1, _tiers(page))):
        rule = {"validate": "list", "source": names, "error_type": "warning"}
        sheet.data_validation(HEADING + 1, column, HEADING + BLANK_RECORDS, column, rule)


def _tiers(page: _Page) -> list[str]:
    return [words("tier")[tier].name[page.language] for tier in TIERS]


def _record_cells(record: Mapping[str, str], template: Template, language: str) -> list[str]:
    names = {row["id"]: row[f"name_{language}"] for row in template.prefectures}
    tier = words("tier")[record["tier"]].name[language] if record["tier"] else ""
    return [
        words("measure", FILE)[record["measure"]].name[language],
        tier,
        names.get(record["prefecture"], ""),
        record["value"],
        record["window_years"],
        record[f"source_{language}"],
    ]
