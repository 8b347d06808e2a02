"""The Decide page without a browser, in both languages: every answer is the model's own, said in words, adopted in one
step and taken back in one."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.evidence.baseline import Baseline
from model.files.staff_list import mid_split
from model.outputs.answers import (
    ask_first as ask_first_words,
)
from model.outputs.answers import best_plan as best_plan_words
from model.outputs.answers import explain as explain_words
from model.outputs.answers import found_plan
from model.outputs.answers import frontier as frontier_words
from model.outputs.answers import not_done as not_done_words
from model.outputs.answers import robust as robust_words
from model.outputs.answers import targets as targets_words
from model.outputs.answers import worth as worth_words
from model.outputs.answers.answer_table import Table, capital
from model.outputs.phrasing.coherence import (
    coherent,
    coherent_comparison,
    coherent_explanation,
    coherent_pair,
)
from model.outputs.phrasing.numbers import percent
from model.outputs.words import LANGUAGES, text
from model.projection.ask_first import ask
from model.projection.base_year import BaseYear, base_year_of
from model.projection.comparison import compare
from model.projection.explain import explain
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.aims.target import read_targets
from model.search.best_plan import best_plan
from model.search.frontier import frontier
from model.search.robust import robust
from model.search.targets import plan_for_targets
from model.search.worth import CRITERIA, worth
from model.year.measures import HEADLINES, MEASURE
from views.decide.page import QUESTIONS as PAGE_QUESTIONS
from views.shell.address.scenario_address import to_link

BASELINE = shipped_baseline("hunan-2021")
PLAN = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0, "targeted_share": 0.4})
QUESTIONS = list(PAGE_QUESTIONS)
OTHER = replace(PLAN, levers={**PLAN.levers, "rules": "2025", "decision_limit": "120"}, staff_list=mid_split(BASELINE))
DRAWS = 512
FEW = {"ask.moved": "12"}
"""Few people moved: the searches are over soon."""
PATIENCE = 60.0


def remembered(function: Callable) -> Callable:
    """The function, run once for the same scenario and settings: pages and expectations share its answers."""
    known: dict[str, object] = {}

    def answer(*args: object, tick: object = None, **settings: object) -> object:
        given = [one for one in (*args, *settings.values()) if not isinstance(one, Baseline | BaseYear)]
        if repr(given) not in known:
            known[repr(given)] = function(*args, **settings)
        return known[repr(given)]

    return answer


ANSWERS = {
    "questions.best_plan.find_best_plan": remembered(best_plan),
    "questions.worth.find_worth": remembered(worth),
    "questions.frontier.find_frontier": remembered(frontier),
    "questions.targets.plan_for_targets": remembered(plan_for_targets),
    "questions.robust.find_robust": remembered(robust),
    "questions.explain.explain_change": remembered(explain),
    "questions.ask_first.ask": remembered(partial(ask, draws=2048, prior_draws=32)),
    "questions.not_done.project": remembered(project),
    "parts.plan_parts.compare": remembered(compare),
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer draws, and nothing worked out twice."""
    monkeypatch.setattr("views.decide.parts.answer_parts.DRAWS", DRAWS)
    for place, function in ANSWERS.items():
        monkeypatch.setattr(f"views.decide.{place}", function)


def page() -> None:
    from views.decide.page import decide
    from views.shell.session import session

    session.start()
    decide()


def opened(language: str, question: str, scenario: Scenario = PLAN, **address: str) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for key, value in {**to_link(scenario), "lang": language, "ask": question, **address}.items():
        app.query_params[key] = value
    return answered(app.run())


def answered(app: AppTest) -> AppTest:
    """The page once its answer is there."""
    deadline = time.monotonic() + PATIENCE
    while any(button.key.startswith("stop-") for button in app.button) and time.monotonic() < deadline:
        time.sleep(0.1)
        app.run()
    assert not app.exception, app.exception
    return app


def drawn(app: AppTest) -> str:
    return re.sub(r"<style.*?</style>", "", "\n".join(part.proto.body for part in app.get("html")), flags=re.DOTALL)


