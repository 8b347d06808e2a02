"""Staff lists as files: the filled template with some cells changed, and what is read from it."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl

from model.evidence.baseline import shipped_baseline
from model.files.tables.staff_list import mid_split, read_staff_list
from model.outputs.prefectures.staff_list_template import sentence, template_csv
from model.outputs.words import LANGUAGES

HUNAN = shipped_baseline("hunan-2021")
TEMPLATE = {pool: list(seat) for pool, seat in mid_split(HUNAN).items()}
ROWS = [row.split(",") for row in template_csv(HUNAN, "zh").decode("utf-8-sig").split()]


def as_csv(rows: list[list]) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode()


def as_xlsx(rows: list[list], title: str = "名册", more: Callable | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append([int(cell) if re.fullmatch("-?[0-9]+", str(cell)) else cell for cell in row])
    if more:
        more(book)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def changed(cells: dict[str, object]) -> list[list]:
    """The filled template with some cells changed; their names as in a spreadsheet."""
    rows = [list(row) for row in ROWS]
    for name, value in cells.items():
        rows[int(name[1:]) - 1]["ABCD".index(name[0])] = value
    return rows


def read(data: bytes, baseline=HUNAN):
    listed, problems = read_staff_list(data, "list", baseline)
    assert (listed is None) == bool(problems)
    for problem in problems:
        for language in LANGUAGES:
            said = sentence(problem, baseline, language)
            assert said.startswith("list") and problem.cell in said
            assert "{" not in said.replace(problem.given, "")
    return listed and listed.staff_list, problems


def found(data: bytes) -> list[tuple[str, str, str]]:
    """What is wrong: code, cell, given."""
    return [(problem.code, problem.cell, problem.given) for problem in read(data)[1]]


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of one of its parts replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.namelist():
            content = source.read(item)
            archive.writestr(item, content.replace(old, new) if item == part else content)
    return target.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
