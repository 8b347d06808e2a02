"""A slide of a story as HTML, every word of it escaped, with its charts in the boxes left for them."""

import streamlit as st

from model.outputs.charts.palette import BASE, MINIMUM, PANEL, QUIET_INK, SCENARIO, TIERS
from model.outputs.phrasing.markup import Markup, element, figures_unbroken, written
from model.outputs.phrasing.typesetting import PADDING, clipped_name, ems, fitting
from model.outputs.story import large_charts
from model.outputs.story.layout import (
    FOOT,
    FOOT_WIDTH,
    GAP,
    MARGIN,
    SMALLEST,
    UNIT,
    Box,
    Line,
    is_strong,
    rows_of,
)
from model.outputs.story.slide_parts import (
    SEVERAL,
    Group,
    Part,
    PlacedChart,
    PlacedTable,
    Role,
    Text,
    key_of,
    parts_of,
)
from model.outputs.story.story import Slide, Table
from model.outputs.words import text

TITLE_HIGH = 92
"""Pixels above a chart for its title and its key."""
KEYS = {
    "people": ("base", "scenario", "band"),
    "visits": ("base", "scenario", "band", "minimum"),
    "cases": ("base", "scenario", "band"),
    "backlog": ("base", "scenario", "area"),
    "way": (),
    "days": ("base", "scenario", "area"),
}
"""The entries of the key above a chart, by its name."""
LOOKS = {
    "base": ("box", BASE),
    "scenario": ("box", SCENARIO),
    "minimum": ("tick", MINIMUM),
    "band": ("rule", "currentColor"),
    "area": ("area", SCENARIO),
}
"""The class and the colour of an entry's sign."""
CLASSES: dict[Role, str] = {"right": "right option", "remarks": "points quiet"}
"""The classes of a text, where they are not the name of its role."""
BREAK = element("br")


def draw(slide: Slide, title: str, number: str, bottom: float, language: str, theme: str) -> None:
    """Draw a slide on the stage, none of it lower than `bottom`.

    `title` is that of its story; `number` says its place among the slides.
    """
    parts = list(parts_of(slide, bottom))
    st.html(_article(slide.id, parts, title, number, language, theme))
    for part in parts:
        if isinstance(part, PlacedChart):
            chart, box = part.chart, part.box
            with st.container(key=f"chart-{part.number}"):
                st.vega_lite_chart(
                    list(chart.rows),
                    large_charts.spec_of(chart, language, theme, box.width, box.height - TITLE_HIGH),
                    key=f"vega-{slide.id}-{part.number}",
                    alt=chart.alt,
                    width="content",
                )


def _article(id: str, parts: list[Part], title: str, number: str, language: str, theme: str) -> Markup:
    key = key_of(parts, language)
    foot = Line(Box(MARGIN, FOOT, FOOT_WIDTH, 44), SMALLEST)
    room = (FOOT_WIDTH - GAP) / SMALLEST - ems(key)
    stripe = (element("i", style=f"background:{colour}") for colour in TIERS.values())
    return element(
        "article",
        element("div", *stripe, class_="stripe"),
        *(_html(part, language) for part in parts),
        _at("p", foot, "foot", element("span", clipped_name(title, room)), element("span", key)),
        class_="slide",
        lang=language,
        data_slide=id,
        aria_label=number,
        style=f"--panel:{PANEL[theme]};--quiet:{QUIET_INK[theme]};--rule:{BASE};--plan:{SCENARIO}",
    )


def _html(part: Part, language: str) -> Markup:
    match part:
        case Text(role="headline", lines=(headline,), place=place):
            return _at("h1", place, "", headline)
        case Text():
            return _text(part, language)
        case Group(kind=kind, parts=parts, figure=figure, panel=panel):
            inside = [element("div", class_="panel at", style=_box(panel))] if panel else []
            inside += [_html(one, language) for one in parts]
            return element("ul" if kind == "options" else "section", *inside, data_figure=figure or None)
        case PlacedChart():
            return _chart_head(part, language)
        case PlacedTable():
            return _table(part)


