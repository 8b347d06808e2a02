"""The bands of the native charts: error bars, the axis that holds them, and what says what they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.chart.chart import Chart as NativeChart
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from model.outputs.charts.palette import INK
from model.outputs.phrasing.typesetting import LEADING, ems, lines
from model.outputs.story.office.slide_text import Extent, child, element, paint, solid

SIZE, TITLE_SIZE = Pt(14), Pt(16)
"""Sizes of type in a chart, and of its title."""
ROOM_OF_BANDS = 1.04
"""The length of the axis over the highest end of a band."""
GAP_PT = 10
"""Points between the parts of a chart, and between a bar and its number."""
BEHIND_PT = 8
"""Points between the end of a band and its number."""
LEGEND_ROWS = 2
"""Rows of type kept for the legend, which some programs break."""


@dataclass(frozen=True)
class Series:
    """A series of numbers with its look.

    `kind` is bar, pale (a translucent bar), gap (an unseen one), line or edge (a thin dashed line). `low` and `high`
    are the ends of a band, empty where there is none; `colours` are those of single bars.
    """

    name: str
    values: Sequence[float]
    colour: str
    kind: str = "bar"
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    colours: Sequence[str] = ()

    @property
    def has_band(self) -> bool:
        """Whether any of its numbers may be another."""
        return any(low != high for low, high in zip(self.low, self.high, strict=True))


def axis_ends(series: Sequence[Series], room: float = 1.0) -> tuple[float, float]:
    """Where the axis of bars begins and ends: at zero, or beyond every bar and every end of a band.

    `room` is how many times as far as that the axis goes on, for the numbers behind the bars.

    >>> axis_ends([Series("", (5.0,), "", low=(4.0,), high=(10.0,))])
    (0.0, 10.4)
    >>> axis_ends([Series("", (-5.0,), "", low=(-10.0,), high=(-4.0,))]), axis_ends([Series("", (0.0,), "")])
    ((-10.4, 0.0), (0.0, 1.0))
    """
    ends = [end for one in series for end in (*one.values, *one.low, *one.high)]
    low, high = min(0.0, *ends, 0.0) * ROOM_OF_BANDS, max(0.0, *ends, 0.0) * ROOM_OF_BANDS * room
    return (low, high) if low < high else (0.0, 1.0)


def error_bars(shape, series: Series) -> None:
    """Add the band as error bars with a length for each bar, which a reader can edit."""
    bars = element("c:errBars")
    for tag, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        child(bars, f"c:{tag}", val=value)
    lengths = {
        "plus": [high - value for high, value in zip(series.high, series.values, strict=True)],
        "minus": [value - low for low, value in zip(series.low, series.values, strict=True)],
    }
    for tag, along in lengths.items():
        numbers = child(child(bars, f"c:{tag}"), "c:numLit")
        child(numbers, "c:formatCode").text = "General"
        child(numbers, "c:ptCount", val=str(len(along)))
        for k, length in enumerate(along):
            child(child(numbers, "c:pt", idx=str(k)), "c:v").text = repr(length)
    solid(child(child(bars, "c:spPr"), "a:ln", w="19050"), INK["light"])
    shape._element.find(qn("c:cat")).addprevious(bars)


@dataclass(frozen=True)
class Plot:
    """The rectangle of the bars in a chart, in points; `width` and `height` are those of the chart."""

    left: float
    top: float
    right: float
    bottom: float
    width: float
    height: float

    def room(self, series: Sequence[Series], written: Sequence[Sequence[str]]) -> float:
        """How many times as far as its bands the axis goes, so that no number leaves the plot."""
        wide = self.right - self.left
        _, end = axis_ends(series)
        needs = [1.0]
        for one, labels in zip(series, written, strict=True):
            for reach, label in zip(one.high or one.values, labels, strict=True):
                needs.append(reach / end * wide / (wide - _label_width(label)))
        return max(needs)


def _label_width(label: str) -> float:
    return ems(label, bold=True) * SIZE.pt + GAP_PT + BEHIND_PT


def plot_of(names: Sequence[str], title: str, extent: Extent, has_legend: bool) -> Plot:
    """The place of the bars between names, title and what stands at the foot."""
    _, _, width, height = (length.pt for length in extent)
    row = SIZE.pt * LEADING
    above = lines(title, TITLE_SIZE.pt, width * 0.8, bold=True) * TITLE_SIZE.pt * LEADING + 2 * GAP_PT
    below = row * (1 + LEGEND_ROWS * has_legend) + 2 * GAP_PT
    left = max(ems(name) for name in names) * SIZE.pt + GAP_PT
    return Plot(left, above, width - GAP_PT, height - below, width, height)


def lay_out(native: NativeChart, plot: Plot) -> None:
    """Put the bars into their place."""
    area = native._chartSpace.chart.plotArea
    if (old := area.find(qn("c:layout"))) is not None:
        area.remove(old)
    area.insert(0, layout := element("c:layout"))
    inside = (("x", plot.left, plot.width), ("y", plot.top, plot.height))
    sizes = (("w", plot.right - plot.left, plot.width), ("h", plot.bottom - plot.top, plot.height))
    manual = child(layout, "c:manualLayout")
    child(manual, "c:layoutTarget", val="inner")
    for tag in ("xMode", "yMode"):
        child(manual, f"c:{tag}", val="edge")
    for tag, length, whole in (*inside, *sizes):
        child(manual, f"c:{tag}", val=f"{length / whole:.5f}")


def labels_behind(shape, series: Series, plot: Plot, span: float, written_as: str) -> None:
    """Put every number of a series behind its band: as far from the bar's end as that reaches.

    `span` is the length of the axis; `written_as` the format of the numbers.
    """
    for k, (value, high) in enumerate(zip(series.values, series.high, strict=True)):
        label = shape.points[k].data_label
        label.font.size, label.font.bold = SIZE, True
        paint(label.font.color, INK["light"])
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        along = (max(high - value, 0.0) / span * (plot.right - plot.left) + BEHIND_PT) / plot.width
        written = label._get_or_add_dLbl()
        written.find(qn("c:idx")).addnext(layout := element("c:layout"))
        manual = child(layout, "c:manualLayout")
        child(manual, "c:x", val=f"{along:.5f}")
        child(manual, "c:y", val="0")
        layout.addnext(element("c:numFmt", formatCode=written_as, sourceLinked="0"))


def without_keys(native: NativeChart, places: Sequence[int]) -> None:
    """Leave the series at these places out of the legend."""
    position = native._chartSpace.chart.find(qn("c:legend")).find(qn("c:legendPos"))
    for place in reversed(places):
        entry = element("c:legendEntry")
        child(entry, "c:idx", val=str(place))
        child(entry, "c:delete", val="1")
        position.addnext(entry)
