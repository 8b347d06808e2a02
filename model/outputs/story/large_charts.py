"""The charts of the pages, made large for a room: the same specifications drawn at twice the size."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from model.outputs.charts import plan_charts
from model.outputs.compare import comparison_charts
from model.outputs.story.story import WAY, Chart
from model.outputs.why import way
from model.outputs.words import text

TIMES = 2
"""How many times larger than on a page, so that no letter is smaller than 24 pixels."""
GROWING = frozenset(
    (
        *("fontSize", "labelFontSize", "titleFontSize", "labelPadding", "titlePadding", "labelLimit"),
        *("strokeWidth", "thickness", "size", "dx", "dy", "minExtent", "maxExtent", "cornerRadiusEnd"),
    )
)
"""The properties of a specification that are in pixels."""
NAME_WIDTH = 520
"""Pixels for the names of plans."""
MEDIAN = 500
"""Area of a median's dot, in square pixels."""
ROOM = {"way": 150, "people": 80, "visits": 90, "cases": 200, "plain": 110, "percent": 110}
"""Pixels at the right for the numbers behind the longest bar."""


@lru_cache(maxsize=64, typed=True)
def spec(name: str, rows: int, language: str, theme: str, width: int, height: int) -> dict:
    """The constant specification of a story's chart on a `light` or `dark` page.

    The chart is one picture of `width` by `height` pixels, which the page then scales; `rows` are its rows of data.
    The dictionary is shared and must not be changed.
    """
    if name in ("plain", "percent"):
        large = _enlargement(comparison_charts.spec(name == "percent", rows, language, theme), {})
        _make_room_for_names(large)
    elif name == WAY:
        large = _enlargement(way.spec(rows, language, theme), {})
    else:
        x_axis = _month_axis(language) if name == "backlog" else {}
        large = _enlargement(plan_charts.spec(name, language, theme), x_axis)
    large.pop("title", None)
    large["padding"] = {"left": 0, "right": ROOM.get(name, 8), "top": 4, "bottom": 0}
    large |= {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}}
    large["usermeta"] = {"embedOptions": {"renderer": "svg", "actions": False}}
    return large


def spec_of(chart: Chart, language: str, theme: str, width: float, height: float) -> dict:
    """The specification of a chart of a story; see `spec`."""
    return spec(chart.name, len(chart.rows), language, theme, round(width), round(height))


def _month_axis(language: str) -> dict[str, object]:
    """The axis of months for the backlog, which shares that of the days on the Plan page."""
    return {"labels": True, "title": text("charts.month_axis", language)}


def _enlargement(value: Any, x_axis: Mapping[str, object], key: str = "") -> Any:
    """A copy of a specification with its pixels multiplied and without its tooltips."""
    if isinstance(value, dict):
        copy = {name: _enlargement(one, x_axis, name) for name, one in value.items() if name != "tooltip"}
        if key != "axis":
            return copy
        return {"labelLimit": NAME_WIDTH, **copy, **(x_axis if "labels" in copy else {})}
    if isinstance(value, list):
        return [_enlargement(one, x_axis) for one in value]
    if key in GROWING and isinstance(value, int | float):
        return value * TIMES
    return value


def _make_room_for_names(large: dict) -> None:
    """Widen the axis of names, and enlarge the medians so that they are seen from afar."""
    for layer in large["layer"]:
        if layer["mark"]["type"] == "point":
            layer["mark"]["size"] = MEDIAN
        axis = layer["encoding"].get("y", {}).get("axis", {})
        if axis.get("labelPadding"):
            axis |= {"labelPadding": NAME_WIDTH, "labelLimit": NAME_WIDTH - 16}
