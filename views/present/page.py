"""The Present page (汇报): a story of the plan or the comparison on the whole screen, turned by keys."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from model import Projection
from model.evidence.baseline import Baseline
from model.failures.libraries import SLIDES
from model.outputs.compare.comparison import name_of
from model.outputs.handout.passport import Passport, comparison_passport, passport
from model.outputs.package.file_name import named
from model.outputs.phrasing.markup import element
from model.outputs.story.comparison_story import comparison_story
from model.outputs.story.layout import BOTTOM, LIVE_HIGH
from model.outputs.story.plan_story import plan_story
from model.outputs.story.slide_file import slide_file
from model.outputs.story.story import STABILITY, WHY, Occasion, Slide, Story, selection, with_passport
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import in_language
from views.compare import choice
from views.present import cover, presenter, slide, trial, votes
from views.shell import refusal
from views.shell.address import plan_file, presentation_address, trial_address
from views.shell.page import styles, widgets
from views.shell.page.downloads import download
from views.shell.session import redraw, session

STYLE = Path(__file__).with_name("present.css")
TURNED = "slides-turned"
"""Key of the session: the ids of the slides that the keys turn; a decision may bring others."""


@dataclass(frozen=True)
class Telling:
    """A story with the passport of its projections."""

    story: Story
    passport: Passport
    occasion: Occasion
    projection: Projection | None = None
    """That of the plan that is told; None for a comparison."""


def present() -> None:
    """Draw the Present page."""
    styles.apply(STYLE)
    redraw.set_order("slide", "file", "trial", "force", deciding={"force": "", "trial": ""})
    language = session.language()
    with st.spinner(text("present.working", language)):
        telling = _telling(language)
    if telling is None:
        if st.button(text("present.leave", language), key="stuck"):
            presentation_address.set_source(presentation_address.PLAN)
            _leave()
        return
    story = selection(telling.story, presentation_address.order())
    current = _current(story)
    if presentation_address.slide() not in ("", current.id):
        _turn(current.id)
    st.session_state[TURNED] = [one.id for one in story.slides]
    _stage()
    if _is_live():
        trial.levers_and_force()
    _panel(telling.story, language)
    if presenter.bar(story, current, language, _turn):
        _leave()


def _telling(language: str) -> Telling | None:
    """The story to tell now; None where there is none, and then the page says why."""
    try:
        if presentation_address.source() == presentation_address.COMPARISON:
            return _comparison_telling(language)
        projection, baseline = replace(session.projection(), scenario=trial.told(language)), session.baseline()
        occasion = cover.occasion(language)
        story = plan_story(projection, baseline, language, occasion=occasion)
        later = _current(selection(story, presentation_address.order())).id
        if later in (WHY, STABILITY):
            story = _whole(projection, baseline, language, occasion, (later,))
        made = passport(projection, baseline, date.today(), language, plan_file.origin())
        return Telling(story, made, occasion, projection)
    except Exception as why:
        refusal.reasons(why, session.baseline(), (session.scenario(),), language)
        return None


def _whole(
    projection: Projection, baseline: Baseline, language: str, occasion: Occasion, slides: Sequence[str]
) -> Story:
    """The story of a plan with those of `slides` that take longer to work out."""
    scenario = projection.scenario
    holds = session.stability(scenario) if STABILITY in slides else None
    reason = session.why(scenario) if WHY in slides else None
    return plan_story(projection, baseline, language, stability=holds, why=reason, occasion=occasion)


def _comparison_telling(language: str) -> Telling | None:
    compared = choice.scenarios(choice.chosen())
    if compared is None:
        st.text(text("present.nothing_to_compare", language))
        return None
    comparison = choice.comparison(compared)
    keys = [candidate.key for candidate in compared.candidates]
    names = [name_of(candidate.key, candidate.scenario, language) for candidate in compared.candidates]
    scenarios = [candidate.scenario for candidate in compared.candidates]
    baseline = baseline_of(scenarios[0])
    reference, occasion = keys.index(choice.reference(keys)), cover.occasion(language)
    story = comparison_story(comparison, names, reference, baseline, language, occasion)
    origins = [choice.origin(key) for key in keys]
    made = comparison_passport(comparison, scenarios, names, baseline, date.today(), language, origins)
    return Telling(story, made, occasion)


def _current(story: Story) -> Slide:
    at = presentation_address.slide_among([one.id for one in story.slides], st.session_state.get(TURNED, ()))
    return next(one for one in story.slides if one.id == at)


@st.fragment(key="slide")
def _stage() -> None:
    """Draw the slide, which follows the force bar."""
    language = session.language()
    telling = _telling(language)
    if telling is None:
        return
    telling = replace(telling, story=selection(telling.story, presentation_address.order()))
    session.download_inputs().presentation = telling
    story = with_passport(telling.story, telling.passport)
    ids = [one.id for one in story.slides]
    if st.session_state.setdefault(TURNED, ids) != ids:
        st.rerun()
    current = _current(story)
    place = ids.index(current.id) + 1
    number = text("present.slide_label", language, n=place, count=len(story.slides))
    st.html(element("p", text("present.sideways", language), class_="sideways"))
    with st.container(key="stage"):
        bottom = BOTTOM - LIVE_HIGH if _is_live() else BOTTOM
        slide.draw(current, story.title, number, bottom, language, session.theme())
        votes.draw(current, bottom, language)
        presenter.notes(story, current, language)


def _is_live() -> bool:
    """Whether the levers of one plan stand under the slides."""
    return presentation_address.source() == presentation_address.PLAN


def _turn(id: str) -> None:
    presentation_address.set_slide(id)
    session.write_address()


def _leave() -> None:
    """Go to the Plan page with the plan that is presented: what is tried on it stays here."""
    session.put_back()
    presentation_address.set_slide("")
    session.write_address()
    st.switch_page(st.session_state.pages["plan"], query_params=st.session_state.address)


def _panel(story: Story, language: str) -> None:
    with st.container(key="panel"), st.popover(text("present.panel", language), key="deck-panel"):
        _download()
        sources = (presentation_address.PLAN, presentation_address.COMPARISON)
        words = {source: text(f"present.source_{source}", language) for source in sources}
        source = widgets.Choice("source", text("present.source", language), words, presentation_address.source())
        source.segments(_change_source)
        cover.inputs(language)
        st.html(element("b", text("present.order", language)))
        ids = [id for id in presentation_address.order() if id in story.ids] or story.ids
        presenter.outline(story, ids, language, lambda order: _reorder(order, story))


@st.fragment(key="file")
def _download() -> None:
    """The button for the file, which says whether it holds what is tried."""
    language = session.language()
    is_trial = _is_live() and not trial_address.is_as_brought()
    plan = in_language(trial.told(language).name, language) if _is_live() else ""
    name = named("slides", language, "pptx", plan)
    label = text("present.download", language)
    download(label, name, partial(_file, session.download_inputs()), "download-slides", needs=SLIDES)
    if is_trial:
        st.caption(text("present.file_of_trial", language))


def _change_source(source: str | None) -> None:
    """Tell the plan or the comparison, without what is tried: it would look decided."""
    if source:
        session.put_back()
        presentation_address.set_source(source)
        session.write_address()


def _reorder(ids: Sequence[str], story: Story) -> None:
    presentation_address.set_order(ids, story.ids)
    session.write_address()


def _file(inputs: session.DownloadInputs) -> bytes:
    """The slides on the stage as a file, made on the click, with those that take longer to work out."""
    telling: Telling = inputs.presentation
    story, projection = telling.story, telling.projection
    if projection and {WHY, STABILITY} & set(story.ids):
        baseline = baseline_of(projection.scenario)
        whole = _whole(projection, baseline, inputs.language, telling.occasion, story.ids)
        story = selection(whole, story.ids)
    return slide_file(story, telling.passport, date.today(), inputs.language)
