"""From bytes to a TOML tree: every fault of the text, and the tree of the lines that can be read."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.files.problem import Problem, shown
from model.files.toml_layout import Layout, layout

MOST_BYTES = 1_000_000
MOST_BROKEN_LINES = 50
LONGEST_LINE = 8_000
"""Characters of a line in which a slip is looked for: enough for a note that a person wrote."""


@dataclass(frozen=True)
class Document:
    """A TOML text with its tree; `whole` is False where lines that are no TOML are left out of the tree."""

    text: str
    tree: Mapping[str, object]
    layout: Layout
    whole: bool


def read_toml(data: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """The document in some bytes, or None where nothing can be read, and all problems of its text."""
    text = decoded(data, file)
    if isinstance(text, Problem):
        return None, [text]
    try:
        if not _DEEP_KEY.search(text):
            return _parsed(text, file)
    except RecursionError:
        pass
    line, deepest = max(enumerate(text.split("\n"), 1), key=lambda numbered: len(_NESTING.findall(numbered[1])))
    return None, [Problem("nested_too_deeply", file, line=line, given=shown(deepest))]


def decoded(data: bytes, file: str = "", most: int = MOST_BYTES) -> str | Problem:
    """The text of a file: UTF-8, with or without its mark, else GB18030 (what Notepad calls ANSI).

    A problem for more bytes than `most`, for binary ones, for another encoding.
    """
    if len(data) > most:
        return Problem("too_large", file, given=f"{len(data):,}", right={"most": float(most)})
    if data.startswith(UTF_16):
        return Problem("utf_16", file, given="UTF-16")
    if b"\0" in data:
        return Problem("binary", file, line=data.count(b"\n", 0, data.index(b"\0")) + 1, given="\\x00")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
    try:
        if not _is_damaged_utf_8(data):
            return data.decode("gb18030")
    except UnicodeDecodeError as error:
        at = error.start
    return Problem("encoding", file, line=data.count(b"\n", 0, at) + 1, given=f"\\x{data[at]:02x}")


UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# tomllib needs time quadratic in the parts of a dotted key; nobody writes fifty.
_DEEP_KEY = re.compile(r"""(?:\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+){50}""")
_NESTING = re.compile(r"[\[{.]")
_LONG_NUMBER = re.compile(r"\d[\d_]{4000}")


def _is_damaged_utf_8(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few: such a text reads as GB18030 too, as nonsense."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 4 < sum(character > "\x7f" for character in text)


def _parsed(text: str, file: str) -> tuple[Document | None, list[Problem]]:
    """Read a text; a line that is no TOML is noted and left out, so that one run finds them all."""
    lines = text.split("\n")
    problems: list[Problem] = []
    for _ in range(min(MOST_BROKEN_LINES, 1 + 4 * MOST_BYTES // (len(text) + 1))):
        readable = "\n".join(lines)
        try:
            tree = tomllib.loads(readable)
            return Document(readable, tree, layout(readable), not problems), problems
        except ValueError as error:
            problem = _fault(error, lines, file)
            problems.append(problem)
            if problem.code == "unclosed" or problem.line is None or not _leave_out(lines, problem.line):
                break
    return None, problems


def _fault(error: ValueError, lines: list[str], file: str) -> Problem:
    """The problem at which `tomllib` stopped."""
    message = str(error)
    if not isinstance(error, tomllib.TOMLDecodeError):  # an integer of more digits than Python converts
        number = next((n for n, line in enumerate(lines, 1) if _LONG_NUMBER.search(line)), 1)
        return Problem("number_too_long", file, _key_of(lines[number - 1]), number, shown(lines[number - 1]))
    if place := re.search(r"\(at line (\d+), column (\d+)\)", message):
        return _syntax_problem(message, lines, int(place[1]), int(place[2]), file)
    if opened := _unclosed(lines):
        number, opening, closing = opened
        line = lines[number - 1]
        return Problem("unclosed", file, _key_of(line), number, shown(line), {"found": opening, "mended": closing})
    last = max((n for n, line in enumerate(lines, 1) if line.strip()), default=1)
    return _syntax_problem(message, lines, last, len(lines[last - 1]) + 1, file)


def _unclosed(lines: list[str]) -> tuple[int, str, str] | None:
    """The line with a text or list that nothing closes, the sign that opens it and the missing one."""
    for mark in ('"""', "'''"):
        if sum(line.count(mark) for line in lines) % 2:
            return max(number for number, line in enumerate(lines, 1) if mark in line), mark, mark
    lists = [number for number, line in enumerate(lines, 1) if re.search(r"=\s*\[", line)]
    is_open = sum(line.count("[") - line.count("]") for line in lines) > 0
    return (lists[-1], "[", "]") if lists and is_open else None


