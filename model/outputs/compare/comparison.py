"""A comparison in words: names, cautions, verdicts over the draws, differences, levers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from model.evidence.baseline import Baseline
from model.outputs.phrasing.numbers import amount, change, change_span, setting, span, unit_beside, unit_word, with_unit
from model.outputs.phrasing.odds import Form, is_mostly_same, parts_in_words
from model.outputs.phrasing.sentences import (
    base_year_name,
    changes_in_words,
    gains_in_words,
    limits_apart,
    measure_with_limits,
    plan_name,
    semicolons,
    task_name,
)
from model.outputs.words import text
from model.projection.comparison import Comparison, Duel
from model.projection.results import Band, Odds, Projection
from model.scenario.comparability import BASE, PLAN, ComparisonSet
from model.scenario.levers import Lever, Value, levers
from model.scenario.scenario import Scenario, in_language
from model.year.measures import HEADLINES, MEASURE

LETTERS = "ABCDEF"
"""What the scenarios of a comparison are called, in their order."""
CAUTIONS = ("rules", "decision_limit", "horizon_months")
"""The levers whose difference needs a sentence of its own."""
CLEAR = 0.6
"""Least share of the draws that differ at which one scenario is called better; below, it is open."""
OTHERS = tuple(id for id in MEASURE if id not in HEADLINES)
"""The measures that are no headlines."""


@dataclass(frozen=True)
class Verdict:
    """How one scenario does against another over the draws.

    `kind` is same (in all draws), even (the same in most), open, better or worse, and more or less for a measure
    without a better direction; `head` is the word for it, `counts` the odds of a hundred draws, empty for same.
    """

    kind: str
    head: str
    counts: str


def name_of(key: str, scenario: Scenario, language: str) -> str:
    """The name of a scenario in a list, as somebody typed it; `key` is its key in the line-up."""
    if key == BASE:
        return base_year_name(scenario, language)
    if key == PLAN:
        return text("compare.current", language, name=plan_name(scenario, language))
    return in_language(scenario.name, language) or key


def measure_name(id: str, projections: Sequence[Projection], language: str) -> str:
    """The name of a measure, with the number of days where all scenarios have the same decision limit.

    One scenario alone stands beside its base year, whose limit may be another.
    """
    if len(projections) == 1 and limits_apart(id, projections[0].scenario, language):
        return measure_with_limits(id, projections[0].scenario, language)
    if id in HEADLINES:
        limits = {_limit(projection.scenario) for projection in projections}
        if len(limits) == 1 or id != "on_time_share":
            return text(f"plan.headline_{id}", language, days=limits.pop())
    return text(f"terms.measure_{id}", language)


def _limit(scenario: Scenario) -> str:
    return str(scenario.levers.get("decision_limit", "90"))


def scenario_in_words(projection: Projection, baseline: Baseline, language: str) -> str:
    """What the scenario changes, what that gives and how sure it is, in one sentence."""
    if projection.scenario.levers:
        return text(
            "compare.sentence",
            language,
            changes=changes_in_words(projection.scenario, baseline, language),
            gains=gains_in_words(projection, language),
        )

    measures = {id: projection.measures[id] for id in ("visits", "case_capacity")}
    middles = {id: amount(measure.total.base.p50, measure.unit) for id, measure in measures.items()}
    assumed = len(projection.scenario.assumptions)
    sentence = text("compare.sentence_base", language, **middles)
    return sentence + (text("compare.sentence_assumed", language, count=assumed) if assumed else "")


def left_out_in_words(scenarios: ComparisonSet, language: str) -> list[str]:
    """A sentence for each scenario that is not compared, as it has another base year."""
    comma = text("plan.list_comma", language)
    return [
        text(
            "compare.left_out",
            language,
            name=name_of(candidate.key, candidate.scenario, language),
            what=comma.join(text(f"compare.base_year_{field}", language) for field in fields),
        )
        for candidate, fields in scenarios.left_out
    ]


def lever_cautions(
    comparison: Comparison, baseline: Baseline, language: str, ids: Sequence[str] = CAUTIONS
) -> list[str]:
    """A sentence on each of these levers that differs, with which plan has which value."""
    table = levers(baseline)
    return [
        text(f"compare.caution_{id}", language, who=_by_value(comparison.differing[id], table[id], language))
        for id in ids
        if id in comparison.differing
    ]


def cautions_in_words(comparison: Comparison, baseline: Baseline, language: str) -> list[str]:
    """Sentences on other differences: rules, limits, horizons, a base year that is not shipped."""
    cautions = lever_cautions(comparison, baseline, language)
    scenario = comparison.projections[0].scenario
    if scenario.assumptions:
        cautions.append(text("compare.caution_assumptions", language, count=len(scenario.assumptions)))
    if scenario.reading:
        cautions.append(text("compare.caution_reading", language))
    if scenario.staff_list:
        cautions.append(text("compare.caution_staff_list", language))
    return cautions


def _by_value(values: Sequence[Value], lever: Lever, language: str) -> str:
    """Every value with the letters of the scenarios that have it."""
    holders: dict[str, list[str]] = {}
    for letter, value in zip(LETTERS, values, strict=False):
        holders.setdefault(setting(lever, value, language), []).append(letter)
    comma = text("plan.list_comma", language)
    parts = [
        text("compare.has_value", language, who=comma.join(letters), value=value) for value, letters in holders.items()
    ]
    return text("plan.list_semicolon", language).join(parts)


def verdict(odds: Odds, better: int, language: str, form: Form = "bare") -> Verdict:
    """The verdict on the first scenario of a pair from its odds; `better` is as of the measure."""
    if odds.same == 1:
        return Verdict("same", text("compare.verdict_same", language), "")
    up, down = ("better", "worse") if better else ("more", "less")
    share = odds.better / (odds.better + odds.worse)
    kind = up if share >= CLEAR else down if share <= 1 - CLEAR else "open"
    kind = "even" if is_mostly_same(odds) else kind
    return Verdict(kind, text(f"compare.verdict_{kind}", language), parts_in_words(odds, language, form, better))


def band_in_words(band: Band, unit: str, language: str) -> str:
    """The 10 to 90 % band of a value, or the remark that its ends read alike."""
    if amount(band.p10, unit) == amount(band.p90, unit):
        return text("compare.no_band", language)
    return span(band, unit, language)


def difference_in_words(duel: Duel, unit: str, language: str) -> tuple[str, str]:
    """The paired difference with its unit, and its band in brackets, empty where both ends read alike."""
    band = duel.difference
    middle = with_unit(change(band.p50, unit), unit_beside(unit, language, signed=True), language)
    if change(band.p10, unit) == change(band.p90, unit):
        return middle, ""
    return middle, text("compare.band", language, span=change_span(band, unit, language))


def lever_value(lever: Lever, value: Value, language: str) -> str:
    """A lever's value with its unit; people moved and posts added carry their sign."""
    if isinstance(value, int | float) and (lever.id.startswith("staff.change.") or lever.id == "staff.new_posts"):
        return with_unit(change(value, lever.unit), unit_word(lever.unit, language), language)
    return setting(lever, value, language)


