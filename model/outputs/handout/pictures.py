"""Charts as PNG and SVG, made without a browser from the specifications of the pages."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import ModuleType

import pandas as pd

from model.failures.libraries import PICTURES, require
from model.outputs.charts import inspection_chart, plan_charts
from model.outputs.charts.palette import BACKGROUND, INK, QUIET_INK
from model.outputs.charts.specification import Spec
from model.outputs.compare import comparison_charts
from model.outputs.compare.comparison import measure_name
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.markup import printable
from model.outputs.phrasing.numbers import column_unit
from model.outputs.phrasing.provenance import provenance
from model.outputs.words import text
from model.projection.comparison import Comparison

THEME = "light"
WIDTH = 620
"""Pixels of a chart, its axis left out."""
PAPER_WIDTH = 290
"""The same in the text of a paper, whose letters are as large as those of its tables."""
DENSITY, DPI = 2, 192
"""Pixels of a PNG for one of the specification, and in an inch: sharp on a projector, and as large in print."""
SVG_DPI = 72
"""Pixels in an inch from which the renderer counts its scale."""
FONT = 13
MARGIN = 16
FIGURE_WIDTH = 80
"""Pixels of the column of figures in a comparison."""
MOST_NAME = 36
"""Characters of a plan's name that a picture shows."""

FACES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Serif CJK SC",
    "SimSun",
    "sans-serif",
)
"""Type faces with Chinese letters, the best first; the last stands for whatever the system has."""
NAMES = (*plan_charts.FRAMES, "inspections")
"""The pictures of a plan: the frames of the Plan page, and the months of the inspection plan."""
SAMPLES = {"zh": ("中", "文"), "en": ("A", "g")}
"""Two letters of each language that every type face of it draws apart."""


class NoFace(RuntimeError):
    """No type face of this machine has the letters of the language."""


@dataclass(frozen=True)
class Picture:
    """A chart that stands alone: a name for files, and its specification with data, title and notes."""

    name: str
    spec: Spec


@lru_cache
def face(language: str) -> str:
    """The first of FACES with the letters of a language.

    NoFace where this machine has none; two letters are then drawn alike, as nothing or as the same box.
    """
    for name in FACES:
        one, other = (_sample(letter, name) for letter in SAMPLES[language])
        if one != other:
            return name
    raise NoFace(language)


def _sample(letter: str, name: str) -> bytes:
    written = f'<text x="4" y="24" font-size="20" font-family="{name}">{letter}</text>'
    return _renderer().svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">{written}</svg>')


def _renderer() -> ModuleType:
    """The library that draws; NoLibrary where there is none."""
    require(*PICTURES)
    import vl_convert

    return vl_convert


def svg(picture: Picture, language: str) -> str:
    """The picture as SVG, whose letters are drawn in a type face of the reader's machine."""
    try:
        first = face(language)
    except NoFace:
        first = FACES[0]
    spec = deepcopy(picture.spec)
    spec["config"] = {**spec["config"], "font": ", ".join(dict.fromkeys((first, *FACES)))}
    return _with_own_ids(_renderer().vegalite_to_svg(spec), picture.name)


def _with_own_ids(image: str, name: str) -> str:
    """The SVG with its parts numbered from 1 under its own name.

    The renderer numbers the parts of all its pictures in one row; so a picture would depend on those drawn before it,
    and two of them could not stand in one page.
    """
    numbers: dict[str, int] = {}

    def own(part: re.Match) -> str:
        return f"{part[1]}{name}-{numbers.setdefault(part[2], len(numbers) + 1)}"

    return re.sub(r'((?:id="|url\(#))((?:clip|gradient)_?\d+)', own, image)


def png(picture: Picture, language: str) -> bytes:
    """The picture as PNG.

    NoFace where its letters could not be drawn.
    """
    face(language)
    return in_pixels(svg(picture, language))


def in_pixels(image: str) -> bytes:
    """An SVG as PNG."""
    return _renderer().svg_to_png(image, scale=DENSITY * SVG_DPI / DPI, ppi=DPI)


@lru_cache(maxsize=2 * len(NAMES))
def svg_of_plan(name: str, handout: Handout) -> str:
    """A chart of a plan, one of NAMES, as SVG; cached, as brief, SVG and PNG are made from it."""
    return svg(_inspections(handout) if name == "inspections" else _frame(name, handout), handout.language)


def png_of_plan(name: str, handout: Handout) -> bytes:
    """A chart of a plan, one of NAMES, as PNG.

    NoFace where its letters could not be drawn.
    """
    face(handout.language)
    return in_pixels(svg_of_plan(name, handout))


