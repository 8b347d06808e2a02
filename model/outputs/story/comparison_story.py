"""The story of a comparison: its plans, a question, the measures side by side, duels, differences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.evidence.baseline import Baseline
from model.outputs.compare import comparison_charts
from model.outputs.compare.comparison import (
    LETTERS,
    cautions_in_words,
    choice_in_words,
    difference_in_words,
    duels_in_words,
    lever_cautions,
    lever_value,
    measure_name,
    scenario_in_words,
    standing,
    verdict,
)
from model.outputs.phrasing.numbers import count, unit_word
from model.outputs.phrasing.odds import odds_in_words, parts_in_words
from model.outputs.phrasing.sentences import PREMISES
from model.outputs.phrasing.typesetting import clipped, first_clauses
from model.outputs.story.common_slides import GUESSED, ask_to_check, limits, on_cover, rests, situation, source
from model.outputs.story.marks import Mark, headed, marked
from model.outputs.story.story import ANSWER, COVER, QUESTION, Chart, Occasion, Question, Slide, Story, Table
from model.outputs.story.teller import Teller, capital
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.projection.results import Projection
from model.scenario.levers import Lever, levers
from model.year.measures import HEADLINES, MEASURE

ROW_EMS, COLUMN_EMS, CONTENT_EMS, NOTE_EMS = 18, 30, 400, 300
"""Most ems of a plan's name in a row and over a column, of what it changes and gives, of a name in notes."""


