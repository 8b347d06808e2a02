"""The Compare page (对比): two to six scenarios on common draws, and how sure their order is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from model.failures.libraries import PICTURES, WORD
from model.files.library import Library
from model.outputs.brief.papers.word_file import comparison_file
from model.outputs.compare.comparison import left_out_in_words, measure_name
from model.outputs.package import comparison_package
from model.outputs.package.file_name import named
from model.outputs.phrasing.library_sentences import sentence
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.comparability import MOST, ComparisonSet
from model.year.measures import HEADLINES
from views.compare import choice, parts
from views.compare.swept import swept
from views.shell import refusal
from views.shell.address.comparison_address import AGAINST, CHOSEN
from views.shell.export import whole_package
from views.shell.files.notices import notices
from views.shell.page import blocks, styles, widgets
from views.shell.page.downloads import download
from views.shell.session import last, session
from views.shell.toolbar import header

STYLE = Path(__file__).with_name("compare.css")
DUELS, LAST = "duels", "last_comparison"
"""Keys of the session: the measure whose duels are on screen, and the last comparison."""
MOST_PICTURES_BESIDE = 3
"""Scenarios up to which the charts have room beside the table."""
MOST_BESIDE = 4
"""Scenarios up to which the levers have room beside the duels."""


def compare() -> None:
    styles.apply(STYLE)
    header()
    notices()
    language = session.language()
    st.html(element("h2", text("compare.title", language), class_="page-title"))
    _comparison(language)
    swept(language)


def _comparison(language: str) -> None:
    """The choice of plans and, once there are two, all that tells them apart."""
    scenarios = _choose(language)
    if scenarios and scenarios.left_out:
        parts.levels(scenarios, language)
    view = _view(scenarios, language)
    if view is None:
        return
    last.keep(LAST, view, view.candidates[0].scenario)
    parts.choice(view)
    parts.roster(view)
    beside = len(view.candidates) <= MOST_PICTURES_BESIDE
    if beside:
        figures, pictures = st.columns([3, 2], gap="large")
    else:  # The pictures first: the table alone would fill the screen.
        pictures, figures = st.container(), st.container()
    with figures:
        parts.figures(view)
        _downloads(view)
    with pictures:
        parts.differences(view, HEADLINES, 1 if beside else 2)
    few = len(view.candidates) <= MOST_BESIDE
    duels, levers = st.columns([2, 3], gap="large") if few else (st.container(), st.container())
    with duels:
        _duels(view)
    with levers:
        parts.levers_table(view)


def _choose(language: str) -> ComparisonSet | None:
    """The two choices, and in words what cannot be compared."""
    there, names = choice.chosen(), widgets.distinct(choice.names(language))
    chosen = [key for key in there if key in names]
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    key = widgets.widget_key(widgets.name_with_words(CHOSEN, names), chosen)
    left.multiselect(
        text("compare.choose", language),
        list(names),
        chosen,
        key=key,
        max_selections=MOST,
        select_all=False,
        placeholder=text("compare.choose_hint", language),
        format_func=names.__getitem__,
        on_change=_keep_scenarios,
        args=(key,),
    )
    scenarios = choice.scenarios(there)
    problem = Library().problem()
    lines = [sentence(problem, language)] if problem else []
    lines += [text("compare.missing", language, name=key) for key, one in there.items() if one is None]
    lines += [text("compare.same_as_plan", language, name=names.get(key, key)) for key in choice.copies(there)]
    if scenarios:
        comparable = [candidate.key for candidate in scenarios.candidates]
        with right:
            options = {key: names[key] for key in comparable}
            _select(AGAINST, options, choice.reference(comparable), text("compare.reference", language))
        lines += [text("compare.base_added", language)] if scenarios.base_added else []
        lines += left_out_in_words(scenarios, language)
    parts.notes(lines, "caution")
    return scenarios


def _keep_scenarios(key: str) -> None:
    if (chosen := widgets.reported_value(key)) is not None:
        _keep(CHOSEN, list(chosen))


def _select(name: str, words: Mapping[str, str], chosen: str, label: str) -> None:
    widgets.Choice(name, label, words, chosen).select(_keep, name)


def _keep(name: str, value: str | list[str] | None) -> None:
    if value is not None:
        st.session_state[name] = value
        session.write_address()


def _view(scenarios: ComparisonSet | None, language: str) -> parts.ComparisonView | None:
    """The comparison asked for; without one the last one of the same base year, marked as such."""
    scenario = scenarios.candidates[0].scenario if scenarios else session.scenario()
    if scenarios is None:
        parts.notes([text("compare.choose_more", language)], "hint")
    else:
        baseline = baseline_of(scenario)
        try:
            with st.spinner(text("compare.working", language)):
                comparison = choice.comparison(scenarios)
        except Exception as why:
            refusal.reasons(why, baseline, [one.scenario for one in scenarios.candidates], language)
        else:
            keys = [candidate.key for candidate in scenarios.candidates]
            reference = keys.index(choice.reference(keys))
            origins = tuple(map(choice.origin, keys))
            return parts.ComparisonView(comparison, scenarios.candidates, reference, baseline, language, origins)
    before: parts.ComparisonView | None = last.kept(LAST, scenario)
    if before is None:
        return None
    st.caption(text("compare.still_shown", language))
    return replace(before, language=language)


@st.fragment(key="comparison-downloads")
def _downloads(view: parts.ComparisonView) -> None:
    language, compared = view.language, view.compared(date.today())
    with st.container(horizontal=True, gap="small"):
        name, table = named("comparison", language, "csv"), partial(comparison_package.table, compared)
        download(text("compare.download", language), name, table, "compare-download")
        download(
            text("pictures.download", language),
            named("comparison_pictures", language, "zip"),
            partial(comparison_package.pictures_alone, compared),
            "compare-pictures",
            icon="image",
            needs=PICTURES,
        )
        download(
            text("paper.download", language),
            named("comparison_report", language, "docx"),
            partial(comparison_file, compared),
            "compare-report",
            icon="description",
            needs=(*WORD, *PICTURES),
        )
    make = partial(comparison_package.files, compared)
    whole_package("comparison", make, comparison_package.name_of_package(compared), language)


def _duels(view: parts.ComparisonView) -> None:
    language = view.language
    blocks.heading(text("compare.duels_title", language))
    names = {id: measure_name(id, view.comparison.projections, language) for id in parts.ORDER}
    measure = st.session_state.get(DUELS, parts.ORDER[0])
    with st.container(width=420):
        _select(DUELS, names, measure, text("compare.duels_measure", language))
    parts.duels(view, measure)
