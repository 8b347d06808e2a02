"""The story of a plan: situation, question, decisions, results, limits, and what it asks for.

A scenario without a decision gives the story of the base year.
"""

from collections import Counter
from dataclasses import replace

from model.evidence.baseline import TIERS, Baseline
from model.force.people import people_by_tier
from model.outputs.answers.answer_table import clause_in_words
from model.outputs.phrasing.numbers import amount, change_span, count, span, unit_word, with_unit
from model.outputs.phrasing.odds import odds_in_words, sureness
from model.outputs.phrasing.sentences import (
    bottlenecks_in_words,
    changes_in_words,
    gains_in_words,
    plan_name,
)
from model.outputs.phrasing.typesetting import clipped
from model.outputs.stability.sentence import clauses, notes, price, sentence
from model.outputs.stability.table import by_kind, span_head
from model.outputs.story.common_slides import GUESSED, first_to_check, limits, rests, situation, source
from model.outputs.story.plan_limits import binds, missing, months
from model.outputs.story.story import ANSWER, COVER, QUESTION, STABILITY, Figure, Question, Slide, Story, Table
from model.outputs.story.story_notes import assumption_note
from model.outputs.story.teller import NAME_EMS, TEXT_EMS, PlanTeller, capital, signed_percent
from model.outputs.words import text
from model.projection.results import Paired, Projection
from model.projection.stability import Stability
from model.scenario.scenario import in_language
from model.scenario.settings import settings
from model.year.measures import HEADLINES

MOST_DECISIONS = 5
"""Most decisions on the slide that asks for them; the last line counts those left out."""
GUESSES = ((-0.1, "much_less"), (-0.01, "less"), (0.01, "even"), (0.1, "more"), (float("inf"), "much_more"))
"""The upper end of each answer, as a change relative to the base year."""
CONSTRAINTS = ("field time", "pairing", "investigation", "legal review", "visit cap")
"""What may hold a pool back, in the order of the answers to choose from."""


def plan_story(projection: Projection, baseline: Baseline, language: str, stability: Stability | None = None) -> Story:
    """The slides of a plan in the order of telling.

    Without `stability` the slide of it only says that it is not worked out.
    """
    teller = PlanTeller(baseline, language, projection)
    question = _question(teller)
    slides = (
        _cover(teller),
        situation(teller),
        question,
        _answer(teller, question),
        *((_move(teller),) if teller.has_decision else ()),
        _gives(teller),
        *((_stability(teller, stability),) if teller.has_decision else ()),
        binds(teller),
        missing(teller),
        months(teller),
        rests(teller, (projection,)),
        *((_ask(teller),) if teller.has_decision else ()),
        limits(teller),
    )
    return Story(clipped(plan_name(projection.scenario, language), NAME_EMS), slides)


def _cover(teller: PlanTeller) -> Slide:
    scenario, language = teller.projection.scenario, teller.language
    name = clipped(plan_name(teller.projection.scenario, language), NAME_EMS)
    note = clipped(in_language(scenario.note, language), TEXT_EMS)
    author = (teller.say("by", author=clipped(scenario.author, NAME_EMS)),) if scenario.author else ()
    return Slide(COVER, name, note, points=(source(teller, teller.projection), *author))


def _question(teller: PlanTeller) -> Slide:
    if teller.has_decision:
        lead = clipped(changes_in_words(teller.projection.scenario, teller.baseline, teller.language), TEXT_EMS)
        questions = tuple(_guess(teller, id) for id in GUESSED)
        headline = teller.say("question")
    else:
        lead, questions, headline = "", (_guess_constraint(teller),), teller.say("question_base")
    points, notes = (teller.say("guess_first"),), (teller.say("note_guess"),)
    return Slide(QUESTION, headline, lead, questions=questions, points=points, notes=notes)


def _guess(teller: PlanTeller, id: str) -> Question:
    """The question by how much a measure changes."""
    total, unit = teller.projection.measures[id].total, teller.projection.measures[id].unit
    ratio = total.difference.p50 / total.base.p50 if total.base.p50 else 0.0
    return Question(
        prompt=teller.say(f"ask_{id}"),
        options=teller.lettered(teller.say(f"option_{name}") for _, name in GUESSES),
        right=(next(k for k, (most, _) in enumerate(GUESSES) if ratio <= most),),
        answer=teller.say(
            "answer_change", change=_change(teller, total, unit), sure=sureness(total.odds, teller.language)
        ),
    )


def _guess_constraint(teller: PlanTeller) -> Question:
    """The question what holds most pools back in the base year."""
    counts = Counter(pool.scenario for pool in teller.projection.bottlenecks)
    first, pools = counts.most_common(1)[0]
    return Question(
        prompt=teller.say("ask_constraint"),
        options=teller.lettered(map(teller.constraint, CONSTRAINTS)),
        right=(CONSTRAINTS.index(first),),
        answer=teller.say("answer_pools", count=sum(counts.values()), held=pools),
    )


def _answer(teller: PlanTeller, question: Slide) -> Slide:
    if teller.has_decision:
        result = gains_in_words(teller.projection, teller.language, GUESSED)
        notes = teller.notes(*GUESSED)
    else:
        result = bottlenecks_in_words(teller.projection, teller.baseline, teller.language)
        notes = teller.notes("utilisation", "case_capacity")
    return replace(question, id=ANSWER, headline=teller.say("answer", result=result), points=(), notes=notes)


