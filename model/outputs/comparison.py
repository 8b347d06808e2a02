"""A comparison in words: who is who, what differs beside the figures, verdicts over the draws, the levers."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.baseline import Baseline
from model.comparison import Comparison, Duel
from model.levers import Lever, Value, levers
from model.lineup import BASE, PLAN, Entrant, Lineup
from model.measures import MEASURES
from model.outputs.numbers import amount, change, change_span, change_unit, setting, span, unit_word, with_unit
from model.outputs.sentences import HEADLINES, changes_in_words, gains_in_words, of_hundred
from model.outputs.words import text
from model.results import Band, Projection
from model.scenario import Scenario, in_language

LETTERS = "ABCDEF"
CLEAR = 0.6
"""The least share of the draws that differ at which one scenario is called better; below, it is open."""
OTHERS = tuple(measure.id for measure in MEASURES if measure.id not in HEADLINES)
BETTER = {measure.id: measure.better for measure in MEASURES}


@dataclass(frozen=True)
class Verdict:
    """Over the draws: `kind` is same, better, worse or open, for a measure with no better direction same, more, less
    or open; `said` puts it in words with the counts in a hundred draws."""

    kind: str
    said: str


def name_of(key: str, scenario: Scenario, language: str) -> str:
    """What a scenario is called in a list. Plain text that somebody wrote: escape it."""
    if key == BASE:
        return text("plan.base_year", language)
    given = in_language(scenario.name, language)
    if key == PLAN:
        own = given or text("plan.untitled" if scenario.levers else "plan.base_year", language)
        return text("compare.current", language, name=own)
    return given or key


def measure_name(id: str, projections: Sequence[Projection], language: str) -> str:
    """A measure as the Plan page calls it; where the scenarios have different limits, no number of days is named."""
    if id in HEADLINES:
        limits = {_limit(projection.scenario) for projection in projections}
        if len(limits) == 1 or id != "on_time_share":
            return text(f"plan.headline_{id}", language, days=limits.pop())
    return text("compare.measure_legal_minimum" if id == "legal_minimum" else f"terms.measure_{id}", language)


def _limit(scenario: Scenario) -> str:
    return str(scenario.levers.get("decision_limit", "90"))


def scenario_in_words(projection: Projection, baseline: Baseline, language: str) -> str:
    """One sentence: what the scenario changes, what that gives against the base year, how sure."""
    if projection.scenario.levers:
        return text(
            "compare.sentence",
            language,
            changes=changes_in_words(projection.scenario, baseline, language),
            gains=gains_in_words(projection, language),
        )

    def middle(id: str) -> str:
        return amount(projection.measures[id].total.base.p50, projection.measures[id].unit)

    assumed = len(projection.scenario.assumptions)
    said = text("compare.sentence_base", language, **{id: middle(id) for id in ("visits", "case_capacity")})
    return said + (text("compare.sentence_assumed", language, count=assumed) if assumed else "")


def left_out_in_words(lineup: Lineup, language: str) -> list[str]:
    """A sentence for each scenario that stands on another base year."""
    comma = text("plan.list_comma", language)
    return [
        text(
            "compare.left_out",
            language,
            name=name_of(entrant.key, entrant.scenario, language),
            what=comma.join(text(f"compare.footing_{one}", language) for one in what),
        )
        for entrant, what in lineup.left_out
    ]


def cautions_in_words(comparison: Comparison, language: str) -> list[str]:
    """What must be known before figures are set beside each other: rules, limits, horizons and base years that are not
    the shipped one."""
    said = []
    for id in ("rules", "decision_limit", "horizon_months"):
        if id in comparison.differing:
            who = _by_value(comparison.differing[id], _lever(id, comparison), language)
            said.append(text(f"compare.caution_{id}", language, who=who))
    scenario = comparison.projections[0].scenario
    if scenario.assumptions:
        said.append(text("compare.caution_assumptions", language, count=len(scenario.assumptions)))
    if scenario.reading:
        said.append(text("compare.caution_reading", language))
    return said


def _lever(id: str, comparison: Comparison) -> Lever:
    from_baseline = comparison.projections[0].scenario
    return _table(from_baseline)[id]


def _table(scenario: Scenario) -> dict[str, Lever]:
    from model.project import baseline_of

    return levers(baseline_of(scenario))


def _by_value(values: Sequence[Value], lever: Lever, language: str) -> str:
    """Which letters have which value, one value after another."""
    holders: dict[str, str] = {}
    for letter, value in zip(LETTERS, values):
        written = setting(lever, value, language)
        holders[written] = holders.get(written, "") + letter
    comma = text("plan.list_comma", language)
    parts = [
        text("compare.has_value", language, who=comma.join(letters), value=value) for value, letters in holders.items()
    ]
    return text("plan.list_semicolon", language).join(parts)
