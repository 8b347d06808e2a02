"""The story of a comparison: who is compared, a question, the measures side by side, who beats whom, what differs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.evidence.baseline import Baseline
from model.outputs.compare import comparison_charts
from model.outputs.compare.comparison import (
    BETTER,
    LETTERS,
    cautions_in_words,
    difference_in_words,
    duels_in_words,
    lever_value,
    measure_name,
    scenario_in_words,
    verdict,
)
from model.outputs.phrasing.numbers import amount, count, unit_word, with_unit
from model.outputs.phrasing.sentences import of_hundred
from model.outputs.phrasing.typesetting import clipped
from model.outputs.story.plan_limits import limits, rests, strongest
from model.outputs.story.plan_story import ASKED, about, situation
from model.outputs.story.story import ANSWER, QUESTION, Chart, Question, Slide, Story, Table
from model.outputs.story.story_notes import range_with_unit
from model.outputs.story.told import MOST_ROWS, capital, lettered
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.projection.results import Projection
from model.scenario.levers import levers
from model.year.measures import HEADLINES

ROW_EMS, COLUMNS_EMS, SAID_EMS = 18, 72, 600
"""How much of a plan's name stands in a row; of all names together over the columns; of all sentences together."""


@dataclass(frozen=True)
class Compared:
    """A comparison with the names of its plans and the place of the one the others are set against."""

    comparison: Comparison
    names: Sequence[str]
    reference: int
    baseline: Baseline
    language: str

    def say(self, key: str, **values: object) -> str:
        return text(f"story.{key}", self.language, **values)

    @property
    def places(self) -> range:
        return range(len(self.names))

    @property
    def short(self) -> float:
        """Ems of a name over one of as many columns as there are plans."""
        return COLUMNS_EMS / len(self.names)

    def name(self, place: int, ems: float) -> str:
        """The letter, and as much of the name as there is room for."""
        return self.say("name_letter", letter=LETTERS[place], name=clipped(self.names[place], ems))

    def measure(self, id: str) -> str:
        return measure_name(id, self.comparison.projections, self.language)

    def value(self, place: int, id: str) -> str:
        measure = self.comparison.projections[place].measures[id]
        number = amount(measure.total.scenario.p50, measure.unit)
        return with_unit(number, unit_word(measure.unit, self.language), self.language)

    def leads(self, id: str) -> str:
        return duels_in_words(self.comparison, id, self.measure(id), self.language)

    @property
    def decided(self) -> tuple[Projection, ...]:
        """The plans that decide anything: what their differences rest on is what matters."""
        plans = self.comparison.projections
        return tuple(plan for plan in plans if plan.scenario.levers) or plans[:1]

    @property
    def notes(self) -> tuple[str, ...]:
        """What every plan changes and gives, by its letter."""
        return tuple(
            self.say(
                "note_letter",
                letter=LETTERS[place],
                name=clipped(self.names[place], 300),
                said=scenario_in_words(projection, self.baseline, self.language),
            )
            for place, projection in enumerate(self.comparison.projections)
        )


def comparison_story(
    comparison: Comparison, names: Sequence[str], reference: int, baseline: Baseline, language: str
) -> Story:
    """The slides of a comparison in the order in which they are told. `names` in the order of the comparison, text that
    anybody may have written; `reference` the place of the plan that the others are set against."""
    told = Compared(comparison, names, reference, baseline, language)
    question = _question(told)
    slides = (
        _cover(told),
        situation(baseline, language),
        _who(told),
        question,
        _answer(told, question),
        _side(told),
        _bands(told),
        _beats(told),
        _differs(told),
        rests(told.decided, baseline, language),
        _ask(told),
        limits(language),
    )
    return Story(told.say("compared", count=len(names)), slides)


def _cover(told: Compared) -> Slide:
    names = text("plan.list_semicolon", told.language).join(told.name(place, ROW_EMS) for place in told.places)
    points = (about(told.comparison.projections[0], told.baseline, told.language),)
    return Slide("cover", told.say("compared", count=len(told.names)), names, points=points)


def _who(told: Compared) -> Slide:
    rows = tuple(
        (
            told.name(place, ROW_EMS),
            clipped(scenario_in_words(projection, told.baseline, told.language), SAID_EMS / len(told.names)),
        )
        for place, projection in enumerate(told.comparison.projections)
    )
    table = Table((told.say("column_name"), told.say("column_said")), rows)
    cautions = tuple(cautions_in_words(told.comparison, told.baseline, told.language))
    return Slide("who", told.say("who", count=len(told.names)), table=table, points=cautions[:2], notes=told.notes)


def _question(told: Compared) -> Slide:
    names = [clipped(name, told.short) for name in told.names]
    questions = tuple(
        Question(
            prompt=told.say("ask_most", measure=told.measure(id)),
            options=lettered(names, told.language),
            right=_leaders(told, id),
            answer=told.leads(id),
        )
        for id in ASKED
    )
    points, notes = (told.say("guess_first"),), (told.say("note_guess"),)
    return Slide(QUESTION, told.say("question_compared"), questions=questions, points=points, notes=notes)


def _leaders(told: Compared, id: str) -> tuple[int, ...]:
    """The plan that beats all others in more draws than it is beaten, if there is one."""
    duels = told.comparison.duels[id]["total"]
    return tuple(i for i in told.places if all(duels[i, j].beats > duels[j, i].beats for j in told.places if j != i))


