"""Every table of a plan as a file for a spreadsheet, each row with its provenance."""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from model.outputs.evidence import evidence_table, records_table
from model.outputs.evidence.health import check_results, holdout_results
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import SHARE_UNITS, change_unit, column_unit, is_of_time, setting, unit_word
from model.outputs.phrasing.odds import ODDS, counts
from model.outputs.phrasing.sentences import constraint_name, measure_with_limits, place, task_name
from model.outputs.phrasing.spreadsheet_text import number, to_csv
from model.outputs.prefectures import prefecture_table
from model.outputs.words import text
from model.projection.published.plausibility import plausibility
from model.projection.published.range_checks import range_checks as range_checks_of
from model.projection.results import Band, Paired
from model.scenario.levers import Lever, Value, levers
from model.schedule.inspection_plan import CLASSES

BANDS = ("base", "scenario", "difference")
PARTS = ("p10", "p50", "p90")
WORDED = ("choice", "spread", "moves")
"""The kinds of levers whose values are words."""

Row = Sequence[object]


def measures(handout: Handout) -> bytes:
    """Every measure of province, tiers and prefectures: base year, plan, change; shares in percent."""
    heads = ("id", "measure", "unit", "scope", "code", "place", *(f"{band}_{p}" for band in BANDS for p in PARTS))
    return _file(handout, (*heads, *ODDS), _measures(handout))


def _measures(handout: Handout) -> Iterator[Row]:
    language = handout.language
    names, codes = _prefecture_names(handout), _codes(handout)
    for id, measure in handout.projection.measures.items():
        scopes: list[tuple[str, str, Paired]] = [
            ("total", text("terms.total", language), measure.total),
            *(
                (tier, text(f"terms.tier_{tier}", language), paired)
                for tier, paired in measure.tiers.items()
                if tier in handout.people
            ),
            *((prefecture, names[prefecture], paired) for prefecture, paired in measure.prefectures.items()),
        ]
        unit = column_unit(measure.unit, language)
        called = measure_with_limits(id, handout.projection.scenario, language)
        for scope, name, paired in scopes:
            bands = [end for band in BANDS for end in _band(getattr(paired, band), measure.unit)]
            shares = [n / 10**4 for n in counts(paired.odds, 10**6)]
            yield [id, called, unit, scope, codes.get(scope, ""), name, *bands, *shares]


def _band(band: Band, unit: str = "") -> list[float]:
    return [number(end, unit) for end in (band.p10, band.p50, band.p90)]


def months(handout: Handout) -> bytes:
    """Backlog and days to decision by month, base year and plan."""
    path = handout.projection.months
    series = {
        f"{kind}_{plan}_{p}": getattr(by_plan[plan], p)
        for kind, by_plan in (("backlog", path.backlog), ("days", path.days_to_decision))
        for plan in BANDS[:2]
        for p in PARTS
    }
    rows = ([int(month), *(number(one[k]) for one in series.values())] for k, month in enumerate(path.month))
    return _file(handout, ("month", *series), rows)


def people(handout: Handout) -> bytes:
    """People of each tier, base year and plan."""
    language = handout.language
    rows = ([tier, text(f"terms.tier_{tier}", language), *people] for tier, people in handout.people.items())
    return _file(handout, ("id", "tier", "base", "scenario"), rows)


def changed_levers(handout: Handout) -> bytes:
    """The levers that differ from the base year, shares in percent."""
    language, changed = handout.language, handout.projection.scenario.levers
    rows = (
        [id, lever.label[language], _unit(lever, language), *(_value(lever, one, language) for one in values)]
        for id, lever in levers(handout.baseline).items()
        if id in changed
        for values in [(lever.base, changed[id])]
    )
    return _file(handout, ("id", "lever", "unit", "base", "scenario"), rows)


def _unit(lever: Lever, language: str) -> str:
    """The unit of a lever's numbers; empty where it has words."""
    if lever.kind in WORDED:
        return ""
    if is_of_time(lever):
        return change_unit(lever.unit, language)
    return "%" if lever.unit in SHARE_UNITS else word("unit", lever.unit, language)


def _value(lever: Lever, value: Value, language: str) -> object:
    """A lever's value as a number, and in words where it is none."""
    return setting(lever, value, language) if lever.kind in WORDED else number(cast("float", value), lever.unit)


def bottlenecks(handout: Handout) -> bytes:
    """What holds every pool, and in what share of the draws, in percent."""
    language = handout.language
    codes = _codes(handout)
    rows = (
        [
            codes.get(pool.prefecture, ""),
            pool.tier,
            place(pool.tier, pool.prefecture, handout.baseline, language),
            constraint_name(pool.base, language),
            number(pool.base_share, "share"),
            constraint_name(pool.scenario, language),
            number(pool.scenario_share, "share"),
            constraint_name(pool.cases_base, language),
            constraint_name(pool.cases_scenario, language),
        ]
        for pool in handout.projection.bottlenecks
    )
    heads = ("code", "tier_id", "pool", "binds_base", "share_base", "binds", "share", "cases_base", "cases")
    return _file(handout, heads, rows)


