"""What makes the change, in one sentence: the decision, the step that it works through, the figure."""

from collections.abc import Collection, Iterable

from model.evidence.baseline import TIERS, Baseline
from model.evidence.rules import rules_of
from model.force.people import people_by_tier
from model.outputs.answers.explain import parts_in_words
from model.outputs.phrasing.coherence import coherent_explanation
from model.outputs.phrasing.numbers import MINUS, SHARE_UNITS, change, change_with_points, count, setting
from model.outputs.phrasing.sentences import of_hundred, relative, with_limits
from model.outputs.stability.sentence import points
from model.outputs.words import keys, text
from model.projection.explain import Decision
from model.projection.results import Projection
from model.projection.stability import direction
from model.projection.why.cause import TOTAL, Cause
from model.projection.why.step import WHOLE, Step
from model.projection.why.why import MOST_EXACT, Why
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, MEASURE

BOTH = ("visits", "case_capacity")
"""The figures whose change is told, whichever of them the sentence is about."""
_, CITY, COUNTY = TIERS
PEOPLE = "staff."
"""What the ids of the levers of who sits where begin with."""


def sentence(answer: Why, projection: Projection, baseline: Baseline, language: str) -> str:
    """The first confirmed cause in words; else that none is, or that nothing changes."""
    if answer.causes:
        return cause_in_words(answer.causes[0], answer, projection, baseline, language)
    moves = any(direction(projection.measures[id].total, id) for id in HEADLINES)
    return text("why.unconfirmed", language) if moves else text("plan.gain_none", language)


def sentences(answer: Why, projection: Projection, baseline: Baseline, language: str) -> tuple[str, ...]:
    """The causal sentences, and one on a larger change that they do not tell."""
    told = {cause.measure for cause in (*answer.causes[:1], *_also(answer))}
    largest = _largest(answer, projection, told, baseline, language)
    return (*causal_sentences(answer, projection, baseline, language), *largest)


def causal_sentences(answer: Why, projection: Projection, baseline: Baseline, language: str) -> tuple[str, ...]:
    """The causal sentence, and one on the other figure if that is confirmed."""
    also = (
        text("why.also", language, steps=steps_in_words(cause, language), result=_result(cause, {}, language))
        for cause in _also(answer)
    )
    return (sentence(answer, projection, baseline, language), *also)


def _also(answer: Why) -> list[Cause]:
    """What makes the other one of visits and case capacity change, where that is confirmed."""
    told = answer.causes[0].measure if answer.causes else ""
    others = [_whole_cause(answer, id) for id in BOTH if told and id != told]
    return [cause for cause in others if cause and cause.change]


def _largest(
    answer: Why, projection: Projection, told: Collection[str], baseline: Baseline, language: str
) -> tuple[str, ...]:
    """The headline change that is the largest in percent, by decision; empty where a sentence tells it."""
    id = max(HEADLINES, key=lambda one: abs(relative(projection.measures[one])))
    unit, total = MEASURE[id].unit, projection.measures[id].total
    if id in told or not direction(total, id):
        return ()
    parts = parts_in_words(coherent_explanation(answer.explanation, projection), id, baseline, language)
    if not parts:
        return ()
    size = change(total.difference.p50, unit).lstrip("+" + MINUS)
    result = text(f"why.{_way(direction(total, id))}_{id}", language, size=size)
    key = "why.largest" if len(parts) > 1 else "why.largest_alone"
    values = {
        "result": with_limits(result, id, projection.scenario, language),
        "parts": text("plan.list_comma", language).join(parts),
    }
    return (text(key, language, **values),)


def cause_in_words(cause: Cause, answer: Why, projection: Projection, baseline: Baseline, language: str) -> str:
    """Decision, steps and change of one cause, with the decision's part of a whole change."""
    scenario = projection.scenario
    people = {tier: after - before for tier, (before, after) in people_by_tier(scenario, baseline).items()}
    tier = cause.steps[0][0].tier
    names_tier = bool(cause.decision and cause.decision[0].startswith(PEOPLE) and people.get(tier))
    decision = (
        _people(tier, people[tier], language) if names_tier else _decision(cause.decision, scenario, baseline, language)
    )
    return text(
        "why.sentence",
        language,
        decision=decision,
        steps=steps_in_words(cause, language, is_there=names_tier) + _reviewed_above(cause, projection, language),
        result=with_limits(_result(cause, people, language), cause.measure, scenario, language)
        + _other_tiers(cause, projection, language)
        + _own_part(cause, answer, projection, language),
    )


def _reviewed_above(cause: Cause, projection: Projection, language: str) -> str:
    """Why review in the cities bears on the counties: it has their files under some rules."""
    tiers = {step.tier for step, _ in cause.steps if step.id == "review"}
    if cause.scope != COUNTY or tiers != {CITY} or rules_of(projection.rules).deciding_tier != CITY:
        return ""
    return text("why.reviewed_above", language, tier=_tier(CITY, language), under=_tier(COUNTY, language))


def _other_tiers(cause: Cause, projection: Projection, language: str) -> str:
    """The changes beside that of one tier: those of the others and of all.

    They add up; of a ratio, which does not, only that of all is told.
    """
    if cause.scope == TOTAL:
        return ""
    result, unit = projection.measures[cause.measure], MEASURE[cause.measure].unit
    others = {} if unit in SHARE_UNITS else {tier: one for tier, one in result.tiers.items() if tier != cause.scope}
    moved = {tier: change(one.difference.p50, unit) for tier, one in others.items() if one.difference.p50}
    parts = [text("why.at_tier", language, tier=_tier(tier, language), change=size) for tier, size in moved.items()]
    whole = change_with_points(result.total.difference.p50, unit, language)
    parts.append(text("why.at_all_tiers", language, change=whole))
    return text("why.beside", language, parts=text("plan.list_comma", language).join(parts))


