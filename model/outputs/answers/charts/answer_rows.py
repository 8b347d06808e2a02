"""What the charts of the answers share.

An item has a row, with marks between its name and its figure; the specification is constant.
"""

from collections.abc import Callable, Mapping, Sequence

import altair as alt

from model.outputs.charts.palette import INK, QUIET_INK
from model.outputs.charts.row_chart import NAME_WIDTH, figure, finished, names_axis
from model.outputs.charts.specification import SOURCE, Spec

Marks = Sequence[alt.Chart]


def spec(
    marks: Callable[[alt.Chart, str], Marks],
    rows: int,
    theme: str,
    *,
    tooltips: Mapping[str, str],
    name_width: int = NAME_WIDTH,
    titled: bool = False,
) -> Spec:
    """The constant specification of a chart on a `light` or `dark` page.

    Only its height follows the number of `rows`.

    `marks` draws on a chart that has the names at the left already, in the ink it is given; the figures (`label`) are
    put at the right. `tooltips` are titles by field; `titled` where the axis of numbers has a title.
    """
    ink = INK[theme]
    shown = [alt.Tooltip(f"{field}:N", title=title) for field, title in tooltips.items()]
    base = alt.Chart(SOURCE).encode(y=names_axis(name_width), tooltip=shown)
    chart = alt.LayerChart(layer=[*marks(base, ink), figure(base, ink)])
    return finished(chart, rows, ink, QUIET_INK[theme], titled=titled)


def colour(field: str, colours: Mapping[str, str]) -> alt.Color:
    """A colour for each value of a field, without a legend."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(f"{field}:N", scale=scale, legend=None)


def zero_line(ink: str) -> alt.Chart:
    """A line where nothing changes."""
    return alt.Chart(SOURCE).mark_rule(color=ink, strokeWidth=1.2).encode(x=alt.datum(0))
