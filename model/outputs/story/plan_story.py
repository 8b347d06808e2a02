"""The story of a plan: situation, question, decisions, results, limits, and what it asks for.

A scenario without a decision gives the story of the base year.
"""

from collections import Counter
from dataclasses import replace

from model.evidence.baseline import Baseline
from model.force.people import people_by_tier
from model.outputs.answers.answer_table import clause_in_words
from model.outputs.phrasing.numbers import (
    SHARE_UNITS,
    amount,
    change,
    change_in_percent,
    change_span,
    change_unit,
    count,
    span,
    unit_word,
    with_unit,
)
from model.outputs.phrasing.odds import odds_in_words, sureness
from model.outputs.phrasing.sentences import (
    bottlenecks_in_words,
    changes_in_short,
    changes_in_words,
    gains_in_words,
    plan_name,
    with_limits,
)
from model.outputs.phrasing.typesetting import clipped, clipped_name
from model.outputs.stability.sentence import clauses, notes, others, price, sentence
from model.outputs.stability.table import by_kind, span_head
from model.outputs.story.common_slides import (
    GUESSED,
    RESULTS,
    ask_to_check,
    first_to_check,
    limits,
    on_cover,
    rests,
    situation,
    source,
)
from model.outputs.story.layout import fits_headline
from model.outputs.story.marks import Mark, base_mark, headed, marked
from model.outputs.story.plan_limits import binds, missing, months
from model.outputs.story.plan_why import why_slide
from model.outputs.story.story import (
    ANSWER,
    ASK,
    COVER,
    QUESTION,
    STABILITY,
    Figure,
    Look,
    Occasion,
    Question,
    Slide,
    Story,
    Table,
)
from model.outputs.story.story_notes import assumption_note
from model.outputs.story.teller import NAME_EMS, PlanTeller, as_typed, capital
from model.outputs.words import text
from model.projection.results import Paired, Projection
from model.projection.stability import Stability
from model.projection.why.why import Why
from model.scenario.levers import Lever
from model.scenario.scenario import in_language
from model.scenario.settings import settings
from model.year.measures import HEADLINES, MEASURE

MOST_DECISIONS, MOST_MORE = 4, 8
"""Most decisions on the slide that asks for them, and on each page that continues it."""
GUESSES = {
    "option": ((-0.1, "much_less"), (-0.01, "less"), (0.01, "even"), (0.1, "more"), (float("inf"), "much_more")),
    "points": ((-0.05, "much_less"), (-0.01, "less"), (0.01, "even"), (0.05, "more"), (float("inf"), "much_more")),
}
"""The upper end of each answer: of an amount relative to the base year, of a share as a difference."""
CONSTRAINTS = ("field time", "pairing", "investigation", "legal review", "visit cap")
"""What may hold a pool back, in the order of the answers to choose from."""


def plan_story(
    projection: Projection,
    baseline: Baseline,
    language: str,
    stability: Stability | None = None,
    why: Why | None = None,
    occasion: Occasion | None = None,
) -> Story:
    """The slides of a plan in the order of telling.

    Without `stability` or `why` the slide of it only says that it is not worked out.
    """
    teller = PlanTeller(baseline, language, projection)
    question = _question(teller)
    slides = (
        _cover(teller, occasion or Occasion()),
        situation(teller),
        question,
        _answer(teller, question),
        *(_move(teller) if teller.has_decision else ()),
        _gives(teller),
        *((why_slide(teller, why),) if teller.has_decision else ()),
        *((_stability(teller, stability),) if teller.has_decision else ()),
        binds(teller),
        missing(teller),
        months(teller),
        *rests(teller, (projection,)),
        *(_ask(teller) if teller.has_decision else ()),
        limits(teller),
    )
    return Story(_called(teller), slides)


def _called(teller: PlanTeller) -> str:
    """The plan's name; of a plan without one what it decides, of the base year that it is that."""
    scenario, language = teller.projection.scenario, teller.language
    if teller.has_decision and not in_language(scenario.name, language):
        return changes_in_short(scenario, teller.baseline, language, NAME_EMS)
    return clipped_name(plan_name(scenario, language), NAME_EMS)


