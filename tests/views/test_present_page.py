"""The Present page without a browser: what stands on a slide, what the address carries, what the presenter can set."""

import json
import re
from functools import cache
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario, project
from model.files.library import Library
from model.files.library.library import SETTING
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import amount
from model.outputs.story import large_charts
from model.outputs.story.plan_story import plan_story
from model.outputs.story.story import LIMITS, Story
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of, baseline_of
from model.projection.stability import stability
from model.projection.why.why import why
from model.year.measures import HEADLINES

MOVED = {"staff.change.city": -100.0, "staff.change.county": 100.0}


def page() -> None:
    from views.present.page import present
    from views.shell.session import session

    session.start()
    session.enter_page("present")
    present()


def opened(language: str, **address: object) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for key, value in {"lang": language, **address}.items():
        app.query_params[key] = str(value)
    app.run()
    assert not app.exception
    return app


def moved(language: str, **address: object) -> AppTest:
    return opened(language, **MOVED, **address)


def slide(app: AppTest) -> str:
    (found,) = [part.proto.body for part in app.get("html") if '<article class="slide"' in part.proto.body]
    return found


def shown(app: AppTest) -> str:
    return re.search(r'data-slide="(\w+)"', slide(app))[1]


def told_to(app: AppTest, word: str) -> dict:
    """What the server tells the component that gets this word."""
    found = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return next(data for data in found if word in data)


def bar(app: AppTest) -> dict:
    """What the server tells the keys and buttons."""
    return told_to(app, "at")


def notes(app: AppTest) -> dict:
    """What the server tells the presenter's own window."""
    return told_to(app, "lines")


@cache
def told(language: str) -> Story:
    scenario = Scenario(levers=MOVED)
    baseline, projection = baseline_of(scenario), coherent(project(scenario))
    base = base_year_of(scenario, baseline)
    return plan_story(projection, baseline, language, stability(base, projection), why(base, projection))


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_of_the_story_is_drawn_with_all_its_words(language):
    story, app = told(language), moved(language)
    for one in story.slides:
        app.session_state["slide"] = one.id
        app.run()
        drawn = re.sub(r'<span class="figure-with-unit">(.*?)</span>', r"\1", slide(app))
        words = unescape(re.sub(r"<[^>]*>", " ", drawn))
        assert shown(app) == one.id
        parts = [one.headline, one.lead, *one.points]
        parts += [part for figure in one.figures for part in (figure.value, figure.unit, figure.change, *figure.lines)]
        parts += [option for question in one.questions for option in question.options]
        parts += [cell for row in (one.table.rows if one.table else ()) for cell in row]
        assert all(part in words for part in parts), [part for part in parts if part not in words]
        assert len(app.get("vega_lite_chart")) == len(one.charts)
        assert notes(app)["lines"][: len(one.notes)] == list(one.notes)
        assert bar(app)["ids"] == [slide.id for slide in story.slides]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_figures_are_the_models(language):
    measures = coherent(project(Scenario(levers=MOVED))).measures
    drawn = slide(moved(language, slide="gives"))
    assert re.findall(r'data-figure="(\w+)"', drawn) == list(HEADLINES)
    values = [amount(measures[id].total.scenario.p50, measures[id].unit) for id in HEADLINES]
    assert re.findall(r'class="value at"[^>]*>.*?<b>(.*?)</b>', drawn) == values
    before = [amount(measures[id].total.base.p50, measures[id].unit) for id in HEADLINES]
    assert re.findall(r'class="value at"[^>]*><i>(.*?) →</i>', drawn) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_band_of_a_change_in_points_and_the_lever_of_points_say_their_unit(language):
    app, points = moved(language, slide="gives"), text("plan.points", language)
    (on_time,) = re.findall(r'data-figure="on_time_share".*?(?=data-figure|$)', slide(app), re.DOTALL)
    band = text("story.change_band", language, span="").strip()
    words = unescape(re.sub(r"<[^>]*>", "", on_time))
    assert re.search(rf"{band} [^△]*{points}", words), words
    assert app.slider[0].proto.format.endswith(points)


def test_the_answer_is_not_on_the_page_before_its_slide():
    question, answer = (moved("zh", slide=id) for id in ("question", "answer"))
    (first, *_) = told("zh").slides[2].questions
    assert first.answer not in slide(question) and 'class="right' not in slide(question)
    assert first.answer in slide(answer) and slide(answer).count('class="right') == 3


