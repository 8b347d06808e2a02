"""Why figures do not fit together, and what own ones narrow."""

from dataclasses import replace

import pytest
from own_base_year import known
from test_own_base_years import GUANGDONG, HUNAN, reading_of

from model import Scenario
from model.projection.base_year import base_year_of
from model.projection.unknowns.closing import closing
from model.projection.unknowns.narrowing import narrowing


def test_guangdong_asks_for_more_time_than_there_is():
    result = closing(Scenario(baseline=GUANGDONG.id), GUANGDONG)
    assert result.kept == 0
    assert 1.6 < result.work_over_time < 2.1
    assert result.causes[0] == ("site_days", 1), "a visit takes less time than in Hunan"
    ranges, numbers = result.causes[:5], result.causes[5:]
    assert ("complaint_days", 1) in ranges and ("ordinary_case_days", 1) in ranges
    assert all(GUANGDONG.assumptions[id].low < GUANGDONG.assumptions[id].high for id, _ in ranges)
    assert numbers == (("staff_county", -1), ("staff_city", -1)), "what was counted is doubted last"
    assert not result.asks_too_little
    assert next(iter(result.refused)) == "other_duties_share"


def test_hunan_closes_as_its_base_year_does():
    result = closing(Scenario(), HUNAN)
    base = base_year_of(Scenario(), HUNAN)
    assert (result.drawn, result.kept) == (base.draws.drawn, base.draws.kept)
    assert 0.4 < result.work_over_time < 0.7, "half of the time is explained by what is counted"


def with_visits(factor: float):
    """Hunan with so many times its visits, as a known figure."""
    visits = HUNAN.assumptions["visits_base"]
    return replace(HUNAN, assumptions={**HUNAN.assumptions, "visits_base": known(visits, visits.mid * factor)})


def test_work_goes_with_visits_and_a_wrong_count_is_among_the_causes():
    shares = [closing(Scenario(), with_visits(factor), 512).work_over_time for factor in (1, 5, 10)]
    assert shares[2] - shares[1] == pytest.approx(5 / 4 * (shares[1] - shares[0]), rel=0.05)
    result = closing(Scenario(), with_visits(10), 512)
    assert ("visits_base", 1) in result.causes
    assert ("site_days", 1) in result.causes


def test_causes_are_named_too_where_the_middles_fit_and_few_draws_do():
    """Hunan with so wide a range that its middle fits, and hardly a draw beside it."""
    case_days = {id: replace(HUNAN.assumptions[id], high=high) for id, high in WIDE.items()}
    result = closing(Scenario(), replace(HUNAN, assumptions={**HUNAN.assumptions, **case_days}), 1024)
    assert 0 < result.kept < 200
    assert result.causes[0][0] in WIDE and all(sign == 1 for id, sign in result.causes if id in WIDE)
    assert len(result.causes) <= 8


WIDE = {"site_days": 9.0, "ordinary_case_days": 300.0, "complaint_days": 60.0}


def test_too_little_work_is_told_from_too_much():
    result = closing(Scenario(), with_visits(0.05), 512)
    assert not result.closes
    assert result.asks_too_little


def test_a_figure_of_the_law_is_not_doubted():
    causes = {id for id, _ in closing(Scenario(), with_visits(10), 512).causes}
    fixed = {id for id, one in HUNAN.assumptions.items() if one.low == one.high}
    assert "working_days" in fixed
    assert not fixed & causes


@pytest.mark.by_night
def test_own_figures_narrow_what_the_template_leaves_wide():
    result = narrowing(reading_of("cheaper_tasks"), GUANGDONG, HUNAN)
    assert result.inherited is None, "Guangdong's counts do not fit Hunan's visits a head"
    assert result.own.keys() == {"visits", "duty_met", "case_capacity", "on_time_share"}
    assert dict(result.by_figure)["complaints"] > 1


@pytest.mark.by_night
def test_a_base_year_narrows_nothing_against_itself():
    result = narrowing(Scenario(), HUNAN, HUNAN, draws=512)
    assert result.inherited == result.own
    assert [ratio for _, ratio in result.by_figure] == pytest.approx([1.0] * len(result.by_figure))
