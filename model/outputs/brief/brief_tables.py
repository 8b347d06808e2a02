"""The tables of the brief: headings and rows of text, as they are read."""

from collections import Counter
from collections.abc import Mapping, Sequence

from model.evidence.baseline import Baseline
from model.force.workload import special_cases
from model.outputs.compare.comparison import OTHERS, lever_value, measure_name
from model.outputs.evidence.health import holdout_results
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.markup import typed
from model.outputs.phrasing.numbers import (
    amount,
    change,
    change_span,
    change_with_points,
    column_unit,
    count,
    percent,
    span,
    unit_word,
    with_unit,
)
from model.outputs.phrasing.odds import ODDS, counts
from model.outputs.phrasing.sentences import constraint_name, missing_span, other_levers, place, task_name
from model.outputs.phrasing.table import Table
from model.outputs.prefectures import prefecture_table
from model.outputs.story.story_notes import range_with_unit
from model.outputs.words import text
from model.scenario import decisions
from model.scenario.levers import Lever, Value
from model.scenario.scenario import ChangedAssumption
from model.year.measures import HEADLINES

MOST_RESTS = 4
"""Assumptions shown for each headline measure."""
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
"""Columns of the table of prefectures that fit on paper."""


def _heads(keys: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple(text(f"brief.column_{key}", language) for key in keys)


def moves(handout: Handout) -> Table:
    """The people of every tier and their sum where anybody moves, then every other decision.

    What nobody decides on, as the rules in force, is a premise (`PlanTeller.premise`).
    """
    language, scenario = handout.language, handout.projection.scenario
    heads = {text(f"terms.tier_{tier}", language): people for tier, people in handout.people.items()}
    before, after = (sum(people) for people in zip(*heads.values(), strict=True))
    heads[text("brief.all_tiers", language)] = before, after
    people = [
        (
            text("brief.people_of", language, tier=tier),
            *(with_unit(count(n), unit_word("people", language), language) for n in pair),
        )
        for tier, pair in heads.items()
        if any(one != other for one, other in heads.values())
    ]
    others = [
        (one.label[language], *(_lever_value(one, value, handout) for value in (one.base, scenario.levers[one.id])))
        for one in other_levers(scenario, handout.baseline)
    ]
    return Table(_heads(("lever", "base", "plan"), language), (*people, *others), words=3)


def _lever_value(lever: Lever, value: Value, handout: Handout) -> str:
    """A lever's value with its unit; of moves by prefecture also the people of each team."""
    language, baseline = handout.language, handout.baseline
    said = lever_value(lever, value, language)
    if lever.kind != "moves" or not isinstance(value, Mapping) or not any(value.values()):
        return said
    parts = (
        text("moves.part", language, tier=place(*pool, baseline, language), n=change(value[key], "people"))
        for pool, key in zip(baseline.pool_names, baseline.pool_keys, strict=True)
        if value.get(key)
    )
    return text("moves.listed", language, said=said, list=text("plan.list_comma", language).join(parts))


def measures(handout: Handout, ids: Sequence[str]) -> Table:
    """Some measures of the whole province: base year, plan, paired change, with bands.

    Where nothing is decided, the base year alone.
    """
    projection, language = handout.projection, handout.language
    decided = bool(projection.scenario.levers)
    keys = ("measure", "unit", "base", "plan", "band", "change", "change_band")
    rows: list[tuple[str, ...]] = []
    for id in ids:
        result = projection.measures[id]
        total, unit = result.total, result.unit
        about = (measure_name(id, (projection,), language), column_unit(unit, language))
        if not decided:
            rows.append((*about, amount(total.base.p50, unit), span(total.base, unit, language)))
            continue
        rows.append(
            (
                *about,
                amount(total.base.p50, unit),
                amount(total.scenario.p50, unit),
                span(total.scenario, unit, language),
                change_with_points(total.difference.p50, unit, language),
                change_span(total.difference, unit, language),
                *map(str, counts(total.odds)),
            )
        )
    if not decided:
        return Table(_heads(("measure", "unit", "base", "band"), language), tuple(rows), words=2)
    odds = tuple(text(f"odds.column_{part}", language) for part in ODDS)
    return Table(_heads(keys, language) + odds, tuple(rows), words=2)


def other_measures(handout: Handout) -> Table:
    """The measures of the whole province that are no headlines."""
    return measures(handout, OTHERS)


def bottlenecks(handout: Handout) -> Table:
    """Number of pools that each constraint holds, in their time and in their cases; base year and plan."""
    language, pools = handout.language, handout.projection.bottlenecks
    rows = []
    for kind, plan, base in (("time", "scenario", "base"), ("cases", "cases_scenario", "cases_base")):
        now, before = (Counter(getattr(pool, year) for pool in pools) for year in (plan, base))
        rows += [
            (text(f"brief.held_{kind}", language), constraint_name(name, language), str(before[name]), str(now[name]))
            for name in sorted(now | before, key=lambda name: -now[name])
        ]
    return Table(_heads(("held", "constraint", "pools_base", "pools"), language), tuple(rows), words=2)


def missing(handout: Handout) -> Table:
    """Everything that may not be done, the likeliest first."""
    language = handout.language
    rows = [
        (
            task_name(row.what, language),
            place(row.tier, row.prefecture, handout.baseline, language),
            percent(row.probability),
            missing_span(row, language),
        )
        for row in handout.projection.not_done
    ]
    return Table(_heads(("task", "pool", "chance", "lacking"), language), tuple(rows), words=2)


def prefectures(handout: Handout) -> Table:
    """The table of the Prefectures page with the columns that fit on paper."""
    language = handout.language
    frame = prefecture_table.frame(handout.projection, handout.baseline, language)
    shown = [column for column in PREFECTURE_COLUMNS if column in frame]
    rows = [tuple(_figure(row[column], column) for column in shown) for row in frame.to_dict("records")]
    scenario = handout.projection.scenario
    return Table(tuple(prefecture_table.heading(column, language, scenario) for column in shown), tuple(rows))


def _figure(cell: float | str, column: str) -> str:
    if isinstance(cell, str):
        return cell
    if column in prefecture_table.CHANGES:
        return prefecture_table.CHANGES[column](cell)
    return f"{cell:,.{prefecture_table.decimals(column) or 0}f}"


def assumptions(handout: Handout) -> Table:
    """The assumptions that the plan changes, and those on which the headline measures rest most."""
    language, projection, changed = handout.language, handout.projection, handout.projection.scenario.assumptions
    bears: dict[str, list[str]] = {id: [] for id in changed}
    for measure in HEADLINES:
        for id, _ in projection.measures[measure].rests_on[:MOST_RESTS]:
            bears.setdefault(id, []).append(measure_name(measure, (projection,), language))
    rows = [_assumption(id, handout.baseline, changed, measures, language) for id, measures in bears.items()]
    return Table(_heads(("assumption", "range", "why", "bears"), language), tuple(rows), words=4)


def changed_assumptions(handout: Handout) -> Table:
    """The assumptions that the plan changes, each with the base year's range and its own."""
    language, baseline, changed = handout.language, handout.baseline, handout.projection.scenario.assumptions
    rows = [
        (
            baseline.assumptions[id].label[language],
            range_with_unit(id, baseline, {}, language),
            range_with_unit(id, baseline, changed, language),
        )
        for id in changed
    ]
    return Table(_heads(("assumption", "base", "plan"), language), tuple(rows), words=3)


def _assumption(
    id: str, baseline: Baseline, changed: Mapping[str, ChangedAssumption], bears: Sequence[str], language: str
) -> tuple[str, ...]:
    ours = baseline.assumptions[id]
    label = text("brief.changed_mark", language, label=ours.label[language]) if id in changed else ours.label[language]
    why = typed(changed[id].reason) if id in changed else ours.basis[language]
    written = range_with_unit(id, baseline, changed, language)
    return label, written, why, text("plan.list_comma", language).join(bears)


def readings(handout: Handout) -> Table:
    """The points that the report leaves open and the plan reads otherwise than usual."""
    language, baseline = handout.language, handout.baseline
    values = {"people": count(baseline.staff_total)}
    if "outside" in decisions.readings(baseline)["special_cases"]:
        values |= {
            "cases": count(baseline.reported("cases_total")),
            "special": count(float(special_cases(baseline, {}))),
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
    """The hold-outs beside their predictions."""
    language = handout.language
    heads = tuple(text(f"plan.holdout_{head}", language) for head in ("what", "observed", "predicted", "result"))
    rows = [
        (one.label, one.observed, one.predicted, text(f"evidence_page.result_{one.result}", language))
        for one in holdout_results(handout.projection, handout.baseline, language)
    ]
    return Table(heads, tuple(rows))
