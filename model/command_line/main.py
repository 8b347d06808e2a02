"""The command line, `python -m model`: check, project, not_done, explain, ask, allocate, worth, frontier, goal, robust,
export, evidence, levers.

Exit codes: 0; 2 for something wrong with a file or with the command line; 3 for too few plausible draws; 4 where there
is no plan.
"""

import argparse
import glob
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from model.command_line import searches
from model.command_line.arguments import WRONG, Parser, day, dress, whole_number
from model.command_line.scenario_command import print_json, with_scenario
from model.evidence import figures
from model.evidence.baseline import Baseline, shipped_baseline
from model.files.scenario_file import load_scenario
from model.outputs.answers.document import evidence_document, not_done_document, projection_document
from model.outputs.answers.explanation import explanation_document, printed_explanation
from model.outputs.answers.inquiry import inquiry_document, printed_inquiry
from model.outputs.answers.not_done import printed_not_done
from model.outputs.answers.printed import printed_evidence, printed_levers, printed_projection
from model.outputs.phrasing.problems import sentence
from model.outputs.words import LANGUAGES, text
from model.projection.ask_first import ask
from model.projection.base_year import BaseYear, base_year_of
from model.projection.explain import explain
from model.projection.project import against
from model.scenario.scenario import Scenario, in_language
from model.year.measures import HEADLINES, MEASURES

DRAWS, LEAST_DRAWS, MOST_DRAWS = 4096, 256, 65536
SEED, MOST_SEED = 1, 2**32 - 1
SAMPLE = 512
"""Draws where a plan is sought: enough for its bands, and quick."""


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
    runs = {**dict.fromkeys(ANSWERS, _answer), **searches.RUNS}
    asking = {name: command(name, run) for name, run in runs.items()}
    exporting = command("export", _export)
    for name, of_file in {**asking, "export": exporting}.items():
        draws = SAMPLE if name in searches.RUNS else DRAWS
        of_file.add_argument("file", metavar="FILE", help=text("command_line.project_file", language))
        said = text("command_line.draws", language, least=LEAST_DRAWS, most=MOST_DRAWS, default=draws)
        whole = whole_number(LEAST_DRAWS, MOST_DRAWS, language)
        of_file.add_argument("--draws", metavar="N", type=whole, default=draws, help=said)
        seed = text("command_line.seed", language, default=SEED)
        of_file.add_argument("--seed", metavar="N", type=whole_number(0, MOST_SEED, language), default=SEED, help=seed)
    asking["explain"].add_argument("--all", action="store_true", help=text("command_line.explain_all", language))
    searches.add_searches(asking, language)
    _for_export(exporting, language)
    listing = command("evidence", _evidence)
    for with_json in (*asking.values(), listing):
        with_json.add_argument("--json", action="store_true", help=text("command_line.json", language))
    command("levers", _levers)
    return parser


def _for_export(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("--out", metavar="DIR", required=True, help=text("export.out", language))
    made_on = text("export.day", language)
    parser.add_argument("--date", metavar="DATE", type=day(language), default=date.today(), help=made_on)


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


@dataclass(frozen=True)
class _Answer:
    """A command that answers one question about a file: what is worked out on its base year, and how it is shown as
    JSON and as text."""

    work_out: Callable[[BaseYear, Scenario, argparse.Namespace], Any]
    document: Callable[[Any, Scenario, BaseYear], Mapping[str, object]]
    printed: Callable[[Any, Scenario, BaseYear, str], str]


def _of_projection(document: Callable, printed: Callable) -> _Answer:
    return _Answer(
        lambda base, scenario, _: against(base, scenario),
        lambda found, *_: document(found),
        lambda found, _, base, language: printed(found, base.baseline, language),
    )


ANSWERS = {
    "project": _of_projection(projection_document, printed_projection),
    "not_done": _of_projection(not_done_document, printed_not_done),
    "explain": _Answer(
        lambda base, scenario, chosen: explain(base, scenario, [m.id for m in MEASURES] if chosen.all else HEADLINES),
        explanation_document,
        printed_explanation,
    ),
    "ask": _Answer(lambda base, scenario, _: ask(base, scenario), inquiry_document, printed_inquiry),
}


def _answer(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        base = base_year_of(scenario, baseline, chosen.draws, chosen.seed)
        answer = ANSWERS[chosen.command]
        worked_out = answer.work_out(base, scenario, chosen)
        if chosen.json:
            print_json(answer.document(worked_out, scenario, base))
        else:
            print(answer.printed(worked_out, scenario, base, language))
        return 0

    return with_scenario(chosen, language, run)


def _export(chosen: argparse.Namespace, language: str) -> int:
    """Write every part, each said once it stands; what could not be made is said at the end."""
    # Charts and spreadsheets take half a second to import, which the other commands need not wait for.
    from model.outputs import package
    from model.outputs.handout.handout import Handout

    def run(scenario: Scenario, baseline: Baseline) -> int:
        base = base_year_of(scenario, baseline, chosen.draws, chosen.seed)
        handout = Handout(against(base, scenario), base.baseline, chosen.date, language)
        folder, lacking = Path(chosen.out), False
        try:
            for path, size in package.write(package.files(handout), folder):
                print(text("export.written", language, file=path, size=f"{size / 1000:,.1f}"))
                lacking = lacking or path.name == package.NO_PICTURES
        except OSError as failed:
            print(text("export.cannot_write", language, folder=folder, reason=failed.strerror), file=sys.stderr)
            return WRONG
        if lacking:
            print(text("pictures.no_face", language), file=sys.stderr)
        return 0

    return with_scenario(chosen, language, run)


def _evidence(chosen: argparse.Namespace, language: str) -> int:
    baseline = shipped_baseline(Scenario().baseline)
    rules = figures.read_rules(figures.FOLDER / "rules.csv")
    if chosen.json:
        print_json(evidence_document(baseline, rules))
    else:
        print(printed_evidence(baseline, rules, language))
    return 0


def _levers(chosen: argparse.Namespace, language: str) -> int:
    print(printed_levers(shipped_baseline(Scenario().baseline), language))
    return 0


def print_apart() -> None:
    """Let what is printed here be all that a file or pipe receives: HiGHS prints a stray line of its own at times
    (ERGO-Code/HiGHS, issue 2783), past every option and past Python; it goes where errors go."""
    if not sys.stdout.isatty():
        own = os.dup(sys.stdout.fileno())
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        sys.stdout = os.fdopen(own, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)


def run() -> None:
    """The installed command `frontline`."""
    print_apart()
    sys.exit(main())
