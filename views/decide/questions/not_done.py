"""What will not be done (做不完什么): which task falls short where, in which quarter, how likely and by how much."""

from functools import partial

from model import Projection, Scenario, project
from model.evidence.baseline import Baseline
from model.outputs.answers import undone_table
from model.outputs.answers.not_done import not_done_in_words
from model.outputs.words import text
from views.decide.parts import answer_parts
from views.shell.session import session, work


def undone(baseline: Baseline, language: str) -> None:
    scenario = session.scenario().without_texts
    found, *_ = answer_parts.answer("undone", scenario, (), partial(_projected, scenario, baseline))
    if found:
        _draw(found, baseline, language)


def _projected(scenario: Scenario, baseline: Baseline, tick: work.Tick) -> Projection:
    return project(scenario, baseline=baseline, draws=answer_parts.DRAWS)


def _draw(found: Projection, baseline: Baseline, language: str) -> None:
    made = answer_parts.Made(found.scenario, found.draws, found.seed)
    kinds = not_done_in_words(found, baseline, language)
    if kinds:
        first, *others = kinds
        answer_parts.said(text("decide.clause", language, head=first.head, body=first.body))
        answer_parts.clauses(others, language)
        table = undone_table.table(found, baseline, language)
        answer_parts.heading(text("decide.undone_title", language))
        answer_parts.table(table, language, "chances")
        answer_parts.download("undone", table, made, language)
    else:
        answer_parts.said(text("not_done.nothing", language))
    answer_parts.notes(text("not_done.how_to_read", language), answer_parts.drawn(made, language))
