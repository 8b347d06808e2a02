"""The four headline figures on cards, and what the plan does in words."""

import re
from collections.abc import Mapping

import streamlit as st

from model import Projection
from model.evidence.baseline import Baseline
from model.outputs.phrasing.markup import Markup, element, figures_unbroken
from model.outputs.phrasing.numbers import amount, change, change_span, change_unit, count, is_point, span, unit_word
from model.outputs.phrasing.odds import odds_in_words
from model.outputs.phrasing.sentences import HEADLINES, LIMIT, limits_apart, plan_in_words
from model.outputs.phrasing.text_table import width
from model.outputs.words import text
from model.projection.results import MeasureResult
from model.scenario.levers import levers
from model.year.measures import MEASURE

REACH = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Ends of the bar of a change, as parts of the base year; of shares, the change itself."""

ROOM = 33
"""Columns of a figure, whose own count twice, with its unit and its change that have room at full size."""
LINE_ROOM = 36
"""Columns of a line under the figure that have room on a laptop at full size; a longer line is set smaller."""


def headlines(projection: Projection, baseline: Baseline, language: str, **data: str) -> None:
    """A card for each headline measure, in an element with attributes for scripts."""
    st.html(element("div", all_cards(projection, baseline, language), class_="cards", **data))


def all_cards(projection: Projection, baseline: Baseline, language: str, *, has_all: bool = True) -> Markup:
    """A card for each headline measure: value, base, change, band, and the odds.

    Without a decision a card shows the base year alone. Unless the projection `has_all`, it has the headline totals
    only, as while a handle moves, and the cards lack what a figure is read against.
    """
    cards = (_card(projection.measures[id], projection, baseline, language, has_all) for id in HEADLINES)
    return Markup("".join(cards))


def _card(measure: MeasureResult, projection: Projection, baseline: Baseline, language: str, has_all: bool) -> Markup:
    decided = bool(projection.scenario.levers)
    total, band = measure.total, measure.total.scenario
    limit = levers(baseline)[LIMIT].base
    title = text(f"plan.headline_{measure.id}", language, days=projection.scenario.levers.get(LIMIT, limit))
    plan = amount(band.p50, measure.unit)
    unit, moved = unit_word(measure.unit, language), _change(measure, language) if decided else Markup()
    is_long = 2 * width(plan) + width(unit) + width(re.sub("<.*?>", "", moved)) > ROOM
    figure = element("b", plan, class_="long" if is_long else None), " ", element("i", unit), moved
    beside: tuple[str, ...] = _range_and_beside(measure, projection, language) if has_all or not decided else ()
    if decided:
        base_value = amount(total.base.p50, measure.unit)
        if limits_apart(measure.id, projection.scenario, language):
            base_value = text("plan.base_by_limit", language, value=base_value, days=limit)
        base = text("plan.base_is", language, value=base_value)
        change_band = text("plan.change_is", language, span=change_span(total.difference, measure.unit, language))
        lines: tuple[str, ...] = (f"{base} · {change_band}", odds_in_words(total.odds, language, "short"))
    else:
        lines = beside
    return element(
        "section",
        element("h3", title, title=text(f"glossary.{measure.id}", language)),
        element("p", *figure, class_="figure"),
        _strip(measure, decided, language),
        *(_line(line, kind) for line, kind in zip(lines, ("small", "small chance"), strict=True)),
        class_="card",
        data_measure=measure.id,
        aria_label=title,
        title=text("plan.list_semicolon", language).join(beside) or None if decided else None,
    )


def _line(line: str, kind: str) -> Markup:
    part = LINE_ROOM / max(width(line), LINE_ROOM)
    return element("p", line, class_=kind, style=f"--part:{part:.3f}" if part < 1 else None)


def _range_and_beside(measure: MeasureResult, projection: Projection, language: str) -> tuple[str, str]:
    """The band of a figure in words, and what it is read against."""
    band, beside = measure.total.scenario, _beside(measure.id, projection)
    in_words = text("plan.band_is", language, span=span(band, measure.unit, language))
    if is_point(band, measure.unit):
        in_words = text("plan.band_none", language)
    return in_words, text(f"plan.beside_{measure.id}", language, **beside)


def _beside(id: str, projection: Projection) -> Mapping[str, str]:
    """The other figures that a headline figure is read against."""

    def median(measure: str) -> str:
        return count(projection.measures[measure].total.scenario.p50)

    return {
        "visits": {"capacity": median("visit_capacity"), "problems": median("problems")},
        "case_capacity": {"filed": median("cases_filed"), "decided": median("cases_decided")},
        "on_time_share": {"days": count(float(projection.months.days_to_decision["scenario"].p50[-1]))},
        "duty_met": {"owed": median("legal_minimum")},
    }[id]


def _change(measure: MeasureResult, language: str) -> Markup:
    """The change with an arrow for its direction, in the colour of better or worse."""
    difference = measure.total.difference
    amount_of_change = change(difference.p50, measure.unit)
    arrow = "" if amount_of_change == "0" else "▲ " if difference.p50 > 0 else "▼ "
    unit = change_unit(measure.unit, language) if measure.unit == "share" else ""
    is_better = difference.p50 * MEASURE[measure.id].better > 0
    return element(
        "em",
        f"{arrow}{amount_of_change} {unit}",
        class_=("better" if is_better else "worse") if arrow else None,
        title=text("plan.how_to_read", language),
    )


def _strip(measure: MeasureResult, decided: bool, language: str) -> Markup:
    """The band of the change about zero, which is in the middle; its ends change in coarse steps."""
    change_band, is_share = measure.total.difference, measure.unit == "share"
    base = 1.0 if is_share else abs(measure.total.base.p50) or 1.0
    low, middle, high = (end / base if decided else 0.0 for end in (change_band.p10, change_band.p50, change_band.p90))
    reach = next((step for step in REACH if step >= max(abs(low), abs(high))), max(abs(low), abs(high)))

    def part(kind: str, left: float, right: float) -> Markup:
        style = f"left:{50 + 50 * left / reach:.1f}%;width:{50 * (right - left) / reach:.1f}%"
        return element("s", class_=kind, style=style)

    below, above = ("worse", "better") if MEASURE[measure.id].better > 0 else ("better", "worse")
    parts = [part(below, low, min(high, 0.0))] * (low < 0) + [part(above, max(low, 0.0), high)] * (high > 0)
    mark = [element("u", style=f"left:{50 + 50 * middle / reach:.1f}%")] if decided else []
    scale = text("plan.strip", language, reach=f"{100 * reach:.0f}{'' if is_share else '%'}")
    unit = f" {text('plan.points', language)}" if is_share else ""
    return element("div", *parts, *mark, class_="strip", title=scale + unit, aria_hidden="true")


def in_words(projection: Projection, baseline: Baseline, language: str) -> None:
    """What the plan does, a clause to a line."""
    end = text("plan.sentence_end", language)
    lines = [
        element("p", element("b", clause.head), figures_unbroken(clause.body + end))
        for clause in plan_in_words(projection, baseline, language)
    ]
    st.html(element("div", *lines, class_="words", aria_live="polite"))
