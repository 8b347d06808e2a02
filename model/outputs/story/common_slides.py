"""The slides that stories of plans and comparisons share: situation, assumptions and limits."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain, islice

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.outputs.compare.comparison import measure_name
from model.outputs.evidence.not_reported import limits as limits_in_words
from model.outputs.evidence.not_reported import not_reported
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import MINUS, bare_setting, count
from model.outputs.phrasing.typesetting import clipped, ems
from model.outputs.story.marks import assumption_mark, headed, marked, named, unmarked
from model.outputs.story.story import LIMITS, Figure, Occasion, Slide
from model.outputs.story.story_notes import assumption_note, basis, quote, range_with_unit, reported_notes
from model.outputs.story.teller import NAME_EMS, Teller
from model.outputs.words import text
from model.projection.results import Projection
from model.scenario.levers import levers
from model.year.measures import HEADLINES

REPORTED = ("staff_total", "frontline_total", "bodies_total", "cases_total", "offsite_checks", "offsite_problems")
GIVEN = ("staff_province", "staff_city", "staff_county", "visits_base")
"""The assumptions that a report may give, first those that a planner asks for."""
TOTALS = ("staff", "bodies", "cases")
"""The totals of a report, by the first word of their ids."""
RESULTS = ("visits", "case_capacity", "on_time_share")
"""The results of a plan that the audience guesses at, and that are told wherever results are."""
GUESSED = RESULTS[:2]
"""Those of them that the audience guesses at where plans are compared."""
MOST_ASSUMPTIONS = 5
"""Most assumptions in the table of the slide; the notes have all of them."""
BASIS_EMS = 44
"""Most ems of a figure's range and basis beside others; where they have more, the range stands alone."""
REASON_EMS = 360
"""Most ems of an assumption's basis in the table, more than any has that is not typed."""


def day_in_words(day: date, language: str) -> str:
    """A day as a cover writes it.

    >>> day_in_words(date(2026, 11, 29), "en")
    '29 November 2026'
    """
    month = text("present.months", language).split()[day.month - 1]
    return text("present.day_written", language, day=day.day, month=month, year=day.year)


def on_cover(occasion: Occasion) -> tuple[str, ...]:
    """Unit, meeting and day, a line each, those that are given."""
    return tuple(clipped(line, NAME_EMS) for line in (occasion.unit, occasion.name, occasion.day) if line)


def source(teller: Teller, *projections: Projection) -> str:
    """Baseline, rules and draws of projections on the same draws, for the cover."""
    lever, draws = levers(teller.baseline)["rules"], projections[0].draws
    rules = dict.fromkeys(bare_setting(lever, one.rules, teller.language) for one in projections)
    about = teller.say(
        "about",
        baseline=teller.baseline.name[teller.language],
        rules=text("plan.list_comma", teller.language).join(rules),
        kept=count(draws.kept),
        drawn=count(draws.drawn),
    )
    return marked(about, "computed")


def situation(teller: Teller) -> Slide:
    """The report's own figures, each beside the sentence it stands in."""
    baseline, language, reported = teller.baseline, teller.language, teller.baseline.reported
    beside = {}
    if baseline.gives("frontline_total", "staff_total"):
        share = f"{reported('frontline_total') / reported('staff_total'):.2%}"
        beside["frontline_total"] = marked(teller.say("share_of_staff", share=share), "derived")
    if baseline.gives("bodies_merged"):
        beside["bodies_total"] = marked(teller.say("merged", merged=count(reported("bodies_merged"))), "reported")
    shown = _shown(baseline)
    figures = tuple(
        Figure(
            id=id,
            label=baseline.figure(id).label[language],
            value=_amount(id, teller),
            unit=headed(word("unit", baseline.figure(id).unit, language), baseline.figure(id).mark),
            change=beside.get(id, ""),
            lines=tuple(marked(one, baseline.figure(id).mark) for one in (_from_where(id, teller),) if one),
        )
        for id in shown
    )
    points = (
        marked(teller.say("source", source=baseline.source[language]), "reported"),
        teller.say("not_in_report", list=not_reported(baseline, language)),
    )
    given = [id for id in dict.fromkeys((*shown, "bodies_merged")) if baseline.gives(id)]
    notes = reported_notes(given, baseline, language)
    notes += tuple(assumption_note(id, baseline, {}, language) for id in shown if id in GIVEN)
    return Slide("situation", _force(teller), figures=figures, points=points, notes=notes)


