"""What a step of the chain is: one line with a label, a unit and a formula."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One line of the chain, called `workbook_steps.<id>`. A `whole` step has one value for the whole force, the others
    one a pool."""

    id: str
    unit: str
    formula: str
    whole: bool = False


@dataclass(frozen=True)
class Block:
    """Steps under one heading, `workbook_steps.block_<id>`, of a section of the method."""

    id: str
    section: str
    steps: tuple[Step, ...]


def whole(id: str, unit: str, formula: str) -> Step:
    return Step(id, unit, formula, whole=True)
