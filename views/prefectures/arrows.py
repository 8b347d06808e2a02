"""Arrows over the map of squares from where people leave to where they go."""

from collections.abc import Mapping, Sequence
from math import hypot

from model import Scenario
from model.evidence.baseline import TIERS, Baseline
from model.outputs.phrasing.markup import Markup, element
from model.outputs.phrasing.numbers import count
from model.outputs.prefectures.people_flows import Flow, between_prefectures, between_tiers
from model.outputs.prefectures.tile_map import grid
from model.outputs.words import text

APART, HEAD, WIDEST = 0.32, 0.16, 0.06
"""In squares: from an arrow's end to the middle of its square, the length of its head, the width of the largest."""
Place = tuple[int, int]
"""Row and column of a square, from 0."""


def arrows(scenario: Scenario, baseline: Baseline, language: str) -> Markup:
    """An arrow a flow between prefectures, as wide as its people are many; empty without any."""
    flows = between_prefectures(scenario, baseline)
    if not flows:
        return Markup("")
    places = grid(baseline.prefectures)
    rows, columns = (max(at[axis] for at in places.values()) + 1 for axis in (0, 1))
    most = max(flow.people for flow in flows)
    drawn = [_arrow(flow, places[flow.origin], places[flow.goal], flow.people / most) for flow in flows]
    names = {prefecture.id: prefecture.short[language] for prefecture in baseline.prefectures}
    said = _sentence(flows, names, language)
    rule = f".st-key-tiles > :has(.map-arrows) {{ grid-area: 1 / 1 / {rows + 1} / {columns + 1} }}"
    size = f"--rows:{rows};--columns:{columns}"
    return Markup(
        element("style", Markup(rule)) + element("div", *drawn, class_="map-arrows", style=size, role="img", title=said)
    )


def _arrow(flow: Flow, origin: Place, goal: Place, share: float) -> Markup:
    """An arrow with its number, in squares from the upper left corner.

    `share` is its people of the largest flow's.
    """
    (y0, x0), (y1, x1) = ((row + 0.5, column + 0.5) for row, column in (origin, goal))
    far = hypot(x1 - x0, y1 - y0)
    along, down = (x1 - x0) / far, (y1 - y0) / far
    wide = WIDEST * (0.35 + 0.65 * share) / 2
    start, end = APART, far - APART
    neck = end - HEAD
    side = [(start, wide), (neck, wide), (neck, wide * 2.4)]
    outline = [*side, (end, 0.0), *((at, -off) for at, off in reversed(side))]
    corners = ",".join(_corner(x0 + along * at - down * off, y0 + down * at + along * off) for at, off in outline)
    middle = start + HEAD / 2
    x, y = (f"{first + step * middle:.3f}" for first, step in ((x0, along), (y0, down)))
    return element(
        "div",
        element("i", style=f"clip-path:polygon({corners})"),
        element("b", count(flow.people), style=f"--x:{x};--y:{y}"),
    )


def _corner(x: float, y: float) -> str:
    return f"calc({x:.3f} / var(--columns) * 100%) calc({y:.3f} / var(--rows) * 100%)"


def tier_flows(scenario: Scenario, baseline: Baseline, language: str) -> str:
    """Who goes from tier to tier in one line; empty where nobody does."""
    names = {tier: text(f"terms.tier_{tier}", language) for tier in TIERS}
    return _sentence(between_tiers(scenario, baseline), names, language)


def _sentence(flows: Sequence[Flow], names: Mapping[str, str], language: str) -> str:
    said = (
        text("prefectures.flow", language, origin=names[flow.origin], goal=names[flow.goal], people=count(flow.people))
        for flow in flows
    )
    return text("plan.list_semicolon", language).join(said)
