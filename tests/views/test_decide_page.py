"""The Decide page without a browser, in both languages: every answer is the model's own, said in words, adopted in one
step and taken back in one."""

import io
import re
import time
from dataclasses import replace
from functools import cache
from html import unescape
from types import SimpleNamespace

import docx
import pytest
from one_page import PATIENCE, answered
from printed_figures import assert_adds_up, number
from remembered import ASK_FIRST, COMMANDS, EXPLAIN, remembered
from streamlit.testing.v1 import AppTest
from thorough import pairs, some

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.files.library import SETTING
from model.files.tables.staff_list import mid_split
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
from model.projection.base_year import base_year_of
from model.projection.comparison import compare
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.aims.target import read_targets
from model.search.engine.staffing_plan import Refusal
from model.search.worth import CRITERIA
from model.year.measures import HEADLINES, MEASURE
from views.decide.page import QUESTIONS as PAGE_QUESTIONS
from views.decide.parts.plan_parts import report_of
from views.shell.address.scenario_address import to_link

BASELINE = shipped_baseline("hunan-2021")
PLAN = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0, "targeted_share": 0.4})
QUESTIONS = list(PAGE_QUESTIONS)
OTHER = replace(PLAN, levers={**PLAN.levers, "rules": "2025", "decision_limit": "120"}, staff_list=mid_split(BASELINE))
DRAWS = 512
SAVED = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
FEW = {"ask.moved": "12"}
"""Few people moved: the searches are over soon."""


