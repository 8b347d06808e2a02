"""The charts of the pages, made large for a room: the same specifications with everything drawn twice the size."""

from collections.abc import Mapping
from functools import lru_cache

from model.outputs.charts import plan_charts
from model.outputs.compare import comparison_charts
from model.outputs.story.story import Chart
from model.outputs.words import text

TIMES = 2
"""Times the size of a page's chart: no letter smaller than 24 pixels."""
GROWING = frozenset(
    (
        *("fontSize", "labelFontSize", "titleFontSize", "labelPadding", "titlePadding", "labelLimit"),
        *("strokeWidth", "thickness", "size", "dx", "dy", "minExtent", "maxExtent", "cornerRadiusEnd"),
    )
)
"""What is measured in pixels."""
NAME_WIDTH = 520
"""Pixels for the names of plans."""
MEDIAN = 500
"""Square pixels of a median's dot."""
ROOM = {"people": 80, "visits": 90, "cases": 200, "plain": 110, "percent": 110}
"""Pixels at the right for the numbers behind the longest bar."""


@lru_cache(maxsize=64)
def spec(name: str, rows: int, language: str, theme: str, width: int, height: int) -> dict:
    """The constant specification of a story's chart on a `light` or `dark` page, drawn as one picture of so many pixels
    that the page then scales; never change what it returns."""
    if name in ("plain", "percent"):
        made = _grown(comparison_charts.spec(name == "percent", rows, language, theme), {})
        _named(made)
    else:
        made = _grown(plan_charts.spec(name, language, theme), _month_axis(language) if name == "backlog" else {})
    made.pop("title", None)
    made["padding"] = {"left": 0, "right": ROOM.get(name, 8), "top": 4, "bottom": 0}
    made |= {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}}
    made["usermeta"] = {"embedOptions": {"renderer": "svg", "actions": False}}
    return made


def of(chart: Chart, language: str, theme: str, width: float, height: float) -> dict:
    return spec(chart.name, len(chart.rows), language, theme, round(width), round(height))


def _month_axis(language: str) -> dict[str, object]:
    """The axis that the backlog shares on its page, and needs when it stands alone."""
    return {"labels": True, "title": text("charts.month_axis", language)}


def _grown(value: object, x_axis: Mapping[str, object], key: str = "") -> object:
    """A copy with what is measured in pixels grown, without what follows a pointer."""
    if isinstance(value, dict):
        grown = {name: _grown(one, x_axis, name) for name, one in value.items() if name != "tooltip"}
        if key != "axis":
            return grown
        return {"labelLimit": NAME_WIDTH, **grown, **(x_axis if "labels" in grown else {})}
    if isinstance(value, list):
        return [_grown(one, x_axis) for one in value]
    if key in GROWING and isinstance(value, int | float):
        return value * TIMES
    return value


def _named(made: dict) -> None:
    """Room for the names, and a median that is seen from afar."""
    for layer in made["layer"]:
        if layer["mark"]["type"] == "point":
            layer["mark"]["size"] = MEDIAN
        axis = layer["encoding"].get("y", {}).get("axis", {})
        if axis.get("labelPadding"):
            axis |= {"labelPadding": NAME_WIDTH, "labelLimit": NAME_WIDTH - 16}
