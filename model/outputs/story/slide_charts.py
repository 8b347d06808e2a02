"""The native charts of the slides: chart parts with their numbers in a workbook inside, to be edited by whoever opens
them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.util import Emu, Pt

from model.outputs.charts.palette import BASE, INK, MINIMUM, QUIET_INK, SCENARIO
from model.outputs.charts.plan_charts import LEAST_SPAN, PLANS
from model.outputs.story.slide_text import child, element, name_faces, rgb, solid
from model.outputs.story.story import Chart
from model.outputs.words import text

SIZE = Pt(14)
COLOURS = {"base": BASE, "scenario": SCENARIO}
PALE = 40_000
"""How opaque a pale bar is, in thousandths of a percent."""
MONTHS_A_LABEL = 12
WHOLE, SHARE = "#,##0", "0.0%"


@dataclass(frozen=True)
class Series:
    """A row of numbers as it is drawn: `kind` is bar, pale, line or edge (a thin dashed line); `low` and `high` are the
    ends of a band, where it has one."""

    name: str
    values: Sequence[float]
    colour: str
    kind: str = "bar"
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    colours: Sequence[str] = ()


def series_of(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    """The categories and the series of a chart of the story."""
    if chart.name in ("plain", "percent"):
        return _compared(chart, language)
    return (_by_month if chart.name in LEAST_SPAN else _by_tier)(chart, language)


def _plans(chart: Chart) -> dict[str, list[Mapping[str, object]]]:
    return {plan: rows for plan in PLANS if (rows := [row for row in chart.rows if row["plan"] == plan])}


def _by_tier(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    plans = _plans(chart)
    drawn = []
    for plan, rows in plans.items():
        whose = text(f"charts.key_{plan}", language)
        if chart.name == "cases":
            for field, kind in (("filed", "bar"), ("capacity", "pale")):
                name = text(f"story.series_{field}", language, whose=whose)
                drawn.append(Series(name, [row[field] for row in rows], COLOURS[plan], kind))
        else:
            drawn.append(Series(whose, [row["value"] for row in rows], COLOURS[plan]))
    if chart.name == "visits":
        last = plans[PLANS[len(plans) - 1]]
        drawn.append(Series(text("charts.key_minimum", language), [row["minimum"] for row in last], MINIMUM))
    return [str(row["tier"]) for row in plans["base"]], drawn


def _by_month(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    plans = _plans(chart)
    drawn = [
        Series(text(f"charts.key_{plan}", language), [row["p50"] for row in rows], COLOURS[plan], "line")
        for plan, rows in plans.items()
    ]
    last = PLANS[len(plans) - 1]
    whose = text(f"charts.key_{last}", language)
    for field, edge in (("p10", "low"), ("p90", "high")):
        name = text(f"story.series_{edge}", language, whose=whose)
        drawn.append(Series(name, [row[field] for row in plans[last]], COLOURS[last], "edge"))
    return [str(row["month"]) for row in plans["base"]], drawn


def _compared(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    rows = chart.rows
    values, low, high = ([row[field] for row in rows] for field in ("value", "low", "high"))
    colours = [COLOURS[str(row["kind"])] for row in rows]
    name = text("compare.column_middle", language)
    return [str(row["name"]) for row in rows], [Series(name, values, SCENARIO, "bar", low, high, colours)]


def add_chart(page: Page, chart: Chart, places: tuple[Emu, ...], language: str) -> None:
    """Draw a chart of the story on a page: left, top, width and height."""
    categories, series = series_of(chart, language)
    lines = series[0].kind == "line"
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS if lines else XL_CHART_TYPE.BAR_CLUSTERED
    data = (_over_months if lines else _over_names)(chart, categories, series)
    frame = page.shapes.add_chart(kind, *places, data)
    _describe(frame, chart)
    drawn = frame.chart
    drawn.font.size, drawn.font.color.rgb = SIZE, rgb(INK["light"])
    _title(drawn, chart.title)
    _legend(drawn, len(series))
    for one, shape in zip(series, drawn.plots[0].series, strict=True):
        (_line if lines else _bar)(shape, one)
    _axes(drawn, lines, language)
    if lines:
        drawn.value_axis.minimum_scale = drawn.category_axis.minimum_scale = 0
        drawn.category_axis.maximum_scale = int(categories[-1]) + 1
        drawn.category_axis.major_unit = MONTHS_A_LABEL
        if max(max(one.values) for one in series) < LEAST_SPAN[chart.name]:
            drawn.value_axis.maximum_scale = LEAST_SPAN[chart.name]
    else:
        drawn.plots[0].gap_width, drawn.plots[0].overlap = 45, -8
        _labels(drawn, inside=bool(series[0].high))
    _faces(drawn)


def _over_names(chart: Chart, names: Sequence[str], series: Sequence[Series]) -> CategoryChartData:
    data = CategoryChartData(number_format=SHARE if chart.name == "percent" else WHOLE)
    data.categories = names
    for one in series:
        data.add_series(one.name, one.values)
    return data


def _over_months(chart: Chart, months: Sequence[str], series: Sequence[Series]) -> XyChartData:
    data = XyChartData(number_format=WHOLE)
    for one in series:
        drawn = data.add_series(one.name)
        for month, value in zip(months, one.values, strict=True):
            drawn.add_data_point(int(month), value)
    return data


def _describe(frame, chart: Chart) -> None:
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)


def _title(drawn: Drawn, title: str) -> None:
    drawn.has_title = True
    frame = drawn.chart_title.text_frame
    frame.text = title
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = Pt(16), True, rgb(INK["light"])
    drawn.chart_title.include_in_layout = False


def _legend(drawn: Drawn, series: int) -> None:
    drawn.has_legend = series > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.legend.font.size = SIZE


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
    """The band as error bars of their own lengths, which can be edited as such."""
    bars = element("c:errBars")
    for tag, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        child(bars, f"c:{tag}", val=value)
    for tag, ends in (("plus", series.high), ("minus", series.low)):
        numbers = child(child(bars, f"c:{tag}"), "c:numLit")
        child(numbers, "c:formatCode").text = "General"
        child(numbers, "c:ptCount", val=str(len(ends)))
        for k, (end, value) in enumerate(zip(ends, series.values, strict=True)):
            child(child(numbers, "c:pt", idx=str(k)), "c:v").text = repr(abs(end - value))
    solid(child(child(bars, "c:spPr"), "a:ln", w="25400"), INK["light"])
    shape._element.find(qn("c:cat")).addprevious(bars)


def _axes(drawn: Drawn, lines: bool, language: str) -> None:
    names, numbers = drawn.category_axis, drawn.value_axis
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


def _labels(drawn: Drawn, inside: bool) -> None:
    """The numbers at the bars' ends, or inside at their foot where a band stands at the end."""
    labels = drawn.plots[0]
    labels.has_data_labels = True
    labels = labels.data_labels
    labels.show_value = True
    labels.number_format_is_linked = True
    labels.font.size, labels.font.bold = SIZE, True
    labels.position = XL_LABEL_POSITION.INSIDE_BASE if inside else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.color.rgb = rgb(INK["dark"] if inside else INK["light"])


def _faces(drawn: Drawn) -> None:
    """Name the faces on every text of a chart, its defaults first."""
    for properties in drawn.part._element.iter(qn("a:defRPr"), qn("a:rPr")):
        name_faces(properties)
