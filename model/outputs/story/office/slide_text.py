"""Text in a file of slides: lengths, and colours of the theme; faces are the theme's."""

from collections.abc import Sequence

from pptx.dml.color import ColorFormat
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.xmlchemy import BaseOxmlElement, OxmlElement
from pptx.shapes.graphfrm import GraphicFrame
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from model.outputs.charts.palette import BACKGROUND, BASE, INK, MINIMUM, PANEL, QUIET_INK, SCENARIO
from model.outputs.phrasing.typesetting import LEADING, plain

THEME = {
    INK["light"]: (MSO_THEME_COLOR.TEXT_1, "tx1"),
    BACKGROUND["light"]: (MSO_THEME_COLOR.BACKGROUND_1, "bg1"),
    QUIET_INK["light"]: (MSO_THEME_COLOR.TEXT_2, "tx2"),
    PANEL["light"]: (MSO_THEME_COLOR.BACKGROUND_2, "bg2"),
    SCENARIO: (MSO_THEME_COLOR.ACCENT_1, "accent1"),
    BASE: (MSO_THEME_COLOR.ACCENT_2, "accent2"),
    MINIMUM: (MSO_THEME_COLOR.ACCENT_3, "accent3"),
}
"""The colours of the palette as those of a theme: as the library and as the file name them."""
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en-US"}
EMU_A_PIXEL = 6350
"""Office units (EMU) in a pixel, half a point."""
Extent = tuple[Emu, Emu, Emu, Emu]
"""Left, top, width and height in a file of slides."""


def pixels(length: float) -> Emu:
    """A length in pixels as the file writes it."""
    return Emu(round(length * EMU_A_PIXEL))


def paint(target: ColorFormat, colour: str) -> None:
    """Give something the theme's colour for one of the palette."""
    target.theme_color = THEME[colour][0]


def fill(
    frame: TextFrame, lines: Sequence[str], size: int, colour: str, bold: bool, language: str, gap: float = 0
) -> None:
    """Write lines into a frame, a paragraph each; `size` and `gap` are in pixels.

    Lines are as high as the layout takes them, whatever face a program has: some set Chinese half as high again.
    Without a colour it is that of the frame's placeholder.
    """
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for k, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = plain(line)
        run.font.size, run.font.bold = Pt(size / 2), bold
        if colour:
            paint(run.font.color, colour)
        run.font._element.set("lang", LANGUAGE_TAGS[language])
        paragraph.line_spacing, paragraph.space_after = Pt(size * LEADING / 2), Pt(gap / 2)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An XML element by its tag with prefix, for example a:ln."""
    new = OxmlElement(tag)
    for name, value in attributes.items():
        new.set(name, value)
    return new


def child(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """Add an element as the last child of another and return it."""
    parent.append(new := element(tag, **attributes))
    return new


def solid(parent: BaseOxmlElement, colour: str) -> BaseOxmlElement:
    """Add a fill of one colour to an element and return the colour's element."""
    return child(child(parent, "a:solidFill"), "a:schemeClr", val=THEME[colour][1])


def describe(frame: GraphicFrame, title: str, alternative: str) -> None:
    """Give a chart or a table its title and its alternative text."""
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("title", plain(title))
    about.set("descr", plain(alternative))
