"""The parts of a comparison: roster, table of measures, duels, levers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.compare import difference_charts
from model.outputs.compare.comparison import (
    LETTERS,
    OTHERS,
    band_in_words,
    cautions_in_words,
    choice_in_words,
    difference_in_words,
    duels_in_words,
    lever_value,
    measure_name,
    name_of,
    scenario_in_words,
    verdict,
)
from model.outputs.compare.levels_table import Level, levels_table
from model.outputs.handout.origin import Origin
from model.outputs.phrasing.markup import Markup, element, figures_unbroken, isolated, table, unbroken
from model.outputs.phrasing.numbers import amount, change_unit, count, unit_beside
from model.outputs.phrasing.odds import odds_in_words, parts_in_words
from model.outputs.phrasing.sentences import HEADLINES, plan_name
from model.outputs.story.compared import Compared
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison
from model.projection.results import TooFewDraws
from model.scenario.comparability import BASE, PLAN, Candidate, ComparisonSet
from model.scenario.levers import Lever, Value
from model.scenario.levers import levers as levers_of
from model.scenario.scenario import Scenario
from model.year.measures import MEASURE
from views.shell.page import blocks, widgets
from views.shell.session import session

ORDER = (*HEADLINES, *OTHERS)
MARKS = {"better": "●", "worse": "○", "open": "◐", "more": "▲", "less": "▼", "even": "＝", "same": "＝"}
"""The sign of a verdict, by its kind."""


@dataclass(frozen=True)
class ComparisonView:
    """A comparison as the page shows it.

    `reference` is the place of the scenario that the others are read against.
    """

    comparison: Comparison
    candidates: tuple[Candidate, ...]
    reference: int
    baseline: Baseline
    language: str
    origins: tuple[Origin, ...]

    @cached_property
    def names(self) -> list[str]:
        return [name_of(candidate.key, candidate.scenario, self.language) for candidate in self.candidates]

    def compared(self, day: date) -> Compared:
        """The comparison to be handed out on a day, its plans with their texts."""
        plans = zip(self.comparison.projections, self.candidates, strict=True)
        projections = tuple(replace(one, scenario=candidate.scenario) for one, candidate in plans)
        comparison = replace(self.comparison, projections=projections)
        names = tuple(self.names)
        return Compared(comparison, names, self.reference, self.baseline, day, self.language, self.origins)

    @cached_property
    def lettered(self) -> list[str]:
        """Letter and name for each row of a chart, whose mark shows which one is the current plan."""
        short = [
            plan_name(candidate.scenario, self.language) if candidate.key == PLAN else name
            for candidate, name in zip(self.candidates, self.names, strict=True)
        ]
        return [f"{letter} {name}" for letter, name in zip(LETTERS, short, strict=False)]

    @cached_property
    def kinds(self) -> list[str]:
        return [_kind(candidate) for candidate in self.candidates]

    @property
    def places(self) -> range:
        return range(len(self.candidates))

    def badge(self, place: int) -> Markup:
        """The letter of a scenario, in its colour and the look of its kind."""
        colour = f"--plan:{difference_charts.colours(self.kinds)[place]}"
        return element("span", LETTERS[place], class_=f"badge {self.kinds[place]}", style=colour)


def _kind(candidate: Candidate) -> str:
    if candidate.key == BASE or not candidate.scenario.levers:
        return "base"
    return "current" if candidate.key == PLAN else "scenario"


def notes(sentences: Iterable[str], kind: str) -> None:
    """Sentences in a frame, of the kind `caution` or `hint`; nothing without sentences."""
    if lines := blocks.paragraphs(sentences):
        st.html(element("div", *lines, class_=f"notes {kind}", role="status"))


def levels(scenarios: ComparisonSet, language: str) -> None:
    """The plans that stand on different base years, by their levels."""
    candidates = [*scenarios.candidates, *(candidate for candidate, _ in scenarios.left_out)]
    names = widgets.distinct({one.key: name_of(one.key, one.scenario, language) for one in candidates})
    content = levels_table([_level(names[one.key], one.scenario) for one in candidates], language)
    blocks.heading(text("compare.levels_title", language))
    st.html(element("div", table(content), class_="levels"))
    st.caption(text("compare.levels_note", language))


def _level(name: str, scenario: Scenario) -> Level:
    try:
        projection = session.projection(scenario)
    except TooFewDraws:
        projection = None
    return Level(name, baseline_of(scenario), projection, len(scenario.assumptions))


def _table(kind: str, heads: Iterable[list[str]], rows: Iterable[Markup]) -> Markup:
    top = element("tr", *(element("th", *head, scope="col") for head in heads))
    return element("table", element("thead", top), element("tbody", *rows), class_=kind)


def _row(head: Iterable[str], cells: Iterable[Markup], **attributes: str) -> Markup:
    return element("tr", element("th", *head, scope="row"), *cells, **attributes)


def _badges(view: ComparisonView) -> list[list[str]]:
    return [[view.badge(place)] for place in view.places]


def roster(view: ComparisonView) -> None:
    """What must be known first; then each scenario with letter, name and one sentence."""
    notes(cautions_in_words(view.comparison, view.baseline, view.language), "caution")
    items = []
    for place, projection in enumerate(view.comparison.projections):
        sentence = scenario_in_words(projection, view.baseline, view.language)
        finality = view.origins[place].finality
        marks = [element("i", finality.mark(view.language), title=finality.sentence(view.language))] if finality else []
        about = element(
            "div", element("b", isolated(view.names[place])), *marks, " ", element("span", figures_unbroken(sentence))
        )
        items.append(element("li", view.badge(place), about))
    st.html(element("ol", *items, class_="roster"))


def figures(view: ComparisonView) -> None:
    """The four headline measures, and folded under them the others in the same columns."""
    language, projection = view.language, view.comparison.projections[0]
    blocks.heading(text("compare.figures_title", language))
    _measures(view, HEADLINES)
    with st.expander(text("compare.others", language, count=len(OTHERS)), key="compare-others"):
        _measures(view, OTHERS)
    origin = text(
        "compare.how_made",
        language,
        drawn=count(projection.draws.drawn),
        kept=count(projection.draws.kept),
        seed=projection.seed,
        version=projection.model_version,
    )
    st.caption(text("compare.how_to_read", language) + " " + origin)


def _measures(view: ComparisonView, ids: Iterable[str]) -> None:
    heads = [[text("compare.figures", view.language)], *(_head(view, place) for place in view.places)]
    rows = (_measure_row(view, id) for id in ids)
    st.html(element("div", _table("versus", heads, rows), class_="beside", style=f"--plans:{len(view.candidates)}"))


def _head(view: ComparisonView, place: int) -> list[str]:
    role = "compare.is_reference" if place == view.reference else "compare.against"
    words, name = text(role, view.language, letter=LETTERS[view.reference]), view.names[place]
    return [view.badge(place), isolated(name), element("i", words)]


def _measure_row(view: ComparisonView, id: str) -> Markup:
    name = measure_name(id, view.comparison.projections, view.language)
    cells = (element("td", *_cell(view, id, place)) for place in view.places)
    return _row([unbroken(name)], cells, data_measure=id)


def _cell(view: ComparisonView, id: str, place: int) -> list[Markup]:
    """Value and band of a measure; beside the reference also the difference and the verdict."""
    language, result = view.language, view.comparison.projections[place].measures[id]
    band = result.total.scenario
    value, unit = amount(band.p50, result.unit), unit_beside(result.unit, language)
    lines = [
        element("p", element("b", value), f" {unit}", class_="value"),
        element("p", band_in_words(band, result.unit, language), class_="band"),
    ]
    if place == view.reference:
        return lines
    duel = view.comparison.duels[id]["total"][place, view.reference]
    outcome = verdict(duel.odds, MEASURE[id].better, language)
    mark = element("i", MARKS[outcome.kind], aria_hidden="true")
    if outcome.kind != "same":
        middle, around = difference_in_words(duel, result.unit, language)
        lines.append(element("p", element("span", middle), element("span", around), class_="change"))
    said = element("span", outcome.counts)
    return [*lines, element("p", mark, f" {outcome.head}", said, class_=f"verdict {outcome.kind}")]


def choice(view: ComparisonView) -> None:
    """Which plan to choose for what, in one sentence."""
    how = element("small", text("compare.choose_how", view.language))
    st.html(element("p", choice_in_words(view.comparison, view.language), " ", how, class_="choice", role="status"))


def differences(view: ComparisonView, ids: Sequence[str], columns: int) -> None:
    """The paired differences from the reference about zero, a chart a measure, in so many columns."""
    language, letter = view.language, LETTERS[view.reference]
    blocks.heading(text("compare.pictures_title", language, letter=letter))
    marks = {"median": blocks.mark("dot"), "band": blocks.mark("rule"), "zero": blocks.mark("upright")}
    blocks.legend((mark, text(f"compare.key_{key}", language, letter=letter)) for key, mark in marks.items())
    width = difference_charts.name_width(view.lettered)
    for start in range(0, len(ids), columns):
        for id, column in zip(ids[start : start + columns], st.columns(columns, gap="large"), strict=False):
            with column:
                _difference(view, id, width)


def _difference(view: ComparisonView, id: str, width: int) -> None:
    """The chart of a measure, with `width` pixels for the names."""
    language, result = view.language, view.comparison.projections[0].measures[id]
    title = measure_name(id, view.comparison.projections, language)
    chart_title(title, change_unit(result.unit, language))
    st.vega_lite_chart(
        difference_charts.data(id, view.comparison, view.lettered, view.kinds, view.reference),
        difference_charts.spec(len(view.candidates) - 1, width, language, session.theme()),
        key=f"compare-{id}",
        alt=text("compare.chart_alt", language, measure=title),
    )


def chart_title(title: str, unit: str) -> None:
    st.html(element("h4", f"{title} ", element("small", unit), class_="chart-title"))


def duels(view: ComparisonView, measure: str) -> None:
    """The odds of the row against the column, under one sentence on the order."""
    language = view.language
    outcomes = view.comparison.duels[measure]["total"]
    better = MEASURE[measure].better
    name = measure_name(measure, view.comparison.projections, language)

    def cell(row: int, column: int) -> Markup:
        if row == column:
            return element("td", "·", class_="self")
        odds = outcomes[row, column].odds
        said = odds_in_words(odds, language, better=better)
        title = text("compare.duel_cell", language, first=LETTERS[row], other=LETTERS[column], odds=said)
        return element("td", parts_in_words(odds, language, "cell"), style=f"--wins:{odds.better:.0%}", title=title)

    rows = []
    for place in view.places:
        plan = isolated(view.names[place])
        rows.append(_row([view.badge(place), plan], (cell(place, column) for column in view.places)))
    head = text("odds.head" if better else "odds.head_plain", language)
    heads = [[text("compare.duels_head", language, odds=head)], *_badges(view)]
    sentence = element("p", duels_in_words(view.comparison, measure, name, language), class_="said")
    st.html(sentence + _table("duels", heads, rows))


def levers_table(view: ComparisonView) -> None:
    """The levers whose values differ, beside the base year's."""
    language, settable = view.language, levers_of(view.baseline)
    blocks.heading(text("compare.levers_title", language))
    differing = view.comparison.differing
    if not differing:
        notes([text("compare.levers_same", language)], "hint")
        return
    rows = [_lever_row(settable[id], values, language) for id, values in differing.items()]
    head, base = (text(f"compare.levers_{key}", language) for key in ("head", "base"))
    st.html(_table("levers", [[head], *_badges(view), [base]], rows))
    st.caption(text("compare.levers_rest", language, count=len(settable) - len(differing)))


def _lever_row(lever: Lever, values: Iterable[Value], language: str) -> Markup:
    """A lever's value in each scenario, marked if it is off the base."""
    dot = element("i", "●", aria_hidden="true")
    cells = [
        element("td", lever_value(lever, value, language))
        if value == lever.base
        else element("td", dot, f" {lever_value(lever, value, language)}", class_="moved")
        for value in values
    ]
    base = element("td", lever_value(lever, lever.base, language), class_="base")
    return _row([lever.label[language]], [*cells, base])
