"""What every command does with its files: read them, say what is wrong with them, print the answers."""

import argparse
import glob
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from model.command_line.arguments import MOST_DRAWS, WRONG
from model.command_line.terminal import complain, say, set_stream, unstopped
from model.evidence.baseline import Baseline
from model.files import disk
from model.files.problem import Problem
from model.files.scenario_file import load_scenario, read_scenario
from model.files.toml_edit import with_value
from model.files.toml_text import decoded
from model.outputs.answers.document import Document, on_base_year, written
from model.outputs.phrasing import library_sentences
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.problems import sentence
from model.outputs.phrasing.sentences import condition_in_words
from model.outputs.phrasing.version_notice import version_line
from model.outputs.words import text
from model.projection.base_year import base_year_of, baseline_of
from model.projection.results import TooFewDraws
from model.projection.statistics import LEAST_DRAWS
from model.scenario.scenario import Scenario

TOO_FEW = 3
SPARE = 1.2
"""More draws than the share that is kept asks for, so that the advice is sure to do."""

Run = Callable[[Scenario, Baseline, str], int]
"""Runs on a scenario and its base year, in the language in which this one names its tiers."""


def with_scenarios(chosen: argparse.Namespace, language: str, run: Run) -> int:
    """Run on the scenario of every file in turn; the highest exit code.

    What is wrong with a file, or too few draws, is said, and the other files have their answers.
    """
    paths = files(chosen.files)
    codes = []
    for path in paths:
        if len(paths) > 1 and not getattr(chosen, "json", False):
            say(text("command_line.file", language, file=path))
        chosen.path, chosen.is_one = path, len(paths) == 1
        codes.append(_with_scenario(path, chosen.baseline, language, run))
    return max(codes)


def files(given: Sequence[str]) -> list[Path]:
    """The files named, patterns filled in where the shell has not done so (Windows).

    The name of a file that is there is no pattern, whatever brackets it has.
    """
    return [Path(name) for one in given for name in ((not Path(one).exists() and sorted(glob.glob(one))) or [one])]


def _with_scenario(path: Path, chosen_baseline: str, language: str, run: Run) -> int:
    scenario = opened(path, language, chosen_baseline)
    if scenario is None:
        return WRONG
    baseline = baseline_of(scenario)
    try:
        return run(scenario, baseline, baseline.names_in(language))
    except TooFewDraws as too_few:
        complain(too_few_in_words(too_few, baseline, language))
        return TOO_FEW


def opened(path: Path, language: str, baseline: str = "") -> Scenario | None:
    """The scenario of a file, on a chosen base year if any; None where it is wrong, which is said."""
    scenario, problems = _on_baseline(path, baseline) if baseline else load_scenario(path)
    if scenario is None:
        complain("\n".join(sentence(problem, language) for problem in problems))
        return None
    original = decoded(path.read_bytes())
    if line := version_line(str(path), original, language) if isinstance(original, str) else None:
        complain(line)
    return scenario


def _on_baseline(path: Path, baseline: str) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of a file as if it named another base year."""
    try:
        text = decoded(path.read_bytes())
        tomllib.loads(text if isinstance(text, str) else "")
    except (OSError, ValueError, RecursionError):
        return load_scenario(path)
    if not isinstance(text, str):
        return load_scenario(path)
    return read_scenario(with_value(text, ("baseline",), baseline).encode(), str(path))


def too_few_in_words(too_few: TooFewDraws, baseline: Baseline, language: str) -> str:
    """What is missing, what helps, and which conditions refused the draws, those that refused most first."""
    draws = too_few.draws
    needed = SPARE * LEAST_DRAWS * draws.drawn / draws.kept if draws.kept else MOST_DRAWS + 1
    more = next((many for k in range(13, 17) if (many := 2**k) >= needed), None)
    advice = "more_draws" if more else "other_base"
    language = baseline.names_in(language)
    lines = [
        text("command_line.too_few_draws", language, drawn=count(draws.drawn), kept=count(draws.kept))
        + text(f"command_line.{advice}", language, draws=more)
    ]
    for condition, refused in sorted(too_few.refused.items(), key=lambda item: -item[1]):
        name = condition_in_words(condition, baseline, language)
        lines.append(text("plan.too_few_reason", language, condition=name, count=count(refused)))
    return "\n".join(lines)


def write_new(path: Path, data: bytes, language: str) -> str:
    """Write a new file, never over one that is there; in a few words why not, empty where it stands."""
    if path.exists():
        return text("command_line.exists", language)
    try:
        with unstopped():
            disk.write_whole(path, data)
    except OSError as error:
        return library_sentences.unwritten(error, path.parent, language)
    except disk.Refusal as refusal:  # somebody else holds the library
        return library_sentences.sentence(refusal.problems[0], language)
    return ""


def show(
    chosen: argparse.Namespace, result: Document, in_terminal: Callable[[], str], scenario: Scenario, baseline: Baseline
) -> None:
    """Print an answer about a scenario as it was asked for."""
    if chosen.json:
        print_result(chosen, result, scenario, baseline)
    else:
        say(in_terminal())


def print_result(chosen: argparse.Namespace, result: Document, scenario: Scenario, baseline: Baseline) -> None:
    """Print the result about a scenario as JSON; of several files each on a line of its own."""
    base = base_year_of(scenario, baseline, chosen.draws, chosen.seed)
    print_json(on_base_year(chosen.command, result, scenario, base), on_one_line=not chosen.is_one)


def print_json(document: Document, *, on_one_line: bool = False) -> None:
    """Print a document in UTF-8 with bare line feeds on every machine.

    The same result is then the same bytes.
    """
    set_stream(sys.stdout, encoding="utf-8", newline="\n")
    sys.stdout.write(written(document, on_one_line=on_one_line))
