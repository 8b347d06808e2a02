"""Why there are no figures: draws that do not fit, or a base year that is gone; and the ways back."""

from collections.abc import Callable, Iterable

import streamlit as st

from model import Projection, Scenario, TooFewDraws
from model.evidence.baseline import Baseline
from model.outputs.phrasing.markup import element
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.sentences import condition_in_words
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.year.measures import HEADLINES
from views.shell import alternatives, failure
from views.shell.session import last, redraw, session

LAST, LAST_GLANCE = "last_projection", "last_glance"
"""Keys of the session: the last projection that a page showed, and the last one without prefectures and quarters."""


def latest_projection(
    scenario: Scenario, still_shown: str, *, at_a_glance: bool = False
) -> tuple[Projection | None, bool]:
    """The projection of a scenario, and whether it is that one.

    If too few draws fit, or the model fails, it is the last one shown of the same base year, or None, under the
    reasons, the ways back and `still_shown`. `at_a_glance` it lacks prefectures and quarters.
    """
    language, notice = session.language(), st.empty()
    key, project = (LAST_GLANCE, session.glance) if at_a_glance else (LAST, session.projection)
    before: Projection | None = last.kept(key, scenario)
    if before is None:
        cards = (element("section", class_="card") for _ in HEADLINES)
        words = element("p", text("plan.working", language), role="status")
        notice.html(element("div", element("div", *cards, class_="outline"), words, class_="working"))
    try:
        projection = project(scenario)
    except Exception as why:
        with notice.container():
            refusal(why, baseline_of(scenario), language)
            if before is not None:
                st.caption(still_shown)
        return before, False
    notice.empty()
    last.keep(key, projection, scenario)
    return projection, True


def refusal(why: Exception, baseline: Baseline, language: str) -> None:
    """The reasons, and under them the ways back to figures."""
    scenario = session.scenario()
    reasons(why, baseline, (scenario,), language)
    with st.container(horizontal=True, gap="small"):
        _way_back("take_back", "undo", bool(st.session_state.past), session.undo, language)
        if scenario.assumptions or scenario.reading:
            _way_back("put_back_assumed", "settings_backup_restore", True, session.reset_assumptions, language)


def base_year_gone(language: str) -> None:
    """That the plan's base year is not there, as where its folder was taken away, and the ways on."""
    words = text("base_year_page.gone", language, id=session.scenario().baseline)
    title = element("h3", text("base_year_page.gone_title", language))
    st.html(element("div", title, element("p", words), class_="refusal", role="alert"))
    with st.container(horizontal=True, gap="small"):
        st.button(text("base_year_page.gone_again", language), key="base-year-again", type="primary")
        if st.button(text("base_year_page.gone_page", language), key="base-year-page"):
            session.open_page("base_years")
        _way_back("take_back", "undo", bool(st.session_state.past), session.undo, language)


def next_step(scenarios: Iterable[Scenario], language: str) -> str:
    """What to do where too few draws fit: undo what scenarios changed, or mend the base year itself."""
    is_changed = any(one.assumptions or one.reading or one.staff_list for one in scenarios)
    return text("plan.too_few_next" if is_changed else "plan.too_few_mend", language)


def reasons(why: Exception, baseline: Baseline, scenarios: Iterable[Scenario], language: str) -> None:
    """Why scenarios have no figures, by the condition that most draws failed, and what to do.

    Anything but too few draws is a failure inside.
    """
    if not isinstance(why, TooFewDraws):
        failure.say(why)
        return

    def reason(condition: str, draws: int) -> str:
        words = condition_in_words(condition, baseline, language)
        return text("plan.too_few_reason", language, condition=words, count=count(draws))

    commonest = sorted(why.refused.items(), key=lambda item: -item[1])
    counts = {"drawn": count(why.draws.drawn), "kept": count(why.draws.kept)}
    st.html(
        element(
            "div",
            element("h3", text("plan.too_few_title", language)),
            element("p", text("plan.too_few_body", language, **counts)),
            element("ul", *(element("li", reason(condition, draws)) for condition, draws in commonest)),
            element("p", next_step(scenarios, language)),
            class_="refusal",
            role="alert",
        )
    )
    alternatives.ways(baseline, language)


def _way_back(name: str, icon: str, possible: bool, step: Callable[[], None], language: str) -> None:
    st.button(
        text(f"plan.{name}", language),
        icon=f":material/{icon}:",
        type="primary" if name == "take_back" else "secondary",
        key=name.replace("_", "-"),
        disabled=not possible,
        on_click=redraw.page_after,
        args=(step,),
    )
