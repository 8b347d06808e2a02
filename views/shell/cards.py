"""The four headline figures on cards, and what the plan does in words."""

from collections.abc import Mapping

import streamlit as st

from model import Projection
from model.evidence.baseline import Baseline
from model.outputs.phrasing.markup import Markup, element
from model.outputs.phrasing.numbers import amount, change, change_span, change_unit, count, span, unit_word
from model.outputs.phrasing.odds import odds_in_words
from model.outputs.phrasing.sentences import HEADLINES, plan_in_words
from model.outputs.words import text
from model.projection.results import Band, MeasureResult, Paired
from model.scenario.levers import levers


def headlines(projection: Projection, baseline: Baseline, language: str) -> None:
    """A card for each headline measure: value, base, change, band, and the odds.

    Without a decision a card shows the base year alone.
    """
    cards = (_card(projection.measures[id], projection, baseline, language) for id in HEADLINES)
    st.html(element("div", *cards, class_="cards"))


def _card(measure: MeasureResult, projection: Projection, baseline: Baseline, language: str) -> Markup:
    decided = bool(projection.scenario.levers)
    band = measure.total.scenario
    limit = projection.scenario.levers.get("decision_limit", levers(baseline)["decision_limit"].base)
    title = text(f"plan.headline_{measure.id}", language, days=limit)
    figure = (
        element("b", amount(band.p50, measure.unit)),
        " ",
        element("i", unit_word(measure.unit, language)),
        *([_change(measure, language)] if decided else []),
    )
    rows = [
        text("plan.band_is", language, span=span(band, measure.unit, language)),
        text(f"plan.beside_{measure.id}", language, **_beside(measure.id, projection)),
    ]
    if decided:
        rows = [
            text("plan.base_is", language, value=amount(measure.total.base.p50, measure.unit)),
            text("plan.change_is", language, span=change_span(measure.total.difference, measure.unit, language)),
            *rows,
        ]
    return element(
        "section",
        element("h3", title),
        element("p", *figure, class_="figure"),
        _strip(measure.total, decided),
        element("p", *(element("span", row) for row in rows), class_="small"),
        *([element("p", odds_in_words(measure.total.odds, language, "short"), class_="chance")] if decided else []),
        class_="card",
        data_measure=measure.id,
        aria_label=title,
    )


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
    difference = measure.total.difference
    amount_of_change = change(difference.p50, measure.unit)
    arrow = "" if amount_of_change == "0" else "▲ " if difference.p50 > 0 else "▼ "
    unit = change_unit(measure.unit, language) if measure.unit == "share" else ""
    return element("em", f"{arrow}{amount_of_change} {unit}", title=text("plan.how_to_read", language))


def _strip(paired: Paired, decided: bool) -> Markup:
    """The bands on one scale, each with its median: base year above, plan below."""
    bands = {"base": paired.base, "scenario": paired.scenario} if decided else {"base": paired.base}
    low = min(band.p10 for band in bands.values())
    width = max(band.p90 for band in bands.values()) - low or 1.0

    def line(kind: str, band: Band) -> Markup:
        left, middle, right = ((value - low) / width * 100 for value in (band.p10, band.p50, band.p90))
        return element(
            "div",
            element("s", style=f"left:{left:.1f}%;width:{right - left:.1f}%"),
            element("u", style=f"left:{middle:.1f}%"),
            class_=f"line {kind}",
        )

    return element("div", *(line(kind, band) for kind, band in bands.items()), class_="strip", aria_hidden="true")


def in_words(projection: Projection, baseline: Baseline, language: str) -> None:
    """What the plan does, a clause to a line."""
    end = text("plan.sentence_end", language)
    lines = [
        element("p", element("b", clause.head), clause.body + end)
        for clause in plan_in_words(projection, baseline, language)
    ]
    st.html(element("div", *lines, class_="words", aria_live="polite"))
