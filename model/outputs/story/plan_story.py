"""The story of a plan: the situation, a question, what is moved, what it gives and how sure, what it costs, what is
asked for. Without a decision it tells the base year."""

from collections import Counter
from dataclasses import replace

from model.evidence.baseline import TIERS, Baseline
from model.outputs.handout.passport import plan_name
from model.outputs.handout.people import people_by_tier
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import (
    amount,
    bare_setting,
    change,
    change_span,
    change_unit,
    count,
    span,
    unit_word,
    with_unit,
)
from model.outputs.phrasing.sentences import (
    bottlenecks_in_words,
    changes_in_words,
    gains_in_words,
    of_hundred,
    sureness,
)
from model.outputs.phrasing.typesetting import clipped
from model.outputs.story.plan_limits import binds, limits, missing, months, rests, strongest
from model.outputs.story.story import ANSWER, QUESTION, Figure, Question, Slide, Story, Table
from model.outputs.story.story_notes import assumption_note, quote, range_with_unit, reported_notes
from model.outputs.story.told import MOST_ROWS, NAME_EMS, TEXT_EMS, Told, constraint, lettered, signed_percent
from model.outputs.words import text
from model.projection.results import Paired, Projection
from model.scenario.levers import levers
from model.scenario.scenario import in_language
from model.year.measures import HEADLINES

MOST_ASKED = 5
ASKED = ("visits", "case_capacity")
"""The measures whose change the audience guesses."""
GUESSES = ((-0.1, "much_less"), (-0.01, "less"), (0.01, "even"), (0.1, "more"), (float("inf"), "much_more"))
"""The upper end of each answer, relative to the base year."""
REPORTED = ("staff_total", "frontline_total", "bodies_total", "cases_total", "offsite_checks", "offsite_problems")


def plan_story(projection: Projection, baseline: Baseline, language: str) -> Story:
    """The slides of a plan in the order in which they are told."""
    told = Told(projection, baseline, language)
    question = _question(told)
    decided = (_move(told),) if told.decided else ()
    asked = (_ask(told),) if told.decided else ()
    slides = (
        _cover(told),
        situation(baseline, language),
        question,
        _answer(told, question),
        *decided,
        _gives(told),
        binds(told),
        missing(told),
        months(told),
        rests((projection,), baseline, language),
        *asked,
        limits(language),
    )
    return Story(clipped(plan_name(projection, language), NAME_EMS), slides)


def _cover(told: Told) -> Slide:
    scenario, language = told.projection.scenario, told.language
    name = clipped(plan_name(told.projection, language), NAME_EMS)
    note = clipped(in_language(scenario.note, language), TEXT_EMS)
    author = told.say("by", author=clipped(scenario.author, NAME_EMS)) if scenario.author else ""
    points = (about(told.projection, told.baseline, language), author)
    return Slide("cover", name, note, points=tuple(filter(None, points)))


def about(projection: Projection, baseline: Baseline, language: str) -> str:
    return text(
        "story.about",
        language,
        baseline=baseline.name[language],
        rules=bare_setting(levers(baseline)["rules"], projection.rules, language),
        kept=count(projection.draws.kept),
        drawn=count(projection.draws.drawn),
    )


def situation(baseline: Baseline, language: str) -> Slide:
    """The report's own figures, each beside the sentence it stands in."""
    reported = baseline.reported
    beside = {
        "frontline_total": text(
            "story.share_of_staff", language, share=f"{reported('frontline_total') / reported('staff_total'):.2%}"
        ),
        "bodies_total": text("story.merged", language, merged=count(reported("bodies_merged"))),
    }
    figures = tuple(
        Figure(
            id=figure.id,
            label=figure.label[language],
            value=count(figure.value),
            unit=word("unit", figure.unit, language),
            change=beside.get(figure.id, ""),
            lines=(text("story.quoted", language, quote=quote(figure, baseline)),),
        )
        for figure in (baseline.report[id] for id in REPORTED)
    )
    headline = text(
        "story.situation",
        language,
        staff=count(reported("staff_total")),
        bodies=count(reported("bodies_total")),
        cases=count(reported("cases_total")),
        years=f"{baseline.cases_window_years:.1f}",
    )
    points = (text("story.source", language, source=baseline.source[language]), text("story.not_told", language))
    notes = reported_notes((*REPORTED, "bodies_merged"), baseline, language)
    return Slide("situation", headline, figures=figures, points=points, notes=notes)


