"""The figures that the model stands on, each with unit, mark and source.

Four marks, never mixed (method, section 1): `reported` is a sentence of the report, `published` a law, statistic
or study, `derived` arithmetic on those, `assumed` nobody's figure: low, mid and high with the reason.
A range has the mark of the figures that it stands on.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar, get_args

from model.evidence.tier_names import Label

FOLDER = Path(__file__).parent
Mark = Literal["reported", "published", "derived", "assumed"]
KnownFrom = Literal["records", "time_log", "trial"]
Word = TypeVar("Word", bound=str)


POINTS = "points of a share"
"""The unit of a difference of shares, held as a fraction: 0.05 is five percentage points."""
MOST = {"fraction": 1.0, POINTS: 1.0, "days a year": 366.0, "hours": 24.0, "visits per firm a year": 366.0}
"""The most that a number of a unit can be; others can be up to ANY."""
ANY = 1e9
MOST_OF = {"yield_elasticity": 10.0, "case_time_cv": 10.0, "review_time_cv": 10.0}
"""As MOST, by assumption.

At 10, twice the useful visits would already file a thousand times as many cases, and one file in a hundred take all of
the time."""
SIGNED = ("other_duties_extra_city", "other_duties_extra_province", "merge_release")
"""Assumptions that are differences, and so may be below 0."""
ABOVE_ZERO = (
    *("staff_province", "staff_city", "staff_county", "bodies_county", "regulated_units", "working_days"),
    *("service_window_years", "officers_per_visit", "site_days", "visits_per_trip", "road_speed", "workday_hours"),
    *("visits_base", "ordinary_case_days", "special_case_days", "review_days", "investigation_days"),
    *("case_time_cv", "targeting_lift"),
)
"""Assumptions that cannot be 0: the model divides by them."""
LEAST_ABOVE_ZERO = 1e-6


@dataclass(frozen=True)
class Figure:
    """One number with its source in both languages.

    `value` is a float where the source gives one, else its words. `unit`, `window`, `certainty` and `use` are the words
    of the file; the outputs put them into a language. `serves` are the assumptions whose range stands on the figure:
    some for a `prior`, none for any other use. `tests` is the quantity of the model that a hold-out or a range check
    is set beside, and `scale` the benchmark that brings this quantity to the figure's size; each may be empty.
    `quote` is the sentence of the report that it stands in, in Chinese as it was written; empty where it was typed in.
    """

    id: str
    label: dict[str, str]
    value: float | str
    unit: str
    mark: Mark
    source: dict[str, str]
    window: str = ""
    certainty: str = "read"
    use: str = ""
    serves: tuple[str, ...] = ()
    tests: str = ""
    scale: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Assumption:
    """A number that nobody gives for this base year: a triangular range with the reason for it.

    `mark` is `published` or `derived` where an end or the middle of the range is a published figure or follows from
    some, else `assumed`.

    A `closed` one is not drawn but follows from the base year (the rest of a total, or the closure); its range is what
    a plausible draw may give. `known_from` says where the true value can come from: the force's own records, a log of
    working time, or a trial. An `inherited` one is that of the template, as nobody gave one for this base year. A
    `is_normal` one is no range but a standard normal number.
    """

    id: str
    label: dict[str, str]
    low: float
    mid: float
    high: float
    unit: str
    basis: dict[str, str]
    closed: bool = False
    known_from: KnownFrom = "records"
    mark: Mark = "assumed"
    inherited: bool = False
    is_normal: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it is one number, the same in every draw."""
        return not self.closed and self.low == self.high

    @property
    def most(self) -> float:
        """The most that anybody may enter: a bound of what is possible, not of what is likely."""
        return MOST_OF.get(self.id, MOST.get(self.unit, ANY))

    @property
    def least(self) -> float:
        """The least that anybody may enter."""
        if self.id in SIGNED:
            return -self.most
        return LEAST_ABOVE_ZERO if self.id in ABOVE_ZERO else 0.0


