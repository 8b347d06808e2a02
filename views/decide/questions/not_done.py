"""Not done (可能完不成的任务): which task falls short where, in which quarter, how likely and by how much."""

from model import Projection, Scenario, project
from model.evidence.baseline import Baseline
from model.outputs.answers import not_done as words
from views.decide.parts import answer_parts
from views.decide.parts.answer_parts import Origin
from views.shell.session.work import Tick

NAME = "not_done"


def not_done(baseline: Baseline, language: str) -> None:
    """Draw the answer about the current plan."""

    def do(scenario: Scenario, tick: Tick) -> Projection:
        return project(scenario, baseline=baseline, draws=answer_parts.DRAWS)

    if projection := answer_parts.about_current(NAME, do):
        _draw(projection, baseline, language)


def _draw(projection: Projection, baseline: Baseline, language: str) -> None:
    origin = Origin(projection.scenario, projection.draws, projection.seed)
    answer_parts.sentences(words.sentences(projection, baseline, language)[0])
    answer_parts.clauses(words.clauses(projection, baseline, language)[1:], language)
    table = words.table(projection, baseline, language)
    if table.rows:
        answer_parts.heading(table.title)
        answer_parts.table(table, language, "chances")
        answer_parts.download(NAME, table, origin, language)
    answer_parts.notes(words.notes(language), origin, language)
