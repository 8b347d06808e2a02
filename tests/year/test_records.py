"""Own records by tier or pool are believed in part, and the totals still hold (method, section 18)."""

from dataclasses import replace

import numpy as np
import pytest

from model import shipped_baseline
from model.evidence.draws import draw
from model.evidence.figures import Assumption
from model.evidence.records import Record, chances
from model.year.closure import _within, close
from model.year.records import Belief, belief, lasting_difference, shares_believed

HUNAN = shipped_baseline("hunan-2021")
NOBODY = {"zh": "无", "en": "None"}


def recorded(*records: tuple[str, str, str, float], count_cv: float = 0.1, pool_cv: float = 0.25):
    """Hunan with records of (measure, tier, prefecture, count), believed by two fixed spreads."""
    rows = tuple(Record(measure, tier, place, value, 1.0, NOBODY) for measure, tier, place, value in records)  # type: ignore[arg-type]
    spreads = {"count_cv": count_cv, "pool_cv": pool_cv, "effect_of_place": 0.8}
    fixed = {id: Assumption(id, NOBODY, value, value, value, "ratio", NOBODY) for id, value in spreads.items()}
    return replace(HUNAN, records=rows, assumptions={**HUNAN.assumptions, **fixed, **chances(rows)})


def closed(baseline, draws: int = 256, reading: dict[str, str] | None = None):
    assumed = draw(baseline.assumptions, draws, 1)
    return assumed, close(baseline, baseline.assumptions, assumed, reading or {})


def visits_of(closure) -> np.ndarray:
    work, flow = closure.work, closure.flow
    committed = work.mandatory_days + work.led * work.days_per_case * (
        flow.visit_filed * flow.visits + work.other_cases
    )
    return (work.field_days(flow.other_duties) - committed) / work.days_per_visit


def test_the_known_answer():
    mean, above = (
        lasting_difference(*map(np.array, (1.5, 1.0, 0.25, 0.10)), np.array(chance)) for chance in (0.0, 1.0)
    )
    assert mean == pytest.approx(0.349539, abs=1e-6)
    assert above - mean == pytest.approx(0.092848, abs=1e-6)


def believed(counts: dict[int, float], chance: float = 0.0) -> Belief:
    """What records of cases of some county pools make of 100 cases in every pool, in two draws alike."""
    baseline = recorded(*(("cases", *HUNAN.pool_names[pool], count) for pool, count in counts.items()))
    drawn = {"count_cv": 0.1, "pool_cv": 0.25, **{record.chance: chance for record in baseline.records}}
    assumed = {id: np.full((2, 1), value) for id, value in drawn.items()}
    return belief("cases", np.full((2, len(HUNAN.pools)), 100.0), baseline, assumed)


def test_up_to_nine_records_are_believed_by_the_assumed_spread():
    found = believed({15 + k: 100 * np.exp(0.3 * (-1) ** k) for k in range(9)})
    weight = 0.25**2 / (0.25**2 + 0.1**2)
    assert np.log(found.gain[:, 15:17]) == pytest.approx(np.array([[0.3, -0.3]] * 2) * weight)
    assert found.is_counted.tolist() == [15 <= pool < 24 for pool in range(29)]
    assert (found.gain[:, ~found.is_counted] == 1).all()
    assert found.model == pytest.approx(100)
    assert np.log(found.used / found.model)[:2, 0] == pytest.approx([0.3 * weight, -0.3 * weight])


def test_from_ten_records_on_the_spread_between_pools_is_the_likeliest():
    """Logs of 0.3 and -0.3 have a mean square of 0.09, of which 0.01 is the chance of a count."""
    found = believed({15 + k: 100 * np.exp(0.3 * (-1) ** k) for k in range(10)})
    assert np.log(found.gain[:, 15:17]) == pytest.approx(np.array([[0.3, -0.3]] * 2) * 0.08 / 0.09)
    off = believed({15 + k: 100 * np.exp(0.3 * (-1) ** k) for k in range(10)}, chance=1.0)
    assert np.log(off.gain / found.gain)[:, 15:25] == pytest.approx(np.sqrt(0.08 / 0.09) * 0.1)


def test_ten_records_that_differ_by_no_more_than_chance_are_not_believed():
    found = believed({15 + k: 100 * np.exp(0.05 * (-1) ** k) for k in range(10)}, chance=2.0)
    assert (found.gain == 1).all()


def test_without_a_record_of_the_measure_nothing_is_believed():
    assert belief("visits", np.ones((2, 29)), recorded(("cases", "", "changsha", 600.0)), {}) is None


SHARES = np.array([[0.5, 0.3, 0.2]])


@pytest.mark.parametrize(
    ("gain", "is_counted", "shares"),
    [
        ([1.2, 1, 1], [True, False, False], [0.6, 0.24, 0.16]),
        ([0.9, 1.5, 1], [True, True, False], [0.45, 0.45, 0.1]),
        ([3, 1, 1], [True, False, False], [0.75, 0.15, 0.1]),
        ([2, 1, 1], [True, True, True], [1 / 1.5, 0.2, 0.2 / 1.5]),
    ],
    ids=["the others have the rest", "two counted", "more than all", "nobody else"],
)
def test_cases_that_the_counted_pools_leave_go_to_the_others(gain, is_counted, shares):
    one = Belief((), np.array([gain, gain], float), np.array(is_counted), np.ones(0), np.ones(0))
    assert shares_believed(np.tile(SHARES, (2, 1)), one) == pytest.approx(np.array([shares, shares]))
    assert shares_believed(SHARES, None) is SHARES


