"""A paper as a Word file: pages, faces, headings, tables and pictures with alternative texts."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Pt, RGBColor

from model.files.saved_bytes import saved
from model.outputs.brief.papers.looks import FIGURE_CM, INDENT, LATIN, LOOKS, MARGINS_CM, PAGE_CM, Letters, face
from model.outputs.brief.papers.office_xml import attribute, child, name_faces, number_pages, ruled
from model.outputs.brief.papers.paper import Figure, Figures, Grid, Heading, Paper, Paragraph, Signature, day_in_words
from model.outputs.handout.office_file import reproducible
from model.outputs.phrasing.table import Table
from model.outputs.phrasing.typesetting import ems, plain
from model.outputs.words import text

LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en-US"}
STYLES = {
    "title": "Title",
    "section": "Heading 1",
    "subsection": "Heading 2",
    "body": "Normal",
    "caption": "Caption",
    "table": "No Spacing",
    "note": "Body Text",
    "page": "Footer",
}
"""The style of Word that each kind of paragraph has, so that a reader's outline shows the headings."""
MOST_EMS = 22
"""Longest cell that a column is as wide as, three times that beside one other; a head may take two lines."""
LEAST_SHARE = 0.5
"""Least width of a column, as a share of an even one."""
WHOLE_ROWS = 7
"""Rows of a table, its head among them, up to which it stands on one page."""
FIRST_ROWS = 3
"""Rows of a longer table that stand under its caption before the page may end."""
WHOLE = re.compile(r"[+\u2212]?\d[\d,.]*%?|\b[A-Za-z]{1,14}\b")
"""What no line of a cell may break: a figure, and a word that is no code."""
AROUND_EMS = 1.2
"""Ems of a cell beside its text, for its margins."""
WIDE_FACE = 1.1
"""How much wider than estimated a face may be that stands in for another."""


def written(paper: Paper, language: str) -> bytes:
    """The file of a paper; the same paper gives the same bytes."""
    document = docx.Document()
    _set_page(document, language)
    _describe(document, paper, language)
    _paragraph(document, paper.title, "title")
    for part in paper.parts:
        match part:
            case Heading(words, level):
                _paragraph(document, words, "section" if level == 1 else "subsection")
            case Paragraph(words, look):
                _text(document, words, look)
            case Grid(caption, table, height):
                _paragraph(document, caption, "caption").paragraph_format.keep_with_next = True
                _table(document, caption, table, height, language)
            case Figures(shown):
                _pictures(document, shown)
            case Signature(office):
                _sign(document, paper.author or office, day_in_words(paper.made_on, language), language)
    return reproducible(saved(document.save), paper.made_on)


