"""What a Word file can say and its library cannot: faces that stand in, page numbers, rules."""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from model.outputs.brief.papers.looks import stand_ins

NUMBER_INDENT = Pt(14)
"""A page number stands one character in from the margin."""


def attribute(parent: Any, tag: str, **values: str) -> None:
    """Set attributes of an element's child, which is made where it is missing."""
    found = parent.find(qn(tag))
    if found is None:
        found = parent.get_or_add_ind() if tag == "w:ind" else child(parent, tag)
    for name, value in values.items():
        found.set(qn(f"w:{name}"), value)


def child(parent: Any, tag: str, **values: str) -> Any:
    """Add an element as the last child of another and return it."""
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    parent.append(made)
    return made


def name_faces(document: Document) -> None:
    """Say in the file's table of faces which face stands in for one that a machine lacks."""
    part = next(one.target_part for one in document.part.rels.values() if one.reltype.endswith("/fontTable"))
    faces = parse_xml(part.blob)
    for face, other in stand_ins().items():
        entry = child(faces, "w:font", name=face)
        child(entry, "w:altName", val=other)
        child(entry, "w:charset", val="86")
    part._blob = serialize_part_xml(faces)


def number_pages(document: Document) -> None:
    """Put `— 1 —` at the foot, to the right on odd pages and to the left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = document.styles["Footer"], side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = NUMBER_INDENT
        paragraph.add_run("— ")
        for kind in ("begin", "", "end"):
            run = paragraph.add_run()
            if kind:
                child(run._r, "w:fldChar", fldCharType=kind)
            else:
                child(run._r, "w:instrText").text = "PAGE"
        paragraph.add_run(" —")


def ruled(grid: Any) -> None:
    """Give a table thin black rules, and its letters no more room than they need."""
    grid.autofit = False
    borders = child(grid._tbl.tblPr, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        child(borders, f"w:{side}", val="single", sz="4", space="0", color="000000")
    margins = child(grid._tbl.tblPr, "w:tblCellMar")
    for side in ("left", "right"):
        child(margins, f"w:{side}", w="60", type="dxa")
