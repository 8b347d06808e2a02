"""The commands that search for a plan or weigh one: allocate, worth, frontier, goal, robust."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from model.command_line.arguments import WRONG, add_goal, add_limits, add_targets, share
from model.command_line.scenario_command import print_json, with_scenario
from model.evidence.baseline import Baseline
from model.files.library import write_whole
from model.outputs.answers.best_plan import named_plan, printed_plan, printed_refusal, printed_worth
from model.outputs.answers.plan_document import allocation_document, refusal_document, worth_document
from model.outputs.answers.printed_frontier import printed_frontier
from model.outputs.answers.printed_goal import named_goal, no_meaning_in_words, printed_goal
from model.outputs.answers.printed_robust import named_robust, printed_robust
from model.outputs.answers.search_document import (
    frontier_document,
    no_meaning_document,
    robust_document,
    sought_document,
)
from model.outputs.phrasing.problems import sentence
from model.outputs.phrasing.scenario_text import saved_text
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES, Objective
from model.search.aims.target import read_targets
from model.search.best_plan import best_plan
from model.search.engine.staffing_plan import Refusal
from model.search.frontier import frontier
from model.search.robust import USUAL_LEVEL, robust
from model.search.targets import NoMeaning, plan_for_targets
from model.search.worth import worth

NO_PLAN = 4
MOST_MOVED = {
    "allocate": "command_line.most_moved",
    "robust": "command_line.most_moved",
    "frontier": "frontier.most_moved_help",
    "goal": "goal_seek.most_moved_help",
}
"""The searches that keep to a number of people moved, and what is said of it."""


def add_searches(asking: Mapping[str, argparse.ArgumentParser], language: str) -> None:
    """What each search wants most, within what, and where its plan goes."""
    for name in ("allocate", "robust"):
        add_goal(asking[name], language)
    add_targets(asking["goal"], language)
    for name, subject in MOST_MOVED.items():
        add_limits(asking[name], text(subject, language), language)
    asking["allocate"].add_argument("--whole", action="store_true", help=text("command_line.whole", language))
    level = text("robust.level_help", language)
    asking["robust"].add_argument("--level", metavar="L", type=share(language), default=USUAL_LEVEL, help=level)
    for name in ("allocate", "goal", "robust"):
        asking[name].add_argument("--out", metavar="FILE.toml", help=text("command_line.out", language))


def _allocate(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        found = best_plan(scenario, _goal_of(chosen), _limits(chosen), whole=chosen.whole, **_asked(chosen, baseline))
        if isinstance(found, Refusal):
            return _refuse(found, chosen, baseline, language)
        said = printed_plan(found, scenario, baseline, language)
        return _show(chosen, allocation_document(found), said, named_plan(found, scenario), baseline, language)

    return _with_goal(chosen, language, run)


def _worth(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        found = worth(scenario, **_asked(chosen, baseline))
        return _show(chosen, worth_document(found), printed_worth(found, baseline, language))

    return with_scenario(chosen, language, run)


def _frontier(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        found = frontier(scenario, _limits(chosen), **_asked(chosen, baseline))
        if isinstance(found, Refusal):
            return _refuse(found, chosen, baseline, language)
        return _show(chosen, frontier_document(found), printed_frontier(found, scenario, baseline, language))

    return with_scenario(chosen, language, run)


def _goal(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        targets, problems = read_targets(chosen.targets, baseline)
        if problems:
            print(*(sentence(problem, language) for problem in problems), sep="\n", file=sys.stderr)
            return WRONG
        asked = _asked(chosen, baseline)
        found = plan_for_targets(scenario, targets, probability=chosen.probability, limits=_limits(chosen), **asked)
        if isinstance(found, Refusal):
            return _refuse(found, chosen, baseline, language)
        if isinstance(found, NoMeaning):
            if chosen.json:
                print_json(no_meaning_document(found))
            print(no_meaning_in_words(found, baseline, language), file=sys.stderr)
            return WRONG
        said, named = printed_goal(found, scenario, baseline, language), named_goal(found, scenario, baseline)
        code = _show(chosen, sought_document(found), said, named if found.holds else None, baseline, language)
        return code if found.holds else NO_PLAN

    return with_scenario(chosen, language, run)


def _robust(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        found = robust(scenario, _goal_of(chosen), _limits(chosen), level=chosen.level, **_asked(chosen, baseline))
        if isinstance(found, Refusal):
            return _refuse(found, chosen, baseline, language)
        said = printed_robust(found, scenario, baseline, language)
        return _show(chosen, robust_document(found), said, named_robust(found, scenario), baseline, language)

    return _with_goal(chosen, language, run)


def _asked(chosen: argparse.Namespace, baseline: Baseline) -> dict[str, object]:
    return {"baseline": baseline, "draws": chosen.draws, "seed": chosen.seed}


def _goal_of(chosen: argparse.Namespace) -> Objective:
    return chosen.weights or OBJECTIVES[chosen.goal]


def _limits(chosen: argparse.Namespace) -> Limits | None:
    return None if chosen.most_moved is None else Limits(most_moved=float(chosen.most_moved))


def _show(
    chosen: argparse.Namespace,
    document: Mapping[str, object],
    said: str,
    plan: Scenario | None = None,
    baseline: Baseline | None = None,
    language: str = "",
) -> int:
    """Print what was found; keep its plan where that was asked."""
    if chosen.json:
        print_json(document)
    else:
        print(said)
    return _keep(plan, chosen.out, baseline, language) if plan and chosen.out else 0


def _refuse(refusal: Refusal, chosen: argparse.Namespace, baseline: Baseline, language: str) -> int:
    if chosen.json:
        print_json(refusal_document(refusal))
    print(printed_refusal(refusal, baseline, language), file=sys.stderr)
    return NO_PLAN


def _with_goal(chosen: argparse.Namespace, language: str, run: Callable[[Scenario, Baseline], int]) -> int:
    if chosen.weights and chosen.goal != "mix":
        said = text("command_line.weights_need_mix", language)
        print(text("command_line.wrong_use", language, detail=said), file=sys.stderr)
        return WRONG
    return with_scenario(chosen, language, run)


def _keep(plan: Scenario, file: str, baseline: Baseline, language: str) -> int:
    """Write a plan into a new file; never over one that is there."""
    path, reason = Path(file), ""
    if path.exists():
        reason = text("best_plan.exists", language)
    else:
        try:
            write_whole(path, saved_text(plan, baseline, language).encode())
        except OSError:
            reason = text("best_plan.no_folder", language)
    said = text(f"best_plan.{'not_written' if reason else 'written'}", language, file=path, reason=reason)
    print(said, file=sys.stderr)
    return WRONG if reason else 0


RUNS = {"allocate": _allocate, "worth": _worth, "frontier": _frontier, "goal": _goal, "robust": _robust}
