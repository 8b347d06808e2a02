"""A staff list in an odd form is read as its owner means it, or refused; never read as something else."""

from time import process_time

import pytest
from staff_list_files import HUNAN, ROWS, as_csv, as_xlsx, changed, found, read, rewritten, zipped

from model.outputs.prefectures.staff_list_template import sentence

SHEET = "xl/worksheets/sheet1.xml"


# Marks of footnotes.


@pytest.mark.parametrize("mark", ["①", "²", "₁", "㊂"])
def test_a_number_with_the_mark_of_a_footnote_is_not_read_as_a_longer_one(mark):
    cells = {"C3": f"79{mark}"}
    assert found(as_csv(changed(cells))) == found(as_xlsx(changed(cells))) == [("not_a_number", "C3", f"79{mark}")]


@pytest.mark.parametrize("how", ["superscript", "subscript"])
def test_a_raised_part_of_a_cell_is_no_digit_of_its_number(how):
    rich = f'<r><t>79</t></r><r><rPr><vertAlign val="{how}"/></rPr><t>1</t></r>'.encode()
    data = rewritten(as_xlsx(changed({"C3": "some"})), SHEET, b"<t>some</t>", rich)
    assert found(data) == [("not_a_number", "C3", "79¹")]


# Headings.

SEATS = [[*row[:2], int(row[2]), int(row[3])] for row in ROWS[1:]]


def merged(*places: str):
    return lambda book: [book.active.merge_cells(place) for place in places]


@pytest.mark.parametrize("merges", [("C1:E1",), ("A1:A2", "B1:B2", "C1:E1")])
@pytest.mark.parametrize("parts", [("编制", "实有", "一线"), ("男", "女", "其中一线"), ("2020年", "2021年", "一线")])
def test_a_heading_over_several_columns_is_none_of_them(parts, merges):
    rows = [["层级", "市州", "人数"], [None, None, *parts], *([*one[:2], one[2] + 5, *one[2:]] for one in SEATS)]
    assert [code for code, *_ in found(as_xlsx(rows, more=merged(*merges)))] == ["heading_divided"]


def test_two_years_under_each_heading_are_not_read_as_the_older_one():
    heads = [["层级", "市州", "人数", None, "一线人数"], [None, None, *("2020年", "2021年") * 2]]
    rows = [*heads, *([*one[:2], one[2] - 1, one[2], one[3] - 1, one[3]] for one in SEATS)]
    (problem,) = read(as_xlsx(rows))[1]
    assert (problem.code, problem.right["columns"]) == ("heading_divided", ("people", "frontline"))


@pytest.mark.parametrize("below", ["合计", "（人）", "人", "单位：人", "—"])
def test_a_total_or_a_unit_below_a_heading_does_not_divide_it(below):
    rows = [["层级", "市州", "人数", "一线人数", "其中"], [None, None, below, below, "女"], *SEATS]
    assert read(as_xlsx(rows))[1] == []


@pytest.mark.parametrize(
    "counted", [("编制数", "人数", "一线人数"), ("编制数", "在册", "一线人数"), ("一线人数", "人数")]
)
def test_a_second_table_with_other_columns_is_not_read_by_the_first_ones_headings(counted):
    second = [["层级", "市州", *counted], *([*one[:2], one[2] + 10, *one[2:]] for one in SEATS[15:])]
    rows = [ROWS[0], *SEATS[:15], ["二、县级"], *second]
    assert found(as_xlsx(rows)) == [("headings_change", "A18", "")]


def test_headings_that_stand_again_on_every_page_do_not_matter():
    again = ["层级", "市州", "人 数", "其中：一线"]
    assert read(as_xlsx([ROWS[0], *SEATS[:15], ["续表"], again, *SEATS[15:]]))[1] == []


@pytest.mark.parametrize(
    ("cell", "heading"),
    [
        ("D1", "一线人员（%）"),
        ("D1", "一线（占比）"),
        ("C1", "人数（编外）"),
        ("C1", "人数(编制)"),
        ("C1", "人员（女）"),
        ("D1", "Frontline (share)"),
    ],
)
def test_a_heading_whose_brackets_say_something_else_is_none(cell, heading):
    assert [code for code, *_ in found(as_xlsx(changed({cell: heading})))] == ["headings_missing"]


