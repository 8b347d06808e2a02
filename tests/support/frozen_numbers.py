"""Numbers frozen by model version: those of today, those of every version, and why the two may not differ in silence.

Freeze the numbers of a new version, once MODEL_VERSION has risen and CHANGES.md says why:

    .venv/bin/python tests/support/frozen_numbers.py
"""

import io
import json
import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path

from model.command_line.main import main
from model.files.scenario_file import VERSION_KEY
from model.files.toml_edit import with_value
from model.version import MODEL_VERSION
from model.version.changes import FILE, Release, parts, read_changes
from model.year.measures import HEADLINES

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "tests" / "frozen"
CHANGES = ROOT / "CHANGES.md"
COMMAND = ".venv/bin/python tests/support/frozen_numbers.py"
TOLERANCE = 1e-9
"""Relative, and absolute for numbers below one: processors differ by a ten-thousandth of it."""
SHOWN = 5
SHIPPED = sorted((ROOT / "scenarios").glob("*.toml"))
SINK = str(ROOT / "scenarios" / "sink-to-counties.toml")
SEARCHED = [SINK, "--draws", "512"]
BAND = r"p10|p50|p90"
PAIR = rf"(?:base|scenario|difference)/(?:{BAND})|better"
HEADLINE = rf"(?:{'|'.join(HEADLINES)})"

# For each question its command and, as a pattern of paths in its document, the numbers that are frozen.
QUESTIONS: dict[str, tuple[Sequence[str], str]] = {
    **{f"project {file.stem}": (["project", str(file)], rf"measures/{HEADLINE}/total/(?:{PAIR})") for file in SHIPPED},
    "best_plan": (
        ["best-plan", *SEARCHED, "--goal", "visits"],
        rf"moved|programme/\w+|full_model/(?:own|plan)|measures/{HEADLINE}/(?:{PAIR})",
    ),
    "worth": (["worth", *SEARCHED], rf"one_more/\d+/\w+/(?:dual|representative|over_draws/(?:{BAND}))"),
    "frontier": (
        ["frontier", *SEARCHED],
        rf"own/\w+|points/\d+/(?:moved|(?:representative|over_draws)/(?:visits|on_time)(?:/(?:{PAIR}))?)",
    ),
    "targets": (
        ["targets", *SEARCHED, "--target", "on_time_share>=0.78", "--target", "duty_met>=1"],
        r"moved|promised|share|own/\w+|targets/\d+/(?:own|value|own_share|share)",
    ),
    "robust": (["robust", *SEARCHED, "--goal", "visits"], rf"moved|outlooks/\w+/(?:goal/(?:{BAND})|\w+)|sample/\w+"),
}

Numbers = Mapping[str, float]


def numbers_now(questions: Iterable[str] = tuple(QUESTIONS)) -> dict[str, float]:
    """The numbers that today's code gives to some questions, by "question: path in its document"."""
    return {f"{name}: {path}": value for name in questions for path, value in _answer(*QUESTIONS[name]).items()}


def _answer(command: Sequence[str], wanted: str) -> dict[str, float]:
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(printed):
        code = main([*command, "--json", "--language", "en"])
    if code:
        raise RuntimeError(f"{' '.join(command)} ended with exit code {code}")
    document = json.loads(printed.buffer.getvalue())["result"]
    return {path: value for path, value in _flat(document) if re.fullmatch(wanted, path)}


def _flat(value: object, at: str = "") -> Iterable[tuple[str, float]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, entry in entries:
        yield from _flat(entry, f"{at}/{name}" if at else str(name))
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield at, float(value)


def frozen(folder: Path = FROZEN) -> dict[str, dict[str, float]]:
    """The frozen numbers of every version that has some."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}


def differences(old: Numbers, new: Numbers) -> list[str]:
    """Where numbers that are in the old set are gone or other ones in the new set, one phrase each."""
    found = [f"{name} is gone" for name in old if name not in new]
    shared = [name for name in old if name in new]
    return found + [
        f"{name} was {old[name]!r}, is {new[name]!r}" for name in shared if not _alike(old[name], new[name])
    ]


def _alike(old: float, new: float) -> bool:
    return math.isclose(old, new, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def faults(
    version: str, releases: Sequence[Release], of_version: Mapping[str, Numbers], now: Numbers | None = None
) -> list[str]:
    """Where version, CHANGES.md, frozen numbers and today's numbers do not fit, each with what to do.

    `releases` are the newest first. Without `now` today's numbers are not looked at.
    """
    known = [release.version for release in releases]
    if version not in known[:1]:
        return [
            f"MODEL_VERSION is {version}, but CHANGES.md begins with {known[:1]}: write the entry of {version} first"
        ]
    found = [f"tests/frozen/{one}.json has no entry in CHANGES.md" for one in of_version if one not in known]
    if known != sorted(known, key=parts, reverse=True) or len(set(known)) < len(known):
        found.append("the versions in CHANGES.md do not go down from the newest")
    for newer, older in pairwise(releases):
        found += _unkept_promise(newer, older.version, of_version)
    if version not in of_version:
        found.append(f"no numbers are frozen for {version}: run {COMMAND}")
    elif now is not None and (changed := differences(of_version[version], now)):
        found.append(
            f"{len(changed)} frozen numbers of {version} changed: {'; '.join(changed[:SHOWN])}. If that is meant, "
            f"raise MODEL_VERSION in model/version/__init__.py, write its entry in CHANGES.md with 'Numbers: changed', "
            f"why and by how much, and run {COMMAND}. If not, it is a fault: never edit tests/frozen/{version}.json"
        )
    return found


def _unkept_promise(newer: Release, older: str, of_version: Mapping[str, Numbers]) -> list[str]:
    """What breaks the word of a release that says its numbers are unchanged."""
    if newer.numbers != "unchanged" or newer.version not in of_version:
        return []
    if older not in of_version:
        return [f"CHANGES.md says that the numbers of {newer.version} are unchanged, but none are frozen for {older}"]
    changed = differences(of_version[older], of_version[newer.version])
    said = f"CHANGES.md says that the numbers of {newer.version} are unchanged since {older}, but"
    return [f"{said} {len(changed)} differ: {'; '.join(changed[:SHOWN])}"] if changed else []


def freeze(version: str = MODEL_VERSION, folder: Path = FROZEN, changes: Path = CHANGES) -> list[str]:
    """Freeze today's numbers for a version; what forbids it, else nothing."""
    file = folder / f"{version}.json"
    if file.exists():
        return [f"{file.name} is frozen already: numbers of a version never change; raise MODEL_VERSION"]
    releases = tuple(read_changes(changes.read_text(encoding="utf-8")))
    if releases[0].version != version:
        return faults(version, releases, {})
    numbers = numbers_now()
    if forbidden := faults(version, releases, {**frozen(folder), version: numbers}):
        return forbidden
    file.write_text(json.dumps(numbers, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return []


def carry_along() -> None:
    """Put CHANGES.md where the package finds it, and the version into the scenarios that ship."""
    FILE.write_bytes(CHANGES.read_bytes())
    for file in SHIPPED:
        written = with_value(file.read_bytes().decode("utf-8"), (VERSION_KEY,), MODEL_VERSION)
        file.write_bytes(written.encode("utf-8"))


if __name__ == "__main__":
    forbidden = freeze()
    if not forbidden:
        carry_along()
    print(*(forbidden or [f"tests/frozen/{MODEL_VERSION}.json written"]), sep="\n", file=sys.stderr)
    sys.exit(bool(forbidden))
