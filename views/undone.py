"""What will not be done (做不完什么): which task falls short where, in which quarter, how likely and by how much."""

from functools import partial

from model import Projection, Scenario, project
from model.baseline import Baseline
from model.outputs import undone_table
from model.outputs.not_done import not_done_in_words
from model.outputs.words import text
from views import answers, session, work


def undone(baseline: Baseline, language: str) -> None:
    scenario = answers.bare(session.scenario())
    found, *_ = answers.answer("undone", scenario, (), partial(_projected, scenario, baseline))
    if found:
        _draw(found, baseline, language)


def _projected(scenario: Scenario, baseline: Baseline, tick: work.Tick) -> Projection:
    return project(scenario, baseline=baseline, draws=answers.DRAWS)


def _draw(found: Projection, baseline: Baseline, language: str) -> None:
    made = answers.Made(found.scenario, found.draws, found.seed)
    kinds = not_done_in_words(found, baseline, language)
    if kinds:
        first, *others = kinds
        answers.said(text("decide.clause", language, head=first.head, body=first.body))
        answers.clauses(others, language)
        table = undone_table.table(found, baseline, language)
        answers.heading(text("decide.undone_title", language))
        answers.table(table, language, "chances")
        answers.download("undone", table, made, language)
    else:
        answers.said(text("not_done.nothing", language))
    answers.notes(text("not_done.how_to_read", language), answers.drawn(made, language))
