"""The bottleneck that a pool is given is true: to ease it, and it alone, gets more done (method, section 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import pytest
from random_scenarios import random_levers

from model import ChangedAssumption, Scenario, shipped_baseline
from model.evidence.baseline import TIERS
from model.evidence.rules import Rules, rules_of
from model.force.staff import NOBODY, Staff
from model.projection.base_year import BaseYear, base_year_of, some_draws
from model.scenario.levers import Value
from model.scenario.settings import settings
from model.year.year import CONSTRAINTS, Year, constraint, year

BASELINE = shipped_baseline("hunan-2021")
ALITTLE = 1e-3
NOTHING = 1e-7
"""Part of an amount below which a change is rounding, or the visits of a pool that can make none."""


@cache
def base_year(**known: float) -> BaseYear:
    """Forty draws of the base year, some assumptions known exactly."""
    known_exactly = {id: ChangedAssumption(value, value, value, "known") for id, value in known.items()}
    scenario = Scenario(assumptions=known_exactly)
    return some_draws(base_year_of(scenario, BASELINE, 512), slice(0, 40))


@dataclass(frozen=True, eq=False)
class Eased:
    """A year as planned, and with one constraint eased; the files of the whole force stay as they are."""

    levers: Mapping[str, Value]
    base: BaseYear
    rules: Rules | None = None

    def year(self, staff: Staff | None = None, filed: np.ndarray | None = None, rules: Rules | None = None) -> Year:
        base, chosen = self.base, settings(self.levers, BASELINE)
        rules = rules or self.rules
        return year(BASELINE, base.assumed, base.closure, chosen, {}, staff=staff, rules=rules, filed=filed)

    @cached_property
    def plan(self) -> Year:
        return self.year()

    def eased(self, cap: float = 1.0, **heads: np.ndarray) -> Year:
        """The year with a higher cap, or some kinds of heads more, (draws, pools)."""
        staff, rules = self.plan.work.staff, self.plan.work.rules
        more = {name: getattr(staff, name) + added for name, added in heads.items()}
        return self.year(
            replace(staff, **more), self.plan.budget.filed, replace(rules, visit_cap=rules.visit_cap * cap)
        )

    @cached_property
    def time(self) -> Year:
        """More days of the officers who are there, none of whom pairs better."""
        return self.eased(base_officers=ALITTLE * np.maximum(self.plan.work.staff.working_officers, 0.01))

    @cached_property
    def review(self) -> Year:
        return self.eased(reviewers=np.full(self.plan.led.shape, ALITTLE))

    @cached_property
    def cap(self) -> Year:
        return self.eased(cap=1 + ALITTLE)

    @cached_property
    def pairs(self) -> Year:
        """An officer more in each body to pair with, who brings no time of his own."""
        return self.eased(frontline=self.plan.work.staff.bodies)

    @cached_property
    def officer(self) -> Year:
        """An officer more in each body, with his time."""
        bodies = self.plan.work.staff.bodies
        return self.eased(frontline=bodies, base_officers=bodies)

    @cached_property
    def his_time(self) -> Year:
        """The time of an officer more in each body, who pairs with nobody."""
        return self.eased(base_officers=self.plan.work.staff.bodies)

    def more(self, amount: str, year: Year) -> np.ndarray:
        """Where a year has more of an amount than the plan, (draws, pools)."""
        visits, now = (one.budget.visits if amount == "visits" else getattr(one, amount) for one in (self.plan, year))
        return now - visits > NOTHING * np.maximum(visits, 1)

    def is_true(self) -> dict[str, np.ndarray]:
        """Where each word would be true of a pool, (draws, pools)."""
        plan, work, more = self.plan, self.plan.work, self.more
        works, files_left = work.staff.working_officers > NOBODY, plan.led - plan.decided > NOTHING * plan.led
        has_days = plan.budget.field_days >= work.mandatory_days
        confirms_by_pairs = more("confirmed", self.pairs) & ~more("confirmed", self.time) & ~more("visits", self.time)
        own, both = (one.budget.visits - plan.budget.visits for one in (self.his_time, self.officer))
        visits_by_time = (
            ~files_left & more("visits", self.time) & ~more("visits", self.cap) & (both <= 2 * own + NOTHING)
        )
        # A plan that keeps all time for visits has none for files, however much there is.
        time_helps_files = more("decided", self.time) | (work.time_for_visits == 1) | (plan.budget.field_days == 0)
        return {
            "field time": np.where(has_days, visits_by_time | ~works, ~confirms_by_pairs),
            "pairing": confirms_by_pairs | (~files_left & has_days & (both > 2 * own) & ~more("visits", self.cap)),
            "investigation": files_left & time_helps_files & ~more("decided", self.review),
            "legal review": files_left & more("decided", self.review) & ~more("decided", self.time),
            "visit cap": ~files_left
            & more("visits", self.cap)
            & ~(more("visits", self.time) | more("visits", self.pairs) | more("visits", self.review)),
        }

    def words(self) -> np.ndarray:
        return np.array(CONSTRAINTS)[constraint(self.plan)]


NO_CASES = {"case_share_province": 0.0}
LITTLE_TO_CONFIRM = {"offsite_checks": 0.0, "service_contacts": 0.0}
BUILT = {
    "nothing is changed": (Eased({}, base_year()), "city", "field time"),
    "more checks than there is time for": (Eased({"offsite_checks": 100_000.0}, base_year()), "county", "field time"),
    "one officer in a body": (Eased({"frontline_share.city": 0.02}, base_year()), "city", "pairing"),
    "one officer and a half": (
        Eased({"frontline_share.province": 0.0175}, base_year(**NO_CASES)),
        "province",
        "pairing",
    ),
    "time is kept for visits": (Eased({"case_policy.county": 0.95}, base_year()), "county", "investigation"),
    "no desk, no reviewer": (Eased({"frontline_share.city": 1.0}, base_year()), "city", "legal review"),
    "time kept, but review lets fewer through": (
        Eased({"frontline_share.city": 1.0, "case_policy.city": 0.6}, base_year()),
        "city",
        "legal review",
    ),
    "a low cap": (Eased({}, base_year(), replace(rules_of("2021"), visit_cap=0.05)), "county", "visit cap"),
}


@pytest.mark.parametrize(("case", "tier", "word"), BUILT.values(), ids=BUILT)
def test_a_pool_built_to_be_held_by_something_says_so(case, tier, word):
    here = BASELINE.pools.slices[TIERS.index(tier)]
    words, is_true = case.words()[:, here], case.is_true()[word][:, here]
    assert (words == word).mean() > 0.5
    assert is_true[words == word].all()


@pytest.mark.parametrize("number", range(60))
def test_the_word_of_every_pool_is_true(number):
    case = Eased(random_levers(np.random.default_rng([number, 9]), BASELINE, 0.4), base_year())
    words, is_true = case.words(), case.is_true()
    for word in CONSTRAINTS:
        wrong = (words == word) & ~is_true[word]
        assert not wrong.any(), (word, np.argwhere(wrong)[0])


def test_every_word_is_met_among_the_plans_at_the_ends():
    met = {word for case, _, _ in BUILT.values() for word in case.words().ravel()}
    assert met == set(CONSTRAINTS)