@pytest.mark.parametrize("heading", ["人数（人）", "人数（2021年）", "人数（在岗）", "People (headcount)"])
def test_other_brackets_of_a_heading_do_not_matter(heading):
    assert read(as_xlsx(changed({"C1": heading})))[1] == []


# Columns parted by spaces.


def spaced(rows: list[list], between: str = "  ") -> bytes:
    return "\n".join(between.join(map(str, row)) for row in rows).encode()


def test_a_row_parted_by_spaces_with_an_empty_cell_is_not_shifted():
    rows = [[*ROWS[0][:2], "编制", *ROWS[0][2:], "窗口"], *([*one[:2], one[2] + 3, *one[2:], 2] for one in SEATS)]
    assert read(spaced(rows))[1] == []
    rows[2][2] = ""
    assert [problem[:2] for problem in found(spaced(rows))] == [("cells_lacking", "A3")]


def test_a_row_parted_by_spaces_that_lacks_a_number_or_a_place_is_told_how_to_save_it():
    rows = changed({"B2": ""})
    assert [problem[:2] for problem in found(spaced(rows))] == [("cells_lacking", "A2")]


def test_a_remark_left_empty_at_the_end_of_a_row_parted_by_spaces_does_not_matter():
    rows = [[*ROWS[0], "备注"], [*ROWS[1], "含借调"], *ROWS[2:]]
    assert read(spaced(rows))[1] == []


# Lines of totals.

HEADS = ["层级", "市州", "人数", "一线人数"]


def sums(rows: list[list]) -> list[int]:
    return [sum(row[k] for row in rows) for k in (2, 3)]


def by_city(total: str = "", place: str = "小计") -> list[list]:
    """The list city by city, each with its sum below."""
    pairs = [(SEATS[n], SEATS[n + 14]) for n in range(1, 15)]
    return [HEADS, SEATS[0], *(row for pair in pairs for row in (*pair, [total, place, *sums(pair)]))]


@pytest.mark.parametrize("said", ["2500人", "约2400", "#REF!", "2359①"])
def test_a_total_that_is_no_number_is_not_passed_over_unchecked(said):
    assert found(as_xlsx([HEADS, *SEATS, ["合计", None, said, 1504]])) == [("total_not_a_number", "C31", said)]


@pytest.mark.parametrize("said", [None, "—", "/", "=SUM(C2:C30)"])
def test_a_total_that_says_nothing_does_not_matter(said):
    assert read(as_xlsx([HEADS, *SEATS, ["合计", None, said, 1504]]))[1] == []


@pytest.mark.parametrize("name", [["县级小计", None], ["县级", "合计"], ["小计", "县区"]])
def test_the_total_of_a_tier_is_checked_against_that_tier_alone(name):
    rows = [HEADS, *SEATS[:15], ["市级小计", None, *sums(SEATS[1:15])], *SEATS[15:]]
    right, wrong = ([*rows, [*name, *of]] for of in (sums(SEATS[15:]), [2359, 1504]))
    assert read(as_xlsx(right))[1] == []
    assert [problem[:2] for problem in found(as_xlsx(wrong))] == [("line_of_totals", f"{k}32") for k in "CD"]
    assert [problem.right["total"] for problem in read(as_xlsx(wrong))[1]] == sums(SEATS[15:])


def test_both_numbers_of_a_total_are_those_of_the_same_rows():
    rows = [HEADS, *SEATS, ["合计", None, 2359, sums(SEATS[15:])[1]]]
    assert [problem[:2] for problem in found(as_xlsx(rows))] == [("line_of_totals", "D31")]


@pytest.mark.parametrize("place", ["小计", "合计"])
def test_totals_may_be_those_of_each_place(place):
    rows = [*by_city(place=place), ["合计", None, 2359, 1504]]
    assert read(as_xlsx(rows))[1] == []
    right = rows[4][2]
    rows[4][2] += 10
    (problem,) = read(as_xlsx(rows))[1]
    assert (problem.code, problem.cell, problem.right["total"]) == ("line_of_totals", "C5", right)


