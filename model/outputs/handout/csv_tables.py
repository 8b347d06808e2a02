"""Every table of a plan as a file for a spreadsheet: numbers as numbers, and in each row how it was made."""

from collections.abc import Iterable, Iterator

from model.evidence.baseline import TIERS
from model.outputs.evidence import evidence_table
from model.outputs.evidence.health import held_out
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.numbers import SHARE_UNITS, setting, unit_word
from model.outputs.phrasing.sentences import place
from model.outputs.phrasing.spreadsheet_text import to_csv
from model.outputs.prefectures import prefecture_table
from model.outputs.prefectures.prefecture_card import constraint
from model.outputs.words import text
from model.projection.results import Band, Paired
from model.scenario.levers import levers
from model.schedule.inspection_plan import CLASSES

BANDS = ("base", "scenario", "difference")
PARTS = ("p10", "p50", "p90")
DECIMALS = 4

Row = list[str | float]


def measures(handout: Handout) -> bytes:
    """Every measure for province, tiers and prefectures: base year, plan, paired change; shares in percent."""
    heads = ("id", "measure", "unit", "scope", "place", *(f"{band}_{p}" for band in BANDS for p in PARTS))
    return _file(handout, (*heads, "better", "worse"), _measures(handout))


def _measures(handout: Handout) -> Iterator[Row]:
    language = handout.language
    names = {p.id: p.name[language] for p in handout.baseline.prefectures}
    for id, measure in handout.projection.measures.items():
        scopes: list[tuple[str, str, Paired]] = [
            ("total", text("terms.total", language), measure.total),
            *((tier, text(f"terms.tier_{tier}", language), paired) for tier, paired in measure.tiers.items()),
            *((prefecture, names[prefecture], paired) for prefecture, paired in measure.prefectures.items()),
        ]
        scale = 100 if measure.unit in SHARE_UNITS else 1
        unit = unit_word(measure.unit, language) or "%"
        for scope, name, paired in scopes:
            bands = [value for band in BANDS for value in _band(getattr(paired, band), scale)]
            shares = [_rounded(100 * share) for share in (paired.better, paired.worse)]
            yield [id, text(f"terms.measure_{id}", language), unit, scope, name, *bands, *shares]


def _band(band: Band, scale: float = 1) -> Row:
    return [_rounded(value * scale) for value in (band.p10, band.p50, band.p90)]


def _rounded(value: float) -> float:
    return round(float(value), DECIMALS) + 0.0


def months(handout: Handout) -> bytes:
    """Backlog and days to decision by month, base year and plan."""
    path = handout.projection.months
    series = {
        f"{kind}_{plan}_{p}": getattr(by_plan[plan], p)
        for kind, by_plan in (("backlog", path.backlog), ("days", path.days_to_decision))
        for plan in BANDS[:2]
        for p in PARTS
    }
    rows = ([int(month), *(_rounded(one[k]) for one in series.values())] for k, month in enumerate(path.month))
    return _file(handout, ("month", *series), rows)


def people(handout: Handout) -> bytes:
    """People by tier as the planner set them."""
    language = handout.language
    rows = ([tier, text(f"terms.tier_{tier}", language), *handout.people[tier]] for tier in TIERS)
    return _file(handout, ("id", "tier", "base", "scenario"), rows)


def changed_levers(handout: Handout) -> bytes:
    """The levers that differ from the base year."""
    language, chosen = handout.language, handout.projection.scenario.levers
    rows = (
        [id, lever.label[language], *(setting(lever, value, language) for value in (lever.base, chosen[id]))]
        for id, lever in levers(handout.baseline).items()
        if id in chosen
    )
    return _file(handout, ("id", "lever", "base", "scenario"), rows)


def bottlenecks(handout: Handout) -> bytes:
    """What holds every pool, and in what share of the draws, in percent."""
    language = handout.language
    rows = (
        [
            place(pool.tier, pool.prefecture, handout.baseline, language),
            constraint(pool.base, language),
            _rounded(100 * pool.base_share),
            constraint(pool.scenario, language),
            _rounded(100 * pool.scenario_share),
            constraint(pool.cases_base, language),
            constraint(pool.cases_scenario, language),
        ]
        for pool in handout.projection.bottlenecks
    )
    heads = ("pool", "binds_base", "share_base", "binds", "share", "cases_base", "cases")
    return _file(handout, heads, rows)


