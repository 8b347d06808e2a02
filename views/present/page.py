"""The Present page (汇报): a story of the plan or the comparison on the whole screen, turned by keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from model import TooFewDraws
from model.outputs.compare.comparison import name_of
from model.outputs.handout.passport import Passport, comparison_passport, passport
from model.outputs.phrasing.markup import element
from model.outputs.story.comparison_story import comparison_story
from model.outputs.story.layout import BOTTOM
from model.outputs.story.plan_story import plan_story
from model.outputs.story.slides import slides
from model.outputs.story.story import Slide, Story, selection, with_passport
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.comparability import line_up
from views.compare import page as compare_page
from views.plan.force import force
from views.plan.page import plan
from views.present import presenter, slide
from views.shell import cards
from views.shell.address import deck
from views.shell.session import session
from views.shell.session.styles import PAGE, put_on

STYLE = Path(__file__).with_name("present.css")
LIVE = ("move", "gives")
"""Slides with a force bar that the presenter moves."""
LIVE_HIGH = 130
"""Pixels of the bar at the foot of a live slide."""


@dataclass(frozen=True)
class Telling:
    """A story with the passport of its projections."""

    story: Story
    passport: Passport


def present() -> None:
    """Draw the Present page."""
    put_on(PAGE, STYLE)
    session.follow("slide", "force")
    language = session.language()
    with st.spinner(text("present.working", language)):
        telling = _telling(language)
    if telling is None:
        if st.button(text("present.leave", language), key="stuck"):
            deck.tell(deck.PLAN)
            _leave()
        return
    story = selection(telling.story, deck.order())
    current = _current(story)
    _stage()
    if deck.source() == deck.PLAN and current.id in LIVE:
        with st.container(key="live"):
            force()
    _panel(telling.story, language)
    if presenter.bar(story, current, language, _turn):
        _leave()


def _telling(language: str) -> Telling | None:
    """The story to tell now; None where there is none, and then the page says why."""
    try:
        if deck.source() == deck.COMPARISON:
            return _comparison_telling(language)
        projection, baseline = replace(session.projection(), scenario=session.scenario()), session.baseline()
        story = plan_story(projection, baseline, language)
        return Telling(story, passport(projection, baseline, date.today(), language))
    except TooFewDraws as refused:
        cards.refusal(refused, session.baseline(), language)
        return None


def _comparison_telling(language: str) -> Telling | None:
    offered = compare_page.offered()
    lineup = line_up({key: offered[key] for key in compare_page.chosen(offered) if key in offered})
    if lineup is None:
        st.text(text("present.nothing_to_compare", language))
        return None
    comparison = compare_page.comparison_of(lineup)
    keys = [entrant.key for entrant in lineup.entrants]
    names = [name_of(entrant.key, entrant.scenario, language) for entrant in lineup.entrants]
    scenarios = [entrant.scenario for entrant in lineup.entrants]
    baseline = baseline_of(scenarios[0])
    story = comparison_story(comparison, names, keys.index(compare_page.reference(keys)), baseline, language)
    return Telling(story, comparison_passport(comparison, scenarios, names, baseline, date.today(), language))


def _current(story: Story) -> Slide:
    at = deck.at([one.id for one in story.slides])
    return next(one for one in story.slides if one.id == at)


@st.fragment(key="slide")
def _stage() -> None:
    """Draw the slide, which follows the force bar."""
    language = session.language()
    telling = _telling(language)
    if telling is None:
        return
    telling = replace(telling, story=selection(telling.story, deck.order()))
    session.snapshot()["telling"] = telling
    story = with_passport(telling.story, telling.passport)
    current = _current(story)
    place = [one.id for one in story.slides].index(current.id) + 1
    is_live = deck.source() == deck.PLAN and current.id in LIVE
    number = text("present.slide_label", language, n=place, count=len(story.slides))
    with st.container(key="stage"):
        bottom = BOTTOM - LIVE_HIGH if is_live else BOTTOM
        slide.draw(current, story.title, number, bottom, language, session.theme())


def _turn(id: str) -> None:
    deck.turn_to(id)
    session.write_address()


def _leave() -> None:
    deck.turn_to("")
    session.write_address()
    st.switch_page(st.Page(plan, default=True), query_params=st.session_state.address)


def _panel(story: Story, language: str) -> None:
    with st.container(key="panel"), st.popover(text("present.panel", language), key="deck-panel"):
        st.download_button(
            text("present.download", language),
            data=partial(_file, session.snapshot()),
            file_name=text("present.file_name", language),
            mime="application/vnd.openxmlformats-officedocument.presentationml.presentation",
            on_click="ignore",
            icon=":material/download:",
            key="download-slides",
        )
        key = session.widget_key("source", deck.source())
        st.segmented_control(
            text("present.source", language),
            (deck.PLAN, deck.COMPARISON),
            default=deck.source(),
            required=True,
            key=key,
            format_func=lambda source: text(f"present.source_{source}", language),
            on_change=_change_source,
            args=(key,),
        )
        st.html(element("b", text("present.order", language)))
        ids = [id for id in deck.order() if id in story.ids] or story.ids
        presenter.outline(story, ids, language, lambda order: _reorder(order, story))


def _change_source(key: str) -> None:
    source = session.reported(key)
    if isinstance(source, str):
        deck.tell(source)
        session.write_address()


def _reorder(ids: Sequence[str], story: Story) -> None:
    deck.put_in_order(ids, story.ids)
    session.write_address()


def _file(now: Mapping[str, Any]) -> bytes:
    """The slides on the stage as a file, made on the click from a snapshot of the session."""
    telling: Telling = now["telling"]
    return slides(telling.story, telling.passport, date.today(), now["language"])
