"""The figures derived from report and assumptions, each with its formula in words and numbers."""

from dataclasses import dataclass

from model.evidence.baseline import TIERS, Baseline
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import count
from model.outputs.words import text


@dataclass(frozen=True)
class Derivation:
    """One figure of `Baseline.derived` as text: its name, value, unit and arithmetic."""

    label: str
    value: str
    unit: str
    formula: str


def derivations(baseline: Baseline, language: str) -> dict[str, Derivation]:
    """The derived figures that are arithmetic, by id.

    Those only carried over from report or assumptions are left out.
    """

    def reported(id: str) -> str:
        return count(baseline.reported(id))

    window = f"{baseline.mid('service_window_years'):g}"
    least_share = f"{baseline.reported('enforcement_share_of_system_min'):g}"
    terms = {
        "cases_a_year": {"cases": reported("cases_total"), "years": f"{baseline.cases_window_years:g}"},
        "offsite_hit": {"problems": reported("offsite_problems"), "checks": reported("offsite_checks")},
        "offsite_checks_a_year": {"checks": reported("offsite_checks"), "years": window},
        "service_contacts_a_year": {"contacts": reported("service_contacts"), "years": window},
        "system_staff_most": {"staff": reported("staff_total"), "share": least_share},
    }
    units = {
        "cases_a_year": text("terms.unit_cases_a_year", language),
        "offsite_hit": word("unit", "fraction", language),
        "offsite_checks_a_year": word("unit", "checks a year", language),
        "service_contacts_a_year": word("unit", "contacts a year", language),
        "system_staff_most": word("unit", "people", language),
    }
    rows = {}
    for id, values in terms.items():
        value = f"{baseline.derived[id]:.2%}" if id == "offsite_hit" else count(baseline.derived[id])
        formula = text(f"evidence_page.formula_{id}", language, **values, value=value)
        rows[id] = Derivation(text(f"evidence_page.derived_{id}", language), value, units[id], formula)
    return rows | _by_tier(baseline, language)


def _by_tier(baseline: Baseline, language: str) -> dict[str, Derivation]:
    """People whom each tier could give away, and people of each tier at a desk."""
    bodies = {"province": len(baseline.provinces), "county": round(baseline.mid("bodies_county"))}
    bodies["city"] = round(baseline.reported("bodies_total")) - sum(bodies.values())
    rows = {}
    for kind in ("movable", "desk"):
        for tier in TIERS:
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
