"""The commands that search for a plan or weigh one: best-plan, worth, frontier, targets, robust."""

import argparse
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypedDict

from model.command_line.arguments import WRONG, add_goal, add_limits, add_targets, share
from model.command_line.scenario_command import files, print_result, show, with_scenarios, write_new
from model.command_line.terminal import complain, progress
from model.evidence.baseline import Baseline
from model.outputs.answers import best_plan, found_plan, frontier, robust, targets, worth
from model.outputs.phrasing.problems import sentence
from model.outputs.phrasing.scenario_text import saved_text
from model.outputs.words import text
from model.projection.progress import Tick
from model.scenario.scenario import Scenario
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES, Objective
from model.search.aims.target import read_targets
from model.search.best_plan import best_plan as find_best_plan
from model.search.engine.staffing_plan import Refusal
from model.search.frontier import frontier as find_frontier
from model.search.robust import USUAL_LEVEL
from model.search.robust import robust as find_robust
from model.search.targets import NoMeaning, plan_for_targets
from model.search.worth import worth as find_worth

NO_PLAN = 4
MOST_MOVED = {
    "best-plan": "command_line.most_moved",
    "robust": "command_line.most_moved",
    "frontier": "frontier.most_moved_help",
    "targets": "targets.most_moved_help",
}
"""The searches that keep to a number of people moved, and the help for it."""


class Basis(TypedDict):
    """What every search stands on."""

    baseline: Baseline
    draws: int
    seed: int
    tick: Tick


def add_searches(questions: Mapping[str, argparse.ArgumentParser], language: str) -> None:
    """The arguments of each search: what is wanted most, within what, and where its plan goes."""
    for name in ("best-plan", "robust"):
        add_goal(questions[name], language)
    add_targets(questions["targets"], language)
    for name, key in MOST_MOVED.items():
        add_limits(questions[name], text(key, language), language)
    questions["best-plan"].add_argument("--whole", action="store_true", help=text("command_line.whole", language))
    level = text("robust.level_help", language)
    questions["robust"].add_argument("--level", metavar="L", type=share(language), default=USUAL_LEVEL, help=level)
    for name in ("best-plan", "targets", "robust"):
        questions[name].add_argument("--out", metavar="FILE.toml", help=text("command_line.out", language))


def _best_plan(chosen: argparse.Namespace, language: str) -> int:
    return _plan(chosen, language, best_plan, find_best_plan, whole=chosen.whole)


def _robust(chosen: argparse.Namespace, language: str) -> int:
    return _plan(chosen, language, robust, find_robust, level=chosen.level)


def _plan(
    chosen: argparse.Namespace, language: str, words: ModuleType, find: Callable[..., Any], **settings: object
) -> int:
    """Find a plan for the goal, show it in its `words` and write it where that is asked."""

    def run(scenario: Scenario, baseline: Baseline, language: str) -> int:
        with progress(language) as tick:
            basis = _basis(chosen, baseline, tick)
            answer = find(scenario, _goal(chosen), _limits(chosen), **settings, **basis)
        if isinstance(answer, Refusal):
            return _refuse(answer, chosen, scenario, baseline, language)
        said = partial(words.in_terminal, answer, scenario, baseline, language)
        show(chosen, words.document(answer), said, scenario, baseline)
        return _save(words.named(answer, scenario), chosen, baseline, language)

    return _with_goal(chosen, language, run)


def _worth(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline, language: str) -> int:
        with progress(language) as tick:
            answer = find_worth(scenario, **_basis(chosen, baseline, tick))
        said = partial(worth.in_terminal, answer, baseline, language)
        show(chosen, worth.document(answer), said, scenario, baseline)
        return 0

    return _with_scenarios(chosen, language, run)


def _frontier(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline, language: str) -> int:
        with progress(language) as tick:
            answer = find_frontier(scenario, _limits(chosen), **_basis(chosen, baseline, tick))
        if isinstance(answer, Refusal):
            return _refuse(answer, chosen, scenario, baseline, language)
        said = partial(frontier.in_terminal, answer, scenario, baseline, language)
        show(chosen, frontier.document(answer), said, scenario, baseline)
        return 0

    return _with_scenarios(chosen, language, run)


def _targets(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline, language: str) -> int:
        goals, problems = read_targets(chosen.targets, baseline)
        if problems:
            complain("\n".join(sentence(problem, language) for problem in problems))
            return WRONG
        with progress(language) as tick:
            basis = _basis(chosen, baseline, tick)
            answer = plan_for_targets(scenario, goals, probability=chosen.probability, limits=_limits(chosen), **basis)
        if isinstance(answer, Refusal):
            return _refuse(answer, chosen, scenario, baseline, language)
        if isinstance(answer, NoMeaning):
            if chosen.json:
                print_result(chosen, targets.no_meaning_document(answer), scenario, baseline)
            complain(targets.no_meaning_in_words(answer, baseline, language))
            return WRONG
        said = partial(targets.in_terminal, answer, scenario, baseline, language)
        show(chosen, targets.document(answer), said, scenario, baseline)
        if not answer.holds:
            return NO_PLAN
        return _save(targets.named(answer, scenario, baseline), chosen, baseline, language)

    return _with_scenarios(chosen, language, run)


def _basis(chosen: argparse.Namespace, baseline: Baseline, tick: Tick) -> Basis:
    return {"baseline": baseline, "draws": chosen.draws, "seed": chosen.seed, "tick": tick}


def _goal(chosen: argparse.Namespace) -> Objective:
    return chosen.weights or OBJECTIVES[chosen.goal]


def _limits(chosen: argparse.Namespace) -> Limits | None:
    return None if chosen.most_moved is None else Limits(most_moved=float(chosen.most_moved))


def _with_goal(chosen: argparse.Namespace, language: str, run: Callable[[Scenario, Baseline, str], int]) -> int:
    if chosen.weights and chosen.goal != "mix":
        complain(text("command_line.wrong_use", language, detail=text("command_line.weights_need_mix", language)))
        return WRONG
    return _with_scenarios(chosen, language, run)


def _with_scenarios(chosen: argparse.Namespace, language: str, run: Callable[[Scenario, Baseline, str], int]) -> int:
    """Run on every file; a plan is written from one alone."""
    if getattr(chosen, "out", None) and len(files(chosen.files)) > 1:
        complain(text("command_line.wrong_use", language, detail=text("command_line.out_of_one", language)))
        return WRONG
    return with_scenarios(chosen, language, run)


def _refuse(refusal: Refusal, chosen: argparse.Namespace, scenario: Scenario, baseline: Baseline, language: str) -> int:
    """Say why there is no plan; the exit code."""
    if chosen.json:
        print_result(chosen, found_plan.refusal_document(refusal), scenario, baseline)
    complain("\n".join(found_plan.refusal_in_words(refusal, baseline, language)))
    return NO_PLAN


def _save(plan: Scenario, chosen: argparse.Namespace, baseline: Baseline, language: str) -> int:
    """Write a plan into the new file asked for, if any, never over one that is there; the exit code."""
    if not chosen.out:
        return 0
    path = Path(chosen.out)
    reason = write_new(path, saved_text(plan, baseline, language).encode(), language)
    key = "not_written" if reason else "written"
    complain(text(f"command_line.{key}", language, file=path, reason=reason))
    return WRONG if reason else 0


RUNS = {
    "best-plan": _best_plan,
    "worth": _worth,
    "frontier": _frontier,
    "targets": _targets,
    "robust": _robust,
}
