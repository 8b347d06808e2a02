"""The tables of the brief: headings and rows of text, as they are read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from model.evidence.baseline import TIERS
from model.evidence.figures import Assumption
from model.force.workload import special_cases
from model.outputs.compare.comparison import OTHERS, lever_value, measure_name
from model.outputs.evidence.evidence_table import range_of
from model.outputs.evidence.health import held_out
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.markup import typed
from model.outputs.phrasing.numbers import (
    MINUS,
    amount,
    change,
    change_span,
    change_unit,
    count,
    percent,
    span,
    unit_word,
    with_unit,
)
from model.outputs.phrasing.sentences import HEADLINES, of_hundred, place
from model.outputs.prefectures import prefecture_table
from model.outputs.prefectures.prefecture_card import constraint
from model.outputs.words import text
from model.scenario.levers import levers
from model.scenario.scenario import ChangedAssumption

MOST_RESTS = 4
"""Assumptions told of a headline measure."""
PREFECTURE_COLUMNS = (
    "prefecture",
    "staff",
    "staff_change",
    "visits",
    "visits_band",
    "visits_change",
    "on_time",
    "duty_met",
)


@dataclass(frozen=True)
class Table:
    """Headings and rows; the first `words` columns hold words, the others figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


def _heads(keys: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple(text(f"brief.column_{key}", language) for key in keys)


def moves(handout: Handout) -> Table:
    """Every lever off its base, people by tier first, as the planner set them."""
    language, scenario, table = handout.language, handout.projection.scenario, levers(handout.baseline)
    people = [
        (
            text("brief.people_of", language, tier=text(f"terms.tier_{tier}", language)),
            *(with_unit(count(n), unit_word("people", language), language) for n in handout.people[tier]),
        )
        for tier in TIERS
        if handout.people[tier][0] != handout.people[tier][1]
    ]
    others = [
        (lever.label[language], *(lever_value(lever, value, language) for value in (lever.base, scenario.levers[id])))
        for id, lever in table.items()
        if id in scenario.levers and not id.startswith("staff.change.")
    ]
    return Table(_heads(("lever", "base", "plan"), language), (*people, *others), words=3)


def measures(handout: Handout, ids: Sequence[str]) -> Table:
    """Measures of the whole province: base year, plan, paired change, each with its band; without decisions the base
    year alone."""
    projection, language = handout.projection, handout.language
    decided = bool(projection.scenario.levers)
    keys = ("measure", "unit", "base", "plan", "band", "change", "change_band", "better", "worse")
    rows = []
    for id in ids:
        result = projection.measures[id]
        total, unit = result.total, result.unit
        about = (measure_name(id, (projection,), language), unit_word(unit, language) or "%")
        if not decided:
            rows.append((*about, amount(total.base.p50, unit), span(total.base, unit, language)))
            continue
        rows.append(
            (
                *about,
                amount(total.base.p50, unit),
                amount(total.scenario.p50, unit),
                span(total.scenario, unit, language),
                _with_points(change(total.difference.p50, unit), unit, language),
                change_span(total.difference, unit, language),
                str(of_hundred(total.better)),
                str(of_hundred(total.worse)),
            )
        )
    return Table(_heads(keys if decided else ("measure", "unit", "base", "band"), language), tuple(rows), words=2)


def _with_points(moved: str, unit: str, language: str) -> str:
    return moved if moved == "0" or unit != "share" else with_unit(moved, change_unit(unit, language), language)


def all_measures(handout: Handout) -> Table:
    return measures(handout, OTHERS)


def bottlenecks(handout: Handout) -> Table:
    """How many pools each constraint holds, in their time and in their cases, base year and plan."""
    language, pools = handout.language, handout.projection.bottlenecks
    rows = []
    for kind, plan, base in (("time", "scenario", "base"), ("cases", "cases_scenario", "cases_base")):
        now, before = (Counter(getattr(pool, year) for pool in pools) for year in (plan, base))
        rows += [
            (text(f"brief.held_{kind}", language), constraint(name, language), str(before[name]), str(now[name]))
            for name in sorted(now | before, key=lambda name: -now[name])
        ]
    return Table(_heads(("held", "constraint", "pools_base", "pools"), language), tuple(rows), words=2)


def missing(handout: Handout) -> Table:
    """Everything that may not be done, likeliest first."""
    language = handout.language
    rows = [
        (
            text(f"plan.missing_{row.what.replace(' ', '_')}", language),
            place(row.tier, row.prefecture, handout.baseline, language),
            percent(row.probability),
            with_unit(span(row.amount, row.unit, language), unit_word(row.unit, language), language),
        )
        for row in handout.projection.not_done
    ]
    return Table(_heads(("task", "pool", "chance", "lacking"), language), tuple(rows), words=2)


def prefectures(handout: Handout) -> Table:
    """What fits on paper of the table of the Prefectures page."""
    language = handout.language
    frame = prefecture_table.frame(handout.projection, handout.baseline, language)
    shown = [column for column in PREFECTURE_COLUMNS if column in frame]
    rows = [tuple(_figure(row[column], column) for column in shown) for row in frame.to_dict("records")]
    return Table(tuple(prefecture_table.heading(column, language) for column in shown), tuple(rows))


def _figure(cell: float | str, column: str) -> str:
    decimals = prefecture_table.decimals(column)
    if isinstance(cell, str) or decimals is None:
        return str(cell)
    sign = "+" if column.endswith("_change") and cell > 0 else MINUS if cell < 0 else ""
    return f"{sign}{abs(cell):,.{decimals}f}"


def assumptions(handout: Handout) -> Table:
    """The assumptions that the headline measures rest on most, and those that the plan changes."""
    language, projection, changed = handout.language, handout.projection, handout.projection.scenario.assumptions
    bears: dict[str, list[str]] = {id: [] for id in changed}
    for measure in HEADLINES:
        for id, _ in projection.measures[measure].rests_on[:MOST_RESTS]:
            bears.setdefault(id, []).append(measure_name(measure, (projection,), language))
    rows = [
        _assumption(handout.baseline.assumptions[id], changed.get(id), measures, language)
        for id, measures in bears.items()
    ]
    return Table(_heads(("assumption", "range", "why", "bears"), language), tuple(rows), words=4)


def _assumption(
    ours: Assumption, changed: ChangedAssumption | None, bears: Sequence[str], language: str
) -> tuple[str, ...]:
    label = text("brief.changed_mark", language, label=ours.label[language]) if changed else ours.label[language]
    written = range_of(changed or ours, ours.unit, ours.closed, language)
    unit = "" if "%" in written else word("unit", ours.unit, language)
    why = typed(changed.reason) if changed else ours.basis[language]
    return label, with_unit(written, unit, language), why, text("plan.list_comma", language).join(bears)


def readings(handout: Handout) -> Table:
    """What the report leaves open and the plan reads otherwise."""
    language, reported = handout.language, handout.baseline.reported
    values = {
        "people": count(reported("staff_total")),
        "cases": count(reported("cases_total")),
        "special": count(special_cases(handout.baseline)),
    }
    rows = [
        (
            text(f"evidence_page.reading_{key}", language, **values),
            text(f"evidence_page.reading_{key}_{choice}", language),
            text(f"evidence_page.reading_{key}_{choice}_means", language, **values),
        )
        for key, choice in handout.projection.scenario.reading.items()
    ]
    return Table(_heads(("reading", "read_as", "means"), language), tuple(rows), words=3)


def holdouts(handout: Handout) -> Table:
    """Published figures that the base year did not use, predicted; what is missed says why."""
    language = handout.language
    heads = (*(text(f"plan.holdout_{head}", language) for head in ("what", "observed", "predicted", "result")),)
    rows = [
        (held.label, held.observed, held.predicted, text(f"evidence_page.result_{held.result}", language))
        for held in held_out(handout.projection, handout.baseline, language)
    ]
    return Table(heads, tuple(rows))
