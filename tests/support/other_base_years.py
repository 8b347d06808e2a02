"""Base years that are not Hunan's: Guangdong read in two ways, one city of districts, one prefecture of counties."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from handouts import answered_as
from own_base_year import known, without

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.evidence.baseline import Baseline
from model.evidence.tier_names import Label
from model.outputs.handout.handout import Handout
from model.outputs.package import package
from model.outputs.phrasing.coherence import coherent

HUNAN, GUANGDONG = shipped_baseline("hunan-2021"), shipped_baseline("guangdong-2016")
DAY = date(2026, 11, 24)
WHOLE_FORCE = ("visits_base", "complaints", "key_units", "regulated_units")
"""What grows with the population."""
NAMES = ("guangdong cheaper_tasks", "guangdong more_hands", "one city", "one prefecture", "figures missing")


def reading_of(id: str, language: str = "zh") -> Scenario:
    """The plan that reads Guangdong 2016 one way."""
    alternative = next(one for one in GUANGDONG.alternatives if one.id == id)
    changed = {
        name: ChangedAssumption(one.low, one.mid, one.high, one.reason[language])
        for name, one in alternative.ranges.items()
    }
    return Scenario(baseline=GUANGDONG.id, assumptions=changed)


def made_up(id: str, name: Mapping[str, str], units: tuple[int, ...], people: Mapping[str, float]) -> Baseline:
    """A base year of 2024 with as many places as there are numbers of county-level units; Hunan's rates a head.

    People are known by tier, the frontline and the bodies are not, nor what no report of a city gives.
    """
    share = sum(people.values()) / HUNAN.staff_total
    gone = {*HUNAN.report} - {"cases_total", "cases_seizure", "offsite_checks", "offsite_problems"}
    ours = without(HUNAN, gone)
    report = {
        id: replace(figure, value=float(round(figure.value * share)), source=name, quote="")
        for id, figure in ours.report.items()
    }
    assumptions = {
        one.id: replace(one, label=Label({language: _plain(text) for language, text in one.label.items()}), basis=name)
        for one in ours.assumptions.values()
    }
    for one in WHOLE_FORCE:
        ends = {end: getattr(ours.assumptions[one], end) * share for end in ("low", "mid", "high")}
        assumptions[one] = replace(assumptions[one], **ends)
    for tier, heads in people.items():
        assumptions[f"staff_{tier}"] = replace(known(assumptions[f"staff_{tier}"], heads), closed=False)
    assumptions["bodies_county"] = known(assumptions["bodies_county"], sum(units))
    places = tuple(
        replace(
            HUNAN.prefectures[k],
            id=f"place{k}",
            name={"zh": f"甲{k}区", "en": f"Place {k}"},
            short={"zh": f"甲{k}", "en": f"Place {k}"},
            province=id,
            county_level_units=count,
            population=HUNAN.prefectures[k].population * share * len(HUNAN.prefectures) / len(units),
            area_km2=900.0,
            letters=None,
            gdp=None,
            tile=None,
            code=f"place{k}",
        )
        for k, count in enumerate(units)
    )
    return replace(
        ours,
        id=id,
        name=name,
        source=name,
        year=2024,
        rules="2025",
        cases_window_years=2.814,
        report=report,
        assumptions=assumptions,
        benchmarks={},
        prefectures=places,
        template="hunan-2021",
    )


def _plain(label: str) -> str:
    return label.replace(" 14 ", " ")


ONE_CITY = made_up(
    "city", {"zh": "某市 2024", "en": "Some City 2024"}, (0,) * 6, {"province": 60, "city": 150, "county": 0}
)
ONE_PREFECTURE = made_up(
    "prefecture", {"zh": "某州 2024", "en": "Some Prefecture 2024"}, (8,), {"province": 10, "city": 45, "county": 130}
)
FIGURES_MISSING = without(
    HUNAN,
    [
        "frontline_total",
        "frontline_share",
        "bodies_total",
        "bodies_merged",
        "offsite_checks",
        "offsite_problems",
        "service_contacts",
        "enforcement_share_of_system_min",
        "cases_total",
        "cases_seizure",
        "cases_crime",
    ],
)


def plan_on(name: str, language: str = "zh") -> tuple[Scenario, Baseline]:
    """A plan on one of the base years, with the base year."""
    levers = {"staff.change.city": -20.0, "staff.change.county": 20.0, "other_duties_cut": 0.02}
    if name.startswith("guangdong"):
        return reading_of(name.removeprefix("guangdong "), language).with_decisions(levers=levers), GUANGDONG
    if name == "one city":
        levers = {"staff.change.province": -5.0, "staff.change.city": 5.0, "other_duties_cut": 0.02}
        return Scenario(levers=levers), ONE_CITY
    return Scenario(levers=levers), ONE_PREFECTURE if name == "one prefecture" else FIGURES_MISSING


@cache
def handout_of(name: str, language: str = "zh") -> Handout:
    """What a plan on one of the base years is handed out as."""
    scenario, baseline = plan_on(name, language)
    one = Handout(coherent(project(scenario, baseline=baseline, draws=1024)), baseline, DAY, language)
    return one if language == "zh" else answered_as(one, handout_of(name))


@cache
def part_of(name: str, path: str, language: str = "zh") -> bytes:
    """A file of the package that it is handed out as."""
    (part,) = (part for part in package.PARTS if part.path == path)
    return part.build(handout_of(name, language))