def _cover(teller: PlanTeller, occasion: Occasion) -> Slide:
    scenario, language = teller.projection.scenario, teller.language
    note = as_typed(in_language(scenario.note, language))
    by = marked(teller.say("by", author=clipped(scenario.author, NAME_EMS)), "set")
    author = (by,) if scenario.author else ()
    return Slide(COVER, _called(teller), note, points=(*on_cover(occasion), *author, source(teller, teller.projection)))


def _question(teller: PlanTeller) -> Slide:
    if teller.has_decision:
        lead = headed(as_typed(changes_in_words(teller.projection.scenario, teller.baseline, teller.language)), "set")
        questions = tuple(_guess(teller, id) for id in RESULTS)
        headline = teller.say("question")
    else:
        lead, questions, headline = "", (_guess_constraint(teller),), teller.say("question_base")
    points, notes = (teller.say("guess_first"),), (teller.say("note_guess"),)
    return Slide(QUESTION, headline, lead, questions=questions, points=points, notes=notes)


def _guess(teller: PlanTeller, id: str) -> Question:
    """The question by how much a measure changes."""
    total, unit = teller.projection.measures[id].total, teller.projection.measures[id].unit
    kind, size = ("points", 1.0) if unit in SHARE_UNITS else ("option", total.base.p50)
    moved = round(total.difference.p50 / size, 9) if size else 0.0
    return Question(
        prompt=with_limits(teller.say(f"ask_{id}"), id, teller.projection.scenario, teller.language),
        options=teller.lettered(teller.say(f"{kind}_{name}") for _, name in GUESSES[kind]),
        right=(next(k for k, (most, _) in enumerate(GUESSES[kind]) if moved <= most),),
        answer=marked(
            teller.say(
                "answer_change", change=_change(teller, total, unit), sure=sureness(total.odds, teller.language)
            ),
            "computed",
        ),
        look=_look(total, id),
    )


def _guess_constraint(teller: PlanTeller) -> Question:
    """The question what holds most pools back in the base year."""
    counts = Counter(pool.scenario for pool in teller.projection.bottlenecks)
    first, pools = counts.most_common(1)[0]
    return Question(
        prompt=teller.say("ask_constraint"),
        options=teller.lettered(map(teller.constraint, CONSTRAINTS)),
        right=(CONSTRAINTS.index(first),),
        answer=marked(teller.say("answer_pools", count=sum(counts.values()), held=pools), "computed"),
    )


def _answer(teller: PlanTeller, question: Slide) -> Slide:
    if teller.has_decision:
        result = _results(teller)
        notes = teller.notes(*RESULTS)
    else:
        result = bottlenecks_in_words(teller.projection, teller.baseline, teller.language)
        notes = teller.notes("utilisation", "case_capacity")
    return replace(
        question,
        id=ANSWER,
        headline=marked(capital(teller.say("answer", result=result)), "computed"),
        points=(),
        notes=notes,
    )


def _move(teller: PlanTeller) -> tuple[Slide, ...]:
    others, language = teller.other_levers, teller.language
    moved, tiers = (*others, *teller.premises), _tier_rows(teller)
    nobody_moves = not (tiers or "staff.moves" in teller.projection.scenario.levers)
    if teller.tier_changes:
        key = ("move_people", "move_people_one")[len(others)] if len(others) < 2 else "move_people_and"
        headline = teller.say(key, moves=teller.moves, count=len(others))
    elif len(others) == 1:
        key = "move_one" if nobody_moves else "lever_one"
        headline = teller.say(key, change=teller.lever_moved(others[0], "plan.lever_moved"))
    else:
        key = "move_some" if nobody_moves else "lever_some"
        headline = teller.say(key if others else "move_none", count=len(others))
    rows = [*tiers, *(_lever_row(teller, lever) for lever in moved)]
    changed = teller.projection.scenario.assumptions
    slide = Slide(
        "move",
        headed(headline, "set"),
        charts=(teller.plan_chart("people"),) if tiers else (),
        points=() if tiers else _reason(teller),
        notes=(
            *(teller.say("note_lever", **teller.setting(one), help=one.help[language].rstrip("。.")) for one in moved),
            *(assumption_note(f"staff_{tier}", teller.baseline, changed, language) for tier in teller.baseline.tiers),
        ),
    )
    return teller.with_table(slide, teller.heads("lever", "base", "plan"), rows)