def test_a_remark_on_totals_makes_no_line_of_totals():
    rows = [[*HEADS, "备注"], ["省级", None, *SEATS[0][2:], "含派驻机构汇总"], *SEATS[1:]]
    assert read(as_xlsx(rows))[1] == []


# What nobody sees.


def formatted(number_format: str, cell: str = "C3"):
    def write(book) -> None:
        book.active[cell].number_format = number_format

    return write


@pytest.mark.parametrize("number_format", [";;;@", '"";"";"";"@"', "[White]0", "[Color2]0", "_ ;_ ;_ ;@"])
def test_a_number_whose_format_shows_nothing_is_not_read(number_format):
    problems = found(as_xlsx(ROWS, more=formatted(number_format)))
    assert [problem[:2] for problem in problems] == [("cell_empty", "C3"), ("hidden_cells", "C3")]


@pytest.mark.parametrize("number_format", ['0"人"', '[=0]"";0', "[Red]0", "[$-804]0", "0;;;@", "[>99]0;0"])
def test_a_number_whose_format_shows_it_is_read(number_format):
    assert read(as_xlsx(ROWS, more=formatted(number_format)))[1] == []


@pytest.mark.parametrize("number_format", [";;;@", "[White]0"])
def test_a_text_is_seen_in_a_format_that_shows_no_number(number_format):
    assert read(as_xlsx(ROWS, more=formatted(number_format, "B3")))[1] == []


# Merged cells.


def test_a_number_merged_over_several_rows_is_that_of_none():
    rows = changed({"C3": SEATS[1][2] + SEATS[2][2], "C4": ""})
    assert found(as_xlsx(rows, more=merged("C3:C4"))) == [("number_merged", "C4", "")]


def test_what_a_merged_cell_covers_is_not_read():
    data = as_xlsx(ROWS)
    for place in (b"C3:C4", b"C3:D3"):
        more = b'</sheetData><mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % place
        (problem,) = read(rewritten(data, SHEET, b"</sheetData>", more))[1]
        assert (problem.code, problem.cell) in {("number_merged", "C4"), ("cell_empty", "D3")}


def test_a_tier_merged_over_rows_and_columns_holds_for_all_its_rows():
    tiers = {0: "省级", 1: "市级", 15: "县级"}
    rows = [["层级", None, *HEADS[1:]], *([tiers.get(n), None, *one[1:]] for n, one in enumerate(SEATS))]
    assert read(as_xlsx(rows, more=merged("A1:B1", "A2:B2", "A3:B16", "A17:B30")))[1] == []


def test_formulas_that_give_an_empty_text_are_empty_cells():
    cell = b'<c r="A%d" t="str"><f>IF(F%d="","",F%d)</f><v></v></c>'
    more = b"".join(b'<row r="%d">%s</row>' % (n, cell % (n, n, n)) for n in range(31, 41))
    assert read(rewritten(as_xlsx(ROWS), SHEET, b"</sheetData>", more + b"</sheetData>"))[1] == []


# Workbooks that would take long.


@pytest.mark.parametrize(
    "rule",
    [
        b'<conditionalFormatting sqref="A1"><cfRule><formula>1</formula></cfRule></conditionalFormatting>',
        b'<dataValidations><dataValidation sqref="A1"><formula1>1</formula1></dataValidation></dataValidations>',
    ],
    ids=["coloured rules", "validations"],
)
def test_rules_behind_the_rows_cost_nothing(rule):
    data = as_xlsx(changed({f"A{n}": "" for n in range(4, 17)}), more=merged("A3:A16"))
    data = rewritten(data, SHEET, b"</sheetData>", b"</sheetData>" + rule * 40_000)
    started = process_time()
    assert read(data)[1] == []
    assert process_time() - started < 2


def test_texts_by_the_hundred_thousand_are_counted_first():
    data = zipped({"xl/workbook.xml": b"", "xl/sharedStrings.xml": b"<si><t>a</t></si>" * 100_000})
    assert [code for code, *_ in found(data)] == ["too_many_cells"]