def _at(name: str, place: Line, kind: str, *inside: str) -> Markup:
    """An element in a place, with its size of type."""
    return element(name, *inside, class_=f"{kind} at".strip(), style=_line(place))


def _line(place: Line) -> str:
    return f"{_box(place.box)};--s:{place.size}"


def _box(box: Box) -> str:
    return f"--l:{box.left:.1f};--t:{box.top:.1f};--w:{box.width:.1f};--h:{box.height:.1f}"


def _text(part: Text, language: str) -> Markup:
    kind = CLASSES.get(part.role, part.role)
    if part.role in SEVERAL:
        return _at("div", part.place, kind, *(element("p", figures_unbroken(line)) for line in part.lines))
    (line,) = part.lines
    if part.role in ("option", "right"):
        return _at("li", part.place, kind, element("span", line))
    if part.role != "value":
        return _at("p", part.place, kind, line)
    unit = (" ", element("small", part.unit, style=f"--s:{UNIT}")) if part.unit else ()
    before = (element("i", text("story.from", language, value=part.before)), " ") if part.before else ()
    return _at("p", part.place, kind, *before, element("b", line), *unit)


def _chart_head(part: PlacedChart, language: str) -> Markup:
    """The title and the key above a chart, and the place of the chart itself."""
    chart, box = part.chart, part.box
    high = 46 if KEYS.get(chart.name, ("base",)) else TITLE_HIGH
    size = fitting([chart.title], box.width, high, (UNIT, SMALLEST), bold=True)
    title = Line(Box(box.left, box.top, box.width, high), size)
    key = Line(Box(box.left, box.top + 46, box.width, 46), SMALLEST)
    plans = {row.get("plan", row.get("kind")) for row in chart.rows}
    names = KEYS.get(chart.name, ("band",))  # a comparison's plans have their names beside them
    subject = "charts" if chart.name in KEYS else "compare"
    entries = [_key(name, subject, language) for name in names if name not in ("base", "scenario") or name in plans]
    if chart.name == "cases":
        entries.append(element("span", text("charts.bars_key", language)))
    sides = {"left": box.left, "top": box.top + TITLE_HIGH, "width": box.width, "height": box.height - TITLE_HIGH}
    placing = ";".join(f"{side}:calc({size:.1f} * var(--u))" for side, size in sides.items())
    style = element("style", f".st-key-chart-{part.number} {{ {placing} }}")
    return Markup(style + _at("h2", title, "", chart.title) + _at("div", key, "keys", *entries))


def _key(name: str, subject: str, language: str) -> Markup:
    shape, colour = LOOKS[name]
    sign = element("i", class_=shape, style=f"background:{colour}")
    return element("span", sign, text(f"{subject}.key_{'band' if name == 'area' else name}", language))


def _table(part: PlacedTable) -> Markup:
    widths = part.ruled.widths
    columns = (element("col", style=f"width:{width / sum(widths):.4%}") for width in widths)
    rows = (
        _row(part.table, r, cells, high)
        for r, (cells, high) in enumerate(zip(rows_of(part.table), part.ruled.heights, strict=True))
    )
    style = f"{_line(Line(part.box, part.ruled.size))};--pad:{PADDING}"
    return element("table", element("colgroup", *columns), element("tbody", *rows), class_="at", style=style)


def _row(table: Table, row: int, cells: tuple[str, ...], high: float) -> Markup:
    def cell(column: int, words: str) -> Markup:
        name = "th" if is_strong(table, row, column) else "td"
        return element(name, Markup(BREAK.join(map(written, words.split("\n")))))

    inside = (cell(c, words) for c, words in enumerate(cells))
    kind = "head" if table.head and row == 0 else None
    return element("tr", *inside, class_=kind, style=f"--high:{high:.1f}")