def _question(told: Told) -> Slide:
    if told.decided:
        lead = clipped(changes_in_words(told.projection.scenario, told.baseline, told.language), TEXT_EMS)
        questions = tuple(_guess(told, id) for id in ASKED)
        headline = told.say("question")
    else:
        lead, questions, headline = "", (_guess_constraint(told),), told.say("question_base")
    points, notes = (told.say("guess_first"),), (told.say("note_guess"),)
    return Slide(QUESTION, headline, lead, questions=questions, points=points, notes=notes)


def _guess(told: Told, id: str) -> Question:
    total, unit = told.projection.measures[id].total, told.projection.measures[id].unit
    ratio = total.difference.p50 / total.base.p50 if total.base.p50 else 0.0
    written = with_unit(change(total.difference.p50, unit), unit_word(unit, told.language), told.language)
    return Question(
        prompt=told.say(f"ask_{id}"),
        options=lettered((told.say(f"option_{name}") for _, name in GUESSES), told.language),
        right=(next(k for k, (most, _) in enumerate(GUESSES) if ratio <= most),),
        answer=told.say(
            "answer_change", change=written, relative=signed_percent(ratio), sure=sureness(total, told.language)
        ),
    )


def _guess_constraint(told: Told) -> Question:
    """Of the base year: what binds in most pools."""
    names = ("field time", "pairing", "investigation", "legal review", "visit cap")
    held = Counter(pool.scenario for pool in told.projection.bottlenecks)
    first, pools = held.most_common(1)[0]
    return Question(
        prompt=told.say("ask_constraint"),
        options=lettered((constraint(name, told.language) for name in names), told.language),
        right=(names.index(first),),
        answer=told.say("answer_pools", count=sum(held.values()), held=pools),
    )


def _answer(told: Told, question: Slide) -> Slide:
    if told.decided:
        headline = told.say("answer", said=gains_in_words(told.projection, told.language, ASKED))
        notes = told.notes(*ASKED)
    else:
        headline = told.say("answer_base", said=bottlenecks_in_words(told.projection, told.baseline, told.language))
        notes = told.notes("utilisation", "case_capacity")
    return replace(question, id=ANSWER, headline=headline, points=(), notes=notes)


def _move(told: Told) -> Slide:
    others = told.turned
    if told.moved:
        key = ("move_people", "move_people_one")[len(others)] if len(others) < 2 else "move_people_and"
        headline = told.say(key, moves=told.moves, count=len(others))
    elif len(others) == 1:
        said = told.settings(others[0])
        headline = told.say("move_one", change=text("plan.lever_moved", told.language, **said))
    else:
        headline = told.say("move_some", count=len(others))
    tiers = _tier_rows(told)
    rows = [*tiers, *(tuple(told.settings(lever).values()) for lever in others)]
    more = ()
    if len(rows) > MOST_ROWS:
        more = ((told.say("more_levers", count=len(rows) - MOST_ROWS + 1), "", ""),)
        rows = rows[: MOST_ROWS - 1]
    table = Table(tuple(told.say(f"column_{column}") for column in ("lever", "base", "plan")), (*rows, *more))
    meaning = [
        told.say("note_lever", **told.settings(lever), help=lever.help[told.language].rstrip("。.")) for lever in others
    ]
    split = [
        assumption_note(f"staff_{tier}", told.baseline, told.projection.scenario.assumptions, told.language)
        for tier in TIERS
    ]
    charts = (told.chart("people"),) if tiers else ()
    return Slide("move", headline, charts=charts, table=table, notes=(*meaning, *split))


