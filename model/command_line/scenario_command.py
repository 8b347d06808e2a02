"""What every command does with its file: read it, say what is wrong with it, print the answer."""

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from model.command_line.arguments import WRONG
from model.evidence.baseline import Baseline
from model.files.scenario_file import load_scenario
from model.files.toml_text import decoded
from model.outputs.answers.document import Document, written
from model.outputs.phrasing.problems import sentence
from model.outputs.phrasing.sentences import condition_in_words
from model.outputs.phrasing.version_notice import version_line
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.results import TooFewDraws
from model.scenario.scenario import Scenario

TOO_FEW = 3


def with_scenario(chosen: argparse.Namespace, language: str, run: Callable[[Scenario, Baseline], int]) -> int:
    """Run on the scenario of a file; what is wrong with the file, or too few draws, is said."""
    scenario, problems = load_scenario(Path(chosen.file))
    if scenario is None:
        print(*(sentence(problem, language) for problem in problems), sep="\n", file=sys.stderr)
        return WRONG
    print_version(Path(chosen.file), language)
    baseline = baseline_of(scenario)
    try:
        return run(scenario, baseline)
    except TooFewDraws as too_few:
        print(_too_few(too_few, baseline, language), file=sys.stderr)
        return TOO_FEW


def print_version(path: Path, language: str) -> None:
    """Say on standard error what changed where another version of the model saved the file."""
    original = decoded(path.read_bytes())
    line = version_line(str(path), original, language) if isinstance(original, str) else None
    if line:
        print(line, file=sys.stderr)


def _too_few(too_few: TooFewDraws, baseline: Baseline, language: str) -> str:
    """What is missing, and which conditions refused the draws, those that refused most first."""
    draws = too_few.draws
    lines = [text("command_line.too_few_draws", language, drawn=draws.drawn, kept=draws.kept)]
    for condition, count in sorted(too_few.refused.items(), key=lambda item: -item[1]):
        name = condition_in_words(condition, baseline, language)
        lines.append(text("plan.too_few_reason", language, condition=name, count=count))
    return "\n".join(lines)


def print_json(document: Document) -> None:
    """Print a document in UTF-8 with bare line feeds on every machine.

    The same result is then the same bytes.
    """
    set_stream(sys.stdout, encoding="utf-8", newline="\n")
    sys.stdout.write(written(document))


def set_stream(
    stream: TextIO, encoding: str | None = None, newline: str | None = None, errors: str | None = None
) -> None:
    """Set how a stream writes, where it is one of text on bytes (that of a test need not be)."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, newline=newline, errors=errors)