def said(app: AppTest) -> str:
    return unescape(re.search(r'<p class="answer" role="status">(.*?)</p>', drawn(app))[1])


def rows(app: AppTest, place: int = 0) -> list[list[str]]:
    """Names and figures of a table; bands under a figure and other words left out."""
    tables = re.findall(r'<table class="figures.*?<tbody>(.*?)</tbody>', drawn(app), flags=re.DOTALL)
    body = re.sub(r"<small>.*?</small>", "", tables[place])
    found = [
        re.findall(r'<t(?:h|d(?! class="text"))[^>]*>(.*?)</t[hd]>', row) for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]
    return [[unescape(cell) for cell in row] for row in found]


def tables(app: AppTest) -> list[list[list[str]]]:
    return [rows(app, place) for place in range(drawn(app).count('<table class="figures'))]


def shows(app: AppTest, table: Table, language: str) -> bool:
    """Whether the page draws this table, figure for figure."""
    wanted = [
        [capital(name), *(cell for cell, raw in zip(cells, raws, strict=True) if not isinstance(raw, str))]
        for (name, *cells), (_, *raws) in zip(table.written(language), table.rows, strict=True)
    ]
    return wanted in tables(app)


def limits(moved: float) -> Limits:
    return Limits(most_moved=moved)


def key_of(app: AppTest, name: str):
    return next((button for button in app.button if button.key == name), None)


def choose(app: AppTest, question: str) -> AppTest:
    return next(group for group in app.segmented_control if group.key.startswith("ask-")).set_value(question).run()


def click(app: AppTest, name: str) -> AppTest:
    return answered(key_of(app, name).click().run())


