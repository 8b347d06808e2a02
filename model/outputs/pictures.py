"""Charts as PNG and SVG, without a browser: the page's specifications, with what the page says beside them put in."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import vl_convert

from model.comparison import Comparison
from model.outputs import charts, comparison_charts
from model.outputs.comparison import measure_name
from model.outputs.handout import Handout
from model.outputs.numbers import unit_word
from model.outputs.palette import BACKGROUND, INK, QUIET_INK
from model.outputs.words import text

THEME = "light"
WIDTH = 620
DENSITY = 2
"""Pixels of a PNG for one of the specification: sharp on a projector and in print."""
FONT = 13
MARGIN = 16
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
SAMPLES = {"zh": ("中", "文"), "en": ("A", "g")}


class NoFace(RuntimeError):
    """No type face of this machine has the letters of the language."""


@dataclass(frozen=True)
class Picture:
    """A chart that stands alone: its specification with data, title and notes."""

    title: str
    spec: Mapping[str, object]


@lru_cache
def face(language: str) -> str:
    """The type face for pictures in a language. NoFace where this machine has none: two of its letters are then drawn
    alike, as nothing or as the same box."""
    for name in FACES:
        one, other = (_drawn(letter, name) for letter in SAMPLES[language])
        if one != other:
            return name
    raise NoFace(language)


def _drawn(letter: str, name: str) -> bytes:
    written = f'<text x="4" y="24" font-size="20" font-family="{name}">{letter}</text>'
    return vl_convert.svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">{written}</svg>')


def svg(picture: Picture, language: str) -> str:
    """The picture as SVG; its letters stay letters. Raises NoFace."""
    spec = deepcopy(dict(picture.spec))
    spec["config"] = {**spec.get("config", {}), "font": ", ".join(dict.fromkeys((face(language), *FACES)))}
    return vl_convert.vegalite_to_svg(spec)


def png(picture: Picture, language: str) -> bytes:
    """The picture as PNG. Raises NoFace."""
    return vl_convert.svg_to_png(svg(picture, language), scale=DENSITY)


def of_plan(handout: Handout) -> dict[str, Picture]:
    """Every chart of a plan by the frame that the Plan page shows it in."""
    return {frame: _of_frame(frame, handout) for frame in charts.FRAMES}


def _of_frame(frame: str, handout: Handout) -> Picture:
    language, projection = handout.language, handout.projection
    plans = charts.PLANS[: 1 + bool(projection.scenario.levers)]
    parts = [
        _with_data(charts.spec(name, language, THEME), charts.data(name, projection, handout.people, language), WIDTH)
        for name in charts.FRAMES[frame]
    ]
    _show_key(parts[0], plans, language)
    title = text(f"charts.{frame}_title", language)
    notes = (text(f"pictures.{frame}_note", language), _clipped(handout))
    return Picture(title, _alone(parts, title, notes))


def of_comparison(
    comparison: Comparison, names: Sequence[str], kinds: Sequence[str], reference: int, language: str
) -> dict[str, Picture]:
    """The small multiples of a comparison by measure; arguments as `comparison_charts.data` takes them."""
    rows, pictures = len(comparison.projections), {}
    for measure in comparison_charts.MEASURES:
        unit = unit_word(comparison.projections[0].measures[measure].unit, language) or "%"
        name = measure_name(measure, comparison.projections, language)
        title = text("pictures.title_unit", language, title=name, unit=unit)
        spec = comparison_charts.spec(comparison_charts.in_percent(measure, comparison), rows, language, THEME)
        data = comparison_charts.data(measure, comparison, names, kinds, reference)
        part = _with_data(spec, data, WIDTH - comparison_charts.NAME_WIDTH - 80)
        pictures[measure] = Picture(title, _alone([part], title, (text("pictures.compare_note", language),)))
    return pictures


def _with_data(spec: Mapping[str, object], data: pd.DataFrame, width: int) -> dict:
    return {**deepcopy(dict(spec)), "data": {"values": data.to_dict("records")}, "width": width}


def _show_key(part: dict, plans: Sequence[str], language: str) -> None:
    """Which colour is which plan: a page says it once for all charts."""
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


def _alone(parts: Sequence[dict], title: str, notes: Sequence[str]) -> dict:
    """One specification of the parts, one below the other, under a title."""
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


def _clipped(handout: Handout) -> str:
    name = handout.passport.name
    return handout.made if len(name) <= MOST_NAME else handout.made.replace(name, f"{name[:MOST_NAME]}…", 1)
