"""Final versions: those declared final, with their figures and what these were made from."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from math import isfinite
from pathlib import Path

from model.files.disk import Refusal, read_plain, replace_whole
from model.files.problem import shown

SUFFIX = ".final.json"
"""Ends the name of the file beside a version that says of it that it is final."""
YEARS = ("base", "plan", "change")
FIRST_YEAR, LAST_YEAR = 1970, 9000
TEXTS, COUNTS = ("author", "model_version", "baseline", "baseline_stamp"), ("drawn", "kept", "seed")


@dataclass(frozen=True)
class Declaration:
    """Who declares a version final, and its figures by then with all that makes them again.

    `baseline_stamp` is the SHA-256 of the base year's files. `figures` hold, by measure, base year, plan and change
    (`YEARS`), each as the median between the ends of its band.
    """

    author: str
    model_version: str
    baseline: str
    baseline_stamp: str
    drawn: int
    kept: int
    seed: int
    figures: Mapping[str, Mapping[str, Sequence[float]]]

    @property
    def medians(self) -> dict[str, float]:
        """The median of each measure under the plan."""
        return {id: bands["plan"][1] for id, bands in self.figures.items()}


@dataclass(frozen=True)
class Final:
    """A version that is final: its number, the stamp of its file, and when and how it was declared."""

    number: int
    stamp: str
    declared: datetime
    declaration: Declaration


def write(path: Path, final: Final) -> None:
    """Write of a version that it is final; whole or not at all."""
    about = {
        "sha256": final.stamp,
        "declared": final.declared.isoformat(timespec="seconds"),
        **asdict(final.declaration),
    }
    write_note(path, about)


def write_note(path: Path, about: Mapping[str, object]) -> None:
    """Write what is noted of a version, to be read without the program; whole or not at all."""
    replace_whole(path, json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))


def read(path: Path) -> Final | None:
    """What is written of a final version; None where that is damaged."""
    with suppress(Refusal, ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError):
        about = json.loads(read_plain(path)[0])
        author, made_by, baseline, stamp = (shown(str(about[key]), 200) for key in TEXTS)
        drawn, kept, seed = (int(about[key]) for key in COUNTS)
        figures = {str(id): {one: _band(bands[one]) for one in YEARS} for id, bands in about["figures"].items()}
        number, declared = int(path.name.removesuffix(SUFFIX)), moment_in(about["declared"])
        declaration = Declaration(author, made_by, baseline, stamp, drawn, kept, seed, figures)
        return Final(number, str(about["sha256"]), declared, declaration)
    return None


def moment_in(written: object) -> datetime:
    """The moment that a note gives; ValueError where it gives none that every calendar has."""
    moment = datetime.fromisoformat(str(written))
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(written)
    return moment


def _band(ends: Sequence[float]) -> tuple[float, float, float]:
    low, median, high = map(finite, ends)
    return low, median, high


def finite(value: float) -> float:
    """The number; ValueError where it is none, or beyond all numbers."""
    if not isfinite(value := float(value)):
        raise ValueError(value)
    return value