def test_without_a_slide_or_with_one_that_is_none_the_story_begins_at_its_beginning():
    assert shown(opened("zh")) == shown(opened("zh", slide="nonsense")) == "cover"
    assert shown(opened("zh", slide="move")) == "cover", "the base year moves nothing"


def test_the_address_carries_choice_and_order_and_the_limits_close():
    app = moved("en", slides="gives/nonsense/question", slide="answer")
    assert bar(app)["ids"] == ["gives", "question", "answer", LIMITS]
    assert shown(app) == "answer"
    assert "slides=" not in slide(app) and app.session_state["address"]["slides"] == "gives/nonsense/question"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_is_told_of_the_plans_chosen_for_it(language):
    app = opened(language, story="comparison", compare="_base/finish-merging/cut-other-duties", slide="side")
    assert bar(app)["ids"][:3] == ["cover", "situation", "who"]
    measure = coherent(project(Scenario(levers={"other_duties_cut": 0.1}))).measures["visits"]
    assert amount(measure.total.scenario.p50, measure.unit) in slide(app)


def test_a_name_is_shown_as_text_whatever_it_holds():
    for id in ("cover", "limits"):
        drawn = slide(moved("zh", name="<img src=x onerror=y>:red[a] $x$", slide=id))
        assert "<img" not in drawn and "&lt;img src=x onerror=y&gt;:red[a] $x$" in drawn


def test_assumptions_that_do_not_fit_the_report_get_reasons_instead_of_a_slide():
    wrong = {f"assumptions.complaint_days.{key}": value for key, value in (("low", 20), ("mid", 25), ("high", 30))}
    app = opened("en", **wrong, **{"assumptions.complaint_days.reason": "a test"})
    assert not [part for part in app.get("html") if '<article class="slide"' in part.proto.body]
    assert any(text("plan.too_few_title", "en") in part.proto.body for part in app.get("html"))
    assert [button.label for button in app.button] == [text("present.leave", "en")], "the way back"


def has_force_bar(app: AppTest) -> bool:
    bars = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return any("handles" in data.get("words", {}) for data in bars)


def test_levers_stand_under_every_slide_of_a_plan_and_under_none_of_a_comparison():
    for id in ("cover", "move", "binds", LIMITS):
        app = moved("zh", slide=id)
        assert has_force_bar(app) and len(app.slider) == len(app.number_input) == 1, id
    app = opened("zh", story="comparison", compare="_base/finish-merging", slide="side")
    assert not has_force_bar(app) and not app.slider and not app.number_input