def not_done(handout: Handout) -> bytes:
    """What may not be done, the probability in percent."""
    language = handout.language
    rows = (
        [
            text(f"plan.missing_{row.what.replace(' ', '_')}", language),
            place(row.tier, row.prefecture, handout.baseline, language),
            _rounded(100 * row.probability),
            unit_word(row.unit, language),
            *_band(row.amount),
        ]
        for row in handout.projection.not_done
    )
    return _file(handout, ("task", "pool", "probability", "unit", *(f"missing_{p}" for p in PARTS)), rows)


def holdouts(handout: Handout) -> bytes:
    """Published figures that the base year did not use: observed, predicted, hit or missed, and why."""
    language = handout.language
    rows = (
        [
            said.label,
            held.observed,
            *_band(held.predicted),
            text(f"evidence_page.result_{said.result}", language),
            said.why,
        ]
        for held, said in zip(
            handout.projection.holdouts,
            held_out(handout.projection, handout.baseline, language),
            strict=True,
        )
    )
    return _file(handout, ("figure", "observed", *(f"predicted_{p}" for p in PARTS), "result", "why"), rows)


def inspections(handout: Handout) -> bytes:
    """The yearly inspection plan, a row a pool, class and month."""
    plan, language = handout.inspections, handout.language
    rows = (
        [*_pool(pool, handout), text(f"inspection.class_{kind}", language), month + 1, int(visits)]
        for p, pool in enumerate(plan.pools)
        for k, kind in enumerate(CLASSES)
        for month, visits in enumerate(plan.visits[p, k])
    )
    return _file(handout, ("tier", "prefecture", "class", "month", "visits"), rows)


def inspection_minimum(handout: Handout) -> bytes:
    """Legal minimum and plan of every pool, class and quarter."""
    plan, language = handout.inspections, handout.language
    rows = (
        [
            *_pool(pool, handout),
            text(f"inspection.class_{kind}", language),
            quarter + 1,
            int(plan.minimum[p, k, quarter]),
            int(plan.by_quarter[p, k, quarter]),
        ]
        for p, pool in enumerate(plan.pools)
        for k, kind in enumerate(CLASSES)
        for quarter in range(plan.minimum.shape[-1])
    )
    return _file(handout, ("tier", "prefecture", "class", "quarter", "minimum", "visits"), rows)


def prefectures(handout: Handout) -> bytes:
    """The table of the Prefectures page."""
    name, day = handout.passport.name, handout.made_on.isoformat()
    return prefecture_table.to_csv(handout.projection, handout.baseline, name, day, handout.language)


def evidence(handout: Handout) -> bytes:
    """Every number the plan stands on, those that it changes marked."""
    changed = handout.projection.scenario.assumptions
    return evidence_table.to_csv(evidence_table.rows(handout.baseline, changed, handout.language), handout.language)


def _pool(pool: tuple[str, str], handout: Handout) -> Row:
    tier, prefecture = pool
    names = {p.id: p.name[handout.language] for p in handout.baseline.prefectures}
    return [text(f"terms.tier_{tier}", handout.language), names.get(prefecture, prefecture)]


def _file(handout: Handout, heads: Iterable[str], rows: Iterable[Row]) -> bytes:
    """Rows under headings in the language, every row with what its projection was made from."""
    projection, language = handout.projection, handout.language
    made = {
        "plan": handout.passport.name,
        "drawn": projection.draws.drawn,
        "kept": projection.draws.kept,
        "seed": projection.seed,
        "version": projection.model_version,
        "date": handout.made_on.isoformat(),
    }
    named = [text(f"csv.{head}", language) for head in (*heads, *made)]
    return to_csv([named, *([*row, *made.values()] for row in rows)])


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
    "evidence": evidence,
}
"""Every table by the stem of its file."""
