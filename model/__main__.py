"""The command line, `python -m model`: check, project, allocate, worth, frontier, goal, robust, evidence,
levers.

Exit codes: 0; 2 for something wrong with a file or with the command line; 3 for too few plausible draws; 4 where there
is no plan.
"""

import argparse
import glob
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from model import evidence
from model.allocation import Limits
from model.arguments import WRONG, Parser, add_goal, add_limits, add_targets, dress, share, whole_number
from model.baseline import Baseline, shipped_baseline
from model.best_plan import Refusal, allocate
from model.frontier import frontier
from model.goal import GOALS, Goal
from model.goal_seek import NoMeaning, seek
from model.outputs.best_plan import condition_in_words, named_plan, printed_plan, printed_refusal, printed_worth
from model.outputs.document import evidence_document, projection_document, written
from model.outputs.plan_document import allocation_document, refusal_document, worth_document
from model.outputs.printed import printed_evidence, printed_levers, printed_projection
from model.outputs.printed_frontier import printed_frontier
from model.outputs.printed_goal import named_goal, no_meaning_in_words, printed_goal
from model.outputs.printed_robust import named_robust, printed_robust
from model.outputs.problems import sentence
from model.outputs.scenario_text import to_toml, write_scenario
from model.outputs.search_document import frontier_document, no_meaning_document, robust_document, sought_document
from model.outputs.words import LANGUAGES, text
from model.project import baseline_of, project
from model.results import TooFewDraws
from model.robust import USUAL_LEVEL, robust
from model.scenario import Scenario, in_language
from model.scenario_file import load_scenario
from model.target import read_targets
from model.worth import worth

