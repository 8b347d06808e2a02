"""Work in a thread of its own: its answer, its progress, stopping it, and its failure."""

import threading
import time
from collections.abc import Callable
from importlib import import_module

import pytest
from streamlit.testing.v1 import AppTest

from model.outputs.words import LANGUAGES, text
from model.projection.progress import OutOfTime
from views.shell.session.work import Work

PATIENCE = 10.0
SEARCHES = {
    "best_plan": "questions.best_plan.find_best_plan",
    "worth": "questions.worth.find_worth",
    "frontier": "questions.frontier.find_frontier",
    "targets": "questions.targets.plan_for_targets",
    "robust": "questions.robust.find_robust",
    "explain": "questions.explain.explain_change",
    "ask_first": "questions.ask_first.ask",
}
"""What each long question of the Decide page asks the model."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show progress sooner."""
    monkeypatch.setattr("views.shell.session.work.QUICK_SECONDS", 0.1)


def test_the_answer_comes_with_its_progress() -> None:
    go = threading.Event()

    def halves(tick) -> int:
        tick(0.5)
        go.wait(PATIENCE)
        return 42

    work = Work(halves)
    while work.share == 0.0:
        time.sleep(0.001)
    assert work.share == 0.5 and not work.over
    go.set()
    work.wait(PATIENCE)
    assert work.over and work.answer == 42 and work.failure is None


def test_stopped_work_ends_at_its_next_tick() -> None:
    started, done = threading.Event(), []

    def endless(tick) -> None:
        while True:
            started.set()
            tick(0.1)
            done.append(1)

    work = Work(endless)
    started.wait(PATIENCE)
    work.stop()
    work.wait(PATIENCE)
    assert work.over and work.answer is None and work.failure is None


def test_what_fails_is_kept_to_be_raised() -> None:
    def fails(tick) -> None:
        raise ValueError("no plan")

    work = Work(fails)
    work.wait(PATIENCE)
    assert isinstance(work.failure, ValueError)


def page(seconds: float, question: str) -> None:
    import time

    import streamlit as st

    from views.shell.session import session, work

    session.start()
    st.session_state.language = "en"

    def slow(tick):
        for step in range(20):
            time.sleep(seconds / 20)
            tick(step / 20)
        return f"answer to {question}"

    found = work.answer("test", question, slow)
    st.text(found or "nothing yet")


def said(app: AppTest) -> list[str]:
    return [element.value for element in app.text]


def said_at_last(app: AppTest) -> list[str]:
    deadline = time.monotonic() + PATIENCE
    while said(app) == ["nothing yet"] and time.monotonic() < deadline:
        time.sleep(0.2)
        app.run()
    return said(app)


def test_a_page_shows_the_answer_once_it_is_there() -> None:
    app = AppTest.from_function(page, kwargs={"seconds": 0.8, "question": "a"}, default_timeout=30).run()
    assert said(app) == ["nothing yet"]
    assert said_at_last(app) == ["answer to a"]
    assert not app.exception


def test_a_quick_answer_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("views.shell.session.work.QUICK_SECONDS", PATIENCE)
    app = AppTest.from_function(page, kwargs={"seconds": 0.0, "question": "a"}, default_timeout=30).run()
    assert said(app) == ["answer to a"]


def test_a_reader_stops_it_and_asks_again() -> None:
    app = AppTest.from_function(page, kwargs={"seconds": 2.0, "question": "a"}, default_timeout=30).run()
    app.button(key="stop-test").click().run()
    assert text("work.stopped", "en") in said(app)
    app.button(key="again-test").click().run()
    assert app.button(key="stop-test")


def test_another_question_takes_the_place_of_the_one_before() -> None:
    app = AppTest.from_function(page, kwargs={"seconds": 2.0, "question": "a"}, default_timeout=30).run()
    first = app.session_state["work"]["test"][1]
    app.kwargs = {"seconds": 0.0, "question": "b"}
    app.run()
    assert said_at_last(app) == ["answer to b"]
    first.wait(PATIENCE)
    assert first.over and first.stopped


def decide_page() -> None:
    from views.decide.page import decide
    from views.shell.session import session

    session.start()
    decide()


@pytest.mark.parametrize("question", SEARCHES)
def test_a_search_that_the_reader_stops_ends_long_before_its_answer(question: str, monkeypatch) -> None:
    """The model's own searches, held at their first tick until the button to stop is pressed."""
    place, name = SEARCHES[question].rsplit(".", 1)
    search = getattr(import_module(f"views.decide.{place}"), name)
    is_held, is_pressed = threading.Event(), threading.Event()

    def held(*asked: object, tick: Callable[[float], None], **settings: object) -> object:
        def hold(share: float) -> None:
            tick(share)
            if share:
                is_held.set()
                is_pressed.wait(PATIENCE)

        return search(*asked, tick=hold, **settings)

    monkeypatch.setattr(f"views.decide.{place}.{name}", held)
    monkeypatch.setattr("views.decide.parts.answer_parts.DRAWS", 512)
    app = AppTest.from_function(decide_page, default_timeout=30)
    app.query_params["ask"], app.query_params["targeted_share"] = question, "0.4"
    work: Work = app.run().session_state["work"][question][1]
    assert is_held.wait(PATIENCE)
    app.button(key=f"stop-{question}").click().run()
    assert text("work.stopped", app.session_state["language"]) in said(app)
    is_pressed.set()
    work.wait(PATIENCE)
    assert work.over and work.answer is None and work.failure is None and 0 < work.share < 1


def answered(question: str) -> list[str]:
    """What the Decide page says once the work on a question is over."""
    app = AppTest.from_function(decide_page, default_timeout=30)
    app.query_params["ask"], app.query_params["targeted_share"] = question, "0.4"
    work: Work = app.run().session_state["work"][question][1]
    work.wait(10 * PATIENCE)
    app.run()
    assert not app.exception
    return said(app)


def test_a_search_that_takes_too_long_is_shown_with_the_best_until_then(monkeypatch) -> None:
    monkeypatch.setattr("views.shell.session.work.MOST_SECONDS", 0.0)
    monkeypatch.setattr("views.decide.parts.answer_parts.DRAWS", 512)
    best_so_far = {text("work.best_so_far", language, minutes="5") for language in LANGUAGES}
    assert best_so_far & set(answered("best_plan"))


def test_work_whose_time_is_over_without_an_answer_says_so_and_can_be_begun_anew(monkeypatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise OutOfTime

    monkeypatch.setattr("views.decide.questions.worth.find_worth", late)
    out_of_time = {text("work.out_of_time", language, minutes="5") for language in LANGUAGES}
    assert out_of_time & set(answered("worth"))
