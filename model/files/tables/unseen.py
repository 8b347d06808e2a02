"""What nobody sees of a sheet: formats that show nothing, type in the colour of its ground."""

from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.styles.fills import Fill, PatternFill
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.workbook import Workbook

LEAST_WIDTH, LEAST_HEIGHT = 0.5, 2.0
"""A column narrower (in digits) or a row lower (in points) shows nothing of what stands in it."""
_WHITE = "FFFFFF"
_THEME = {0: _WHITE, 1: "000000"}
"""The first colours of a theme, as nearly every workbook has them: ground and type."""


def is_too_small(size: str | None, least: float) -> bool:
    """Whether a width or height is too small to show anything; one that is not given is usual."""
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def unseen_formats(book: Workbook) -> frozenset[int]:
    """The formats of cells, by number, in which nothing can be seen."""
    fonts, fills = vars(book)["_fonts"], vars(book)["_fills"]
    formats = enumerate(vars(book)["_cell_styles"])
    return frozenset(
        k
        for k, one in formats
        if _shows_nothing(_number_format(one.numFmtId, book)) or _is_ground(fonts[one.fontId].color, fills[one.fillId])
    )


def _number_format(id: int, book: Workbook) -> str:
    own = vars(book)["_number_formats"]
    place = id - BUILTIN_FORMATS_MAX_SIZE
    return own[place] if 0 <= place < len(own) else BUILTIN_FORMATS.get(id, "")


def _shows_nothing(number_format: str) -> bool:
    """Whether a number format is empty for positive, negative and zero.

    >>> _shows_nothing(";;;"), _shows_nothing(' ; ; ;""'), _shows_nothing("0;;;"), _shows_nothing("")
    (True, True, False, False)
    """
    return set(number_format.replace('"', "").replace(" ", "")) == {";"}


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
