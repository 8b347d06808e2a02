"""A projection in words: what was changed, what it gives, what binds, what may not be done."""

from collections.abc import Iterable
from dataclasses import dataclass

from model.evidence.baseline import TIERS, Baseline
from model.force.people import tier_changes
from model.outputs.phrasing.numbers import (
    MINUS,
    change,
    change_in_percent,
    count,
    from_to,
    lever_moved,
    setting,
    unit_word,
    with_unit,
)
from model.outputs.phrasing.odds import sureness
from model.outputs.phrasing.typesetting import clipped, ems
from model.outputs.words import keys, text
from model.projection.base_year import baseline_of
from model.projection.results import MeasureResult, Projection, Shortfall
from model.scenario.levers import Lever, levers
from model.scenario.scenario import Scenario, in_language
from model.year.measures import HEADLINES

MOST_PLACES, LIMIT, LIMITED = 3, "decision_limit", "on_time_share"
APART = 0.02
"""Difference of two relative changes above which each measure is worth a word."""
PREMISES = ("rules", "horizon_months")
"""Levers that nobody decides on: the law in force, and how long a projection runs."""


@dataclass(frozen=True)
class Clause:
    """One part of a sentence: a head of one word and a body, both plain text."""

    head: str
    body: str


def is_base(scenario: Scenario) -> bool:
    """Whether nothing is decided, assumed or read differently from the base year."""
    return not (scenario.levers or scenario.assumptions or scenario.reading)


def plan_in_words(projection: Projection, baseline: Baseline, language: str) -> tuple[Clause, ...]:
    """The sentence under the headline figures; for the base year what it is like."""
    if is_base(projection.scenario):
        first = [Clause(text("plan.say_base", language), text("plan.say_base_body", language))]
    else:
        first = [
            Clause(text("plan.say_changed", language), changes_in_words(projection.scenario, baseline, language)),
            Clause(text("plan.say_gives", language), gains_in_words(projection, language)),
        ]
    rest = [
        Clause(text("plan.say_binds", language), bottlenecks_in_words(projection, baseline, language)),
        Clause(text("plan.say_missing", language), shortfalls_in_words(projection, baseline, language)),
    ]
    return (*first, *rest)


def changes_in_words(scenario: Scenario, baseline: Baseline, language: str) -> str:
    """Every decision with both values, people by tier first; last what else the projection goes by."""
    parts = [*_people_moved(scenario, baseline, language), *_decided(scenario, baseline, language)]
    if scenario.assumptions:
        parts.append(text("plan.assumptions_changed", language, count=len(scenario.assumptions)))
    if scenario.reading:
        parts.append(text("plan.reading_changed", language))
    if premise := premise_in_words(scenario, baseline, language):
        parts.append(premise[:1].lower() + premise[1:] if parts else premise)
    return semicolons(parts, language) if parts else text("plan.nothing_moved", language)


def premise_in_words(scenario: Scenario, baseline: Baseline, language: str) -> str:
    """What the projection goes by that nobody decides on; empty where that is as in the base year."""
    parts = [
        text(f"plan.premise_{one.id}", language, after=setting(one, scenario.levers[one.id], language))
        for one in premises(scenario, baseline)
    ]
    return text("plan.premise", language, list=text("plan.list_comma", language).join(parts)) if parts else ""


def changes_in_short(scenario: Scenario, baseline: Baseline, language: str, most: float) -> str:
    """The changes where they take at most so many ems, else the first decision and how many more."""
    whole = changes_in_words(scenario, baseline, language)
    people = text("plan.list_comma", language).join(_people_moved(scenario, baseline, language))
    decisions = [*filter(None, [people]), *_decided(scenario, baseline, language)]
    if ems(whole) <= most or len(decisions) < 2:
        return clipped(whole, most)
    others = text("plan.and_others", language, others=len(decisions) - 1)
    return clipped(decisions[0], most - ems(others)) + others


def _people_moved(scenario: Scenario, baseline: Baseline, language: str) -> list[str]:
    return [
        text("plan.moved", language, tier=text(f"terms.tier_{tier}", language), people=change(people, "people"))
        for tier, people in tier_changes(scenario, baseline).items()
        if people
    ]


def other_levers(scenario: Scenario, baseline: Baseline) -> list[Lever]:
    """The decisions but for the changes of people by tier, in the order of the table."""
    changed = [one for id, one in levers(baseline).items() if id in scenario.levers and id not in PREMISES]
    return [one for one in changed if not one.id.startswith("staff.change.")]


