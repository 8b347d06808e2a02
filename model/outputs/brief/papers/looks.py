"""How a paper looks: sizes and margins of official documents (GB/T 9704-2012), plain in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from model.outputs.words import text


@dataclass(frozen=True)
class Letters:
    """The letters of a kind of paragraph: size and height of a line in points, and weight."""

    size: float
    line: float = 0
    bold: bool = False


LATIN = "Times New Roman"
OFFICIAL: Mapping[str, Letters] = {
    "title": Letters(22, 34),
    "section": Letters(16, 28),
    "subsection": Letters(16, 28),
    "body": Letters(16, 28),
    "caption": Letters(12, 20),
    "table": Letters(10.5, 15),
    "note": Letters(9, 13),
    "page": Letters(14),
}
PLAIN: Mapping[str, Letters] = {
    "title": Letters(18, 24, bold=True),
    "section": Letters(13, 22, bold=True),
    "subsection": Letters(12, 18, bold=True),
    "body": Letters(12, 17),
    "caption": Letters(10.5, 18, bold=True),
    "table": Letters(9.5, 12.5),
    "note": Letters(9.5, 12.5),
    "page": Letters(11),
}
LOOKS: Mapping[str, Mapping[str, Letters]] = {"zh": OFFICIAL, "en": PLAIN}
PAGE_CM = (21.0, 29.7)
MARGINS_CM: Mapping[str, float] = {"top": 3.7, "bottom": 3.5, "left": 2.8, "right": 2.6}
INDENT = 2
"""Characters by which the first line of a paragraph stands in."""
FIGURE_CM = 7.3
"""Width of a picture, of which two stand side by side."""


def face(kind: str) -> str:
    """The face of Chinese letters in a kind of paragraph."""
    return text(f"paper.face_{kind}", "zh")


def stand_ins() -> dict[str, str]:
    """For each face of the standard the one that stands in where a machine lacks it."""
    return {face(kind): text(f"paper.face_{kind}", "en") for kind in OFFICIAL}