def png_in_paper(name: str, handout: Handout) -> bytes:
    """A chart of the Plan page as PNG for the text of a paper, which names its source itself.

    NoFace where its letters could not be drawn.
    """
    face(handout.language)
    return in_pixels(svg(_frame(name, handout, PAPER_WIDTH, has_notes=False), handout.language))


def _frame(frame: str, handout: Handout, width: int = WIDTH, *, has_notes: bool = True) -> Picture:
    language, projection = handout.language, handout.projection
    parts = [
        _with_data(
            plan_charts.spec(name, language, THEME), plan_charts.data(name, projection, handout.people, language), width
        )
        for name in plan_charts.FRAMES[frame]
    ]
    _show_key(parts[0], plan_charts.plans_of(projection), language)
    title = text(f"charts.{frame}_title", language)
    notes = (text(f"pictures.{frame}_note", language), handout.provenance.sentence(language, MOST_NAME))
    return Picture(frame, _alone(parts, title, notes if has_notes else ()))


def _inspections(handout: Handout) -> Picture:
    """The months of the inspection plan."""
    language = handout.language
    title = text("inspection.chart_title", language)
    data = inspection_chart.data(handout.inspections, language)
    part = _with_data(inspection_chart.spec(language, THEME), data, WIDTH)
    notes = (text("pictures.inspections_note", language), handout.provenance.sentence(language, MOST_NAME))
    return Picture("inspections", _alone([part], title, notes))


def of_comparison(
    comparison: Comparison,
    names: Sequence[str],
    kinds: Sequence[str],
    reference: int,
    made_on: date,
    language: str,
    *,
    in_paper: bool = False,
) -> list[Picture]:
    """The small charts of a comparison; names, kinds and reference as `comparison_charts.data` takes them."""
    first, charts = comparison.projections[0], []
    notes = () if in_paper else (text("pictures.compare_note", language), provenance(first, made_on).sentence(language))
    width = (PAPER_WIDTH if in_paper else WIDTH - comparison_charts.NAME_WIDTH) - FIGURE_WIDTH
    for measure in comparison_charts.MEASURES:
        unit = column_unit(first.measures[measure].unit, language)
        name = measure_name(measure, comparison.projections, language)
        title = text("pictures.title_unit", language, title=name, unit=unit)
        shares, rows = comparison_charts.in_percent(measure), len(comparison.projections)
        part = _with_data(
            comparison_charts.spec(shares, rows, language, THEME),
            comparison_charts.data(measure, comparison, [printable(one) for one in names], kinds, reference),
            width,
        )
        charts.append(Picture(measure, _alone([part], title, notes)))
    return charts


def _with_data(spec: Spec, data: pd.DataFrame, width: int) -> Spec:
    """A copy of a specification that holds its data and its width in pixels."""
    part = deepcopy(spec)
    for layer in part.get("layer", []):
        layer.pop("data", None)
    return {**part, "data": {"values": data.to_dict("records")}, "width": width}


def _show_key(part: Spec, plans: Sequence[str], language: str) -> None:
    """Put a key of the colours into a specification; a page has one for all charts."""
    words = {plan: text(f"charts.key_{plan}", language) for plan in plans}
    chosen = " : ".join(f"datum.label == '{plan}' ? '{word}'" for plan, word in words.items())
    key = {
        "title": None,
        "orient": "top",
        "values": list(plans),
        "symbolType": "square",
        "symbolOpacity": 1,
        "labelExpr": f"{chosen} : ''",
        "labelFontSize": FONT,
        "labelColor": INK[THEME],
    }
    for layer in part["layer"]:
        if "color" in layer["encoding"]:
            layer["encoding"]["color"]["legend"] = key


def _alone(parts: Sequence[Spec], title: str, notes: Sequence[str]) -> Spec:
    """One specification of the parts, one below the other, under a title and notes."""
    shared = {key: parts[0][key] for key in ("config", "usermeta")}
    for part in parts:
        for key in ("config", "usermeta", "padding"):
            part.pop(key)
    head = {
        "text": title,
        "subtitle": list(notes),
        "anchor": "start",
        "frame": "bounds",
        "fontSize": FONT + 4,
        "color": INK[THEME],
        "subtitleFontSize": FONT - 1,
        "subtitleColor": QUIET_INK[THEME],
        "subtitlePadding": 6,
        "offset": 12,
    }
    body = parts[0] if len(parts) == 1 else {"vconcat": list(parts), "spacing": 12}
    return {**shared, **body, "title": head, "padding": MARGIN, "background": BACKGROUND[THEME]}
