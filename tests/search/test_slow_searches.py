"""A search that takes too long ends at its time with the best that it has, and says so; so does a solver that hangs."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from scipy.optimize import OptimizeResult

from model import Scenario, shipped_baseline
from model.command_line.main import main
from model.outputs.answers import best_plan as of_best_plan
from model.outputs.answers import frontier as of_frontier
from model.outputs.answers import robust as of_robust
from model.outputs.answers import targets as of_targets
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of
from model.projection.explain import explain
from model.projection.progress import OutOfTime, Progress, Tick
from model.projection.unknowns.ask_first import ask
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.aims.target import read_targets
from model.search.best_plan import BestPlan, best_plan
from model.search.engine.opening import open_search
from model.search.engine.plan_limits import PlanLimits
from model.search.engine.staffing_plan import StaffingPlan, change_of
from model.search.frontier import frontier
from model.search.programme import linear_programme
from model.search.programme.linear_programme import LEAST_SECONDS, Programme, Solution, Unsolved
from model.search.robust import robust
from model.search.targets import plan_for_targets
from model.search.worth import worth

HUNAN = shipped_baseline("hunan-2021")
PLAN = Scenario(levers={"training_days": 20.0})
POSTS = Scenario(levers={"staff.new_posts": 60.0, "staff.change.county": 60.0})
LIMITS = Limits(most_moved=60.0)
GOAL, (TARGETS, _) = OBJECTIVES["visits"], read_targets(["visits>=90000", "on_time_share>=0.9"], HUNAN)
SECONDS = 60.0
SEARCHES: dict[str, tuple[Callable[..., Any], ModuleType]] = {
    "best plan": (lambda plan, tick: best_plan(plan, GOAL, LIMITS, draws=512, tick=tick), of_best_plan),
    "whole plan": (lambda plan, tick: best_plan(plan, GOAL, LIMITS, whole=True, draws=512, tick=tick), of_best_plan),
    "robust": (lambda plan, tick: robust(plan, GOAL, LIMITS, draws=512, tick=tick), of_robust),
    "frontier": (lambda plan, tick: frontier(plan, LIMITS, draws=512, tick=tick), of_frontier),
    "targets": (lambda plan, tick: plan_for_targets(plan, TARGETS, limits=LIMITS, draws=512, tick=tick), of_targets),
}


class Clock:
    """A tick by which the time is over after so many ticks; counts them."""

    def __init__(self, ticks: float):
        self.least, self.ticks = ticks, 0

    def __call__(self, share: float) -> float:
        self.ticks += 1
        return SECONDS if self.ticks <= self.least else 0.0


def plans_of(answer: Any) -> list[StaffingPlan]:
    return [point.plan for point in answer.points] if hasattr(answer, "points") else [answer.plan]


def said(words: ModuleType, answer: Any, language: str) -> str:
    return words.in_terminal(answer, PLAN, HUNAN, language).replace("\n", " ")


@pytest.mark.parametrize(("scenario", "ticks"), [(POSTS, 0), (PLAN, 30)], ids=["at once", "on the way"])
@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_whose_time_is_over_gives_the_best_that_it_has(name: str, scenario: Scenario, ticks: int) -> None:
    search, words = SEARCHES[name]
    clock = Clock(ticks)
    answer = search(scenario, clock)
    assert answer.is_stopped
    within = PlanLimits(open_search(scenario, None, 512, 1).case, answer.limits)
    for plan in plans_of(answer):
        change = change_of(plan.moves, HUNAN)
        assert (change == np.round(change)).all() and within.broken(change[None])[0] == 0
    for language in LANGUAGES:
        assert text("work.best_so_far", language, minutes="5") in said(words, answer, language)
    assert words.document(answer)["stopped"] is True


@pytest.mark.by_night
@pytest.mark.parametrize("name", ["best plan", "frontier", "targets"])
def test_a_search_whose_time_is_over_ends_long_before_its_answer(name: str) -> None:
    search, words = SEARCHES[name]
    slow, quick = Clock(np.inf), Clock(5)
    answer = search(PLAN, slow)
    assert not answer.is_stopped and words.document(answer)["stopped"] is False
    for language in LANGUAGES:
        assert text("work.best_so_far", language, minutes="5") not in said(words, answer, language)
    search(PLAN, quick)
    assert quick.ticks < slow.ticks / 2


def asked_seconds(monkeypatch: pytest.MonkeyPatch, tick: Tick, **how: Any) -> float:
    """The seconds that the solver gets for a programme."""
    seconds = []
    for name in ("linprog", "milp"):
        solver = getattr(linear_programme, name)

        def noted(*given: Any, _solver: Callable = solver, **named: Any) -> OptimizeResult:
            seconds.append(named["options"]["time_limit"])
            return _solver(*given, **named)

        monkeypatch.setattr(linear_programme, name, noted)
    programme = Programme(Progress(tick))
    x = programme.variables("x", 1, high=4.5)
    programme.rows("most", (x, 1.0), high=4.0)
    assert isinstance(programme.solve([(x, 1.0)], **({"whole": x} if how else {})), Solution)
    return seconds[0]


@pytest.mark.parametrize("how", [{}, {"whole": True}], ids=["continuous", "whole"])
@pytest.mark.parametrize(
    ("tick", "seconds"),
    [(lambda share: None, np.inf), (Clock(np.inf), SECONDS), (Clock(0), LEAST_SECONDS)],
    ids=["no clock", "time left", "no time left"],
)
def test_the_solver_gets_the_time_that_is_left(tick: Tick, seconds: float, how: dict, monkeypatch) -> None:
    assert asked_seconds(monkeypatch, tick, **how) == seconds


@pytest.fixture
def hanging_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that is stopped at its time without an answer, as HiGHS tells it."""

    def stopped(*_: object, **__: object) -> OptimizeResult:
        return OptimizeResult(status=1, x=None, fun=None, mip_dual_bound=None)

    monkeypatch.setattr(linear_programme, "linprog", stopped)
    monkeypatch.setattr(linear_programme, "milp", stopped)


