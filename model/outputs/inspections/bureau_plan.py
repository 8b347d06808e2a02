"""The inspection plan as a bureau files it: a paper a prefecture, in the columns of published plans.

What the model does not know, such as names of firms and of counties, is an empty cell to fill in.
"""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS
from model.evidence.rules import rules_of
from model.force.whole_numbers import whole
from model.outputs.handout.handout import Handout
from model.outputs.inspections.issuing_unit import issuing_unit
from model.outputs.phrasing.numbers import count, percent
from model.outputs.phrasing.sentences import place as pool_name
from model.outputs.words import text
from model.schedule.inspection_plan import CLASSES, NON_ROUTINE

COLUMNS = ("number", "objects", "names", "matters", "way", "rate")
"""The columns before the quarters."""
AFTER = ("when", "body", "cap", "done", "remarks")
"""The columns after the year."""
TODAY = "2025"
"""The rules in force when a plan is filed now, whatever rules it was projected under."""
NEW_YEAR_FROM = 10
"""The month from which a plan is made for the year to come."""


@dataclass(frozen=True)
class Line:
    """One class of inspections by one tier: words by column, and whole visits by quarter, (4,)."""

    words: dict[str, str]
    visits: np.ndarray


@dataclass(frozen=True)
class Paper:
    """The plan of one place: its head, its lines, and the visits of its counties to be split, by class.

    `counties` is the number of county-level divisions, 0 where there is nothing to split.
    """

    place: str
    title: str
    units: tuple[tuple[str, str], ...]
    strength: str
    lines: tuple[Line, ...]
    counties: int
    of_counties: np.ndarray
    notes: tuple[str, ...]


def year_of(handout: Handout) -> int:
    """The year of the plan: the one in which it is made, towards its end the next."""
    return handout.made_on.year + (handout.made_on.month >= NEW_YEAR_FROM)


def papers(handout: Handout) -> tuple[Paper, ...]:
    """The papers of the province's own force and of every prefecture."""
    places = dict.fromkeys(prefecture for _, prefecture in handout.inspections.pools)
    return tuple(_paper(handout, place) for place in places)


def _paper(handout: Handout, place: str) -> Paper:
    plan, language = handout.inspections, handout.language
    pools = {tier: p for p, (tier, at) in enumerate(plan.pools) if at == place}
    of_place = {p.id: p for p in handout.baseline.prefectures}
    here = of_place.get(place)
    short = here.short[language] if here else pool_name(TIERS[0], place, handout.baseline, language)
    bureau = issuing_unit(place, handout.baseline, language)
    year = year_of(handout)
    county = pools.get(TIERS[2])
    none = np.zeros(len(CLASSES), int)
    units = {"year": str(year), "issued_by": bureau, "responsible": "", "approved": ""}
    return Paper(
        place=short,
        title=_word("title", language, bureau=bureau, year=year),
        units=tuple((_word(f"unit_{key}", language), value) for key, value in units.items()),
        strength=_strength(handout, pools),
        lines=tuple(
            _line(handout, tier, p, k)
            for tier, p in pools.items()
            for k in range(len(CLASSES))
            if plan.visits[p, k].any() or plan.minimum[p, k].any()
        ),
        counties=here.county_level_units if here and county is not None else 0,
        of_counties=plan.visits[county].sum(axis=-1) if county is not None else none,
        notes=_notes(handout),
    )


def frontline(handout: Handout) -> np.ndarray:
    """Frontline officers of every pool in whole people that add up, (pools,)."""
    return whole(handout.inspections.frontline)


def _strength(handout: Handout, pools: dict[str, int]) -> str:
    """Whole people and whole visits of a place, by tier."""
    plan, language, heads = handout.inspections, handout.language, frontline(handout)
    own = list(pools.values())
    visits = plan.visits[own].sum(axis=(0, 2))
    parts = (
        _word("of_tier", language, tier=_word(f"body_{tier}", language), people=count(heads[p]))
        for tier, p in pools.items()
    )
    return _word(
        "strength",
        language,
        people=count(heads[own].sum()),
        parts=text("plan.list_comma", language).join(parts),
        visits=count(visits[:NON_ROUTINE].sum()),
        reserve=count(visits[NON_ROUTINE]),
    )


def _line(handout: Handout, tier: str, p: int, k: int) -> Line:
    language, kind = handout.language, CLASSES[k]
    cap = rules_of(TODAY).visit_cap
    words = {
        "objects": _word(f"objects_{kind}", language),
        "names": "",
        "matters": _word(f"matters_{kind}", language),
        "way": _word(f"way_{kind}", language),
        "rate": _rate(handout, tier, kind),
        "when": _word(f"when_{kind}", language),
        "body": _word(f"body_{tier}", language),
        "cap": _word("no_cap", language) if k == NON_ROUTINE else count(cap),
        "done": "",
        "remarks": "",
    }
    return Line(words, handout.inspections.by_quarter[p, k])


def _rate(handout: Handout, tier: str, kind: str) -> str:
    """How many of a class are to be checked, by the rules of random checks; none at the province."""
    rules, language = rules_of(handout.projection.rules), handout.language
    if tier == TIERS[0] or kind not in ("key", "general"):
        return _word("rate_by_task", language)
    is_city = tier == TIERS[1]
    if kind == "key":
        share = rules.city_key_units_a_quarter if is_city else rules.county_key_units_a_quarter
        return _word("rate_key", language, share=percent(share, 0))
    each = rules.city_general_units_an_officer if is_city else rules.county_general_units_an_officer
    return _word("rate_general", language, count=count(each))


def _notes(handout: Handout) -> tuple[str, ...]:
    """Today's limits to inspections, what the plan was projected under, and what is to be filled in."""
    language, projected = handout.language, handout.projection.rules
    notes = [_word("limits", language, cap=count(rules_of(TODAY).visit_cap))]
    if projected != TODAY:
        notes.append(_word("older_rules", language, rules=projected))
    return (*notes, _word("fill_in", language), text("inspection.middle", language))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"bureau_plan.{key}", language, **values)
