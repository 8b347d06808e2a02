"""The inspection plan as a bureau files it: papers that add up to the plan, and empty cells for what nobody knows."""

import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from conftest import Office
from handouts import handout, inspection_book, packed
from openpyxl import load_workbook
from openpyxl.worksheet.dimensions import ColumnDimension
from other_base_years import HUNAN

from model import Scenario, project
from model.evidence.baseline import TIERS
from model.outputs.handout.handout import Handout
from model.outputs.inspections.bureau_plan import frontline, papers, year_of
from model.outputs.inspections.bureau_sheets import AFTER, FIRST, HEAD, LAST, SPLIT
from model.outputs.inspections.inspection_tables import inspection_tables
from model.outputs.inspections.inspection_workbook import inspection_plan_xlsx
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.text_table import width
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import baseline_of
from model.scenario.levers import levers
from model.schedule.inspection_plan import NON_ROUTINE

A4_ACROSS = 841.9
"""Points."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_papers_of_all_places_add_up_to_the_plan(language):
    one = handout(language)
    found = papers(one)
    assert [paper.place for paper in found[1:]] == [p.short[language] for p in one.baseline.prefectures]
    total = sum(line.visits.sum() for paper in found for line in paper.lines)
    assert total == one.inspections.visits.sum()
    (table,) = (table for table in inspection_tables(one) if table.id == "prefectures")
    head = [column.head for column in table.columns].index(text("inspection.column_all", language))
    by_place = {row[0]: row[head] for row in table.rows}
    for paper in found:
        assert sum(line.visits.sum() for line in paper.lines) == by_place[paper.place]


@pytest.mark.by_night
@pytest.mark.parametrize("tier", TIERS)
def test_a_tier_that_sends_all_whom_it_may_has_its_papers(tier):
    """A tier without crews has none to plan for: its paper says so."""
    least = levers(HUNAN)[f"staff.change.{tier}"].low
    to = "county" if tier != "county" else "city"
    plan = Scenario(levers={f"staff.change.{tier}": least, f"staff.change.{to}": -least})
    one = Handout(coherent(project(plan, draws=512)), HUNAN, date(2026, 11, 29), "zh")
    sheets = load_workbook(io.BytesIO(inspection_plan_xlsx(one)), data_only=False)
    said = [cell.value for sheet in sheets for line in sheet.iter_rows() for cell in line]
    empty = [paper for paper in papers(one) if not paper.lines]
    assert said.count(text("bureau_plan.nothing", "zh")) == len(empty)
    assert empty or tier != "province"


def test_people_come_in_ones_and_are_the_same_in_every_paper_and_table():
    one = handout("en")
    (strength,) = (table for table in inspection_tables(one) if table.id == "strength")
    column = [column.head for column in strength.columns].index(text("inspection.column_frontline", "en"))
    heads = {}
    for row in strength.rows:
        assert row[column] == int(row[column])
        heads[row[0]] = heads.get(row[0], 0) + row[column]
    assert strength.total[column] == sum(heads.values()) == round(one.inspections.frontline.sum())
    for paper in papers(one):
        assert paper.strength.startswith(f"Strength: {heads[paper.place]:,.0f} frontline officers")


def test_time_is_in_whole_days_that_add_up_along_and_down():
    (time,) = (table for table in inspection_tables(handout("zh")) if table.id == "time")
    for *parts, field in (row[1:] for row in (*time.rows, time.total)):
        assert sum(parts) == field and all(part == int(part) for part in parts)


def ends(columns: ColumnDimension) -> tuple[int, int]:
    """The first of equal columns side by side, and the one behind the last."""
    columns.reindex()
    return columns.min, columns.max + 1


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_is_printed_one_page_wide_in_type_that_can_be_read_with_its_bureau_in_full(language):
    """On one page it had type of 5 points. Where Calibri is missing a character of a column takes 9.5 pixels, not 7."""
    one = handout(language)
    book = inspection_book(language)
    for paper in papers(one):
        sheet = book[paper.place]
        setup, margins = sheet.page_setup, sheet.page_margins
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and setup.fitToHeight == 0 and setup.fitToWidth in (None, 1)
        assert setup.orientation == "landscape"
        widths = [dimension.width for dimension in sheet.column_dimensions.values() for _ in range(*ends(dimension))]
        assert len(widths) == LAST + len(AFTER) + 1
        points = 0.75 * sum(9.5 * wide for wide in widths)
        smallest = min(cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value is not None)
        assert smallest * (A4_ACROSS - 72 * (margins.left + margins.right)) / points >= 7
        assert bool(sheet.row_breaks.brk) == bool(paper.counties)
        bureau = paper.units[1][1]
        (cell,) = (cell for line in sheet["A2:L3"] for cell in line if cell.value == bureau)
        (span,) = (merged for merged in sheet.merged_cells.ranges if cell.coordinate in merged)
        assert sum(widths[span.min_col - 1 : span.max_col]) > width(bureau)


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_hold_the_papers_and_leave_empty_what_the_model_does_not_know(language):
    one = handout(language)
    formulas, cached = (inspection_book(language, data_only=values) for values in (False, True))
    for paper in papers(one):
        sheet = cached[paper.place]
        assert sheet.cell(1, 1).value == paper.title and str(year_of(one)) in paper.title
        heads = [sheet.cell(HEAD + 1, k).value for k in range(1, LAST + 7)]
        empty = [
            k for k, head in enumerate(heads, 1) if head and text("bureau_plan.column_names", language)[-4:] in head
        ]
        for r, line in enumerate(paper.lines, HEAD + 2):
            visits = [sheet.cell(r, k).value for k in range(FIRST + 1, LAST + 2)]
            assert visits == [*line.visits, line.visits.sum()]
            assert formulas[paper.place].cell(r, LAST + 1).value.startswith("=SUM(")
            assert not any(sheet.cell(r, k).value for k in empty)
        notes = [cell.value for cell in sheet["A"] if isinstance(cell.value, str)]
        assert any("54" in note and "2024" in note for note in notes)


@pytest.mark.by_night
def test_an_office_computes_the_split_among_counties(office: Office, tmp_path):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(packed("en")["inspection-plan.xlsx"])
    one = handout("en")
    place = next(k for k, name in enumerate(inspection_book("en").sheetnames, 1) if name == papers(one)[1].place)
    rows = office.recalculated([file], place, tmp_path / "out")["plan"]
    (left,) = (row for row in rows if row[0] == text("bureau_plan.split_left", "en"))
    planned = [*papers(one)[1].of_counties, papers(one)[1].of_counties.sum()]
    columns = slice(SPLIT, SPLIT + 5)
    assert [int(cell.replace(",", "")) for cell in left[columns]] == planned
    (mean,) = (row for row in rows if row[0] == text("bureau_plan.split_mean", "en"))
    counties = papers(one)[1].counties
    assert [float(cell) for cell in mean[columns]] == pytest.approx([visits / counties for visits in planned])
    names = next(k for k, row in enumerate(rows) if row[0] == text("bureau_plan.split_name", "en"))
    filled = next(k for k, row in enumerate(rows) if row[0] == text("bureau_plan.split_filled", "en"))
    assert filled - names - 2 == counties == one.baseline.prefectures[0].county_level_units


def test_a_plan_made_at_the_end_of_a_year_is_for_the_next():
    one = handout("zh")
    assert [year_of(replace(one, made_on=date(2026, month, 1))) for month in (1, 9, 10, 12)] == [2026, 2026, 2027, 2027]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rate_is_told_as_the_least_that_the_rules_ask_beside_a_plan_of_more(language):
    """Changsha's counties plan 26 visits an officer beside a rate of 10."""
    one = handout(language)
    (line,) = (
        line
        for line in papers(one)[1].lines
        if line.words["objects"] == text("bureau_plan.objects_general", language)
        and line.words["body"] == text("bureau_plan.body_county", language)
    )
    assert (
        line.words["rate"] == {"zh": "每名一线人员每年不少于 10 家", "en": "At least 10 an officer and year"}[language]
    )
    officers = frontline(one)[one.inspections.pools.index(("county", "changsha"))]
    assert line.visits.sum() > 2 * 10 * officers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_split_proposes_the_mean_of_a_county_and_leaves_each_county_to_be_filled_in(language):
    """Nobody knows which county has how many firms: the proposal is one number a class, marked as one."""
    one = handout(language)
    book = inspection_book(language, data_only=True)
    proposed = {"zh": "建议数", "en": "propos"}[language]
    for paper in papers(one)[1:]:
        sheet = book[paper.place]
        (mean,) = (cell for cell in sheet["A"] if cell.value == text("bureau_plan.split_mean", language))
        (split,) = (cell for cell in sheet["A"] if cell.value == text("bureau_plan.split", language))
        assert proposed in mean.value and proposed in split.value
        row = [sheet.cell(mean.row, SPLIT + 1 + k) for k in range(5)]
        planned = [*paper.of_counties, paper.of_counties.sum()]
        assert [cell.value for cell in row] == pytest.approx([visits / paper.counties for visits in planned])
        assert all(text("plan.under_one", language) in cell.number_format for cell in row)
        for r in range(mean.row + 1, mean.row + 1 + paper.counties):
            assert not any(sheet.cell(r, k).value for k in range(1, SPLIT + 5))


@pytest.mark.parametrize("rules", ["2021", "2025"])
def test_the_cap_is_todays_whatever_rules_the_plan_was_projected_under(rules):
    scenario = Scenario(levers={"rules": "2025"} if rules == "2025" else {})
    one = Handout(coherent(project(scenario, draws=512)), baseline_of(scenario), date(2026, 11, 27), "zh")
    paper = papers(one)[1]
    caps = [line.words["cap"] for line in paper.lines]
    assert set(caps) == {"2", text("bureau_plan.no_cap", "zh")}
    assert any("2021 年规则" in note for note in paper.notes) == (rules == "2021")
    assert np.all([line.visits.sum() >= 0 for line in paper.lines]) and len(paper.lines) <= 2 * (NON_ROUTINE + 1)