@pytest.mark.usefixtures("hanging_solver")
def test_a_solver_without_an_answer_is_no_conflict_of_limits() -> None:
    programme = Programme()
    x = programme.variables("x", 1, high=4.0)
    programme.rows("most", (x, 1.0), high=3.0, soft=1.0)
    assert programme.solve([(x, 1.0)]) == Unsolved() == programme.solve([(x, 1.0)], whole=x)


@pytest.mark.usefixtures("hanging_solver")
@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_goes_on_without_its_solver(name: str) -> None:
    """By moves of a few people alone; nothing is said of what no plan can beat."""
    search, words = SEARCHES[name]
    answer = search(PLAN, Clock(200))
    assert plans_of(answer)
    if isinstance(answer, BestPlan):
        assert answer.bound is answer.gap is None and answer.representative >= answer.own
        assert "None" not in said(words, answer, "en") and "beat" not in said(words, answer, "en")


@pytest.mark.usefixtures("hanging_solver")
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_nothing_to_give_the_terminal_says_so(language: str, tmp_path, capsys) -> None:
    with pytest.raises(OutOfTime):
        worth(PLAN, draws=512)
    file = tmp_path / "plan.toml"
    file.write_text("schema = 1\n", "utf-8")
    assert main(["worth", str(file), "--draws", "512", "--language", language]) == 1
    assert text("work.out_of_time", language, minutes="5") in capsys.readouterr().err


WITHOUT_A_PART: dict[str, Callable[[Tick], object]] = {
    "worth": lambda tick: worth(PLAN, draws=512, tick=tick),
    "explain": lambda tick: explain(base_year_of(PLAN, HUNAN, 512), PLAN, tick=tick),
    "ask first": lambda tick: ask(base_year_of(PLAN, HUNAN, 512), PLAN, draws=512, prior_draws=8, tick=tick),
}
"""Questions that have nothing to give before their end."""


@pytest.mark.parametrize("question", WITHOUT_A_PART)
def test_a_question_without_a_part_to_give_ends_at_its_time(question: str) -> None:
    clock = Clock(1)
    with pytest.raises(OutOfTime):
        WITHOUT_A_PART[question](clock)
    assert clock.ticks == 2
