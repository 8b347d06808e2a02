"""The prefectures as a map of equal squares, each coloured by one measure in a few steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import NamedTuple

from model.evidence.baseline import Baseline
from model.evidence.prefectures import Prefecture
from model.outputs.charts.palette import INK, MINIMUM, PANEL, SCENARIO
from model.outputs.phrasing.numbers import amount, change, unit_beside
from model.outputs.words import text
from model.projection.results import Projection
from model.year.measures import MEASURE

SHOWN = (
    "staff",
    "visits",
    "visit_coverage",
    "duty_met",
    "cases_decided",
    "on_time_share",
    "review_load",
    "backlog_end",
)
"""The measures that a map can show, in the order in which they are offered."""
VALUE, CHANGE = KINDS = ("value", "change")
STEPS: Mapping[str, tuple[float, ...]] = {"light": (0.04, 0.2, 0.38, 0.57, 0.76), "dark": (0.1, 0.31, 0.52, 0.73, 0.94)}
"""Strength of the colour in each step from low to high; the rest is the page's panel."""
CHANGE_STEPS: Mapping[str, tuple[float, float]] = {"light": (0.36, 0.72), "dark": (0.45, 0.85)}
"""Strength of the colour for a change of up to half the largest, and for a larger one."""
UNDONE = "▲"
"""Mark of a prefecture where some task may not be done, whatever measure is shown."""


@dataclass(frozen=True)
class Tile:
    """The square of a prefecture: its place (row and column from 0), its words, its colours.

    `undone` says whether some task there may not be done.
    """

    prefecture: str
    row: int
    column: int
    name: str
    written: str
    unit: str
    colour: str
    ink: str
    undone: bool


class Key(NamedTuple):
    """One step of the legend: a colour and the values it stands for."""

    colour: str
    caption: str


@dataclass(frozen=True)
class TileMap:
    """The tiles in reading order, and the legend from low to high, for a change from worse or less."""

    tiles: tuple[Tile, ...]
    legend: tuple[Key, ...]
    columns: int


def tile_map(projection: Projection, baseline: Baseline, measure: str, kind: str, language: str, theme: str) -> TileMap:
    """The map of one measure, by medians; `kind` is one of KINDS, `theme` is `light` or `dark`.

    On a map of changes blue is better and orange worse, or more and less where neither is better.
    """
    result = projection.measures[measure]
    if kind == CHANGE:
        values = {id: paired.difference.p50 for id, paired in result.prefectures.items()}
        written = {id: change(value, result.unit) for id, value in values.items()}
        unit = unit_beside(result.unit, language, signed=True)
        steps, legend = _changes(values, written, result.unit, MEASURE[measure].better, language, theme)
    else:
        values = {id: paired.scenario.p50 for id, paired in result.prefectures.items()}
        written = {id: amount(value, result.unit) for id, value in values.items()}
        unit = unit_beside(result.unit, language)
        steps, legend = _levels(values, written, result.unit, language, theme)
    places = grid(baseline.prefectures)
    undone = {row.prefecture for row in projection.not_done}
    tiles = [
        Tile(
            p.id,
            *places[p.id],
            p.short[language],
            written[p.id],
            unit,
            steps[p.id],
            ink_on(steps[p.id]),
            p.id in undone,
        )
        for p in baseline.prefectures
        if p.id in values
    ]
    tiles.sort(key=lambda tile: (tile.row, tile.column))
    return TileMap(tuple(tiles), legend, max(column for _, column in places.values()) + 1)


def grid(prefectures: Sequence[Prefecture]) -> dict[str, tuple[int, int]]:
    """Row and column of every prefecture: the baseline's, or a square in reading order where it lacks any."""
    if all(p.tile for p in prefectures):
        return {p.id: p.tile for p in prefectures if p.tile}
    columns = ceil(sqrt(len(prefectures)))
    return {p.id: divmod(k, columns) for k, p in enumerate(prefectures)}


def _levels(
    values: Mapping[str, float], written: Mapping[str, str], unit: str, language: str, theme: str
) -> tuple[dict[str, str], tuple[Key, ...]]:
    """Colours by equal steps from the lowest value to the highest, or one, and the legend."""
    colours = [mixed(SCENARIO, strength, theme) for strength in STEPS[theme]]
    low, high = min(values.values()), max(values.values())
    if len(set(written.values())) == 1:
        alike = colours[len(colours) // 2]
        caption = text("prefectures.legend_alike", language, value=next(iter(written.values())))
        return dict.fromkeys(values, alike), (Key(alike, caption),)
    width = (high - low) / len(colours)
    edges = [amount(low + k * width, unit) for k in range(len(colours) + 1)]
    legend = tuple(
        Key(colour, text("prefectures.legend_range", language, low=edges[k], high=edges[k + 1]))
        for k, colour in enumerate(colours)
    )
    last = len(colours) - 1
    return {id: colours[min(int((value - low) / width), last)] for id, value in values.items()}, legend


def _changes(
    values: Mapping[str, float], written: Mapping[str, str], unit: str, better: int, language: str, theme: str
) -> tuple[dict[str, str], tuple[Key, ...]]:
    """Colours in five steps about no change, with their legend: two of orange, the panel, two of blue."""
    weak, strong = CHANGE_STEPS[theme]
    none = mixed(SCENARIO, 0.0, theme)
    sign = better or 1
    most = max(abs(value) for value in values.values())

    def colour(id: str) -> str:
        if written[id] == "0":
            return none
        hue = SCENARIO if values[id] * sign > 0 else MINIMUM
        return mixed(hue, strong if abs(values[id]) > most / 2 else weak, theme)

    colours = {id: colour(id) for id in values}
    if set(written.values()) == {"0"}:
        return colours, (Key(none, text("prefectures.legend_unchanged", language)),)
    edge, end = (change(part * sign, unit) for part in (most / 2, most))
    against, against_end = (change(-part * sign, unit) for part in (most / 2, most))
    words = ("worse", "better") if better else ("less", "more")
    bad, good = (text(f"prefectures.legend_{word}", language) for word in words)

    def step(hue: str, strength: float, word: str, low: str, high: str) -> Key:
        return Key(
            mixed(hue, strength, theme), text("prefectures.legend_step", language, word=word, low=low, high=high)
        )

    return colours, (
        step(MINIMUM, strong, bad, against_end, against),
        step(MINIMUM, weak, bad, against, "0"),
        Key(none, text("prefectures.legend_unchanged", language)),
        step(SCENARIO, weak, good, "0", edge),
        step(SCENARIO, strong, good, edge, end),
    )


def mixed(colour: str, strength: float, theme: str) -> str:
    """A colour of some strength, from 0 to 1, on the panel of a `light` or `dark` page.

    >>> mixed("#1b6ec2", 1.0, "light"), mixed("#1b6ec2", 0.0, "dark") == PANEL["dark"]
    ('#1b6ec2', True)
    """
    pairs = zip(_channels(colour), _channels(PANEL[theme]), strict=True)
    return "#" + "".join(f"{round(strength * ours + (1 - strength) * ground):02x}" for ours, ground in pairs)


def ink_on(colour: str) -> str:
    """The ink, dark or light, that reads better on a colour."""
    return max(INK.values(), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in _channels(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> list[int]:
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
