"""The workbook of base years other than Hunan's: recomputed by LibreOffice, it is the model's representative case."""

from dataclasses import replace

import numpy as np
import pytest
from other_base_years import DAY, FIGURES_MISSING, HUNAN, NAMES, handout_of, part_of, plan_on
from own_base_year import known_about, with_contacts_window, with_visits_unknown
from representative import base_with
from spreadsheet_cells import cells, changed, names, sheets

from model import Scenario, project
from model.files.base_years.form import MAY_BE_RANGES
from model.outputs.words import text
from model.outputs.workbook.sheets import result_sheet
from model.outputs.workbook.sheets.check_sheet import RIGHT, WRONG
from model.outputs.workbook.sheets.inputs import inputs_of
from model.outputs.workbook.sheets.result_sheet import NO_MEANING
from model.outputs.workbook.workbook import SHEETS, workbook
from model.projection.project import evaluate
from model.year.measures import MEASURES, scopes

OTHERS = {
    "visits unknown": with_visits_unknown(HUNAN),
    "visits and cases unknown": with_visits_unknown(FIGURES_MISSING),
    "known about": with_contacts_window(known_about(HUNAN, MAY_BE_RANGES, 0.01), 0.75),
    "letters unknown": replace(HUNAN, prefectures=tuple(replace(one, letters=None) for one in HUNAN.prefectures)),
}
CHANGED = {"count_cv": 0.15, "helpers_county": 200.0, "site_days": 0.08}
"""Yellow cells of Guangdong's workbook and what is typed into them."""


def expected(case, scenario, baseline) -> np.ndarray:
    """Base year and plan by the model, (2, rows) as the results stand, NaN where without meaning."""
    base = base_with(case, scenario, baseline)
    both = evaluate(base, Scenario(baseline=scenario.baseline)), evaluate(base, scenario)
    return np.stack([np.where(one.meaning, one.values[..., 0], np.nan).T.ravel() for one in both])


def number(cell: str) -> float:
    if cell == NO_MEANING:
        return np.nan
    return float(cell[:-1]) / 100 if cell.endswith("%") else float(cell)


@pytest.fixture(scope="module")
def books():
    """Every workbook with the values of its assumptions, its scenario and its base year, by name."""
    plan = plan_on("figures missing")[0]
    projections = {name: (project(plan, baseline=one, draws=1024), one) for name, one in OTHERS.items()}
    data = {name: workbook(projection, one, DAY, "zh") for name, (projection, one) in projections.items()}
    projections |= {name: (handout_of(name).projection, plan_on(name)[1]) for name in NAMES}
    data |= {name: part_of(name, "workbook.xlsx") for name in NAMES}
    made = {
        name: (data[name], inputs_of(projection, one).case, projection.scenario, one)
        for name, (projection, one) in projections.items()
    }
    data, case, scenario, baseline = made["guangdong cheaper_tasks"]
    at = names(data)
    made["guangdong changed"] = (
        changed(data, {at[id]: value for id, value in CHANGED.items()}),
        {**case, **CHANGED},
        scenario,
        baseline,
    )
    return made


RECOMPUTED = ("guangdong cheaper_tasks", "guangdong changed", "one city", "one prefecture", *OTHERS)


@pytest.fixture(scope="module")
def tables(books, office, tmp_path_factory):
    """The sheet of results of every workbook as LibreOffice, started once, computes it, by name."""
    folder = tmp_path_factory.mktemp("workbooks")
    files = [folder / f"{name}.xlsx" for name in RECOMPUTED]
    for file in files:
        file.write_bytes(books[file.stem][0])
    return office.recalculated(files, SHEETS.index("results") + 1, folder / "computed")


@pytest.mark.by_night
@pytest.mark.parametrize("name", RECOMPUTED)
def test_libreoffice_computes_the_models_results(name, books, tables):
    _, case, scenario, baseline = books[name]
    rows = tables[name][result_sheet.FIRST : result_sheet.FIRST + len(MEASURES) * len(scopes(baseline))]
    found = np.array([[number(row[k]) for row in rows] for k in (result_sheet.BASE, result_sheet.PLAN)])
    np.testing.assert_allclose(found, expected(case, scenario, baseline), rtol=1e-6, atol=1e-8)


@pytest.mark.by_night
def test_every_cell_carries_a_value_and_all_checks_hold(books):
    for name, (data, *_) in books.items():
        if name == "guangdong changed":
            continue
        for sheet in sheets(data):
            for at, cell in cells(data, sheet).items():
                assert cell.kind != "e" and cell.value.lower() not in ("nan", "inf", "-inf"), (name, sheet, at)
        verdicts = [cell.value for cell in cells(data, text("workbook.sheet_checks", "zh")).values()]
        assert WRONG not in verdicts and verdicts.count(RIGHT) > 15, name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_that_cannot_follow_says_so(language):
    baseline = replace(HUNAN, people_of={("city", "changsha"): (90.0, 50.0)})
    data = workbook(project(Scenario(), baseline=baseline, draws=512), baseline, DAY, language)
    said = [cell.value for cell in cells(data, text("workbook.sheet_readme", language)).values()]
    assert text("workbook.read_not_followed", language) in said
    assert text("workbook.title", language) in said
