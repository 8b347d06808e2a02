"""The tests of the model in words: closure on the report, and hold-outs hit or missed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.evidence.draws import Quantity
from model.evidence.figures import Figure
from model.evidence.rules import rules_of
from model.force.seats import TOTAL_OF
from model.force.workload import cases_a_year, special_cases
from model.outputs.evidence.evidence_table import HUNDREDTHS, number
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import SHARE_UNITS, change, count, percent
from model.outputs.words import keys, text
from model.projection.base_year import BaseYear
from model.projection.published.range_checks import need_of_own_officers, range_checks
from model.projection.results import Band, Holdout, Projection, RangeCheck
from model.projection.statistics import band, rests_on
from model.year.measures import measure_parts

EXACT = 1e-9
"""Relative difference up to which a draw gives a reported figure back."""
PARTLY_INDEPENDENT = {"cases_a_year"}
"""What hold-outs test of which the closure knows another window."""
CLOSED_WITH = {"frontline_share": ("staff_total", "frontline_total"), "offsite_problems": ("offsite_checks",)}
"""The other figures that must be known for a figure of the report to hold in every draw."""


@dataclass(frozen=True)
class ClosureCheck:
    """A figure of the report beside what the kept draws give back; `ok` where all of them give it back."""

    id: str
    label: str
    reported: str
    reproduced: str
    ok: bool


@dataclass(frozen=True)
class HoldoutResult:
    """A hold-out or range check beside its prediction.

    `unit` is that of both, empty for shares. `low`, `middle` and `high` are the prediction as a multiple of the
    observed value; `result` is `hit`, `partly` or `missed`, of a check `inside`, `edge` or `outside`, and `why` says
    how it comes about.
    """

    id: str
    label: str
    unit: str
    observed: str
    predicted: str
    low: float
    middle: float
    high: float
    result: str
    why: str


def closure_checks(base: BaseYear, language: str) -> list[ClosureCheck]:
    """The totals that the report gives, each beside the lowest and the highest value over the kept draws."""
    baseline, work = base.baseline, base.year.work
    people, frontline = work.staff.people.sum(axis=1), work.staff.frontline.sum(axis=1)
    cases = base.year.led.sum(axis=1) * baseline.cases_window_years
    problems = work.offsite_problems[:, 0] * base.assumed[baseline.window_of("offsite_checks")][:, 0]
    values_by_id = {
        "staff_total": people,
        "frontline_total": frontline,
        "frontline_share": np.round(frontline / people, 4),
        "bodies_total": work.staff.bodies.sum(axis=1),
        "cases_total": cases,
        "offsite_problems": problems,
    }
    rows = []
    for id, values in values_by_id.items():
        if not baseline.knows(id, *CLOSED_WITH.get(id, ())):
            continue
        given = np.reshape(_given(id, base), -1)
        unit = "cases" if id == "cases_total" else baseline.figure(id).unit
        written, reproduced = _between(given, unit), _between(values, unit)
        if id == "offsite_problems":
            checks = _between(np.reshape(_given("offsite_checks", base), -1), "checks")
            written, reproduced = f"{written} / {checks}", f"{reproduced} / {checks}"
        ok = bool(np.all(np.abs(values - given) <= EXACT * np.abs(given)))
        rows.append(ClosureCheck(id, _closure_label(id, base, language), written, reproduced, ok))
    return rows


def _given(id: str, base: BaseYear) -> Quantity:
    """What a total is in each kept draw, (draws, 1) where it is known about, else a number."""
    if id == "cases_total":
        return cases_a_year(base.baseline, base.assumed, base.reading) * base.baseline.cases_window_years
    amount = base.baseline.amount(id, base.assumed)
    return np.round(amount) if id in TOTAL_OF.values() else amount


def _between(values: np.ndarray, unit: str) -> str:
    """The lowest and the highest of some values, one number where they are the same."""
    ends = [number(round(float(end), 4), unit) for end in (values.min(), values.max())]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def _closure_label(id: str, base: BaseYear, language: str) -> str:
    label = base.baseline.figure(id).label[language]
    if id == "offsite_problems":
        return text("evidence_page.closure_problems", language)
    if id != "cases_total":
        return label
    if base.reading.get("special_cases") == "outside":
        special = count(float(special_cases(base.baseline, {})))
        label = text("evidence_page.closure_outside", language, label=label, special=special)
    return text("evidence_page.closure_window", language, label=label)


def holdout_results(projection: Projection, baseline: Baseline, language: str) -> list[HoldoutResult]:
    """The hold-outs beside their predictions, in the order of the evidence table."""
    return [
        _set_beside(row, _result(row, baseline), _why(row.id, projection, baseline, language), baseline, language)
        for row in projection.holdouts
    ]


def check_results(base: BaseYear, language: str) -> list[HoldoutResult]:
    """The range checks beside the base year's own quantity, in the order of the evidence table."""
    return [
        _set_beside(row, row.result, _check(row.id, base.baseline, language), base.baseline, language)
        for row in range_checks(base)
    ]


