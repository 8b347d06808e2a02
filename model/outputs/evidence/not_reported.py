"""What a base year's report leaves open, so that it is assumed, as a list in words."""

from model.evidence.baseline import TIERS, Baseline
from model.outputs.words import text


def not_reported(baseline: Baseline, language: str) -> str:
    """The figures that the report does not give and the results rest on, as a list within a sentence.

    >>> from model import shipped_baseline
    >>> not_reported(shipped_baseline("hunan-2021"), "en")
    'the staff by tier, the hours per task and the window of the off-site counts'
    """
    are_known = [_is_known(f"staff_{tier}", baseline) for tier in TIERS]
    is_lacking = {
        "tiers": baseline.seats is None and not all(are_known),
        "frontline": baseline.seats is None and not baseline.gives("frontline_total"),
        "cases": not baseline.gives("cases_total"),
        "hours": True,
        "window": baseline.knows("offsite_checks"),
    }
    parts = [text(f"published.lacking_{part}", language) for part, lacking in is_lacking.items() if lacking]
    last = text("published.lacking_and", language, last=parts.pop()) if len(parts) > 1 else ""
    return text("plan.list_comma", language).join(parts) + last


def limits(baseline: Baseline, language: str) -> str:
    """What no figure of a projection says, in a paragraph; before it, who is meant by the tiers of a city."""
    return tiers_of_city(baseline, language) + text("plan.limits", language, list=not_reported(baseline, language))


def tiers_of_city(baseline: Baseline, language: str) -> str:
    """Which tiers a base year of one city has, a sentence; empty for every other base year."""
    return text("published.tiers_of_city", str(language)) if baseline.is_city else ""


def _is_known(id: str, baseline: Baseline) -> bool:
    """Whether the one number of an assumption holds in every draw."""
    one = baseline.assumptions[id]
    return not one.closed and one.low == one.high
