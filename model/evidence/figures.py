"""The figures the model stands on, each with unit, mark and source.

Four marks, never mixed (method, section 1): `reported` is a sentence of the report, `published` a law, statistic
or study, `derived` arithmetic on those, `assumed` nobody's figure: low, mid and high with the reason.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent
Mark = Literal["reported", "published", "derived", "assumed"]
KnownFrom = Literal["records", "time_log", "trial"]


@dataclass(frozen=True)
class Figure:
    """One number with its source in both languages. `value` is a float where the source gives one, else the words it
    gives. `unit`, `window`, `certainty` and `use` are the file's own words; the outputs put them into a language."""

    id: str
    label: dict[str, str]
    value: float | str
    unit: str
    mark: Mark
    source: dict[str, str]
    window: str = ""
    certainty: str = "read"
    use: str = ""


@dataclass(frozen=True)
class Assumption:
    """What nobody published: a triangular range and why. `closed` ones are not drawn but follow from the
    base year (the rest of a total, or the closure); their range is what a plausible draw may give. `known_from` says
    where the true value can come from: the force's own records, a log of working time, or a trial."""

    id: str
    label: dict[str, str]
    low: float
    mid: float
    high: float
    unit: str
    basis: dict[str, str]
    closed: bool = False
    known_from: KnownFrom = "records"

    @property
    def mark(self) -> Mark:
        return "assumed"


@dataclass(frozen=True)
class RuleRow:
    """One rule of law or of the ministry with the days it is in force, both included; `in_force_to` is None for a rule
    still in force. `value` is the text of the file: a number, a tier, `true`, or several numbers ("5/10/15")."""

    id: str
    label: dict[str, str]
    value: str
    unit: str
    in_force_from: date
    in_force_to: date | None
    source: dict[str, str]
    certainty: str

    @property
    def mark(self) -> Mark:
        return "published"


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_report(path: Path, source: Mapping[str, str]) -> dict[str, Figure]:
    """The report's figures; the source of each is the sentence it stands in, word for word (so Chinese in both
    languages), and `source`, the report's own name in both languages."""
    return {
        row["id"]: Figure(
            row["id"],
            _label(row),
            _value(row["value"]),
            row["unit"],
            "reported",
            {"zh": f"“{row['quote']}”（{source['zh']}）", "en": f"“{row['quote']}” ({source['en']})"},
            row["window"],
        )
        for row in read_rows(path)
    }


def read_benchmarks(path: Path) -> dict[str, Figure]:
    """Published figures with their use: `prior`, `range check`, `scale` or `hold-out`."""
    return {
        row["id"]: Figure(
            row["id"],
            _label(row),
            _value(row["value"]),
            row["unit"],
            "derived" if row["certainty"] == "derived" else "published",
            _source(row),
            row["window"],
            row["certainty"],
            row["use"],
        )
        for row in read_rows(path)
    }


def read_assumptions(path: Path) -> dict[str, Assumption]:
    return {
        row["id"]: Assumption(
            row["id"],
            _label(row),
            float(row["low"]),
            float(row["mid"]),
            float(row["high"]),
            row["unit"],
            {"zh": row["basis_zh"], "en": row["basis_en"]},
            row["role"] == "closed",
            row.get("known_from") or "records",
        )
        for row in read_rows(path)
    }


def read_rules(path: Path) -> list[RuleRow]:
    """The rules in the order of the file; one id may stand in several rows with different days in force."""
    return [
        RuleRow(
            row["id"],
            _label(row),
            row["value"],
            row["unit"],
            date.fromisoformat(row["in_force_from"]),
            date.fromisoformat(row["in_force_to"]) if row["in_force_to"] else None,
            _source(row),
            row["certainty"],
        )
        for row in read_rows(path)
    ]


def _label(row: dict[str, str]) -> dict[str, str]:
    return {"zh": row["label_zh"], "en": row["label_en"]}


def _source(row: dict[str, str]) -> dict[str, str]:
    return {"zh": row["source_zh"], "en": row["source_en"]}


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
