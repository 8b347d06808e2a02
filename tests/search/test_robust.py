"""The robust plan has the CVaR of Rockafellar and Uryasev, by known answers and by worst draws.

Never worse where it was sought, and told beside the representative plan as the full model has both.
"""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from thorough import tries

from model import Scenario, shipped_baseline
from model.outputs.answers.answer_table import capital
from model.outputs.answers.robust import in_terminal, named, sentence
from model.outputs.phrasing.numbers import MINUS
from model.outputs.words import LANGUAGES
from model.projection.base_year import base_year_of
from model.projection.project import evaluate
from model.projection.statistics import expected_shortfall
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES, criteria
from model.search.engine.staffing_plan import Refusal
from model.search.engine.worst_draws import WorstDraws
from model.search.programme.linear_programme import Programme
from model.search.programme.pool_curves import Rows
from model.search.robust import SAMPLE, Robust, _worst_sample, robust

HUNAN = shipped_baseline("hunan-2021")
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})


@cache
def found(goal: str, most_moved: int = 60) -> Robust:
    plan = robust(SINK, OBJECTIVES[goal], Limits(most_moved=most_moved))
    assert isinstance(plan, Robust), plan
    return plan


def least_shortfall(worths: np.ndarray, level: float) -> tuple[float, np.ndarray]:
    """The least mean of the worst losses by a linear programme, and the mixture of options that has it."""
    programme = Programme()
    share = programme.variables("share", worths.shape[1], high=1.0)
    programme.rows("all", (share[None], 1.0), low=1.0, high=1.0)
    who = type("Nobody", (), {"out": share, "into": share})
    aim = WorstDraws(worths, {}, level, 0.0, 1)
    rows = Rows(share, worths, np.zeros(len(worths)), worths[:, 0])
    best = programme.solve(aim.gain(programme, who, rows))
    return -best.value, best.values["share"]


def test_the_shortfall_of_a_normal_loss_at_95_percent_is_2_0627():
    """Rockafellar and Uryasev's programme with one option: CVaR of N(0, 1) is pdf(z) / 0.05 = 2.0627."""
    losses = norm.ppf((np.arange(4000) + 0.5) / 4000)
    shortfall, _ = least_shortfall(-losses[:, None], 0.95)
    assert shortfall == pytest.approx(2.0627, abs=2e-3)
    assert shortfall == pytest.approx(expected_shortfall(losses, 0.95), abs=1e-9)


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.5, 0.83, 0.9, 0.97]))
@settings(max_examples=tries(25), deadline=None)
def test_the_programmes_shortfall_is_that_of_its_own_solution_and_no_mixture_has_less(seed, level):
    rng = np.random.default_rng(seed)
    worths = rng.normal(size=(40, 5)) + rng.normal(size=5)
    shortfall, share = least_shortfall(worths, level)
    assert shortfall == pytest.approx(expected_shortfall(-worths @ share, level), abs=1e-8)
    others = rng.dirichlet(np.ones(5), 200)
    assert shortfall <= expected_shortfall(-(worths @ others.T).T, level).min() + 1e-8


@given(st.integers(1, 3000), st.sampled_from([0.0, 0.3, 0.5, 0.8, 0.9, 0.99]), st.integers(0, 2**32 - 1))
@settings(max_examples=tries(60), deadline=None)
def test_a_sample_stands_for_the_worst_draws(count, level, seed):
    """A sample that may hold all draws that matter gives their mean exactly; another one nearly."""
    worths = np.random.default_rng(seed).normal(size=count)
    which, within = _worst_sample(worths, level)
    assert len(which) == len(set(which.tolist())) <= SAMPLE and 0 <= within < 1
    real, sampled = expected_shortfall(-worths, level), expected_shortfall(-worths[which], within)
    if int(np.ceil(2 * (1 - level) * count - 1e-9)) <= SAMPLE or count <= SAMPLE:
        assert sampled == pytest.approx(real, abs=1e-9)
    else:
        assert sampled == pytest.approx(real, abs=0.12)


@pytest.mark.by_night
@pytest.mark.parametrize("goal", ["visits", "duty", "worst_off"])
def test_it_is_never_worse_in_the_worst_draws_than_the_representative_plan(goal):
    """This holds on its own sample and on all kept draws."""
    plan = found(goal)
    assert plan.on_sample[1] >= plan.on_sample[0] - 1e-12
    assert plan.outlooks["robust"].worst >= plan.outlooks["representative"].worst - 1e-12
    assert plan.plan.moved <= 60 and plan.representative.plan.moved <= 60


def test_the_figures_are_the_full_models_over_all_kept_draws():
    """The scenarios alone give them, draw by draw against the layout of 2021."""
    plan = found("worst_off")
    base = base_year_of(SINK, HUNAN, 512, 1)

    def worths(scenario: Scenario) -> np.ndarray:
        return criteria(evaluate(base, scenario).year, base.assumed, HUNAN.pools)["worst_off"]

    layout = worths(Scenario())
    scenarios = {"own": SINK, "representative": plan.representative.plan.scenario, "robust": plan.plan.scenario}
    for name, scenario in scenarios.items():
        here, outlook = worths(scenario), plan.outlooks[name]
        assert outlook.goal.p10 == pytest.approx(np.quantile(here, 0.1), rel=1e-9)
        assert outlook.goal.p50 == pytest.approx(np.median(here), rel=1e-9)
        assert outlook.worst == pytest.approx(-expected_shortfall(-here, 0.9), rel=1e-9)
        assert outlook.regret == pytest.approx(expected_shortfall(layout - here, 0.9), abs=1e-9)
        assert outlook.most_regret == pytest.approx((layout - here).max(), abs=1e-9)
        assert outlook.against_layout.better == pytest.approx((here > layout * (1 + 1e-9)).mean())
    assert plan.outlooks["layout"].regret == 0 and plan.outlooks["layout"].against_layout.same == 1


def test_the_legal_minimum_is_met_in_bad_draws_too():
    """The representative case meets it with nobody moved, so the representative plan leaves bad draws as they are."""
    plan = found("duty")
    assert plan.representative.representative == pytest.approx(1.0)
    assert plan.outlooks["representative"].worst < 0.98 and plan.outlooks["robust"].worst > 0.995
    assert not plan.keeps_representative and plan.plan.moved > 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("goal", ["visits", "duty", "worst_off"])
def test_both_plans_are_printed_beside_the_layout_of_2021(goal, language):
    plan = found(goal)
    said = in_terminal(plan, SINK, HUNAN, language)
    assert not re.search(r"\{|\bnan\b|\bNone\b", said)
    assert capital(sentence(plan, language)).replace(MINUS, "-") in said
    assert named(plan, SINK).name[language]


def test_what_leaves_no_plan_is_refused_and_a_level_of_one_is_an_error():
    impossible = Limits(tiers={"county": (50, 60), "city": (0, 100), "province": (0, 9)})
    assert isinstance(robust(Scenario(), OBJECTIVES["visits"], impossible), Refusal)
    with pytest.raises(ValueError, match=r"level must be in the interval \[0, 1\), got 1"):
        robust(Scenario(), OBJECTIVES["visits"], level=1.0)