# Every question.


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_languages_show_the_same_figures_and_no_word_of_the_other(question):
    pages = {language: opened(language, question, **FEW) for language in LANGUAGES}
    written = {}
    for language, app in pages.items():
        words = [drawn(app), *(part.value for part in (*app.caption, *app.markdown)), *(b.label for b in app.button)]
        words += [chart.proto.alt_text for chart in app.get("vega_lite_chart") if hasattr(chart.proto, "alt_text")]
        written[language] = unescape("\n".join(words)).replace("中文", "")
    assert not re.search("[\u4e00-\u9fff]", written["en"])
    assert said(pages["zh"]) and said(pages["en"]) != said(pages["zh"])
    numbers = {language: [row[1:] for row in rows(app)] for language, app in pages.items()}
    chances = re.compile(r"100 次中 (\d+) 次")  # Chinese says of how many first
    digits = {
        language: [
            [re.sub(r"[^\d.,−+%/]", "", chances.sub(r"\1/100", cell).replace(" of ", "/")) for cell in row]
            for row in table
        ]
        for language, table in numbers.items()
    }
    assert digits["zh"] == digits["en"] and digits["zh"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_an_answer_for_the_base_year(question):
    assert said(opened("zh", question, Scenario(), **FEW))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_an_answer_under_other_rules_with_a_staff_list_and_an_odd_name(question):
    app = opened("en", question, replace(OTHER, name={"zh": "<b onclick=x>:red[a] $x$"}), **FEW)
    assert said(app)
    assert "<b onclick" not in drawn(app) and "<b onclick=x>:red[a] $x$" in [box.value for box in app.text_input]


@pytest.mark.parametrize("question", QUESTIONS)
def test_assumptions_that_do_not_fit_the_report_are_refused_with_a_way_back(question):
    impossible = replace(PLAN, assumptions={"site_days": ChangedAssumption(12.0, 13.0, 14.0, "x")})
    app = opened("zh", question, impossible)
    assert text("plan.too_few_title", "zh") in drawn(app)
    assert key_of(app, "take-back")


# What an address asks.


def test_only_the_question_asked_is_worked_out():
    assert set(opened("zh", "explain").session_state["work"]) == {"explain"}
    assert set(opened("zh", "nonsense").session_state["work"]) == {QUESTIONS[0]}


def test_another_question_stops_the_one_before_and_coming_back_asks_it_anew(monkeypatch):
    def endless(base, scenario, tick):
        while True:
            time.sleep(0.01)
            tick(0.1)

    monkeypatch.setattr("views.decide.questions.ask_first.ask", endless)
    app = AppTest.from_function(page, default_timeout=60)
    app.query_params["ask"] = "ask_first"
    app.run()
    left = app.session_state["work"]["ask_first"][1]
    assert key_of(app, "stop-ask_first") and not left.over
    choose(app, "not_done")
    left.wait(PATIENCE)
    assert left.over and left.stopped and set(app.session_state["work"]) == {"not_done"}
    choose(app, "ask_first")
    assert app.session_state["work"]["ask_first"][1] is not left and key_of(app, "stop-ask_first")
    app.session_state["work"]["ask_first"][1].stop()


@pytest.mark.parametrize("given", ["-5", "1e9", "0x10", "12.5", "", "９", "999999999999999999999"])
def test_a_number_in_an_address_that_is_none_or_too_large_is_passed_over(given):
    app = opened("en", "best_plan", Scenario(), **{"ask.moved": given})
    assert app.slider[0].value == 118


def test_another_question_and_setting_stand_in_the_address_and_the_first_choices_do_not():
    app = opened("en", "best_plan")
    app.slider[0].set_value(60).run()
    answered(choose(app, "explain"))
    assert app.query_params["ask"] == "explain" and app.query_params["ask.moved"] == "60"
    answered(choose(app, QUESTIONS[0]))
    assert "ask" not in app.query_params and app.slider[0].value == 60


OLD_ADDRESSES = {
    "plan": "best_plan",
    "more": "worth",
    "frontier": "frontier",
    "target": "targets",
    "safe": "robust",
    "credit": "explain",
    "first": "ask_first",
    "undone": "not_done",
}
"""The questions as version 1.1.0 wrote them into an address."""


@pytest.mark.parametrize("old", OLD_ADDRESSES)
def test_an_address_of_version_1_1_0_opens_its_question_and_ends_on_the_new_address(old):
    app = opened("en", old, **FEW, **{"ask.goal": "duty"})
    new = OLD_ADDRESSES[old]
    assert set(app.session_state["work"]) <= {new, f"{new}:figures"} and new in app.session_state["work"]
    asked = {key: value for key, value in app.query_params.items() if key.partition(".")[0] == "ask"}
    assert asked == {"ask": new, "ask.moved": "12", "ask.goal": "duty"}


def test_the_plan_shown_beside_the_safe_one_is_carried_over_from_an_old_address():
    app = opened("en", "safe", **FEW, **{"ask.safe": "representative"})
    assert app.query_params["ask.robust"] == "representative" and "ask.safe" not in app.query_params
    shown = next(group for group in app.segmented_control if group.key.startswith("ask.robust"))
    assert shown.value == "representative"


# Best plan.


@pytest.mark.parametrize("goal", OBJECTIVES)
def test_the_best_plan_is_the_models_own(goal):
    found = ANSWERS["questions.best_plan.find_best_plan"](
        PLAN, OBJECTIVES[goal], limits(100.0), baseline=BASELINE, draws=DRAWS
    )
    app = opened("zh", "best_plan", **{"ask.goal": goal})
    assert said(app) == best_plan_words.sentence(found, PLAN, "zh")
    assert shows(app, best_plan_words.figures(found, PLAN, "zh"), "zh")
    for line in best_plan_words.notes(found, "zh"):
        assert line in unescape(drawn(app))
    assert bool(key_of(app, "adopt-best_plan")) == found.beats_own


def test_a_plan_found_is_adopted_in_one_step_and_keeps_its_answer_and_undo_takes_it_back(monkeypatch):
    monkeypatch.setattr("views.decide.parts.answer_parts.DRAWS", 4096)
    app = opened("en", "best_plan", replace(PLAN, name={"en": "own"}))
    before, steps, answer = app.session_state["scenario"], len(app.session_state["past"]), said(app)
    click(app, "adopt-best_plan")
    found = ANSWERS["questions.best_plan.find_best_plan"](
        PLAN, OBJECTIVES["visits"], limits(100.0), baseline=BASELINE, draws=4096
    )
    after = app.session_state["scenario"]
    assert after == replace(before, levers=found.plan.scenario.levers)
    assert app.session_state["past"][-1][0] == before and len(app.session_state["past"]) == steps + 1
    assert said(app) == answer and text("decide.is_current", "en") in "".join(part.value for part in app.markdown)
    moves = found.plan.scenario.levers["staff.moves"]
    assert app.query_params["staff.moves.province"] == f"{moves['province']:.0f}"
    on_plan = coherent(project(after)).measures
    for id in HEADLINES:
        on_page = coherent_pair(found.measures[id], MEASURE[id].unit).scenario
        assert vars(on_plan[id].total.scenario) == pytest.approx(vars(on_page), abs=1e-8)

    click(app, "undo")
    assert app.session_state["scenario"] == before and said(app) == answer
    assert key_of(app, "adopt-best_plan")


def test_limits_that_stand_against_each_other_are_told_in_words():
    posts = Scenario(levers={"staff.new_posts": 500.0, "staff.change.county": 500.0})
    app = opened("en", "best_plan", posts, **{"ask.held": "province+city+county"})
    assert said(app) == text("best_plan.no_plan", "en")
    assert "<li>" in drawn(app) and not key_of(app, "adopt-best_plan")


def test_a_plan_that_gains_nothing_is_not_offered():
    app = opened("zh", "best_plan", Scenario(), **{"ask.moved": "0"})
    assert not key_of(app, "adopt-best_plan")
    assert text("best_plan.goal_visits", "zh") in said(app)


# The other questions.


@pytest.mark.parametrize("criterion", CRITERIA)
def test_what_one_more_is_worth_is_the_models_own(criterion):
    found = ANSWERS["questions.worth.find_worth"](PLAN, baseline=BASELINE, draws=DRAWS)
    app = opened("zh", "worth", **{"ask.worth": criterion})
    first, *others = worth_words.sentences(found, criterion, "zh")
    assert said(app) == first and set(others) <= {part.value for part in app.text}
    for which in worth_words.TABLES:
        assert shows(app, worth_words.table(which, found, criterion, BASELINE, "zh"), "zh")


def test_the_frontier_is_the_models_own_and_any_of_its_plans_can_be_adopted():
    found = ANSWERS["questions.frontier.find_frontier"](PLAN, limits(12.0), baseline=BASELINE, draws=DRAWS)
    app = opened("zh", "frontier", **FEW, **{"ask.point": "2"})
    first, trade = frontier_words.sentences(found, PLAN, "zh")
    assert said(app) == first and trade in [part.value for part in app.text]
    assert shows(app, frontier_words.table(found, PLAN, "zh"), "zh")
    plan = found.points[2].plan.scenario
    beside = found_plan.paired_measures(
        coherent_comparison(ANSWERS["parts.plan_parts.compare"]([PLAN, plan], draws=DRAWS))
    )
    assert shows(app, found_plan.figures(beside, PLAN, plan, "zh"), "zh")
    click(app, "adopt-frontier")
    assert app.session_state["scenario"].levers == plan.levers


def test_the_frontier_keeps_to_the_most_that_a_pool_may_change_and_says_where_the_plan_itself_changes_one_by_more():
    chosen = Limits(most_moved=12.0, pool_change=0.05)
    found = ANSWERS["questions.frontier.find_frontier"](PLAN, chosen, baseline=BASELINE, draws=DRAWS)
    app = opened("en", "frontier", **FEW, **{"ask.pool": "5"})
    assert shows(app, frontier_words.table(found, PLAN, "en"), "en")
    note = frontier_words.widened(found, 0.05, "en")
    assert "5%" in note and percent(found.limits.pool_change) in note and note in drawn(app)
    answered(app.slider[1].set_value(25).run())
    assert "ask.pool" not in app.query_params and note not in drawn(app)


@pytest.mark.parametrize("written", ["visits>=62900", "on_time_share>=0.99", "duty_met>=0.5;visits@changsha>=4000"])
def test_a_target_is_sought_as_the_model_seeks_it(written):
    targets, problems = read_targets(written.split(";"), BASELINE)
    found = ANSWERS["questions.targets.plan_for_targets"](PLAN, targets, probability=None, baseline=BASELINE)
    app = opened("zh", "targets", **{"ask.targets": written})
    first, *others = targets_words.sentences(found, PLAN, BASELINE, "zh")
    on_page = [part.value for part in app.text]
    assert not problems and said(app) == first and set(others) <= set(on_page)
    assert shows(app, targets_words.table(found, PLAN, BASELINE, "zh"), "zh")
    for remedy in found.remedies:
        assert targets_words.remedy_in_words(remedy, BASELINE, "zh") in on_page


def test_targets_are_set_with_boxes_and_start_from_what_is_now():
    app = opened("en", "targets")
    boxes = [box.value for box in app.selectbox if box.key.startswith("target-")]
    assert boxes == ["on_time_share", "total", "duty_met", "total"]
    click(app, "target-1-away")
    click(app, "target-add")
    assert app.query_params["ask.targets"].startswith("on_time_share>=0.9;visits>=")
    now = targets_words.as_now("visits", "total", coherent(project(PLAN)))
    assert app.number_input[1].value == now.value
    answered(app.number_input[0].set_value(80.0).run())
    assert app.query_params["ask.targets"].startswith("on_time_share>=0.8;")


def test_a_target_that_cannot_be_read_is_told_and_a_relief_is_adopted_with_the_moves():
    app = opened("en", "targets", **{"ask.targets": "vists>=9"})
    assert said(app) == text("targets.none", "en")
    app = opened("en", "targets", **{"ask.targets": "on_time_share>=0.99"})
    targets, _ = read_targets(["on_time_share>=0.99"], BASELINE)
    found = ANSWERS["questions.targets.plan_for_targets"](PLAN, targets, probability=None, baseline=BASELINE)
    click(app, "adopt-targets-remedy-0")
    assert app.session_state["scenario"].levers == found.remedies[0].scenario.levers


@pytest.mark.parametrize("goal", ["visits", "worst_off"])
def test_the_safe_plan_stands_beside_the_best_one_and_either_can_be_adopted(goal):
    found = ANSWERS["questions.robust.find_robust"](
        PLAN, OBJECTIVES[goal], limits(12.0), level=0.9, baseline=BASELINE, draws=DRAWS
    )
    app = opened("zh", "robust", **FEW, **{"ask.goal": goal})
    assert said(app) == robust_words.sentence(found, "zh")
    assert shows(app, robust_words.table(found, "zh"), "zh")
    chosen = opened("zh", "robust", **FEW, **{"ask.goal": goal, "ask.robust": "representative"})
    click(chosen, "adopt-robust")
    assert chosen.session_state["scenario"].levers == found.representative.plan.scenario.levers


def test_parts_unknowns_and_what_is_not_done_are_the_models_own():
    base = base_year_of(PLAN, BASELINE, DRAWS)
    credit, first, undone = (opened("zh", question) for question in ("explain", "ask_first", "not_done"))
    parts = coherent_explanation(ANSWERS["questions.explain.explain_change"](base, PLAN))
    assert shows(credit, explain_words.table(parts, PLAN, BASELINE, "zh"), "zh")
    found = ANSWERS["questions.ask_first.ask"](base, PLAN)
    assert shows(first, ask_first_words.table(found, BASELINE.assumptions, "zh"), "zh")
    assert ask_first_words.clauses(found, BASELINE, "zh")[0].body[1:] in said(first)
    assert shows(undone, not_done_words.table(project(PLAN, draws=DRAWS), BASELINE, "zh"), "zh")


def test_the_base_year_has_nothing_to_share_out():
    assert said(opened("en", "explain", Scenario())) == text("explain.no_decision", "en")
