"""The steps from people to measures: the table `steps.toml` read once, in the order of the method."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import pi
from pathlib import Path
from typing import Any, Literal

from model.evidence.baseline import OFFICERS_A_BODY_KEEPS
from model.force.visits import MEAN_DISTANCE_TO_CENTRE
from model.force.workload import LEAST_PAIRING
from model.outputs.workbook.chain.formula import ENDLESS
from model.year.calm_start import LEAST_DRIFT, SETTLED
from model.year.decision import DAYS_A_YEAR, MOST_SPREADS, NO_WAIT, START_UP, WORK_NODES
from model.year.investigation import LEAST_GROWTH, MOST_BUSY

Kind = Literal["base", "plan"]
"""Whose levers, and whose tables, a formula means: those of the base year or the plan's."""

CONSTANTS = {
    "officers_a_body_keeps": OFFICERS_A_BODY_KEEPS,
    "mean_distance_to_centre": MEAN_DISTANCE_TO_CENTRE,
    "least_pairing": LEAST_PAIRING,
    "days_a_year": f"{DAYS_A_YEAR:g}",
    "most_busy": MOST_BUSY,
    "no_wait": NO_WAIT,
    "settled": SETTLED,
    "least_drift": LEAST_DRIFT,
    "least_growth": LEAST_GROWTH,
    "most_spreads": MOST_SPREADS,
    "start_up": START_UP,
    "endless": ENDLESS,
    "pi": pi,
}
"""What the names in braces of the table stand for."""

NODES = range(1, len(WORK_NODES) + 1)
"""The Gauss nodes of a wait for review, by number."""

_TABLE = tomllib.loads(Path(__file__).with_name("steps.toml").read_text(encoding="utf-8"))

MEASURE_STEPS: dict[str, list[str]] = _TABLE["measures"]
"""The step that each measure is; of a ratio, the steps of numerator and denominator."""


@dataclass(frozen=True)
class Step:
    """One line of the chain, `workbook_steps.<id>`, with a value for each pool or for the `whole` force."""

    id: str
    unit: str
    formula: str
    whole: bool = False


@dataclass(frozen=True)
class Block:
    """Steps under one heading, `workbook_steps.block_<heading>`, of a section of the method."""

    heading: str
    section: str
    steps: tuple[Step, ...]


def blocks_of(kind: Kind, listed: bool) -> tuple[Block, ...]:
    """The blocks of a base year or a plan whose people are `listed` in a staff list, or else assumed.

    >>> [block.heading for block in blocks_of("base", listed=False)][:3]
    ['places', 'seats', 'moves']
    """
    standing = ("always", kind, "listed" if listed else "assumed")
    return tuple(
        Block(block.get("heading", name), block["section"], tuple(_steps(block["steps"], kind)))
        for name, block in _TABLE["blocks"].items()
        if block.get("when", "always") in standing
    )


def _steps(lines: Mapping[str, dict[str, Any]], kind: Kind, queue: str = "") -> Iterator[Step]:
    """The steps of a block's lines, those that are repeated for a `queue` or a node each by its own name."""
    nodes = " + ".join(f"{queue}_node_{k}" for k in NODES)
    for id, line in lines.items():
        if "repeats" in line:
            yield from _steps(_TABLE["repeated"][line["repeats"]], kind, queue=id)
            continue
        formula = line["formula"] if kind == "plan" else line.get("in_base", line["formula"])
        for k in NODES if "{k}" in id else ("",):
            names = {**CONSTANTS, "queue": queue, "k": k, "all_nodes": nodes}
            written = " ".join(formula.format(**names).split())
            yield Step(id.format(**names), line["unit"], written, line.get("whole", False))