def _tier_rows(told: Told) -> list[tuple[str, ...]]:
    people = people_by_tier(told.projection.scenario, told.baseline)
    named = {tier: text(f"terms.tier_{tier}", told.language) for tier in TIERS} | {"all": told.say("all_tiers")}
    moved = {tier: pair for tier, pair in people.items() if pair[0] != pair[1]}
    if moved:
        moved["all"] = tuple(map(sum, zip(*people.values(), strict=True)))
    return [
        (named[tier], told.whole(before, "people"), told.whole(after, "people"))
        for tier, (before, after) in moved.items()
    ]


def _gives(told: Told) -> Slide:
    figures = tuple(_figure(told, id) for id in HEADLINES)
    if told.decided:
        headline = _gains(told)
    else:
        visits, cases = (with_unit(one.value, one.unit, told.language) for one in figures if one.id in ASKED)
        headline = told.say("gives_base", visits=visits, cases=cases)
    notes = (text("plan.how_to_read", told.language), *told.notes(*HEADLINES))
    return Slide("gives", headline, figures=figures, notes=notes)


def _gains(told: Told) -> str:
    """The change of visits and cases; where they do not move, of the other headline figures."""
    none = text("plan.gain_none", told.language)
    both, all_four = (gains_in_words(told.projection, told.language, ids) for ids in (ASKED, HEADLINES))
    return next((said for said in (both, all_four) if said != none), told.say("gives_nothing"))


def _figure(told: Told, id: str) -> Figure:
    measure, language = told.projection.measures[id], told.language
    total, unit = measure.total, measure.unit
    key = "plan_band" if told.decided else "of_band"
    lines = [told.say(key, span=span(total.scenario, unit, language))]
    moved = ""
    if told.decided:
        moved = _moved(told, total, unit)
        lines = [
            told.say("was", value=told.whole(total.base.p50, unit)),
            *lines,
            told.say("change_band", span=change_span(total.difference, unit, language)),
            _chance(told, total),
        ]
    return Figure(
        id, told.measure(id), amount(total.scenario.p50, unit), unit_word(unit, language), moved, tuple(lines)
    )


def _chance(told: Told, total: Paired) -> str:
    """In how many of a hundred draws the plan is better, and worse."""
    better, worse = of_hundred(total.better), of_hundred(total.worse)
    if not better and not worse:
        return text("plan.unchanged", told.language)
    return told.say("chance_both" if worse else "chance_better", better=better, worse=worse)


def _moved(told: Told, total: Paired, unit: str) -> str:
    """The change with its unit, and in percent of the base year where it is no share itself."""
    written = with_unit(change(total.difference.p50, unit), change_unit(unit, told.language), told.language)
    if not unit_word(unit, told.language) or not total.base.p50:
        return written
    return told.say("relative", change=written, relative=signed_percent(total.difference.p50 / total.base.p50))


def _ask(told: Told) -> Slide:
    """The decisions asked for, and the figure to be checked first."""
    scenario, language = told.projection.scenario, told.language
    asked = [_ask_moves(told)] if told.moved else []
    asked += [told.say("ask_lever", **told.settings(lever)) for lever in told.turned]
    points = asked
    if len(asked) > MOST_ASKED:
        points = [*asked[: MOST_ASKED - 1], told.say("ask_more", count=len(asked) - MOST_ASKED + 1)]
    headline = told.say("ask_plain", count=len(asked))
    for first in [*strongest((told.projection,))][:1]:
        label = told.baseline.assumptions[first].label[language]
        assumed = range_with_unit(first, told.baseline, scenario.assumptions, language)
        headline = told.say("ask" if len(asked) > 1 else "ask_one", count=len(asked), label=label)
        points = [*points, told.say("ask_verify", label=label, range=assumed)]
    reason = clipped(in_language(scenario.reason, language), TEXT_EMS)
    lead = told.say("ask_reason", reason=reason) if reason else ""
    numbered = tuple(told.say("numbered", n=n, point=point) for n, point in enumerate(points, 1))
    return Slide("ask", headline, lead, points=numbered, notes=told.notes(*HEADLINES))


def _ask_moves(told: Told) -> str:
    months = told.projection.scenario.levers.get("phase_months", levers(told.baseline)["phase_months"].base)
    key = "ask_moves" if months else "ask_moves_now"
    return told.say(key, moves=told.moves, months=count(float(months)))
