"""Frontier, goal seek and robust plan as plain values for JSON."""

from dataclasses import asdict

from model.outputs.answers.document import paired_document, scenario_document
from model.outputs.answers.plan_document import allocation_document
from model.search.engine.staffing_plan import StaffingPlan
from model.search.frontier import Frontier
from model.search.robust import Robust
from model.search.targets import NoMeaning, TargetsAnswer
from model.version import MODEL_VERSION


def frontier_document(found: Frontier) -> dict[str, object]:
    """Every point as a scenario with its figures, and where the own plan stands."""
    own = found.own
    return {
        "found": True,
        "points": [
            {
                **_plan(point.plan),
                "central": dict(point.central),
                "over_draws": {name: paired_document(pair) for name, pair in point.over_draws.items()},
            }
            for point in found.points
        ],
        "own": {
            "moved": own.moved,
            "central": dict(own.central),
            "is_on_frontier": own.is_on_frontier,
            "more_visits": own.more_visits,
            "more_on_time": own.more_on_time,
            "with_visits": own.with_visits and _plan(own.with_visits),
            "with_on_time": own.with_on_time and _plan(own.with_on_time),
        },
        "dropped": found.dropped,
        "limits": asdict(found.limits),
        **_made(found),
    }


def sought_document(found: TargetsAnswer) -> dict[str, object]:
    """The plan found, how every target stands, and what would help where they do not hold."""
    return {
        "found": True,
        "holds": found.holds,
        **_plan(found.plan),
        "promised": found.promise,
        "probability": found.probability,
        "share": found.share,
        "own": {"holds": found.own_holds, "moved": found.own_moved, "share": found.own_share},
        "targets": [
            {"written": str(standing.target), **asdict(standing), "missing": standing.missing}
            for standing in found.standings
        ],
        "reliefs": [{**asdict(relief), "scenario": scenario_document(relief.scenario)} for relief in found.remedies],
        "limits": asdict(found.limits),
        **_made(found),
    }


def no_meaning_document(refused: NoMeaning) -> dict[str, object]:
    """Targets that ask for what cannot be."""
    return {"found": False, "no_meaning": [str(target) for target in refused.targets]}


def robust_document(found: Robust) -> dict[str, object]:
    """Both plans, and every plan over all kept draws."""
    return {
        "found": True,
        **_plan(found.plan),
        "goal": dict(found.objective.weights),
        "level": found.level,
        "keeps_central": found.keeps_central,
        "central": allocation_document(found.central),
        "outlooks": {name: asdict(outlook) for name, outlook in found.outlooks.items()},
        "own_moved": found.own_moved,
        "sample": {"draws": found.sample, "central": found.on_sample[0], "robust": found.on_sample[1]},
        "limits": asdict(found.limits),
        **_made(found),
    }


def _plan(plan: StaffingPlan) -> dict[str, object]:
    return {
        "scenario": scenario_document(plan.scenario),
        "moves": [asdict(move) for move in plan.moves],
        "moved": plan.moved,
    }


def _made(found: Frontier | TargetsAnswer | Robust) -> dict[str, object]:
    return {"model_version": MODEL_VERSION, "seed": found.seed, "draws": asdict(found.draws)}