def _own_part(cause: Cause, answer: Why, projection: Projection, language: str) -> str:
    """What the decision brings of a whole change, as the way shows it; empty where it brings all of it."""
    if cause.decision is None or cause.scope != TOTAL:
        return ""
    shown, unit = coherent_explanation(answer.explanation, projection), MEASURE[cause.measure].unit
    own = shown.shares[cause.measure][shown.decisions.index(cause.decision)]
    parts = [change_with_points(part, unit, language) for part in (own, shown.change[cause.measure] - own)]
    return "" if parts[1] == "0" else text("why.own_part", language, own=parts[0], others=parts[1])


def _people(tier: str, people: float, language: str) -> str:
    key = "why.people_less" if people < 0 else "why.people_more"
    return text(key, language, tier=_tier(tier, language), people=count(abs(people)))


def _tier(tier: str, language: str) -> str:
    """A tier inside a sentence."""
    return text(f"stability.tier_{tier}", language)


def _decision(decision: Decision | None, scenario: Scenario, baseline: Baseline, language: str) -> str:
    """The decision that makes the change, where a single one does."""
    if decision is None:
        return text("why.decision_none", language)
    if decision[0].startswith(PEOPLE):
        return text("why.decision_people", language)
    lever = levers(baseline)[decision[0]]
    value = scenario.levers[lever.id]
    own = f"why.decision_{lever.id}"
    if own in keys() and isinstance(value, float | int):
        return text(own, language, points=points(value))
    before, after = (setting(lever, one, language) for one in (lever.base, value))
    return text("why.decision_lever", language, label=lever.label[language], before=before, after=after)


def steps_in_words(cause: Cause, language: str, *, is_there: bool = False) -> str:
    """The steps of a cause and where they are; `is_there` where that is named already."""
    placed = [text(f"why.step_{step.id}_{_way(way)}", language) for step, way in cause.steps if step.id != WHOLE]
    filed = [text(f"why.step_{step.id}_{_way(way)}", language) for step, way in cause.steps if step.id == WHOLE]
    parts = [text("why.steps", language, where=_where(cause, language, is_there), steps=_joined(placed, language))]
    return _joined([*(parts if placed else []), *filed], language)


def _way(way: int) -> str:
    return "more" if way > 0 else "less"


def _where(cause: Cause, language: str, is_there: bool) -> str:
    tier = cause.steps[0][0].tier
    if not tier:
        return text("why.where_all", language)
    return (
        text("why.where_there", language) if is_there else text("why.where_tier", language, tier=_tier(tier, language))
    )


def _joined(parts: Iterable[str], language: str) -> str:
    return text("why.steps_and", language).join(parts)


def _result(cause: Cause, people: dict[str, float], language: str) -> str:
    size = change(cause.change, MEASURE[cause.measure].unit).lstrip("+" + MINUS)
    if cause.scope == TOTAL:
        return text(f"why.{_way(1 if cause.change > 0 else -1)}_{cause.measure}", language, size=size)
    result = text(f"why.against_{cause.measure}", language, size=size)
    more = count(people[cause.scope])
    return text("why.against_people", language, tier=_tier(cause.scope, language), people=more, result=result)


def through(answer: Why, id: str, language: str) -> str:
    """The steps that make the whole change of one measure; empty where none is confirmed."""
    cause = _whole_cause(answer, id)
    return text("why.through", language, steps=steps_in_words(cause, language)) if cause else ""


def _whole_cause(answer: Why, id: str) -> Cause | None:
    """The confirmed cause of the whole change of one measure."""
    return next((one for one in answer.causes if (one.measure, one.scope) == (id, TOTAL)), None)


def definitions(answer: Why, language: str) -> str:
    """What the terms of the sentence mean; empty where no cause is told."""
    told = answer.causes[:1]
    ids = [id for cause in told for id in (*(step.id for step, _ in cause.steps), cause.measure)]
    return "\n".join(text(f"glossary.{id}", language) for id in ids)


def notes(answer: Why, language: str) -> tuple[str, ...]:
    """How to read the way, how its shares were estimated, how the cause that is told was confirmed."""
    sampled = () if answer.explanation.exact else (text("why.sampled", language, most=MOST_EXACT),)
    confirmed = (_confirmation(answer, language),) if answer.causes else ()
    return (*confirmed, text("why.how_to_read", language), *sampled)


def _confirmation(answer: Why, language: str) -> str:
    cause = answer.causes[0]
    named = _joined((_step(step, language) for step, _ in cause.steps), language)
    measure = text(f"terms.measure_{cause.measure}", language)
    if cause.scope != TOTAL:
        measure = text("why.measure_at", language, tier=_tier(cause.scope, language), measure=measure)
    return text("why.confirmed", language, steps=named, measure=measure, n=of_hundred(cause.share))


def _step(step: Step, language: str) -> str:
    """A step by name, with its tier."""
    where = text("why.where_tier", language, tier=_tier(step.tier, language)) if step.tier else ""
    return text("why.steps", language, where=where, steps=text(f"why.name_{step.id}", language))
