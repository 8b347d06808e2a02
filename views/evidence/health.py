"""The health of the model at the top of the Evidence page: draws kept, closure, held-out figures."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.outputs.evidence.evidence_table import range_of
from model.outputs.evidence.health import (
    HoldoutResult,
    check_results,
    closure_checks,
    hits,
    holdout_results,
    independent_hits,
    need_in_words,
    on_time_in_words,
)
from model.outputs.evidence.kept_draws import refusal_rows, shift_rows
from model.outputs.phrasing.markup import Markup, element
from model.outputs.phrasing.numbers import count, percent
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.results import Projection
from model.scenario.scenario import ChangedAssumption
from views.evidence.method import link

SECTION = 10
"""The section of the method on draws, closure and hold-outs."""


def health(projection: Projection, base: BaseYear, language: str) -> None:
    """The tests of the model as panels, and folded away under them what each hit, miss and check says."""
    held, checks = holdout_results(projection, base.baseline, language), check_results(base, language)
    panels = (
        _draws(projection, base.baseline, language),
        _closure(base, language),
        _held_out(held, language),
        _checked(checks, base, language),
        _filter(base, language),
    )
    st.html(element("div", *panels, class_="health"))
    for key, rows in (("why_title", held), ("check_why_title", checks)):
        with st.expander(_word(key, language), key=key):
            st.html(element("dl", *(part for row in rows for part in _why(row, language)), class_="why"))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"evidence_page.{key}", language, **values)


def _panel(name: str, language: str, *inside: Markup) -> Markup:
    title = _word(f"{name}_title", language)
    head = element("h3", f"{title} ", element("small", link(SECTION, language)))
    return element("section", head, *inside, class_=f"panel {name}", aria_label=title)


def _small(sentence: str) -> Markup:
    return element("p", sentence, class_="small")


def _table(heads: Iterable[str], rows: Iterable[Markup]) -> Markup:
    """A table; a column without a head has only a cell there."""
    top = (element("th", head, scope="col" if head else None) for head in heads)
    return element("table", element("thead", element("tr", *top)), element("tbody", *rows))


def _row(head: str, cells: Iterable[Markup], result: str | None = None, unit: str = "") -> Markup:
    """A row of figures; `unit` is that of all of them, where they have one."""
    of_all = [element("small", f" {unit}")] if unit else []
    return element("tr", element("th", head, *of_all, scope="row"), *cells, class_=result)


def _draws(projection: Projection, baseline: Baseline, language: str) -> Markup:
    """How many draws fit the report, as a bar and in words."""
    draws, assumptions = projection.draws, baseline.assumptions
    now: Mapping[str, Assumption | ChangedAssumption] = {**assumptions, **projection.scenario.assumptions}
    share, drawn, kept = draws.kept / draws.drawn, count(draws.drawn), count(draws.kept)
    ranges = {
        name: range_of(now[id], assumptions[id].unit, True, language)
        for name, id in (("other", "other_duties_share"), ("filed", "visit_filed"))
    }
    open_ones = sum(not one.closed for one in assumptions.values())
    alt = _word("draws_alt", language, drawn=drawn, kept=kept)
    return _panel(
        "draws",
        language,
        element("p", element("b", kept), f" {_word('draws_of', language, drawn=drawn)}", class_="figure"),
        element("div", element("s", style=f"width:{share:.1%}"), class_="kept", role="img", aria_label=alt),
        element("p", _word("draws_share", language, share=percent(share, 0), effective=count(draws.effective))),
        _small(_word("draws_words", language, count=open_ones, **ranges)),
        _small(_word("draws_run", language, seed=projection.seed, version=projection.model_version)),
    )


def _closure(base: BaseYear, language: str) -> Markup:
    """Which reported figures the base year reproduces exactly."""
    rows, kept = closure_checks(base, language), count(base.draws.kept)
    marks = {
        True: element("td", "✓", class_="good", title=_word("closure_ok", language, kept=kept)),
        False: element("td", "✗", class_="bad", title=_word("closure_off", language)),
    }
    body = [
        _row(row.label, (element("td", row.reported), element("td", row.reproduced), marks[row.ok])) for row in rows
    ]
    off = sum(not row.ok for row in rows)
    summary = (
        _word("closure_some", language, count=off)
        if off
        else _word("closure_all", language, count=len(rows), kept=kept)
    )
    heads = [_word(f"closure_{column}", language) for column in ("what", "reported", "model")]
    return _panel("closure", language, _table([*heads, ""], body), _small(summary))


def _held_out(rows: Sequence[HoldoutResult], language: str) -> Markup:
    """A row for each figure: its prediction on the scale of the observed value, and both in numbers."""
    widest = max([1.5, *(row.high for row in rows)]) * 1.04
    heads = [_word(f"held_{column}", language) for column in ("what", "drawn", "predicted", "observed", "result")]
    summary = _word("held_summary", language, held=len(rows), hit=hits(rows), independent=independent_hits(rows))
    body = [_held_row(row, widest, language) for row in rows]
    return _panel("held", language, _table(heads, body), _small(summary))


def _checked(rows: Sequence[HoldoutResult], base: BaseYear, language: str) -> Markup:
    """A row for each range check, and what two measures rest on by their making."""
    heads = [_word(key, language) for key in ("held_what", "checks_published", "checks_model", "held_result")]
    body = [
        _row(row.label, (element("td", cell) for cell in _numbers(row, language)), row.result, row.unit) for row in rows
    ]
    found = [row.result for row in rows]
    counts = {result: found.count(result) for result in ("inside", "edge", "outside")}
    return _panel(
        "checks",
        language,
        _table(heads, body),
        _small(_word("checks_summary", language, all=len(rows), **counts)),
        *([_small(_word("checks_given", language, given=given))] if (given := found.count("given")) else []),
        _small(need_in_words(base, language)),
        _small(on_time_in_words(base, language)),
    )


def _numbers(row: HoldoutResult, language: str) -> tuple[str, str, str]:
    return row.observed, row.predicted, _word(f"result_{row.result}", language)


def _filter(base: BaseYear, language: str) -> Markup:
    """The draws that each condition refuses, and every assumption that the filter moves."""
    refused = [_row(label, [element("td", draws)]) for label, draws in refusal_rows(base, language)]
    shifts = [
        _row(row.label, (element("td", row.mean), element("td", row.spread))) for row in shift_rows(base, language)
    ]
    title = _word("filter_title", language)
    return _panel(
        "filter",
        language,
        _table([_word("filter_refused", language), _word("filter_draws", language)], refused),
        _small(_word("filter_refused_words", language)),
        element(
            "div",
            _table([_word(f"filter_{head}", language) for head in ("assumption", "mean", "spread")], shifts),
            class_="scroll",
            tabindex="0",
            role="region",
            aria_label=title,
        ),
        _small(_word("filter_words", language)),
    )


def _held_row(row: HoldoutResult, widest: float, language: str) -> Markup:
    left, middle, right, observed = (value / widest * 100 for value in (row.low, row.middle, row.high, 1.0))
    span = text("plan.span", language, low=percent(row.low, 0), high=percent(row.high, 0))
    interval = element(
        "div",
        element("i", style=f"left:{observed:.1f}%"),
        element("s", style=f"left:{left:.1f}%;width:{right - left:.1f}%"),
        element("u", style=f"left:{middle:.1f}%"),
        class_="interval",
        role="img",
        aria_label=_word("held_relative", language, span=span),
    )
    cells = (interval, row.predicted, row.observed, _word(f"result_{row.result}", language))
    return _row(row.label, (element("td", cell) for cell in cells), row.result, row.unit)


def _why(row: HoldoutResult, language: str) -> tuple[Markup, Markup]:
    """Why a held-out figure hit or missed, as a term and its definition."""
    result = element("em", _word(f"result_{row.result}", language))
    return element("dt", f"{row.label} ", result), element("dd", row.why)
