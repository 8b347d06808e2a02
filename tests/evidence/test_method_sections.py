"""The method as it ships comes apart into sections and pieces, and none of its text is lost."""

import re

import pytest

from model.evidence import method as reading
from model.evidence.figures import FOLDER
from model.evidence.method import FOREWORD, Block, method, plain, sections, spans
from model.outputs.words import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_come_in_order_after_the_foreword(language):
    found = sections(language)
    assert [section.number for section in found] == list(range(FOREWORD, 19))
    assert all(section.title and section.blocks for section in found)
    assert f"## 8. {found[8].title}\n" in method(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_character_of_the_text_is_lost(language):
    marks = r"^```.*$|^#.*\n|^\|[-|]+\|$|^\| | \|$"
    written = re.sub(
        marks, "", re.sub(r"^(#+ .*\[.*\])$", r" \1", method(language), flags=re.MULTILINE), flags=re.MULTILINE
    )
    lines = [
        cell
        for section in sections(language)
        for block in section.blocks
        if block.kind != "heading"
        for row in block.rows
        for cell in row
    ]
    assert "".join("|".join(lines).split()).replace("|", "") == "".join(written.split()).replace("|", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_piece_is_there_and_tables_are_even(language):
    blocks = [block for section in sections(language) for block in section.blocks]
    assert {block.kind for block in blocks} == {"heading", "paragraph", "list", "table", "steps", "formulas"}
    for block in blocks:
        assert block.rows and all(block.rows)
        assert len({len(row) for row in block.rows}) == 1
        assert block.kind == "table" or len(block.rows[0]) == 1


def test_a_section_knows_what_it_names_by_whole_ids():
    by_number = {section.number: section for section in sections("en")}
    assert by_number[5].names("site_days") and not by_number[4].names("site_days")
    assert not by_number[5].names("site_day") and not by_number[5].names("ite_days")
    assert by_number[2].names("staff_total"), "a figure of the report, as reported.staff_total"


def test_marks_within_a_line_become_styles():
    assert [(one.style, one.text) for one in spans("**A.** b `c * d` *e*")] == [
        ("strong", "A."),
        ("", " b "),
        ("code", "c * d"),
        ("", " "),
        ("emphasis", "e"),
    ]
    assert plain("2 * 3 ** x, a < b") == "2 * 3 ** x, a < b"
    assert list(spans("")) == []


def test_a_language_without_a_method_is_refused():
    for of in (method, sections):
        with pytest.raises(KeyError):
            of("fr")


def test_the_text_stands_where_code_says_it_does():
    assert FOLDER.parent == reading.FOLDER
    for language in LANGUAGES:
        assert f"model/method.{language}.md" in (reading.__doc__ or "")
    assert isinstance(sections("zh")[0].blocks[0], Block)
