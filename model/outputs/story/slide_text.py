"""Text in a file of slides: measures, colours, and the face named for Latin and Chinese on every run."""

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import BaseOxmlElement, OxmlElement
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from model.outputs.phrasing.typesetting import plain

FACE = "Microsoft YaHei"
"""Named for Latin and Chinese alike: without the second name Chinese falls to whatever the machine has."""
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en-US"}
EMU_A_PIXEL = 6350
_BEFORE_FACES = {qn(f"a:{tag}") for tag in ("ln", "noFill", "solidFill", "effectLst", "highlight")}


def pixels(length: float) -> Emu:
    return Emu(round(length * EMU_A_PIXEL))


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())


def fill(
    frame: TextFrame, lines: Sequence[str], size: int, colour: str, bold: bool, language: str, gap: float = 0
) -> None:
    """Write lines into a frame, a paragraph each. The text is anybody's: it stays text."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for k, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = plain(line)
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size / 2), bold, rgb(colour)
        run.font._element.set("lang", LANGUAGE_TAGS[language])
        paragraph.space_after = Pt(gap / 2)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(name, value)
    return made


def child(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """An element put last into another, where the library has no word for it."""
    parent.append(made := element(tag, **attributes))
    return made


def solid(parent: BaseOxmlElement, colour: str) -> BaseOxmlElement:
    """A fill of one colour put into an element; returns the colour."""
    return child(child(parent, "a:solidFill"), "a:srgbClr", val=colour.removeprefix("#").upper())


def name_faces(properties: BaseOxmlElement) -> None:
    """Name the face for Latin and for Chinese on the properties of a run, where the schema wants it: after the fill."""
    for tag in ("a:latin", "a:ea", "a:cs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    last = max((k for k, child in enumerate(properties) if child.tag in _BEFORE_FACES), default=-1)
    for k, tag in enumerate(("a:latin", "a:ea"), last + 1):
        properties.insert(k, element(tag, typeface=FACE))
