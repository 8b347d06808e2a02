"""Draws fill each range evenly, are other ones under another seed, and leave what follows alone."""

from dataclasses import replace

import numpy as np
import pytest

from model import shipped_baseline
from model.evidence.draws import draw, mids, quantile

ANY = shipped_baseline("hunan-2021").assumptions["road_speed"]
RANGES = {id: replace(ANY, id=id, low=0.0, mid=1.0, high=2.0, closed=id == "closed") for id in ("one", "two", "closed")}
NORMAL = replace(ANY, is_normal=True)


def places(values: np.ndarray) -> np.ndarray:
    """The part of the draws of a range from 0 over 1 to 2 that lie below each value."""
    return np.where(values < 1, values**2 / 2, 1 - (2 - values) ** 2 / 2)[:, 0]


@pytest.mark.parametrize("draws", [8, 64])
def test_each_part_of_a_range_has_as_many_draws_and_none_stands_at_its_end(draws):
    assumed = draw(RANGES, draws, 1)
    assert assumed.keys() == {"one", "two"}
    for values in assumed.values():
        assert values.shape == (draws, 1)
        assert sorted(np.floor(places(values) * draws)) == list(range(draws))
        assert values.min() > 0
    assert (assumed["one"] != assumed["two"]).all()


def test_fewer_draws_are_the_first_of_more_and_another_seed_has_others():
    assert (draw(RANGES, 5, 1)["two"] == draw(RANGES, 8, 1)["two"][:5]).all()
    assert (draw(RANGES, 8, 2)["two"] != draw(RANGES, 8, 1)["two"]).all()


def test_chance_in_a_count_is_normal():
    assert quantile(NORMAL, np.array([0.5, 0.975])) == pytest.approx([0, 1.959964], abs=1e-6)


def test_the_mids_leave_out_what_follows():
    assert {id: values.tolist() for id, values in mids(RANGES).items()} == {"one": [[1.0]], "two": [[1.0]]}