def test_nothing_is_believed_where_places_do_not_differ():
    baseline = recorded(("cases", "", "changsha", 2000.0), ("visits", "city", "changsha", 9000.0), pool_cv=0.0)
    _, closure = closed(baseline)
    for one in closure.beliefs:
        assert one.used == pytest.approx(one.model)


def test_a_count_without_chance_holds_exactly():
    baseline = recorded(("cases", "", "changsha", 600.0), ("visits", "county", "loudi", 3000.0), count_cv=0.0)
    _, closure = closed(baseline)
    changsha = HUNAN.pools.of_prefecture[:, [p.id for p in HUNAN.prefectures].index("changsha")]
    filed = closure.flow.visit_filed * closure.flow.visits + closure.work.other_cases
    assert (closure.work.led * filed) @ changsha == pytest.approx(600, rel=1e-9)
    pool = HUNAN.pool_keys.index("county.loudi")
    sound = closure.plausible
    assert sound.sum() > 50
    assert visits_of(closure)[sound, pool] == pytest.approx(3000, rel=1e-9)


@pytest.mark.parametrize("reading", [{}, {"staff": "posts"}], ids=["people", "posts of which some are vacant"])
def test_the_total_is_closed_again(reading):
    """Other duties, cases and visits of all pools still give the totals back."""
    baseline = recorded(("cases", "", "changsha", 600.0), ("visits", "city", "", 20_000.0))
    assumed, closure = closed(baseline, reading=reading)
    sound = closure.plausible
    assert sound.sum() > 50
    assert closure.work.led.sum(axis=1) == pytest.approx(1.0)
    assert visits_of(closure)[sound].sum(axis=1) == pytest.approx(assumed["visits_base"][sound, 0], rel=1e-9)


@pytest.mark.parametrize("visits", [1500.0, 2000.0, 4000.0], ids=["fewer", "about", "more"])
def test_records_of_every_pool_are_brought_to_the_total(visits):
    by_pool = [("visits", *name, visits + 10 * k) for k, name in enumerate(HUNAN.pool_names)]
    by_pool[0] = ("visits", "province", "", visits)
    baseline = recorded(*by_pool, count_cv=0.0)
    assumed, closure = closed(baseline)
    sound = closure.plausible
    assert sound.sum() > 20
    shares = visits_of(closure)[sound] / assumed["visits_base"][sound]
    observed = np.array([value for *_, value in by_pool])
    assert shares == pytest.approx(np.broadcast_to(observed / observed.sum(), shares.shape), rel=1e-6)
    plain = close(HUNAN, HUNAN.assumptions, assumed, {})
    duties, without_records = closure.flow.other_duties[sound], plain.flow.other_duties[sound]
    assert duties == pytest.approx(without_records, rel=1e-9), "records of all say nothing of duties"


def test_records_of_more_visits_than_there_are_share_what_the_others_leave():
    """Ten thousand visits at each city are not there: the counties keep their own, the cities part the rest."""
    cities = [name for name in HUNAN.pool_names if name[0] == "city"]
    observed = np.array([10_000.0 + 500 * k for k in range(len(cities))])
    baseline = recorded(*(("visits", *name, count) for name, count in zip(cities, observed, strict=True)), count_cv=0.0)
    assumed, closure = closed(baseline)
    plain, is_city = close(HUNAN, HUNAN.assumptions, assumed, {}), HUNAN.pools.of_tier[:, 1] > 0
    sound = closure.plausible & plain.plausible
    assert sound.sum() > 20
    others = visits_of(plain)[sound][:, ~is_city]
    assert visits_of(closure)[sound][:, ~is_city] == pytest.approx(others, rel=1e-9)
    left = assumed["visits_base"][sound] - others.sum(axis=1, keepdims=True)
    assert visits_of(closure)[sound][:, is_city] == pytest.approx(left * observed / observed.sum(), rel=1e-6)


def test_no_record_changes_nothing():
    assumed = draw(HUNAN.assumptions, 256, 1)
    plain, none = (close(b, HUNAN.assumptions, assumed, {}) for b in (HUNAN, replace(HUNAN, records=())))
    assert (plain.flow.other_duties == none.flow.other_duties).all()
    assert plain.beliefs == ()


def test_a_value_off_its_range_by_just_the_slack_is_within_it():
    """A milliardth of the upper end."""
    range_ = Assumption("count", NOBODY, 1.0, 1.5, 2.0, "ratio", NOBODY)
    slack = 1e-9 * 2.0
    values = np.array([[2.0 + slack], [2.0 + 2 * slack], [1.0 - slack], [1.0 - 2 * slack]])
    assert _within(values, range_).tolist() == [True, False, True, False]