@dataclass(frozen=True)
class ComparisonTeller(Teller):
    """The teller of a comparison, with the names of its plans and the place of the reference among them."""

    comparison: Comparison
    names: Sequence[str]
    reference: int

    @property
    def places(self) -> range:
        """The places of the plans, from 0."""
        return range(len(self.names))

    @property
    def kinds(self) -> list[str]:
        """Whether each plan moves a lever or is the base year, as charts tell them apart."""
        return ["scenario" if projection.scenario.levers else "base" for projection in self.comparison.projections]

    def name(self, place: int, ems: float) -> str:
        """The letter of a plan, and as much of its name as there is room for."""
        return self.say("name_letter", letter=LETTERS[place], name=clipped(self.names[place], ems))

    def heads_of_plans(self, first: str, *marks: Mark) -> tuple[str, ...]:
        """The heads of a table with a column for each plan behind the `first`, and the marks of its figures."""
        return (first, *(headed(self.name(place, COLUMN_EMS), *marks) for place in self.places))

    def measure(self, id: str) -> str:
        """The name of a measure, with the limit that it counts by."""
        return measure_name(id, self.comparison.projections, self.language)

    def unit(self, id: str) -> str:
        """The unit of a measure."""
        return self.comparison.projections[0].measures[id].unit

    def median(self, place: int, id: str) -> str:
        """The median of a measure under one plan, with its unit."""
        total = self.comparison.projections[place].measures[id].total
        return self.amount(total.scenario.p50, self.unit(id))

    def duels(self, id: str) -> str:
        """The sentence that says which plans lead on a measure."""
        return marked(duels_in_words(self.comparison, id, self.measure(id), self.language), "computed")

    @property
    def decided(self) -> tuple[Projection, ...]:
        """The plans that move a lever, whose assumptions the differences rest on; else the first plan."""
        plans = self.comparison.projections
        return tuple(plan for plan in plans if plan.scenario.levers) or plans[:1]

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The name of each plan, and in whole what it changes and gives."""
        return tuple(
            (self.name(place, ROW_EMS), scenario_in_words(projection, self.baseline, self.language))
            for place, projection in enumerate(self.comparison.projections)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """A note for each plan, by its letter: what it changes and gives."""
        return tuple(
            self.say(
                "note_letter",
                letter=LETTERS[place],
                name=clipped(self.names[place], NOTE_EMS),
                content=scenario_in_words(projection, self.baseline, self.language),
            )
            for place, projection in enumerate(self.comparison.projections)
        )


def comparison_story(
    comparison: Comparison,
    names: Sequence[str],
    reference: int,
    baseline: Baseline,
    language: str,
    occasion: Occasion | None = None,
) -> Story:
    """The slides of a comparison in the order of telling.

    `names` are typed texts in the order of the comparison; `reference` is the place of the plan that the others are
    set against.
    """
    teller = ComparisonTeller(baseline, language, comparison, names, reference)
    question = _question(teller)
    slides = (
        _cover(teller, occasion or Occasion()),
        situation(teller),
        *_who(teller),
        question,
        _answer(teller, question),
        _side(teller),
        _bands(teller),
        _beats(teller),
        *_differs(teller),
        *rests(teller, teller.decided),
        _ask(teller),
        limits(teller),
    )
    return Story(teller.say("compared", count=len(names)), slides)


def _cover(teller: ComparisonTeller, occasion: Occasion) -> Slide:
    names = text("plan.list_semicolon", teller.language).join(teller.name(place, ROW_EMS) for place in teller.places)
    points = (*on_cover(occasion), source(teller, *teller.comparison.projections))
    return Slide(COVER, teller.say("compared", count=len(teller.names)), names, points=points)


def _who(teller: ComparisonTeller) -> tuple[Slide, ...]:
    rows = [(name, first_clauses(content, CONTENT_EMS)) for name, content in teller.contents]
    cautions = cautions_in_words(teller.comparison, teller.baseline, teller.language)
    slide = Slide(
        "who",
        marked(teller.say("who", count=len(teller.names)), "set"),
        points=tuple(marked(caution, "computed") for caution in cautions[:2]),
        notes=teller.notes,
    )
    return teller.with_long_rows(slide, teller.heads("name", "content", marks=("set", "computed")), rows)


def _question(teller: ComparisonTeller) -> Slide:
    names = [clipped(name, COLUMN_EMS) for name in teller.names]
    questions = tuple(
        Question(
            prompt=teller.say("ask_most", measure=teller.measure(id)),
            options=teller.lettered(names),
            right=_leaders(teller, id),
            answer=teller.duels(id),
        )
        for id in GUESSED
    )
    points, notes = (teller.say("guess_first"),), (teller.say("note_guess"),)
    return Slide(QUESTION, teller.say("question_compared"), questions=questions, points=points, notes=notes)


def _leaders(teller: ComparisonTeller, id: str) -> tuple[int, ...]:
    """The place of the plan that leads all others, if there is one."""
    kind, first = standing(teller.comparison, id)
    return (first,) if kind == "leads" else ()


def _leader(teller: ComparisonTeller, id: str) -> str:
    kind, first = standing(teller.comparison, id)
    key = "leads" if kind == "leads" else f"leads_{kind}"
    return teller.say(key, measure=teller.measure(id), letter=LETTERS[first])


def _answer(teller: ComparisonTeller, question: Slide) -> Slide:
    result = text("plan.list_semicolon", teller.language).join(_leader(teller, id) for id in GUESSED)
    headline = marked(capital(teller.say("answer", result=result)), "computed")
    return replace(question, id=ANSWER, headline=headline, points=(), notes=_duel_notes(teller, GUESSED))


def _duel_notes(teller: ComparisonTeller, ids: Sequence[str]) -> tuple[str, ...]:
    """A note for each measure and plan but the reference: the difference and the odds."""
    others = [place for place in teller.places if place != teller.reference]
    return tuple(
        teller.say(
            "note_duel",
            measure=teller.measure(id),
            row=LETTERS[place],
            column=LETTERS[teller.reference],
            difference="".join(difference_in_words(duel, teller.unit(id), teller.language)),
            odds=odds_in_words(duel.odds, teller.language, better=MEASURE[id].better),
        )
        for id in ids
        for place in others
        for duel in [teller.comparison.duels[id]["total"][place, teller.reference]]
    )


def _side(teller: ComparisonTeller) -> Slide:
    """The headline figures of every plan, each with the verdict of the draws against the reference."""
    rows = tuple((teller.measure(id), *(_cell(teller, id, place) for place in teller.places)) for id in HEADLINES)
    days = lever_cautions(teller.comparison, teller.baseline, teller.language, ("decision_limit",))
    return Slide(
        "side",
        marked(
            teller.say("side", letter=LETTERS[teller.reference], odds=text("odds.head", teller.language)), "computed"
        ),
        table=Table(teller.heads_of_plans(text("compare.figures", teller.language), "computed"), rows),
        points=tuple(marked(one, "computed") for one in (*days, text("plan.how_to_read", teller.language))),
        notes=(*teller.notes, *_duel_notes(teller, HEADLINES)),
    )


def _cell(teller: ComparisonTeller, id: str, place: int) -> str:
    median = teller.median(place, id)
    if place == teller.reference:
        return f"{median}\n{teller.say('is_reference')}"
    duel = teller.comparison.duels[id]["total"][place, teller.reference]
    against = verdict(duel.odds, MEASURE[id].better, teller.language, "cell")
    return f"{median}\n{against.head}{against.counts}"


def _bands(teller: ComparisonTeller) -> Slide:
    charts = tuple(_band_chart(teller, id) for id in GUESSED)
    return Slide("bands", marked(teller.say("bands"), "computed"), charts=charts, notes=_duel_notes(teller, GUESSED))


def _band_chart(teller: ComparisonTeller, id: str) -> Chart:
    """Median and band of a measure, a row for each plan."""
    comparison, language = teller.comparison, teller.language
    names = [teller.name(place, ROW_EMS) for place in teller.places]
    return teller.chart(
        "percent" if comparison_charts.in_percent(id) else "plain",
        teller.chart_title(teller.measure(id), unit_word(teller.unit(id), language) or "%"),
        text("compare.chart_alt", language, measure=teller.measure(id)),
        comparison_charts.data(id, comparison, names, teller.kinds, teller.reference),
        "computed",
    )


def _beats(teller: ComparisonTeller) -> Slide:
    """All duels of the first measure, and the leaders of every headline measure."""
    first = HEADLINES[0]
    duels = teller.comparison.duels[first]["total"]
    rows = tuple(
        (
            teller.name(row, ROW_EMS),
            *(
                "·" if row == column else parts_in_words(duels[row, column].odds, teller.language, "cell")
                for column in teller.places
            ),
        )
        for row in teller.places
    )
    title = teller.say("beats_table", measure=teller.measure(first), odds=text("odds.head", teller.language))
    head = (title, *(headed(LETTERS[place], "computed") for place in teller.places))
    points = tuple(teller.duels(id) for id in HEADLINES)
    notes = _duel_notes(teller, HEADLINES)
    return Slide(
        "beats",
        marked(capital(_leader(teller, first)), "computed"),
        table=Table(head, rows),
        points=points,
        notes=notes,
    )


def _differs(teller: ComparisonTeller) -> tuple[Slide, ...]:
    table, differing = levers(teller.baseline), teller.comparison.differing
    if not differing:
        return (Slide("differs", teller.say("differs_none")),)
    rows = [
        (_label(teller, table[id]), *(lever_value(table[id], value, teller.language) for value in values))
        for id, values in differing.items()
    ]
    decided = {"people" if id.startswith("staff.change.") else id for id in differing if id not in PREMISES}
    words = teller.say("differs", count=len(decided)) if decided else teller.say("differs_premise")
    slide = Slide("differs", marked(words, "set"), notes=teller.notes)
    return teller.with_table(slide, teller.heads_of_plans(teller.say("column_lever"), "set"), rows)


def _label(teller: ComparisonTeller, lever: Lever) -> str:
    label = lever.label[teller.language]
    return teller.say("column_premise", label=label) if lever.id in PREMISES else label


def _ask(teller: ComparisonTeller) -> Slide:
    points = [teller.duels(id) for id in HEADLINES]
    if asked := ask_to_check(teller, teller.decided):
        points.append(asked)
    headline = marked(teller.say("ask_choice", count=count(len(teller.names))), "set")
    notes = (choice_in_words(teller.comparison, teller.language), *teller.notes, *_duel_notes(teller, HEADLINES))
    return Slide("ask", headline, points=teller.numbered(points), notes=notes)
