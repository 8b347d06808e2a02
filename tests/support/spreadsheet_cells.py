"""Cells of an XLSX file, read and changed in the file itself: the values that formulas carry stay as they were."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree
from xml.sax.saxutils import escape
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Cell:
    """`formula` is empty where there is none; `kind` as the file says: `s` and `str` text, `b`, `e`, empty a number."""

    kind: str
    formula: str
    value: str


@lru_cache(maxsize=4)
def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


@lru_cache(maxsize=4)
def sheets(data: bytes) -> dict[str, str]:
    """Every sheet's name and its part of the file, in order."""
    book = ElementTree.fromstring(parts(data)["xl/workbook.xml"])
    names = [one.get("name") for one in book.iter(f"{MAIN}sheet")]
    return {name: f"xl/worksheets/sheet{k}.xml" for k, name in enumerate(names, 1)}


def names(data: bytes) -> dict[str, tuple[str, str]]:
    """The sheet and cell of every defined name."""
    book = ElementTree.fromstring(parts(data)["xl/workbook.xml"])
    found = {}
    for one in book.iter(f"{MAIN}definedName"):
        if match := re.fullmatch(r"'?([^'!]+)'?!\$([A-Z]+)\$(\d+)", one.text):
            found[one.get("name")] = match[1], match[2] + match[3]
    return found


@lru_cache(maxsize=4)
def _shared(data: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(parts(data)["xl/sharedStrings.xml"])]


def cells(data: bytes, sheet: str) -> dict[str, Cell]:
    """All cells of a sheet; text that is shared is looked up."""
    files, shared = parts(data), _shared(data)
    found = {}
    for one in ElementTree.fromstring(files[sheets(data)[sheet]]).iter(f"{MAIN}c"):
        value, formula, kind = one.findtext(f"{MAIN}v", ""), one.findtext(f"{MAIN}f", ""), one.get("t", "")
        found[one.get("r")] = Cell(kind, formula, shared[int(value)] if kind == "s" else value)
    return found


def changed(data: bytes, new: Mapping[tuple[str, str], float | str]) -> bytes:
    """The file with other values in cells that hold a number or text, by sheet and cell. KeyError for a formula."""
    files, places = dict(parts(data)), sheets(data)
    for (sheet, cell), value in new.items():
        text = files[places[sheet]].decode("utf-8")
        match = re.search(rf'<c r="{cell}"((?: s="\d+")?)(?: t="s")?><v>[^<]*</v></c>', text)
        if not match:
            raise KeyError(cell)
        body = f' t="inlineStr"><is><t>{escape(value)}</t></is>' if isinstance(value, str) else f"><v>{value!r}</v>"
        written = f'<c r="{cell}"{match[1]}{body}</c>'
        files[places[sheet]] = (text[: match.start()] + written + text[match.end() :]).encode("utf-8")
    written = io.BytesIO()
    with ZipFile(written, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return written.getvalue()
