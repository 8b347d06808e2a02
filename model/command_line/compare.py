"""The command that sets plans side by side: what each gives, who beats whom, and the files of it."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from model.command_line import export
from model.command_line.arguments import WRONG
from model.command_line.scenario_command import TOO_FEW, files, opened, print_json, too_few_in_words
from model.command_line.terminal import complain, say
from model.evidence.baseline import Baseline
from model.outputs.answers.document import Document, envelope, written
from model.outputs.compare import comparison_answer
from model.outputs.compare.comparison import left_out_in_words, name_of
from model.outputs.phrasing.coherence import coherent_comparison
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison
from model.projection.comparison import compare as compare_scenarios
from model.projection.results import TooFewDraws
from model.scenario.comparability import MOST, Candidate, comparison_set


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
    result = comparison_answer.document(comparison, names)
    first = projections[0]
    scenarios = [candidate.scenario for candidate in candidates]
    document = envelope("compare", result, scenarios, baseline, first.draws, first.seed)
    if chosen.json:
        print_json(document)
    else:
        say(comparison_answer.in_terminal(comparison, names, baseline, language))
    if not chosen.out:
        return 0
    folder = Path(chosen.out)
    if reason := export.cannot_write(folder, language):
        return export.refuse(folder, reason, language)
    # Charts and slides take half a second to import, which the other commands need not wait for.
    from model.outputs.package import possible

    builders = _files(comparison, names, baseline, document, chosen, language)
    return export.write(list(possible(builders, language)), folder, language, complain)


def _files(
    comparison: Comparison,
    names: list[str],
    baseline: Baseline,
    document: Document,
    chosen: argparse.Namespace,
    language: str,
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Path and builder of the files of a comparison: table, document, slides, report."""
    from model.outputs.brief.word.word_file import Compared, comparison_file
    from model.outputs.compare.comparison_table import to_csv
    from model.outputs.story.slide_file import slide_file

    yield "comparison.csv", partial(to_csv, comparison, names, 0, chosen.date, language)
    yield "comparison.json", lambda: written(document).encode()
    compared = Compared(comparison, tuple(names), 0, baseline, chosen.date, language)
    yield "slides.pptx", partial(slide_file, compared.story, compared.passport, chosen.date, language)
    yield "report.docx", partial(comparison_file, compared)


RUNS = {"compare": _compare}
