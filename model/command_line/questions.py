"""The commands that answer a question about a file: project, not-done, explain, stability, ask-first."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from model.command_line.scenario_command import show, with_scenarios
from model.command_line.terminal import progress
from model.evidence.baseline import Baseline
from model.outputs.answers import ask_first, explain, not_done, projection
from model.outputs.answers.document import Document
from model.outputs.phrasing.coherence import coherent, coherent_explanation
from model.outputs.stability import table as stability_table
from model.projection.base_year import BaseYear, base_year_of
from model.projection.explain import Explanation
from model.projection.explain import explain as explain_change
from model.projection.progress import Tick
from model.projection.project import against
from model.projection.stability import stability
from model.projection.unknowns.ask_first import ask
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, MEASURE


@dataclass(frozen=True)
class _Question:
    """A question about a file: the work on its base year, and the answer as JSON and as text."""

    work: Callable[[BaseYear, Scenario, argparse.Namespace, Tick], Any]
    document: Callable[[Any, Scenario, BaseYear], Document]
    in_terminal: Callable[[Any, Scenario, BaseYear, str], str]


def _of_projection(document: Callable, in_terminal: Callable) -> _Question:
    return _Question(
        lambda base, scenario, *_: coherent(against(base, scenario)),
        lambda answer, _, base: document(answer, base),
        lambda answer, _, base, language: in_terminal(answer, base.baseline, language),
    )


def _explanation(base: BaseYear, scenario: Scenario, chosen: argparse.Namespace, tick: Tick) -> Explanation:
    ids = tuple(MEASURE) if chosen.all else HEADLINES
    return coherent_explanation(explain_change(base, scenario, ids, tick=tick))


_QUESTIONS = {
    "project": _of_projection(projection.document, projection.in_terminal),
    "not-done": _of_projection(lambda answer, _: not_done.document(answer), not_done.in_terminal),
    "explain": _Question(_explanation, lambda answer, *_: explain.document(answer), explain.in_terminal),
    "stability": _Question(
        lambda base, scenario, _, tick: stability(base, coherent(against(base, scenario)), tick),
        stability_table.document,
        stability_table.in_terminal,
    ),
    "ask-first": _Question(
        lambda base, scenario, _, tick: ask(base, scenario, tick=tick),
        lambda answer, *_: ask_first.document(answer),
        ask_first.in_terminal,
    ),
}


def _answer(chosen: argparse.Namespace, language: str) -> int:
    def run(scenario: Scenario, baseline: Baseline, language: str) -> int:
        question = _QUESTIONS[chosen.command]
        base = base_year_of(scenario, baseline, chosen.draws, chosen.seed)
        with progress(language) as tick:
            answer = question.work(base, scenario, chosen, tick)
        said = partial(question.in_terminal, answer, scenario, base, language)
        show(chosen, question.document(answer, scenario, base), said, scenario, baseline)
        return 0

    return with_scenarios(chosen, language, run)


RUNS = dict.fromkeys(_QUESTIONS, _answer)
