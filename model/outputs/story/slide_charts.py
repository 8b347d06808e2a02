"""The native charts of the slides, which a reader can edit with their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as Page
from pptx.util import Pt

from model.outputs.charts.palette import BASE, INK, MINIMUM, QUIET_INK, SCENARIO
from model.outputs.charts.plan_charts import LEAST_SPAN, PLANS
from model.outputs.story.slide_text import Extent, child, element, name_faces, rgb, solid
from model.outputs.story.story import Chart
from model.outputs.words import text

SIZE = Pt(14)
COLOURS = {"base": BASE, "scenario": SCENARIO}
PALE = 40_000
"""Opacity of a pale bar, in thousandths of a percent."""
MONTHS_A_LABEL = 12
WHOLE, SHARE = "#,##0", "0.0%"


@dataclass(frozen=True)
class Series:
    """A series of numbers with its look.

    `kind` is bar, pale (a translucent bar), line or edge (a thin dashed line). `low` and `high` are the ends of a band,
    empty where there is none; `colours` are those of single bars.
    """

    name: str
    values: Sequence[float]
    colour: str
    kind: str = "bar"
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    colours: Sequence[str] = ()


def _numbers(rows: Sequence[Mapping[str, object]], field: str) -> list[float]:
    """A field of every row; a chart's rows hold numbers there."""
    return [cast("float", row[field]) for row in rows]