def _tier_rows(teller: PlanTeller) -> list[tuple[str, ...]]:
    """A row for each tier and one for their sum; none where nobody moves."""
    people = people_by_tier(teller.projection.scenario, teller.baseline)
    if all(before == after for before, after in people.values()):
        return []
    before, after = (sum(heads) for heads in zip(*people.values(), strict=True))
    rows = [
        _people_row(teller, teller.tier(tier), pair, teller.baseline.assumptions[f"staff_{tier}"].mark)
        for tier, pair in people.items()
    ]
    mark: Mark = "reported" if teller.baseline.gives("staff_total") else "derived"
    return [*rows, _people_row(teller, teller.say("all_tiers"), (before, after), mark)]


def _people_row(teller: PlanTeller, name: str, pair: tuple[float, float], mark: Mark) -> tuple[str, ...]:
    """People before and after; on a staff list they are the planner's own figures."""
    own: Mark = "set" if teller.projection.scenario.staff_list else mark
    before, after = (teller.amount(one, "people") for one in pair)
    moved: tuple[Mark, ...] = ("set",) if pair[0] != pair[1] else ()
    return name, marked(before, own), marked(after, *dict.fromkeys((own, *moved)))


def _lever_row(teller: PlanTeller, lever: Lever) -> tuple[str, ...]:
    label, before, after = teller.setting(lever).values()
    if lever in teller.premises:
        label = teller.say("column_premise", label=label)
    return label, headed(before, base_mark(lever, teller.baseline)), headed(after, "set")


def _gives(teller: PlanTeller) -> Slide:
    figures = tuple(_figure(teller, id) for id in HEADLINES)
    if teller.has_decision:
        headline = _gains(teller)
    else:
        visits, cases = (_median(teller, id) for id in GUESSED)
        headline = teller.say("gives_base", visits=visits, cases=cases)
    notes = (text("plan.how_to_read", teller.language), *teller.notes(*HEADLINES))
    return Slide("gives", marked(headline, "computed"), figures=figures, notes=notes)


def _median(teller: PlanTeller, id: str) -> str:
    """A measure's figure under the plan, with its unit."""
    result = teller.projection.measures[id]
    return teller.amount(result.total.scenario.p50, result.unit)


def _results(teller: PlanTeller) -> str:
    """The change of every result, and of problems found where the headline has room for it."""
    full, short = (
        gains_in_words(teller.projection, teller.language, RESULTS, with_problems=which) for which in (True, False)
    )
    longest = marked(teller.say("answer", result=full), "computed")
    return full if fits_headline(longest) else short


def _gains(teller: PlanTeller) -> str:
    """The change of the results; where they do not move, of the other headline figure."""
    none = text("plan.gain_none", teller.language)
    told, all_four = _results(teller), gains_in_words(teller.projection, teller.language)
    return next((gains for gains in (told, all_four) if gains != none), teller.say("gives_nothing"))


def _stability(teller: PlanTeller, answer: Stability | None) -> Slide:
    """Size, sign and what decides the sign, over a row a kind of alternative."""
    if answer is None:
        return Slide(STABILITY, teller.say("stability_later"), notes=(text("stability.about", teller.language),))
    language, id = teller.language, answer.headline or HEADLINES[0]
    kind, verdict = (capital(text(f"stability.column_{column}", language)) for column in ("kind", "verdict"))
    return Slide(
        STABILITY,
        marked(
            capital(sentence(answer, teller.projection.scenario, teller.baseline, language)).rstrip("。."), "computed"
        ),
        table=Table((kind, headed(span_head(id, language), "computed"), verdict), by_kind(answer, id, language)),
        points=tuple(marked(point, "computed") for point in (*others(answer, language), *price(answer, language))),
        notes=(*(clause_in_words(one, language) for one in clauses(answer, language)), *notes(answer, language)),
    )