def buttons(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key in ("put-back", "keep-variant")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trial_has_its_badge_until_it_is_put_back_and_its_figures_are_the_models(language):
    app = moved(language, name="Plan", slide="gives")
    told = slide(app)
    assert not buttons(app)
    app.slider[0].set_value(5).run()
    tried = Scenario(levers={**MOVED, "other_duties_cut": 0.05})
    visits = coherent(project(tried)).measures["visits"].total.scenario.p50
    assert amount(visits, "visits a year") in slide(app) and amount(visits, "visits a year") not in told
    assert buttons(app) == ["put-back", "keep-variant"]
    assert any(text("present.trial", language) in part.proto.body for part in app.get("html"))
    app.button(key="put-back").click().run()
    assert slide(app) == told and not buttons(app)
    assert app.session_state["scenario"].levers == MOVED and app.slider[0].value == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Plan", "", "P" * 90])
def test_slides_notes_and_file_of_a_trial_are_called_a_trial_and_have_its_figures(language, name):
    """They carried the name of the saved plan over the figures of what was tried on it."""
    app = moved(language, name=name, slide="gives")
    was, trial = notes(app)["lines"], text("present.trial", language)
    called = text("present.trial_of", language, name="").strip() if name else trial
    assert called not in slide(app)
    app.slider[0].set_value(5).run()
    assert f"{called}</span>" in slide(app).split('class="foot')[1], "the foot of every slide"
    assert notes(app)["headline"] in unescape(re.sub(r"<[^>]*>", "", slide(app))) and notes(app)["lines"] != was
    assert text("present.file_of_trial", language) in [caption.value for caption in app.caption]
    telling = app.session_state["download_inputs"].presentation
    assert telling.story.title.endswith(called) and telling.passport.title.endswith(called)
    assert next(one for one in telling.story.slides if one.id == "cover").headline.endswith(called)
    move = next(one for one in telling.story.slides if one.id == "move")
    assert any("5" in cell for cell in move.table.rows[-1]), "what is tried is among the decisions"
    app.button(key="put-back").click().run()
    assert called not in slide(app) and notes(app)["lines"] == was
    assert text("present.file_of_trial", language) not in [caption.value for caption in app.caption]


def present_or_other_page() -> None:
    import streamlit as st

    from views.present.page import present
    from views.shell.session import session

    session.start()
    session.enter_page(st.session_state.get("at", "present"))
    if st.session_state.page == "present":
        present()


def test_whoever_leaves_the_presentation_by_a_link_leaves_the_trial_there():
    app = AppTest.from_function(present_or_other_page, default_timeout=60)
    for key, value in {"lang": "zh", "slide": "gives", **MOVED}.items():
        app.query_params[key] = str(value)
    app.run()
    app.slider[0].set_value(5).run()
    assert app.session_state["scenario"].levers == {**MOVED, "other_duties_cut": 0.05}
    app.session_state["at"] = "compare"
    app.run()
    assert app.session_state["scenario"].levers == MOVED
    assert "trial" not in app.session_state["address"] and "other_duties_cut" not in app.session_state["address"]
    app.session_state["at"] = "present"
    app.run()
    assert not buttons(app)


def test_a_comparison_is_told_of_the_plan_and_not_of_what_was_tried_on_it():
    app = moved("zh", compare="_base/_plan", slide="gives")
    app.slider[0].set_value(5).run()
    (source,) = [one for one in app.button_group if one.label == text("present.source", "zh")]
    source.set_value("comparison").run()
    assert app.session_state["story"] == "comparison" and app.session_state["scenario"].levers == MOVED


@pytest.mark.parametrize("levers", [MOVED, {}])
def test_a_trial_that_is_kept_stands_beside_the_unsaved_plan_it_came_from(tmp_path, monkeypatch, levers):
    monkeypatch.setenv(SETTING, str(tmp_path))
    app = opened("zh", slide="gives", **levers)
    before = {file.stem for file in Library().entries()}
    app.slider[0].set_value(5).run()
    app.button(key="keep-variant").click().run()
    (kept,) = {file.stem for file in Library().entries()} - before
    assert Library().open(kept).scenario.levers == {**levers, "other_duties_cut": 0.05}
    assert app.session_state["compare"] == (["_base", "_plan", kept] if levers else ["_base", kept])
    assert app.button(key="keep-variant").disabled
    again = opened("zh", **app.session_state["address"])
    assert again.button(key="keep-variant").disabled, "a reload still knows the plan, the trial and the copy"
    again.button(key="put-back").click().run()
    assert again.session_state["scenario"].levers == levers and again.session_state["compare"][-1] == kept


def test_a_trial_that_is_kept_is_a_copy_and_leaves_the_plans_own_file_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setenv(SETTING, str(tmp_path))
    (tmp_path / "own.toml").write_text('schema = 1\nname = "Own"\nother_duties_cut = 0.1\n', encoding="utf-8")
    before = (tmp_path / "own.toml").read_bytes()
    app = opened("en", name="Own", other_duties_cut=0.1, file="own", slide="gives")
    assert app.session_state["file"] == "own"
    app.number_input[0].set_value(4000).run()
    app.button(key="keep-variant").click().run()
    assert (tmp_path / "own.toml").read_bytes() == before
    (kept,) = [file for file in Library().entries() if file.stem != "own"]
    assert app.session_state["file"] == "own", "the plan it came from is still the plan"
    variant = Library().open(kept.stem).scenario
    assert variant.name == {"en": "Own (variant B)"}
    assert variant.levers == {"other_duties_cut": 0.1, "offsite_checks": 4000.0}
    assert app.button(key="keep-variant").disabled and "Own (variant B)" in app.button(key="keep-variant").label
    app.button(key="put-back").click().run()
    assert app.session_state["file"] == "own" and app.session_state["scenario"].name == {"en": "Own"}
    app.number_input[0].set_value(5000).run()
    app.button(key="keep-variant").click().run()
    assert len(Library().entries()) == 3, "a second trial is a second copy"


def test_a_trial_of_the_base_year_brings_the_slides_of_a_decision_and_putting_back_takes_them_away():
    app = opened("en", slide="gives")
    without = bar(app)["ids"]
    app.slider[0].set_value(5).run()
    assert {"move", "ask"} <= set(bar(app)["ids"]) and shown(app) == "gives"
    app.button(key="put-back").click().run()
    assert bar(app)["ids"] == without and shown(app) == "gives"


def test_a_slide_that_goes_with_its_trial_gives_way_to_the_one_after_it():
    app = opened("en", slide="gives")
    app.slider[0].set_value(5).run()
    app.session_state["slide"] = "move"
    app.run()
    assert shown(app) == "move"
    app.button(key="put-back").click().run()
    assert shown(app) == "gives" == bar(app)["at"] == app.session_state["slide"]


def test_a_trial_is_still_a_trial_after_a_reload(tmp_path, monkeypatch):
    monkeypatch.setenv(SETTING, str(tmp_path))
    (tmp_path / "own.toml").write_text('schema = 1\nname = "Own"\nother_duties_cut = 0.1\n', encoding="utf-8")
    for address in ({}, {"name": "Own", "other_duties_cut": 0.1, "file": "own"}, {**MOVED, "offsite_checks": 4000.0}):
        app = opened("en", slide="gives", **address)
        plan = app.session_state["scenario"]
        app.slider[0].set_value(5).run()
        app.number_input[0].set_value(int(plan.levers.get("offsite_checks", 2562)) + 100).run()
        tried, link = app.session_state["scenario"], app.session_state["address"]
        assert tried != plan
        again = opened("en", **link)
        assert again.session_state["scenario"] == tried and again.session_state["address"] == link
        assert buttons(again) == ["put-back", "keep-variant"] and slide(again) == slide(app)
        again.button(key="put-back").click().run()
        assert again.session_state["scenario"] == plan
        left = again.session_state["address"]
        assert not buttons(again) and "trial" not in left and left.get("file") == address.get("file")


def test_what_an_address_tries_is_no_trial_on_another_page():
    app = AppTest.from_function(other_page, default_timeout=60)
    app.query_params["trial"] = "other_duties_cut=0.05"
    app.run()
    assert app.session_state["scenario"].levers == {"other_duties_cut": 0.05}
    assert app.session_state["address"] == {"other_duties_cut": "0.05", "lang": app.session_state["language"]}


def other_page() -> None:
    from views.shell.session import session

    session.start()
    session.enter_page("start")


@pytest.mark.parametrize("plans", ["_base/finish-merging", "sink-to-counties/finish-merging"])
def test_every_slide_of_a_comparison_is_drawn(plans):
    app = opened("zh", story="comparison", compare=plans)
    for id in bar(app)["ids"]:
        app.session_state["slide"] = id
        app.run()
        assert not app.exception and shown(app) == id


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_on_a_slide_is_the_pages_chart_made_large(language, theme):
    """No letter under 24 pixels, no number of a projection in the specification."""
    for name in ("people", "visits", "cases", "backlog", "days", "plain", "percent"):
        spec = large_charts.spec(name, 6, language, theme, 860, 500)
        sizes = [size for key, size in _numbers(spec) if key.lower().endswith("fontsize")]
        assert sizes and min(sizes) >= 24
        assert spec["width"] == 860 and "tooltip" not in json.dumps(spec)


def _numbers(value, key=""):
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _numbers(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, int | float):
        yield key, value


def test_what_is_presented_travels_in_the_address_and_another_story_starts_anew():
    def travelling() -> None:
        import streamlit as st

        from views.shell.address import presentation_address

        presentation_address.from_link(
            {"slide": "gives", "slides": "gives/question", "story": "comparison", "lang": "zh"}
        )
        st.session_state.link, st.session_state.at = (
            presentation_address.to_link(),
            presentation_address.slide_among(("question", "gives")),
        )
        presentation_address.set_order(["a", "b"], ["a", "b"])
        st.session_state.all = presentation_address.order()
        presentation_address.set_slide("b")
        presentation_address.set_source("plan")
        st.session_state.anew = presentation_address.to_link()

    app = AppTest.from_function(travelling).run()
    assert app.session_state["link"] == {"slide": "gives", "slides": "gives/question", "story": "comparison"}
    assert app.session_state["at"] == "gives"
    assert app.session_state["all"] == ()
    assert app.session_state["anew"] == {}
