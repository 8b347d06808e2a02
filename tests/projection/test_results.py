"""A projection in a script: one line where it is shown, a table where it is asked for."""

import pytest

from model import Scenario, project
from model.evidence.baseline import TIERS

MOVE = Scenario(name={"en": "Move"}, levers={"staff.change.city": -100.0, "staff.change.county": 100.0})


def test_a_projection_is_shown_in_one_line():
    shown = repr(project(MOVE, draws=512))
    assert shown.startswith("<Projection 'Move' on hunan-2021, 332 of 512 draws: visits 7") and len(shown) < 160
    assert "\n" not in shown


def test_a_scenario_is_shown_as_it_is_written():
    assert repr(Scenario()) == "Scenario()"
    assert eval(repr(MOVE), {"Scenario": Scenario}) == MOVE


def test_the_table_holds_every_measure_and_place():
    projection = project(MOVE, draws=512)
    frame = projection.to_frame()
    visits = projection.measures["visits"]
    assert frame.loc[("visits", "total"), "difference_p90"] == visits.total.difference.p90
    assert set(frame.loc["visits"].index) == {"total", *TIERS, *visits.prefectures}
    assert len(frame) == sum(1 + len(one.tiers) + len(one.prefectures) for one in projection.measures.values())
    assert frame[["better", "worse", "same"]].sum(axis=1).to_numpy() == pytest.approx(1.0)
    assert not frame.isna().any(axis=None)
