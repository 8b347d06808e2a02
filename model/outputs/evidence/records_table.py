"""Own records beside the model's amounts: recorded, by need alone, and used (method, section 18)."""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.records import Record
from model.outputs.evidence.evidence_table import Row
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.sentences import place
from model.outputs.phrasing.table import Table
from model.outputs.words import text
from model.projection.base_year import BaseYear

COLUMNS = ("record", "recorded", "alone", "used")


@dataclass(frozen=True)
class RecordRow:
    """One record as yearly amounts in `unit`: recorded, the model's alone, and what the model now uses.

    The model's are medians over the kept draws. `used` is None where a record is only set beside the model.
    """

    record: Record
    label: str
    unit: str
    recorded: float
    alone: float
    used: float | None


def record_rows(base: BaseYear, language: str) -> list[RecordRow]:
    """Every own record of a base year, in the order of its file."""
    believed = {
        record.id: (float(np.median(alone)), float(np.median(used)))
        for belief in base.closure.beliefs
        for record, alone, used in zip(belief.records, belief.model, belief.used, strict=True)
    }
    rows = []
    for record in base.baseline.records:
        alone, used = believed.get(record.id) or (_decided(record, base), None)
        label = text(
            "published.record",
            language,
            place=_place(record, base.baseline, language),
            measure=text(f"published.record_{record.measure}", language),
        )
        unit = text(f"terms.unit_{'visits' if record.measure == 'visits' else 'cases'}_a_year", language)
        rows.append(RecordRow(record, label, unit, record.a_year, alone, used))
    return rows


def _decided(record: Record, base: BaseYear) -> float:
    """Cases a year that the base year decides where the record counts them."""
    counted = np.array([record.counts(*pool) for pool in base.baseline.pool_names], float)
    return float(np.median(base.year.decided @ counted))


def _place(record: Record, baseline: Baseline, language: str) -> str:
    if record.tier and record.prefecture:
        return place(record.tier, record.prefecture, baseline, language)
    if record.tier:
        return text(f"terms.tier_{record.tier}", language)
    names = {one.id: one.name[language] for one in baseline.prefectures}
    return names.get(record.prefecture, record.prefecture) or text("published.record_everywhere", language)


def table(base: BaseYear, language: str) -> Table | None:
    """The records as a table; None where there are none."""
    rows = tuple(
        (f"{row.label}（{row.unit}）" if language == "zh" else f"{row.label} ({row.unit})", *_figures(row))
        for row in record_rows(base, language)
    )
    heads = tuple(text(f"published.records_{column}", language) for column in COLUMNS)
    return Table(heads, rows) if rows else None


def _figures(row: RecordRow) -> tuple[str, str, str]:
    return count(row.recorded), count(row.alone), "" if row.used is None else count(row.used)


def sentences(base: BaseYear, language: str) -> list[str]:
    """A sentence for each record: what was counted, what need alone gives, and what the model uses."""
    return [_sentence(row, language) for row in record_rows(base, language)]


def _sentence(row: RecordRow, language: str) -> str:
    recorded, alone, used = _figures(row)
    key = "published.record_believed" if used else "published.record_beside"
    return text(key, language, label=row.label, recorded=recorded, alone=alone, used=used, unit=row.unit)


def evidence_rows(base: BaseYear, language: str) -> list[Row]:
    """The records as rows of the table of evidence, with what the model makes of each as their use."""
    return [
        Row(
            id=f"record.{row.record.id}",
            mark="reported",
            label=row.label,
            value=count(row.recorded),
            unit=row.unit,
            window=text("published.record_window", language, years=f"{row.record.window_years:g}"),
            source=row.record.source[language],
            use=_sentence(row, language),
        )
        for row in record_rows(base, language)
    ]
