"""A workbook that was filled in gives the base year it says, or every wrong cell and nothing of the rest."""

import ast
import io
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from base_year_workbooks import GUANGDONG, HUNAN, SHEET, filled, places, read, table
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from thorough import tries

from model.evidence.base_year_folders import find_baseline
from model.evidence.draws import draw
from model.files.base_years import workbook_reader
from model.files.base_years.composition import files_from
from model.files.base_years.folder_files import about_of, columns_of, data_of, rows_of
from model.files.base_years.form import Template
from model.files.base_years.store import BaseYears, baseline_from
from model.files.base_years.units import is_own
from model.files.base_years.words import FILE
from model.files.base_years.workbook_reader import read_form, template_named
from model.files.library import Saved
from model.files.tables.sheet import cell_name
from model.files.tables.sheets import read_sheets
from model.files.tables.staff_list_words import words
from model.force.seats import base_seats
from model.outputs.evidence.base_year_sentences import sentence
from model.outputs.phrasing.evidence_terms import unit_held
from model.outputs.words import LANGUAGES, keys, text
from model.outputs.workbook.base_year_form import COLUMNS, base_year_workbook

ROOT = Path(__file__).parents[2]
OTHER = {key: value for key, value in GUANGDONG.items() if key[0] == "source"}
EMPTY = ""


def blank(typed: dict, rows: str | None = None, **how: str) -> tuple[dict[str, bytes], list]:
    """What a blank workbook for another province gives, with these cells typed in."""
    return read(filled(OTHER | typed, places(rows) if rows else places(), is_blank=True, **how))


def codes(problems: list) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for problem in problems]


def with_records(*records: list[object]) -> list[list[object]]:
    """The prefectures with what stands in the columns of records."""
    return [[*row, *[""] * (11 - len(row)), *more] for row, more in zip(places(), records, strict=True)]


def ends(row: dict[str, str]) -> tuple[float, float, float]:
    return float(row["low"]), float(row["mid"]), float(row["high"])


def closed(files: dict[str, bytes], *ids: str) -> list[str]:
    rows = table(files, "assumptions")
    return [id for id in ids or rows if rows[id]["role"] == "closed"]


STAFF = ("staff_province", "staff_city", "staff_county")
SHARES = ("frontline_share_province", "frontline_share_city", "frontline_share_county")


# There and back.


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_read_again_as_it_is_gives_the_same_folder(language):
    files, problems = read(base_year_workbook(HUNAN, language, is_edit=True))
    assert problems == []
    same = ("report.csv", "prefectures.csv", "benchmarks.csv")
    assert {name: files[name] for name in same} == {name: HUNAN[name] for name in same}
    assert about_of(files) == about_of(HUNAN)
    ours, theirs = table(files, "assumptions"), table(HUNAN, "assumptions")
    assert [*ours] == [*theirs]
    assert all(ours[id].items() >= theirs[id].items() for id in ours)


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_base_year_read_again_is_the_same_to_the_byte(language):
    rows = with_records([900, 80, "", 2], ["", 7], [], [3])
    first, problems = read(filled(GUANGDONG, rows, is_blank=True))
    assert problems == [] and {"records.csv"} <= first.keys()
    again, problems = read(base_year_workbook(first, language, is_edit=True), first)
    assert problems == []
    assert {name: data.decode() for name, data in again.items()} == {
        name: data.decode() for name, data in first.items()
    }


def test_a_new_base_year_of_the_same_place_has_the_same_numbers_marked_as_inherited():
    files, problems = read(filled(OTHER))
    assert problems == []
    assert about_of(files)["template"] == "hunan-2021"
    for id, row in table(files, "assumptions").items():
        assert row["inherited"] == "yes" and row["basis_zh"].startswith("沿用湖南 2021：")
        assert ends(row) == ends(table(HUNAN, "assumptions")[id])
    for row in table(files, "report").values():
        assert row["quote"] == table(HUNAN, "report")[row["id"]]["quote"]
        assert row["source_zh"].startswith("沿用湖南 2021：湖南省生态环境厅")
        assert row["source_en"].startswith("Inherited from Hunan 2021: Hunan Department")
    ours = baseline_from(files)
    for figure in ours.report.values():
        assert "（沿用湖南 2021：湖南省生态环境厅" in figure.source["zh"] and "粤环函" not in figure.source["zh"]


# What is known, about, unknown.


