"""A projection in a script: one line where it is shown, a table where it is asked for."""

from dataclasses import replace

import pytest

from model import ChangedAssumption, Scenario, project
from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import TIERS
from model.outputs.phrasing.coherence import coherent
from model.projection.base_year import base_year_of, baseline_of
from model.projection.project import AT_A_GLANCE, against, glance

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


@pytest.mark.parametrize("baseline", ["hunan-2021", "guangdong-2016"])
def test_a_glance_is_the_projection_of_what_is_shown_while_a_handle_moves(baseline):
    plan = _plan_on(baseline)
    base = base_year_of(plan, baseline_of(plan), 1024)
    whole, seen = against(base, plan), glance(base, plan)
    assert all(measure.prefectures for measure in whole.measures.values()) and whole.not_done_by_quarter
    for id, measure in seen.measures.items():
        assert measure == replace(whole.measures[id], prefectures={})
    assert coherent(seen).measures.keys() == seen.measures.keys() == set(AT_A_GLANCE)
    for id, measure in coherent(seen).measures.items():
        assert (measure.total, measure.tiers) == (
            coherent(whole).measures[id].total,
            coherent(whole).measures[id].tiers,
        )
    assert (seen.bottlenecks, seen.not_done, seen.not_done_by_quarter) == (whole.bottlenecks, whole.not_done, ())
    for path in ("backlog", "days_to_decision"):
        for kind, band in getattr(whole.months, path).items():
            assert all((vars(getattr(seen.months, path)[kind])[end] == of).all() for end, of in vars(band).items())


def _plan_on(baseline: str) -> Scenario:
    """A plan that leaves work undone; Guangdong's figures close under the first of its readings."""
    levers = {"staff.change.city": 300.0, "staff.change.county": -300.0}
    readings = find_baseline(baseline).alternatives
    ranges = readings[0].ranges if readings and baseline != "hunan-2021" else {}
    changed = {id: ChangedAssumption(one.low, one.mid, one.high, "read so") for id, one in ranges.items()}
    return Scenario(baseline=baseline, levers=levers, assumptions=changed)