def _set_page(document: Document, language: str) -> None:
    """Paper, margins, styles and page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(length) for length in PAGE_CM)
    for side, length in MARGINS_CM.items():
        setattr(section, f"{side}_margin", Cm(length))
    section.footer_distance = Cm(2.5)
    for kind, name in STYLES.items():
        _set_style(document.styles[name], LOOKS[language][kind], kind, language)
    name_faces(document)
    number_pages(document)


def _set_style(style: Any, letters: Letters, kind: str, language: str) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = LATIN, Pt(letters.size), letters.bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    faces.attrib.clear()
    attribute(style.element.rPr, "w:rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=face(kind))
    tag = LANGUAGE_TAGS[language]
    attribute(style.element.rPr, "w:lang", val="en-US", eastAsia=tag if language == "zh" else "zh-CN")
    for borders in style.element.xpath("w:pPr/w:pBdr"):
        borders.getparent().remove(borders)
    form.space_before = form.space_after = Pt(0)
    if letters.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(letters.line)
    if kind in ("title", "caption"):
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if kind == "title":
        form.space_after = Pt(letters.line / 2)
    if kind == "caption":
        form.space_before = Pt(letters.line / 4)
    form.widow_control = True
    is_indented = language == "zh" and kind in ("section", "subsection", "body")
    chars = 100 * INDENT if is_indented else 0
    first = round(20 * INDENT * letters.size) if is_indented else 0
    attribute(style.element.get_or_add_pPr(), "w:ind", firstLine=str(first), firstLineChars=str(chars))
    if language == "en" and kind in ("section", "subsection", "body", "note"):
        form.space_before, form.space_after = Pt(2), Pt(4)


def _describe(document: Document, paper: Paper, language: str) -> None:
    """The properties of the file, without a trace of the machine; the template's own picture goes."""
    about = document.core_properties
    about.title, about.language = plain(paper.title)[:250], LANGUAGE_TAGS[language]
    about.author = about.last_modified_by = paper.author or text("plan.app", language)
    about.subject, about.keywords, about.comments, about.category = text("paper.subject", language), paper.hash, "", ""
    about.revision = 1
    about.created = about.modified = datetime(paper.made_on.year, paper.made_on.month, paper.made_on.day)
    relations = document.part.package.rels
    for id in [id for id, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[id]


def _paragraph(document: Document, words: str, kind: str) -> Any:
    return document.add_paragraph(plain(words), style=STYLES[kind])


def _text(document: Document, words: str, look: str) -> None:
    paragraph = _paragraph(document, words, "note" if look == "note" else "body")
    paragraph.paragraph_format.keep_together = look == "note"
    if look == "subtitle":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if look in ("addressee", "subtitle"):
        attribute(paragraph._p.get_or_add_pPr(), "w:ind", firstLine="0", firstLineChars="0")


def _sign(document: Document, author: str, day: str, language: str) -> None:
    """Author and day, on the page of what stands before and after them."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    for line in filter(None, (author, day)):
        signature = _paragraph(document, line, "body")
        signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signature.paragraph_format.right_indent = Pt(2 * LOOKS[language]["body"].size)
        signature.paragraph_format.keep_with_next = True
        attribute(signature._p.get_or_add_pPr(), "w:ind", firstLine="0", firstLineChars="0")


def _table(document: Document, caption: str, content: Table, height: float, language: str) -> None:
    """A table whose head is repeated on every page; figures stand to the right."""
    rows = (content.heads, *content.rows)
    grid = document.add_table(len(rows), len(content.heads))
    ruled(grid)
    alternative = text("paper.alt_table", language, caption=caption, rows=len(content.rows))
    _say(grid, caption, alternative)
    kept = len(rows) if len(rows) <= WHOLE_ROWS else FIRST_ROWS
    widths = _widths(rows, LOOKS[language]["table"].size)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    look = document.styles[STYLES["table"]].style_id
    for r, (row, written) in enumerate(zip(grid.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        child(properties, "w:cantSplit")
        if r == 0:
            child(properties, "w:tblHeader")
        elif height:
            row.height = Pt(height)
        for k, (cell, words) in enumerate(zip(row.cells, written, strict=True)):
            cell.width = widths[k]
            paragraph = cell.paragraphs[0]
            paragraph._p.style = look
            paragraph.add_run("\n".join(map(plain, words.split("\n")))).bold = r == 0
            paragraph.paragraph_format.keep_with_next = r < kept - 1
            if k >= content.words:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _say(grid: Any, caption: str, alternative: str) -> None:
    """Name a table, and say what it shows, for those who cannot see it."""
    child(grid._tbl.tblPr, "w:tblCaption", val=plain(caption))
    child(grid._tbl.tblPr, "w:tblDescription", val=plain(alternative))


def _widths(rows: Any, size: float) -> list[Any]:
    """The columns' widths, by their longest cells; no figure or word in letters of `size` is cut."""
    room = PAGE_CM[0] - MARGINS_CM["left"] - MARGINS_CM["right"]
    heads, *cells = rows
    most = MOST_EMS * (3 if len(heads) == 2 else 1)
    longest = [
        min(max(_least(head), *(_longest_line(row[k]) for row in cells)), most) + 1.6 for k, head in enumerate(heads)
    ]
    even = sum(longest) / len(longest)
    shares = [max(one, LEAST_SHARE * even) for one in longest]
    widths = [room * one / sum(shares) for one in shares]
    least = [Pt(size).cm * max(map(_longest_whole, column)) for column in zip(*rows, strict=True)]
    return [Cm(one) for one in _raised(widths, least)]


def _raised(widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Widths of which none is under its least, where those above theirs can give what it lacks.

    >>> _raised([6.0, 1.0, 3.0], [2.0, 2.0, 3.0])
    [5.0, 2.0, 3.0]
    """
    lacking = sum(max(low - one, 0.0) for one, low in zip(widths, least, strict=True))
    spare = [max(one - low, 0.0) for one, low in zip(widths, least, strict=True)]
    if not lacking or sum(spare) < lacking:
        return list(widths)
    part = lacking / sum(spare)
    return [max(one, low) - part * more for one, low, more in zip(widths, least, spare, strict=True)]


def _longest_whole(words: str) -> float:
    """Ems that the longest figure or word of a cell takes, with what is around it; 0 where it has none."""
    return max((WIDE_FACE * ems(one) + AROUND_EMS for one in WHOLE.findall(words)), default=0.0)


def _longest_line(words: str) -> float:
    return max(map(ems, words.split("\n")))


def _least(head: str) -> float:
    """Ems of a head on two lines, in bold letters of which no word is cut."""
    return max(ems(head) / 2, *(1.2 * ems(word) for word in head.split() if word.isascii()), 0)


def _pictures(document: Document, figures: Sequence[Figure]) -> None:
    """Pictures side by side, in lines as high as they are, each with its title and what it shows."""
    grid = document.add_table(1, len(figures))
    titles = "; ".join(figure.title for figure in figures)
    _say(grid, titles, titles)
    row = grid.rows[0]
    child(row._tr.get_or_add_trPr(), "w:cantSplit")
    for cell, figure in zip(row.cells, figures, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = document.styles[STYLES["caption"]]
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(figure.png), width=Cm(FIGURE_CM))
        shape._inline.docPr.set("title", plain(figure.title))
        shape._inline.docPr.set("descr", plain(figure.alternative))
