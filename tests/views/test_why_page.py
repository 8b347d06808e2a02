"""Why, on the pages: the sentence and the way, three examples, links to assumptions, before and after a change."""

from html import unescape

import pytest
from one_page import drawn_html, opened_page
from streamlit.testing.v1 import AppTest

from model import Scenario, project, shipped_baseline
from model.files.tables.staff_list import mid_split
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.markup import figures_unbroken
from model.outputs.phrasing.numbers import change, unit_word
from model.outputs.why.sentence import sentence, sentences
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of, follows_from
from model.projection.why.why import Why, why
from model.scenario.scenario import ChangedAssumption
from model.year.measures import HEADLINES, MEASURE
from views.evidence.effect import CHANGED, row
from views.plan.at_rest import QUESTIONS
from views.plan.opening import story_levers
from views.shell.address.scenario_address import to_link
from views.shell.session.work import Stopped

HUNAN = shipped_baseline("hunan-2021")
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})


class Done:
    """Work that is over."""

    over, failure, stopped = True, None, False

    def __init__(self, answer: Why):
        self.answer = answer


def stories_on(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key.startswith("story-")]


def number(written: str) -> float:
    return float(written.replace("−", "-").replace(",", "").removesuffix(" 个百分点").rstrip("%"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_why_once_that_is_worked_out(language: str) -> None:
    app = opened_page("plan", language, **to_link(SINK))
    assert text("why.at_work", language) in drawn_html(app)
    projection = coherent(project(SINK))
    found = why(base_year_of(SINK, HUNAN), projection)
    app.session_state["why-work"] = (follows_from(SINK), Done(found))
    app.run()
    assert not app.exception
    assert figures_unbroken(sentence(found, projection, HUNAN, language)) in drawn_html(app)
    _, other = sentences(found, projection, HUNAN, language)
    assert change(projection.measures["visits"].total.difference.p50, "people").lstrip("+") in other
    assert figures_unbroken(other) in drawn_html(app), "cases are told first; a planner asks about visits as well"
    before = text("plan.say_before", language)
    assert before not in drawn_html(app)
    app.session_state["why-work"] = (None, None)
    app.run()
    assert before in drawn_html(app), "the answer on another plan says that it is one"
    told = figures_unbroken(sentence(found, projection, HUNAN, language))
    assert f'<span class="before">{told}</span>' in drawn_html(app), "and is not read"
    charts = [chart.proto for chart in app.get("vega_lite_chart")]
    assert len(charts) == 5 + len(HEADLINES), "five of the page, and the way of each headline figure"


def test_work_on_a_plan_that_has_changed_is_stopped() -> None:
    class Running:
        over, failure, stopped = False, None, False

        def stop(self) -> None:
            self.stopped = True

    app = opened_page("plan", "zh", **to_link(SINK))
    old = Running()
    app.session_state["why-work"] = (follows_from(Scenario(levers={"other_duties_cut": 0.1})), old)
    app.run()
    assert not app.exception
    assert app.session_state["why-work"][1].stopped


@pytest.mark.parametrize("question", QUESTIONS)
def test_either_work_can_be_stopped_on_its_way(question: str) -> None:
    def stop(share: float) -> float:
        raise Stopped

    with pytest.raises(Stopped):
        QUESTIONS[question](Scenario(levers={"staff.change.city": -93.0, "staff.change.county": 93.0}), stop)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_says_what_it_is_and_offers_three_examples(language: str) -> None:
    app = opened_page("plan", language)
    assert HUNAN.source[language] in unescape(drawn_html(app)), "from which report"
    assert stories_on(app) == ["story-sink", "story-time", "story-offsite"]


@pytest.mark.parametrize("story", ["sink", "time", "offsite"])
def test_an_example_is_one_step_to_undo_and_leaves_the_screen(story: str) -> None:
    app = opened_page("plan", "zh")
    app.button(key=f"story-{story}").click().run()
    assert not app.exception
    assert app.session_state.scenario.levers == story_levers(HUNAN)[story]
    assert len(app.session_state.past) == 1
    assert stories_on(app) == []


def test_what_a_chart_rests_on_are_links_to_where_it_is_changed() -> None:
    drawn = drawn_html(opened_page("plan", "zh", **to_link(SINK)))
    linked = [part.split('"')[0] for part in drawn.split('data-number="')[1:]]
    assert len(linked) >= 9
    assert all(id.removeprefix("assumption.") in HUNAN.assumptions for id in linked)


def test_a_changed_assumption_shows_the_results_before_and_after() -> None:
    before = SINK
    after = SINK.with_decisions(assumptions={"site_days": ChangedAssumption(0.3, 0.4, 0.5, "try")})
    was, now = coherent(project(before)), coherent(project(after))
    for id in HEADLINES:
        name, *figures = row(id, was, now, "zh")
        assert unit_word(MEASURE[id].unit, "zh") in name
        if MEASURE[id].unit == "share" and figures[-1] != "0":
            assert figures[-1].endswith("个百分点")
        first, second, difference = map(number, figures)
        assert first + difference == pytest.approx(second), (id, figures)
    app = opened_page("evidence", "zh", **to_link(after))
    assert text("evidence_page.effect_title", "zh") not in drawn_html(app)
    app.session_state["evidence-chosen"] = "assumption.site_days"
    app.session_state[CHANGED] = ("site_days", before, after)
    app.run()
    assert not app.exception
    assert text("evidence_page.effect_title", "zh") in drawn_html(app)


def test_with_a_staff_list_the_chart_of_people_rests_on_no_assumed_split() -> None:
    listed = SINK.with_decisions(staff_list=mid_split(HUNAN))
    app = opened_page("plan", "zh", **to_link(listed))
    drawn = drawn_html(app)
    assert 'data-number="assumption.staff_city"' not in drawn.split('class="rests"')[1]
    assert text("plan.rests_on_none", "zh") in drawn
