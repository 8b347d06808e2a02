"""Targets (达标要调多少人): the fewest people to move so that they hold, or what would help."""

from collections.abc import Iterator
from dataclasses import asdict

from model.evidence.baseline import TIERS, Baseline
from model.outputs.answers import moves
from model.outputs.answers.answer_table import (
    Banded,
    Cell,
    Chance,
    Figure,
    Table,
    alike,
    capital,
    lines,
    plain_text,
    unit_head,
)
from model.outputs.answers.document import paired_document, scenario_document
from model.outputs.answers.found_plan import against, headline, limits_in_words, plan_document, stopped_in_words
from model.outputs.answers.found_plan import named as named_plan
from model.outputs.answers.projection import limits, title
from model.outputs.phrasing.coherence import coherent_pair
from model.outputs.phrasing.numbers import (
    SHARE_UNITS,
    amount,
    change_in_percent,
    count,
    lever_moved,
    percent,
    unit_beside,
    with_unit,
)
from model.outputs.phrasing.sentences import of_hundred, semicolons
from model.outputs.words import text
from model.projection.results import Projection
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from model.search.aims.target import TOTAL, Target
from model.search.remedies import Remedy
from model.search.targets import NoMeaning, Standing, TargetsAnswer
from model.year.measures import MEASURE

FINE = 0.05
"""Part of a target within which what misses it is written with more decimals: no two read alike that are not."""
FINE_DECIMALS = 2

BESIDE, MUCH = ("visits", "case_capacity"), 0.05
"""The measures that a remedy may change besides, and the part of one from which on that is said."""


def scope_name(scope: str, baseline: Baseline, language: str) -> str:
    """A place that a target can name: the whole province, a tier, a prefecture."""
    if scope in TIERS:
        return text(f"terms.tier_{scope}", language)
    return next((p.name[language] for p in baseline.prefectures if p.id == scope), text("terms.total", language))


def measure_name(target: Target, baseline: Baseline, language: str, plan: Scenario | None = None) -> str:
    """The measure of a target with its place, unless that is the whole province; with days under a `plan`."""
    measure = _measure(target.measure, language, plan)
    if target.scope == TOTAL:
        return measure
    return text("prefectures.heading_unit", language, name=measure, unit=scope_name(target.scope, baseline, language))


def _measure(id: str, language: str, plan: Scenario | None) -> str:
    return headline(id, plan, language) if plan and id == "on_time_share" else text(f"terms.measure_{id}", language)


def target_in_words(target: Target, baseline: Baseline, language: str, plan: Scenario | None = None) -> str:
    """A target as the planner says it: measure, with days under a `plan`, place, direction and value."""
    is_total = target.scope == TOTAL
    where = "" if is_total else text("targets.of_place", language, place=scope_name(target.scope, baseline, language))
    is_share = target.definition.unit == "share"
    return text(
        "targets.target",
        language,
        measure=_measure(target.measure, language, plan),
        place=where,
        sign=text(f"targets.at_{'least' if target.at_least else 'most'}", language),
        value=share_in_words(target.value) if is_share else value_in_words(target.value, target, language),
    )


def share_in_words(share: float) -> str:
    """A share that a planner asked for, as he would write it.

    >>> share_in_words(0.8), share_in_words(0.825)
    ('80%', '82.5%')
    """
    return f"{100 * share:.6g}%"


def value_in_words(value: float, target: Target, language: str, *beside: float) -> str:
    """A value of a target's measure with its unit; finer where it or one beside it is near the target."""
    written = alike(_figure(one, target) for one in (value, *beside))[0].written(language)
    return with_unit(written, unit_beside(target.definition.unit, language), language)


def _figure(value: float | None, target: Target) -> Figure:
    unit = target.definition.unit
    if value is None or value == target.value or unit not in SHARE_UNITS:
        return Figure(value, unit)
    is_missed = value < target.value if target.at_least else value > target.value
    is_near = is_missed and abs(value - target.value) < FINE * target.size
    reads_alike = round(100 * value, 1) == round(100 * target.value, 1)
    return Figure(value, unit, decimals=FINE_DECIMALS if is_near or reads_alike else None)


def as_now(measure: str, scope: str, projection: Projection) -> Target:
    """A target at what the scenario brings now, the median of the draws.

    A place where the measure has no meaning counts as the whole province.
    """
    definition, result = MEASURE[measure], projection.measures[measure]
    value = {**result.tiers, **result.prefectures}.get(scope, result.total).scenario.p50
    return Target(measure, scope, definition.better >= 0, round(value, 2 if abs(value) < 10 else 0))


