"""Reaching targets, in words and as tables: what was asked, who has to move, how far it goes and what would help."""

from collections.abc import Iterator

from model.evidence.baseline import TIERS, Baseline
from model.outputs.answers.answer_table import Chance, Figure, Table, unit_head
from model.outputs.answers.decide_plan import against
from model.outputs.answers.printed_goal import relief_in_words as relief_said
from model.outputs.answers.printed_goal import target_in_words
from model.outputs.phrasing.numbers import SHARE_UNITS, amount, count, percent, unit_word, with_unit
from model.outputs.phrasing.sentences import of_hundred
from model.outputs.words import text
from model.projection.central_case import central_case
from model.projection.results import Projection
from model.scenario.scenario import Scenario
from model.search.aims.target import TOTAL, Target
from model.search.remedies import Remedy
from model.search.targets import TargetsAnswer
from model.year.measures import MEASURES, scopes

IDS = [measure.id for measure in MEASURES]
BETTER = {measure.id: measure.better for measure in MEASURES}
UNITS = {measure.id: measure.unit for measure in MEASURES}


def scope_name(scope: str, baseline: Baseline, language: str) -> str:
    """A place that a target can name: the whole province, a tier, a prefecture."""
    if scope in TIERS:
        return text(f"terms.tier_{scope}", language)
    return next((p.name[language] for p in baseline.prefectures if p.id == scope), text("terms.total", language))


def target_name(target: Target, baseline: Baseline, language: str) -> str:
    """The measure of a target with its place, unless that is the whole province."""
    measure = text(f"terms.measure_{target.measure}", language)
    if target.scope == TOTAL:
        return measure
    return text("prefectures.heading_unit", language, name=measure, unit=scope_name(target.scope, baseline, language))


def as_now(
    measure: str, scope: str, scenario: Scenario, baseline: Baseline, in_draws: Projection | None = None
) -> Target:
    """A target at what the scenario brings now: the median over the draws, or in the central case without them. A
    place where the measure has no meaning counts as the whole province."""
    if in_draws:
        found = in_draws.measures[measure]
        value = {**found.tiers, **found.prefectures}.get(scope, found.total).scenario.p50
    else:
        value = float(central_case(scenario, baseline).values[IDS.index(measure), scopes(baseline).index(scope), 0])
    return Target(measure, scope, BETTER[measure] >= 0, round(value, 2 if abs(value) < 10 else 0))


def written(value: float, target: Target, language: str) -> str:
    """A value of a target's measure with its unit; finer where it would read as the target and is not."""
    unit = UNITS[target.measure]
    said = amount(value, unit)
    if unit in SHARE_UNITS and value != target.value and said == amount(target.value, unit):
        said = percent(value, 2)
    return with_unit(said, unit_word(unit, language), language)


def sentence(found: TargetsAnswer, own: Scenario, baseline: Baseline, language: str) -> str:
    """How many people have to move, or how far moving people goes."""
    asked = (target_in_words(standing.target, baseline, language) for standing in found.standings)
    targets = text("plan.list_comma", language).join(asked)
    sure = "" if found.probability is None else text("decide.target_sure", language, n=of_hundred(found.probability))
    moved = count(found.plan.moved)
    if found.holds and found.own_holds and found.plan.moved >= found.own_moved:
        return text("decide.target_already", language, against=against(own, language), targets=targets, sure=sure)
    if found.holds:
        return text("decide.target_holds", language, targets=targets, sure=sure, moved=moved)
    parts = text("plan.list_semicolon", language).join(_short(found, baseline, language))
    return text("decide.target_fails", language, targets=targets, sure=sure, parts=parts)


def _short(found: TargetsAnswer, baseline: Baseline, language: str) -> Iterator[str]:
    """How far each target comes that is not reached: in the central case, or as surely as was asked."""
    for standing in found.standings:
        is_short = standing.missing > 0 if found.probability is None else standing.share < found.probability
        if is_short:
            reached = standing.value if standing.in_draws is None else standing.in_draws
            yield text(
                "decide.target_short",
                language,
                what=target_name(standing.target, baseline, language),
                value=written(reached, standing.target, language),
                asked=written(standing.target.value, standing.target, language),
            )


def table(found: TargetsAnswer, own: Scenario, baseline: Baseline, language: str) -> Table:
    """How every target stands: asked, under the own plan and under the one found, and the draws in which it holds."""
    alone = any(standing.alone is not None for standing in found.standings)
    heads = [text("decide.column_target", language), text("decide.column_asked", language), against(own, language)]
    heads += [text(f"decide.column_{column}", language) for column in ("found", "own_share", "found_share")]
    heads += [text("decide.column_alone", language)] * alone
    rows = []
    for standing in found.standings:
        unit = UNITS[standing.target.measure]
        values = (standing.target.value, standing.own, standing.value)
        name = unit_head(target_name(standing.target, baseline, language), unit, language)
        row = [name, *(Figure(value, unit) for value in values)]
        row += [Chance(standing.own_share), Chance(standing.share)]
        rows.append((*row, *([Figure(standing.alone, unit)] * alone)))
    return Table(tuple(heads), tuple(rows))


def relief_in_words(relief: Remedy, baseline: Baseline, language: str) -> str:
    """A lever that would help, from which value to which, and what is missing even then."""
    return relief_said(relief, baseline, language).removeprefix("• ")