def not_done(handout: Handout) -> bytes:
    """What may not be done, the probability in percent."""
    language, codes = handout.language, _codes(handout)
    rows = (
        [
            task_name(row.what, language),
            codes.get(row.prefecture, ""),
            row.tier,
            place(row.tier, row.prefecture, handout.baseline, language),
            number(row.probability, "share"),
            unit_word(row.unit, language),
            *_band(row.amount),
        ]
        for row in handout.projection.not_done
    )
    return _file(
        handout, ("task", "code", "tier_id", "pool", "probability", "unit", *(f"missing_{p}" for p in PARTS)), rows
    )


def holdouts(handout: Handout) -> bytes:
    """The hold-outs: observed, predicted, hit or missed, and why."""
    language, projection = handout.language, handout.projection
    results = holdout_results(projection, handout.baseline, language)
    rows = (
        [
            result.label,
            holdout.observed,
            *_band(holdout.predicted),
            text(f"evidence_page.result_{result.result}", language),
            result.why,
        ]
        for holdout, result in zip(projection.holdouts, results, strict=True)
    )
    return _file(handout, ("figure", "observed", *(f"predicted_{p}" for p in PARTS), "result", "why"), rows)


def range_checks(handout: Handout) -> bytes:
    """The range checks: published, the model's own, inside or outside, and what that says."""
    language = handout.language
    rows = (
        [
            row.label,
            row.unit,
            check.observed,
            *_band(check.predicted),
            text(f"evidence_page.result_{row.result}", language),
            row.why,
        ]
        for check, row in zip(range_checks_of(handout.base), check_results(handout.base, language), strict=True)
    )
    heads = ("figure", "unit", "observed", *(f"predicted_{p}" for p in PARTS), "result", "why")
    return _file(handout, heads, rows)


def kept_draws(handout: Handout) -> bytes:
    """How the plausibility filter moves every assumption."""
    labels = handout.base.assumptions
    rows = (
        [labels[one.id].label[handout.language], number(one.mean), number(one.spread)]
        for one in plausibility(handout.base).shifts
    )
    return _file(handout, ("assumption", "shift_of_mean", "spread"), rows)


def inspections(handout: Handout) -> bytes:
    """The yearly inspection plan, a row a pool, class and month."""
    plan = handout.inspections
    rows = (
        [*names, month + 1, int(visits)]
        for p, k, names in _pools_and_classes(handout)
        for month, visits in enumerate(plan.visits[p, k])
    )
    return _file(handout, ("tier_id", "code", "tier", "prefecture", "class", "month", "visits"), rows)


def inspection_minimum(handout: Handout) -> bytes:
    """Legal minimum and plan of every pool, class and quarter."""
    plan = handout.inspections
    rows = (
        [*names, quarter + 1, int(plan.minimum[p, k, quarter]), int(plan.by_quarter[p, k, quarter])]
        for p, k, names in _pools_and_classes(handout)
        for quarter in range(plan.minimum.shape[-1])
    )
    return _file(handout, ("tier_id", "code", "tier", "prefecture", "class", "quarter", "minimum", "visits"), rows)


def _pools_and_classes(handout: Handout) -> Iterator[tuple[int, int, list[str]]]:
    """Place of every pool and class of the inspection plan, with their codes and names."""
    language, prefectures, codes = handout.language, _prefecture_names(handout), _codes(handout)
    classes = [text(f"inspection.class_{kind}", language) for kind in CLASSES]
    for p, (tier, prefecture) in enumerate(handout.inspections.pools):
        names = [tier, codes.get(prefecture, ""), text(f"terms.tier_{tier}", language)]
        names.append(prefectures.get(prefecture, prefecture))
        yield from ((p, k, [*names, name]) for k, name in enumerate(classes))


def prefectures(handout: Handout) -> bytes:
    """The table of the Prefectures page."""
    name = handout.passport.title
    return prefecture_table.to_csv(handout.projection, handout.baseline, name, handout.made_on, handout.language)


def evidence(handout: Handout) -> bytes:
    """Every number that the plan stands on, those that it changes marked."""
    changed, language = handout.projection.scenario.assumptions, handout.language
    records = records_table.evidence_rows(handout.base, language)
    return evidence_table.to_csv([*evidence_table.rows(handout.baseline, changed, language), *records], language)


def _prefecture_names(handout: Handout) -> dict[str, str]:
    names = {p.id: p.name for p in handout.baseline.prefectures} | handout.baseline.province_names
    return {id: name[handout.language] for id, name in names.items()}


def _codes(handout: Handout) -> dict[str, str]:
    """The code of every prefecture by its id."""
    return {p.id: p.code for p in handout.baseline.prefectures}


def _file(handout: Handout, heads: Iterable[str], rows: Iterable[Row]) -> bytes:
    """Rows under the headings `csv.<head>`, with how their figures were made behind each."""
    language = handout.language
    return to_csv([[text(f"csv.{head}", language) for head in heads], *rows], handout.provenance.columns(language))


TABLES = {
    "measures": measures,
    "months": months,
    "people": people,
    "levers": changed_levers,
    "bottlenecks": bottlenecks,
    "not-done": not_done,
    "prefectures": prefectures,
    "inspection-plan": inspections,
    "inspection-minimum": inspection_minimum,
    "held-out": holdouts,
    "range-checks": range_checks,
    "kept-draws": kept_draws,
    "evidence": evidence,
}
"""Every table by the stem of its file."""