def premises(scenario: Scenario, baseline: Baseline) -> list[Lever]:
    """The levers off their base that nobody decides on."""
    return [one for id, one in levers(baseline).items() if id in scenario.levers and id in PREMISES]


def _decided(scenario: Scenario, baseline: Baseline, language: str) -> list[str]:
    """The decisions but for people by tier, each with both values."""
    decided = other_levers(scenario, baseline)
    return [lever_moved(one, one.base, scenario.levers[one.id], language) for one in decided]


def gains_in_words(
    projection: Projection, language: str, ids: Iterable[str] = HEADLINES, *, with_problems: bool = True
) -> str:
    """The measures that move, of `ids`, with their direction and how sure it is.

    After the visits come the problems found, where they do not just follow the visits: better aim finds more in fewer.
    """
    visits, problems = HEADLINES[0], "problems"
    apart = abs(relative(projection.measures[problems]) - relative(projection.measures[visits])) > APART
    apart = apart and with_problems
    shown = [one for id in ids for one in ((id, problems) if apart and id == visits else (id,))]
    parts = [_gain(projection.measures[id], projection.scenario, language) for id in shown]
    return semicolons(filter(None, parts), language) or text("plan.gain_none", language)


def relative(measure: MeasureResult) -> float:
    """The change of a measure over its base year; 0 where that is none."""
    paired = measure.total
    return paired.difference.p50 / paired.base.p50 if paired.base.p50 else 0.0


def limits_apart(id: str, scenario: Scenario, language: str) -> str:
    """By which limits base year and plan count the share in time; empty where by one."""
    if id != LIMITED or LIMIT not in scenario.levers:
        return ""
    base = levers(baseline_of(scenario))[LIMIT].base
    return text("plan.limits_apart", language, base=base, plan=scenario.levers[LIMIT])


def with_limits(name: str, id: str, scenario: Scenario, language: str) -> str:
    """The name of a measure of base year and plan, with the limits of the share in time if they differ."""
    limits = limits_apart(id, scenario, language)
    return text("prefectures.heading_unit", language, name=name, unit=limits) if limits else name


def measure_with_limits(id: str, scenario: Scenario, language: str) -> str:
    """The measure by its name, `with_limits`."""
    return with_limits(text(f"terms.measure_{id}", language), id, scenario, language)


def _gain(measure: MeasureResult, scenario: Scenario, language: str) -> str:
    paired = measure.total
    if change(paired.difference.p50, measure.unit) == "0":
        return ""
    direction = "less" if paired.difference.p50 < 0 else "more"
    gain = text(
        f"plan.{direction}_{measure.id}",
        language,
        change=change(paired.difference.p50, measure.unit).lstrip("+" + MINUS),
        relative=change_in_percent(relative(measure), language),
        sure=sureness(paired.odds, language),
    )
    limits = limits_apart(measure.id, scenario, language)
    return text("plan.gain_by_limits", language, gain=gain, limits=limits) if limits else gain


def of_hundred(share: float) -> int:
    """Draws in a hundred; 100 only where it is all of them, 0 only where it is none.

    >>> of_hundred(0.999), of_hundred(1.0), of_hundred(0.001), of_hundred(0.874)
    (99, 100, 1, 87)
    """
    if share in (0.0, 1.0):
        return int(share * 100)
    return min(max(round(share * 100), 1), 99)


def bottlenecks_in_words(projection: Projection, baseline: Baseline, language: str) -> str:
    """How many pools each constraint holds, the commonest first; beside it the base year where it differs."""
    now, before = (
        [
            (getattr(pool, year), place(pool.tier, pool.prefecture, baseline, language))
            for pool in projection.bottlenecks
        ]
        for year in ("scenario", "base")
    )
    sentence = _constraints_in_words(now, language)
    if now != before:
        sentence = text("plan.binds_before", language, now=sentence, before=_constraints_in_words(before, language))
    return semicolons([sentence, _review_in_words(projection, language)], language)


def _review_in_words(projection: Projection, language: str) -> str:
    """How many pools' case capacity legal review limits, which is why it can fall when officers are added."""
    now, before = (
        sum(getattr(pool, year) == "legal review" for pool in projection.bottlenecks)
        for year in ("cases_scenario", "cases_base")
    )
    kind = "review_as_before" if now == before else "review"
    return text(f"plan.binds_{kind}" if now else f"plan.binds_no_{kind}", language, count=now, before=before)


