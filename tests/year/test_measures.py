"""How measures add up over pools: amounts, ratios of sums, and ratios whose whole belongs to the place."""

import numpy as np
import pytest
from own_base_year import with_units

from model import shipped_baseline
from model.year.measures import MEASURE, MEASURES, over_scopes, scopes

PLACES = with_units(shipped_baseline("hunan-2021"), (2, 0, 3))
"""The pools: the province, three cities, the counties of the first and of the third place."""
AMOUNT, WHOLE = np.array([[1.0, 2, 3, 4, 5, 6]]), np.array([[0.0, 10, 20, 40, 80, 160]])
SUMS = np.array([21, 1, 9, 11, 2 + 5, 3, 4 + 6])
WHOLES = np.array([310, 0, 70, 240, 10 + 80, 20, 40 + 160])


def added_up(id: str, *, is_ratio: bool, by_place: bool = True) -> tuple[np.ndarray, np.ndarray]:
    parts = {one.id: (AMOUNT, WHOLE if one.id == id and is_ratio else None) for one in MEASURES}
    values, meaning = over_scopes(parts, PLACES.pools, by_place=by_place)
    row = [one.id for one in MEASURES].index(id)
    return values[row, :, 0], meaning[row]


def test_an_amount_is_the_sum_of_its_pools():
    values, meaning = added_up("visits", is_ratio=False)
    assert values.tolist() == SUMS.tolist() and meaning.all() and len(values) == len(scopes(PLACES))


def test_a_ratio_is_that_of_the_sums_and_has_no_meaning_over_nothing():
    values, meaning = added_up("duty_met", is_ratio=True)
    assert meaning.tolist() == [True, False, *[True] * 5]
    assert values == pytest.approx(np.divide(SUMS, WHOLES, out=np.zeros(7), where=WHOLES > 0))


def test_a_tier_is_set_against_the_whole_place_where_the_denominator_is_the_places():
    assert MEASURE["visit_coverage"].of_place and not MEASURE["duty_met"].of_place
    values, meaning = added_up("visit_coverage", is_ratio=True)
    assert meaning.all()
    assert values == pytest.approx(SUMS / np.array([310, 310, 310, 310, *WHOLES[4:]]))


def test_without_places_the_total_and_the_tiers_are_the_same():
    for id in ("visits", "duty_met", "visit_coverage"):
        (whole, means), (some, some_mean) = (added_up(id, is_ratio=True, by_place=one) for one in (True, False))
        assert some.tolist() == whole[:4].tolist() and some_mean.tolist() == means[:4].tolist()


def test_a_ratio_has_a_meaning_where_some_draws_have_something_to_divide_by():
    """And the others count as nothing."""
    parts = {"duty_met": (np.tile(AMOUNT, (2, 1)), np.concatenate([WHOLE, 0 * WHOLE]))}
    values, meaning = over_scopes(parts, PLACES.pools)
    assert meaning[0].tolist() == [True, False, *[True] * 5]
    assert values[0, :, 0] == pytest.approx(np.divide(SUMS, WHOLES, out=np.zeros(7), where=WHOLES > 0))
    assert (values[0, :, 1] == 0).all()
    little, means = over_scopes({"duty_met": (AMOUNT, WHOLE / 1000)}, PLACES.pools)
    assert means[0].tolist() == meaning[0].tolist() and little[0, 2:, 0] == pytest.approx(SUMS[2:] / WHOLES[2:] * 1000)


def test_more_officers_inspections_and_cases_are_better_and_fewer_files_and_loads():
    """People, what the law asks and what is filed are neither."""
    ways = {way: {one.id for one in MEASURES if one.better == way} for way in (-1, 0, 1)}
    assert ways == {
        -1: {"backlog_end", "review_load", "utilisation"},
        0: {"staff", "frontline", "legal_minimum", "cases_filed"},
        1: {"crews", "field_days", "visits", "visit_capacity", "visit_coverage", "duty_met", "problems"}
        | {"case_capacity", "cases_decided", "on_time_share", "wisn_ratio"},
    }
    assert {one.id for one in MEASURES if one.is_load} == {"review_load", "utilisation"}
    assert {one.id for one in MEASURES if one.of_place} == {"visit_coverage"}
