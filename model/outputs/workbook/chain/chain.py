"""The chain from people to measures as blocks of steps, in the order of the method."""

from dataclasses import replace

from model.outputs.workbook.chain import decision, demand, done, people, supply
from model.outputs.workbook.chain.steps import Block
from model.outputs.workbook.chain.tables import Kind


def blocks_of(kind: Kind, listed: bool) -> tuple[Block, ...]:
    """The base year is closed, and nobody moves in it; where people are `listed`, nobody's split of them is assumed."""
    moves = people.MOVES
    if kind == "base":
        still = (replace(step, formula="0") if step.formula.startswith("place.") else step for step in moves.steps)
        moves = replace(moves, steps=tuple(still))
    return (
        people.PLACES,
        people.LISTED_SEATS if listed else people.SEATS,
        moves,
        people.DESK,
        supply.TIME,
        supply.CREWS,
        supply.VISIT,
        supply.MINIMUM,
        demand.FILES,
        demand.MANDATORY,
        demand.LEADS,
        *((demand.CLOSURE,) if kind == "base" else ()),
        demand.FIELD_TIME,
        demand.BUDGET,
        decision.REVIEW,
        decision.ON_TIME,
        done.DONE,
        done.PATH,
        done.MEASURES,
    )
