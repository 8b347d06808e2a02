"""What a style sheet may not ask of the browser at every step of a slider."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT

SHEETS = sorted((ROOT / "views").rglob("*.css"))
RARE = (":is(.stSidebar, [aria-controls",)
"""Subjects with an attribute that few elements have."""
COMMENT, GROUP = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\([^()]*\)|\[[^\]]*\]")


def selectors(sheet: Path) -> list[str]:
    """The selectors of a sheet, one by one."""
    heads = re.findall(r"([^{};]+)\{", COMMENT.sub("", sheet.read_text("utf-8")))
    return [part.strip() for head in heads if not head.strip().startswith("@") for part in top_level(head, ",")]


def top_level(selector: str, sign: str) -> list[str]:
    """A selector cut where the sign stands outside all brackets."""
    hidden = selector
    while (shorter := GROUP.sub(lambda found: "_" * len(found[0]), hidden)) != hidden:
        hidden = shorter
    ends = [0, *(found.end() for found in re.finditer(sign, hidden)), len(selector)]
    return [selector[start:end].removesuffix(",") for start, end in pairwise(ends)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_what_lies_below_a_has_is_named_by_its_class(sheet):
    """The browser looks at all that share the name of such a subject after every change of the page.

    Named by `data-testid`, a rule for one box's hint had a step of a slider style 3,300 elements instead of 700.
    """
    for selector in selectors(sheet):
        compounds = top_level(selector, r"[\s>+~]+")
        above, subject = "".join(compounds[:-1]), compounds[-1]
        assert ":has(" not in above or subject.startswith((".", "#", *RARE)), selector


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_no_part_of_a_class_name_has_everything_under_it_styled_anew(sheet):
    """`[class*="x"] *` restyles all that lies under any element whose class changes."""
    for selector in selectors(sheet):
        compounds = top_level(selector, r"[\s>+~]+")
        assert "[class" not in "".join(compounds[:-1]) or not compounds[-1].startswith("*"), selector
