"""The health of the model, as drawn text at the top of the evidence page: draws kept, closure, held-out figures."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.evidence.evidence_table import range_of
from model.outputs.evidence.health import HeldOut, closed, held_out, hits, independent_hits
from model.outputs.phrasing.numbers import count, percent
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.results import Projection
from views.evidence.method import link

SECTION = 10
"""Of the method: draws, closure and hold-outs."""


def health(projection: Projection, base: BaseYear, language: str) -> None:
    """Three panels side by side, and folded away under them why the held-out figures hit or missed."""
    rows = held_out(projection, base.baseline, language)
    panels = _draws(projection, base.baseline, language) + _closure(base, language) + _held_out(rows, language)
    st.html(f'<div class="health">{panels}</div>')
    with st.expander(_word("why_title", language), key="why"):
        st.html(f'<dl class="why">{"".join(_why(row, language) for row in rows)}</dl>')


def _word(key: str, language: str, **values: object) -> str:
    return text(f"evidence_page.{key}", language, **values)


def _panel(name: str, title: str, body: str, language: str) -> str:
    head = f"<h3>{escape(title)} <small>{link(SECTION, language)}</small></h3>"
    return f'<section class="panel {name}" aria-label="{escape(title)}">{head}{body}</section>'


def _draws(projection: Projection, baseline: Baseline, language: str) -> str:
    draws, assumptions = projection.draws, baseline.assumptions
    ranges_now = {**assumptions, **projection.scenario.assumptions}
    share = draws.kept / draws.drawn
    drawn, kept = count(draws.drawn), count(draws.kept)
    ranges = {
        name: range_of(ranges_now[id], assumptions[id].unit, True, language)
        for name, id in (("other", "other_duties_share"), ("filed", "visit_filed"))
    }
    small = _word("draws_share", language, share=percent(share, 0), effective=count(draws.effective))
    said = _word("draws_words", language, count=sum(not one.closed for one in assumptions.values()), **ranges)
    run = _word("draws_run", language, seed=projection.seed, version=projection.model_version)
    alt = escape(_word("draws_alt", language, drawn=drawn, kept=kept))
    return _panel(
        "draws",
        _word("draws_title", language),
        f'<p class="figure"><b>{kept}</b> {escape(_word("draws_of", language, drawn=drawn))}</p>'
        f'<div class="kept" role="img" aria-label="{alt}"><s style="width:{share:.1%}"></s></div>'
        f'<p>{escape(small)}</p><p class="small">{escape(said)}</p><p class="small">{escape(run)}</p>',
        language,
    )


def _closure(base: BaseYear, language: str) -> str:
    rows = closed(base, language)
    kept = count(base.draws.kept)
    signs = {True: ("✓", _word("closure_ok", language, kept=kept)), False: ("✗", _word("closure_off", language))}
    body = "".join(
        f"<tr><th scope=row>{escape(row.label)}</th><td>{escape(row.reported)}</td><td>{escape(row.reproduced)}</td>"
        f'<td class="{"good" if row.ok else "bad"}" title="{escape(signs[row.ok][1])}">{signs[row.ok][0]}</td></tr>'
        for row in rows
    )
    heads = "".join(f"<th scope=col>{escape(_word(f'closure_{one}', language))}</th>" for one in ("reported", "model"))
    off = sum(not row.ok for row in rows)
    said = (
        _word("closure_some", language, count=off)
        if off
        else _word("closure_all", language, count=len(rows), kept=kept)
    )
    head = f"<tr><th scope=col>{escape(_word('closure_what', language))}</th>{heads}<th></th></tr>"
    return _panel(
        "closure",
        _word("closure_title", language),
        f'<table><thead>{head}</thead><tbody>{body}</tbody></table><p class="small">{escape(said)}</p>',
        language,
    )


def _held_out(rows: Sequence[HeldOut], language: str) -> str:
    """A row a figure: its prediction drawn to the scale of the observed value, and both in numbers."""
    widest = max([1.5, *(row.high for row in rows)]) * 1.04
    heads = "".join(
        f"<th scope=col>{escape(_word(f'held_{one}', language))}</th>"
        for one in ("what", "drawn", "predicted", "observed", "result")
    )
    body = "".join(_held_row(row, widest, language) for row in rows)
    said = _word("held_summary", language, held=len(rows), hit=hits(rows), independent=independent_hits(rows))
    return _panel(
        "held",
        _word("held_title", language),
        f'<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table><p class="small">{escape(said)}</p>',
        language,
    )


def _held_row(row: HeldOut, widest: float, language: str) -> str:
    left, middle, right, observed = (value / widest * 100 for value in (row.low, row.middle, row.high, 1.0))
    span = text("plan.span", language, low=percent(row.low, 0), high=percent(row.high, 0))
    drawn = (
        f'<div class="interval" role="img" aria-label="{escape(_word("held_relative", language, span=span))}">'
        f'<i style="left:{observed:.1f}%"></i><s style="left:{left:.1f}%;width:{right - left:.1f}%"></s>'
        f'<u style="left:{middle:.1f}%"></u></div>'
    )
    result = _word(f"result_{row.result}", language)
    return (
        f'<tr class="{row.result}"><th scope=row>{escape(row.label)}</th><td>{drawn}</td>'
        f"<td>{escape(row.predicted)}</td><td>{escape(row.observed)}</td><td>{escape(result)}</td></tr>"
    )


def _why(row: HeldOut, language: str) -> str:
    result = _word(f"result_{row.result}", language)
    return f"<dt>{escape(row.label)} <em>{escape(result)}</em></dt><dd>{escape(row.why)}</dd>"