DRAWS, LEAST_DRAWS, MOST_DRAWS = 4096, 256, 65536
SAMPLE = 512
"""Draws where a plan is sought: enough for its bands, and quick."""
SEED, MOST_SEED = 1, 2**32 - 1
TOO_FEW, NO_PLAN = 3, 4
MOST_MOVED = {
    "allocate": "command_line.most_moved",
    "robust": "command_line.most_moved",
    "frontier": "frontier.most_moved_help",
    "goal": "goal_seek.most_moved_help",
}
"""The searches that keep to a number of people moved, and what is said of it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    language = asked_language(arguments, os.environ)
    # A terminal in another encoding shows a question mark for what it cannot, and does not stop.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    parser = _parser(language)
    chosen = parser.parse_args(arguments)
    if chosen.command is None:
        parser.print_help()
        return WRONG
    try:
        code = chosen.run(chosen, language)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`). What is left must not fail once more when Python closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """What --language says, else Chinese for a Chinese locale, else English.

    >>> asked_language(["levers", "--language=zh"], {}), asked_language([], {"LANG": "zh_CN.UTF-8"})
    ('zh', 'zh')
    """
    for given, after in zip(arguments, [*arguments, ""][1:], strict=True):
        name, _, value = given.partition("=")
        if name == "--language" and (value or after) in LANGUAGES:
            return value or after
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _parser(language: str) -> argparse.ArgumentParser:
    about, more = text("command_line.program", language), text("command_line.see_help", language)
    parser = dress(Parser(prog="python -m model", description=about, epilog=more, add_help=False), language)
    commands = parser.add_subparsers(dest="command", title=text("command_line.commands", language), metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace, str], int]) -> argparse.ArgumentParser:
        about, short = text(f"command_line.{name}_about", language), text(f"command_line.{name}", language)
        made = commands.add_parser(name, help=short, description=about, add_help=False)
        dress(made, language).set_defaults(run=run)
        return made

    command("check", _check).add_argument(
        "files", nargs="+", metavar="FILE", help=text("command_line.check_files", language)
    )
    runs = {"project": _project, "allocate": _allocate, "worth": _worth}
    runs |= {"frontier": _frontier, "goal": _goal, "robust": _robust}
    asking = {name: command(name, run) for name, run in runs.items()}
    for name, asked in asking.items():
        draws = DRAWS if name == "project" else SAMPLE
        asked.add_argument("file", metavar="FILE", help=text("command_line.project_file", language))
        drawn = text("command_line.draws", language, least=LEAST_DRAWS, most=MOST_DRAWS, default=draws)
        whole = whole_number(LEAST_DRAWS, MOST_DRAWS, language)
        asked.add_argument("--draws", metavar="N", type=whole, default=draws, help=drawn)
        seed = text("command_line.seed", language, default=SEED)
        asked.add_argument("--seed", metavar="N", type=whole_number(0, MOST_SEED, language), default=SEED, help=seed)
    _add_searches(asking, language)
    listing = command("evidence", _evidence)
    for with_json in (*asking.values(), listing):
        with_json.add_argument("--json", action="store_true", help=text("command_line.json", language))
    command("levers", _levers)
    return parser


def _add_searches(asking: Mapping[str, argparse.ArgumentParser], language: str) -> None:
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


def _check(chosen: argparse.Namespace, language: str) -> int:
    count = 0
    for path in _files(chosen.files):
        scenario, problems = load_scenario(path)
        if scenario:
            name = in_language(scenario.name, language) or text("plan.untitled", language)
            print(text("command_line.no_problem", language, file=path, name=name))
        for problem in problems:
            print(sentence(problem, language))
        count += len(problems)
    if count:
        print(text("command_line.problem_count", language, count=count))
    return WRONG if count else 0


def _files(given: Sequence[str]) -> list[Path]:
    """The files named, patterns filled in where the shell has not done so (Windows)."""
    return [Path(name) for pattern in given for name in (sorted(glob.glob(pattern)) or [pattern])]


def _project(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        projection = project(scenario, baseline=baseline, draws=chosen.draws, seed=chosen.seed)
        if chosen.json:
            _print_json(projection_document(projection))
        else:
            print(printed_projection(projection, baseline, language))
        return 0

    return _with_scenario(chosen, language, run)


def _allocate(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        found = allocate(scenario, _goal_of(chosen), _limits(chosen), whole=chosen.whole, **_asked(chosen, baseline))
        if isinstance(found, Refusal):
            return _refuse(found, chosen, baseline, language)
        said = printed_plan(found, scenario, baseline, language)
        return _show(chosen, allocation_document(found), said, named_plan(found, scenario), baseline, language)

    return _with_goal(chosen, language, run)


def _frontier(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        found = frontier(scenario, _limits(chosen), **_asked(chosen, baseline))
        if isinstance(found, Refusal):
            return _refuse(found, chosen, baseline, language)
        return _show(chosen, frontier_document(found), printed_frontier(found, scenario, baseline, language))

    return _with_scenario(chosen, language, run)


def _goal(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        targets, problems = read_targets(chosen.targets, baseline)
        if problems:
            print(*(sentence(problem, language) for problem in problems), sep="\n", file=sys.stderr)
            return WRONG
        asked = _asked(chosen, baseline)
        found = seek(scenario, targets, probability=chosen.probability, limits=_limits(chosen), **asked)
        if isinstance(found, Refusal):
            return _refuse(found, chosen, baseline, language)
        if isinstance(found, NoMeaning):
            if chosen.json:
                _print_json(no_meaning_document(found))
            print(no_meaning_in_words(found, baseline, language), file=sys.stderr)
            return WRONG
        said, named = printed_goal(found, scenario, baseline, language), named_goal(found, scenario, baseline)
        code = _show(chosen, sought_document(found), said, named if found.holds else None, baseline, language)
        return code if found.holds else NO_PLAN

    return _with_scenario(chosen, language, run)


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


def _goal_of(chosen: argparse.Namespace) -> Goal:
    return chosen.weights or GOALS[chosen.goal]


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
        _print_json(document)
    else:
        print(said)
    return _keep(plan, chosen.out, baseline, language) if plan and chosen.out else 0


def _refuse(refusal: Refusal, chosen: argparse.Namespace, baseline: Baseline, language: str) -> int:
    if chosen.json:
        _print_json(refusal_document(refusal))
    print(printed_refusal(refusal, baseline, language), file=sys.stderr)
    return NO_PLAN


def _with_goal(chosen: argparse.Namespace, language: str, run: Callable[[Scenario, Baseline], int]) -> int:
    if chosen.weights and chosen.goal != "mix":
        said = text("command_line.weights_need_mix", language)
        print(text("command_line.wrong_use", language, detail=said), file=sys.stderr)
        return WRONG
    return _with_scenario(chosen, language, run)


def _worth(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        found = worth(scenario, baseline=baseline, draws=chosen.draws, seed=chosen.seed)
        if chosen.json:
            _print_json(worth_document(found))
        else:
            print(printed_worth(found, baseline, language))
        return 0

    return _with_scenario(chosen, language, run)


def _with_scenario(chosen: argparse.Namespace, language: str, run: Callable[[Scenario, Baseline], int]) -> int:
    """Run on the scenario of a file; what is wrong with the file, or too few draws, is said."""
    scenario, problems = load_scenario(Path(chosen.file))
    if scenario is None:
        print(*(sentence(problem, language) for problem in problems), sep="\n", file=sys.stderr)
        return WRONG
    baseline = baseline_of(scenario)
    try:
        return run(scenario, baseline)
    except TooFewDraws as too_few:
        print(_too_few(too_few, baseline, language), file=sys.stderr)
        return TOO_FEW


def _keep(plan: Scenario, file: str, baseline: Baseline, language: str) -> int:
    """Write a plan into a new file; never over one that is there."""
    path, reason = Path(file), ""
    if path.exists():
        reason = text("best_plan.exists", language)
    else:
        try:
            write_scenario(path, to_toml(plan, baseline, language))
        except OSError:
            reason = text("best_plan.no_folder", language)
    said = text(f"best_plan.{'not_written' if reason else 'written'}", language, file=path, reason=reason)
    print(said, file=sys.stderr)
    return WRONG if reason else 0


def _too_few(too_few: TooFewDraws, baseline: Baseline, language: str) -> str:
    """What is missing, and which conditions refused the draws, those that refused most first."""
    draws = too_few.draws
    lines = [text("command_line.too_few_draws", language, drawn=draws.drawn, kept=draws.kept)]
    for condition, count in sorted(too_few.refused.items(), key=lambda item: -item[1]):
        name = condition_in_words(condition, baseline, language)
        lines.append(text("plan.too_few_reason", language, condition=name, count=count))
    return "\n".join(lines)


def _evidence(chosen: argparse.Namespace, language: str) -> int:
    baseline = shipped_baseline(Scenario().baseline)
    rules = evidence.read_rules(evidence.FOLDER / "rules.csv")
    if chosen.json:
        _print_json(evidence_document(baseline, rules))
    else:
        print(printed_evidence(baseline, rules, language))
    return 0


def _levers(chosen: argparse.Namespace, language: str) -> int:
    print(printed_levers(shipped_baseline(Scenario().baseline), language))
    return 0


def _print_json(document: Mapping[str, object]) -> None:
    """In UTF-8 with bare line feeds on every machine, so that the same result is the same bytes."""
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(written(document))


def _print_apart() -> None:
    """Let what is printed here be all that a file or pipe receives: HiGHS prints a stray line of its own at times
    (ERGO-Code/HiGHS, issue 2783), past every option and past Python; it goes where errors go."""
    if not sys.stdout.isatty():
        own = os.dup(sys.stdout.fileno())
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        sys.stdout = os.fdopen(own, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)


if __name__ == "__main__":
    _print_apart()
    sys.exit(main())
