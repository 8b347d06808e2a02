"""The figures derived from report and assumptions, each with its formula in words and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Baseline
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import count
from model.outputs.words import text

FIGURES: Mapping[str, Mapping[str, str]] = {
    "cases_a_year": {"cases": "cases_total"},
    "offsite_hit": {"problems": "offsite_problems", "checks": "offsite_checks"},
    "offsite_checks_a_year": {"checks": "offsite_checks"},
    "service_contacts_a_year": {"contacts": "service_contacts"},
    "system_staff_most": {"share": "enforcement_share_of_system_min"},
}
"""The report's figures in the arithmetic of each, by their names in its formula."""
SHARES = ("enforcement_share_of_system_min",)


@dataclass(frozen=True)
class Derivation:
    """One figure of `Baseline.derived` as text: its name, value, unit and arithmetic."""

    label: str
    value: str
    unit: str
    formula: str


def derivations(baseline: Baseline, language: str) -> dict[str, Derivation]:
    """The derived figures that are arithmetic, by id.

    Those only carried over from report or assumptions are left out, and those of figures that the report does not give.
    """

    def reported(id: str) -> str:
        return f"{baseline.reported(id):g}" if id in SHARES else count(baseline.reported(id))

    window = {"years": f"{baseline.mid('service_window_years'):g}"}
    given = {
        "cases_a_year": {"years": f"{baseline.cases_window_years:g}"},
        "offsite_checks_a_year": window,
        "service_contacts_a_year": window,
        "system_staff_most": {"staff": count(baseline.staff_total)},
    }
    units = {
        "cases_a_year": text("terms.unit_cases_a_year", language),
        "offsite_hit": word("unit", "fraction", language),
        "offsite_checks_a_year": word("unit", "checks a year", language),
        "service_contacts_a_year": word("unit", "contacts a year", language),
        "system_staff_most": word("unit", "people", language),
    }
    rows = {}
    for id, names in FIGURES.items():
        if not baseline.knows(*names.values()):
            continue
        values = {**given.get(id, {}), **{part: reported(name) for part, name in names.items()}}
        value = f"{baseline.derived[id]:.2%}" if id == "offsite_hit" else count(baseline.derived[id])
        formula = text(f"evidence_page.formula_{id}", language, **values, value=value)
        rows[id] = Derivation(text(f"evidence_page.derived_{id}", language), value, units[id], formula)
    return rows | _by_tier(baseline, language)


def _by_tier(baseline: Baseline, language: str) -> dict[str, Derivation]:
    """People whom each tier could give away, and people of each tier at a desk."""
    bodies = {"province": len(baseline.provinces), "county": round(baseline.mid("bodies_county"))}
    bodies["city"] = round(float(baseline.city_bodies(np.array(baseline.mid("bodies_county")), {})))
    rows = {}
    for kind in ("movable", "desk"):
        for tier in baseline.tiers:
            value = count(baseline.derived[f"{kind}_{tier}"])
            formula = text(
                f"evidence_page.formula_{kind}",
                language,
                staff=count(baseline.derived[f"staff_{tier}"]),
                value=value,
                **({"bodies": bodies[tier]} if kind == "movable" else {"share": _share(baseline, tier)}),
            )
            label = text(f"evidence_page.derived_{kind}", language, tier=text(f"terms.tier_{tier}", language))
            rows[f"{kind}_{tier}"] = Derivation(label, value, word("unit", "people", language), formula)
    return rows


def _share(baseline: Baseline, tier: str) -> str:
    return f"{baseline.derived[f'frontline_share_{tier}']:.4g}"