def _amount(id: str, teller: Teller) -> str:
    """A figure of the report as a number, said to be about that where it is a range."""
    one = teller.baseline.figure(id)
    is_range = isinstance(one, Assumption) and not one.is_known
    about = text("base_year_page.about", teller.language) if is_range else ""
    return about + count(teller.baseline.reported(id))


def _from_where(id: str, teller: Teller) -> str:
    """The sentence that a figure of the report stands in, or the range that it is known about by.

    Empty where it was typed into a workbook, which has no sentence to quote.
    """
    one = teller.baseline.figure(id)
    if isinstance(one, Assumption) and one.is_known:
        is_usual = one.basis[teller.language].startswith(teller.baseline.source[teller.language])
        return "" if is_usual else _if_short(one.basis[teller.language])
    if isinstance(one, Assumption):
        range_ = range_with_unit(id, teller.baseline, {}, teller.language)
        return _if_short(f"{range_} \u00b7 {one.basis[teller.language]}") or range_
    if not one.quote and one.source != teller.baseline.source:
        return _if_short(one.source[teller.language])
    return teller.say("quoted", quote=quote(one)) if one.quote else ""


def _if_short(words: str) -> str:
    """The words where they have room under a figure, else none."""
    return words if ems(words) <= BASIS_EMS else ""


def _shown(baseline: Baseline) -> tuple[str, ...]:
    """The report's figures on the slide: those of `REPORTED`, and others in place of missing ones.

    A number of people that the report gives under a second name stands there once.
    """
    known = [id for id in REPORTED if baseline.knows(id)]
    facts = [id for id in GIVEN if _is_given(baseline.assumptions[id])]
    told = {baseline.reported(id) for id in facts}
    others = (
        id
        for id, one in baseline.report.items()
        if id not in REPORTED and isinstance(one.value, float) and one.value not in told
    )
    more = islice(chain(facts, others), len(REPORTED) - len(known))
    return tuple([*known, *more] if baseline.template else known)


def _is_given(one: Assumption) -> bool:
    """Whether a base year has an assumption as a number of its own source."""
    return one.is_known and not one.inherited and one.mark == "reported"


def _force(teller: Teller) -> str:
    """The headline of the situation: the totals that the report gives."""
    baseline, values = teller.baseline, _totals(teller)
    marks = dict.fromkeys(baseline.figure(f"{name}_total").mark for name in values)
    if not values:
        return marked(teller.say("situation_none", name=baseline.name[teller.language]), "reported")
    if len(values) < len(TOTALS):
        return marked(_clauses(values, teller), *marks)
    return marked(teller.say("situation", **values, span=_span(baseline.cases_window_years, teller)), *marks)


def force_in_words(teller: Teller) -> str:
    """The headline of the situation as papers say it: a sentence with its subject, without marks."""
    values = _totals(teller)
    if "staff" not in values:
        return unmarked(_force(teller))[0]
    if len(values) < len(TOTALS):
        said = teller.say("force_some", clauses=_clauses(values, teller))
    else:
        said = teller.say("force", **values, span=_span(teller.baseline.cases_window_years, teller))
    as_of = re.fullmatch(r"(\d{4})-(\d\d)(-\d\d)?", _window("staff_total", teller))
    if as_of is None:
        return said
    month = text("present.months", teller.language).split()[int(as_of[2]) - 1]
    return teller.say("as_of", said=said, year=as_of[1], month=month)


def _totals(teller: Teller) -> dict[str, str]:
    """The totals that the report gives, as numbers."""
    return {name: _amount(f"{name}_total", teller) for name in TOTALS if teller.baseline.knows(f"{name}_total")}


def _clauses(values: Mapping[str, str], teller: Teller) -> str:
    """Totals one by one, where the report does not give all."""
    span = _span(teller.baseline.cases_window_years, teller)
    clauses = [teller.say(f"situation_{name}", **{name: value}, span=span) for name, value in values.items()]
    return text("plan.list_comma", teller.language).join(clauses)


def _window(id: str, teller: Teller) -> str:
    """The days of a figure of the report as it writes them; empty where it has none."""
    figure = teller.baseline.report.get(id)
    return figure.window if figure else ""


