"""The workbook of a comparison: measures side by side and in full, the levers that differ."""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter.workbook import Workbook

from model.outputs.compare.comparison import LETTERS, lever_value
from model.outputs.compare.comparison_table import WORDS, row
from model.outputs.phrasing.numbers import change_unit
from model.outputs.story.compared import Compared
from model.outputs.words import text
from model.outputs.workbook.sheets.page import COUNT, Look, Page
from model.outputs.workbook.workbook import write_passport
from model.scenario.levers import levers
from model.year.measures import MEASURE

SHEETS = ("side_by_side", "in_full", "differing", "passport")
NAME, WORDS_WIDE, NUMBER = 30, 18, 13
"""Widths of the first column, of others of words, and of those of numbers, in characters."""
TOP = 3
"""The row of heads."""


def comparison_book(compared: Compared) -> bytes:
    """The workbook of a comparison as an XLSX file, with the figures of its page as numbers."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as written:
        written.set_properties({"created": datetime.combine(compared.made_on, time())})
        look = Look(written, compared.language)
        pages = {id: Page(look, id) for id in SHEETS}
        for page in pages.values():
            page.begin(compared.passport.name)
        _side_by_side(pages["side_by_side"], compared)
        _in_full(pages["in_full"], compared)
        _differing(pages["differing"], compared)
        write_passport(pages["passport"], compared.passport)
    return file.getvalue()


def _names(compared: Compared) -> list[str]:
    return [f"{letter} {name}" for letter, name in zip(LETTERS, compared.names, strict=False)]


def _side_by_side(page: Page, compared: Compared) -> None:
    """The median of every measure, a column a plan; beside them what each has more than the reference."""
    names, letter = _names(compared), LETTERS[compared.reference]
    others = [name for place, name in enumerate(names) if place != compared.reference]
    minus = [page.say("column_minus", name=name, letter=letter) for name in others]
    heads = [page.say("column_measure"), page.say("column_unit"), *names, page.say("column_change_unit"), *minus]
    rows = []
    for id in MEASURE:
        cells = _cells(id, compared)
        differences = [one["difference"] for place, one in enumerate(cells) if place != compared.reference]
        change = change_unit(MEASURE[id].unit, compared.language)
        rows.append([cells[0]["measure"], cells[0]["unit"], *(one["median"] for one in cells), change, *differences])
    _table(page, heads, (0, 1, 2 + len(names)), rows)


def _in_full(page: Page, compared: Compared) -> None:
    """A row a measure and plan, with bands, differences and odds, as in the CSV."""
    rows = [one for id in MEASURE for one in _cells(id, compared)]
    heads = [text(f"compare.column_{key}", compared.language) for key in rows[0]]
    words = [place for place, key in enumerate(rows[0]) if key in WORDS]
    _table(page, heads, words, [[*one.values()] for one in rows])


def _cells(id: str, compared: Compared) -> list[dict[str, str | float]]:
    of = compared.comparison, compared.names, compared.reference, compared.language
    return [row(id, place, *of) for place in range(len(compared.names))]


def _differing(page: Page, compared: Compared) -> None:
    """The levers that differ, a column a plan, beside the base year's."""
    table, language = levers(compared.baseline), compared.language
    heads = [page.say("column_lever"), page.say("column_base"), *_names(compared)]
    rows: list[list[str | float]] = [
        [table[id].label[language], *(lever_value(table[id], value, language) for value in (table[id].base, *values))]
        for id, values in compared.comparison.differing.items()
    ]
    _table(page, heads, range(len(heads)), rows)


def _table(page: Page, heads: Sequence[str], words: Sequence[int], rows: Sequence[Sequence[str | float]]) -> None:
    """Heads that stay in sight over rows to filter; columns of `words` hold words, the others numbers."""
    page.title()
    widths = [NAME if column == 0 else WORDS_WIDE if column in words else NUMBER for column in range(len(heads))]
    for column, (head, wide) in enumerate(zip(heads, widths, strict=True)):
        page.text(TOP, column, head, f"head {'lead' if column else ''}" if column in words else "head right")
        page.sheet.set_column(column, column, wide)
    page.make_room(TOP, *zip(heads, widths, strict=True))
    for line, cells in enumerate(rows, TOP + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                page.text(line, column, cell, f"wrap {'lead' if column else ''}")
            else:
                page.number(line, column, cell, number=COUNT)
        page.make_room(line, *((str(cell), wide) for cell, wide in zip(cells, widths, strict=True)))
    page.sheet.autofilter(TOP, 0, TOP + max(len(rows), 1), len(heads) - 1)
    page.sheet.freeze_panes(TOP + 1, 1)
    page.print_wide()
