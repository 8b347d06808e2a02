"""The command that writes everything a plan is handed out as."""

import argparse
import errno
import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from model.command_line.arguments import FAILED, WRONG
from model.command_line.scenario_command import with_scenarios
from model.command_line.terminal import complain, progress, say, unstopped
from model.evidence.baseline import Baseline
from model.files.disk import Refusal, nearest
from model.files.library import Library, library_folder
from model.outputs.handout.origin import Origin, finality_of
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.library_sentences import sentence, unwritten
from model.outputs.phrasing.scenario_text import file_of
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.project import against
from model.scenario.scenario import Scenario


def _export(chosen: argparse.Namespace, language: str) -> int:
    """Make every part, then write them together and name each; each of several files has its folder."""
    # Charts and spreadsheets take half a second to import, which the other commands need not wait for.
    from model.outputs.handout.handout import Handout
    from model.outputs.package import package
    from model.outputs.story.slide_file import template_problem

    try:
        template = Path(chosen.template).read_bytes() if chosen.template else b""
    except OSError as wrong:
        complain(str(wrong))
        return WRONG
    if template and (problem := template_problem(template, chosen.template, language)):
        complain(problem)
        return WRONG

    def run(scenario: Scenario, baseline: Baseline, language: str) -> int:
        folder = Path(chosen.out) if chosen.is_one else Path(chosen.out) / chosen.path.stem
        # The package has a scenario.toml of its own, which might be somebody's plan there.
        is_library = folder.resolve() == library_folder().resolve()
        if reason := text("export.is_library", language) if is_library else cannot_write(folder, language):
            return refuse(folder, reason, language)
        base = base_year_of(scenario, baseline, chosen.draws, chosen.seed)
        projection = coherent(against(base, scenario))
        origin = origin_of(chosen.path, scenario, base.baseline, language)
        handout = Handout(projection, base.baseline, chosen.date, language, origin, template)
        with progress(language) as tick:
            parts = list(package.files(handout, before=lambda place: tick(place / len(package.PARTS))))
        return write(parts, folder, language)

    return with_scenarios(chosen, language, run)


def origin_of(path: Path, scenario: Scenario, baseline: Baseline, language: str) -> Origin:
    """The file of a plan, and how the plan stands to the final version in the history beside it."""
    source = path.read_bytes()
    written = file_of(scenario, baseline, language, source)
    return Origin(source, finality_of(Library(path.parent), path.stem, sha256(written).hexdigest()))


def write(parts: Iterable[tuple[str, bytes]], folder: Path, language: str, name: Callable[[str], None] = say) -> int:
    """Write files, by path and content, together and `name` each, so that a folder is never left half new.

    The exit code.
    """
    from model.outputs.package import package

    parts = list(parts)
    try:
        with unstopped():
            for path, size in package.write(parts, folder):
                name(text("export.written", language, file=path, size=f"{size / 1000:,.1f}"))
    except OSError as failed:
        return refuse(folder, unwritten(failed, folder, language), language)
    except Refusal as refusal:
        return refuse(folder, sentence(refusal.problems[0], language), language)
    notes = {path: why.decode("utf-8-sig").strip() for path, why in parts if path in package.NOTES}
    for why in notes.values():
        complain(why)
    return FAILED if notes.keys() - {package.NO_PICTURES} else 0


def cannot_write(folder: Path, language: str) -> str:
    """Why a folder cannot be written, as far as can be told before; empty where it seems it can."""
    there = nearest(folder)
    if not there.is_dir():
        return unwritten(OSError(errno.ENOTDIR, ""), there, language)
    return "" if os.access(there, os.W_OK) else unwritten(OSError(errno.EACCES, ""), there, language)


def refuse(folder: Path, reason: str, language: str) -> int:
    """Say why a folder was not written; the exit code."""
    complain(text("export.cannot_write", language, folder=folder, reason=reason))
    return WRONG


RUNS = {"export": _export}
