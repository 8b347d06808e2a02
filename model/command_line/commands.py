"""The commands: what each is called, its arguments, and what it runs."""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from model.command_line import baseline, compare, export, listings, questions, searches, sweep
from model.command_line.application import bundle, server
from model.command_line.arguments import (
    LEAST_DRAWS,
    MOST_DRAWS,
    Completion,
    Parser,
    day,
    dress,
    whole_number,
)
from model.outputs.words import text
from model.projection.base_year import USUAL_DRAWS
from model.version import MODEL_VERSION

SEED, MOST_SEED = 1, 2**32 - 1
MOST_PORT = 65535
RUNS: Mapping[str, Callable[[argparse.Namespace, str], int]] = {
    "check": listings.RUNS["check"],
    **questions.RUNS,
    **compare.RUNS,
    **searches.RUNS,
    **sweep.RUNS,
    **export.RUNS,
    **{name: run for name, run in listings.RUNS.items() if name != "check"},
    **baseline.RUNS,
    **server.RUNS,
    **bundle.RUNS,
}
"""The commands in the order of the help."""


def program_name() -> str:
    """The program as it was called: `frontline` where it is installed, else `python -m` and its package."""
    name = Path(sys.argv[0]).stem
    return name if name == "frontline" else f"python -m {__name__.partition('.')[0]}"


def parser_of(language: str) -> Parser:
    """The parser of the whole command line, in the reader's language."""
    program = program_name()
    about, more = text("command_line.program", language), text("command_line.see_help", language, program=program)
    parser = dress(Parser(prog=program, description=about, epilog=more, add_help=False), language)
    version = text("command_line.version", language)
    parser.add_argument("--version", action="version", version=f"Frontline {MODEL_VERSION}", help=version)
    completion = text("command_line.print_completion", language)
    parser.add_argument("--print-completion", action=Completion, metavar="SHELL", help=completion)
    group = parser.add_subparsers(dest="command", title=text("command_line.commands", language), metavar="COMMAND")
    commands = {}
    for name, run in RUNS.items():
        key = f"command_line.{name.replace('-', '_')}"
        about, short = text(f"{key}_about", language), text(key, language)
        commands[name] = dress(group.add_parser(name, help=short, description=about, add_help=False), language)
        commands[name].set_defaults(run=run)
    _add_arguments(commands, language)
    return parser


def _add_arguments(commands: Mapping[str, Parser], language: str) -> None:
    asked = {**questions.RUNS, **compare.RUNS, **searches.RUNS}
    commands["export"].add_argument("--template", metavar="PPTX", help=text("export.template", language))
    for name in ("check", *asked, "sweep", "export"):
        commands[name].add_files(text("command_line.check_files", language))
    for name in (*asked, "sweep", "export"):
        _add_draws(commands[name], language)
    commands["explain"].add_argument("--all", action="store_true", help=text("command_line.explain_all", language))
    searches.add_searches(commands, language)
    baseline.add_actions(commands["baseline"], language)
    for name, key in (("compare", "command_line.compare_out"), ("export", "export.out")):
        is_needed = name == "export"
        commands[name].add_argument("--out", metavar="DIR", required=is_needed, help=text(key, language))
        about = text("export.day", language)
        commands[name].add_argument("--date", metavar="DATE", type=day(language), default=date.today(), help=about)
    sweep.add_sweep(commands["sweep"], language)
    for name in (*asked, "sweep", "export", "evidence", "levers"):
        about = text("command_line.on_baseline", language)
        commands[name].add_argument("--baseline", metavar="ID", default="", help=about)
    for name in ("check", *asked, "evidence", "levers"):
        commands[name].add_argument("--json", action="store_true", help=text("command_line.json", language))
    bundle.add_bundle(commands["bundle"], language)
    port = whole_number(1, MOST_PORT, language)
    commands["app"].add_argument("--port", metavar="N", type=port, help=text("command_line.app_port", language))
    no_browser = text("command_line.app_no_browser", language)
    commands["app"].add_argument("--no-browser", action="store_true", help=no_browser)
    settings = text("command_line.app_settings", language)
    commands["app"].add_argument("settings", metavar="SETTING", nargs="*", help=settings)


def _add_draws(parser: argparse.ArgumentParser, language: str) -> None:
    """How many draws, and from which seed."""
    about = text("command_line.draws", language, least=LEAST_DRAWS, most=MOST_DRAWS, default=USUAL_DRAWS)
    whole = whole_number(LEAST_DRAWS, MOST_DRAWS, language)
    parser.add_argument("--draws", metavar="N", type=whole, default=USUAL_DRAWS, help=about)
    seed = text("command_line.seed", language, default=SEED)
    parser.add_argument("--seed", metavar="N", type=whole_number(0, MOST_SEED, language), default=SEED, help=seed)
