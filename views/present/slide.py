"""A slide of a story as drawn text, every word of it escaped, and its charts in the boxes left for them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from model.outputs.charts.palette import BASE, MINIMUM, PANEL, QUIET_INK, SCENARIO, TIERS
from model.outputs.phrasing.typesetting import PADDING, Ruled
from model.outputs.story import large_charts
from model.outputs.story.layout import (
    FOOT,
    MARGIN,
    SMALLEST,
    UNIT,
    WIDE,
    Asked,
    Box,
    Card,
    Line,
    Placed,
    asked,
    cards,
    is_plain,
    is_strong,
    placed,
    rows_of,
)
from model.outputs.story.story import ANSWER, Chart, Figure, Question, Slide, Table
from model.outputs.words import text

TITLE_HIGH = 92
"""Pixels over a chart: its title and its key."""
KEYS = {
    "people": ("base", "scenario", "band"),
    "visits": ("base", "scenario", "band", "minimum"),
    "cases": ("base", "scenario", "band"),
    "backlog": ("base", "scenario", "area"),
    "days": ("base", "scenario", "area"),
}
"""What the key over a chart explains."""
LOOKS = {
    "base": ("box", BASE),
    "scenario": ("box", SCENARIO),
    "minimum": ("tick", MINIMUM),
    "band": ("rule", "currentColor"),
    "area": ("area", SCENARIO),
}


def drawn(slide: Slide, title: str, number: str, bottom: float, language: str, theme: str) -> None:
    """Draw a slide on the stage, none of it lower than `bottom`."""
    where = placed(slide, bottom)
    st.html(_page(slide, where, title, number, language, theme))
    for k, (chart, box) in enumerate(zip(slide.charts, where.charts, strict=True)):
        with st.container(key=f"chart-{k}"):
            st.vega_lite_chart(
                list(chart.rows),
                large_charts.of(chart, language, theme, box.width, box.height - TITLE_HIGH),
                key=f"told-{slide.id}-{k}",
                alt=chart.alt,
                width="content",
            )


def _page(slide: Slide, where: Placed, title: str, number: str, language: str, theme: str) -> str:
    parts = [f'<h1 class="at" style="{_at(where.headline)}">{escape(slide.headline)}</h1>']
    if where.lead:
        parts.append(_text("lead", where.lead, slide.lead))
    for figure, box, inner in zip(slide.figures, where.figures, cards(slide.figures, where.figures), strict=True):
        parts.append(_card(figure, box, inner))
    for question, box in zip(slide.questions, where.questions, strict=True):
        parts.append(_question(question, asked(question, box), slide.id == ANSWER))
    for k, (chart, box) in enumerate(zip(slide.charts, where.charts, strict=True)):
        parts.append(_chart_head(chart, k, box, language))
    if slide.table and where.table and where.ruled:
        parts.append(_table(slide.table, where.table, where.ruled))
    if where.points:
        kind = "points" if is_plain(slide) and slide.id != "cover" else "points quiet"
        parts.append(_lines(kind, where.points, slide.points))
    parts.append(_text("foot", Line(Box(MARGIN, FOOT, WIDE / 2 - MARGIN, 44), SMALLEST), title))
    colours = f"--panel:{PANEL[theme]};--quiet:{QUIET_INK[theme]};--rule:{BASE};--plan:{SCENARIO}"
    stripe = "".join(f'<i style="background:{colour}"></i>' for colour in TIERS.values())
    return (
        f'<article class="slide" lang="{language}" data-slide="{slide.id}" aria-label="{escape(number)}" '
        f'style="{colours}"><div class="stripe">{stripe}</div>{"".join(parts)}</article>'
    )


def _at(line: Line) -> str:
    return f"{_in(line.box)};--s:{line.size}"


def _in(box: Box) -> str:
    return f"--l:{box.left:.1f};--t:{box.top:.1f};--w:{box.width:.1f};--h:{box.height:.1f}"


def _text(kind: str, line: Line, said: str) -> str:
    return f'<p class="{kind} at" style="{_at(line)}">{escape(said)}</p>'


def _lines(kind: str, line: Line, said: Sequence[str]) -> str:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in said)
    return f'<div class="{kind} at" style="{_at(line)}">{paragraphs}</div>'


def _card(figure: Figure, box: Box, inner: Card) -> str:
    unit = f' <small style="--s:{UNIT}">{escape(figure.unit)}</small>' if figure.unit else ""
    value = f'<p class="value at" style="{_at(inner.value)}"><b>{escape(figure.value)}</b>{unit}</p>'
    parts = [_text("label", inner.label, figure.label), value]
    if figure.change:
        parts.append(_text("change", inner.change, figure.change))
    parts += [_lines("line", column, figure.lines[c :: len(inner.columns)]) for c, column in enumerate(inner.columns)]
    return (
        f'<section data-figure="{figure.id}"><div class="panel at" style="{_in(box)}"></div>{"".join(parts)}</section>'
    )


def _question(question: Question, inner: Asked, answered: bool) -> str:
    options = "".join(
        f'<li class="{"right " if answered and k in question.right else ""}option at" style="{_at(at)}">'
        f"<span>{escape(option)}</span></li>"
        for k, (option, at) in enumerate(zip(question.options, inner.options, strict=True))
    )
    answer = _text("change", inner.answer, question.answer) if answered else ""
    return f"<section>{_text('label', inner.prompt, question.prompt)}<ul>{options}</ul>{answer}</section>"


def _chart_head(chart: Chart, place: int, box: Box, language: str) -> str:
    """The title and the key over a chart, and the box of the chart itself."""
    title = Line(Box(box.left, box.top, box.width, 46), 30)
    key = Line(Box(box.left, box.top + 46, box.width, 46), SMALLEST)
    plans = {row.get("plan", row.get("kind")) for row in chart.rows}
    names = KEYS.get(chart.name, ("base", "scenario", "band"))
    keys = "".join(
        _key(name, "charts" if chart.name in KEYS else "compare", language)
        for name in names
        if name not in ("base", "scenario") or name in plans
    )
    more = f"<span>{escape(text('charts.cases_key', language))}</span>" if chart.name == "cases" else ""
    inside = Box(box.left, box.top + TITLE_HIGH, box.width, box.height - TITLE_HIGH)
    placing = ";".join(f"{side}:calc({size:.1f} * var(--u))" for side, size in _sides(inside))
    return (
        f"<style>.st-key-chart-{place} {{ {placing} }}</style>"
        f'<h2 class="at" style="{_at(title)}">{escape(chart.title)}</h2>'
        f'<div class="keys at" style="{_at(key)}">{keys}{more}</div>'
    )


def _key(name: str, subject: str, language: str) -> str:
    shape, colour = LOOKS[name]
    said = text(f"{subject}.key_{'band' if name == 'area' else name}", language)
    return f'<span><i class="{shape}" style="background:{colour}"></i>{escape(said)}</span>'


def _sides(box: Box) -> list[tuple[str, float]]:
    return [("left", box.left), ("top", box.top), ("width", box.width), ("height", box.height)]


def _table(table: Table, box: Box, set_: Ruled) -> str:
    columns = "".join(f'<col style="width:{width / sum(set_.widths):.4%}">' for width in set_.widths)
    rows = "".join(_row(table, r, cells) for r, cells in enumerate(rows_of(table)))
    style = f"{_at(Line(box, set_.size))};--pad:{PADDING}"
    return f'<table class="at" style="{style}"><colgroup>{columns}</colgroup><tbody>{rows}</tbody></table>'


def _row(table: Table, row: int, cells: tuple[str, ...]) -> str:
    def cell(column: int, said: str) -> str:
        tag = "th" if is_strong(table, row, column) else "td"
        return f"<{tag}>{'<br>'.join(map(escape, said.split(chr(10))))}</{tag}>"

    kind = ' class="head"' if table.head and row == 0 else ""
    return f"<tr{kind}>{''.join(cell(c, said) for c, said in enumerate(cells))}</tr>"