def _span(years: float, teller: Teller) -> str:
    """The years of the cases in words, as since when where they end with the count of staff.

    They are in months below one.
    """
    since, _, until = _window("cases_total", teller).partition("/")
    if years > 1 and since.endswith("-01-01") and until[:7] == _window("staff_total", teller)[:7]:
        return teller.say("situation_since", year=since[:4])
    if years < 0.95:
        from_january = since.endswith("-01-01")
        key = "situation_first" if from_january else "situation_months"
        return teller.say(key, n=max(1, round(12 * years)), year=since[:4])
    return teller.say("situation_years", n=f"{years:.1f}".removesuffix(".0"))


def strongest(projections: Sequence[Projection]) -> dict[str, tuple[str, float]]:
    """The assumptions behind the headline figures, strongest first.

    Each comes with the measure that it bears on most and its rank correlation with that measure, from -1 to 1.
    """
    by_strength: dict[str, tuple[str, float]] = {}
    for projection in projections:
        for measure in HEADLINES:
            for id, rank in projection.measures[measure].rests_on:
                if abs(rank) > abs(by_strength.get(id, ("", 0.0))[1]):
                    by_strength[id] = (measure, rank)
    return dict(sorted(by_strength.items(), key=lambda item: -abs(item[1][1])))


def first_to_check(teller: Teller, projections: Sequence[Projection]) -> dict[str, str]:
    """`label`, `range` and `quality` of the strongest assumption, to be checked first; empty if none."""
    first = next(iter(strongest(projections)), None)
    if first is None:
        return {}
    changed = projections[0].scenario.assumptions
    return {
        "label": teller.baseline.assumptions[first].label[teller.language],
        "range": range_with_unit(first, teller.baseline, changed, teller.language, "range_said"),
        "quality": named(assumption_mark(first, teller.baseline, changed), teller.language).lower(),
    }


def ask_to_check(teller: Teller, projections: Sequence[Projection]) -> str:
    """The request to have the strongest assumption checked, under its mark; empty where there is none."""
    first = next(iter(strongest(projections)), None)
    if first is None:
        return ""
    words = teller.say("ask_verify", **first_to_check(teller, projections))
    return marked(words, assumption_mark(first, teller.baseline, projections[0].scenario.assumptions))


def rests(teller: Teller, projections: Sequence[Projection]) -> tuple[Slide, ...]:
    """The assumptions that decide the result, with range and reason, on as many pages as these need."""
    by_strength, language = strongest(projections), teller.language
    if not by_strength:
        return (Slide("rests", teller.say("rests_none")),)
    changed = projections[0].scenario.assumptions
    marks = {id: assumption_mark(id, teller.baseline, changed) for id in by_strength}
    rows, notes = [], []
    for id, (measure, rank) in by_strength.items():
        label = teller.baseline.assumptions[id].label[language]
        about = {
            "range": range_with_unit(id, teller.baseline, changed, language),
            "basis": basis(id, teller.baseline, changed, language),
            "measure": measure_name(measure, projections, language),
        }
        name = teller.say("changed_mark", label=label) if id in changed else label
        reason = marked(clipped(about["basis"], REASON_EMS), marks[id])
        rows.append((name, marked(about["range"], marks[id]), about["measure"], reason))
        notes.append(teller.say("note_rank", label=label, **about, rank=f"{rank:+.2f}".replace("-", MINUS)))
    slide = Slide(
        "rests",
        headed(teller.say("rests", **first_to_check(teller, projections)), next(iter(marks.values()))),
        points=(teller.say("rests_how"),),
        notes=tuple(notes),
    )
    return teller.with_long_rows(slide, _heads_of_rests(teller), rows[:MOST_ASSUMPTIONS])


def _heads_of_rests(teller: Teller) -> tuple[str, ...]:
    """Each range and reason has the mark of its assumption; what they bear on is found over the draws."""
    assumption, range_, moves, why = teller.heads("assumption", "range", "moves", "why")
    return assumption, range_, headed(moves, "computed"), why


def limits(teller: Teller) -> Slide:
    """What the model does not know; the renderers put the passport under it."""
    paragraphs = limits_in_words(teller.baseline, teller.language), text("plan.how_to_read", teller.language)
    return Slide(LIMITS, teller.say("limits"), points=tuple(marked(one, "computed") for one in paragraphs))
