"""The native charts of the slides, which a reader can edit with their numbers."""

from collections.abc import Mapping, Sequence
from typing import cast

from pptx.chart.axis import _BaseAxis as Axis
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.shapes.placeholder import ChartPlaceholder
from pptx.util import Pt

from model.outputs.charts.palette import BACKGROUND, BASE, INK, MINIMUM, QUIET_INK, SCENARIO
from model.outputs.charts.plan_charts import LEAST_SPAN, PLANS
from model.outputs.phrasing.numbers import count, percent
from model.outputs.story.layout import STACKED
from model.outputs.story.office.chart_bands import (
    SIZE,
    TITLE_SIZE,
    Series,
    axis_ends,
    error_bars,
    labels_behind,
    lay_out,
    plot_of,
    without_keys,
)
from model.outputs.story.office.slide_text import Extent, child, describe, paint
from model.outputs.story.story import WAY, Chart
from model.outputs.words import text

COLOURS = {"base": BASE, "scenario": SCENARIO}
WAY_COLOURS = {"whole": BASE, "better": SCENARIO, "worse": MINIMUM}
PALE = 40_000
"""Opacity of a pale bar, in thousandths of a percent."""
MONTHS_A_LABEL = 12
WHOLE, SHARE = "#,##0", "0.0%"


def _numbers(rows: Sequence[Mapping[str, object]], field: str) -> list[float]:
    """A field of every row; a chart's rows hold numbers there."""
    return [cast("float", row[field]) for row in rows]


def _band(rows: Sequence[Mapping[str, object]]) -> tuple[list[float], list[float]]:
    """The lower and the upper ends of the band of every row."""
    return _numbers(rows, "low"), _numbers(rows, "high")