def series_of(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    """The categories and the series of a chart of the story."""
    if chart.name in ("plain", "percent"):
        return _compared(chart, language)
    return (_by_month if chart.name in LEAST_SPAN else _by_tier)(chart, language)


def _plans(chart: Chart) -> dict[str, list[Mapping[str, object]]]:
    return {plan: rows for plan in PLANS if (rows := [row for row in chart.rows if row["plan"] == plan])}


def _by_tier(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    plans = _plans(chart)
    series = []
    for plan, rows in plans.items():
        whose = text(f"charts.key_{plan}", language)
        if chart.name == "cases":
            for field, kind in (("filed", "bar"), ("capacity", "pale")):
                name = text(f"story.series_{field}", language, whose=whose)
                series.append(Series(name, _numbers(rows, field), COLOURS[plan], kind))
        else:
            series.append(Series(whose, _numbers(rows, "value"), COLOURS[plan]))
    if chart.name == "visits":
        last = plans[PLANS[len(plans) - 1]]
        series.append(Series(text("charts.key_minimum", language), _numbers(last, "minimum"), MINIMUM))
    return [str(row["tier"]) for row in plans["base"]], series


def _by_month(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    plans = _plans(chart)
    series = [
        Series(text(f"charts.key_{plan}", language), _numbers(rows, "p50"), COLOURS[plan], "line")
        for plan, rows in plans.items()
    ]
    last = PLANS[len(plans) - 1]
    whose = text(f"charts.key_{last}", language)
    for field, edge in (("p10", "low"), ("p90", "high")):
        name = text(f"story.series_{edge}", language, whose=whose)
        series.append(Series(name, _numbers(plans[last], field), COLOURS[last], "edge"))
    return [str(row["month"]) for row in plans["base"]], series


def _compared(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    rows = chart.rows
    values, low, high = (_numbers(rows, field) for field in ("value", "low", "high"))
    colours = [COLOURS[str(row["kind"])] for row in rows]
    name = text("compare.column_middle", language)
    return [str(row["name"]) for row in rows], [Series(name, values, SCENARIO, "bar", low, high, colours)]


def add_chart(page: Page, chart: Chart, extent: Extent, language: str) -> None:
    """Add a chart of the story to a page."""
    categories, series = series_of(chart, language)
    lines = series[0].kind == "line"
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS if lines else XL_CHART_TYPE.BAR_CLUSTERED
    data = _over_months(categories, series) if lines else _over_names(chart, categories, series)
    # The library's types know no chart but of categories, and call the frame a chart.
    frame = cast("GraphicFrame", page.shapes.add_chart(kind, *extent, data))  # type: ignore[arg-type]
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    native = frame.chart
    native.font.size, native.font.color.rgb = SIZE, rgb(INK["light"])
    _title(native, chart.title)
    _legend(native, len(series))
    for one, shape in zip(series, native.plots[0].series, strict=True):
        (_line if lines else _bar)(shape, one)
    _axes(native, lines, language)
    if lines:
        native.value_axis.minimum_scale = native.category_axis.minimum_scale = 0
        native.category_axis.maximum_scale = int(categories[-1]) + 1
        native.category_axis.major_unit = MONTHS_A_LABEL
        if max(max(one.values) for one in series) < LEAST_SPAN[chart.name]:
            native.value_axis.maximum_scale = LEAST_SPAN[chart.name]
    else:
        native.plots[0].gap_width, native.plots[0].overlap = 45, -8
        _labels(native, inside=bool(series[0].high))
    _faces(native)


def _over_names(chart: Chart, names: Sequence[str], series: Sequence[Series]) -> CategoryChartData:
    data = CategoryChartData(number_format=SHARE if chart.name == "percent" else WHOLE)
    data.categories = names
    for one in series:
        data.add_series(one.name, one.values)
    return data


def _over_months(months: Sequence[str], series: Sequence[Series]) -> XyChartData:
    data = XyChartData(number_format=WHOLE)
    for one in series:
        points = data.add_series(one.name)
        for month, value in zip(months, one.values, strict=True):
            points.add_data_point(int(month), value)
    return data


def _title(native: NativeChart, title: str) -> None:
    native.has_title = True
    frame = native.chart_title.text_frame
    frame.text = title
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = Pt(16), True, rgb(INK["light"])
    native.chart_title.include_in_layout = False


def _legend(native: NativeChart, series: int) -> None:
    native.has_legend = series > 1
    if native.has_legend:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        native.legend.font.size = SIZE


def _bar(shape, series: Series) -> None:
    shape.format.fill.solid()
    shape.format.fill.fore_color.rgb = rgb(series.colour)
    shape.invert_if_negative = False
    if series.kind == "pale":
        colour = shape.format.fill._xPr.find(f".//{qn('a:srgbClr')}")
        child(colour, "a:alpha", val=str(PALE))
    for k, colour in enumerate(series.colours):
        fill = shape.points[k].format.fill
        fill.solid()
        fill.fore_color.rgb = rgb(colour)
    if series.high:
        _error_bars(shape, series)


def _line(shape, series: Series) -> None:
    edge = series.kind == "edge"
    shape.smooth = False
    line = shape.format.line
    line.color.rgb, line.width = rgb(series.colour), Pt(1.25 if edge else 3)
    if edge:
        line.dash_style = MSO_LINE.DASH


def _error_bars(shape, series: Series) -> None:
    """Add the band as error bars with a length for each bar, which a reader can edit."""
    bars = element("c:errBars")
    for tag, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        child(bars, f"c:{tag}", val=value)
    for tag, ends in (("plus", series.high), ("minus", series.low)):
        numbers = child(child(bars, f"c:{tag}"), "c:numLit")
        child(numbers, "c:formatCode").text = "General"
        child(numbers, "c:ptCount", val=str(len(ends)))
        for k, (end, median) in enumerate(zip(ends, series.values, strict=True)):
            child(child(numbers, "c:pt", idx=str(k)), "c:v").text = repr(abs(end - median))
    solid(child(child(bars, "c:spPr"), "a:ln", w="25400"), INK["light"])
    shape._element.find(qn("c:cat")).addprevious(bars)


def _axes(native: NativeChart, lines: bool, language: str) -> None:
    names, numbers = native.category_axis, native.value_axis
    for axis in (names, numbers):
        axis.tick_labels.font.size = SIZE
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        axis.format.line.color.rgb = rgb(QUIET_INK["light"])
        axis.has_major_gridlines = False
    numbers.has_major_gridlines = lines
    if lines:
        numbers.major_gridlines.format.line.color.rgb = rgb(BASE)
        numbers.major_gridlines.format.line.width = Pt(0.5)
        names.has_title = True
        names.axis_title.text_frame.text = text("charts.month_axis", language)
        names.axis_title.text_frame.paragraphs[0].runs[0].font.size = SIZE
        names.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    else:
        names.reverse_order = True
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        numbers.visible = False
        numbers.minimum_scale = 0


def _labels(native: NativeChart, inside: bool) -> None:
    """Put the numbers at the ends of the bars, or `inside` at their foot where a band stands at the end."""
    native.plots[0].has_data_labels = True
    labels = native.plots[0].data_labels
    labels.show_value = True
    labels.number_format_is_linked = True
    labels.font.size, labels.font.bold = SIZE, True
    labels.position = XL_LABEL_POSITION.INSIDE_BASE if inside else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.color.rgb = rgb(INK["dark"] if inside else INK["light"])


def _faces(native: NativeChart) -> None:
    """Name the faces of every text of a chart, its defaults among them."""
    for properties in native.part._element.iter(qn("a:defRPr"), qn("a:rPr")):
        name_faces(properties)
