"""The slides that stories of plans and comparisons share: situation, assumptions and limits."""

from collections.abc import Sequence

from model.outputs.compare.comparison import measure_name
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import MINUS, bare_setting, count
from model.outputs.phrasing.typesetting import clipped
from model.outputs.story.story import LIMITS, Figure, Slide, Table
from model.outputs.story.story_notes import basis, quote, range_with_unit, reported_notes
from model.outputs.story.teller import Teller
from model.outputs.words import text
from model.projection.results import Projection
from model.scenario.levers import levers
from model.year.measures import HEADLINES

REPORTED = ("staff_total", "frontline_total", "bodies_total", "cases_total", "offsite_checks", "offsite_problems")
GUESSED = ("visits", "case_capacity")
"""The measures that the audience guesses at."""
MOST_ASSUMPTIONS = 5
"""Most assumptions in the table of the slide; the notes have all of them."""
BASIS_EMS = 44
"""Most ems of an assumption's basis in the table."""


def source(teller: Teller, projection: Projection) -> str:
    """Baseline, rules and draws of a projection, for the cover."""
    return teller.say(
        "about",
        baseline=teller.baseline.name[teller.language],
        rules=bare_setting(levers(teller.baseline)["rules"], projection.rules, teller.language),
        kept=count(projection.draws.kept),
        drawn=count(projection.draws.drawn),
    )


def situation(teller: Teller) -> Slide:
    """The report's own figures, each beside the sentence it stands in."""
    baseline, language, reported = teller.baseline, teller.language, teller.baseline.reported
    share = f"{reported('frontline_total') / reported('staff_total'):.2%}"
    beside = {
        "frontline_total": teller.say("share_of_staff", share=share),
        "bodies_total": teller.say("merged", merged=count(reported("bodies_merged"))),
    }
    figures = tuple(
        Figure(
            id=id,
            label=baseline.report[id].label[language],
            value=count(reported(id)),
            unit=word("unit", baseline.report[id].unit, language),
            change=beside.get(id, ""),
            lines=(teller.say("quoted", quote=quote(baseline.report[id], baseline)),),
        )
        for id in REPORTED
    )
    headline = teller.say(
        "situation",
        staff=count(reported("staff_total")),
        bodies=count(reported("bodies_total")),
        cases=count(reported("cases_total")),
        years=f"{baseline.cases_window_years:.1f}",
    )
    points = (teller.say("source", source=baseline.source[language]), teller.say("not_in_report"))
    notes = reported_notes((*REPORTED, "bodies_merged"), baseline, language)
    return Slide("situation", headline, figures=figures, points=points, notes=notes)


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
    """`label` and `range` of the strongest assumption, to be checked first; empty where there is none."""
    first = next(iter(strongest(projections)), None)
    if first is None:
        return {}
    changed = projections[0].scenario.assumptions
    return {
        "label": teller.baseline.assumptions[first].label[teller.language],
        "range": range_with_unit(first, teller.baseline, changed, teller.language),
    }


def rests(teller: Teller, projections: Sequence[Projection]) -> Slide:
    """The assumptions that decide the result, with range and reason."""
    by_strength, language = strongest(projections), teller.language
    if not by_strength:
        return Slide("rests", teller.say("rests_none"))
    changed = projections[0].scenario.assumptions
    rows, notes = [], []
    for id, (measure, rank) in by_strength.items():
        label = teller.baseline.assumptions[id].label[language]
        about = {
            "range": range_with_unit(id, teller.baseline, changed, language),
            "basis": basis(id, teller.baseline, changed, language),
            "measure": measure_name(measure, projections, language),
        }
        marked = teller.say("changed_mark", label=label) if id in changed else label
        rows.append((marked, about["range"], about["measure"], clipped(about["basis"], BASIS_EMS)))
        notes.append(teller.say("note_rank", label=label, **about, rank=f"{rank:+.2f}".replace("-", MINUS)))
    return Slide(
        "rests",
        teller.say("rests", **first_to_check(teller, projections)),
        table=Table(teller.heads("assumption", "range", "moves", "why"), tuple(rows[:MOST_ASSUMPTIONS])),
        points=(teller.say("rests_how"),),
        notes=tuple(notes),
    )


def limits(teller: Teller) -> Slide:
    """What the model does not know; the renderers put the passport under it."""
    points = (text("plan.limits", teller.language), text("plan.how_to_read", teller.language))
    return Slide(LIMITS, teller.say("limits"), points=points)
