"""What a plan is handed out as: every figure is the projection's, what somebody typed stays text, the same plan gives
the same bytes, and nothing is written by halves."""

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import PurePath

import pytest
from handouts import DAY, HOSTILE, SINK, answered_as, document, handout, hostile, inspection_book, packed
from openpyxl import load_workbook
from pptx import Presentation
from thorough import IS_THOROUGH

from model import Scenario
from model.failures.libraries import LIBRARIES
from model.files.scenario_file import read_scenario
from model.outputs.brief.brief import brief
from model.outputs.brief.brief_tables import other_measures
from model.outputs.compare.comparison_charts import MEASURES as COMPARED
from model.outputs.handout import csv_tables, pictures
from model.outputs.handout.handout import Handout
from model.outputs.handout.origin import NOWHERE, Origin
from model.outputs.handout.pictures import NoFace
from model.outputs.inspections.bureau_plan import papers
from model.outputs.inspections.inspection_tables import inspection_tables, inspections_in_words
from model.outputs.inspections.inspection_workbook import inspection_plan_xlsx
from model.outputs.package import comparison_package, package
from model.outputs.package.file_name import path_in
from model.outputs.phrasing.numbers import amount
from model.outputs.phrasing.scenario_text import file_of
from model.outputs.phrasing.sentences import place
from model.outputs.story.compared import Compared
from model.outputs.words import LANGUAGES, text
from model.outputs.workbook.sheets.page import SHARE
from model.outputs.workbook.sheets.result_sheet import number_of
from model.projection.comparison import compare
from model.year.measures import MEASURE

# The inspection plan as a workbook.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_of_the_inspection_plan_holds_its_tables_with_live_sums(language):
    one = handout(language)
    formulas, values = inspection_book(language), inspection_book(language, data_only=True)
    tables = inspection_tables(one)
    places = [paper.place for paper in papers(one)]
    assert formulas.sheetnames == [*(table.title for table in tables), *places, text("inspection.about", language)]
    for table in tables:
        sheet, computed = formulas[table.title], values[table.title]
        rows = [[cell.value for cell in row] for row in computed.iter_rows(min_row=6, max_col=len(table.columns))]
        told = [["" if cell is None else cell for cell in row] for row in rows]
        for row, expected in zip(told, (*table.rows, table.total), strict=True):
            assert row == [pytest.approx(cell) if isinstance(cell, int | float) else cell for cell in expected]
        last = sheet.max_row
        for k, column in enumerate(table.columns, 1):
            below = sheet.cell(last, k).value
            assert column.decimals is None or not column.adds or below.startswith("=SUM("), (table.id, column.head)
            assert not column.sums or sheet.cell(6, k).value.startswith("=SUM(")
        assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9"
        assert sheet.print_title_rows == "$5:$5"


@pytest.mark.by_night
def test_the_months_of_the_workbook_have_their_heads_on_every_printed_page():
    sheet = load_workbook(io.BytesIO(packed("en")["workbook.xlsx"]))[text("workbook.sheet_months", "en")]
    first, last = (int(row) for row in re.findall(r"\d+", sheet.print_title_rows))
    (head,) = [row for row in range(first, last + 1) if "Changsha" in [cell.value for cell in sheet[row]]]
    assert sheet.cell(head + 1, 1).value == "=0", "the first month stands below"


