"""Whatever part of a form is filled in, it gives a base year that the model reads, or says what is missing."""

from dataclasses import replace

import numpy as np
import pytest
from base_year_workbooks import HUNAN
from hypothesis import given
from hypothesis import strategies as st

from model import Scenario
from model.evidence.baseline import Baseline
from model.files.base_years.composition import files_from
from model.files.base_years.form import Filled, Form, Template, Window
from model.files.base_years.places import first_places
from model.files.base_years.store import baseline_from
from model.projection.unknowns.closing import closing

TEMPLATE = Template(HUNAN)
ABOUT = {
    **{"name_zh": "别处", "name_en": "Elsewhere", "year": "2020", "source_zh": "通报", "source_en": "Bulletin"},
    **{"rules": "2021", "id": "elsewhere", "base": "hunan-2021"},
}
ROWS = {id: TEMPLATE.filled(row, "zh") for id, row in TEMPLATE.rows.items()}
FACTS = [id for id, row in TEMPLATE.rows.items() if row.sheet in ("force", "counts")]


def elsewhere(count: int, units: list[int]) -> tuple[dict[str, str], ...]:
    """Made-up prefectures."""
    return tuple(
        {
            **{"id": f"place-{k}", "name_zh": f"某市{k}", "name_en": f"Place {k}"},
            **{
                "county_level_units": str(units[k % len(units)]),
                "population": str(10**6 * (k + 1)),
                "area_km2": "9000",
            },
        }
        for k in range(count)
    )


def read(form: Form) -> Baseline | list[str]:
    """The base year of a form as the model reads it, or the codes of what is wrong with the form."""
    files, problems = files_from(TEMPLATE, form)
    if problems:
        return [problem.code for problem in problems]
    baseline = baseline_from(files)
    assert isinstance(baseline, Baseline), baseline
    return baseline


def assert_sound(baseline: Baseline) -> None:
    result = closing(Scenario(baseline=baseline.id), baseline, draws=256)
    assert np.isfinite(result.work_over_time) and 0 <= result.kept <= 256


@given(st.sets(st.sampled_from(FACTS)))
def test_any_figures_left_out_give_a_base_year_or_say_that_people_are_unknown(left_out):
    rows = {id: replace(one, amount=None, window=Window()) if id in left_out else one for id, one in ROWS.items()}
    result = read(Form(ABOUT, rows, tuple(first_places(TEMPLATE))))
    if isinstance(result, list):
        assert set(result) == {"people_unknown"} and "staff_total" in left_out
    else:
        assert_sound(result)
        assert ("cases_total" in result.report) == ("cases_total" not in left_out)


@given(
    st.dictionaries(st.sampled_from([*FACTS, "special_share"]), st.integers(1, 3000), max_size=12),
    st.integers(1, 30),
    st.lists(st.integers(0, 20), min_size=1, max_size=4),
)
def test_any_figures_of_another_place_give_a_base_year_or_named_faults(known, count, units):
    rows = {id: Filled(None) if id in FACTS else one for id, one in ROWS.items()}
    for id, number in known.items():
        share = TEMPLATE.rows[id].unit == "fraction"
        value = min(number / 3000, 1.0) if share else float(number)
        window = Window(years=1.0) if TEMPLATE.rows[id].window == "years" else Window()
        rows[id] = Filled((value,) * 3, window)
    result = read(Form(ABOUT, rows, elsewhere(count, units)))
    if isinstance(result, Baseline):
        assert_sound(result)
        assert result.template == "hunan-2021" and len(result.prefectures) == count


@pytest.mark.parametrize("units", [[0], [3], [0, 5]])
@pytest.mark.parametrize("count", [1, 2])
def test_one_city_and_places_without_counties_are_base_years(count, units):
    rows = {id: Filled(None) if id in FACTS else one for id, one in ROWS.items()}
    rows["staff_total"] = Filled((300.0,) * 3)
    result = read(Form(ABOUT, rows, elsewhere(count, units)))
    assert isinstance(result, Baseline)
    assert_sound(result)
    assert sum(result.assumptions[f"staff_{tier}"].mid for tier in ("province", "city", "county")) == pytest.approx(
        300, 1e-3
    )
