"""The arguments of the command line, read and explained in the reader's language."""

import argparse
from collections.abc import Callable

from model.goal import GOALS, Goal
from model.outputs.words import LANGUAGES, text

WRONG = 2
"""The exit code for something wrong with a file or with the command line."""
MOST_PEOPLE = 1_000_000


class Parser(argparse.ArgumentParser):
    """argparse in the language of the reader."""

    language = "en"

    def format_help(self) -> str:
        return self._said(super().format_help())

    def format_usage(self) -> str:
        return self._said(super().format_usage())

    def _said(self, help: str) -> str:
        return help.replace("usage: ", text("command_line.usage", self.language), 1)

    def error(self, message: str) -> None:
        self.exit(WRONG, f"{text('command_line.wrong_use', self.language, detail=message)}\n{self.format_usage()}")


def dress(parser: Parser, language: str) -> Parser:
    """Help, --language and headings in the reader's language."""
    parser.language = language
    parser._positionals.title = text("command_line.arguments", language)
    parser._optionals.title = text("command_line.options", language)
    parser.add_argument("-h", "--help", action="help", help=text("command_line.help", language))
    parser.add_argument("--language", choices=LANGUAGES, default=language, help=text("command_line.language", language))
    return parser


def add_goal(allocating: argparse.ArgumentParser, language: str) -> None:
    """What is wanted most, and within what."""
    goal = text("command_line.goal", language)
    allocating.add_argument("--goal", required=True, choices=tuple(GOALS), metavar="GOAL", help=goal)
    weights = text("command_line.weights", language)
    allocating.add_argument("--weights", metavar="W", type=goal_weights(language), help=weights)
    most = text("command_line.most_moved", language)
    allocating.add_argument("--most-moved", metavar="N", type=whole_number(0, MOST_PEOPLE, language), help=most)
    allocating.add_argument("--whole", action="store_true", help=text("command_line.whole", language))
    allocating.add_argument("--out", metavar="FILE.toml", help=text("command_line.out", language))


def whole_number(least: int, most: int, language: str) -> Callable[[str], int]:
    """Reads a whole number between bounds."""

    def read(given: str) -> int:
        if given.isascii() and given.isdigit() and len(given) < 12 and least <= int(given) <= most:
            return int(given)
        message = text("command_line.not_whole", language, given=given, least=least, most=most)
        raise argparse.ArgumentTypeError(message)

    return read


def goal_weights(language: str) -> Callable[[str], Goal]:
    """Reads a goal of several criteria."""
    criteria = [name for name in GOALS if name != "mix"]

    def read(given: str) -> Goal:
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
        return Goal(weights)

    return read
