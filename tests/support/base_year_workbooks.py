"""Base-year workbooks filled in as a person does it, cell by cell."""

import io
from collections.abc import Mapping, Sequence
from functools import cache

import openpyxl

from model.files.base_years.composition import files_from
from model.files.base_years.folder_files import Files, rows_of
from model.files.base_years.form import Template, fixed_rows
from model.files.base_years.places import amount_text
from model.files.base_years.store import BaseYears
from model.files.base_years.workbook_reader import read_form
from model.files.tables.sheets import CellProblem
from model.outputs.evidence.base_year_sentences import sentence
from model.outputs.words import LANGUAGES
from model.outputs.workbook.base_year_form import COLUMNS, HEADING, base_year_workbook

SHEET = {"source": 1, "force": 2, "prefectures": 3, "counts": 4, "assumptions": 5, "records": 6}
HUNAN = BaseYears().files("hunan-2021")
assert isinstance(HUNAN, dict)
Typed = Mapping[tuple[str, str, str], object]
"""What is typed, by sheet, id of the row and column."""

TOTAL_KEY = ("force", "staff_total", "value")

ABOUT: Typed = {
    ("source", "name_zh", "value"): "广东 2016",
    ("source", "name_en", "value"): "Guangdong 2016",
    ("source", "year", "value"): "2016年",
    ("source", "source_zh", "value"): "粤环函〔2016〕1469号",
    ("source", "rules", "value"): "2021",
}
GUANGDONG: Typed = {
    **ABOUT,
    ("force", "staff_province", "value"): "40至51至80",
    ("force", "staff_city", "value"): "842人",
    ("force", "staff_county", "value"): "１３３５",
    ("force", "helpers_city", "value"): 80,
    ("force", "helpers_county", "value"): "316 人",
    ("force", "frontline_share_city", "value"): "50%-70%-95%",
    ("force", "bodies_county", "value"): "95 98 104",
    ("counts", "cases_total", "value"): "7,007宗",
    ("counts", "cases_total", "from"): "2016年1月1日",
    ("counts", "cases_total", "to"): "2016/6/30",
    ("counts", "cases_daily_fine", "value"): 27,
    ("counts", "cases_restrict_halt", "value"): 184,
    ("counts", "cases_seizure", "value"): 655,
    ("counts", "cases_detention", "value"): 81,
    ("counts", "cases_crime", "value"): 149,
    ("counts", "visits_base", "value"): "17.1732万家次",
    ("counts", "visits_base", "from"): "2016-01-01",
    ("counts", "visits_base", "to"): "2016年6月",
}
PLACES = """广州市 Guangzhou 11 1867.6605万 7,249 215
深圳市 Shenzhen 8 17560061 1997 78
东莞市 Dongguan 0 10466625 2460 46
中山市 Zhongshan 0 4418060 1784 44"""


@cache
def _of_hunan(language: str, **how: bool) -> bytes:
    return base_year_workbook(HUNAN, language, **how)


def filled(
    typed: Typed, places: Sequence[Sequence[object]] = (), *, of: Files = HUNAN, language: str = "zh", **how: bool
) -> bytes:
    """A workbook with cells typed in; `places` are rows of prefectures from the first column on."""
    form = _of_hunan(language, **how) if of is HUNAN else base_year_workbook(of, language, **how)
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheets = [book.worksheets[n - 1] for n in SHEET.values()]
    by_name = dict(zip(SHEET, sheets, strict=True))
    for (name, id, column), value in typed.items():
        sheet = by_name[name]
        (row,) = (cell.row for cell in sheet["A"] if cell.value == id)
        sheet.cell(row, COLUMNS[name].index(column) + 1).value = value
    for at, cells in enumerate(places, HEADING + 2):
        for column, value in enumerate(cells, 1):
            by_name["prefectures"].cell(at, column).value = value
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def places(text: str = PLACES) -> list[list[object]]:
    """Rows of prefectures as typed: name, English name, units, population, area, letters."""
    return [list(line.split()) for line in text.splitlines()]


def read(data: bytes, of: Files = HUNAN) -> tuple[dict[str, bytes], list[CellProblem]]:
    """The files that a workbook gives, and its problems, each of which can be said."""
    template = Template(of)
    form, problems = read_form(data, "w.xlsx", template)
    files: dict[str, bytes] = {}
    if form:
        files, problems = files_from(template, form, "w.xlsx")
    assert bool(files) != bool(problems)
    for problem in problems:
        for language in LANGUAGES:
            said = sentence(problem, language)
            assert said.startswith("w.xlsx") and problem.cell in said and "{" not in said.replace(problem.given, "")
    return files, problems


def table(files: Files, name: str) -> dict[str, dict[str, str]]:
    """The rows of a table by id."""
    return {row["id"]: row for row in rows_of(files[f"{name}.csv"])}


def as_people_write(id: str, text: str, unit: str) -> str:
    """The same figure as one or another person would write it, by turns."""
    turn = sum(map(ord, id)) % 4
    if "–" in text:
        return text.replace("–", (" 至 ", "~", "-", "—")[turn])
    if unit == "fraction" and turn == 0:
        return f"{float(text) * 100:.10g}%"
    if unit in ("people", "cases") and turn == 1:
        return text.translate(str.maketrans("0123456789", "０１２３４５６７８９")) + "人"
    if turn == 2 and text.isdigit():
        return f"{int(text):,}"
    return text


def hunan_typed(about: Typed) -> bytes:
    """Hunan's own figures typed into an empty workbook of a base year that is another one by name."""
    template = Template(HUNAN)
    typed: dict[tuple[str, str, str], object] = dict(about)
    for row in template.rows.values():
        if row.kind != "assumption" and row not in fixed_rows():
            continue
        one = template.filled(row, "zh")
        typed[row.sheet, row.id, "value"] = as_people_write(row.id, amount_text(one.amount), row.unit)
        if row.window in ("yes", "years"):
            typed |= {(row.sheet, row.id, "from"): one.window.first, (row.sheet, row.id, "to"): one.window.last}
    typed["counts", "cases_total", "years"] = "2.814 年"
    rows = [
        [
            *(f"{row['name_zh']}本级", "", row["county_level_units"], f"{int(row['population']):,}"),
            *(row["area_km2"], row["letters"], f"{row['gdp_100m_yuan']}亿元"),
        ]
        for row in template.prefectures
    ]
    return filled(typed, rows, is_blank=True)