def _leader(told: Compared, id: str) -> str:
    leaders = _leaders(told, id)
    letter = "".join(LETTERS[place] for place in leaders)
    return told.say("leads" if leaders else "leads_none", measure=told.measure(id), letter=letter)


def _answer(told: Compared, question: Slide) -> Slide:
    said = text("plan.list_semicolon", told.language).join(_leader(told, id) for id in ASKED)
    headline = told.say("answer", said=said)
    return replace(question, id=ANSWER, headline=headline, points=(), notes=_duel_notes(told, ASKED))


def _duel_notes(told: Compared, ids: Sequence[str]) -> tuple[str, ...]:
    others = [place for place in told.places if place != told.reference]
    return tuple(
        told.say(
            "note_duel",
            measure=told.measure(id),
            row=LETTERS[place],
            column=LETTERS[told.reference],
            difference="".join(difference_in_words(duel, _unit(told, id), told.language)),
            wins=of_hundred(duel.beats),
        )
        for id in ids
        for place in others
        for duel in [told.comparison.duels[id]["total"][place, told.reference]]
    )


def _unit(told: Compared, id: str) -> str:
    return told.comparison.projections[0].measures[id].unit


def _side(told: Compared) -> Slide:
    """The headline figures of every plan, each with the verdict of the draws against the reference."""
    rows = tuple((told.measure(id), *(_cell(told, id, place) for place in told.places)) for id in HEADLINES)
    head = (text("compare.figures", told.language), *(told.name(place, told.short) for place in told.places))
    return Slide(
        "side",
        told.say("side", letter=LETTERS[told.reference]),
        table=Table(head, rows),
        points=(text("plan.how_to_read", told.language),),
        notes=(*told.notes, *_duel_notes(told, HEADLINES)),
    )


def _cell(told: Compared, id: str, place: int) -> str:
    value = told.value(place, id)
    if place == told.reference:
        return f"{value}\n{told.say('is_reference')}"
    duels = told.comparison.duels[id]["total"]
    found = verdict(duels[place, told.reference], duels[told.reference, place], BETTER[id], told.language)
    return f"{value}\n{found.head}{found.said}"


def _bands(told: Compared) -> Slide:
    names = [told.name(place, ROW_EMS) for place in told.places]
    kinds = ["scenario" if projection.scenario.levers else "base" for projection in told.comparison.projections]
    charts = tuple(
        Chart(
            name="percent" if comparison_charts.in_percent(id, told.comparison) else "plain",
            title=told.say(
                "chart_title", title=told.measure(id), unit=unit_word(_unit(told, id), told.language) or "%"
            ),
            alt=text("compare.chart_alt", told.language, measure=told.measure(id)),
            rows=tuple(comparison_charts.data(id, told.comparison, names, kinds, told.reference).to_dict("records")),
        )
        for id in ASKED
    )
    return Slide("bands", told.say("bands"), charts=charts, notes=_duel_notes(told, ASKED))


def _beats(told: Compared) -> Slide:
    """Of the first measure all duels, of all who leads."""
    first = HEADLINES[0]
    duels = told.comparison.duels[first]["total"]
    rows = tuple(
        (
            told.name(row, ROW_EMS),
            *("·" if row == column else str(of_hundred(duels[row, column].beats)) for column in told.places),
        )
        for row in told.places
    )
    head = (told.say("beats_table", measure=told.measure(first)), *(LETTERS[place] for place in told.places))
    points = tuple(told.leads(id) for id in HEADLINES)
    notes = _duel_notes(told, HEADLINES)
    return Slide("beats", capital(_leader(told, first)), table=Table(head, rows), points=points, notes=notes)


def _differs(told: Compared) -> Slide:
    table, language = levers(told.baseline), told.language
    differing = told.comparison.differing
    if not differing:
        return Slide("differs", told.say("differs_none"))
    rows = [
        (table[id].label[language], *(lever_value(table[id], value, language) for value in values))
        for id, values in differing.items()
    ]
    more = ()
    if len(rows) > MOST_ROWS:
        blank = ("",) * len(told.names)
        more, rows = ((told.say("more_levers", count=len(rows) - MOST_ROWS + 1), *blank),), rows[: MOST_ROWS - 1]
    head = (told.say("column_lever"), *(told.name(place, told.short) for place in told.places))
    headline = told.say("differs", count=len(differing))
    return Slide("differs", headline, table=Table(head, (*rows, *more)), notes=told.notes)


def _ask(told: Compared) -> Slide:
    points = [told.leads(id) for id in HEADLINES]
    changed = told.comparison.projections[0].scenario.assumptions
    for first in [*strongest(told.decided)][:1]:
        label = told.baseline.assumptions[first].label[told.language]
        assumed = range_with_unit(first, told.baseline, changed, told.language)
        points.append(told.say("ask_verify", label=label, range=assumed))
    numbered = tuple(told.say("numbered", n=n, point=point) for n, point in enumerate(points, 1))
    headline = told.say("ask_choice", count=count(len(told.names)))
    return Slide("ask", headline, points=numbered, notes=(*told.notes, *_duel_notes(told, HEADLINES)))