ABOUT = {
    ("force", "staff_total", "value"): "2,150-2200-2,280",
    ("force", "frontline_total", "value"): "1500~1540~1600",
    ("counts", "cases_total", "value"): "6,800 至 7,007 至 7,200",
    ("counts", "cases_total", "years"): 0.5,
    ("counts", "cases_seizure", "value"): "600-655-700",
    ("counts", "offsite_checks", "value"): "900-1000-1100",
    ("counts", "offsite_checks", "years"): 1,
    ("counts", "offsite_problems", "value"): 90,
    ("counts", "service_contacts", "value"): 400,
    ("counts", "service_contacts", "years"): 0.25,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_a_report_may_be_known_about(language):
    files, problems = blank(ABOUT)
    assert problems == []
    assumed, report = table(files, "assumptions"), table(files, "report")
    assert ends(assumed["staff_total"]) == (2150, 2200, 2280)
    assert ends(assumed["cases_total"]) == (6800, 7007, 7200)
    assert assumed["staff_total"]["mark"] == "assumed" and assumed["staff_total"]["inherited"] == ""
    assert {"staff_total", "cases_total", "cases_seizure", "offsite_checks"}.isdisjoint(report)
    assert closed(files, *STAFF, *SHARES, "visit_filed") == ["staff_county", "frontline_share_county", "visit_filed"]
    assert ends(assumed["service_window_years"]) == (1, 1, 1)
    assert ends(assumed["contacts_window_years"]) == (0.25, 0.25, 0.25)

    again, problems = read(base_year_workbook(files, language, is_edit=True), files)
    assert problems == [] and again == files
    baseline = baseline_from(files)
    assert baseline.knows("staff_total", "cases_total") and not baseline.gives("staff_total")
    assert baseline.staff_total == 2200 and baseline.derived["cases_a_year"] == 7007 / 0.5
    assert baseline.derived["service_contacts_a_year"] == 1600

    exact, problems = read(
        filled(
            {("force", "staff_total", "value"): 2200, ("counts", "cases_total", "value"): ""}, of=files, is_edit=True
        ),
        files,
    )
    assert problems == []
    assert "staff_total" not in table(exact, "assumptions") and table(exact, "report")["staff_total"]["value"] == "2200"
    assert "cases_total" not in table(exact, "assumptions") and closed(exact, "visit_filed") == []


def test_all_tiers_known_rule_a_total_known_about():
    tiers = {("force", id, "value"): heads for id, heads in zip(STAFF, (51, 842, 1335), strict=True)}
    files, problems = blank(tiers | {TOTAL: "2100-2200-2300"})
    assert problems == [] and closed(files, *STAFF) == []
    assert "staff_total" not in table(files, "assumptions") and "staff_total" not in table(files, "report")
    _, problems = blank(tiers | {TOTAL: "2000-2100-2200"})
    assert codes(problems) == [("tiers_disagree", "C5")]


@pytest.mark.parametrize("nobody", [0, "0人", EMPTY])
def test_nobody_at_the_counties_of_a_city_of_districts_may_be_0_or_nothing(nobody):
    city = {("force", "staff_province", "value"): 60, ("force", "staff_city", "value"): 150}
    counties = {("force", id, "value"): nobody for id in ("staff_county", "frontline_share_county", "bodies_county")}
    districts = "东城区 Dongcheng 0 700000 40 20\n西城区 Xicheng 0 1000000 50 30"
    files, problems = blank(city | counties, districts)
    assert problems == []
    assert files == blank(city, districts)[0]
    _, problems = blank(city | counties, districts.replace(" 0 700000", " 2 700000"))
    assert nobody == EMPTY or {code for code, _ in codes(problems)} == {"cell_out_of_bounds"}


def test_off_site_checks_and_their_problems_are_of_one_window():
    years = {("counts", "offsite_checks", "years"): 1, ("counts", "offsite_problems", "years"): 2}
    _, problems = blank(ABOUT | years | {TOTAL: 2200})
    assert [problem.code for problem in problems] == ["windows_differ"]


def test_guangdong_as_published():
    files, problems = read(filled(GUANGDONG, places(), is_blank=True))
    assert problems == []
    assumed, report = table(files, "assumptions"), table(files, "report")
    assert about_of(files)["cases_window_years"] == round(182 / 366, 4)
    assert [ends(assumed[id]) for id in STAFF] == [(40, 51, 80), (842,) * 3, (1335,) * 3]
    assert [assumed[id]["mark"] for id in STAFF] == ["assumed", "reported", "reported"]
    assert {id: row["value"] for id, row in report.items()} == {
        "cases_total": "7007",
        "cases_daily_fine": "27",
        "cases_restrict_halt": "184",
        "cases_seizure": "655",
        "cases_detention": "81",
        "cases_crime": "149",
    }
    assert {row["window"] for row in report.values()} == {"2016-01-01/2016-06-30"}
    assert closed(files) == ["other_duties_share", "visit_filed"]
    assert ends(assumed["visits_base"]) == (171732 / 0.4973,) * 3
    assert ends(assumed["special_share"]) == ((27 + 184 + 655 + 81 + 149) / 7007,) * 3
    assert ends(assumed["frontline_share_city"]) == (0.5, 0.7, 0.95)
    assert [assumed[f"helpers_{tier}"]["mid"] for tier in ("city", "county")] == ["80", "316"]
    assert "helpers_province" not in assumed
    assert float(assumed["offsite_hit"]["mid"]) == 472 / 4356
    assert table(files, "prefectures")["dongguan"]["county_level_units"] == "0"


def test_nothing_of_another_place_is_said_of_this_one():
    files, _ = read(filled(GUANGDONG, places(), is_blank=True))
    for id, row in table(files, "assumptions").items():
        assert "14" not in row["label_zh"] + row["label_en"], id
    hunan = {row["id"] for row in rows_of(files["benchmarks.csv"]) if row["id"].startswith("hunan_")}
    priors = {row["id"] for row in rows_of(HUNAN["benchmarks.csv"]) if row["use"] == "prior"}
    assert hunan <= priors <= {row["id"] for row in rows_of(files["benchmarks.csv"])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_names_a_count_of_the_place_that_a_workbook_was_made_from(language):
    counts = {"7385", "2359", "1504", "138"}
    assert counts <= {row["value"] for row in rows_of(HUNAN["report.csv"])}

    def named(said: str) -> set[str]:
        return counts & {*re.findall(r"\d+", said)}

    data = filled({}, language=language, is_blank=True)
    cells = [str(cell.value) for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert not any(map(named, cells))
    files, problems = read(filled(GUANGDONG, places(), language=language, is_blank=True))
    assert problems == []
    for id, row in table(files, "assumptions").items():
        assert not named(row["basis_zh"] + row["basis_en"]), id
    kept = table(files, "assumptions")["visit_filed"]
    assert kept["inherited"] == "yes" and kept["basis_zh"] == "沿用湖南 2021：区间依据该地自己的统计，未按本地核对"
    assert "7385" in Template(HUNAN).assumptions["visit_filed"]["basis_zh"], "at home it stays"


def test_counts_that_are_not_known_are_scaled_by_population():
    files, _ = read(filled(GUANGDONG, places(), is_blank=True))
    people = sum(float(row["population"]) for row in Template(files).prefectures)
    ratio = people / sum(float(row["population"]) for row in Template(HUNAN).prefectures)
    for id in ("complaints", "key_units", "regulated_units"):
        row, ours = table(files, "assumptions")[id], table(HUNAN, "assumptions")[id]
        assert ends(row) == pytest.approx([ratio * end for end in ends(ours)], rel=1e-3)
        assert row["basis_zh"] == "由 湖南 2021 按常住人口折算" and row["mark"] == "assumed"


TIERS = {f"staff_{tier}": ("force", f"staff_{tier}", "value") for tier in ("province", "city", "county")}
TOTAL = ("force", "staff_total", "value")


@pytest.mark.parametrize(
    ("known", "follows"),
    [
        ({TOTAL: 2257}, "staff_county"),
        ({TOTAL: 2257, TIERS["staff_city"]: 842}, "staff_county"),
        ({TOTAL: 2257, TIERS["staff_county"]: 1335}, "staff_city"),
        ({TOTAL: 2257, TIERS["staff_county"]: 1335, TIERS["staff_city"]: 842}, "staff_province"),
        ({TOTAL: 2257, **dict(zip(TIERS.values(), (80, 842, 1335), strict=True))}, "staff_county"),
        ({TOTAL: 2228, **dict(zip(TIERS.values(), ("40-51-80", 842, 1335), strict=True))}, "staff_province"),
        (dict(zip(TIERS.values(), (80, 842, 1335), strict=True)), None),
    ],
)
def test_the_tier_that_is_not_known_follows_from_the_total(known, follows):
    files, problems = blank(known)
    assert problems == []
    assert closed(files, *STAFF) == ([follows] if follows else [])
    if TOTAL in known:
        mids = sum(float(table(files, "assumptions")[id]["mid"]) for id in STAFF)
        assert mids == pytest.approx(known[TOTAL], rel=1e-3)


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({}, "people_unknown"),
        ({TIERS["staff_city"]: 842, TIERS["staff_county"]: 1335}, "people_unknown"),
        ({TOTAL: 2400, **dict(zip(TIERS.values(), (80, 842, 1335), strict=True))}, "tiers_disagree"),
        ({TOTAL: 900, TIERS["staff_city"]: 842, TIERS["staff_county"]: 1335}, "tiers_above_total"),
    ],
)
def test_people_that_are_not_known_or_do_not_agree_are_refused(known, code):
    _, problems = blank(known)
    assert (code, "C5") in codes(problems)


def test_a_tier_that_is_lacking_is_named_and_may_be_a_range():
    known = {TIERS["staff_city"]: 842, TIERS["staff_county"]: 1335}
    _, (problem,) = blank(known)
    assert problem.right["tiers"] == ("province",) and "省级" in sentence(problem, "zh")
    assert blank({**known, TIERS["staff_province"]: "40-60-80"})[1] == []


@pytest.mark.parametrize(
    ("known", "follows"),
    [
        ({("force", "frontline_total", "value"): 1504}, ["frontline_share_county"]),
        (
            {("force", "frontline_total", "value"): 1504, ("force", "frontline_share_county", "value"): "66%"},
            ["frontline_share_city"],
        ),
        ({}, []),
    ],
)
def test_the_frontline_follows_from_its_total_or_from_nothing(known, follows):
    files, problems = blank({TOTAL: 2359, **known})
    assert problems == []
    assert closed(files, *SHARES) == follows


def test_frontline_officers_may_be_people():
    files, problems = blank({TOTAL: 2257, TIERS["staff_city"]: 842, ("force", SHARES[1], "value"): "560人"})
    assert problems == []
    assert ends(table(files, "assumptions")[SHARES[1]]) == (560 / 842,) * 3
    _, problems = blank({TOTAL: 2257, ("force", SHARES[1], "value"): 560})
    assert codes(problems) == [("officers_without_people", "C11")]
    _, problems = blank({TOTAL: 2257, TIERS["staff_city"]: 842, ("force", SHARES[1], "value"): 900})
    assert codes(problems) == [("more_officers_than_people", "C11")]


def test_visits_that_are_not_known_are_a_result():
    files, problems = blank({TOTAL: 2257})
    assert problems == []
    assert closed(files, "visits_base", "other_duties_share") == ["visits_base"]
    again, problems = read(base_year_workbook(files, "zh", is_edit=True), files)
    assert problems == [] and again == files
    known, problems = read(filled({("counts", "visits_base", "value"): "350,000"}, of=files, is_edit=True), files)
    assert problems == [] and closed(known, "visits_base", "other_duties_share") == ["other_duties_share"]


def test_cases_that_are_not_known_close_nothing():
    files, problems = blank({TOTAL: 2257})
    assert problems == [] and "cases_total" not in table(files, "report")
    assert closed(files, "visit_filed") == [] and "cases_window_years" not in about_of(files)
    assert ends(table(files, "assumptions")["special_share"]) == ends(table(HUNAN, "assumptions")["special_share"])


def test_one_count_taken_out_of_hunan_leaves_the_rest_as_it_was():
    files, problems = read(filled(OTHER | {("counts", "offsite_checks", "value"): EMPTY}))
    assert problems == []
    assert table(HUNAN, "report").keys() - table(files, "report").keys() == {"offsite_checks"}
    assert table(files, "assumptions").keys() - table(HUNAN, "assumptions").keys() == {"offsite_hit"}


def test_a_total_that_changed_carries_the_frontline_share_with_it():
    files, problems = read(filled(OTHER | {TOTAL: 2450}))
    assert problems == []
    share = table(files, "report")["frontline_share"]
    assert (share["value"], share["quote"]) == (str(round(1504 / 2450, 4)), "")
    assert share["source_zh"].startswith("1504 / 2450, ")


UNSTATED = {"zh": "本单位填写，未写明依据", "en": "Entered without a reason"}
GUESSED = {
    ("assumptions", "officers_per_visit", "value"): "2-2.41-2.55",
    ("assumptions", "special_case_days", "value"): 12,
    ("counts", "complaints", "value"): "50000-90000-130000",
}


def test_a_guess_has_no_source_but_the_one_written_beside_it():
    files, problems = read(filled(GUANGDONG | GUESSED, places(), is_blank=True))
    assert problems == []
    ours = baseline_from(files)
    guesses = ("officers_per_visit", "special_case_days", "complaints", "staff_province", "frontline_share_city")
    for id in guesses:
        assert (ours.assumptions[id].basis, ours.assumptions[id].mark) == (UNSTATED, "assumed"), id
    assert ours.assumptions["staff_city"].basis["zh"] == "粤环函〔2016〕1469号（现状资料表）"
    assert ours.report["cases_total"].source == ours.source, "a fact is of the document that the base year names"
    written = {(sheet, id, "source"): "本厅工时记录" for sheet, id, _ in GUESSED}
    files, _ = read(filled(GUANGDONG | GUESSED | written, places(), is_blank=True))
    for id in guesses[:3]:
        assert table(files, "assumptions")[id]["basis_zh"] == "本厅工时记录"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_changed_later_does_not_keep_the_source_of_the_one_before(language):
    typed = GUANGDONG | GUESSED | {("counts", "cases_total", "source"): "省厅通报，立案 7007 宗"}
    records = with_records(["9,000", 80, 70, 2, "台账"], [7000, 60, 50, 2, "月报"], [], [])
    first, problems = read(filled(typed, records, is_blank=True))
    assert problems == []
    changed = {
        ("counts", "cases_total", "value"): 7100,
        ("force", "staff_city", "value"): 850,
        ("counts", "cases_crime", "value"): 150,
    }
    book = load_workbook(io.BytesIO(filled(changed, of=first, language=language, is_edit=True)))
    sheet = book.worksheets[SHEET["prefectures"] - 1]
    (column,) = (cell.column for row in sheet.iter_rows() for cell in row if str(cell.value) == "9000")
    sheet.cell(5, column).value = 9100
    data = io.BytesIO()
    book.save(data)
    files, problems = read(data.getvalue(), first)
    assert problems == []
    ours = baseline_from(files)
    assert (ours.report["cases_total"].source, ours.report["cases_crime"].source) == (UNSTATED, UNSTATED)
    assert (ours.assumptions["staff_city"].basis, ours.assumptions["staff_city"].mark) == (UNSTATED, "assumed")
    of_place = {row.prefecture: row.source["zh"] for row in ours.records}
    assert of_place == {"guangzhou": UNSTATED["zh"], "shenzhen": "月报"}
    again, problems = read(base_year_workbook(files, language, is_edit=True), files)
    assert problems == [] and again == files
    reasoned = {("counts", "cases_total", "source"): "台账复核"}
    mended, problems = read(filled(reasoned, of=files, language=language, is_edit=True), files)
    assert problems == [] and "台账复核" in baseline_from(mended).report["cases_total"].source["zh"]


def test_the_reason_of_the_form_is_that_of_the_numbers_changed_in_it():
    first, _ = read(filled(GUANGDONG, places(), is_blank=True))
    typed = {("counts", "cases_total", "value"): 7100, ("force", "staff_city", "value"): 850}
    template = Template(first)
    form, _ = read_form(filled(typed, of=first, is_edit=True), "w.xlsx", template)
    files, problems = files_from(template, form, "w.xlsx", "年报更正")
    assert problems == []
    ours = baseline_from(files)
    assert (ours.report["cases_total"].source["en"], ours.assumptions["staff_city"].basis["zh"]) == ("年报更正",) * 2


def test_a_figure_typed_in_has_no_sentence_of_a_report_unless_one_is_typed_beside_it():
    count = {("counts", "cases_total", "value"): 6000, ("counts", "cases_total", "source"): "立案六千件"}
    files, problems = read(filled(OTHER | count | {TOTAL: 2450}))
    assert problems == []
    ours = baseline_from(files)
    total, cases = ours.report["staff_total"], ours.report["cases_total"]
    assert (total.quote, total.source) == ("", UNSTATED)
    assert cases.quote == "立案六千件" and cases.quote in cases.source["en"]
    rows = table(files, "report")
    row = rows["staff_total"]
    row["quote"] = f"{row['label_zh']} {row['value']}"
    older = files | {"report.csv": data_of(columns_of(files["report.csv"]), rows.values())}
    assert "执法队伍总数 2450" in older["report.csv"].decode()
    assert baseline_from(older).report["staff_total"].quote == ""


# People by prefecture, and records.

BY_POOL = """广州市 Guangzhou 11 18676605 7249 215 28232 200 300 150 200
东莞市 Dongguan 0 10466625 2460 46 10855 100 - 80 -"""


def test_people_of_all_prefectures_are_the_people_of_their_tiers():
    files, problems = blank({TIERS["staff_province"]: 50}, BY_POOL)
    assert problems == []
    assumed = table(files, "assumptions")
    assert [ends(assumed[id])[0] for id in STAFF] == [50, 300, 300]
    assert [ends(assumed[id])[0] for id in SHARES[1:]] == [230 / 300, 200 / 300]
    assert [tuple(row.values()) for row in rows_of(files["pools.csv"])] == [
        ("city", "guangzhou", "200", "150"),
        ("city", "dongguan", "100", "80"),
        ("county", "guangzhou", "300", "200"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_of_a_prefecture_may_be_known_about(language):
    rows = """广州市 Guangzhou 11 18676605 7249 215 28232 180-200-230 300 120-150-170 200
东莞市 Dongguan 0 10466625 2460 46 10855 100 - 80 -"""
    files, problems = blank({TIERS["staff_province"]: 50}, rows)
    assert problems == []
    assert tuple(rows_of(files["pools.csv"])[0].values()) == ("city", "guangzhou", "200", "150")
    assumed = table(files, "assumptions")
    assert ends(assumed["people_city_guangzhou"]) == (180, 200, 230)
    assert assumed["frontline_city_guangzhou"]["label_zh"] == "广州市市级一线执法人员"
    assert ends(assumed["staff_city"]) == (280, 300, 330)
    baseline = baseline_from(files)
    guangzhou = baseline.pool_names.index(("city", "guangzhou"))
    drawn = draw(baseline.assumptions, 64, 1)
    people = base_seats(baseline, drawn, *np.full((2, 1, 4), 0.5))[0][:, guangzhou]
    assert 180 <= people.min() < people.max() <= 230
    again, problems = read(base_year_workbook(files, language, is_edit=True), files)
    assert problems == [] and again == files


def test_people_given_twice_must_agree():
    _, problems = blank({TIERS["staff_province"]: 50, TIERS["staff_city"]: 310}, BY_POOL)
    assert codes(problems) == [("pools_disagree", "C7")]


def test_records_of_prefectures_tiers_and_teams():
    rows = with_records(["9,000", 80, 70, 2], [], [], [])
    data = filled(GUANGDONG, rows, is_blank=True)
    files, problems = read(data)
    assert problems == []
    assert [tuple(row.values()) for row in rows_of(files["records.csv"])] == [
        (measure, "", "guangzhou", value, "2", "", "")
        for measure, value in (("visits", "9000"), ("cases", "80"), ("decided", "70"))
    ]
    assert [ends(table(files, "assumptions")[id]) for id in ("count_cv", "pool_cv", "effect_of_place")] == [
        (0.05, 0.1, 0.2),
        (0.1, 0.25, 0.5),
        (0.5, 0.8, 1.0),
    ]


def in_records(*rows: tuple[object, ...]) -> tuple[dict[str, bytes], list]:
    """What a workbook gives with these rows of records: measure, tier, prefecture, value, years."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(filled(GUANGDONG, places(), is_blank=True)))
    for at, row in enumerate(rows, 5):
        for column, value in enumerate(row, 1):
            book["记录"].cell(at, column).value = value
    data = io.BytesIO()
    book.save(data)
    return read(data.getvalue())


def test_a_record_is_of_a_tier_a_team_or_a_prefecture():
    files, problems = in_records(("立案", "市级", "", 3000, ""), ("cases", "county", "广州", "1.2千件", 0.5))
    assert problems == []
    assert [tuple(row.values()) for row in rows_of(files["records.csv"])] == [
        ("cases", "city", "", "3000", "1", "", ""),
        ("cases", "county", "guangzhou", "1200", "0.5", "", ""),
    ]
    again, problems = read(base_year_workbook(files, "en", is_edit=True), files)
    assert problems == [] and again == files


def test_every_wrong_record_is_named():
    wrong = (
        ("罚款", "乡级", "长沙", "many", "0"),
        ("立案", "", "", 3, ""),
        ("立案", "市级", "", "", ""),
        ("立案", "市级", "", 3, ""),
    )
    _, problems = in_records(*wrong)
    assert codes(problems) == [
        ("no_measure", "A5"),
        ("no_tier", "B5"),
        ("unknown_prefecture", "C5"),
        ("cell_no_number", "D5"),
        ("cell_out_of_bounds", "E5"),
        ("record_of_nobody", "B6"),
        ("cell_empty", "D7"),
        ("row_twice", "A8"),
    ]


# What is wrong is named, all at once.


def test_every_wrong_cell_is_named_with_sheet_and_cell():
    rows = """广州市 Guangzhou eleven 18676605 7249 many
广州 Canton 11 - 7249 -5
东莞市 Dongguan 0.5 10466625 0 46"""
    _, problems = blank(
        {
            ("source", "year", "value"): "去年",
            ("source", "rules", "value"): "1999",
            TOTAL: "40-80",
            ("force", "bodies_merged", "value"): "120-130-140",
            ("force", "bodies_total", "value"): "120-130.5-140",
            ("force", "helpers_city", "value"): -3,
            ("counts", "cases_total", "value"): 7007.5,
            ("counts", "cases_total", "to"): "上半年",
            ("counts", "complaints", "value"): "80-70-60",
            ("assumptions", "site_days", "value"): "63.8%",
            ("assumptions", "vacancy", "value"): "130%",
            ("assumptions", "working_days", "value"): 400,
        },
        rows,
    )
    assert {(problem.code, problem.sheet, problem.cell) for problem in problems} == {
        ("no_year", "来源", "C7"),
        ("no_rules", "来源", "C10"),
        ("cell_two_numbers", "队伍", "C5"),
        ("cell_no_range", "队伍", "C15"),
        ("cell_not_whole", "队伍", "C13"),
        ("cell_out_of_bounds", "队伍", "C17"),
        ("cell_not_whole", "统计数", "C5"),
        ("cell_no_date", "统计数", "E5"),
        ("cell_not_in_order", "统计数", "C16"),
        ("cell_out_of_bounds", "假设", "C7"),
        ("cell_percentage", "假设", "C15"),
        ("cell_out_of_bounds", "假设", "C52"),
        ("cell_no_number", "市州", "C5"),
        ("cell_no_number", "市州", "F5"),
        ("prefecture_twice", "市州", "A6"),
        ("cell_empty", "市州", "D6"),
        ("cell_out_of_bounds", "市州", "F6"),
        ("cell_not_whole", "市州", "C7"),
        ("cell_out_of_bounds", "市州", "E7"),
    }
    assert len(problems) == 19


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({("counts", "cases_total", "value"): 7007}, "window_lacking"),
        ({("counts", "cases_total", "value"): 7007, ("counts", "cases_total", "years"): "0"}, "cell_no_years"),
        (
            {
                ("counts", "cases_total", "value"): 7007,
                ("counts", "cases_total", "from"): 2016,
                ("counts", "cases_total", "to"): 2016,
                ("counts", "cases_total", "years"): 0.5,
            },
            "window_disagrees",
        ),
        (
            {
                ("counts", "cases_total", "value"): 7007,
                ("counts", "cases_total", "from"): "2016-07",
                ("counts", "cases_total", "to"): "2016-06",
            },
            "window_backwards",
        ),
        (
            {
                ("counts", "cases_total", "value"): 100,
                ("counts", "cases_total", "years"): 1,
                **{("counts", f"cases_{kind}", "value"): 30 for kind in ("daily_fine", "restrict_halt", "seizure")},
                **{("counts", f"cases_{kind}", "value"): 30 for kind in ("detention", "crime")},
            },
            "kinds_above_cases",
        ),
        ({("force", "frontline_total", "value"): 3000}, "part_above_whole"),
        ({("force", "staff_city", "source"): "x" * 3000}, "text_too_long"),
    ],
)
def test_what_does_not_fit_together_is_named(typed, code):
    _, problems = blank({TOTAL: 2257, **typed})
    assert code in [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("first", "last"),
    [("2016年1-6月", ""), ("", "2016年1-6月"), ("2016年1-6月", "2016年1-6月"), ("2016年1月1日", "2016.1-6")],
)
def test_a_span_of_months_in_one_cell_is_the_whole_window(first, last):
    window = {("counts", "cases_total", "from"): first, ("counts", "cases_total", "to"): last}
    files, problems = read(filled(GUANGDONG | window, places(), is_blank=True))
    assert problems == []
    assert table(files, "report")["cases_total"]["window"] == "2016-01-01/2016-06-30"


def retyped(sheet: str, cells: dict[str, object], of: bytes = b"") -> bytes:
    """The workbook of Guangdong with some cells of a sheet, by their names, written over."""
    book = load_workbook(io.BytesIO(of or filled(GUANGDONG, places(), is_blank=True)))
    for cell, value in cells.items():
        book[sheet][cell].value = value
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("written", "is_right"), [("万家", False), ("人", True), ("家", True), ("units", True), ("", True)]
)
def test_the_unit_of_a_row_is_the_one_that_was_there(written, is_right):
    """Regulated units of 3.5 in 10,000 were taken for three and a half."""
    book = load_workbook(io.BytesIO(filled(GUANGDONG, places(), is_blank=True)))
    (row,) = (cell.row for cell in book["统计数"]["A"] if cell.value == "regulated_units")
    _, problems = read(retyped("统计数", {f"C{row}": 35000, f"G{row}": written}))
    assert codes(problems) == ([] if is_right else [("cell_other_unit", f"G{row}")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_units_that_the_workbook_shows_are_those_that_it_takes(language):
    template = Template(HUNAN)
    for row in template.rows.values():
        shown = unit_held(row.unit, language)
        assert shown == words("of_row", FILE)[row.unit].name[language]
        assert is_own(shown, row.unit)
        assert is_own(text("base_years.share_or_people", language), "fraction")


@pytest.mark.parametrize(
    ("heading", "column", "values", "meant"),
    [
        ("常住人口（万人）", "population", (1867.6605, 1756.0061, 1046.6625, "441.806"), 18676605),
        ("常住人口（2020年末，万人）", "population", (1867.6605, 1756.0061, 1046.6625, "441.806"), 18676605),
        ("常住人口（七普）", "population", (18676605, 17560061, 10466625, 4418060), 18676605),
        ("面积（公顷）", "area_km2", (724900, 199700, 246000, 178400), 7249),
        ("地区生产总值（万元）", "gdp_100m_yuan", ("181004100", "175028600", "62750700", "30103300"), 18100.41),
        ("地区生产总值（亿元）", "gdp_100m_yuan", (18100.41, 17502.86, 6275.07, 3010.33), 18100.41),
    ],
)
def test_a_unit_in_a_heading_is_converted(heading, column, values, meant):
    """A population in 10,000 was taken for one of as many people, and an area in hectares for one in km²."""
    letter = {"population": "D", "area_km2": "E", "gdp_100m_yuan": "G"}[column]
    cells = {f"{letter}4": heading} | {f"{letter}{row}": value for row, value in enumerate(values, 5)}
    files, problems = read(retyped("市州", cells))
    assert problems == []
    assert float(Template(files).prefectures[0][column]) == meant


@pytest.mark.parametrize(
    ("sheet", "cell", "heading", "code"),
    [
        ("市州", "E4", "面积（亩）", "heading_unit"),
        ("市州", "D4", "常住人口（户）", "heading_unit"),
        ("市州", "D4", "常住人口（万人）", "cell_unit_twice"),
        ("队伍", "C4", "数值（百人）", "heading_unit_of_rows"),
    ],
)
def test_a_unit_in_a_heading_that_cannot_be_converted_is_named(sheet, cell, heading, code):
    _, problems = read(retyped(sheet, {cell: heading}))
    assert (code, "D5" if code == "cell_unit_twice" else cell) in codes(problems)


def test_two_columns_of_values_are_a_question_not_a_choice():
    """Of the values of two years the first were taken, and nothing was said."""
    book = load_workbook(io.BytesIO(filled(GUANGDONG, places(), is_blank=True)))
    book["队伍"].insert_cols(4)
    data = io.BytesIO()
    book.save(data)
    headings = {"C4": "数值（2016年）", "D4": "数值（2024年）"}
    assert read(retyped("队伍", headings, data.getvalue()))[1] == []
    _, problems = read(retyped("队伍", headings | {"D7": 900}, data.getvalue()))
    assert codes(problems) == [("heading_twice", "D4")] and problems[0].right == {"first": "C4"}


@pytest.mark.parametrize(
    ("first", "second"), [("队伍", "队伍 (2)"), ("队伍（2016年）", "队伍（2024年）"), ("队伍", "人员")]
)
def test_a_copied_sheet_is_a_question_not_a_choice(first, second):
    """The copy was read, and what stood in the sheet itself was lost."""
    book = load_workbook(io.BytesIO(filled(GUANGDONG, places(), is_blank=True)))
    book["队伍"].title = first
    data = io.BytesIO()
    book.save(data)
    assert read(data.getvalue())[1] == []
    book.copy_worksheet(book[first]).title = second
    data = io.BytesIO()
    book.save(data)
    ((problem,),) = [read(data.getvalue())[1]]
    assert (problem.code, problem.given) == ("sheet_twice", f"{first}、{second}")
    assert "队伍" in sentence(problem, "zh") and second in sentence(problem, "en")


def test_labels_sorted_without_their_ids_are_named():
    """Helpers of the cities and of the counties changed places, and nothing was said."""
    book = load_workbook(io.BytesIO(filled(GUANGDONG, places(), is_blank=True)))
    sheet, names = book["队伍"], ("helpers_city", "helpers_county")
    one, other = (next(cell.row for cell in sheet["A"] if cell.value == id) for id in names)
    swapped = {f"{c}{a}": sheet[f"{c}{b}"].value for c in "BCDE" for a, b in ((one, other), (other, one))}
    _, problems = read(retyped("队伍", swapped))
    assert codes(problems) == [("row_id_differs", f"B{one}"), ("row_id_differs", f"B{other}")]
    assert problems[0].right == {"id": "helpers_city"}


@pytest.mark.parametrize("written", ["60", 63.8, "50-60-70", "100", "60 70 80", "120%"])
def test_a_share_or_so_many_people_is_a_question(written):
    """60 of a hundred were taken for 60 officers, and the frontline was a ninth of what it is."""
    _, problems = read(filled(GUANGDONG | {("force", SHARES[1], "value"): written}, places(), is_blank=True))
    assert codes(problems) == [("cell_share_or_people", "C11")]


@pytest.mark.parametrize(("shape", "code"), [('0.0"%"', "cell_share_or_people"), ("0.0%", "cell_share_or_people")])
def test_a_share_in_a_cell_of_percentages_is_never_people(shape, code):
    book = load_workbook(io.BytesIO(filled(GUANGDONG, places(), is_blank=True)))
    book["队伍"]["C11"].value, book["队伍"]["C11"].number_format = 63.8, shape
    data = io.BytesIO()
    book.save(data)
    (problem,) = read(data.getvalue())[1]
    assert (problem.code, problem.cell) == (code, "C11") and "e+" not in problem.given


@pytest.mark.parametrize(
    ("written", "meant"), [("60%", 0.6), ("0.6", 0.6), ("60人", 60 / 842), (1, 1), ("505", 505 / 842)]
)
def test_a_share_or_people_that_is_clear_is_read(written, meant):
    files, problems = read(filled(GUANGDONG | {("force", SHARES[1], "value"): written}, places(), is_blank=True))
    assert problems == []
    assert ends(table(files, "assumptions")[SHARES[1]]) == pytest.approx((meant,) * 3)


def test_a_share_of_the_whole_system_is_no_more_than_all_of_it():
    row = ("force", "enforcement_share_of_system_min", "value")
    _, problems = read(filled(GUANGDONG | {row: 32.5}, places(), is_blank=True))
    assert [problem.code for problem in problems] == ["cell_out_of_bounds"]


SUMS = ["", 19, "5112.1351万", 13490, 383]


@pytest.mark.parametrize("name", ["合计", "全省", "全省合计", "总　计", "Total", "合计（4个市）"])
@pytest.mark.parametrize("first", [True, False])
def test_a_row_of_totals_is_no_prefecture(name, first):
    """Guangdong had a prefecture named 合计, and twice its people."""
    row = [[name, *SUMS]]
    files, problems = read(filled(GUANGDONG, [*row, *places()] if first else [*places(), *row], is_blank=True))
    assert problems == []
    assert files == read(filled(GUANGDONG, places(), is_blank=True))[0]


def test_a_row_of_totals_that_are_none_is_named():
    _, problems = read(filled(GUANGDONG, [*places(), ["合计", "", 19, 36863055, "", 380]], is_blank=True))
    assert codes(problems) == [("total_disagrees", "D9"), ("total_disagrees", "F9")]
    assert problems[0].right == {"sum": 51121351.0}


@pytest.mark.parametrize("name", ["珠三角小计", "　其中：南沙区", "其中:南沙新区"])
def test_a_subtotal_or_a_part_of_a_place_is_named(name):
    _, problems = read(filled(GUANGDONG, [*places(), [name, "", 0, 600000, 800, 10]], is_blank=True))
    assert codes(problems) == [("no_place", "A9")]


@pytest.mark.parametrize(
    "note", ["注：数据来自2016年统计年鉴", "说明", "备注: 无", "注1：含功能区", "数据来源：统计局"]
)
def test_a_note_below_the_places_is_passed_over(note):
    files, problems = read(filled(GUANGDONG, [*places(), [note]], is_blank=True))
    assert problems == []
    assert files == read(filled(GUANGDONG, places(), is_blank=True))[0]


@pytest.mark.parametrize(
    "data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "编号,项目\nstaff_total,合计".encode()]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_another_kind_is_answered_with_the_one_that_works(data, language):
    (problem,) = BaseYears().read(data, "a")[1]
    said = sentence(problem, language)
    assert ".xlsx" in said and ".csv" not in said


def test_records_of_thirty_days_are_not_those_of_thirty_years():
    _, problems = in_records(("立案", "市级", "", 3000, "30天"))
    assert codes(problems) == [("cell_other_unit", "E5")]


def test_a_prefecture_twice_or_with_people_at_no_counties_is_named():
    rows = """广州市 Guangzhou 11 18676605 7249 215 1 200 300 210 10
广州 Canton 11 18676605 7249 215
东莞市 Dongguan 0 10466625 2460 46 1 100 5"""
    _, problems = blank({TOTAL: 2257}, rows)
    assert codes(problems) == [
        ("more_officers_than_people", "J5"),
        ("prefecture_twice", "A6"),
        ("no_counties_here", "I7"),
    ]


def test_a_workbook_from_a_base_year_that_is_not_here_says_which_to_ask_for():
    data = filled({**OTHER, ("source", "base", "value"): "sichuan-2020"})
    _, (problem,) = template_named(data, "w.xlsx")
    assert (problem.code, problem.given, problem.cell) == ("template_lacking", "sichuan-2020", "C12")


def test_another_workbook_is_said_to_be_none():
    import io

    import openpyxl

    data = io.BytesIO()
    openpyxl.Workbook().save(data)
    assert [problem.code for problem in template_named(data.getvalue(), "w.xlsx")[1]] == ["no_form"]


def test_a_row_whose_id_was_lost_is_known_by_its_name_and_an_unknown_one_is_named():
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(filled(GUANGDONG | {TOTAL: 2257}, places(), is_blank=True)))
    force = book["队伍"]
    for row in range(5, 30):
        force.cell(row, 1).value = None
    force.cell(30, 2).value, force.cell(30, 3).value = "无人机", 5
    data = io.BytesIO()
    book.save(data)
    _, problems = read(data.getvalue())
    assert codes(problems) == [("unknown_row", "B30")]


def test_a_name_overwritten_takes_nothing_of_the_place_that_stood_there():
    rows = [["武汉市", "", 13, 12326500, 8569, 900]]
    files, problems = read(filled(OTHER, rows))
    assert problems == []
    wuhan = rows_of(files["prefectures.csv"])[0]
    assert (wuhan["id"], wuhan["name_zh"], wuhan["code"], wuhan["tile_row"], wuhan["short_zh"]) == (
        "place-1",
        "武汉市",
        "",
        "",
        "",
    )
    assert "changsha" not in table(files, "prefectures")


# Any cell whatever.

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "-", "不详", "1,234", "40-51-80", "63.8%", "1.2万", "长沙", "2016-01-01", "县级"]),
    st.floats(allow_nan=True),
    st.integers(-(10**12), 10**12),
    st.none(),
    st.booleans(),
)


@settings(max_examples=tries(60))
@given(st.data())
def test_any_cells_give_a_base_year_or_named_cells(data):
    sheets, _ = read_sheets(WHOLE, "w.xlsx")
    changed = []
    for sheet in sheets:
        rows = [list(row) for row in sheet.rows]
        for _ in range(data.draw(st.integers(0, 4))):
            row = data.draw(st.integers(0, len(rows) - 1))
            if rows[row]:
                rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(CELLS)
        changed.append(type(sheet)(sheet.name, tuple(map(tuple, rows)), sheet.hidden))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook_reader, "read_sheets", lambda *_: (changed, []))
        files, problems = read(WHOLE)
    assert problems or {"baseline.toml", "report.csv", "assumptions.csv", "prefectures.csv"} <= files.keys()


WHOLE = filled(dict(OTHER))


def test_what_a_workbook_gives_is_kept_and_found(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path))
    store = BaseYears()
    files, problems = store.read(filled(OTHER | {TOTAL: 2450, ("source", "id", "value"): "Own 2025"}), "w.xlsx")
    assert problems == []
    assert store.add(files, "2026-11-27") == Saved("own-2025", store.stamp("own-2025"))
    kept = find_baseline("own-2025")
    assert kept.reported("staff_total") == 2450 and kept.assumptions["site_days"].basis["zh"].startswith("沿用")


# Every fault has its words.

SAID = re.compile(r'(?:problem|Problem|CellProblem|WrongCell)\(\s*f?"([a-z_{}]+)"')
AT_PLAN = {"not_a_plain_file", "more_problems"}


def test_every_fault_has_words_in_both_languages():
    folder = ROOT / "model" / "files" / "base_years"
    code = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    known = set(keys())
    found = {code.replace("{wrong.code}", "*").replace("{key}", "*") for code in SAID.findall(code)}
    assert len(found) > 50
    cells = set(re.findall(r'WrongCell\("([a-z_]+)"', code))
    codes = {code for code in found if "*" not in code} - cells | {f"cell_{code}" for code in cells}
    assert {code for code in codes if f"base_years.{code}" not in known} <= AT_PLAN


def test_the_columns_of_a_new_folder_are_those_of_the_template():
    files, _ = read(filled(GUANGDONG, places(), is_blank=True))
    assert columns_of(files["assumptions.csv"])[-2:] == ["mark", "inherited"]
    assert columns_of(files["report.csv"]) == columns_of(HUNAN["report.csv"])
    assert ast.literal_eval(table(files, "assumptions")["site_days"]["mid"]) == 0.4


def test_officers_given_by_tier_and_by_place_agree_as_people():
    """A planner who writes people in both sheets means the same officers, not a share."""
    share = ("force", "frontline_share_city", "value")
    files, problems = blank({TIERS["staff_province"]: 50, share: 230}, BY_POOL)
    assert problems == []
    assert ends(table(files, "assumptions")["frontline_share_city"])[0] == 230 / 300
    _, problems = blank({TIERS["staff_province"]: 50, share: 210}, BY_POOL)
    assert [code for code, _ in codes(problems)] == ["pools_disagree"]


@pytest.mark.parametrize(("title", "hide"), [("市州", "row"), ("队伍", "row"), ("统计数", "column")])
def test_what_a_filter_hides_is_not_left_out_in_silence(title, hide):
    """Six prefectures behind a filter went missing, and the workbook was taken in without them."""
    book = load_workbook(io.BytesIO(filled({}, is_edit=True)))
    sheet = book[title]
    (sheet.row_dimensions[6] if hide == "row" else sheet.column_dimensions["D"]).hidden = True
    data = io.BytesIO()
    book.save(data)
    assert [(problem.code, problem.sheet) for problem in read(data.getvalue())[1]] == [("hidden_cells", title)]


def test_a_spreadsheet_of_another_program_is_no_damaged_archive():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert [problem.code for problem in BaseYears().read(data.getvalue(), "a.ods")[1]] == ["old_workbook"]


@pytest.mark.parametrize("title", ["市州", "来源"])
@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_told_to_be_hidden_not_missing(title, state):
    book = load_workbook(io.BytesIO(filled({}, is_edit=True)))
    book[title].sheet_state, book.active = state, 1
    data = io.BytesIO()
    book.save(data)
    ((problem,),) = [read(data.getvalue())[1]]
    assert problem.code == "sheet_hidden"
    assert title in sentence(problem, "zh")


def test_a_number_merged_over_two_rows_is_of_neither():
    book = load_workbook(io.BytesIO(filled(GUANGDONG, places(), is_blank=True)))
    force = book.worksheets[SHEET["force"] - 1]
    rows = {cell.value: cell.row for cell in force["A"]}
    column = COLUMNS["force"].index("value") + 1
    top, below = sorted((rows["staff_city"], rows["staff_county"]))
    assert below == top + 1
    force.merge_cells(start_row=top, end_row=below, start_column=column, end_column=column)
    data = io.BytesIO()
    book.save(data)
    files, problems = read(data.getvalue())
    assert not files and ("cell_merged", cell_name(below - 1, column - 1)) in codes(problems)
    assert all("{" not in sentence(problem, language) for problem in problems for language in LANGUAGES)
