"""A planner's staff list is taken whole, or every wrong cell of it is named."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Color, Font, PatternFill
from staff_list_files import HUNAN, ROWS, TEMPLATE, as_csv, as_xlsx, changed, found, read, rewritten, saved, zipped
from synthetic import Size, write_baseline
from thorough import tries

from model import project
from model.evidence.baseline import read_baseline, with_staff_list
from model.files.tables.sheet import MOST_ROWS
from model.files.tables.sheets import MOST_BYTES
from model.files.tables.staff_list import MOST_PROBLEMS, read_staff_list
from model.files.tables.staff_list_words import words
from model.files.tables.workbook import MOST_CELLS, MOST_UNPACKED
from model.outputs.prefectures.staff_list_template import sentence, template_csv, template_xlsx
from model.outputs.words import LANGUAGES, text
from model.scenario.scenario import Scenario

CHANGSHA, ZHUZHOU = 2, 3
"""Their city rows, as a spreadsheet counts minus one."""


# The template.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", [template_csv, template_xlsx])
def test_the_template_loads_as_it_is(template, language):
    staff_list, problems = read(template(HUNAN, language))
    assert problems == []
    assert list(staff_list) == list(HUNAN.pool_names)
    assert staff_list == {pool: tuple(seat) for pool, seat in TEMPLATE.items()}


def test_the_template_holds_the_reports_totals_and_the_assumed_tiers():
    people, frontline = (sum(column) for column in zip(*TEMPLATE.values(), strict=True))
    assert (people, frontline) == (2359, 1504)
    for tier in ("province", "city", "county"):
        assert sum(seat[0] for (of, _), seat in TEMPLATE.items() if of == tier) == HUNAN.mid(f"staff_{tier}")


def test_the_model_takes_the_list_as_its_base_year():
    rows = changed({"C3": 89, "D3": 50, "C4": 26, "D4": 17})
    staff_list, _ = read(as_xlsx(rows))
    result = project(Scenario(staff_list=staff_list), draws=512)
    total = result.measures["staff"].prefectures["changsha"].base
    assert total.p10 == total.p90 == 89 + TEMPLATE["county", "changsha"][0]


@pytest.mark.parametrize("size", [Size(1, 5, 20), Size(3, 12, 60)], ids=["one province", "three"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_serves_any_baseline(tmp_path, size, language):
    baseline = read_baseline(write_baseline(tmp_path / "made-up", size))
    for template in (template_csv, template_xlsx):
        staff_list, problems = read(template(baseline, language), baseline)
        assert problems == [] and staff_list.keys() == set(baseline.pool_names)
        assert sum(people for people, _ in staff_list.values()) == size.people


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_says_that_its_people_are_no_medians(language):
    """25 frontline people at the province stood there, and 22 on the page."""
    sheet = openpyxl.load_workbook(io.BytesIO(template_xlsx(HUNAN, language))).active
    assert sheet.cell(sheet.max_row, 1).value == text("prefectures.list_template_is", language)


def test_the_template_of_a_baseline_with_a_list_is_that_list():
    mine = {pool: tuple(seat) for pool, seat in TEMPLATE.items()}
    mine |= {("city", "changsha"): (80, 47), ("city", "zhuzhou"): (35, 20)}
    assert read(template_csv(with_staff_list(HUNAN, mine), "en"))[0] == mine


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+1", "-1+2", "@SUM(A1)", "<b>x</b>"])
def test_a_name_that_looks_like_a_formula_stays_text(name):
    first = replace(HUNAN.prefectures[0], name={"zh": name, "en": name})
    baseline = replace(HUNAN, prefectures=(first, *HUNAN.prefectures[1:]))
    sheet = openpyxl.load_workbook(io.BytesIO(template_xlsx(baseline, "zh"))).active
    assert (sheet["B3"].value, sheet["B3"].data_type) == (name, "s")
    assert template_csv(baseline, "zh").decode("utf-8-sig").splitlines()[2].split(",")[1][0] not in "=+-@"
    for template in (template_csv, template_xlsx):
        assert read(template(baseline, "zh"), baseline)[1] == []


def test_the_tables_own_words_are_the_words_of_the_pages():
    for id, word in words("tier").items():
        assert word.name == {language: text(f"terms.tier_{id}", language) for language in LANGUAGES}
    for kind in ("column", "tier", "place", "row"):
        spelled = [spelling for word in words(kind).values() for spelling in word.spellings]
        assert len(spelled) == len(set(spelled))


# What people do with it.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_csv_file_in_any_usual_form_loads(encoding, separator, language):
    written = template_csv(HUNAN, language).decode("utf-8-sig").replace(",", separator)
    assert read(written.encode(encoding))[1] == []


@pytest.mark.parametrize("place", ["长沙市", "长沙", " 长 沙 市 ", "changsha", "Changsha", "CHANGSHA CITY", "“长沙”"])
def test_a_prefecture_may_be_written_in_many_ways(place):
    assert read(as_xlsx(changed({"B3": place, "B17": place})))[1] == []


@pytest.mark.parametrize(
    "place", ["湘西", "湘西州", "湘西自治州", "湘西土家族苗族自治州", "xiangxi", "Xiangxi Prefecture"]
)
def test_the_autonomous_prefecture_goes_by_its_short_names(place):
    assert read(as_csv(changed({"B16": place, "B30": place})))[1] == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("A3", "市"),
        ("A3", "city"),
        ("A3", "市州级"),
        ("A17", "县市区"),
        ("A2", "省本级"),
        ("B2", ""),
        ("B2", "省本级"),
        ("B2", "—"),
        ("C2", "７７"),
        ("C2", " 77 "),
        ("C2", "77.0"),
        ("D1", "其中：一线（人）"),
        ("C1", "执法人员数"),
        ("A1", "级别"),
    ],
)
def test_other_usual_ways_to_write_a_cell_are_read(cell, value):
    assert read(as_csv(changed({cell: value})))[1] == read(as_xlsx(changed({cell: value})))[1] == []


def test_a_name_that_two_prefectures_share_is_not_guessed():
    first, second, *others = HUNAN.prefectures
    baseline = replace(HUNAN, prefectures=(first, replace(second, name=second.name | {"en": "Changsha"}), *others))
    (problem,) = read(as_csv(changed({"B3": "Changsha City"})), baseline)[1]
    assert problem.cell == "B3"
    assert read(as_csv(changed({"B3": "长沙", "B4": "zhuzhou"})), baseline)[1] == []


def test_order_titles_notes_and_totals_do_not_matter():
    heading, *rows = ROWS
    table = [["", "全省执法人员名册", "", "", ""], ["", "2021 年", "", "", ""]]
    table += [[row[3], "备注", *row[:2], row[2]] for row in (heading, *reversed(rows))]
    table += [["", "", "", "", ""], [1504, "", "合计", "", 2359]]
    for data in (as_csv(table), as_xlsx(table)):
        assert read(data) == ({pool: tuple(seat) for pool, seat in TEMPLATE.items()}, [])


def test_the_list_is_found_on_whatever_sheet_it_stands():
    def with_others(book: openpyxl.Workbook) -> None:
        book.create_sheet("说明", 0).append(["填表说明", "层级"])
        book.create_sheet("空")

    assert read(as_xlsx(ROWS, more=with_others))[1] == []

    def with_a_copy(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book.active).title = "旧"

    (problem,) = read(as_xlsx(ROWS, more=with_a_copy))[1]
    assert (problem.code, problem.right["sheets"]) == ("several_sheets", ("名册", "旧"))


def test_a_formula_that_a_program_has_computed_counts_as_its_value():
    data = as_xlsx(changed({"C3": "=40+39"}))
    sheet = "xl/worksheets/sheet1.xml"
    data = rewritten(data, sheet, b"<v></v>", b"<v />")  # as openpyxl writes it where lxml is installed
    computed = rewritten(data, sheet, b"<f>40+39</f><v />", b"<f>40+39</f><v>79</v>")
    assert computed != data
    assert read(computed)[1] == []
    (problem,) = read(data)[1]
    assert (problem.code, problem.sheet, problem.cell, problem.given) == (
        "formula_without_value",
        "名册",
        "C3",
        "=40+39",
    )


@pytest.mark.parametrize("cell", ["A3", "B2", "B3", "C3", "D30"])
def test_a_formula_without_a_value_is_never_taken_for_an_empty_cell(cell):
    assert found(as_xlsx(changed({cell: "=X1"}))) == [("formula_without_value", cell, "=X1")]


# What is wrong is named by its cell.


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"A3": "乡级"}, [("unknown_tier", "A3", "乡级")]),
        ({"A3": ""}, [("cell_empty", "A3", "")]),
        ({"B3": "常沙市"}, [("unknown_place_meant", "B3", "常沙市")]),
        ({"B3": "北京"}, [("unknown_place", "B3", "北京")]),
        ({"B3": "衡阳县"}, [("unknown_place_meant", "B3", "衡阳县")]),
        ({"B3": "长"}, [("unknown_place_meant", "B3", "长")]),
        ({"B3": ""}, [("cell_empty", "B3", "")]),
        ({"B2": "长沙市"}, [("place_of_province", "B2", "长沙市")]),
        ({"B2": "市"}, [("place_of_province", "B2", "市")]),
        ({"B4": "长沙"}, [("pool_twice", "B4", "长沙")]),
        ({"C3": ""}, [("cell_empty", "C3", "")]),
        ({"C3": "约80"}, [("not_a_number", "C3", "约80")]),
        ({"C3": "80人"}, [("not_a_number", "C3", "80人")]),
        ({"D3": "1e3"}, [("not_a_number", "D3", "1e3")]),
        ({"D3": "9" * 400}, [("not_a_number", "D3", "9" * 59 + "…")]),
        ({"C3": "79.5"}, [("not_whole", "C3", "79.5")]),
        ({"D3": -1}, [("out_of_bounds", "D3", "-1")]),
        ({"C3": 2360}, [("out_of_bounds", "C3", "2360")]),
        ({"D3": 80}, [("more_frontline_than_people", "D3", "80")]),
        ({"C17": 17, "D17": 8}, [("too_few_for_bodies", "C17", "17")]),
        ({"C3": 1, "D3": 1}, [("too_few_for_bodies", "C3", "1")]),
        ({"C3": 80}, [("total_too_high", "C1", "人数")]),
        ({"D3": 45, "D4": 20}, [("total_too_low", "D1", "一线人数")]),
        ({"D1": "备注"}, [("headings_missing", "A1", "")]),
    ],
)
def test_each_fault_is_named_by_its_cell(cells, expected):
    assert found(as_csv(changed(cells))) == expected
    if len(expected[0][2]) < 15:
        assert found(as_xlsx(changed(cells))) == expected


def test_what_would_be_right_is_said():
    def right(cells: dict[str, object]) -> dict:
        (problem,) = read(as_csv(changed(cells)))[1]
        return dict(problem.right)

    assert "changsha" in right({"B3": "常沙市"})["places"]
    assert right({"B4": "长沙"}) == {"first": "B3", "pools": ("city/changsha",)}
    assert right({"C3": "79.5"}) == {"below": 79, "above": 80}
    assert right({"C17": 17, "D17": 8}) == {"bodies": 9, "least": 18}
    assert right({"C3": 80}) == {"columns": ("people",), "total": 2360, "right": 2359, "difference": 1}
    assert right({"D3": 40})["difference"] == 6


def test_all_faults_of_a_table_are_named_at_once_in_the_order_of_its_cells():
    cells = {"A2": "中央", "B4": "长纱", "C4": "x", "C6": 1.5, "D6": "", "D9": 999, "C17": 3}
    expected = ["A2", "B4", "C4", "C6", "D6", "D9", "C17", "D17"]
    assert [cell for _, cell, _ in found(as_xlsx(changed(cells)))] == expected


def test_rows_left_out_are_listed_by_name():
    problems = read(as_csv(ROWS[:-2]))[1]
    assert [(problem.code, problem.right["pools"]) for problem in problems] == [
        ("pool_missing", ("county/loudi",)),
        ("pool_missing", ("county/xiangxi",)),
    ]
    assert "县级 娄底市" in sentence(problems[0], HUNAN, "zh")


def test_a_misspelt_row_is_not_reported_as_missing_too():
    assert [code for code, _, _ in found(as_csv(changed({"B3": "北京"})))] == ["unknown_place"]
    assert [code for code, _, _ in found(as_csv(changed({"B3": "北京"})[:-1]))] == ["unknown_place"] + [
        "pool_missing"
    ] * 2


def test_headings_given_twice_or_alone_or_not_at_all_are_said():
    assert found(as_csv([[*row, row[2]] for row in ROWS])) == [("heading_twice", "E1", "")]
    assert found(as_csv(ROWS[:1])) == [("no_rows", "A1", "")]
    assert found(as_csv(ROWS[1:])) == [("headings_missing", "A1", "")]


def test_a_hundred_problems_are_enough():
    rows = changed({}) + [["市级", "北京", 1, 1]] * 150
    problems = read(as_csv(rows))[1]
    assert len(problems) == 101 and problems[-1].code == "more_problems"


# Files that are no such table.


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
XLSX = template_xlsx(HUNAN, "zh")
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a," * MOST_BYTES, "too_large"),
        (OLE, "old_workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 and no more", "workbook_broken"),
        (XLSX[:3000], "workbook_broken"),
        (zipped({"word/document.xml": b"<w/>"}), "not_a_workbook"),
        (zipped({"xl/workbook.xml": b"<w/>"}), "workbook_broken"),
        (zipped({"xl/worksheets/sheet1.xml": b" " * (MOST_UNPACKED + 1)}), "unpacks_too_large"),
        (zipped({f"xl/{n}": b"" for n in range(501)}), "unpacks_too_large"),
        (zipped({"xl/workbook.xml": b'<sheet sheetId="1"/>' * 51}), "too_many_sheets"),
        (rewritten(XLSX, "xl/workbook.xml", b"<workbook", LAUGHS + b"<workbook"), "workbook_broken"),
        (rewritten(XLSX, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><row>"), "workbook_broken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"\xff\xfe\x00\xd8", "encoding"),
        (b"caf\xe9", "encoding"),
        (b'"' + b"x" * 200_000, "csv_broken"),
        (b"\n" * (MOST_ROWS + 1), "too_many_rows"),
        (as_xlsx([[1]] * (MOST_ROWS + 1)), "too_many_rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_such_table_is_refused_with_its_reason(data, code):
    assert [problem.code for problem in read(data)[1]] == [code]


def test_a_row_far_down_costs_nothing():
    data = rewritten(XLSX, "xl/worksheets/sheet1.xml", b'<row r="31"', b'<row r="1048576"')
    assert read(data)[0]


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
def test_no_bytes_whatever_raise(data):
    read(data)
    read(b"PK\x03\x04" + data)
    read(XLSX[:2000] + data + XLSX[2000 + len(data) :])


PARTS = tuple(zipfile.ZipFile(io.BytesIO(XLSX)).namelist())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=tries(60))
@given(st.sampled_from(PARTS), st.integers(0, 6000), st.binary(max_size=12) | st.sampled_from([b"<", b'"', b"1E999"]))
def test_no_damage_inside_a_workbook_raises(part, at, damage):
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        content = archive.read(part)
    at %= len(content)
    read(rewritten(XLSX, part, content, content[:at] + damage + content[at + len(damage) :]))


CELLS = st.sampled_from(
    ["", "省级", "市级", "县级", "长沙", "湘西州", "全省", "合计", "=1+1", "77", "-1", "1e9", "\x7f", "🙂"]
)


@settings(max_examples=tries(50))
@given(st.lists(st.lists(CELLS | st.text(max_size=5), max_size=6), max_size=40))
def test_no_table_whatever_raises_and_a_refused_one_is_refused_with_reasons(rows):
    assert read(as_csv([ROWS[0], *rows]))[1]


# Files that people really bring.

BROUGHT = Path(__file__).parent / "staff_lists"


def brought(name: str):
    listed, problems = read_staff_list((BROUGHT / name).read_bytes(), name, HUNAN)
    return listed, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("name", "sheet", "rows"),
    [
        ("01-wps-merged.xlsx", "人员名册", (5, 33)),
        ("01d-total-in-serial.xlsx", "Sheet1", (2, 30)),
        ("02-subtotals.xlsx", "Sheet1", (2, 31)),
        ("08d-fullwidth-comma.csv", "", (2, 30)),
        ("10-hidden-copy.xlsx", "名册", (2, 30)),
        ("25d-strict.xlsx", "人员名册", (2, 30)),
        ("26-hidden-taken.xlsx", "2024年名册", (2, 30)),
    ],
)
def test_a_list_as_people_keep_it_is_read_and_its_place_is_said(name, sheet, rows):
    listed, codes = brought(name)
    assert codes == []
    assert (listed.sheet, (listed.first_row, listed.last_row)) == (sheet, rows)
    assert [sum(column) for column in zip(*listed.staff_list.values(), strict=True)] == [2359, 1504]


def test_the_sheet_in_sight_is_read_and_never_the_hidden_one():
    listed, _ = brought("26-hidden-taken.xlsx")
    assert listed.staff_list["city", "changsha"] == (84, 46) != (79, 46)


@pytest.mark.parametrize(("name", "code"), [("05b-percent-format.xlsx", "percentage"), ("09-html.xls", "web_page")])
def test_a_list_that_cannot_be_read_is_refused_by_its_own_name(name, code):
    assert set(brought(name)[1]) == {code}


def test_a_percentage_is_told_as_the_person_sees_it():
    _, problems = read_staff_list((BROUGHT / "05b-percent-format.xlsx").read_bytes(), "list", HUNAN)
    assert problems[0].given == "32.5%"
    assert "32.5%" in sentence(problems[0], HUNAN, "zh")


def hidden(kind: str, place: str | int) -> bytes:
    def hide(book: openpyxl.Workbook) -> None:
        dimensions = book.active.row_dimensions if kind == "row" else book.active.column_dimensions
        dimensions[place].hidden = True

    return as_xlsx(ROWS, more=hide)


def test_what_is_hidden_is_not_read_and_that_is_said():
    assert [problem[0] for problem in found(hidden("row", 3))] == ["pool_missing", "hidden_cells"]
    assert [problem[0] for problem in found(hidden("column", "D"))] == ["headings_missing", "hidden_cells"]


def out_of_sight(how: str) -> bytes:
    """The list with the people of its third row, or their whole column, out of sight."""

    def change(book: openpyxl.Workbook) -> None:
        sheet, column = book.active, book.active.column_dimensions["C"]
        if how == "narrow":
            column.width = 0.1
        elif how == "low":
            sheet.row_dimensions[3].height = 0.75
        elif how == "no format":
            sheet["C3"].number_format = ";;;"
        elif how == "theme":
            sheet["C3"].font = Font(color=Color(theme=0))
        else:
            sheet["C3"].font = Font(color="FFFFFFFF")
            if how == "on its colour":
                sheet["C3"].font, sheet["C3"].fill = Font(color="FF1B6EC2"), PatternFill("solid", "FF1B6EC2")

    return as_xlsx(ROWS, more=change)


@pytest.mark.parametrize(
    ("how", "code", "cell"),
    [
        ("narrow", "headings_missing", "C1"),
        ("low", "pool_missing", "A3"),
        ("no format", "cell_empty", "C3"),
        ("white", "cell_empty", "C3"),
        ("theme", "cell_empty", "C3"),
        ("on its colour", "cell_empty", "C3"),
    ],
)
def test_what_nobody_can_see_is_not_read_and_its_place_is_told(how, code, cell):
    problems = found(out_of_sight(how))
    assert [problem[0] for problem in problems] == [code, "hidden_cells"]
    assert problems[-1][1] == cell


def test_white_type_on_a_colour_and_usual_formats_are_seen():
    def dress(book: openpyxl.Workbook) -> None:
        for cell in book.active[1]:
            cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", "FF1B6EC2")
        book.active["C3"].number_format = "#,##0;-#,##0;;"
        book.active.row_dimensions[3].height = 9
        book.active.column_dimensions["D"].width = 2.5

    assert found(as_xlsx(ROWS, more=dress)) == []


@pytest.mark.parametrize("data", [b"", b"\n ,\n", as_xlsx([])], ids=["no bytes", "no words", "no cells"])
def test_an_empty_list_is_told_to_be_empty(data):
    assert [problem[0] for problem in found(data)] == ["list_empty"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_no_rival_and_alone_is_no_list(state):
    def hide_copy(book: openpyxl.Workbook) -> None:
        copy = book.copy_worksheet(book.active)
        copy.sheet_state = state

    assert read(as_xlsx(ROWS, more=hide_copy))[0]


def test_coloured_empty_rows_are_no_content():
    def paint(book: openpyxl.Workbook) -> None:
        fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
        for row in range(40, 9_000):
            for column in range(1, 5):
                book.active.cell(row, column).fill = fill

    assert read(as_xlsx(ROWS, more=paint))[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("层级*", "层级"),
        ("人数：", "人数"),
        ("一线\u200b人数", "一线人数"),
        ("\ufeff市州", "市州"),
        ("一线人数（人）", "一线人数"),
        ("*层级", "层级"),
        ("3、人数", "人数"),
        ("人数/人", "人数"),
        ("其中：一线人数", "一线人数"),
    ],
)
def test_marks_that_people_put_beside_a_heading_do_not_matter(written, meant):
    head = [written if cell == meant else cell for cell in ROWS[0]]
    assert read(as_csv([head, *ROWS[1:]]))[0]


def test_a_table_with_upright_strokes_is_read():
    lines = ["|" + "|".join(map(str, row)) + "|" for row in ROWS]
    assert read("\n".join([lines[0], "|---|---|---|---|", *lines[1:]]).encode())[0]


def test_a_line_of_totals_that_does_not_agree_is_named_with_the_right_sum():
    wrong = [*ROWS, ["合计", "", 2360, 1504]]
    assert found(as_csv(wrong)) == [("line_of_totals", f"C{len(wrong)}", "2360")]
    assert read(as_csv(wrong))[1][0].right["total"] == 2359
    by_tier = [*ROWS[:2], ["省级小计", "", 77, 25], *ROWS[2:16], ["市级小计", "", 999, 325], *ROWS[16:]]
    assert [problem[:2] for problem in found(as_csv(by_tier))] == [("line_of_totals", "C18")]


TIERS_WITH_THEIR_SUMS = {"全省": (1, 30), "市级小计": (2, 16), "县级小计": (16, 30)}


def sums_of(name: str) -> list[object]:
    first, last = TIERS_WITH_THEIR_SUMS[name]
    return [name, "", *(sum(int(row[k]) for row in ROWS[first:last]) for k in (2, 3))]


def test_lines_of_totals_may_stand_above_what_they_sum():
    city, county = sums_of("市级小计"), sums_of("县级小计")
    rows = [ROWS[0], sums_of("全省"), ROWS[1], city, *ROWS[2:16], county, *ROWS[16:]]
    assert read(as_csv(rows))[1] == read(as_xlsx(rows))[1] == []
    city[2] += 1
    (problem,) = read(as_csv(rows))[1]
    assert (problem.code, problem.cell, problem.right["total"]) == ("line_of_totals", "C4", 560)


@pytest.mark.parametrize("separator", ["、", "  ", " ", "\t", "|", "；"])
def test_a_table_whose_columns_stand_in_sight_is_read_whatever_parts_them(separator):
    note = "说明，各市州、各县区，由省厅汇总，请核对"
    assert read(f"{note}\n".encode() + as_csv(ROWS).replace(b",", separator.encode()))[1] == []


def test_a_quotation_mark_that_does_not_end_is_said_and_not_what_it_swallows():
    assert [problem.code for problem in read(as_csv(changed({"B3": '"长沙'})))[1]] == ["csv_broken"]


def test_thirty_lines_above_the_headings_do_not_matter():
    assert read(as_csv([[f"说明 {n}"] for n in range(30)] + ROWS))[1] == []


@pytest.mark.parametrize(("cell", "number"), [("\u200b79", 79), (79.0000000001, 79), ("79\u00a0", 79)])
def test_what_nobody_sees_in_a_number_does_not_matter(cell, number):
    def write(book: openpyxl.Workbook) -> None:
        book.active["C3"] = cell

    assert read(as_xlsx(ROWS, more=write))[0]["city", "changsha"][0] == number


def test_a_day_in_a_cell_is_told_as_a_day():
    def write(book: openpyxl.Workbook) -> None:
        book.active["C3"] = date(2024, 3, 1)

    assert found(as_xlsx(ROWS, more=write)) == [("not_a_number", "C3", "2024-03-01")]


def test_a_list_on_a_hidden_sheet_alone_is_not_read_and_that_is_said():
    def hide(book: openpyxl.Workbook) -> None:
        book.create_sheet("说明")
        book.worksheets[0].sheet_state, book.active = "hidden", 1

    assert [code for code, *_ in found(as_xlsx(ROWS, more=hide))] == ["headings_missing", "hidden_cells"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web_page"),
        (b"<!-- saved --><div><table><tr><td>1", "web_page"),
        ("<html><table><tr><td>层级".encode("utf-16"), "web_page"),
        (zipped({"xl/workbook.bin": b""}), "old_workbook"),
        (zipped({"mimetype": b"", "content.xml": b"<a/>"}), "old_workbook"),
        (zipped({"Index/Document.iwa": b""}), "old_workbook"),
    ],
    ids=["mht", "div", "utf-16", "xlsb", "ods", "numbers"],
)
def test_a_spreadsheet_of_another_kind_is_said_to_be_one(data, code):
    assert [problem.code for problem in read(data)[1]] == [code]


@pytest.mark.by_night
def test_many_sheets_of_one_part_are_refused_before_they_are_read():
    rows = b"".join(
        b'<row r="%d">%s</row>' % (n, b"".join(b'<c r="%c%d"><v>1</v></c>' % (65 + k, n) for k in range(20)))
        for n in range(1, 400)
    )
    book = openpyxl.Workbook()
    for n in range(30):
        book.create_sheet(f"{n}")
    parts = zipfile.ZipFile(io.BytesIO(saved(book)))
    content = {name: parts.read(name) for name in parts.namelist()}
    for name in content:
        if name.startswith("xl/worksheets/sheet"):
            head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            content[name] = head + rows + b"</sheetData></worksheet>"
    assert MOST_CELLS < 31 * 399 * 20
    assert [problem.code for problem in read(zipped(content))[1]] == ["too_many_cells"]


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "before", "more", "code"),
    [
        (SHEET, b"</sheetData>", b'<row r="31">' + b"<c/>" * 700_000 + b"</row>", "too_many_cells"),
        (SHEET, b"</sheetData>", b"<row/>" * 700_000, ""),
        (SHEET, b"</worksheet>", b'<mergeCell ref="A1:A5000"/>' * 30_000, "too_many_cells"),
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 30_000, "too_many_formats"),
        ("xl/workbook.xml", b"</workbook>", b"<definedNames>" + b"<a/>" * 30_000 + b"</definedNames></workbook>", ""),
    ],
    ids=["cells of a row", "empty rows", "merged", "formats", "names"],
)
def test_what_would_take_long_is_counted_first(part, before, more, code):
    """A workbook of a few kilobytes occupied the server for up to fifty seconds."""
    data = rewritten(XLSX, part, before, more if before in more else more + before)
    assert [problem.code for problem in read(data)[1]] == [code] * bool(code)


def test_no_more_wrong_places_are_guessed_at_than_are_shown(monkeypatch):
    """Guessing what each of 4,000 wrong places means took seconds."""
    guesses = []
    monkeypatch.setattr("model.files.tables.staff_list.get_close_matches", lambda *asked: guesses.append(asked) or [])
    rows = [ROWS[0], *(["市级", f"某市{n}", "5", "3"] for n in range(MOST_ROWS - 1))]
    listed, problems = read_staff_list(as_csv(rows), "list.csv", HUNAN)
    assert listed is None and problems[-1].code == "more_problems"
    assert len(problems) == MOST_PROBLEMS + 1 >= len(guesses)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n1 0 obj", rb"{\rtf1\ansi"], ids=["pdf", "rtf"])
def test_a_document_is_no_list_that_lacks_headings(data):
    listed, problems = read_staff_list(data, "list.csv", HUNAN)
    assert listed is None and [problem.code for problem in problems] == ["binary"]
