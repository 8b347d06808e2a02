"""What a base year's report leaves open, so that it is assumed, as a list in words."""

from model.evidence.baseline import TIERS, Baseline
from model.outputs.words import text


def not_reported(baseline: Baseline, language: str) -> str:
    """The figures that the report does not give and the results rest on, as a list within a sentence.

    >>> from model import shipped_baseline
    >>> not_reported(shipped_baseline("hunan-2021"), "en")
    'the staff by tier, the hours per task and the window of the off-site counts'
    """
    tiers = _unknown_tiers(baseline)
    is_lacking = {
        "tiers": bool(tiers),
        "frontline": baseline.seats is None and not baseline.gives("frontline_total"),
        "cases": not baseline.gives("cases_total"),
        "hours": True,
        "window": baseline.knows("offsite_checks"),
    }
    some = {} if len(tiers) == len(TIERS) else {"tiers": _staff_of(tiers, language)}
    parts = [
        some.get(part) or text(f"published.lacking_{part}", language) for part, lacking in is_lacking.items() if lacking
    ]
    last = text("published.lacking_and", language, last=parts.pop()) if len(parts) > 1 else ""
    return text("plan.list_comma", language).join(parts) + last


def limits(baseline: Baseline, language: str) -> str:
    """What no figure of a projection says, in a paragraph; before it, who is meant by the tiers of a city."""
    return tiers_of_city(baseline, language) + text("plan.limits", language, list=not_reported(baseline, language))


def tiers_of_city(baseline: Baseline, language: str) -> str:
    """Which tiers a base year of one city has, a sentence; empty for every other base year."""
    return text("published.tiers_of_city", str(language)) if baseline.is_city else ""


def _unknown_tiers(baseline: Baseline) -> list[str]:
    """The tiers whose people nobody gave; one alone follows from a total that is given."""
    if baseline.seats is not None:
        return []
    unknown = [tier for tier in TIERS if not _is_known(f"staff_{tier}", baseline)]
    return [] if len(unknown) == 1 and baseline.gives("staff_total") else unknown


def _staff_of(tiers: list[str], language: str) -> str:
    """The staff of some tiers, by their names."""
    names = text("plan.list_comma", language).join(text(f"stability.tier_{tier}", language) for tier in tiers)
    return text("published.lacking_tier", language, tiers=names)


def _is_known(id: str, baseline: Baseline) -> bool:
    """Whether the one number of an assumption holds in every draw."""
    one = baseline.assumptions[id]
    return not one.closed and one.low == one.high
