"""What changed between two versions of the model, as CHANGES.md says it in both languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path

FILE = Path(__file__).with_name("changes.md")
"""CHANGES.md as it travels with the package; a test holds the two equal."""
LAST_UNMARKED = "1.1.0"
"""The last version that did not write itself into the files it saved."""
VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
NUMBERS = ("unchanged", "changed", "first")

_RELEASE = re.compile(rf"## ({VERSION.pattern}) — (\d{{4}}-\d\d-\d\d)")
_TITLE = re.compile(r"### (Numbers|Use)\b.*")


@dataclass(frozen=True)
class Release:
    """One version: its day, what became of the numbers, and every change by language.

    `numbers` is "unchanged", "changed" or, where there was no version before, "first". The first text of
    `about_numbers` sums them up; `about_use` holds what else somebody who uses Frontline notices. Texts are by language
    ("en", "zh").
    """

    version: str
    day: str
    numbers: str
    about_numbers: tuple[Mapping[str, str], ...]
    about_use: tuple[Mapping[str, str], ...]


def parts(version: str) -> tuple[int, ...]:
    """A version as numbers that compare.

    >>> parts("1.10.0") > parts("1.9.3")
    True
    """
    return tuple(map(int, version.split(".")))


def releases_since(version: str | None) -> tuple[Release, ...]:
    """The releases after a version, the newest first; None stands for a file that names no version.

    >>> [release.version for release in releases_since("1.0.0")][-1]
    '1.1.0'
    """
    earlier = parts(version or LAST_UNMARKED)
    return tuple(takewhile(lambda release: parts(release.version) > earlier, releases()))


@cache
def releases() -> tuple[Release, ...]:
    """Every release that CHANGES.md tells of, the newest first."""
    return tuple(read_changes(FILE.read_text(encoding="utf-8")))


def read_changes(text: str) -> Iterator[Release]:
    """The releases in the text of CHANGES.md, in its order; ValueError for text of another shape."""
    lines = [line for line in text.splitlines() if line.strip()]
    starts = [at for at, line in enumerate(lines) if line.startswith("## ")]
    for start, end in pairwise([*starts, len(lines)]):
        yield _release(lines[start:end])


def _release(lines: list[str]) -> Release:
    head = _RELEASE.fullmatch(lines[0])
    numbers = lines[1].removeprefix("Numbers: ") if len(lines) > 1 else ""
    if not head or numbers not in NUMBERS:
        raise ValueError(f"CHANGES.md: expected '## 1.2.0 — 2026-11-26' and 'Numbers: changed' at {lines[:2]}")
    about: dict[str, list[Mapping[str, str]]] = {"numbers": [], "use": []}
    title = ""
    for line, below in pairwise([*lines[2:], ""]):
        if titled := _TITLE.fullmatch(line):
            title = titled[1].lower()
        elif title and line.startswith("- ") and below.startswith("  - "):
            about[title].append({"en": line[2:], "zh": below[4:]})
        elif not (title and about[title] and about[title][-1]["zh"] == line[4:]):
            raise ValueError(
                f"CHANGES.md: every change is an English line with its Chinese line below it, not {line!r}"
            )
    return Release(head[1], head[2], numbers, tuple(about["numbers"]), tuple(about["use"]))
