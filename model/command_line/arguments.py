"""The arguments of the command line, read and explained in the reader's language."""

import argparse
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NoReturn

from model.command_line.terminal import columns
from model.outputs.phrasing.text_table import wrapped
from model.outputs.words import LANGUAGES, keys, text
from model.search.aims.objective import OBJECTIVES, Objective

FAILED = 1
"""The exit code for something wrong inside."""
WRONG = 2
"""The exit code for something wrong with a file or with the command line."""
MOST_PEOPLE = 1_000_000
LEAST_DRAWS, MOST_DRAWS = 256, 65536


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal, in which a Chinese character takes two places."""

    def __init__(self, prog: str):
        super().__init__(prog, width=columns() - 2)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(" ".join(text.split()), width - len(indent)))


class Parser(argparse.ArgumentParser):
    """argparse in the language of the reader."""

    language = "en"

    def __init__(self, **settings: Any):
        super().__init__(formatter_class=_Help, **settings)

    def add_files(self, help: str) -> None:
        """One file or more, which a shell completes."""
        self.add_argument("files", nargs="+", metavar="FILE", help=help)

    def format_help(self) -> str:
        return self._translated(super().format_help())

    def format_usage(self) -> str:
        return self._translated(super().format_usage())

    def _translated(self, help: str) -> str:
        return help.replace("usage: ", text("command_line.usage", self.language), 1)

    def error(self, message: str) -> NoReturn:
        detail = _in_language(message, self.language)
        self.exit(WRONG, f"{text('command_line.wrong_use', self.language, detail=detail)}\n{self.format_usage()}")


def _in_language(message: str, language: str) -> str:
    """What argparse says, in the reader's language; as it is where its words are not known."""
    for key in (key for key in keys() if key.startswith("wrong_use.")):
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(text(key, "en")))
        if found := re.fullmatch(pattern, message, re.DOTALL):
            parts = found.groupdict()
            if "said" in parts:
                parts["said"] = _in_language(parts["said"], language)
            return text(key, language, **parts)
    return message


class Completion(argparse.Action):
    """Prints what a shell needs to complete a command line.

    shtab writes it from the parser itself, for five shells, and is kept by many hands; nothing else asks for it, so it
    is an extra.
    """

    def __call__(self, parser: argparse.ArgumentParser, _: object, shell: Any, __: object = None) -> NoReturn:
        language = parser.language if isinstance(parser, Parser) else "en"
        try:
            import shtab
        except ImportError:
            parser.exit(WRONG, f"{text('command_line.no_completion', language)}\n")
        if shell not in shtab.SUPPORTED_SHELLS:
            choices = ", ".join(shtab.SUPPORTED_SHELLS)
            parser.error(text("wrong_use.choice", "en", value=repr(shell), choices=choices))
        for action in _actions(parser):
            if action.dest in FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]  # what shtab reads
        parser.prog = "frontline"
        print(shtab.complete(parser, shell))
        parser.exit(0)


FILES = ("files", "out")
"""The arguments that are paths."""


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)


def dress(parser: Parser, language: str) -> Parser:
    """Help, --language and headings in the reader's language."""
    parser.language = language
    parser._positionals.title = text("command_line.arguments", language)
    parser._optionals.title = text("command_line.options", language)
    parser.add_argument("-h", "--help", action="help", help=text("command_line.help", language))
    parser.add_argument("--language", choices=LANGUAGES, default=language, help=text("command_line.language", language))
    return parser


def add_goal(parser: argparse.ArgumentParser, language: str) -> None:
    """What is wanted most."""
    goal = text("command_line.goals", language)
    parser.add_argument("--goal", required=True, choices=tuple(OBJECTIVES), metavar="GOAL", help=goal)
    weights = text("command_line.weights", language)
    parser.add_argument("--weights", metavar="W", type=goal_weights(language), help=weights)


def add_targets(parser: argparse.ArgumentParser, language: str) -> None:
    """What must hold, and how surely."""
    target = text("targets.targets_help", language)
    parser.add_argument("--target", required=True, action="append", metavar="TARGET", dest="targets", help=target)
    probability = text("targets.probability_help", language)
    parser.add_argument("--probability", metavar="P", type=share(language), help=probability)


def add_limits(parser: argparse.ArgumentParser, most_moved: str, language: str) -> None:
    """Within what; `most_moved` is the help for it."""
    parser.add_argument("--most-moved", metavar="N", type=whole_number(0, MOST_PEOPLE, language), help=most_moved)


def whole_number(least: int, most: int, language: str) -> Callable[[str], int]:
    """Reads a whole number between bounds."""

    def read(given: str) -> int:
        if given.isascii() and given.isdigit() and len(given) < 12 and least <= int(given) <= most:
            return int(given)
        message = text("command_line.not_whole", language, given=given, least=least, most=most)
        raise argparse.ArgumentTypeError(message)

    return read


def share(language: str) -> Callable[[str], float]:
    """Reads a share above 0 and below 1, or a percentage."""

    def read(given: str) -> float:
        try:
            value = float(given.removesuffix("%")) / (100 if given.endswith("%") else 1)
        except ValueError:
            value = -1.0
        if not 0 < value < 1:
            raise argparse.ArgumentTypeError(text("command_line.not_a_share", language, given=given))
        return value

    return read


def goal_weights(language: str) -> Callable[[str], Objective]:
    """Reads a goal of several criteria."""
    criteria = [name for name in OBJECTIVES if name != "mix"]

    def read(given: str) -> Objective:
        weights = {}
        for part in given.split(","):
            name, _, weight = part.partition("=")
            try:
                weights[name.strip()] = float(weight)
            except ValueError:
                weights[name.strip()] = -1.0
        if not weights.keys() <= set(criteria) or not all(0 < weight <= MOST_PEOPLE for weight in weights.values()):
            message = text("command_line.not_weights", language, given=given, criteria=", ".join(criteria))
            raise argparse.ArgumentTypeError(message)
        return Objective(weights)

    return read


def day(language: str) -> Callable[[str], date]:
    """Reads a day as 2026-11-24."""

    def read(given: str) -> date:
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise argparse.ArgumentTypeError(text("export.not_a_day", language, given=given)) from None

    return read
