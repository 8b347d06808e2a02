"""The command line, `frontline` or `python -m model`: what each command is called, and what it runs.

Exit codes: 0; 2 for something wrong with a file or with the command line; 3 for too few plausible draws; 4 where there
is no plan.
"""

import argparse
import ctypes
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
from model.command_line.scenario_command import print_json, set_stream, with_scenario
from model.evidence import figures
from model.evidence.baseline import Baseline, shipped_baseline
from model.files.scenario_file import load_scenario
from model.outputs.answers import ask_first, explain, not_done, projection
from model.outputs.answers.document import Document
from model.outputs.evidence import listing, model_tests
from model.outputs.phrasing.coherence import coherent, coherent_explanation
from model.outputs.phrasing.problems import sentence
from model.outputs.stability import table as stability_table
from model.outputs.words import LANGUAGES, text
from model.projection.ask_first import ask
from model.projection.base_year import BaseYear, base_year_of
from model.projection.explain import Explanation
from model.projection.explain import explain as explain_change
from model.projection.project import against
from model.projection.stability import stability
from model.scenario.scenario import Scenario, in_language
from model.year.measures import HEADLINES, MEASURE

DRAWS, LEAST_DRAWS, MOST_DRAWS = 4096, 256, 65536
SEED, MOST_SEED = 1, 2**32 - 1
SAMPLE = 512
"""Draws of a search: enough for its bands, and quick."""
PRIMARY_LANGUAGE, CHINESE = 0x3FF, 0x04
"""Bits of a Windows language identifier that tell the language from its country, and Chinese among them."""
OLD_NAMES = {"allocate": "best-plan", "goal": "targets", "ask": "ask-first", "not_done": "not-done"}
"""The commands of version 1.1.0 that have another name now."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    language = language_of(arguments, os.environ)
    # A terminal in another encoding shows a question mark for what it cannot, and does not stop.
    for stream in (sys.stdout, sys.stderr):
        set_stream(stream, errors="replace")
    parser = _parser(language)
    chosen = parser.parse_args(with_new_name(arguments, language))
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


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """What --language says, else Chinese for a Chinese locale or a Chinese Windows, else English.

    >>> language_of(["levers", "--language=zh"], {}), language_of([], {"LANG": "zh_CN.UTF-8"})
    ('zh', 'zh')
    """
    for given, after in zip(arguments, [*arguments, ""][1:], strict=True):
        name, _, value = given.partition("=")
        if name == "--language" and (value or after) in LANGUAGES:
            return value or after
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "zh" if named.lower().startswith("zh") or (not named and _is_chinese_windows()) else "en"


def _is_chinese_windows() -> bool:
    """Whether Windows, which sets no LANG, shows its own words in Chinese."""
    if sys.platform != "win32":
        return False
    return ctypes.windll.kernel32.GetUserDefaultUILanguage() & PRIMARY_LANGUAGE == CHINESE


def with_new_name(arguments: Sequence[str], language: str) -> list[str]:
    """The arguments with a command's new name in the place of an old one.

    The new name is said on standard error.

    >>> with_new_name(["--language", "en", "levers"], "en")
    ['--language', 'en', 'levers']
    """
    after_language = [k + 1 for k, given in enumerate(arguments) if given == "--language"]
    places = (k for k, given in enumerate(arguments) if not given.startswith("-") and k not in after_language)
    place = next(places, len(arguments))
    old = arguments[place] if place < len(arguments) else ""
    new = OLD_NAMES.get(old)
    if new is None:
        return list(arguments)
    print(text("command_line.renamed", language, old=old, new=new), file=sys.stderr)
    return [*arguments[:place], new, *arguments[place + 1 :]]


def program_name() -> str:
    """The program as it was called: `frontline` where it is installed, else `python -m model`."""
    name = Path(sys.argv[0]).stem
    return name if name == "frontline" else "python -m model"


def _parser(language: str) -> argparse.ArgumentParser:
    program = program_name()
    about, more = text("command_line.program", language), text("command_line.see_help", language, program=program)
    parser = dress(Parser(prog=program, description=about, epilog=more, add_help=False), language)
    commands = parser.add_subparsers(dest="command", title=text("command_line.commands", language), metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace, str], int]) -> argparse.ArgumentParser:
        key = f"command_line.{name.replace('-', '_')}"
        about, short = text(f"{key}_about", language), text(key, language)
        parser = dress(commands.add_parser(name, help=short, description=about, add_help=False), language)
        parser.set_defaults(run=run)
        return parser

    command("check", _check).add_argument(
        "files", nargs="+", metavar="FILE", help=text("command_line.check_files", language)
    )
    runs = {**dict.fromkeys(ANSWERS, _answer), **searches.RUNS}
    questions = {name: command(name, run) for name, run in runs.items()}
    export = command("export", _export)
    for name, of_file in {**questions, "export": export}.items():
        draws = SAMPLE if name in searches.RUNS else DRAWS
        of_file.add_argument("file", metavar="FILE", help=text("command_line.project_file", language))
        about = text("command_line.draws", language, least=LEAST_DRAWS, most=MOST_DRAWS, default=draws)
        whole = whole_number(LEAST_DRAWS, MOST_DRAWS, language)
        of_file.add_argument("--draws", metavar="N", type=whole, default=draws, help=about)
        seed = text("command_line.seed", language, default=SEED)
        of_file.add_argument("--seed", metavar="N", type=whole_number(0, MOST_SEED, language), default=SEED, help=seed)
    questions["explain"].add_argument("--all", action="store_true", help=text("command_line.explain_all", language))
    searches.add_searches(questions, language)
    _for_export(export, language)
    evidence = command("evidence", _evidence)
    for with_json in (*questions.values(), evidence):
        with_json.add_argument("--json", action="store_true", help=text("command_line.json", language))
    command("levers", _levers)
    return parser


def _for_export(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("--out", metavar="DIR", required=True, help=text("export.out", language))
    about = text("export.day", language)
    parser.add_argument("--date", metavar="DATE", type=day(language), default=date.today(), help=about)


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
    """The files named, patterns filled in where the shell has not done so (Windows).

    The name of a file that is there is no pattern, whatever brackets it has.
    """
    return [Path(name) for one in given for name in ((not Path(one).exists() and sorted(glob.glob(one))) or [one])]


@dataclass(frozen=True)
class _Answer:
    """A command that answers one question about a file.

    It does the work on the file's base year, and gives the answer as JSON and as text.
    """

    work: Callable[[BaseYear, Scenario, argparse.Namespace], Any]
    document: Callable[[Any, Scenario, BaseYear], Document]
    in_terminal: Callable[[Any, Scenario, BaseYear, str], str]


def _of_projection(document: Callable, in_terminal: Callable) -> _Answer:
    return _Answer(
        lambda base, scenario, _: coherent(against(base, scenario)),
        lambda answer, *_: document(answer),
        lambda answer, _, base, language: in_terminal(answer, base.baseline, language),
    )


def _explanation(base: BaseYear, scenario: Scenario, chosen: argparse.Namespace) -> Explanation:
    return coherent_explanation(explain_change(base, scenario, tuple(MEASURE) if chosen.all else HEADLINES))


ANSWERS = {
    "project": _of_projection(projection.document, projection.in_terminal),
    "not-done": _of_projection(not_done.document, not_done.in_terminal),
    "explain": _Answer(_explanation, explain.document, explain.in_terminal),
    "stability": _Answer(
        lambda base, scenario, _: stability(base, coherent(against(base, scenario))),
        stability_table.document,
        stability_table.in_terminal,
    ),
    "ask-first": _Answer(lambda base, scenario, _: ask(base, scenario), ask_first.document, ask_first.in_terminal),
}


def _answer(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline) -> int:
        base = base_year_of(scenario, baseline, chosen.draws, chosen.seed)
        question = ANSWERS[chosen.command]
        answer = question.work(base, scenario, chosen)
        if chosen.json:
            print_json(question.document(answer, scenario, base))
        else:
            print(question.in_terminal(answer, scenario, base, language))
        return 0

    return with_scenario(chosen, language, run)


def _export(chosen: argparse.Namespace, language: str) -> int:
    """Write every part and name each; what is lacking is said at the end."""
    # Charts and spreadsheets take half a second to import, which the other commands need not wait for.
    from model.outputs import package
    from model.outputs.handout.handout import Handout

    def run(scenario: Scenario, baseline: Baseline) -> int:
        base = base_year_of(scenario, baseline, chosen.draws, chosen.seed)
        handout = Handout(coherent(against(base, scenario)), base.baseline, chosen.date, language)
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
    scenario = Scenario()
    baseline = shipped_baseline(scenario.baseline)
    rules = figures.read_rules(figures.FOLDER / "rules.csv")
    base = base_year_of(scenario, baseline)
    result = against(base, scenario)
    if chosen.json:
        print_json({**listing.document(baseline, rules), **model_tests.document(result, base)})
    else:
        print(listing.evidence_listing(baseline, rules, language))
        print(model_tests.in_terminal(result, base, language))
    return 0


def _levers(chosen: argparse.Namespace, language: str) -> int:
    print(listing.levers_listing(shipped_baseline(Scenario().baseline), language))
    return 0


def print_apart() -> None:
    """Let what is printed here be all that a file or pipe receives.

    HiGHS prints a stray line of its own at times (ERGO-Code/HiGHS, issue 2783), past every option and past Python; it
    goes where errors go.
    """
    if not sys.stdout.isatty():
        own = os.dup(sys.stdout.fileno())
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        sys.stdout = os.fdopen(own, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)


def run() -> None:
    """The installed command `frontline`."""
    print_apart()
    sys.exit(main())
