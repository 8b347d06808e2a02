"""The command that sets plans side by side: what each gives, who beats whom, and the files of it."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from model.command_line import export
from model.command_line.arguments import WRONG
from model.command_line.scenario_command import TOO_FEW, files, opened, print_json, too_few_in_words
from model.command_line.terminal import complain, progress, say
from model.evidence.baseline import Baseline
from model.outputs.compare import comparison_answer
from model.outputs.compare.comparison import left_out_in_words, name_of
from model.outputs.handout.comparison_document import comparison_document
from model.outputs.handout.origin import NOWHERE
from model.outputs.phrasing.coherence import coherent_comparison
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison
from model.projection.comparison import compare as compare_scenarios
from model.projection.results import TooFewDraws
from model.scenario.comparability import BASE, MOST, Candidate, comparison_set


def _compare(chosen: argparse.Namespace, language: str) -> int:
    paths = files(chosen.files)
    if len(paths) > MOST:
        detail = text("command_line.too_many_files", language, most=MOST)
        complain(text("command_line.wrong_use", language, detail=detail))
        return WRONG
    read = [(str(path), opened(path, language, chosen.baseline)) for path in paths]
    scenarios = [(key, scenario) for key, scenario in read if scenario]
    if len(scenarios) < len(read):
        return WRONG
    compared = comparison_set(scenarios)
    if compared is None:
        return WRONG
    for line in left_out_in_words(compared, language):
        complain(line)
    if compared.base_added:
        complain(text("compare.base_added", language))
    baseline = baseline_of(compared.candidates[0].scenario)
    plans = [candidate.scenario for candidate in compared.candidates]
    try:
        comparison = coherent_comparison(compare_scenarios(plans, draws=chosen.draws, seed=chosen.seed))
    except TooFewDraws as too_few:
        complain(too_few_in_words(too_few, baseline, language))
        return TOO_FEW
    return _show(comparison, compared.candidates, baseline, chosen, baseline.names_in(language))


def _show(
    comparison: Comparison,
    candidates: Sequence[Candidate],
    baseline: Baseline,
    chosen: argparse.Namespace,
    language: str,
) -> int:
    """Print the comparison as it was asked for, and write its files; the exit code."""
    names = [name_of(candidate.key, candidate.scenario, language) for candidate in candidates]
    projections = tuple(
        replace(one, scenario=candidate.scenario)
        for one, candidate in zip(comparison.projections, candidates, strict=True)
    )
    comparison = replace(comparison, projections=projections)
    if chosen.json:
        print_json(comparison_document(comparison, names, baseline))
    else:
        say(comparison_answer.in_terminal(comparison, names, baseline, language))
    if not chosen.out:
        return 0
    folder = Path(chosen.out)
    if reason := export.cannot_write(folder, language):
        return export.refuse(folder, reason, language)
    # Charts and slides take half a second to import, which the other commands need not wait for.
    from model.outputs.package import comparison_package
    from model.outputs.story.compared import Compared

    origins = tuple(
        NOWHERE if one.key == BASE else export.origin_of(Path(one.key), one.scenario, baseline, language)
        for one in candidates
    )
    compared = Compared(comparison, tuple(names), 0, baseline, chosen.date, language, origins)
    with progress(language) as tick:
        parts = list(comparison_package.files(compared, tick))
    return export.write(parts, folder, language, complain)


RUNS = {"compare": _compare}
