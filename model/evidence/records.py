"""Own records: counts by tier, prefecture or pool, believed in part (method, section 18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from model.evidence.figures import Assumption, by_language, one_of, read_rows

Recorded = Literal["visits", "cases", "decided"]
BELIEVED: tuple[Recorded, ...] = ("visits", "cases")
"""The measures whose records move the model; cases decided are set beside what it computes."""
NEEDED = ("count_cv", "pool_cv", "effect_of_place")
"""The assumptions that records are believed by."""


@dataclass(frozen=True)
class Record:
    """A count of one measure, of a tier, of a prefecture with its counties, or of one pool.

    It is over `window_years`; `tier` or `prefecture` is empty where the count is of all of them.
    """

    measure: Recorded
    tier: str
    prefecture: str
    value: float
    window_years: float
    source: Mapping[str, str]

    @property
    def id(self) -> str:
        """The measure and the place in one word."""
        return "_".join(filter(None, (self.measure, self.tier, self.prefecture)))

    @property
    def chance(self) -> str:
        """The id of the assumption that is the chance in the count."""
        return f"chance_{self.id}"

    @property
    def a_year(self) -> float:
        """The count as a yearly rate."""
        return self.value / self.window_years

    def counts(self, tier: str, prefecture: str) -> bool:
        """Whether the record counts a pool."""
        return self.tier in ("", tier) and self.prefecture in ("", prefecture)


def read_records(folder: Path) -> tuple[Record, ...]:
    """The records in `records.csv` of a folder, none where there is no such file.

    ValueError for a measure that is none, and for a count or a window that is not above 0.
    """
    path = folder / "records.csv"
    records = tuple(
        Record(
            measure=one_of(row["measure"], get_args(Recorded)),
            tier=row["tier"],
            prefecture=row["prefecture"],
            value=float(row["value"]),
            window_years=float(row["window_years"]),
            source=by_language(row, "source"),
        )
        for row in (read_rows(path) if path.exists() else ())
    )
    for record in records:
        if not (record.value > 0 and record.window_years > 0):
            raise ValueError(f"{record.id}: a count and its window must be above 0")
    return records


def chances(records: tuple[Record, ...]) -> dict[str, Assumption]:
    """The chance in each count that is believed, as an assumption under the name of its source."""
    return {
        one.chance: Assumption(
            id=one.chance,
            label=dict(one.source),
            low=-3.0,
            mid=0.0,
            high=3.0,
            unit="standard deviations",
            basis=dict(one.source),
            is_normal=True,
        )
        for one in records
        if one.measure in BELIEVED
    }


def wrong_records(
    records: tuple[Record, ...], pools: tuple[tuple[str, str], ...], known: Mapping[str, object]
) -> list[str]:
    """What is wrong with the records, a sentence each."""
    wrong = [f"{record.id}: no such place" for record in records if not any(record.counts(*pool) for pool in pools)]
    for measure in get_args(Recorded):
        of_measure = [record for record in records if record.measure == measure]
        twice = [pool for pool in pools if sum(record.counts(*pool) for record in of_measure) > 1]
        wrong += [f"{measure}: {'.'.join(filter(None, pool))} is counted twice" for pool in twice]
    return wrong + [f"with records, the assumptions need {id}" for id in NEEDED if records and id not in known]
