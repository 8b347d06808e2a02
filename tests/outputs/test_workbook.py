"""The workbook, recomputed by LibreOffice, is the model's representative case, whatever yellow cell is changed."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from representative import base_with
from scenario_strategies import listed_scenarios, scenarios
from spreadsheet_cells import cells, changed, names, parts, sheets
from synthetic import Size, write_baseline
from thorough import IS_THOROUGH, some, tries
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from model import ChangedAssumption, Projection, Scenario, TooFewDraws, project, shipped_baseline
from model.evidence.baseline import Baseline, read_baseline
from model.evidence.draws import mids
from model.files.scenario_file import read_scenario
from model.outputs.words import LANGUAGES, text
from model.outputs.workbook.chain.formula import Place, in_cell
from model.outputs.workbook.chain.tables import SingleFormulas
from model.outputs.workbook.chain.walks import MONTHS
from model.outputs.workbook.sheets import assumption_sheet, lever_sheet, place_sheet, result_sheet
from model.outputs.workbook.sheets.inputs import BY_PLACE, IN_WORDS, Inputs, inputs_of
from model.outputs.workbook.sheets.page import COUNT, SHARE, SMALL
from model.outputs.workbook.sheets.result_sheet import NO_MEANING, Results
from model.outputs.workbook.workbook import SHEETS, tables_of, workbook
from model.projection.base_year import baseline_of, with_changes
from model.projection.project import evaluate
from model.scenario.levers import levers
from model.scenario.scenario import READINGS
from model.year.measures import MEASURES, scopes

BASELINE = shipped_baseline("hunan-2021")
FILES = sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))
SHOWN = some(sorted(FILES, key=lambda file: file.stem != "base-year"), 2)
DAY = date(2026, 11, 24)
RESULTS = SHEETS.index("results") + 1
VERDICT, STALE = 2, 3
"""Rows of the sheet of results (from 0)."""
DIGITS = {COUNT: 1, SHARE: 3, SMALL: 4}
"""Decimals that a number format shows."""
ROWS = len(MEASURES) * len(scopes(BASELINE))
SUNK = {"staff.change.city": -100.0, "staff.change.county": 100.0}

OF_EXCEL_2007 = {
    *("ABS", "AND", "CHOOSE", "COS", "COUNTIF", "EXP", "IF", "INDEX", "INT", "ISNUMBER", "LN", "MATCH", "MAX", "MIN"),
    *("MOD", "NORMSDIST", "OR", "POISSON", "ROUND", "ROWS", "SQRT", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT"),
}

RANDOM, LISTS = tries(9), 2 if IS_THOROUGH else 1
CHANGES = {
    "people between tiers": Scenario(levers=SUNK),
    "people to their own table": Scenario(levers={**SUNK, "staff.spread": {"changsha": 2.5, "yueyang": 1.0}}),
    "people by prefecture, and new posts": Scenario(
        levers={
            **{"staff.moves": {"city.changsha": -10.0, "county.loudi": 7.0, "province": 3.0}, "staff.new_posts": 40.0},
            **{"staff.change.province": 3.0, "staff.change.city": -10.0, "staff.change.county": 47.0},
        }
    ),
    "desk, front line and time": Scenario(
        levers={
            **{"frontline_share.city": 0.7, "merged_bodies": 120.0, "from_approvals": 50.0},
            **{"training_days": 20.0, "other_duties_cut": 0.1, "visit_time_saved": 0.2},
        }
    ),
    "way of working": Scenario(levers={"offsite_checks": 9000.0, "targeted_share": 0.6, "case_policy.county": 0.4}),
    "rules, limit, reviewers and months": Scenario(
        levers={
            **{"rules": "2025", "decision_limit": "120", "review_staff.county": 60.0, "review_staff.city": 20.0},
            **{**SUNK, "staff.spread": "need", "phase_months": 30.0, "horizon_months": 20.0},
        }
    ),
    "an assumption": Scenario(assumptions={"site_days": ChangedAssumption(0.25, 0.55, 0.7, "a guess")}),
    "how the report is read": Scenario(reading={"staff": "posts", "special_cases": "outside"}),
}


HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "“quotes” \"and\" <tags> & 'marks'",
    "two\nlines\r\nand three",
    "x" * 300,
    "🙂🙃 下沉",
    "null \x00 bell \x07 escape \x1b",
    "half \ud83d a character",
    "&P&D&A 100 %",
    "_x0041_ {=1}",
)
"""What a planner, or somebody who means harm, may write."""


@cache
def hostile() -> bytes:
    """A workbook of the base year in which everything that may be written is hostile."""
    drawn = [one for one in BASELINE.assumptions.values() if not one.closed]
    changes = {
        one.id: ChangedAssumption(one.low, one.mid, one.high, said) for one, said in zip(drawn, HOSTILE, strict=False)
    }
    name, note, author, reason = "&P" + "".join(HOSTILE), *HOSTILE[:3]
    scenario = Scenario(name={"zh": name}, note={"zh": note}, author=author, reason={"zh": reason}, assumptions=changes)
    return workbook(project(scenario, draws=1024), BASELINE, DAY, "zh")


@cache
def made(name: str = "base-year", language: str = "zh") -> bytes:
    """The workbook of a shipped scenario."""
    (file,) = (file for file in FILES if file.stem == name)
    return workbook(project(read_scenario(file.read_bytes())[0], draws=1024), BASELINE, DAY, language)


def some_scenarios(count: int, strategy: st.SearchStrategy[Scenario]) -> list[Scenario]:
    """The same scenarios every time, each of them little like the one before."""
    found: list[Scenario] = []

    @seed(20261124)
    @settings(max_examples=5 * count, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(scenario: Scenario) -> None:
        found.append(scenario)

    collect()
    return found[::5]


def with_staff_lists() -> Iterator[Projection]:
    """Projections of plausible staff lists and plans that move more than two levers."""
    for scenario in some_scenarios(10, listed_scenarios(BASELINE)):
        if len(scenario.levers) > 2:
            with suppress(TooFewDraws):
                yield project(scenario, draws=1024)


@cache
def case_of(scenario: Scenario) -> Mapping[str, float]:
    """The values of the assumptions in the representative case of a scenario."""
    return inputs_of(project(scenario, draws=1024), baseline_of(scenario)).case


def expected(scenario: Scenario, case: Mapping[str, float], baseline: Baseline | None = None) -> np.ndarray:
    """Base year and plan at values of the assumptions, (2, rows) as the results stand, NaN where without meaning."""
    base = base_with(case, scenario, baseline)
    horizon = {id: value for id, value in scenario.levers.items() if id == "horizon_months"}
    both = evaluate(base, Scenario(levers=horizon)), evaluate(base, scenario)
    return np.stack([np.where(one.meaning, one.values[..., 0], np.nan).T.ravel() for one in both])


def number(cell: str) -> float:
    return float(cell[:-1]) / 100 if cell.endswith("%") else float(cell)


def as_shown(value: float, digits: int) -> float:
    step = Decimal(1).scaleb(-int(digits))
    return value if np.isnan(value) else float(Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP))


def assert_equal(one: "Computed") -> None:
    """Base year and plan on the sheet of results are the model's representative case, and add up as they are shown."""
    rows = one.table[result_sheet.FIRST : result_sheet.FIRST + ROWS]
    columns = (result_sheet.BASE, result_sheet.PLAN, result_sheet.CHANGE)
    base, plan, change = ([np.nan if row[k] == NO_MEANING else number(row[k]) for row in rows] for k in columns)
    shares = np.tile([measure.unit == "share" for measure in MEASURES], ROWS // len(MEASURES))
    digits = np.tile([DIGITS[result_sheet.number_of(measure)] for measure in MEASURES], ROWS // len(MEASURES))
    change = np.where(shares, np.array(change) / 100, change)
    model = expected(one.scenario, one.case)
    np.testing.assert_allclose([base, plan], model, rtol=1e-6, atol=1e-9, err_msg=repr(one.scenario))
    shown = [[as_shown(value, at) for value, at in zip(values, digits, strict=True)] for values in (base, plan)]
    np.testing.assert_allclose(change, np.subtract(shown[1], shown[0]), atol=1e-9, err_msg=repr(one.scenario))


def yellow(scenario: Scenario) -> dict[tuple[str, str], float | str]:
    """The cells of the base year's workbook (in Chinese) to change so that it stands for a scenario."""
    at = names(made())
    lever, assumption, place = (text(f"workbook.sheet_{id}", "zh") for id in ("levers", "assumptions", "places"))
    new: dict[tuple[str, str], float | str] = {}
    for id, value in scenario.levers.items():
        if id in IN_WORDS:
            row = lever_sheet.FIRST + list(levers(BASELINE)).index(id)
            choice = value if isinstance(value, str) else "table"
            said = text(f"plan.choice_{id.replace('.', '_')}_{choice}", "zh")
            new[lever, xl_rowcol_to_cell(row, lever_sheet.VALUE)] = said
        elif id not in BY_PLACE:
            new[at[f"plan_{id.replace('.', '_')}"]] = float(value)
    for name, choice in scenario.reading.items():
        row = assumption_sheet.READING + list(READINGS).index(name)
        new[assumption, xl_rowcol_to_cell(row, assumption_sheet.USED)] = text(f"workbook.reading_{name}_{choice}", "zh")
    new |= {at[id]: one.mid for id, one in scenario.assumptions.items() if not BASELINE.assumptions[id].closed}
    weights, moves = scenario.levers.get("staff.spread"), scenario.levers.get("staff.moves", {})
    weights = weights if isinstance(weights, dict) else {}
    rows = {one.id: place_sheet.FIRST + k for k, one in enumerate(BASELINE.prefectures)}
    new |= {(place, xl_rowcol_to_cell(rows[id], place_sheet.WEIGHT)): float(w) for id, w in weights.items()}
    for pool, people in moves.items():
        tier, _, id = pool.partition(".")
        row = rows.get(id, place_sheet.FIRST + len(rows))
        column = place_sheet.OF_COUNTIES if tier == "county" else place_sheet.OWN
        new[place, xl_rowcol_to_cell(row, column)] = float(people)
    return new


@dataclass(frozen=True)
class Computed:
    """The sheet of results of one workbook as LibreOffice computes it, and what it should stand for.

    `case` are the values of the assumptions in its yellow cells.
    """

    scenario: Scenario
    case: Mapping[str, float]
    table: list[list[str]]


def books() -> Iterator[tuple[str, bytes, Scenario, Mapping[str, float]]]:
    """Workbooks with the values of their assumptions.

    Of shipped scenarios, hostile texts, another language, staff lists, and of changed cells: of every kind, at random,
    and one change that does not add up.
    """
    for file in SHOWN:
        scenario = read_scenario(file.read_bytes())[0]
        yield f"shipped {file.stem}", made(file.stem), scenario, case_of(scenario)
    yield "hostile", hostile(), Scenario(), case_of(Scenario())
    scenario = read_scenario(FILES[-1].read_bytes())[0]
    yield "english", made("sink-to-counties", "en"), scenario, case_of(scenario)
    for k, projection in enumerate(islice(with_staff_lists(), LISTS)):
        scenario = projection.scenario
        yield f"list {k}", workbook(projection, baseline_of(scenario), DAY, "zh"), scenario, case_of(scenario)
    changes = {f"change {k}": scenario for k, scenario in enumerate(CHANGES.values())}
    changes |= {f"random {k}": scenario for k, scenario in enumerate(some_scenarios(RANDOM, scenarios(BASELINE)))}
    changes["unbalanced"] = Scenario(levers={"staff.change.city": -100.0})
    for stem, scenario in changes.items():
        new = {id: one.mid for id, one in scenario.assumptions.items() if not BASELINE.assumptions[id].closed}
        yield stem, changed(made(), yellow(scenario)), scenario, {**case_of(Scenario()), **new}


@pytest.fixture(scope="module")
def computed(office, tmp_path_factory) -> dict[str, Computed]:
    folder, made_for = tmp_path_factory.mktemp("workbooks"), {}
    for stem, data, scenario, case in books():
        (folder / f"{stem}.xlsx").write_bytes(data)
        made_for[stem] = scenario, case
    tables = office.recalculated([folder / f"{stem}.xlsx" for stem in made_for], RESULTS, folder / "computed")
    return {stem: Computed(*book, tables[stem]) for stem, book in made_for.items()}


@pytest.mark.by_night
@pytest.mark.parametrize("name", ["english", *(f"shipped {file.stem}" for file in SHOWN)])
def test_a_workbook_computed_anew_is_the_models_representative_case(computed, name):
    assert_equal(computed[name])


@pytest.mark.parametrize("change", range(len(CHANGES)), ids=list(CHANGES))
def test_a_changed_cell_changes_the_results_as_the_model_would(computed, change):
    one = computed[f"change {change}"]
    assert_equal(one)
    assert not np.array_equal(
        expected(one.scenario, one.case), expected(Scenario(), case_of(Scenario())), equal_nan=True
    )


def test_random_scenarios_put_into_the_yellow_cells_give_the_models_results(computed):
    random = [one for name, one in computed.items() if name.startswith(("random", "list"))]
    assert len(random) == RANDOM + LISTS
    for one in random:
        assert_equal(one)


def test_a_changed_cell_is_told_beside_bands_that_no_longer_fit(computed):
    told = [computed[name].table[STALE][0] for name in ("shipped base-year", "change 1")]
    assert told == [text("workbook.bands_fit", "zh"), text("workbook.bands_stale", "zh", count=5)]


def test_what_no_longer_adds_up_fails_a_check(computed):
    told = [computed[name].table[VERDICT][0] for name in ("shipped base-year", "change 0", "unbalanced")]
    assert told == [text("workbook.all_hold", "zh")] * 2 + [text("workbook.some_fail", "zh", count=2)]
    assert_equal(computed["unbalanced"])


def test_libreoffice_computes_anew_what_the_file_says_wrongly(office, tmp_path):
    """Else all of the above would only compare the values that we wrote."""
    with Workbook(tmp_path / "wrong.xlsx") as book:
        book.add_worksheet().write_formula(0, 0, "=1+1", value=3)
    assert office.recalculated([tmp_path / "wrong.xlsx"], 1, tmp_path / "out") == {"wrong": [["2"]]}


@pytest.mark.by_night
def test_every_formula_carries_the_value_it_comes_to(office, tmp_path):
    """For readers that do not compute: a browser, a phone, a preview."""
    (tmp_path / "book.xlsx").write_bytes(made("sink-to-counties"))
    again = office.convert(tmp_path / "book.xlsx", "xlsx", tmp_path / "out").read_bytes()
    count = 0
    for sheet in sheets(again):
        now = cells(again, sheet)
        for at, cell in cells(made("sink-to-counties"), sheet).items():
            if cell.formula:
                count += 1
                if cell.kind in ("", "b") and cell.value:
                    assert float(now[at].value) == pytest.approx(float(cell.value), rel=1e-9, abs=1e-9), (sheet, at)
                else:
                    assert now[at].value == cell.value, (sheet, at)
    assert count > 15_000


# A representative base year that is no plausible one may have no steady state to walk from.
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@settings(max_examples=tries(25), deadline=None)
@given(scenarios(BASELINE) | listed_scenarios(BASELINE))
def test_the_formulas_written_a_third_time_are_the_model(scenario):
    """Without LibreOffice: the values that formulas carry, of any scenario."""
    assert_values(scenario, baseline_of(scenario))


def test_formulas_of_another_baseline_are_its_model(tmp_path):
    baseline = read_baseline(write_baseline(tmp_path / "elsewhere", Size(2, 5, 31)))
    levers = {"staff.change.city": -3.0, "staff.change.county": 3.0, "staff.spread": {"place1": 1.0, "place3": 2.0}}
    assert_values(Scenario(baseline="elsewhere", levers=levers), baseline)


def assert_values(scenario: Scenario, baseline: Baseline) -> None:
    """The values of all results, as formulas carry them, are the model's to rounding, at mids plausible or not."""
    case = {id: float(value.item()) for id, value in mids(with_changes(baseline, scenario.assumptions)).items()}
    inputs = Inputs(replace(project(Scenario(), draws=512), scenario=scenario), baseline, case)
    book = tables_of(inputs, "en")
    found = Results(SingleFormulas(book, "plan", "Results", 1))
    values = [
        [found.result(kind, measure, scope)[1] for scope in range(len(scopes(baseline))) for measure in MEASURES]
        for kind in ("base", "plan")
    ]
    values = np.array([[np.nan if one == NO_MEANING else one for one in row] for row in values])
    np.testing.assert_allclose(values, expected(scenario, case, baseline), rtol=1e-7, atol=1e-7)
    walk, path = book.walks["walked", "plan"], evaluate(base_with(case, scenario, baseline), scenario).months
    for column, series in (("backlog", path.backlog[:, 0]), ("days_to_decide", path.days[:, 0])):
        walked = np.array([float(walk.at(column, month + 1)) for month in range(len(series))])
        known = np.isfinite(series)
        np.testing.assert_allclose(walked[known], series[known], rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_difference_of_shares_is_told_in_points_not_in_percent(language):
    """79.8 less 76.2 % is 3.6 points; the first sheet and the sheet of results had it as 3.6 %."""
    book = load_workbook(io.BytesIO(made("sink-to-counties", language)), data_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.number_format.startswith("+")]
    assert not [cell for cell in cells if "%" in cell.number_format]
    points = [cell for cell in cells if text("plan.points", language) in cell.number_format]
    assert {cell.parent.title for cell in points} == {
        text(f"workbook.sheet_{id}", language) for id in ("readme", "levers", "results")
    }
    first, *_ = (cell for cell in points if cell.parent == book.worksheets[0])
    label, before, plan, change = (cell.value for cell in book.worksheets[0][first.row][:4])
    assert text("terms.unit_visits_a_year", language) in book.worksheets[0].cell(first.row - 2, 1).value
    assert "%" not in label, "its figures carry the sign"
    assert change == pytest.approx((as_shown(plan, 3) - as_shown(before, 3)) * 100) and abs(change) > 1


def test_both_languages_hold_the_same_numbers():
    def numbers(language: str) -> list[list[tuple[str, str]]]:
        data = made("sink-to-counties", language)
        return [
            [(at, cell.value) for at, cell in cells(data, sheet).items() if cell.kind in ("", "b")]
            for sheet in sheets(data)
        ]

    assert numbers("zh") == numbers("en")
    assert list(sheets(made("sink-to-counties", "en"))) == [text(f"workbook.sheet_{id}", "en") for id in SHEETS]


def test_formulas_use_only_what_old_spreadsheets_and_libreoffice_know():
    data, used = made("sink-to-counties"), set()
    for name, part in parts(data).items():
        if name.startswith("xl/worksheets/sheet"):
            assert b't="array"' not in part and b"_xlfn" not in part and b"_xlws" not in part
            for formula in re.findall(rb"<f>([^<]*)</f>", part):
                used |= set(re.findall(r"\b([A-Z][A-Z.]+)\(", re.sub(r'"[^"]*"', "", formula.decode("utf-8"))))
    assert used <= OF_EXCEL_2007
    assert not [name for name in parts(data) if "vba" in name.lower()]


def test_every_lever_and_drawn_assumption_is_a_yellow_cell_that_formulas_read():
    data = made()
    at, used = names(data), {"plan_horizon_months"}
    for sheet in sheets(data):
        for cell in cells(data, sheet).values():
            used |= set(re.findall(r"[A-Za-z_]\w*", cell.formula))
    wanted = {id for id, one in BASELINE.assumptions.items() if not one.closed}
    assert levers(BASELINE)["horizon_months"].high == MONTHS
    wanted |= {f"plan_{id.replace('.', '_')}" for id in levers(BASELINE) if id != "staff.moves"}
    assert wanted <= at.keys()
    assert wanted <= used


def test_whatever_is_written_stays_text_and_breaks_no_file(computed):
    data = hostile()
    for name, part in parts(data).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)
    found = [cell for sheet in sheets(data) for cell in cells(data, sheet).values()]
    harmless = {said for said in HOSTILE if said.isprintable() and "_x" not in said}
    assert harmless <= {cell.value for cell in found if cell.kind == "s"}
    assert not [cell for cell in found if "cmd" in cell.formula or cell.formula in ("1+1", "SUM(A1)")]
    assert_equal(computed["hostile"])


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("a - (b - c)", "=A1-(B1-C1)"),
        ("a / (b * c) / d", "=A1/(B1*C1)/D1"),
        ("(a - b) * -c", "=(A1-B1)*-C1"),
        ("-(a ** 2)", "=-(A1^2)"),
        ("(a ** b) ** c", "=(A1^B1)^C1"),
        ("a ** (b ** c)", "=A1^(B1^C1)"),
        ("a if b >= 1e-9 else 0.5", "=IF(B1>=1E-09,A1,0.5)"),
        ("total(a * (b > c))", "=SUMPRODUCT(A*(B>C))"),
    ],
)
def test_a_formula_means_in_a_cell_what_it_means_in_python(formula, written):
    place = Place(lambda name: f"{name.upper()}1", str.upper)
    assert in_cell(formula, place) == written


def test_a_formula_that_is_none_is_refused():
    for formula in ("a = 1", "[a]", "a and b", "lambda: 1", "'text'.upper()"):
        with pytest.raises((SyntaxError, KeyError, AttributeError)):
            in_cell(formula, Place(str, str))
