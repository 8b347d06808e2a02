"""What the charts of the answers share: a row an item, marks between names and figures, one constant specification."""

from collections.abc import Callable, Mapping, Sequence

import altair as alt

from model.outputs.charts.palette import INK, QUIET_INK
from model.outputs.charts.row_chart import NAME_WIDTH, SOURCE, finished, names_axis

Marks = Sequence[alt.Chart]


def spec(
    marks: Callable[[alt.Chart, str], Marks],
    rows: int,
    theme: str,
    *,
    tooltips: Mapping[str, str],
    name_width: int = NAME_WIDTH,
) -> dict:
    """The constant specification of a chart on a `light` or `dark` page; only its height follows the number of `rows`.

    `marks` draws on a chart that has the names at the left already, in the ink it is given; the figures (`label`) are
    put at the right. `tooltips` are titles by field.
    """
    ink = INK[theme]
    shown = [alt.Tooltip(f"{field}:N", title=title) for field, title in tooltips.items()]
    base = alt.Chart(SOURCE).encode(y=names_axis(name_width), tooltip=shown)
    label = base.mark_text(align="left", dx=8, fontSize=14, color=ink).encode(x=alt.value("width"), text="label:N")
    return finished(alt.LayerChart(layer=[*marks(base, ink), label]), rows, ink, QUIET_INK[theme])


def colour(field: str, colours: Mapping[str, str]) -> alt.Color:
    """A colour for each value of a field, without a legend."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(f"{field}:N", scale=scale, legend=None)


def zero_line(ink: str) -> alt.Chart:
    """A line where nothing changes."""
    return alt.Chart(SOURCE).mark_rule(color=ink, strokeWidth=1.2).encode(x=alt.datum(0))


def band_and_dot(base: alt.Chart, low: alt.X | str, colour: alt.Color) -> Marks:
    """A band from `low` to `high`, and a dot at `value` on it."""
    band = base.mark_rule(strokeWidth=5, opacity=0.6, strokeCap="round").encode(x=low, x2="high:Q", color=colour)
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(x="value:Q", color=colour)
    return [band, dot]
