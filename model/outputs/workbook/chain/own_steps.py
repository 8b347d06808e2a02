"""The steps of a base year that knows other things than `steps.toml` does (method, sections 17, 18)."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.evidence.baseline import COUNTY, TIERS, Baseline
from model.evidence.records import Record
from model.force.seats import TOTAL_OF
from model.force.workload import OFFICERS_A_VISIT
from model.outputs.workbook.chain.steps import Block, Kind, Step
from model.outputs.workbook.chain.walks import Column
from model.scenario.decisions import SPECIAL_CASES
from model.year.records import ENOUGH_RECORDS

_TABLE: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("own_steps.toml").read_text(encoding="utf-8"))


def conditions(baseline: Baseline, kind: Kind) -> list[str]:
    """What a base year knows otherwise, as the names of tables in `own_steps.toml`, in their order."""
    cases, visits_follow = baseline.knows("cases_total"), baseline.assumptions["visits_base"].closed
    holds = {
        "without_counties": len(baseline.pools.without_counties) > 0,
        "no_letters": not baseline.has("letters"),
        "no_bodies_total": not baseline.knows("bodies_total"),
        "no_special_cases": not (cases and baseline.knows(*SPECIAL_CASES)),
        "no_cases_total": not cases and kind == "base",
        "visits_follow": visits_follow and kind == "base",
        "visits_and_cases_follow": visits_follow and not cases and kind == "base",
        "offsite_hit_assumed": "offsite_hit" in baseline.assumptions,
        "no_offsite_checks": not baseline.derived["offsite_checks_a_year"],
        "no_service_contacts": not baseline.derived["service_contacts_a_year"],
        "helpers": any(f"helpers_{tier}" in baseline.assumptions for tier in TIERS),
        "case_records": bool(case_records(baseline)) and kind == "base",
        "case_records_of_plan": bool(case_records(baseline)) and kind == "plan",
    }
    if baseline.seats is None:
        for share in ("staff", "frontline_share"):
            tier = baseline.closed(share)
            holds[f"{share}_open" if tier is None else f"{share}_{TIERS[tier]}_closed"] = tier != COUNTY
    return [name for name in _TABLE if holds.get(name)]


def case_records(baseline: Baseline) -> tuple[Record, ...]:
    """The records of cases, in the order of their numbers in formulas, from 1."""
    return tuple(record for record in baseline.records if record.measure == "cases")


def has_steps(baseline: Baseline) -> bool:
    """Whether the steps follow all that a base year knows.

    Records of visits, people known of some pools alone, and records of cases where neither cases nor visits are known
    are beyond them.
    """
    all_follow = baseline.assumptions["visits_base"].closed and not baseline.knows("cases_total")
    has_visits = any(record.measure == "visits" for record in baseline.records)
    return not (has_visits or baseline.people_of or (all_follow and case_records(baseline)))


def own_blocks(blocks: Sequence[Block], baseline: Baseline, kind: Kind) -> tuple[Block, ...]:
    """The blocks with the steps as this base year has them."""
    constants = _constants(baseline)
    for name in conditions(baseline, kind):
        table = _TABLE[name]
        blocks = [replace(block, steps=tuple(_added(block.steps, table.get("add", {}), constants))) for block in blocks]
        blocks = [
            replace(block, steps=tuple(_replaced(step, table.get("replace", {})) for step in block.steps))
            for block in blocks
        ]
    return tuple(
        replace(block, steps=tuple(replace(step, formula=drawn(step.formula, baseline)) for step in block.steps))
        for block in blocks
    )


def drawn(formula: str, baseline: Baseline) -> str:
    """The formula with the figures of the report that are known about as the case has them."""
    for name in set(re.findall(r"reported\.(\w+)", formula)) & baseline.assumptions.keys():
        amount = f"assumed.{name}" if name not in TOTAL_OF.values() else f"round_even(assumed.{name})"
        formula = re.sub(rf"reported\.{name}\b", amount, formula)
    own, window = baseline.window_of("service_contacts"), baseline.window_of("offsite_checks")
    return formula.replace(f"service_contacts / {window}", f"service_contacts / {own}")


def own_columns(columns: Sequence[Column], baseline: Baseline) -> dict[str, Column]:
    """The columns of a walk by id, as this base year has them."""
    tables = [_TABLE[name].get("replace", {}) for name in conditions(baseline, "base")]
    return {
        one.id: replace(
            one,
            formulas=tuple(
                _put(formula, [piece for pieces in tables for piece in pieces.get(one.id, ())])
                for formula in one.formulas
            ),
        )
        for one in columns
    }


def _constants(baseline: Baseline) -> dict[str, str]:
    """What the names in braces stand for, but for {r}."""
    numbers = range(1, len(case_records(baseline)) + 1)
    squares = " + ".join(f"log(given.record_{r} / max(record_alone_{r}, 1e-9)) ** 2" for r in numbers)
    estimated = f"sqrt(max(({squares}) / {len(numbers)} - count_cv ** 2, 0))"
    helpers = (f"helpers_{tier}" for tier in TIERS)
    return {
        "officers_a_visit": str(OFFICERS_A_VISIT),
        "helpers_by_tier": ", ".join(id if id in baseline.assumptions else "0" for id in helpers),
        "spread_of_records": estimated if len(numbers) >= ENOUGH_RECORDS else "pool_cv",
        "gains": ", ".join(f"record_gain_{r}" for r in numbers),
        **{f"chance_{r}": record.chance for r, record in zip(numbers, case_records(baseline), strict=True)},
    }


def _added(steps: Sequence[Step], lines: Mapping[str, Any], constants: Mapping[str, str]) -> Iterator[Step]:
    """The steps, each followed by those that stand behind it."""
    for step in steps:
        yield step
        yield from _behind(step.id, lines, constants)


def _behind(id: str, lines: Mapping[str, Any], constants: Mapping[str, str]) -> Iterator[Step]:
    for new, line in lines.items():
        if line["after"] != id:
            continue
        numbers = [name.removeprefix("chance_") for name in constants if name.startswith("chance_")]
        for r in numbers if "{r}" in new else ("",):
            named = {**constants, "r": r, "chance": constants.get(f"chance_{r}", "")}
            formula = " ".join(line["formula"].format(**named).split())
            yield Step(new.format(r=r), line["unit"], formula, line.get("whole", False))
        yield from _behind(new, lines, constants)


def _replaced(step: Step, pieces: Mapping[str, Sequence[Sequence[str]]]) -> Step:
    return replace(step, formula=_put(step.formula, pieces.get(step.id, ())))


def _put(formula: str, pieces: Sequence[Sequence[str]]) -> str:
    """The formula with other pieces in place of some."""
    formula = " ".join(formula.split())
    for old, new in pieces:
        formula = formula.replace(old, " ".join(new.split()))
    return formula