def series_of(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    """The categories and the series of a chart of the story."""
    if chart.name == WAY:
        return _end_to_end(chart, language)
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
            filed, capacity = (text(f"story.series_{field}", language, whose=whose) for field in ("filed", "capacity"))
            series.append(Series(filed, _numbers(rows, "filed"), COLOURS[plan]))
            series.append(Series(capacity, _numbers(rows, "capacity"), COLOURS[plan], "pale", *_band(rows)))
        else:
            series.append(Series(whose, _numbers(rows, "value"), COLOURS[plan], "bar", *_band(rows)))
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
    for plan, rows in plans.items():
        whose = text(f"charts.key_{plan}", language)
        for field, edge in (("p10", "low"), ("p90", "high")):
            name = text(f"story.series_{edge}", language, whose=whose)
            series.append(Series(name, _numbers(rows, field), COLOURS[plan], "edge"))
    return [str(row["month"]) for row in plans["base"]], series


def _compared(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    rows = chart.rows
    colours = [COLOURS[str(row["kind"])] for row in rows]
    name = text("compare.column_middle", language)
    return [str(row["name"]) for row in rows], [
        Series(name, _numbers(rows, "value"), SCENARIO, "bar", *_band(rows), colours)
    ]


def _end_to_end(chart: Chart, language: str) -> tuple[Sequence[str], list[Series]]:
    """Bars from where the one before ended: the gap up to each, and its parts on both sides of zero."""
    ends = [sorted(pair) for pair in zip(_numbers(chart.rows, "start"), _numbers(chart.rows, "end"), strict=True)]
    colours = [WAY_COLOURS[str(row["kind"])] for row in chart.rows]
    gaps = [max(low, 0.0) + min(high, 0.0) for low, high in ends]
    above = [max(high, 0.0) - max(low, 0.0) for low, high in ends]
    below = [min(low, 0.0) - min(high, 0.0) for low, high in ends]
    part = text("explain.column_part", language)
    series = [Series("", gaps, BASE, "gap")]
    series += [Series(part, values, SCENARIO, "bar", colours=colours) for values in (above, below)]
    return [f"{row['name']} {row['label']}" for row in chart.rows], series


def add_chart(place: ChartPlaceholder, chart: Chart, extent: Extent, language: str) -> None:
    """Put a chart of the story into its placeholder."""
    categories, series = series_of(chart, language)
    lines, stacked = series[0].kind == "line", series[0].kind == "gap"
    bars = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS if lines else bars
    data = _over_months(categories, series) if lines else _over_names(chart, categories, series)
    frame = place.insert_chart(kind, data)
    frame.left, frame.top, frame.width, frame.height = extent
    describe(frame, chart.title, alternative(chart, language))
    native = frame.chart
    native.font.size = SIZE
    paint(native.font.color, INK["light"])
    _title(native, chart.title)
    _legend(native, 1 if stacked else len(series))
    for one, shape in zip(series, native.plots[0].series, strict=True):
        (_line if lines else _bar)(shape, one)
    _axes(native, lines)
    if lines:
        _month_axes(native, chart, categories, series, language)
    elif stacked:
        native.plots[0].gap_width, native.plots[0].overlap = 45, 100
        native.value_axis.minimum_scale = None
        _foot(native, text("explain.axis", language))
    else:
        native.plots[0].gap_width, native.plots[0].overlap = 45, -8
        _bands(native, chart, (categories, series), extent, language)


def _month_axes(
    native: NativeChart, chart: Chart, months: Sequence[str], series: Sequence[Series], language: str
) -> None:
    native.value_axis.minimum_scale = native.category_axis.minimum_scale = 0
    native.category_axis.maximum_scale = int(months[-1]) + 1
    native.category_axis.major_unit = MONTHS_A_LABEL
    if max(max(one.values) for one in series) < LEAST_SPAN[chart.name]:
        native.value_axis.maximum_scale = LEAST_SPAN[chart.name]
    named = text(
        "story.month_and_edges", language, month=text("charts.month_axis", language), band=_band_word(language)
    )
    _name_axis(native.category_axis, named)
    if native.has_legend:
        without_keys(native, [k for k, one in enumerate(series) if one.kind == "edge"])


def _bands(
    native: NativeChart, chart: Chart, shown: tuple[Sequence[str], Sequence[Series]], extent: Extent, language: str
) -> None:
    """Numbers, axis and caption of bars with bands, which a program makes no room for by itself."""
    names, series = shown
    inside = chart.name in STACKED
    _labels(native, inside)
    room = 1.0
    if not inside:
        plot = plot_of(names, chart.title, extent, native.has_legend)
        room = plot.room(series, [[_written(value, chart) for value in one.values] for one in series])
        lay_out(native, plot)
    low, high = axis_ends(series, room)
    native.value_axis.minimum_scale, native.value_axis.maximum_scale = low, high
    if not inside:
        for one, shape in zip(series, native.plots[0].series, strict=True):
            if one.has_band:
                labels_behind(shape, one, plot, high - low, WHOLE)
    if any(one.has_band for one in series):
        _foot(native, text("story.band_line", language, band=_band_word(language)))


def _band_word(language: str) -> str:
    return text("charts.key_band", language)


def alternative(chart: Chart, language: str) -> str:
    """What the native chart shows, for those who cannot see it: kind, title, every number.

    Of a line over the months the last of every year stand for all; of bars from where the one before ended each with
    its own figure.
    """
    names, series = series_of(chart, language)
    over_months = series[0].kind in ("line", "edge")
    a_year = MONTHS_A_LABEL // (int(names[1]) - int(names[0])) if over_months else 1
    shown = range(a_year - 1, len(names), a_year)
    comma, semicolon = (text(f"plan.list_{mark}", language) for mark in ("comma", "semicolon"))

    def point(one: Series, k: int) -> str:
        value = _written(one.values[k], chart)
        if one.high:
            ends = {"low": _written(one.low[k], chart), "high": _written(one.high[k], chart)}
            value = text("story.alt_band", language, value=value, span=text("plan.span", language, **ends))
        name = text("story.alt_month", language, month=names[k]) if over_months else names[k]
        return text("story.alt_point", language, name=name, value=value)

    # The bars of one that follows another are pieces; its places say what they are of.
    told = (
        {one.name: [point(one, k) for k in shown] for one in series} if chart.name != WAY else {series[-1].name: names}
    )
    lines = (text("story.alt_series", language, name=name, points=comma.join(said)) for name, said in told.items())
    kind = text("story.alt_lines" if over_months else "story.alt_bars", language)
    told_series = semicolon.join(lines)
    if over_months or any(one.has_band for one in series):
        drawn = "story.alt_edges" if over_months else "story.alt_thin_lines"
        told_series = text(drawn, language, series=told_series, band=_band_word(language))
    return text("story.alt", language, kind=kind, title=chart.title, series=told_series)


def _written(value: float, chart: Chart) -> str:
    return percent(value) if chart.name == "percent" else count(value)


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
    font.size, font.bold = TITLE_SIZE, True
    paint(font.color, INK["light"])
    native.chart_title.include_in_layout = False


def _legend(native: NativeChart, series: int) -> None:
    native.has_legend = series > 1
    if native.has_legend:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        native.legend.font.size = SIZE


def _bar(shape, series: Series) -> None:
    if series.kind == "gap":
        shape.format.fill.background()
        return
    shape.format.fill.solid()
    paint(shape.format.fill.fore_color, series.colour)
    shape.invert_if_negative = False
    if series.kind == "pale":
        colour = shape.format.fill._xPr.find(f".//{qn('a:schemeClr')}")
        child(colour, "a:alpha", val=str(PALE))
    for k, colour in enumerate(series.colours):
        fill = shape.points[k].format.fill
        fill.solid()
        paint(fill.fore_color, colour)
    if series.has_band:
        error_bars(shape, series)


def _line(shape, series: Series) -> None:
    edge = series.kind == "edge"
    shape.smooth = False
    line = shape.format.line
    line.width = Pt(1.25 if edge else 3)
    paint(line.color, series.colour)
    if edge:
        line.dash_style = MSO_LINE.DASH


def _axes(native: NativeChart, lines: bool) -> None:
    names, numbers = native.category_axis, native.value_axis
    for axis in (names, numbers):
        axis.tick_labels.font.size = SIZE
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
        paint(axis.format.line.color, QUIET_INK["light"])
        axis.has_major_gridlines = False
    numbers.has_major_gridlines = lines
    if lines:
        paint(numbers.major_gridlines.format.line.color, BASE)
        numbers.major_gridlines.format.line.width = Pt(0.5)
    else:
        names.reverse_order = True
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        numbers.visible = False
        numbers.minimum_scale = 0


def _foot(native: NativeChart, words: str) -> None:
    """Say under the bars what they begin at, or what the lines on them are; numbers stand at the bars."""
    native.category_axis.crosses = XL_AXIS_CROSSES.MAXIMUM  # The first name stands above, the axis below the last.
    axis = native.value_axis
    axis.visible = True
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    axis.format.line.fill.background()
    _name_axis(axis, words)


def _name_axis(axis: Axis, name: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = name
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold = SIZE, False


def _labels(native: NativeChart, inside: bool) -> None:
    """Put the numbers at the ends of the bars, or `inside` at their foot where a band stands at the end."""
    native.plots[0].has_data_labels = True
    labels = native.plots[0].data_labels
    labels.show_value = True
    labels.number_format_is_linked = True
    labels.font.size, labels.font.bold = SIZE, True
    labels.position = XL_LABEL_POSITION.INSIDE_BASE if inside else XL_LABEL_POSITION.OUTSIDE_END
    paint(labels.font.color, BACKGROUND["light"] if inside else INK["light"])