# Rows and columns of a form.


@pytest.mark.parametrize("row", [["甲", "乙", 1, 2], ["栏次", "—", 1, 2], ["甲", "乙", "1", "2"]])
def test_a_row_that_numbers_the_columns_is_passed_over(row):
    assert read(as_xlsx([HEADS, row, *SEATS]))[1] == []
    assert found(as_xlsx([HEADS, SEATS[0], row, *SEATS[1:]])) != []


@pytest.mark.parametrize("who", ["填表人：张三", "制表：李四", "审核人", "联系人：王五", "注：含借调", "备注 2021 年"])
def test_a_row_on_who_filled_in_the_table_is_passed_over(who):
    assert read(as_xlsx([HEADS, *SEATS, [who, None, "联系电话", 13800138000]]))[1] == []


def test_columns_beyond_the_fiftieth_are_read():
    months = [f"{n}月" for n in range(60)]
    rows = [[*HEADS[:2], *months, *HEADS[2:]], *([*one[:2], *[1] * 60, *one[2:]] for one in SEATS)]
    assert read(as_xlsx(rows))[1] == read(as_csv(rows))[1] == []


# What is said of a refused list.


@pytest.mark.parametrize(("number_format", "shown"), [('0"%"', "79%"), ("0%", "7900%"), ("0.00%", "7900.00%")])
def test_a_percentage_is_told_as_its_format_shows_it(number_format, shown):
    assert found(as_xlsx(ROWS, more=formatted(number_format))) == [("percentage", "C3", shown)]


@pytest.mark.parametrize("county", ["长沙县", "浏阳市", "长沙市芙蓉区"])
def test_a_county_in_place_of_its_prefecture_is_told_to_be_added_up(county):
    assert found(as_xlsx(changed({"B17": county}))) == [("unknown_place_of_county", "B17", county)]


def test_a_bureau_of_a_prefecture_is_still_guessed_at_the_county_tier():
    assert found(as_xlsx(changed({"B17": "长沙市生态环境局"})))[0][0] == "unknown_place_meant"


@pytest.mark.parametrize("other", ["单位名称", "地区"])
def test_of_two_columns_of_places_the_one_that_is_headed_as_in_the_template_is_read(other):
    for at in (1, 2):
        rows = [[*row[:at], "长沙市支队" if n else other, *row[at:]] for n, row in enumerate([HEADS, *SEATS])]
        assert read(as_xlsx(rows))[1] == []


def test_two_columns_of_numbers_are_named_as_they_are_headed():
    rows = [[*HEADS[:2], "在编人数", "实有人数", HEADS[3]], *([*one[:2], one[2] + 1, *one[2:]] for one in SEATS)]
    (problem,) = read(as_xlsx(rows))[1]
    assert (problem.code, problem.cell) == ("heading_twice", "D1")
    assert "在编人数、实有人数" in sentence(problem, HUNAN, "zh")


def test_tiers_beside_each_other_are_told_to_be_put_below_each_other():
    heads = [["市州", "市级", None, "县级", None], [None, *("人数", "一线人数") * 2]]
    rows = [*heads, *([SEATS[n][1], *SEATS[n][2:], *SEATS[n + 14][2:]] for n in range(1, 15))]
    assert found(as_xlsx(rows, more=merged("A1:A2", "B1:C1", "D1:E1"))) == [("wide_table", "A2", "")]


def test_a_sign_that_nobody_sees_leaves_a_cell_empty():
    assert [problem[:2] for problem in found(as_xlsx(changed({"C3": "\u200b"})))] == [("cell_empty", "C3")]


def test_a_packed_workbook_is_told_to_be_unpacked():
    assert [code for code, *_ in found(zipped({"名册.xlsx": as_xlsx(ROWS)}))] == ["packed"]
    document = {"[Content_Types].xml": b"", "word/document.xml": b"", "word/embeddings/a.xlsx": b""}
    assert [code for code, *_ in found(zipped(document))] == ["not_a_workbook"]
