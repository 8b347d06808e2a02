"""The method as HTML by section: text, tables, and formulas under the names of their steps."""

import re
from collections.abc import Callable, Iterator, Sequence

from model.evidence.method import FOREWORD, Block, Section, spans
from model.outputs.phrasing.markup import Markup, element
from model.outputs.words import text

Link = Callable[[int], str]
"""The address of a section by its number."""

_STEP = re.compile(r"# (?P<label>.+) \[(?P<unit>.+)\]")
_TAGS = {"code": "code", "strong": "b", "emphasis": "em"}


def section_name(section: Section, language: str) -> str:
    """A section as contents name it.

    >>> section_name(Section(4, "Crews: two officers at least", ()), "en")
    '4. Crews: two officers at least'
    """
    if section.number == FOREWORD:
        return text("evidence_page.method_foreword", language)
    return f"{section.number}. {section.title}"


def cited(section: Section, language: str) -> list[int]:
    """The numbers of the sections that a section cites, each once."""
    lines = (cell for block in section.blocks for row in block.rows for cell in row)
    return list(dict.fromkeys(int(number) for line in lines for number in _citation(language).findall(line)))


def article(section: Section, language: str, link: Link) -> Markup:
    """A section whole.

    Every citation in it leads to the address that `link` gives.
    """
    title = section.title if section.number == FOREWORD else section_name(section, language)
    head = element("h2", title, id=f"section-{section.number}")
    return element("article", head, *(_drawn(block, language, link) for block in section.blocks), class_="method")


def section_link(number: int, said: str, link: Link) -> Markup:
    """A link to a section, which the page follows without being loaded anew."""
    return element("a", said, href=link(number), data_section=str(number))


def _citation(language: str) -> re.Pattern[str]:
    before, after = (re.escape(part) for part in text("evidence_page.method_section", language).split("{number}"))
    return re.compile(rf"{before}(\d+){after}(?![\d.]*\d)")


def _drawn(block: Block, language: str, link: Link) -> Markup:
    if block.kind == "steps":
        return element("dl", *_steps(block.rows), class_="steps")
    if block.kind == "formulas":
        lines = [_formula(line) for (line,) in block.rows]
        return element("pre", *(part for line in lines for part in (*line, "\n")))
    if block.kind == "table":
        return element("div", _table(block.rows, language, link), class_="wide", tabindex="0")
    if block.kind == "list":
        numbered = not block.rows[0][0].startswith("-")
        items = (element("li", *_line(line.partition(" ")[2], language, link)) for (line,) in block.rows)
        return element("ol" if numbered else "ul", *items)
    return element("h3" if block.kind == "heading" else "p", *_line(block.rows[0][0], language, link))


def _steps(rows: Sequence[tuple[str, ...]]) -> Iterator[Markup]:
    """A name with its unit, and under it every formula of the step.

    Further lines of a formula are indented in the file.
    """
    for line in re.split(r"\n(?! )", "\n".join(line for (line,) in rows)):
        if step := _STEP.fullmatch(line):
            yield element("dt", step["label"], " ", element("i", step["unit"]))
        else:
            yield element("dd", element("code", re.sub(r"\n +", "\n", line)))


def _formula(line: str) -> list[str]:
    """A line of a box, and what is remarked at its end."""
    formula, mark, remark = line.partition("  # ")
    return [formula, element("i", f"  {remark}")] if mark else [formula]


def _table(rows: Sequence[tuple[str, ...]], language: str, link: Link) -> Markup:
    head, *body = rows
    lines = [element("tr", *(element("td", *_line(cell, language, link)) for cell in row)) for row in body]
    heads = element("tr", *(element("th", cell, scope="col") for cell in head))
    return element("table", element("thead", heads), element("tbody", *lines))


def _line(line: str, language: str, link: Link) -> Iterator[str]:
    for span in spans(line):
        if span.style:
            yield element(_TAGS[span.style], span.text)
        else:
            yield from _linked(span.text, language, link)


def _linked(said: str, language: str, link: Link) -> Iterator[str]:
    """Plain text, and a link in the place of every citation."""
    at = 0
    for found in _citation(language).finditer(said):
        yield said[at : found.start()]
        yield section_link(int(found[1]), found[0], link)
        at = found.end()
    yield said[at:]
