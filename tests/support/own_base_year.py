"""Base years that know other things than the shipped one does, made from it in memory."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption

CLOSED_BY = {
    "staff_total": "staff_county",
    "frontline_total": "frontline_share_county",
    "cases_total": "visit_filed",
}
"""What follows from a figure of the report, and is drawn without it."""
NO_WORDS = {"zh": "无", "en": "None"}
HIT = Assumption("offsite_hit", NO_WORDS, 0.02, 0.1, 0.15, "fraction", NO_WORDS)


def without(baseline: Baseline, figures: Collection[str]) -> Baseline:
    """The baseline without some figures of its report; what followed from them is drawn."""
    drawn = {CLOSED_BY[id] for id in figures if id in CLOSED_BY}
    assumptions = {id: replace(a, closed=a.closed and id not in drawn) for id, a in baseline.assumptions.items()}
    if {"offsite_checks", "offsite_problems"} & set(figures):
        assumptions["offsite_hit"] = HIT
    report = {id: figure for id, figure in baseline.report.items() if id not in figures}
    return replace(baseline, report=report, assumptions=assumptions)


def known_about(baseline: Baseline, figures: Collection[str], off: float) -> Baseline:
    """The baseline with some figures of its report known about, as far as a part `off` to either side."""
    ranges = {
        id: Assumption(id, one.label, *(one.value * part for part in (1 - off, 1, 1 + off)), one.unit, NO_WORDS)
        for id, one in baseline.report.items()
        if id in figures and isinstance(one.value, float)
    }
    report = {id: figure for id, figure in baseline.report.items() if id not in ranges}
    return replace(baseline, report=report, assumptions={**baseline.assumptions, **ranges})


def with_contacts_window(baseline: Baseline, years: float) -> Baseline:
    """The baseline with a window of its own for service contacts."""
    own = Assumption("contacts_window_years", NO_WORDS, years, years, years, "years", NO_WORDS)
    return replace(baseline, assumptions={**baseline.assumptions, own.id: own})


def with_visits_unknown(baseline: Baseline) -> Baseline:
    """The baseline with visits that follow from drawn other duties."""
    closed = {"visits_base": True, "other_duties_share": False}
    assumptions = {id: replace(a, closed=closed.get(id, a.closed)) for id, a in baseline.assumptions.items()}
    return replace(baseline, assumptions=assumptions)


def with_units(baseline: Baseline, units: Collection[int]) -> Baseline:
    """The baseline with as many prefectures as there are numbers of county-level units."""
    some = [baseline.prefectures[k % len(baseline.prefectures)] for k in range(len(units))]
    prefectures = tuple(
        replace(one, id=f"place{k}", county_level_units=count, tile=None)
        for k, (one, count) in enumerate(zip(some, units, strict=True))
    )
    return replace(baseline, prefectures=prefectures)


def known(one: Assumption, value: float) -> Assumption:
    """The assumption as a known figure."""
    return replace(one, low=value, mid=value, high=value, mark="reported")


def all_finite(values: np.ndarray) -> bool:
    return bool(np.isfinite(values).all())
