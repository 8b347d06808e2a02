"""The best plan and what one more is worth as plain values for JSON."""

from dataclasses import asdict

from model.outputs.answers.document import paired_document, scenario_document
from model.search.best_plan import BestPlan
from model.search.engine.staffing_plan import Refusal
from model.search.worth import Worth
from model.version import MODEL_VERSION


def allocation_document(found: BestPlan) -> dict[str, object]:
    """A plan whole: who moves, what programme and full model say of it beside the own plan, what holds it back."""
    return {
        "found": True,
        "scenario": scenario_document(found.plan.scenario),
        "goal": dict(found.objective.weights),
        "limits": asdict(found.limits),
        "moves": [asdict(move) for move in found.plan.moves],
        "moved": found.plan.moved or 0,
        "programme": {"promised": found.promise, "bound": found.bound, "gap": found.gap},
        "full_model": {"own": found.own, "plan": found.central, "over_draws": paired_document(found.over_draws)},
        "is_between": found.is_between,
        "beats_own": found.beats_own,
        "measures": {id: paired_document(pair) for id, pair in found.measures.items()},
        "binding": [asdict(hold) for hold in found.binding],
        "model_version": MODEL_VERSION,
        "seed": found.seed,
        "draws": asdict(found.draws),
    }


def refusal_document(refusal: Refusal) -> dict[str, object]:
    """Why there is no plan."""
    return {"found": False, "misses": [asdict(miss) for miss in refusal.misses], "conditions": list(refusal.conditions)}


def worth_document(worth: Worth) -> dict[str, object]:
    """One more of everything, by criterion: the dual, the full model's central difference and its band."""
    return {
        "scenario": scenario_document(worth.scenario),
        "one_more": [
            {
                "what": row.unit.what,
                "tier": row.unit.tier,
                "prefecture": row.unit.prefecture,
                **{name: asdict(one) for name, one in row.gains.items()},
            }
            for row in worth.rows
        ],
        "model_version": MODEL_VERSION,
        "seed": worth.seed,
        "draws": worth.draws,
    }