def _move(teller: PlanTeller) -> Slide:
    others, language = teller.other_levers, teller.language
    if teller.tier_changes:
        key = ("move_people", "move_people_one")[len(others)] if len(others) < 2 else "move_people_and"
        headline = teller.say(key, moves=teller.moves, count=len(others))
    elif len(others) == 1:
        headline = teller.say("move_one", change=text("plan.lever_moved", language, **teller.setting(others[0])))
    else:
        headline = teller.say("move_some", count=len(others))
    tiers = _tier_rows(teller)
    rows = [*tiers, *(tuple(teller.setting(lever).values()) for lever in others)]
    changed = teller.projection.scenario.assumptions
    return Slide(
        "move",
        headline,
        charts=(teller.plan_chart("people"),) if tiers else (),
        table=teller.lever_table(teller.heads("lever", "base", "plan"), rows),
        notes=(
            *(teller.say("note_lever", **teller.setting(one), help=one.help[language].rstrip("。.")) for one in others),
            *(assumption_note(f"staff_{tier}", teller.baseline, changed, language) for tier in TIERS),
        ),
    )


def _tier_rows(teller: PlanTeller) -> list[tuple[str, ...]]:
    """A row for each tier whose people change, and one for the sum of all tiers; none where nobody moves."""
    people = people_by_tier(teller.projection.scenario, teller.baseline)
    changes = {teller.tier(tier): pair for tier, pair in people.items() if pair[0] != pair[1]}
    if changes:
        before, after = zip(*people.values(), strict=True)
        changes[teller.say("all_tiers")] = sum(before), sum(after)
    return [(name, *(teller.amount(one, "people") for one in pair)) for name, pair in changes.items()]


def _gives(teller: PlanTeller) -> Slide:
    figures = tuple(_figure(teller, id) for id in HEADLINES)
    if teller.has_decision:
        headline = _gains(teller)
    else:
        visits, cases = (with_unit(one.value, one.unit, teller.language) for one in figures if one.id in GUESSED)
        headline = teller.say("gives_base", visits=visits, cases=cases)
    notes = (text("plan.how_to_read", teller.language), *teller.notes(*HEADLINES))
    return Slide("gives", headline, figures=figures, notes=notes)


def _gains(teller: PlanTeller) -> str:
    """The change of visits and cases; where they do not move, of the other headline figures."""
    none = text("plan.gain_none", teller.language)
    both, all_four = (gains_in_words(teller.projection, teller.language, ids) for ids in (GUESSED, HEADLINES))
    return next((gains for gains in (both, all_four) if gains != none), teller.say("gives_nothing"))


def _stability(teller: PlanTeller, answer: Stability | None) -> Slide:
    """Size, sign and what decides the sign, over a row a kind of alternative."""
    if answer is None:
        return Slide(STABILITY, teller.say("stability_later"), notes=(text("stability.about", teller.language),))
    language, id = teller.language, answer.headline or HEADLINES[0]
    kind, verdict = (capital(text(f"stability.column_{column}", language)) for column in ("kind", "verdict"))
    return Slide(
        STABILITY,
        capital(sentence(answer, teller.projection.scenario, teller.baseline, language)).rstrip("。."),
        table=Table((kind, span_head(id, language), verdict), by_kind(answer, id, language)),
        points=tuple(price(answer, language)),
        notes=(*(clause_in_words(one, language) for one in clauses(answer, language)), *notes(answer, language)),
    )


def _figure(teller: PlanTeller, id: str) -> Figure:
    language, total, unit = teller.language, teller.projection.measures[id].total, teller.projection.measures[id].unit
    change, lines = "", [teller.say("of_band", span=span(total.scenario, unit, language))]
    if teller.has_decision:
        change = _change(teller, total, unit)
        lines = [
            teller.say("was", value=teller.amount(total.base.p50, unit)),
            teller.say("plan_band", span=span(total.scenario, unit, language)),
            teller.say("change_band", span=change_span(total.difference, unit, language)),
            odds_in_words(total.odds, language, "short"),
        ]
    value = amount(total.scenario.p50, unit)
    return Figure(id, teller.measure(id), value, unit_word(unit, language), change, tuple(lines))


def _change(teller: PlanTeller, total: Paired, unit: str) -> str:
    """The change with its unit, and in percent of the base year where it is no share itself."""
    change = teller.change(total.difference.p50, unit)
    if not unit_word(unit, teller.language) or not total.base.p50:
        return change
    return teller.say("relative", change=change, relative=signed_percent(total.difference.p50 / total.base.p50))


def _ask(teller: PlanTeller) -> Slide:
    """The decisions asked for, and the figure to be checked first."""
    moves = [_moves_point(teller)] if teller.tier_changes else []
    decisions = [*moves, *(teller.say("ask_lever", **teller.setting(lever)) for lever in teller.other_levers)]
    points, number = decisions, len(decisions)
    if number > MOST_DECISIONS:
        points = [*decisions[: MOST_DECISIONS - 1], teller.say("ask_more", count=number - MOST_DECISIONS + 1)]
    headline = teller.say("ask_plain", count=number)
    if first := first_to_check(teller, (teller.projection,)):
        headline = teller.say("ask" if number > 1 else "ask_one", count=number, **first)
        points = [*points, teller.say("ask_verify", **first)]
    reason = clipped(in_language(teller.projection.scenario.reason, teller.language), TEXT_EMS)
    lead = teller.say("ask_reason", reason=reason) if reason else ""
    return Slide("ask", headline, lead, points=teller.numbered(points), notes=teller.notes(*HEADLINES))


def _moves_point(teller: PlanTeller) -> str:
    """The decision on people, with the months in which they arrive."""
    months = settings(teller.projection.scenario.levers, teller.baseline).phase_months
    return teller.say("ask_moves" if months else "ask_moves_now", moves=teller.moves, months=count(months))
