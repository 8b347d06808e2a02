"""The method as HTML and in the workbook: whole, well formed, and every section number leads to its section."""

import re
from datetime import date
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from spreadsheet_cells import MAIN, cells, parts, sheets

from model import Scenario, project, shipped_baseline
from model.evidence.method import Block, Section, method, plain, sections
from model.outputs.evidence.method_text import article, cited, section_name
from model.outputs.handout.handout import Handout
from model.outputs.package import package
from model.outputs.words import LANGUAGES, text
from model.outputs.workbook.workbook import workbook

BASELINE = shipped_baseline("hunan-2021")
DAY = date(2026, 11, 26)
CHAINS = ("chain", "chain_base")


def link(number: int) -> str:
    return f"?a=1&section={number}"


def read(html: str) -> ElementTree.Element:
    """The article as a tree, which it only is if every tag is closed and every sign escaped."""
    return ElementTree.fromstring(html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_is_drawn_whole_and_well_formed(language):
    for section in sections(language):
        tree = read(article(section, language, link))
        said = "".join("".join(tree.itertext()).split())
        assert tree.find("h2").get("id") == f"section-{section.number}"
        for block in section.blocks:
            for row in block.rows:
                for cell in row:
                    marks = r"^# | \[|\]$|  # |^- |^\d+\. " if block.kind != "table" else "$^"
                    words = re.sub(marks, "", cell if block.kind in ("steps", "formulas") else plain(cell))
                    assert "".join(words.split()) in said, (section.number, words)
        running = "".join("".join(one.itertext()) for tag in ("p", "li", "td") for one in tree.iter(tag))
        assert "`" not in running and "**" not in running.replace("x ** y", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citation_is_a_link_to_its_section(language):
    every = sections(language)
    for section in every:
        links = list(read(article(section, language, link)).iter("a"))
        numbers = [int(one.get("data-section")) for one in links]
        assert list(dict.fromkeys(numbers)) == cited(section, language)
        assert [one.get("href") for one in links] == [link(number) for number in numbers]
        assert set(numbers) <= {one.number for one in every}
    assert sum(len(cited(section, language)) for section in every) > 15
    assert 3 not in cited(every[5], language), "a section of a book is none of ours"


def test_a_step_stands_over_its_formulas_and_a_remark_beside_its_own():
    lines = (
        "# Root [cases a year]",
        "root[0] = low",
        "root[1+] = min(low,",
        "    high)",
        "# Next <b> [x]",
        "b = 1 < 2",
    )
    blocks = Block("steps", tuple((line,) for line in lines)), Block("formulas", (("a = 1  # one & only",),))
    tree = read(article(Section(3, "T", blocks), "en", link))
    shown = [(one.tag, "".join(one.itertext())) for one in tree.find("dl")]
    assert shown == [
        ("dt", "Root cases a year"),
        ("dd", "root[0] = low"),
        ("dd", "root[1+] = min(low,\nhigh)"),
        ("dt", "Next <b> x"),
        ("dd", "b = 1 < 2"),
    ]
    assert tree.find("pre/i").text == "  one & only"


@cache
def made(language: str) -> bytes:
    return workbook(project(Scenario(), draws=512), BASELINE, DAY, language)


@cache
def sheet(language: str) -> dict[int, str]:
    """The first cells of the sheet of the method, by row."""
    found = cells(made(language), text("workbook.sheet_method", language))
    return {int(at[1:]): cell.value for at, cell in found.items() if re.fullmatch(r"A\d+", at)}


def jumps(language: str, id: str) -> dict[str, str]:
    """The links of a sheet to other places of the workbook, by cell."""
    part = parts(made(language))[sheets(made(language))[text(f"workbook.sheet_{id}", language)]]
    found = ElementTree.fromstring(part).iter(f"{MAIN}hyperlink")
    return {one.get("ref"): one.get("location") for one in found}


def section_at(language: str, location: str) -> int:
    """The section whose heading stands where a link leads."""
    name, row = re.fullmatch(r"'(.+)'!A(\d+)", location).groups()
    assert name == text("workbook.sheet_method", language)
    return int(re.match(r"(\d+)\. ", sheet(language)[int(row)])[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", CHAINS)
def test_every_section_number_of_a_chain_leads_to_its_section(language, id):
    found = cells(made(language), text(f"workbook.sheet_{id}", language))
    numbers = {at: cell.value for at, cell in found.items() if re.fullmatch(r"A\d+", at) and cell.value.isdigit()}
    links = jumps(language, id)
    assert len(numbers) > 200 and numbers.keys() == links.keys()
    assert all(section_at(language, links[at]) == int(number) for at, number in numbers.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_solver_and_months_lead_to_their_sections_and_the_first_sheet_to_the_method(language):
    for id, number in (("solve", 9), ("months", 11)):
        (location,) = jumps(language, id).values()
        assert section_at(language, location) == number
    name = text("workbook.sheet_method", language)
    assert f"'{name}'!A1" in jumps(language, "readme").values()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_holds_the_whole_method_as_text_in_order(language):
    name = text("workbook.sheet_method", language)
    found = cells(made(language), name)
    assert not [cell for cell in found.values() if cell.formula]
    said = {cell.value for cell in found.values()}
    for section in sections(language):
        assert section_name(section, language) in said
        for block in section.blocks:
            for row in block.rows:
                lines = row if block.kind in ("steps", "formulas") else map(plain, row)
                assert set(lines) <= said, section.number
    rows = [
        row
        for section in sections(language)
        for row, one in sheet(language).items()
        if one == section_name(section, language)
    ]
    assert len(rows) == 19 and all(a < b for a, b in pairwise(rows))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_package_holds_the_method_in_the_readers_language(language):
    one = Handout(project(Scenario(), draws=512), BASELINE, DAY, language)
    data = package.alone("method", one)
    assert package.name_alone("method", "en") == ("frontline-method.md", "text/markdown")
    assert data.decode("utf-8-sig") == method(language)