def _leave_out(lines: list[str], number: int) -> bool:
    """Blank a broken line; of a broken `[table]` line everything up to the next one.

    False where reading on would only find what follows from this fault: inside a text or list of several lines.
    """
    broken = lines[number - 1]
    if not broken.strip() or '"""' in broken or "'''" in broken:
        return False
    lines[number - 1] = ""
    if broken.lstrip().startswith("["):
        for index in range(number, len(lines)):
            if lines[index].lstrip().startswith("["):
                break
            lines[index] = ""
    return True


_GOOD_TEXTS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')


def _key_of(line: str) -> str:
    """The probable key or table of a line that cannot be read; empty where there is none."""
    key = re.match(r"\s*\[*\s*([^=\]\s：＝:]*)", line)
    return shown(key[1]) if key else ""


def _ascii(sign: str) -> str:
    """The sign of TOML for one from a Chinese keyboard."""
    return {"：": "=", "。": ".", "、": ",", "【": "[", "】": "]"}.get(sign) or unicodedata.normalize("NFKC", sign)


def _quoted(text: str) -> str:
    """A text between quotation marks."""
    return f'"{text}"'


def _of_one(percentage: str) -> str:
    """A percentage as a share of one."""
    return f"{float(percentage.rstrip(' %')) / 100:g}"


# Usual slips: a pattern that captures the slip on a line without its good texts and comments, and the mending of it.
_SLIPS: tuple[tuple[str, re.Pattern[str], Callable[[str], str]], ...] = (
    ("full_width_quotes", re.compile("([“”„‟＂‘’＇「」『』])"), lambda _: '"'),
    ("odd_space", re.compile("([\u00a0\u2000-\u200b\u3000\ufeff])"), lambda _: " "),
    (
        "key_not_latin",
        re.compile(r"^[\sA-Za-z0-9_.\[-]*?([^\x00-\x7f\uff00-\uff5e【][^=：＝\]]*)[=：＝\]]"),
        _quoted,
    ),
    ("odd_quotes", re.compile("([\"'])"), lambda mark: mark * 2),
    ("full_width_character", re.compile("([\uff01-\uff5e。、【】])"), _ascii),
    ("colon_for_equals", re.compile(r"^\s*[\w.-]+\s*(:)[^=]*$"), lambda _: "="),
    ("tab_for_equals", re.compile(r"^\s*[\w.-]+ *(\t)[^=]*$"), lambda _: "="),
    ("no_equals", re.compile(r"^([^=\[]+)$"), lambda _: "="),
    ("leading_zero", re.compile(r"=\s*[+-]?(0\d[\d.]*)\s*$"), lambda number: number.lstrip("0") or "0"),
    ("percent_sign", re.compile(r"=\s*(\d+(?:\.\d+)?\s*%)"), _of_one),
    ("comma_in_number", re.compile(r"=\s*([+-]?\d{1,3}(?:,\d{3})+)\b"), lambda number: number.replace(",", "")),
    ("text_without_quotes", re.compile(r"=\s*([^\W\d].*)$"), _quoted),
)


def _syntax_problem(message: str, lines: list[str], number: int, column: int, file: str) -> Problem:
    """The problem of one line: a usual slip with its mending, else only the column."""
    line = lines[min(number, len(lines)) - 1]
    key = _key_of(line)
    if message.startswith(("Cannot", "Duplicate")):  # overwrite a value, declare a table twice, mutate an immutable one
        return Problem("given_twice", file, key, number, shown(line))
    bare = _GOOD_TEXTS.sub("", line[:LONGEST_LINE]).split("#")[0]
    for code, pattern, mended in _SLIPS:
        if slip := pattern.search(bare):
            wrong = slip[1].strip(" ")
            right = {"found": shown(wrong), "mended": shown(mended(wrong))}
            return Problem(code, file, key, number, shown(line), right)
    return Problem("syntax", file, key, number, shown(line), {"column": float(column)})