def sentences(answer: TargetsAnswer, own: Scenario, baseline: Baseline, language: str) -> tuple[str, ...]:
    """How many people have to move, or how far moving people goes; then the own plan, and how sure."""
    return (_first(answer, own, baseline, language), *_more(answer, own, baseline, language))


def _first(answer: TargetsAnswer, own: Scenario, baseline: Baseline, language: str) -> str:
    share = answer.probability
    values = {
        "targets": _listed(answer, baseline, language, "plan.list_comma"),
        "sure": _sure(share, language),
    }
    if _is_there_already(answer):
        return text("targets.already", language, against=against(own, language), **values)
    if answer.holds:
        odds = {"own": of_hundred(answer.own_share), "found": of_hundred(answer.share)}
        values |= {"moved": count(answer.plan.moved), "against": against(own, language), "year": str(baseline.year)}
        return text("targets.holds" if answer.plan.moved else "targets.holds_as_in_base", language, **values, **odds)
    parts = text("plan.list_semicolon", language).join(_short(answer, baseline, language))
    if not parts:
        return text("targets.fails_together", language, n=of_hundred(answer.share), **values)
    return text("targets.fails", language, parts=parts, **values)


def _sure(share: float | None, language: str) -> str:
    """Where the targets are to hold: in the representative case, or in a share of the draws."""
    if share is None:
        return text("targets.sure_case", language)
    return text("targets.sure_share", language, share=share_in_words(share))


def _is_there_already(answer: TargetsAnswer) -> bool:
    return answer.holds and answer.own_holds and answer.plan.moved >= answer.own_moved


def _short(answer: TargetsAnswer, baseline: Baseline, language: str) -> Iterator[str]:
    """How far each target comes that is not reached: in the case, or as surely as was asked."""
    for standing in _missed(answer):
        target = standing.target
        reached = standing.value if standing.in_draws is None else standing.in_draws
        values = {
            "what": measure_name(target, baseline, language, _of_other_days(answer)),
            "value": value_in_words(reached, target, language),
            "asked": value_in_words(target.value, target, language, reached),
        }
        if answer.probability is None:
            yield text("targets.short", language, missing=_missing(standing, language), **values)
        else:
            yield text("targets.short_in_draws", language, **values)


def _missed(answer: TargetsAnswer) -> list[Standing]:
    """The targets that are not reached."""
    share = answer.probability
    return [one for one in answer.standings if (one.missing > 0 if share is None else one.share < share)]


def _more(answer: TargetsAnswer, own: Scenario, baseline: Baseline, language: str) -> Iterator[str]:
    beside = against(own, language)
    if not answer.holds or _is_there_already(answer):
        shares = {"own": of_hundred(answer.own_share), "found": of_hundred(answer.share)}
        yield text("targets.together", language, against=beside, **shares)
    if answer.holds and answer.probability is None and answer.share < 1:
        yield text("targets.representative_only", language)
    if answer.probability is None and not answer.holds:
        yield from (_alone(one, baseline, language, _of_other_days(answer)) for one in _missed(answer))
    if answer.own_moved and not _is_there_already(answer):
        key = "own_holds" if answer.own_holds else "own_misses"
        yield text(f"targets.{key}", language, against=beside, people=count(answer.own_moved), year=baseline.year)
    if answer.without_limit is not None:
        yield text("targets.without_limit", language, people=count(answer.without_limit), year=baseline.year)


def _of_other_days(answer: TargetsAnswer) -> Scenario | None:
    """The plan where its share in time counts within another limit than the base year's."""
    return answer.plan.scenario if "decision_limit" in answer.plan.scenario.levers else None


def _alone(standing: Standing, baseline: Baseline, language: str, plan: Scenario | None) -> str:
    """Whether a target that is missed could be had if nothing else counted."""
    target = standing.target
    best = target.value if standing.alone is None else standing.alone
    is_short = best < target.value if target.at_least else best > target.value
    what, value = measure_name(target, baseline, language, plan), value_in_words(best, target, language)
    return text(f"targets.alone_{'short' if is_short else 'enough'}", language, what=what, value=value)


def _missing(standing: Standing, language: str) -> str:
    """What is asked less what is reached, as the two are printed."""
    target = standing.target
    unit = target.definition.unit
    if unit == "share":
        digits = _figure(standing.value, target).decimals or 1
        apart = abs(round(100 * target.value, digits) - round(100 * standing.value, digits))
        return with_unit(f"{apart:.{digits}f}", text("plan.points", language), language)
    apart = abs(round(target.value) - round(standing.value))
    return with_unit(amount(apart or standing.missing, unit), unit_beside(unit, language), language)