ANSWERS = {
    "questions.best_plan.find_best_plan": COMMANDS["find_best_plan"],
    "questions.worth.find_worth": COMMANDS["find_worth"],
    "questions.frontier.find_frontier": COMMANDS["find_frontier"],
    "questions.targets.plan_for_targets": COMMANDS["plan_for_targets"],
    "questions.robust.find_robust": COMMANDS["find_robust"],
    "questions.explain.explain_change": EXPLAIN,
    "questions.ask_first.ask": ASK_FIRST,
    "questions.not_done.project": remembered(project),
    "parts.plan_parts.compare": remembered(compare),
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer draws, fewer points of a frontier, and nothing worked out twice."""
    monkeypatch.setattr("views.decide.parts.answer_parts.DRAWS", DRAWS)
    monkeypatch.setattr("model.search.frontier.LEVELS", 3)
    monkeypatch.setattr("model.search.frontier.ALONG", 2)
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
    return [[*map(read, row)] for row in found]


def read(cell: str) -> str:
    """The words of a cell, as they are read."""
    return unescape(re.sub("<.*?>", "", cell))


def headed(app: AppTest) -> list[tuple[list[str], list[list[str]]]]:
    """Heads and cells of every table, without the bands under figures."""
    found = []
    for table in re.findall(r'<table class="figures.*?</table>', drawn(app), flags=re.DOTALL):
        head, body = re.sub(r"<small>.*?</small>", "", table).split("</thead>")
        lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", body)]
        heads = re.findall(r"<th[^>]*>(.*?)</th>", head)
        found.append(([*map(read, heads)], [[*map(read, line)] for line in lines]))
    return found


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


@cache
def of_few_people(language: str, question: str) -> AppTest:
    """The page of a question that moves few people; nobody touches it."""
    return opened(language, question, **FEW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_tables_of_an_answer_add_up_and_name_a_measure_as_every_page_does(question, language):
    app, walked = of_few_people(language, question), 0
    names = tuple(text(f"plan.headline_{id}", language, days="90") for id in HEADLINES)
    for heads, lines in headed(app):
        if text("decide.column_change", language) in heads:
            k = heads.index(text("decide.column_change", language))
            for line in lines:
                assert_adds_up(*(line[one].replace("%", "") for one in (k - 2, k - 1, k)), where=line[0])
        if heads[0] == text("decide.column_figure", language):
            assert all(line[0].startswith(names) for line in lines), lines
            walked += 1
        if heads[0] == text("moves.pool", language):
            assert [sum(number(line[k]) for line in lines) for k in (1, 2)] == [0, 0], "people move, none come"
            walked += 1
        if question == "frontier" and heads[0] == text("moves.people_moved", language):
            for amount, gain in ((4, 7), (5, 8)):
                others = [line for line in lines if re.search(r"\d", line[gain])]
                assert len({number(line[amount]) - number(line[gain]) for line in others}) == 1, heads[gain]
            walked += 1
        if question == "explain":
            for k in range(1, len(heads)):
                parts = [number(line[k]) for line in lines]
                assert sum(parts[:-1]) == pytest.approx(parts[-1], abs=1e-6), heads[k]
            walked += 1
    expected = {"best_plan": 2, "frontier": 3, "targets": 2, "robust": 2, "explain": 1}
    assert walked == expected.get(question, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_models_are_apart_by_what_their_printed_figures_say(language):
    worths = {"promise": 83_834.4, "representative": 83_780.6, "own": 82_842.0, "bound": 83_837.6}
    answer = SimpleNamespace(objective=OBJECTIVES["visits"], is_between=False, gap=3.2, **worths)
    said = best_plan_words.notes(answer, language)[0]
    printed = [number(one) for one in re.findall(r"[\d,]+(?= (?:visits a year|家次/年))", said)]
    assert printed == [83_834, 83_781, 82_842, 83_838, 4]
    assert {"zh": "低 53（", "en": "53 less ("}[language] in said


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_languages_show_the_same_figures_and_no_word_of_the_other(question):
    pages = {language: of_few_people(language, question) for language in LANGUAGES}
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


@pytest.mark.parametrize(("question", "scenario"), pairs(QUESTIONS, [OTHER, Scenario()]))
def test_every_question_has_an_answer_for_the_base_year_and_under_other_rules_with_a_staff_list(question, scenario):
    app = opened("en", question, replace(scenario, name={"zh": "<b onclick=x>:red[a] $x$"}), **FEW)
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


@pytest.mark.by_night
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


@pytest.mark.parametrize("goal", some(OBJECTIVES, 3))
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
    offered = [button.proto.label for button in app.get("download_button")]
    assert (text("paper.download", "zh") in offered) == found.beats_own


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_found_plan_is_taken_away_as_a_report_that_says_how_it_was_found(language):
    found = ANSWERS["questions.best_plan.find_best_plan"](
        PLAN, OBJECTIVES["visits"], limits(100.0), baseline=BASELINE, draws=DRAWS
    )
    plan = best_plan_words.named(found, replace(PLAN, name={"zh": "下沉", "en": "Sink"}))
    read = docx.Document(io.BytesIO(report_of(plan, language)))
    said = "\n".join(paragraph.text for paragraph in read.paragraphs)
    assert plan.note[language] in said and plan.name[language] in said.split("\n")[0]
    assert len(read.tables) >= 3 and len(read.inline_shapes) >= 1


@pytest.mark.by_night
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
    assert said(app) == answer and text("decide.is_adopted", "en") in "".join(part.value for part in app.markdown)
    moves = found.plan.scenario.levers["staff.moves"]
    assert app.query_params["staff.moves.province"] == f"{moves['province']:.0f}"
    on_plan = coherent(project(after)).measures
    for id in HEADLINES:
        on_page = coherent_pair(found.measures[id], MEASURE[id].unit).scenario
        assert vars(on_plan[id].total.scenario) == pytest.approx(vars(on_page), abs=1e-8)

    click(app, "undo")
    assert app.session_state["scenario"] == before and said(app) == answer
    assert key_of(app, "adopt-best_plan")


@pytest.mark.by_night
def test_a_plan_adopted_over_a_saved_one_is_a_copy_that_is_not_saved_and_the_file_stays(tmp_path, monkeypatch):
    monkeypatch.setenv(SETTING, str(tmp_path))
    mine = 'schema = 1\nname = "mine"  # my own words\n\n[staff.change]\ncity = -100\ncounty = 100\n'
    (tmp_path / "mine.toml").write_text(mine, "utf-8")
    app = opened("en", "best_plan", replace(SAVED, name={"en": "mine"}), file="mine")
    assert app.session_state["file"] == "mine"
    click(app, "adopt-best_plan")
    assert app.session_state["file"] != "mine" and "file" not in app.query_params
    click(app, "save")
    assert app.session_state["save-dialog"] == "save_as"
    assert (tmp_path / "mine.toml").read_text("utf-8") == mine
    assert app.session_state["files"][app.session_state["file"]].text == mine
    click(app, "undo")
    assert app.session_state["file"] == "mine"


@pytest.mark.by_night
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


@pytest.mark.by_night
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


@pytest.mark.by_night
def test_the_frontier_keeps_to_the_most_that_a_pool_may_change_and_says_where_the_plan_itself_changes_one_by_more():
    chosen = Limits(most_moved=12.0, pool_change=0.05)
    found = ANSWERS["questions.frontier.find_frontier"](PLAN, chosen, baseline=BASELINE, draws=DRAWS)
    app = opened("en", "frontier", **FEW, **{"ask.pool": "5"})
    assert shows(app, frontier_words.table(found, PLAN, "en"), "en")
    note = frontier_words.widened(found, 0.05, "en")
    assert "5%" in note and percent(found.limits.pool_change) in note and note in drawn(app)
    answered(app.slider[1].set_value(25).run())
    assert "ask.pool" not in app.query_params and note not in drawn(app)


@pytest.mark.by_night
@pytest.mark.parametrize("written", ["visits>=62900", "on_time_share>=0.99", "duty_met>=0.5;visits@changsha>=4000"])
def test_a_target_is_sought_as_the_model_seeks_it(written):
    targets, problems = read_targets(written.split(";"), BASELINE)
    found = ANSWERS["questions.targets.plan_for_targets"](
        PLAN, targets, probability=None, baseline=BASELINE, draws=DRAWS
    )
    app = opened("zh", "targets", **{"ask.targets": written})
    first, *others = targets_words.sentences(found, PLAN, BASELINE, "zh")
    on_page = [part.value for part in app.text]
    assert not problems and said(app) == first and set(others) <= set(on_page)
    assert shows(app, targets_words.table(found, PLAN, BASELINE, "zh"), "zh")
    own, beside = coherent(project(PLAN)), [caption.value for caption in app.caption]
    for remedy in found.remedies:
        assert targets_words.remedy_in_words(remedy, BASELINE, "zh") in on_page
        assert targets_words.reached_in_words(remedy, found, BASELINE, "zh") in beside
        told = targets_words.beside_in_words(own, coherent(project(remedy.adopted)), "zh")
        assert not told or told in beside, "cases that change much are said where the remedy is offered"


def test_targets_are_set_with_boxes_and_start_from_what_is_now(monkeypatch):
    """Whatever is found for them, which takes long."""
    basis = {}
    monkeypatch.setattr("views.decide.parts.answer_parts.DRAWS", 1024)
    monkeypatch.setattr(
        "views.decide.questions.targets.plan_for_targets",
        lambda *asked, **settings: basis.update(settings) or Refusal(),
    )
    app = opened("en", "targets")
    assert basis["draws"] == 1024
    boxes = [box.value for box in app.selectbox if box.key.startswith("target-")]
    assert boxes == ["on_time_share", "total", "duty_met", "total"]
    click(app, "target-1-away")
    click(app, "target-add")
    assert app.query_params["ask.targets"].startswith("on_time_share>=0.9;visits>=")
    now = targets_words.as_now("visits", "total", coherent(project(PLAN)))
    assert app.number_input[1].value == now.value
    answered(app.number_input[0].set_value(80.0).run())
    assert app.query_params["ask.targets"].startswith("on_time_share>=0.8;")


@pytest.mark.by_night
def test_a_target_that_cannot_be_read_is_told_and_a_relief_is_adopted_with_the_moves():
    app = opened("en", "targets", **{"ask.targets": "vists>=9"})
    assert said(app) == text("targets.none", "en")
    app = opened("en", "targets", **{"ask.targets": "on_time_share>=0.99"})
    targets, _ = read_targets(["on_time_share>=0.99"], BASELINE)
    found = ANSWERS["questions.targets.plan_for_targets"](
        PLAN, targets, probability=None, baseline=BASELINE, draws=DRAWS
    )
    click(app, "adopt-targets-remedy-0")
    assert app.session_state["scenario"].levers == found.remedies[0].scenario.levers


@pytest.mark.by_night
@pytest.mark.parametrize("goal", some(["worst_off", "visits"], 1))
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