def test_the_workbooks_totals_are_the_projections():
    one = handout("en")
    book = inspection_book("en", data_only=True)
    measures = document(one)["measures"]
    sheet = book[text("inspection.table_prefectures", "en")]
    heads = [cell.value for cell in sheet[5]]
    total = dict(zip(heads, (cell.value for cell in sheet[sheet.max_row]), strict=True))
    planned = text("inspection.column_planned", "en")

    def printed(id: str):
        """Base year and change, as the slides add them up."""
        total = measures[id]["total"]
        return pytest.approx(total["base"]["p50"] + total["difference"]["p50"], rel=0.003)

    assert total[planned] == printed("visits")
    assert total[text("inspection.column_minimum", "en")] == printed("legal_minimum")
    strength = book[text("inspection.table_strength", "en")]
    total = dict(zip((c.value for c in strength[5]), (c.value for c in strength[strength.max_row]), strict=True))
    for column, id in (("frontline", "frontline"), ("crews", "crews")):
        assert total[text(f"inspection.column_{column}", "en")] == printed(id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_name_the_most_and_the_fewest_of_the_column_that_they_speak_of(language):
    one = handout(language)
    (table,) = (table for table in inspection_tables(one) if table.id == "prefectures")
    planned = [column.head for column in table.columns].index(text("inspection.column_planned", language))
    by_place = {row[0]: row[planned] for row in table.rows}
    names = {p.short[language]: p.name[language] for p in one.baseline.prefectures}
    said = inspections_in_words(one)
    for name in sorted(names, key=by_place.__getitem__)[:: len(names) - 1]:
        assert re.search(f"{names[name]} ?[（(]{by_place[name]:,}", said), name


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_somebody_typed_is_text_in_the_workbook(typed):
    book = load_workbook(io.BytesIO(inspection_plan_xlsx(hostile(typed))))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or cell.value.startswith("=SUM("), cell.value
                assert cell.hyperlink is None
        assert "&" not in sheet.oddFooter.left.text, "a name commands no footer"
    about = [cell.value for cell in book[text("inspection.about", "zh")]["B"] if cell.value]
    assert any(typed[:8].strip("\x00") in str(value) for value in about)


# Pictures.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_picture_stands_alone_with_title_key_unit_and_figures(name, language):
    one = handout(language)
    drawn = pictures.svg_of_plan(name, one)
    said = " ".join("".join(node.itertext()) for node in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text"))
    title = "inspection.chart_title" if name == "inspections" else f"charts.{name}_title"
    assert text(title, language) in said and text(f"pictures.{name}_note", language) in said
    assert DAY.isoformat() in said
    if name != "inspections":
        assert text("charts.key_base", language) in said and text("charts.key_scenario", language) in said
    if name == "visits":
        for tier in one.projection.measures["visits"].tiers.values():
            assert amount(tier.scenario.p50, "visits a year") in said
    data = pictures.png_of_plan(name, one)
    assert data.startswith(b"\x89PNG") and len(data) > 20_000


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_picture_of_any_name_is_a_whole_file(typed):
    one = hostile(typed)
    root = ET.fromstring(pictures.svg_of_plan("visits", one))
    assert {node.tag.rpartition("}")[2] for node in root.iter()} <= {
        "svg",
        "g",
        "tspan",
        "rect",
        "path",
        "text",
        "line",
        "defs",
        "clipPath",
    }


@pytest.mark.by_night
def test_a_machine_without_the_letters_says_how_to_mend_it(monkeypatch):
    def no_face(language: str) -> str:
        raise NoFace(language)

    monkeypatch.setattr(pictures, "face", no_face)
    drawn = ("pictures", "brief")
    parts = [one if one.group in drawn else replace(one, build=lambda _: b"as ever") for one in package.PARTS]
    one = Handout(handout("zh").projection, handout("zh").baseline, DAY, "zh")
    made = dict(package.files(answered_as(one, handout("zh")), parts))
    assert not [path for path in made if path.endswith(".png")]
    said = made[package.NO_PICTURES].decode("utf-8-sig")
    assert "fonts-noto-cjk" in said
    assert {path for path in made if path.endswith(".svg")} == {f"pictures/{name}.svg" for name in pictures.NAMES}
    assert len(made) == len(package.PARTS) - len(pictures.NAMES) + 1


@pytest.mark.parametrize("letters", [("", ""), ("□", "□")], ids=["drawn as nothing", "drawn as the same box"])
def test_letters_that_come_out_alike_are_no_letters(letters, monkeypatch):
    monkeypatch.setitem(pictures.SAMPLES, "zh", letters)
    pictures.face.cache_clear()
    try:
        with pytest.raises(NoFace):
            pictures.face("zh")
    finally:
        pictures.face.cache_clear()


@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_picture_is_printed_at_192_dots_an_inch(name):
    data = packed("zh")[f"pictures/{name}.png"]
    at = data.index(b"pHYs") + 4
    across, down, in_metres = struct.unpack(">IIB", data[at : at + 9])
    assert in_metres == 1 and across == down == round(192 / 0.0254)


# The file that a plan came from.

COMMENTED = """# 张三：这是给省厅会议的方案
schema = 1
name = "下沉试点"   # 暂用名
baseline = "hunan-2021"

[staff.change]
city = -100 # 与长沙支队商量过
county = 100
"""


@pytest.mark.parametrize("written", [COMMENTED.encode(), COMMENTED.replace("\n", "\r\n").encode("utf-8-sig")])
def test_the_package_has_the_file_that_the_plan_came_from_and_its_hash(written):
    scenario, _ = read_scenario(written)
    projection = replace(handout("zh").projection, scenario=scenario)
    one = Handout(projection, handout("zh").baseline, DAY, "zh", Origin(written))
    shown = [part for part in package.PARTS if part.group in ("scenario", "passport")]
    parts = dict(package.files(one, shown))
    assert parts["scenario.toml"] == written
    assert sha256(written).hexdigest() == one.passport.hash
    assert one.passport.hash in parts["passport.txt"].decode("utf-8-sig")


def test_comments_survive_in_the_file_of_a_plan_that_was_changed_since():
    scenario, _ = read_scenario(COMMENTED.encode())
    changed = replace(scenario, levers={"staff.change.city": -80.0, "staff.change.county": 80.0})
    projection, origin = replace(handout("zh").projection, scenario=changed), Origin(COMMENTED.encode())
    one = Handout(projection, handout("zh").baseline, DAY, "zh", origin)
    written = file_of(changed, one.baseline, "zh", one.origin.source)
    assert sha256(written).hexdigest() == one.passport.hash
    assert read_scenario(written)[0] == changed
    assert all(comment in written.decode() for comment in ("张三：这是给省厅会议的方案", "暂用名", "与长沙支队商量过"))


# Tables.


def read(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", csv_tables.TABLES)
def test_a_whole_number_has_no_decimals_in_any_table(name):
    """People of one tier were 77 in the base year and 67.0 under the plan."""
    cells = [cell for row in read(csv_tables.TABLES[name](handout("zh"))) for cell in row.values()]
    assert [cell for cell in cells if re.fullmatch(r"-?\d+\.0+", cell)] == []


def test_people_in_the_table_are_those_of_the_plan():
    rows = {row["id"]: [*row.values()][2:4] for row in read(csv_tables.people(handout("en")))}
    assert rows == {"province": ["77", "67"], "city": ["560", "460"], "county": ["1722", "1832"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", csv_tables.TABLES)
def test_every_table_is_whole_and_says_of_which_plan_it_is(name, language):
    rows = read(csv_tables.TABLES[name](handout(language)))
    assert rows and len({len(row) for row in rows}) == 1
    assert all(None not in row and None not in row.values() for row in rows)
    if name != "evidence":
        assert {row[text("provenance.seed", language)] for row in rows} == {"1"}
        assert SINK.name[language] in rows[0].values()


PRINTED = re.compile(
    r"'?[+−-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|'?[+−][0-9][0-9.,]*|[−-]?[0-9.,]+ ?%|−?[0-9.,]+ (人|天|次|people|days)"
)
"""A number as readers read it, which a spreadsheet takes for a text."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", csv_tables.TABLES)
def test_a_table_holds_numbers_as_numbers(name, language):
    """Levers said "−10 人", the filter "'+0.13", range checks "413,429" and the evidence "63.76%"."""
    assert PRINTED.fullmatch("−10 人") and PRINTED.fullmatch("'+0.13") and PRINTED.fullmatch("413,429")
    rows = read(csv_tables.TABLES[name](handout(language)))
    assert not [cell for row in rows for cell in row.values() if PRINTED.fullmatch(cell)]


@pytest.mark.parametrize("name", ["prefectures", "inspection-plan", "inspection-minimum", "bottlenecks", "not-done"])
def test_a_table_of_places_has_their_codes(name):
    one = handout("en")
    codes = {row[text("csv.code", "en")] for row in read(csv_tables.TABLES[name](one))}
    assert codes - {""} <= {p.code for p in one.baseline.prefectures}
    assert "430100" in codes and all(len(code) == 6 and code.startswith("43") for code in codes if code)


def test_the_levers_are_numbers_with_their_unit():
    rows = {row["id"]: row for row in read(csv_tables.changed_levers(handout("en")))}
    city = rows["staff.change.city"]
    assert (float(city["base"]), float(city["plan"]), city["unit"]) == (0, -100, "people")


def test_the_table_of_measures_is_the_projection():
    one = handout("en")
    measures, rows = document(one)["measures"], read(csv_tables.measures(one))
    assert len(rows) == sum(
        len(m["prefectures"]) + len([k for k in m if k in ("total", "province", "city", "county")])
        for m in measures.values()
    )
    for row in rows:
        measure = measures[row["id"]]
        paired = measure.get(row["scope id"]) or measure["prefectures"][row["scope id"]]
        scale = 100 if measure["unit"] == "share" else 1
        for column, band in (("base", "base"), ("plan", "scenario"), ("change", "difference")):
            for head, p in (("10 %", "p10"), ("median", "p50"), ("90 %", "p90")):
                named = text("csv.scenario_p50", "en") if (band, p) == ("scenario", "p50") else f"{column} {head}"
                assert float(row[named]) == pytest.approx(paired[band][p] * scale, abs=1e-4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_load_reads_in_percent_in_paper_table_and_workbook_and_is_a_ratio_in_json(language):
    one = handout(language)
    load = document(one)["measures"]["review_load"]["total"]["scenario"]["p50"]
    assert 0 < load < 1
    name, percent = text("terms.measure_review_load", language), f"{load:.1%}"
    paper = [row for row in other_measures(one).rows if row[0] == name]
    assert [row[1] for row in paper] == ["%"] and percent in paper[0]
    total = next(list(row.values()) for row in read(csv_tables.measures(one)) if name in row.values())
    assert "%" in total and f"{load * 100:.4f}".rstrip("0") in total
    assert number_of(MEASURE["review_load"]) == SHARE


def test_the_tables_of_the_inspection_plan_add_up_to_it():
    one = handout("zh")
    plan = one.inspections
    rows = read(csv_tables.inspections(one))
    assert len(rows) == plan.visits.size
    assert sum(int(row[text("csv.visits", "zh")]) for row in rows) == plan.visits.sum()
    quarters = read(csv_tables.inspection_minimum(one))
    assert sum(int(row[text("csv.minimum", "zh")]) for row in quarters) == plan.minimum.sum()
    assert sum(int(row[text("csv.visits", "zh")]) for row in quarters) == plan.visits.sum()


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_cell_of_a_table_is_a_formula(typed):
    one = hostile(typed)
    for name, build in csv_tables.TABLES.items():
        for row in read(build(one)):
            assert not [cell for cell in row.values() if cell.startswith(("=", "@", "\t", "\r"))], name


# The package.


@pytest.mark.parametrize(("language", "day"), [("zh", "2026 年 11 月 24 日"), ("en", "24 November 2026")])
def test_the_slides_of_the_package_bear_its_day_on_their_cover(language, day):
    cover = Presentation(io.BytesIO(packed(language)["slides.pptx"])).slides[0]
    assert any(day in shape.text_frame.text for shape in cover.placeholders)


@pytest.mark.by_night
def test_the_package_holds_every_part_once_and_the_same_bytes_again():
    one = handout("zh")
    again = Handout(one.projection, one.baseline, DAY, "zh")
    data = package.zipped(packed("zh").items(), "zh")
    assert data == package.zipped(package.files(again), "zh")
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.namelist() == [path_in(part.path, "zh") for part in package.PARTS] and archive.testzip() is None
    assert len(set(archive.namelist())) == len(package.PARTS)
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for part in package.PARTS:
        assert text(f"export.group_{part.group}", "zh") and part.path.isascii()
    scenario = archive.read("方案.toml")
    assert read_scenario(scenario) == (SINK, [])
    assert (
        sha256(scenario).hexdigest() == one.passport.hash and one.passport.hash in archive.read("生成信息.txt").decode()
    )


def test_what_lies_in_a_package_is_called_in_its_language():
    """Windows takes the names of a ZIP for those of its own code page unless they are marked as UTF-8."""
    compared = (path for path, _ in comparison_package.builders(three("zh")))
    paths = {*(part.path for part in package.PARTS), *compared, *package.NOTES}
    assert {path: path_in(path, "en") for path in paths} == {path: path for path in paths}
    libraries = "|".join(LIBRARIES)
    for path in paths:
        *folders, file = path_in(path, "zh").split("/")
        stem = re.sub(rf"-({libraries})$", "", PurePath(file).stem)
        assert not re.search("[A-Za-z_]", stem) and not re.search("[a-z_]", "".join(folders)), path
    archive = zipfile.ZipFile(io.BytesIO(package.zipped([("report.docx", b"")], "zh")))
    assert [(one.filename, one.flag_bits & 0x800) for one in archive.infolist()] == [("汇报材料.docx", 0x800)]


@pytest.mark.by_night
def test_another_day_or_language_gives_other_files_with_the_same_figures():
    one = handout("zh")
    later = Handout(one.projection, one.baseline, date(2027, 1, 1), "zh")
    assert inspection_plan_xlsx(one) != inspection_plan_xlsx(later) and brief(one) != brief(later)
    assert packed("zh")["projection.json"] == packed("en")["projection.json"]


def test_a_part_alone_has_the_name_of_its_plan():
    assert package.name_alone("brief", "zh", "下沉到县（2022）")[0] == "一线-下沉到县-2022-简报.html"
    assert package.name_alone("brief", "en")[0] == "frontline-brief.html"


@pytest.mark.by_night
def test_a_part_alone_is_the_part_of_the_package():
    """By day not of those that take longest: each is one file, as others are that are asked for."""
    one, made = handout("en"), packed("en")
    left_out = () if IS_THOROUGH else ("report", "slides", "workbook", "brief")
    for group in package.groups():
        if group in left_out:
            continue
        name, kind = package.name_alone(group, "en")
        data = package.alone(group, one)
        assert kind == package.TYPES[name.rpartition(".")[2]]
        if name.endswith(".zip"):
            inside = zipfile.ZipFile(io.BytesIO(data))
            assert {path: inside.read(path) for path in inside.namelist()} == {
                part.path: made[part.path] for part in package.PARTS if part.group == group
            }
        else:
            assert data == made[name.removeprefix("frontline-")]


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_package_of_any_name_can_be_unpacked_anywhere(typed):
    name = package.name_of_package(hostile(typed))
    assert re.fullmatch(r"(frontline|一线)-[\w-]+-2026-11-24\.zip", name) and len(name.encode()) < 160


def test_files_are_written_whole_or_not_at_all(tmp_path):
    (tmp_path / "brief.html").write_text("the one before")
    (tmp_path / "tables").write_text("a file where a folder should be")
    made = [("brief.html", b"new"), ("tables/months.csv", b"x")]
    done = list(package.write(made[:1], tmp_path))
    with pytest.raises(OSError, match="tables"):
        list(package.write(made[1:], tmp_path))
    assert done == [(tmp_path / "brief.html", 3)] and (tmp_path / "brief.html").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.html", "tables"]

    def fails():
        yield "brief.html", b"newer"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        list(package.write(fails(), tmp_path))
    assert (tmp_path / "brief.html").read_bytes() == b"newer"


@cache
def three(language: str) -> Compared:
    plans = compare([SINK, Scenario(), Scenario(levers={"staff.new_posts": 60.0, "staff.change.county": 60.0})])
    return Compared(plans, ("甲", "乙", "丙"), 0, handout(language).baseline, DAY, language, 3 * (NOWHERE,))


def test_the_pictures_of_a_comparison_are_each_there_twice():
    archive = zipfile.ZipFile(io.BytesIO(comparison_package.pictures_alone(three("zh"))))
    paths = {path_in(f"pictures/{id}.{kind}", "zh") for id in COMPARED for kind in ("png", "svg")}
    assert set(archive.namelist()) == paths and len(paths) == 2 * len(COMPARED)
    said = archive.read("图片/现场检查.svg").decode()
    best = three("zh").comparison.projections[0].measures["visits"].total.scenario
    assert "A 甲" in said and amount(best.p50, "visits a year") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_inspection_plan_says_where_the_minimum_may_fail_though_the_plan_meets_it(language):
    one = handout(language)
    risks = [row for row in one.projection.not_done if row.what == "legal minimum"]
    assert risks and not one.inspections.short.any(), "else this proves nothing"
    likeliest = max(risks, key=lambda row: row.probability)
    said = inspections_in_words(one)
    assert f"{round(likeliest.probability * 100)}" in said
    assert place(likeliest.tier, likeliest.prefecture, one.baseline, language) in said
    assert text("inspection.met", language) not in said