def table(answer: TargetsAnswer, own: Scenario, baseline: Baseline, language: str) -> Table:
    """Every target's measure under both plans, in how many draws it holds, and the representative case."""
    alone = any(standing.alone is not None for standing in answer.standings)
    heads = [text(f"targets.column_{column}", language) for column in ("target", "asked")]
    plans = (against(own, language), text("decide.column_found", language))
    heads += [text("decide.in_median", language, what=capital(plan)) for plan in plans]
    columns = ("decide.column_change", "targets.column_own_share", "targets.column_found_share")
    heads += [text(column, language) for column in columns]
    in_case = [text("decide.column_found", language)] + [text("targets.column_alone", language)] * alone
    heads += [text("decide.in_case", language, what=capital(what)) for what in in_case]
    rows: list[tuple[Cell, ...]] = []
    for standing in answer.standings:
        target, unit = standing.target, MEASURE[standing.target.measure].unit
        cells: list[Cell] = [unit_head(measure_name(target, baseline, language, answer.plan.scenario), unit, language)]
        both = coherent_pair(standing.over_draws, unit)
        values = target.value, standing.value, *[standing.alone] * alone
        asked, *reached = alike(_figure(value, target) for value in values)
        cells += [asked, Figure(both.base.p50, unit), Figure(both.scenario.p50, unit)]
        cells += [Banded(both.difference, unit, signed=True), Chance(standing.own_share), Chance(standing.share)]
        rows.append((*cells, *reached))
    title, file = text("targets.table", language), text("targets.file", language)
    return Table(tuple(heads), tuple(rows), title=title, file=file)


def remedies_head(answer: TargetsAnswer, language: str) -> str:
    """What the remedies would do beside the moves; empty where the targets hold."""
    if answer.holds:
        return ""
    if not answer.remedies:
        return text("targets.remedies_none", language)
    alone = [bool(remedy.alone) for remedy in answer.remedies]
    if all(alone):
        return text("targets.remedies_all_alone" if len(alone) > 1 else "targets.remedy_only_alone", language)
    if any(alone):
        return text("targets.remedies_alone", language)
    is_enough = not any(remedy.missing for remedy in answer.remedies)
    return text("targets.remedies" if is_enough else "targets.remedies_short", language)


def remedy_in_words(remedy: Remedy, baseline: Baseline, language: str) -> str:
    """A lever that would help, from which value to which, and what is missing even then."""
    if remedy.id.startswith("staff.change."):
        tier = text(f"terms.tier_{remedy.id.rpartition('.')[2]}", language)
        words = text("targets.remedy_posts", language, tier=tier, count=count(float(str(remedy.after))))
    else:
        lever = levers(baseline)[remedy.id]
        words = lever_moved(lever, remedy.before, remedy.after, language, "targets.remedy")
    if remedy.id == "decision_limit":
        words = text("targets.remedy_rules", language, remedy=words)
    if remedy.alone:
        return text("targets.remedy_alone", language, remedy=words)
    if not remedy.missing:
        return words
    return text("targets.remedy_short", language, remedy=words, missing=percent(remedy.missing))


def reached_in_words(remedy: Remedy, answer: TargetsAnswer, baseline: Baseline, language: str) -> str:
    """What the targets come to once a remedy is adopted, and in how many draws they hold."""
    values = []
    for standing, value in zip(answer.standings, remedy.reached, strict=True):
        what = measure_name(standing.target, baseline, language, remedy.adopted)
        reached = value_in_words(value, standing.target, language)
        values.append(text("targets.reached_one", language, what=what, value=reached))
    listed, n = text("plan.list_comma", language).join(values), of_hundred(remedy.share)
    share = None if answer.probability is None else share_in_words(answer.probability)
    key = "reached_case" if share is None else "reached_draws"
    return text(f"targets.{key}", language, values=listed, n=n, share=share)


def beside_in_words(own: Projection, after: Projection, language: str) -> str:
    """What a remedy does to visits and case capacity besides, where it is much; empty where it is not."""
    much = [id for id in BESIDE if abs(_growth(id, own, after)) >= MUCH]
    moved = [text("targets.beside_one", language, **_from_to(id, own, after, language)) for id in much]
    return text("targets.beside", language, changes=semicolons(moved, language)) if moved else ""


def _growth(id: str, own: Projection, after: Projection) -> float:
    before, now = (one.measures[id].total.scenario.p50 for one in (own, after))
    return now / before - 1 if before else 0.0


