"""What nobody sees of a sheet: formats that show nothing, type in the colour of its ground."""

import re
from dataclasses import dataclass

from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.styles.fills import Fill, PatternFill
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.workbook import Workbook

LEAST_WIDTH, LEAST_HEIGHT = 0.5, 2.0
"""A column narrower (in digits) or a row lower (in points) shows nothing of what stands in it."""
_WHITE = "FFFFFF"
_THEME = {0: _WHITE, 1: "000000"}
"""The first colours of a theme, as nearly every workbook has them: ground and type."""

_COLOURS = ("black", "white", "red", "green", "blue", "yellow", "magenta", "cyan")
"""The colours that a number format can name, in the order of the palette."""
_COLOUR = re.compile(rf"\[(?:({'|'.join(_COLOURS)})|colou?r ?(\d{{1,2}}))\]", re.IGNORECASE)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*')
_LONGEST_FORMAT = 255
_JUST_A_COLOUR = re.compile(r"(\[[^\]]*\])*")
_CONDITION = re.compile(r"\[[<>=]")
_NOTHING = re.compile(r"\[(?!\$|[hms]+\])[^\]]*\]|[_*\\].(?<!\\\S)", re.IGNORECASE)
"""What a number format does not show: colours, room for a sign, a space."""


def is_too_small(size: str | None, least: float) -> bool:
    """Whether a width or height is too small to show anything; one that is not given is usual."""
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


@dataclass(frozen=True)
class Unseen:
    """The formats of cells, by number, in which nothing can be seen, and those that show only texts."""

    everything: frozenset[int]
    numbers: frozenset[int]

    def hides(self, style: int, *, is_number: bool) -> bool:
        """Whether nobody sees what stands in a cell of a format."""
        return style in self.everything or (is_number and style in self.numbers)


def unseen_formats(book: Workbook) -> Unseen:
    """The formats of a workbook in which nothing can be seen, or no number."""
    fonts, fills = vars(book)["_fonts"], vars(book)["_fills"]
    everything, numbers = set(), set()
    for k, one in enumerate(vars(book)["_cell_styles"]):
        shown, type, fill = _number_format(one.numFmtId, book), fonts[one.fontId].color, fills[one.fillId]
        if _shows_nothing(shown) or _is_ground(type, fill):
            everything.add(k)
        elif _shows_no_number(shown) or _is_ground(_colour_of_numbers(shown), fill):
            numbers.add(k)
    return Unseen(frozenset(everything), frozenset(numbers))


def _number_format(id: int, book: Workbook) -> str:
    own = vars(book)["_number_formats"]
    place = id - BUILTIN_FORMATS_MAX_SIZE
    return (own[place] if 0 <= place < len(own) else BUILTIN_FORMATS.get(id, ""))[:_LONGEST_FORMAT]


def _shows_nothing(number_format: str) -> bool:
    """Whether a number format is empty for positive, negative and zero.

    >>> _shows_nothing(";;;"), _shows_nothing(' ; ; ;""'), _shows_nothing("0;;;"), _shows_nothing("")
    (True, True, False, False)
    """
    return set(number_format.replace('"', "").replace(" ", "")) == {";"}


def _shows_no_number(number_format: str) -> bool:
    """Whether a number format is empty for positive numbers, whatever it is for texts.

    >>> [_shows_no_number(text) for text in (";;;@", '"";"";"";@', "General", '0"人"', '[=0]"";0', "")]
    [True, True, False, False, False, False]
    """
    first = _SECTION.match(number_format)
    if first is None or _JUST_A_COLOUR.fullmatch(number_format) or _CONDITION.search(number_format):
        return False
    return not _NOTHING.sub("", first[0]).replace('"', "").strip()


def _colour_of_numbers(number_format: str) -> Color | None:
    """The colour that a number format gives to positive numbers.

    >>> _colour_of_numbers("[White]0").rgb, _colour_of_numbers("0;[Red]-0")
    ('00FFFFFF', None)
    """
    first = _SECTION.match(number_format)
    named = _COLOUR.search(first[0]) if first else None
    if named is None:
        return None
    place = int(named[2]) - 1 if named[2] else _COLOURS.index(named[1].casefold())
    return Color(rgb=COLOR_INDEX[place + len(_COLOURS)]) if place + len(_COLOURS) < len(COLOR_INDEX) else None


def _is_ground(type: Color | None, fill: Fill) -> bool:
    """Whether type has the colour of what is behind it, white where nothing is."""
    pattern = fill.patternType if isinstance(fill, PatternFill) else "gradient"
    ground = {None: _WHITE, "none": _WHITE, "solid": _rgb(fill.fgColor) if isinstance(fill, PatternFill) else None}
    seen = _rgb(type)
    return seen is not None and seen == ground.get(pattern)


def _rgb(color: Color | None) -> str | None:
    """A colour as six hexadecimal digits; None where it is not told, or shaded."""
    if color is None or color.tint:
        return None
    if color.type == "theme":
        return _THEME.get(color.theme)
    if color.type == "indexed":
        return COLOR_INDEX[color.indexed][-6:].upper() if color.indexed < len(COLOR_INDEX) else None
    return str(color.rgb)[-6:].upper() if color.type == "rgb" else None