def _check(id: str, baseline: Baseline, language: str) -> str:
    return _explained("check", id, baseline.benchmarks[id], baseline, language)


def _set_beside(row: Holdout | RangeCheck, result: str, why: str, baseline: Baseline, language: str) -> HoldoutResult:
    figure = baseline.benchmarks[row.id]
    return HoldoutResult(
        row.id,
        figure.label[language],
        unit="" if figure.unit in SHARE_UNITS else word("unit", figure.unit, language),
        observed=number(row.observed, figure.unit),
        predicted=_predicted(row.predicted, figure.unit, language),
        low=row.predicted.p10 / row.observed,
        middle=row.predicted.p50 / row.observed,
        high=row.predicted.p90 / row.observed,
        result=result,
        why=why,
    )


def need_in_words(base: BaseYear, language: str) -> str:
    """The part of the officers required (WISN) that grows with the officers themselves."""
    rules, part = base.year.work.rules, need_of_own_officers(base)
    return text(
        "evidence_page.need_of_officers",
        language,
        county=f"{rules.county_general_units_an_officer:g}",
        city=f"{rules.city_general_units_an_officer:g}",
        share=percent(part.p50, 0),
    )


def on_time_in_words(base: BaseYear, language: str) -> str:
    """The assumptions that the share decided in time rests on, by rank correlation over the kept draws."""
    files, of = measure_parts(base.baseline, base.assumed, base.closure, base.year, None, ["on_time_share"])[
        "on_time_share"
    ]
    share = files.sum(axis=1) / np.maximum(np.asarray(of).sum(axis=1), 1e-9)
    strongest = rests_on(base.rank_ids, base.ranks, share[None], most=3)[0]
    labels = (
        text(
            "evidence_page.correlation", language, label=base.assumptions[id].label[language], value=change(r, "ratio")
        )
        for id, r in strongest
    )
    return text("evidence_page.on_time_rests_on", language, list=text("plan.list_comma", language).join(labels))


def _result(holdout: Holdout, baseline: Baseline) -> str:
    if not holdout.hit:
        return "missed"
    return "partly" if baseline.benchmarks[holdout.id].tests in PARTLY_INDEPENDENT else "hit"


def independent_hits(rows: Sequence[HoldoutResult]) -> int:
    """Number of hold-outs hit of which the closure knows nothing."""
    return sum(row.result == "hit" for row in rows)


def hits(rows: Sequence[HoldoutResult]) -> int:
    """Number of hold-outs hit."""
    return sum(row.result != "missed" for row in rows)


def _predicted(predicted: Band, unit: str, language: str) -> str:
    low, high = rounded(predicted.p10, unit), rounded(predicted.p90, unit)
    if low == high:
        return text("evidence_page.held_point", language, value=low)
    return text("plan.span", language, low=low, high=high)


def rounded(value: float, unit: str) -> str:
    """A computed figure with the digits that count: three for shares and small numbers, else whole.

    >>> rounded(0.039507, "fraction"), rounded(8.509, "checks"), rounded(1186122.4, "visits")
    ('3.95%', '8.51', '1,186,122')
    """
    if unit in HUNDREDTHS:
        return number(value, unit, digits=3)
    return f"{value:.3g}" if abs(value) < 100 else count(value)


def _why(id: str, projection: Projection, baseline: Baseline, language: str) -> str:
    outside = id == "hunan_cases_2021" and projection.scenario.reading.get("special_cases") == "outside"
    return _explained("why", f"{id}{'_outside' if outside else ''}", baseline.benchmarks[id], baseline, language)


def _explained(kind: str, key: str, figure: Figure, baseline: Baseline, language: str) -> str:
    """What is said of a published figure beside the model's own.

    Of a base year made from another one, and of a figure without a sentence of its own, it is what is compared: nobody
    has looked into the reasons there.
    """
    phrase = f"evidence_page.{kind}_{key}"
    if baseline.template or phrase not in keys() or not baseline.gives("cases_total", "frontline_share"):
        return text(f"published.tests_{figure.tests}", language)
    rules = rules_of(baseline.rules)
    return text(
        phrase,
        language,
        cases=count(baseline.reported("cases_total")),
        share=percent(baseline.reported("frontline_share"), 2),
        county=f"{rules.county_general_units_an_officer:g}",
        city=f"{rules.city_general_units_an_officer:g}",
        observed=number(float(figure.value), figure.unit),
    )


def band_in_kept_draws(base: BaseYear, id: str) -> Band:
    """The band of an assumption over the kept draws; a closed one is what the base year makes it."""
    known = {**base.assumed, **base.closure.closed}
    return band((known[id] if id in known else _listed(base, id))[:, 0])


def _listed(base: BaseYear, id: str) -> np.ndarray:
    """People or frontline share of the tier in `id` by the staff list, (draws, 1)."""
    staff, where = base.year.work.staff, base.baseline.pools.of_tier[:, [TIERS.index(id.rpartition("_")[2])]]
    people, frontline = staff.people @ where, staff.frontline @ where
    return people if id.startswith("staff") else frontline / np.maximum(people, 1e-9)