def standing(comparison: Comparison, measure: str) -> tuple[str, int]:
    """How the scenarios stand in a measure, and the place of the one that gains most on the others.

    `leads`: it is clearly better than each other one, and mostly the same as none; `same` in all draws, `even` for
    mostly the same all round, else `none`.
    """
    size, duels = len(comparison.projections), comparison.duels[measure]["total"]
    odds = [[duels[i, j].odds for j in range(size) if j != i] for i in range(size)]
    ahead = [[one.better - one.worse for one in row] for row in odds]
    first = max(range(size), key=lambda i: (min(ahead[i]) > 0, sum(ahead[i])))
    if all(one.same == 1 for row in odds for one in row):
        return "same", first
    if all(is_mostly_same(one) for row in odds for one in row):
        return "even", first
    leads = all(one.better >= CLEAR * (one.better + one.worse) and not is_mostly_same(one) for one in odds[first])
    return "leads" if leads else "none", first


def shortfalls_of_plans(comparison: Comparison, language: str) -> str:
    """The tasks that each scenario may not do and in how many pools, of all in the same words."""
    comma = text("plan.list_comma", language)
    plans = []
    for letter, projection in zip(LETTERS, comparison.projections, strict=False):
        pools = sorted(Counter(row.what for row in projection.not_done).items())
        tasks = [text("compare.short_at", language, task=task_name(what, language), count=n) for what, n in pools]
        short = comma.join(tasks) or text("compare.short_none", language)
        plans.append(text("compare.short_plan", language, letter=letter, tasks=short))
    return text("compare.short", language, plans=semicolons(plans, language))


def choice_in_words(comparison: Comparison, language: str) -> str:
    """Which scenario to choose for what, clearly better there than each other, and what each may not do."""
    chosen: dict[str, list[str]] = {}
    for id in HEADLINES:
        kind, first = standing(comparison, id)
        chosen.setdefault(LETTERS[first] if kind == "leads" else "", []).append(text(f"compare.want_{id}", language))
    open_ones = chosen.pop("", [])
    comma = text("plan.list_comma", language)
    parts = [text("compare.choose_for", language, goals=comma.join(goals), letter=one) for one, goals in chosen.items()]
    if open_ones:
        parts.append(
            text("compare.choose_open" if parts else "compare.choose_none", language, goals=comma.join(open_ones))
        )
    chosen_for = text("compare.choose_comma", language).join(parts)
    return semicolons([chosen_for, shortfalls_of_plans(comparison, language)], language) + text(
        "plan.sentence_end", language
    )


def duels_in_words(comparison: Comparison, measure: str, title: str, language: str) -> str:
    """The matrix of duels in one sentence: which scenario leads all others, if one does, with its odds."""
    kind, first = standing(comparison, measure)
    duels, size = comparison.duels[measure]["total"], len(comparison.projections)
    better = MEASURE[measure].better
    parts = [
        text("compare.duel", language, other=LETTERS[j], odds=parts_in_words(duels[first, j].odds, language, "cell"))
        for j in range(size)
        if j != first
    ]
    return text(
        f"compare.duels_{kind}" if better or kind == "same" else f"compare.duels_{kind}_plain",
        language,
        measure=title,
        first=LETTERS[first],
        others=text("plan.list_comma", language).join(parts),
    )
