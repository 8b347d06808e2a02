"""What goes into a spreadsheet as text stays text, wherever it is written."""

import ast
import csv
import io
from pathlib import Path

import pytest

from model.outputs.phrasing.spreadsheet_text import plain, to_csv

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "said", ["=1", "+1", "-1", "@a", "\t=1", "  =1", "＝1", "\rx", "\nx", "\u3000=1", "=cmd|' /C calc'!A0"]
)
def test_what_a_spreadsheet_would_compute_is_made_a_text(said):
    assert plain(said) == "'" + said


@pytest.mark.parametrize("said", ["", "下沉到县", "7,385", "−810", "a=1", "'=1", "🙂"])
def test_any_other_text_stays_as_it_is(said):
    assert plain(said) == said


def test_a_table_comes_back_cell_by_cell_with_quotes_line_breaks_and_halves_of_characters():
    rows = [["名称", "a,b"], ['"x"', "two\nlines"], ["=1", -1.5], ["\ud800", 3]]
    read = list(csv.reader(io.StringIO(to_csv(rows).decode("utf-8-sig"), newline="")))
    assert read == [["名称", "a,b"], ['"x"', "two\nlines"], ["'=1", "-1.5"], ["?", "3"]]


def test_there_is_one_place_that_writes_comma_separated_text():
    """A second one would forget the mark or the formulas; files of a base year are for the program, as they came."""
    for path in [*(ROOT / "model").rglob("*.py"), *(ROOT / "views").rglob("*.py")]:
        names = {getattr(node, "attr", "") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))}
        assert path.name in ("spreadsheet_text.py", "folder_files.py") or not names & {"writerow", "writerows"}, path
