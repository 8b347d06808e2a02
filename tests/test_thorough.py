"""A run tries a sample that leaves nothing out by itself, or everything."""

import pytest
import thorough
from thorough import pairs, some, tries


@pytest.fixture
def by_day(monkeypatch):
    monkeypatch.setattr(thorough, "IS_THOROUGH", False)


@pytest.mark.usefixtures("by_day")
def test_pairs_bring_each_case_and_each_other_one():
    for few, many in (("ab", "vwxyz"), ("vwxyz", "ab"), ("abc", "xyz")):
        found = pairs(few, many)
        assert len(found) == max(len(few), len(many))
        assert {one for one, _ in found} == set(few) and {other for _, other in found} == set(many)


@pytest.mark.usefixtures("by_day")
def test_a_sample_is_the_same_every_time_in_order_and_has_the_first():
    found = some(range(40), 12)
    assert found == some(range(40), 12) == sorted(set(found)) and len(found) == 12 and found[0] == 0
    assert some("ab", 3) == ["a", "b"] and (tries(100), tries(3)) == (17, 2)


def test_by_night_nothing_is_left_out(monkeypatch):
    monkeypatch.setattr(thorough, "IS_THOROUGH", True)
    assert pairs("ab", "xyz") == [(one, other) for one in "ab" for other in "xyz"]
    assert some(range(9), 2) == list(range(9)) and tries(100) == 100