def _constraints_in_words(pools: list[tuple[str, str]], language: str) -> str:
    by_constraint: dict[str, list[str]] = {}
    for constraint, where in pools:
        by_constraint.setdefault(constraint_name(constraint, language), []).append(where)
    parts = []
    for name, places in sorted(by_constraint.items(), key=lambda item: -len(item[1])):
        kind = "all" if len(places) == len(pools) else "named" if len(places) <= MOST_PLACES else "some"
        named = text("plan.list_comma", language).join(places)
        parts.append(text(f"plan.binds_{kind}", language, constraint=name, count=len(places), places=named))
    return semicolons(parts, language)


def shortfalls_in_words(projection: Projection, baseline: Baseline, language: str) -> str:
    """Every kind of task that may not be done, where it is likeliest and how much is missing there."""
    kinds: dict[str, list[Shortfall]] = {}
    for row in projection.not_done:
        kinds.setdefault(row.what, []).append(row)
    parts = [_shortfall(what, rows, baseline, language) for what, rows in kinds.items()]
    return semicolons(parts, language) if parts else text("plan.missing_none", language)


def _shortfall(what: str, rows: list[Shortfall], baseline: Baseline, language: str) -> str:
    first = max(rows, key=lambda row: row.probability)
    amount = missing_amount(first, language)
    where = place(first.tier, first.prefecture, baseline, language)
    return text(
        "plan.missing_one",
        language,
        what=task_name(what, language),
        places=where
        if len(rows) == 1
        else text("plan.missing_more", language, place=where, count=len(rows), more=len(rows) - 1),
        n=of_hundred(first.probability),
        amount=text("plan.missing_bad", language, amount=amount) if amount else "",
    )


def missing_amount(row: Shortfall, language: str) -> str:
    """How much of a task is missing in a bad draw, never in tenths of one; empty for next to nothing."""
    missing = row.amount.p90
    if count(missing) == "0":
        return ""
    words = text(f"plan.missing_amount_{_slug(row.what)}", language, amount=count(max(missing, 1.0)))
    return words if missing >= 1 else text("plan.missing_under", language, amount=words)


def missing_span(row: Shortfall, language: str) -> str:
    """The 10 to 90 % band of what is missing, with its unit, never in tenths of one."""
    if row.amount.p90 < 1 and (words := missing_amount(row, language)):
        return words
    low, high = (
        text("plan.under_one", language) if end < 1 and count(end) != "0" else count(end)
        for end in (row.amount.p10, row.amount.p90)
    )
    return with_unit(from_to(low, high, language), unit_word(row.unit, language), language)


def task_name(what: str, language: str) -> str:
    """A task that may not be done (`Shortfall.what`) by name."""
    return text(f"plan.missing_{_slug(what)}", language)


def constraint_name(id: str, language: str) -> str:
    """What holds a pool (`Bottleneck.scenario` and the like) by name."""
    return text(f"terms.constraint_{_slug(id)}", language)


def _slug(id: str) -> str:
    return id.replace(" ", "_")


def condition_in_words(id: str, baseline: Baseline, language: str) -> str:
    """The name of a condition of a plausible base year, or of the assumption whose range it keeps."""
    if f"plan.condition_{id}" in keys():
        return text(f"plan.condition_{id}", language)
    ours = baseline.assumptions.get(id)
    return ours.label[language] if ours else id


def place(tier: str, prefecture: str, baseline: Baseline, language: str) -> str:
    """A pool by name: the province, a city's bureau or the counties of a prefecture.

    Where a row of the places is a whole province, its cities are many. StopIteration for a prefecture that the baseline
    does not have, KeyError for such a province.
    """
    if tier == TIERS[0]:
        if not prefecture:
            return text("terms.tier_province", language)
        return text("plan.place_province", language, province=baseline.province_names[prefecture][language])
    one = next(p for p in baseline.prefectures if p.id == prefecture)
    kind = "cities" if tier == TIERS[1] and baseline.is_whole_province(one) else tier
    return text(f"plan.place_{kind}", language, prefecture=one.name[language])


def plan_name(scenario: Scenario, language: str) -> str:
    """The scenario's name as typed, else that it has none or is the base year."""
    unnamed = text("plan.untitled", language) if scenario.levers else base_year_name(scenario, language)
    return in_language(scenario.name, language) or unnamed


def base_year_name(scenario: Scenario, language: str) -> str:
    """What the base year of a scenario is called, with its year."""
    return text("plan.base_year", language, year=baseline_of(scenario).year)


def semicolons(parts: Iterable[str], language: str) -> str:
    """Parts of a sentence in a row, joined as the language joins them."""
    return text("plan.list_semicolon", language).join(parts)
