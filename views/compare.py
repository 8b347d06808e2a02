"""The comparison page (对比): two to six scenarios on common draws, and how sure the order is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from model.comparison import Comparison
from model.comparison import compare as compared
from model.library import Library, Opened
from model.lineup import BASE, MOST, PLAN, Lineup, line_up
from model.outputs import comparison_charts as charts
from model.outputs.comparison import left_out_in_words, measure_name, name_of
from model.outputs.comparison_table import to_csv
from model.outputs.words import text
from model.project import baseline_of
from model.results import TooFewDraws
from model.scenario import Scenario
from views import cards, library, session, versus
from views.link import to_link
from views.shortlist import AGAINST, CHOSEN
from views.toolbar import header

STYLES = tuple(Path(__file__).with_name(name) for name in ("style.css", "compare.css"))
FIRST_GUESS = "sink-to-counties"
"""The file set beside the base year while nothing else was decided."""
BASE_FILE = "base-year"
MOST_BESIDE = 4
"""Scenarios up to which the levers have room beside the duels."""


def compare() -> None:
    for style in STYLES:
        st.html(style)
    header()
    library.problems()
    language = session.language()
    st.html(f'<h2 class="page-title">{text("compare.title", language)}</h2>')
    offered = _offered()
    lineup = _choose(offered, language)
    shown = _shown(lineup, language)
    if shown is None:
        return
    st.session_state.compared = shown
    versus.roster(shown)
    versus.figures(shown)
    _download(shown)
    _pictures(shown)
    few = len(shown.entrants) <= MOST_BESIDE
    duels, levers = st.columns([2, 3], gap="large") if few else (st.container(), st.container())
    with duels:
        _duels(shown)
    with levers:
        versus.levers_table(shown)


def _offered() -> dict[str, Scenario]:
    """What can be chosen: the current plan, the base year, the library's files. The file of the base year itself is not
    offered beside the base year."""
    plan = session.scenario()
    folder = Library()
    opened = {stem: folder.open(stem) for stem in folder.names() if stem not in (PLAN, BASE)}
    files = {stem: found.scenario for stem, found in opened.items() if isinstance(found, Opened)}
    if BASE_FILE in files and _bare(files[BASE_FILE]) == Scenario():
        del files[BASE_FILE]
    return {BASE: Scenario(), PLAN: plan, **files}


def _choose(offered: Mapping[str, Scenario], language: str) -> Lineup | None:
    """The two choices, and in words what of them cannot be compared."""
    wanted = st.session_state.get(CHOSEN) or [BASE, PLAN if session.scenario().levers else FIRST_GUESS]
    wanted = list(dict.fromkeys(BASE if stem == BASE_FILE and stem not in offered else stem for stem in wanted))
    there = [stem for stem in wanted if stem in offered]
    choice, against = st.columns([4, 1], vertical_alignment="bottom")
    session.keep_in_step("compare-chosen", there)
    choice.multiselect(
        text("compare.choose", language),
        list(offered),
        key="compare-chosen",
        max_selections=MOST,
        placeholder=text("compare.choose_hint", language),
        format_func=lambda key: name_of(key, offered[key], language),
        on_change=_keep_choice,
    )
    lineup = line_up({key: offered[key] for key in there})
    if lineup:
        keys = [entrant.key for entrant in lineup.entrants]
        session.keep_in_step("compare-against", _reference(keys))
        against.selectbox(
            text("compare.reference", language),
            keys,
            key="compare-against",
            format_func=lambda key: name_of(key, offered[key], language),
            on_change=_keep_reference,
        )
    said = [text("compare.missing", language, name=stem) for stem in wanted if stem not in offered]
    if lineup:
        said += [text("compare.base_added", language)] if lineup.base_added else []
        said += left_out_in_words(lineup, language)
    versus.notes(said, "caution")
    return lineup


def _reference(keys: list[str]) -> str:
    against = st.session_state.get(AGAINST)
    return against if against in keys else keys[0]


def _keep_choice() -> None:
    st.session_state[CHOSEN] = list(st.session_state["compare-chosen"])
    session.write_address()


def _keep_reference() -> None:
    st.session_state[AGAINST] = st.session_state["compare-against"]
    session.write_address()


def _shown(lineup: Lineup | None, language: str) -> versus.Shown | None:
    """The comparison asked for; where there is none to show, the one before, said to be that."""
    before: versus.Shown | None = st.session_state.get("compared")
    if lineup is None:
        versus.notes([text("compare.choose_more", language)], "hint")
    else:
        scenarios = tuple(_bare(entrant.scenario) for entrant in lineup.entrants)
        try:
            with st.spinner(text("compare.working", language)):
                comparison = _compared(tuple(tuple(sorted(to_link(s).items())) for s in scenarios), scenarios)
        except TooFewDraws as refused:
            cards.refusal(refused, baseline_of(scenarios[0]), language)
        else:
            keys = [entrant.key for entrant in lineup.entrants]
            return versus.Shown(
                comparison=comparison,
                entrants=lineup.entrants,
                reference=keys.index(_reference(keys)),
                baseline=baseline_of(scenarios[0]),
                language=language,
            )
    if before is None:
        return None
    st.caption(text("compare.still_shown", language))
    return replace(before, language=language)


def _bare(scenario: Scenario) -> Scenario:
    return replace(scenario, name={}, note={}, reason={}, author="")


@st.cache_resource(max_entries=32, show_spinner=False)
def _compared(key: tuple[tuple[tuple[str, str], ...], ...], _scenarios: tuple[Scenario, ...]) -> Comparison:
    """Kept for all sessions; texts do not count. Only the whole province's duels are shown, so only they are kept."""
    found = compared(_scenarios)
    return replace(found, duels={id: {"total": scopes["total"]} for id, scopes in found.duels.items()})


def _download(shown: versus.Shown) -> None:
    language = shown.language
    st.download_button(
        text("compare.download", language),
        data=lambda: to_csv(shown.comparison, shown.names, shown.reference, date.today().isoformat(), language),
        file_name=text("compare.file_name", language),
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="compare-download",
    )


def _pictures(shown: versus.Shown) -> None:
    language, comparison = shown.language, shown.comparison
    versus.heading("compare.pictures_title", language)
    versus.legend(shown)
    rows = len(shown.entrants)
    for ids in (charts.MEASURES[:3], charts.MEASURES[3:]):
        for id, column in zip(ids, st.columns(3, gap="medium"), strict=True):
            title = measure_name(id, comparison.projections, language)
            with column:
                versus.chart_title(title, comparison.projections[0].measures[id].unit, language)
                st.vega_lite_chart(
                    charts.data(id, comparison, shown.lettered, shown.kinds, shown.reference),
                    charts.spec(charts.in_percent(id, comparison), rows, language, session.theme()),
                    key=f"compare-{id}",
                    alt=text("compare.chart_alt", language, measure=title),
                )


def _duels(shown: versus.Shown) -> None:
    language = shown.language
    versus.heading("compare.duels_title", language)
    measure = st.selectbox(
        text("compare.duels_measure", language),
        versus.ORDER,
        key="compare-duels",
        width=420,
        format_func=lambda id: measure_name(id, shown.comparison.projections, language),
    )
    versus.matrix(shown, measure)