@dataclass(frozen=True)
class RuleRow:
    """One rule of law or of the ministry, with its first and last day in force, both included.

    `in_force_to` is None for a rule still in force. `value` is the text of the file: a number, a tier, `true`, or
    several numbers ("5/10/15").
    """

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
    """The rows of a CSV file in UTF-8, each by its headings."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_report(path: Path, source: Mapping[str, str]) -> dict[str, Figure]:
    """The report's figures by id, each with the sentence it stands in as its source.

    The sentence is Chinese in both languages, word for word; `source` is the report's name in each, for rows that name
    no other. A figure that was typed in has no sentence, and the report's name alone.
    """
    return {row["id"]: _reported(row, source) for row in read_rows(path)}


def _reported(row: Mapping[str, str], source: Mapping[str, str]) -> Figure:
    """A figure of the report, with the sentence it stands in where it has one."""
    zh, en = (row.get(f"source_{language}") or source[language] for language in ("zh", "en"))
    quote = "" if _is_made_up(row) else row["quote"]
    about = {"zh": f"“{quote}”（{zh}）", "en": f"“{quote}” ({en})"} if quote else {"zh": zh, "en": en}
    return replace(_figure(row, "reported", about), quote=quote)


def _is_made_up(row: Mapping[str, str]) -> bool:
    """Whether the sentence is name and number, which older base years have for a figure typed in."""
    return row["quote"] == f"{row['label_zh']} {row['value']}"


def read_benchmarks(path: Path) -> dict[str, Figure]:
    """Published figures by id with their use: `prior`, `range check`, `scale`, `hold-out` or `limit`."""
    return {
        row["id"]: _figure(
            row, "derived" if row["certainty"].startswith("derived") else "published", by_language(row, "source")
        )
        for row in read_rows(path)
    }


def _figure(row: Mapping[str, str], mark: Mark, source: dict[str, str]) -> Figure:
    """A row of the report or of the benchmarks; the report's rows have no certainty and no use."""
    return Figure(
        id=row["id"],
        label=by_language(row, "label"),
        value=_value(row["value"]),
        unit=row["unit"],
        mark=mark,
        source=source,
        window=row["window"],
        certainty=row.get("certainty", Figure.certainty),
        use=row.get("use", Figure.use),
        serves=tuple(row.get("serves", "").split()),
        tests=row.get("tests", Figure.tests),
        scale=row.get("scale", Figure.scale),
    )


@lru_cache
def usual_assumptions() -> frozenset[str]:
    """The ids of every baseline's assumptions: those of the first that ships, which has no others."""
    return frozenset(read_assumptions(FOLDER / "hunan-2021" / "assumptions.csv"))


def read_assumptions(path: Path) -> dict[str, Assumption]:
    """The assumptions by id.

    ValueError for a range that is no number, or a `known_from` or `mark` that is none.
    """
    return {
        row["id"]: Assumption(
            id=row["id"],
            label=Label(by_language(row, "label")),
            low=float(row["low"]),
            mid=float(row["mid"]),
            high=float(row["high"]),
            unit=row["unit"],
            basis=by_language(row, "basis"),
            closed=row["role"] == "closed",
            known_from=one_of(row.get("known_from") or Assumption.known_from, get_args(KnownFrom)),
            mark=one_of(row.get("mark") or Assumption.mark, get_args(Mark)),
            inherited=row.get("inherited") == "yes",
        )
        for row in read_rows(path)
    }


def read_rules(path: Path) -> list[RuleRow]:
    """The rules in the order of the file; one id may stand in several rows with different days in force."""
    return [
        RuleRow(
            id=row["id"],
            label=by_language(row, "label"),
            value=row["value"],
            unit=row["unit"],
            in_force_from=date.fromisoformat(row["in_force_from"]),
            in_force_to=date.fromisoformat(row["in_force_to"]) if row["in_force_to"] else None,
            source=by_language(row, "source"),
            certainty=row["certainty"],
        )
        for row in read_rows(path)
    ]


def by_language(row: Mapping[str, str], column: str) -> dict[str, str]:
    """A text of a row in both languages, from the columns `<column>_zh` and `<column>_en`."""
    return {language: row[f"{column}_{language}"] for language in ("zh", "en")}


def one_of(word: str, words: tuple[Word, ...]) -> Word:
    """The word, where it is one of the words.

    ValueError for any other.

    >>> one_of("trial", ("records", "trial"))
    'trial'
    """
    if word not in words:
        raise ValueError(f"must be one of {', '.join(words)}, got {word}")
    return words[words.index(word)]


def _value(text: str) -> float | str:
    """The number in a text, else the text itself."""
    try:
        return float(text)
    except ValueError:
        return text
