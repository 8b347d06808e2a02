"""The four headline figures and the sentence in words, as drawn text: every value is escaped."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from model import Projection, TooFewDraws
from model.evidence.baseline import Baseline
from model.outputs.phrasing.numbers import amount, change, change_span, change_unit, count, span, unit_word
from model.outputs.phrasing.sentences import HEADLINES, condition_in_words, of_hundred, plan_in_words
from model.outputs.words import text
from model.projection.results import Band, MeasureResult, Paired
from model.scenario.levers import levers


def headlines(projection: Projection, baseline: Baseline, language: str) -> None:
    """Value, base, change, band and how many of a hundred draws are better; without a decision the base year alone."""
    cards = "".join(_card(projection.measures[id], projection, baseline, language) for id in HEADLINES)
    st.html(f'<div class="cards">{cards}</div>')


def _card(measure: MeasureResult, projection: Projection, baseline: Baseline, language: str) -> str:
    decided = bool(projection.scenario.levers)
    band = measure.total.scenario
    limit = projection.scenario.levers.get("decision_limit", levers(baseline)["decision_limit"].base)
    title = text(f"plan.headline_{measure.id}", language, days=limit)
    unit = unit_word(measure.unit, language)
    moved = _moved(measure, language) if decided else ""
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
    small = "".join(f"<span>{escape(row)}</span>" for row in rows)
    return (
        f'<section class="card" data-measure="{measure.id}" aria-label="{escape(title)}">'
        f"<h3>{escape(title)}</h3>"
        f'<p class="figure"><b>{escape(amount(band.p50, measure.unit))}</b> <i>{escape(unit)}</i>{moved}</p>'
        f"{_strip(measure.total, decided)}"
        f'<p class="small">{small}</p>'
        f"{_chance(measure.total, language) if decided else ''}</section>"
    )


def _beside(id: str, projection: Projection) -> Mapping[str, str]:
    """What stands beside a headline figure, to read it against."""

    def middle(measure: str) -> str:
        return count(projection.measures[measure].total.scenario.p50)

    return {
        "visits": {"capacity": middle("visit_capacity"), "problems": middle("problems")},
        "case_capacity": {"filed": middle("cases_filed"), "decided": middle("cases_decided")},
        "on_time_share": {"days": count(float(projection.months.days_to_decision["scenario"].p50[-1]))},
        "duty_met": {"owed": middle("legal_minimum")},
    }[id]


def _moved(measure: MeasureResult, language: str) -> str:
    difference = measure.total.difference
    written = change(difference.p50, measure.unit)
    arrow = "" if written == "0" else "▲ " if difference.p50 > 0 else "▼ "
    unit = change_unit(measure.unit, language) if measure.unit == "share" else ""
    return f'<em title="{escape(text("plan.how_to_read", language))}">{arrow}{escape(written)} {escape(unit)}</em>'


def _chance(paired: Paired, language: str) -> str:
    better, worse = of_hundred(paired.better), of_hundred(paired.worse)
    if not better and not worse:
        said = text("plan.unchanged", language)
    elif not worse:
        said = text("plan.better_only", language, better=better)
    else:
        said = text("plan.better_worse", language, better=better, worse=worse)
    return f'<p class="chance">{escape(said)}</p>'


def _strip(paired: Paired, decided: bool) -> str:
    """The bands drawn on one line, base year above, plan below, each with its median."""
    bands = {"base": paired.base, "scenario": paired.scenario} if decided else {"base": paired.base}
    low = min(band.p10 for band in bands.values())
    width = max(band.p90 for band in bands.values()) - low or 1.0

    def line(kind: str, band: Band) -> str:
        left, middle, right = ((value - low) / width * 100 for value in (band.p10, band.p50, band.p90))
        return (
            f'<div class="line {kind}"><s style="left:{left:.1f}%;width:{right - left:.1f}%"></s>'
            f'<u style="left:{middle:.1f}%"></u></div>'
        )

    return f'<div class="strip" aria-hidden="true">{"".join(line(kind, band) for kind, band in bands.items())}</div>'


def in_words(projection: Projection, baseline: Baseline, language: str) -> None:
    end = text("plan.sentence_end", language)
    said = "".join(
        f"<p><b>{escape(clause.head)}</b>{escape(clause.body + end)}</p>"
        for clause in plan_in_words(projection, baseline, language)
    )
    st.html(f'<div class="words" aria-live="polite">{said}</div>')


def refusal(refused: TooFewDraws, baseline: Baseline, language: str) -> None:
    """Why there are no figures, by the condition that most draws failed, and what to do."""
    commonest = sorted(refused.refused.items(), key=lambda item: -item[1])
    reasons = "".join(f"<li>{escape(_reason(id, n, baseline, language))}</li>" for id, n in commonest)
    counted = {"drawn": count(refused.draws.drawn), "kept": count(refused.draws.kept)}
    st.html(
        f'<div class="refusal" role="alert"><h3>{escape(text("plan.too_few_title", language))}</h3>'
        f"<p>{escape(text('plan.too_few_body', language, **counted))}</p><ul>{reasons}</ul>"
        f"<p>{escape(text('plan.too_few_next', language))}</p></div>"
    )


def _reason(id: str, draws: int, baseline: Baseline, language: str) -> str:
    condition = condition_in_words(id, baseline, language)
    return text("plan.too_few_reason", language, condition=condition, count=count(draws))
