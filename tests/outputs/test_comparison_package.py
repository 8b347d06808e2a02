"""The package of a comparison, read back: every file has the plans, and the figures of one are those of all."""

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html import unescape

import pytest
from handouts import DAY, HOSTILE, SINK
from openpyxl import load_workbook
from thorough import IS_THOROUGH

from model import Scenario
from model.evidence.base_year_folders import find_baseline
from model.files.library import FOLDER
from model.files.scenario_file import load_scenario
from model.outputs.compare.comparison_charts import MEASURES as DRAWN
from model.outputs.handout.comparison_document import comparison_document
from model.outputs.handout.origin import NOWHERE, Origin
from model.outputs.package import comparison_package, package
from model.outputs.phrasing.coherence import coherent_comparison
from model.outputs.phrasing.numbers import amount
from model.outputs.story.compared import Compared
from model.outputs.words import LANGUAGES, text
from model.projection.comparison import Comparison, compare
from model.year.measures import HEADLINES, MEASURE

FILES = {"added": FOLDER / "added-posts.toml", "sink": FOLDER / "sink-to-counties.toml"}
NAMES = ("现状", "增编", "下沉")
PARTS = {
    *("report.docx", "slides.pptx", "workbook.xlsx", "brief.html", "comparison.csv", "comparison.json"),
    *("method.md", "passport.txt"),
    *(f"pictures/{id}.{kind}" for id in DRAWN for kind in ("png", "svg")),
    *(f"plans/{letter}/{file}" for letter in "ABC" for file in ("scenario.toml", "workbook.xlsx")),
}


@cache
def compared_plans() -> Comparison:
    return coherent_comparison(compare([Scenario(), load_scenario(FILES["added"])[0], SINK], draws=512))


@cache
def compared(language: str, names: tuple[str, ...] = NAMES, reference: int = 0) -> Compared:
    origins = (NOWHERE, *(Origin(file.read_bytes()) for file in FILES.values()))
    return Compared(compared_plans(), names, reference, find_baseline("hunan-2021"), DAY, language, origins)


@cache
def files(language: str) -> dict[str, bytes]:
    return dict(comparison_package.files(compared(language)))


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_there_and_every_readable_file_has_every_plan(language):
    made = files(language)
    assert made.keys() == PARTS
    for path in ("brief.html", "comparison.csv", "comparison.json", "passport.txt"):
        assert all(name in unescape(made[path].decode("utf-8-sig")) for name in NAMES), path
    page = unescape(made["brief.html"].decode())
    assert "default-src 'none'" in page and not re.search("https?:", page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_the_table_and_the_brief_have_the_same_figures(language):
    one, made = compared(language), files(language)
    book = load_workbook(io.BytesIO(made["workbook.xlsx"]))
    side, full, differing, made_by = book.worksheets
    rows = list(csv.reader(io.StringIO(made["comparison.csv"].decode("utf-8-sig"))))
    medians = [[float(row[4]) for row in rows[1 + 3 * k : 4 + 3 * k]] for k in range(len(MEASURE))]
    in_sheet = [[cell.value for cell in row] for row in side.iter_rows(min_row=5)]
    assert [row[2:5] for row in in_sheet] == medians
    for row in in_sheet:
        assert row[6:] == pytest.approx([row[3] - row[2], row[4] - row[2]], abs=0.11), "differences add up"
    assert full.max_row == 4 + 3 * len(MEASURE) and differing.max_row == 4 + len(one.comparison.differing)
    assert [made_by.cell(row, 2).value for row in range(3, 3 + len(one.passport.rows))] == [
        v for _, v in one.passport.rows
    ]
    brief = unescape(made["brief.html"].decode())
    for id in HEADLINES:
        for projection in one.comparison.projections:
            assert amount(projection.measures[id].total.scenario.p50, MEASURE[id].unit) in brief


def test_every_plan_goes_along_as_its_own_file_of_which_the_passport_has_the_hash():
    made, said = files("zh"), files("zh")["passport.txt"].decode("utf-8-sig")
    for letter, file in zip("BC", FILES.values(), strict=True):
        assert made[f"plans/{letter}/scenario.toml"] == file.read_bytes()
        assert sha256(file.read_bytes()).hexdigest() in said
    answer = comparison_document(compared("zh").comparison, NAMES, compared("zh").baseline)
    assert json.loads(made["comparison.json"]) == json.loads(json.dumps(answer))


@pytest.mark.by_night
def test_the_same_comparison_and_day_give_the_same_bytes():
    """By day the workbooks of single plans are left to the tests of their own packages."""
    builders = comparison_package.builders(replace(compared("en")))
    again = {path: build() for path, build in builders if IS_THOROUGH or not path.startswith("plans/")}
    assert again.keys() >= {path for path in PARTS if not path.startswith("plans/")}
    assert [path for path, data in again.items() if files("en")[path] != data] == []
    assert package.zipped((files("en") | again).items(), "en") == package.zipped(files("en").items(), "en")


@pytest.mark.by_night
@pytest.mark.parametrize("typed", [HOSTILE[:3], HOSTILE[3:]], ids=["first", "others"])
def test_what_somebody_typed_breaks_no_file(typed):
    """The files of a plan alone are made from it and not from what a comparison calls it."""
    one = compared("zh", typed)
    for own, other in zip(one.handouts, compared("zh").handouts, strict=True):
        assert own.projection is other.projection and own.passport == other.passport
    builders = dict(comparison_package.builders(one))
    assert builders.keys() == PARTS
    made = {path: build() for path, build in builders.items() if not path.startswith("plans/")}
    assert "<script" not in made["brief.html"].decode()
    assert load_workbook(io.BytesIO(made["workbook.xlsx"])).worksheets


def test_another_reference_is_what_the_others_are_read_against():
    book = dict(comparison_package.builders(compared("zh", reference=2)))["workbook.xlsx"]()
    heads = [cell.value for cell in load_workbook(io.BytesIO(book)).worksheets[0][4]]
    others = (f"{letter} {name}" for letter, name in zip("AB", NAMES, strict=False))
    assert heads[6:] == [text("workbook.column_minus", "zh", name=name, letter="C") for name in others]
