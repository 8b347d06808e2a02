"""The comparison page (对比): two to six scenarios on common draws, and how sure the order is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from model.files.library import Library, Opened
from model.outputs import package
from model.outputs.compare import comparison_charts as charts
from model.outputs.compare.comparison import left_out_in_words, measure_name, name_of
from model.outputs.compare.comparison_table import to_csv
from model.outputs.handout.pictures import of_comparison
from model.outputs.phrasing.library_sentences import sentence
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison
from model.projection.comparison import compare as compared
from model.projection.results import TooFewDraws
from model.scenario.comparability import BASE, MOST, PLAN, Lineup, line_up
from model.scenario.scenario import Scenario
from views.compare import versus
from views.shell import cards
from views.shell.address.shortlist import AGAINST, CHOSEN
from views.shell.files.notices import notices
from views.shell.session import session
from views.shell.session.styles import PAGE, TABLES, put_on
from views.shell.toolbar import header

FIRST_GUESS = "sink-to-counties"
"""The file set beside the base year while nothing else was decided."""
BASE_FILE = "base-year"
DUELS = "duels"
MOST_BESIDE = 4
"""Scenarios up to which the levers have room beside the duels."""


def compare() -> None:
    put_on(PAGE, TABLES)
    header()
    notices()
    language = session.language()
    st.html(f'<h2 class="page-title">{text("compare.title", language)}</h2>')
    there = offered()
    lineup = _choose(there, language)
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


def offered() -> dict[str, Scenario]:
    """What can be chosen: the current plan, the base year, the library's files. The file of the base year itself is not
    offered beside the base year."""
    plan = session.scenario()
    folder = Library()
    opened = {stem: folder.open(stem) for stem in folder.names() if stem not in (PLAN, BASE)}
    files = {stem: found.scenario for stem, found in opened.items() if isinstance(found, Opened)}
    if BASE_FILE in files and files[BASE_FILE].without_texts == Scenario():
        del files[BASE_FILE]
    return {BASE: Scenario(), PLAN: plan, **files}


def chosen(offered: Mapping[str, Scenario]) -> list[str]:
    """What the session compares, by key; the page's own choice where it has none. Not all of it need be offered."""
    first = PLAN if session.scenario().levers else FIRST_GUESS
    wanted = st.session_state.get(CHOSEN) or [BASE, *([first] if first in offered else [])]
    return list(dict.fromkeys(BASE if stem == BASE_FILE and stem not in offered else stem for stem in wanted))


def _choose(offered: Mapping[str, Scenario], language: str) -> Lineup | None:
    """The two choices, and in words what of them cannot be compared."""
    wanted = chosen(offered)
    there = [stem for stem in wanted if stem in offered]
    choice, against = st.columns([4, 1], vertical_alignment="bottom")
    names = {key: name_of(key, scenario, language) for key, scenario in offered.items()}
    key = session.widget_key(session.offering(CHOSEN, names), there)
    choice.multiselect(
        text("compare.choose", language),
        list(offered),
        there,
        key=key,
        max_selections=MOST,
        select_all=False,
        placeholder=text("compare.choose_hint", language),
        format_func=names.get,
        on_change=_keep,
        args=(CHOSEN, key),
    )
    lineup = line_up({key: offered[key] for key in there})
    if lineup:
        keys = [entrant.key for entrant in lineup.entrants]
        with against:
            _one_of(AGAINST, keys, reference(keys), names, text("compare.reference", language))
    problem = Library().problem()
    said = [sentence(problem, language)] if problem else []
    said += [text("compare.missing", language, name=stem) for stem in wanted if stem not in offered]
    if lineup:
        said += [text("compare.base_added", language)] if lineup.base_added else []
        said += left_out_in_words(lineup, language)
    versus.notes(said, "caution")
    return lineup


def reference(keys: list[str]) -> str:
    against = st.session_state.get(AGAINST)
    return against if against in keys else keys[0]


def _one_of(name: str, options: Sequence[str], chosen: str, names: Mapping[str, str], label: str) -> None:
    key = session.widget_key(session.offering(name, {option: names[option] for option in options}), chosen)
    st.selectbox(
        label, options, options.index(chosen), key=key, format_func=names.get, on_change=_keep, args=(name, key)
    )


def _keep(name: str, key: str) -> None:
    if (value := session.reported(key)) is not None:
        st.session_state[name] = list(value) if isinstance(value, list) else value
        session.write_address()


def _shown(lineup: Lineup | None, language: str) -> versus.Shown | None:
    """The comparison asked for; where there is none to show, the one before, said to be that."""
    before: versus.Shown | None = st.session_state.get("compared")
    if lineup is None:
        versus.notes([text("compare.choose_more", language)], "hint")
    else:
        try:
            with st.spinner(text("compare.working", language)):
                comparison = comparison_of(lineup)
        except TooFewDraws as refused:
            cards.refusal(refused, baseline_of(lineup.entrants[0].scenario), language)
        else:
            keys = [entrant.key for entrant in lineup.entrants]
            return versus.Shown(
                comparison=comparison,
                entrants=lineup.entrants,
                reference=keys.index(reference(keys)),
                baseline=baseline_of(lineup.entrants[0].scenario),
                language=language,
            )
    if before is None:
        return None
    st.caption(text("compare.still_shown", language))
    return replace(before, language=language)


def comparison_of(lineup: Lineup) -> Comparison:
    """Raises TooFewDraws."""
    return _compared(tuple(entrant.scenario.without_texts for entrant in lineup.entrants))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Scenario: hash})
def _compared(scenarios: tuple[Scenario, ...]) -> Comparison:
    """Kept for all sessions; texts do not count. Only the whole province's duels are shown, so only they are kept."""
    found = compared(scenarios)
    return replace(found, duels={id: {"total": scopes["total"]} for id, scopes in found.duels.items()})


def _download(shown: versus.Shown) -> None:
    language = shown.language
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            text("compare.download", language),
            data=lambda: to_csv(shown.comparison, shown.names, shown.reference, date.today().isoformat(), language),
            file_name=text("compare.file_name", language),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="compare-download",
        )
        st.download_button(
            text("pictures.download", language),
            data=partial(_pictures_as_files, shown),
            file_name="frontline-comparison-pictures.zip",
            mime="application/zip",
            on_click="ignore",
            icon=":material/image:",
            key="compare-pictures",
        )


def _pictures_as_files(shown: versus.Shown) -> bytes:
    language = shown.language
    drawn = of_comparison(shown.comparison, shown.lettered, shown.kinds, shown.reference, date.today(), language)
    return package.of_comparison(drawn, language)


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
    names = {id: measure_name(id, shown.comparison.projections, language) for id in versus.ORDER}
    measure = st.session_state.get(DUELS, versus.ORDER[0])
    with st.container(width=420):
        _one_of(DUELS, versus.ORDER, measure, names, text("compare.duels_measure", language))
    versus.matrix(shown, measure)