def _figure(teller: PlanTeller, id: str) -> Figure:
    language, total, unit = teller.language, teller.projection.measures[id].total, teller.projection.measures[id].unit
    before, change, lines = "", "", [teller.say("of_band", span=span(total.scenario, unit, language))]
    if teller.has_decision:
        before, change = amount(total.base.p50, unit), _change(teller, total, unit)
        lines = [
            teller.say("plan_band", span=span(total.scenario, unit, language)),
            teller.say("change_band", span=_change_span(total, unit, language)),
            odds_in_words(total.odds, language, "short"),
        ]
    value = amount(total.scenario.p50, unit)
    unit_and_mark = headed(unit_word(unit, language), "computed")
    change, *lines = (marked(one, "computed") for one in (change, *lines))
    return Figure(id, teller.measure(id), value, unit_and_mark, change, tuple(lines), before, _look(total, id))


def _change_span(total: Paired, unit: str, language: str) -> str:
    """The band of a change, of shares in points, which are no percent."""
    written = change_span(total.difference, unit, language)
    return written if unit != "share" else with_unit(written, change_unit(unit, language), language)


def _look(total: Paired, id: str) -> Look:
    """The look of a measure's change, as it is printed."""
    if change(total.difference.p50, MEASURE[id].unit) == "0":
        return "same"
    return "worse" if total.difference.p50 * MEASURE[id].better < 0 else "change"


def _change(teller: PlanTeller, total: Paired, unit: str) -> str:
    """The change with its unit, and in percent of the base year where it is no share itself."""
    change = teller.change(total.difference.p50, unit)
    if not unit_word(unit, teller.language) or not total.base.p50:
        return change
    relative = change_in_percent(total.difference.p50 / total.base.p50, teller.language)
    return teller.say("relative", change=change, relative=relative)


def _ask(teller: PlanTeller) -> tuple[Slide, ...]:
    """Every decision asked for, the figure to be checked first, and on the first page what it all gives."""
    points = decisions(teller)
    headline = teller.say("ask_plain", count=len(points))
    if first := first_to_check(teller, (teller.projection,)):
        key = ("ask_check", "ask_one", "ask")[min(len(points), 2)]
        headline = teller.say(key, count=len(points), **first)
        points.append(ask_to_check(teller, (teller.projection,)))
    if not points:
        return ()
    figures = tuple(_outcome(teller, id) for id in RESULTS)
    told = (*teller.numbered(points), *(headed(one, "set") for one in teller.premise))
    most = MOST_DECISIONS + 1 if len(told) <= MOST_DECISIONS + 1 else MOST_DECISIONS
    lead, notes = "".join(_reason(teller)), teller.notes(*HEADLINES)
    slide = Slide(ASK, marked(headline, "set"), lead, figures, points=told[:most], notes=notes)
    more = range(most, len(told), MOST_MORE)
    pages = (
        teller.continued(slide, n, len(more) + 1, points=told[at : at + MOST_MORE]) for n, at in enumerate(more, 2)
    )
    return slide, *pages


def _reason(teller: PlanTeller) -> tuple[str, ...]:
    """Why the plan is proposed, if it says so."""
    reason = as_typed(in_language(teller.projection.scenario.reason, teller.language))
    return (marked(teller.say("ask_reason", reason=reason), "set"),) if reason else ()


def decisions(teller: PlanTeller) -> list[str]:
    """Every decision in words, that on people first."""
    moves = [_moves_point(teller)] if teller.tier_changes else []
    changes = (teller.lever_moved(lever, "story.ask_lever") for lever in teller.other_levers)
    return [headed(decision, "set") for decision in (*moves, *changes)]


def _outcome(teller: PlanTeller, id: str) -> Figure:
    """What a headline figure becomes and by how much it changes."""
    measure = teller.projection.measures[id]
    change = teller.change(measure.total.difference.p50, measure.unit)
    return replace(_figure(teller, id), before="", change=marked(change, "computed"), lines=())


def _moves_point(teller: PlanTeller) -> str:
    """The decision on people, with the months in which they arrive."""
    months = settings(teller.projection.scenario.levers, teller.baseline).phase_months
    return teller.say("ask_moves" if months else "ask_moves_now", moves=teller.moves_said, months=count(months))