def _from_to(id: str, own: Projection, after: Projection, language: str) -> dict[str, str]:
    unit = MEASURE[id].unit
    before, now = (amount(one.measures[id].total.scenario.p50, unit) for one in (own, after))
    return {
        "measure": text(f"terms.measure_{id}", language),
        "before": before,
        "after": with_unit(now, unit_beside(unit, language), language),
        "change": change_in_percent(_growth(id, own, after), language),
    }


def no_meaning_in_words(refusal: NoMeaning, baseline: Baseline, language: str) -> str:
    """The targets that ask for what cannot be, a line each."""
    targets = (target_in_words(target, baseline, language) for target in refusal.targets)
    return "\n".join(text("targets.no_meaning", language, target=target) for target in targets)


def notes(answer: TargetsAnswer, language: str) -> tuple[str, ...]:
    """How the fewest people, or else the nearest plan, were found, and what is not considered."""
    promised = f"{answer.promise:.1f}".removesuffix(".0")
    kind, key = ("fewest", "promised") if answer.holds else ("nearest", "promised_nearest")
    first = text(f"targets.{key}", language, promised=promised, moved=count(answer.plan.moved))
    least = f"{kind}_none" if answer.holds and not answer.plan.moved else kind
    found, change = text(f"targets.{least}", language), limits_in_words(answer.limits, language)["change"]
    how = text("targets.how", language, change=change, found=found)
    return (first, how, *(text(f"decide.{key}", language) for key in ("representative", "read", "plan_limits")))


def named(answer: TargetsAnswer, own: Scenario, baseline: Baseline) -> Scenario:
    """The plan as a scenario of its own: its name says the targets, its note how it was found."""
    kind = "fewest" if answer.holds else "nearest"

    def words(language: str) -> dict[str, str]:
        aim = _listed(answer, baseline, language, "plan.list_semicolon")
        return {"aim": aim, "found": text(f"targets.found_{kind}", language, aim=aim)}

    return named_plan(answer.plan.scenario, own, "targets", answer.seed, words)


def _listed(answer: TargetsAnswer, baseline: Baseline, language: str, between: str) -> str:
    words = (target_in_words(one.target, baseline, language, _of_other_days(answer)) for one in answer.standings)
    return text(between, language).join(words)


def in_terminal(answer: TargetsAnswer, own: Scenario, baseline: Baseline, language: str) -> str:
    """The answer as plain text."""
    remedies = [remedies_head(answer, language)]
    for one in answer.remedies:
        remedies += [remedy_in_words(one, baseline, language), reached_in_words(one, answer, baseline, language)]
    lower = [] if answer.holds else [text("targets.or_lower", language)]
    is_unsure = answer.holds and answer.probability is None and answer.share < 1
    return plain_text(
        language,
        title(own, baseline, answer.seed, answer.draws, language),
        *stopped_in_words(answer, language),
        text(f"targets.asked_{'representative' if answer.probability is None else 'draws'}", language),
        lines([*sentences(answer, own, baseline, language), *([text("targets.surer", language)] if is_unsure else [])]),
        table(answer, own, baseline, language),
        lines([*remedies, *lower]),
        *(moves.in_terminal(answer.plan.scenario, own, baseline, language) if answer.plan.moves else ()),
        lines(note for note in notes(answer, language) if note != text("decide.read", language)),
        limits(baseline, language),
    )


def document(answer: TargetsAnswer) -> dict[str, object]:
    """The plan found, how every target stands, and what would help where they do not hold."""
    return {
        "found": True,
        "stopped": answer.is_stopped,
        "holds": answer.holds,
        **plan_document(answer.plan),
        "promised": answer.promise,
        "probability": answer.probability,
        "share": answer.share,
        "own": {"holds": answer.own_holds, "moved": answer.own_moved, "share": answer.own_share},
        "targets": [_standing(standing) for standing in answer.standings],
        "reliefs": [_remedy(remedy) for remedy in answer.remedies],
        "limits": asdict(answer.limits),
    }


def _remedy(remedy: Remedy) -> dict[str, object]:
    alone = remedy.alone and scenario_document(remedy.alone)
    return {**asdict(remedy), "scenario": scenario_document(remedy.scenario), "alone": alone}


def _standing(standing: Standing) -> dict[str, object]:
    unit = MEASURE[standing.target.measure].unit
    return {
        "written": str(standing.target),
        **asdict(standing),
        "over_draws": paired_document(coherent_pair(standing.over_draws, unit)),
        "missing": standing.missing,
    }


def no_meaning_document(refusal: NoMeaning) -> dict[str, object]:
    """The targets that ask for what cannot be, as plain values."""
    return {"found": False, "no_meaning": [str(target) for target in refusal.targets]}
