"""A goal seek in words and as plain text: what it takes, or which target cannot be had, by how much, and what would
help; and the plan as a scenario to keep."""

from dataclasses import replace

from model.evidence.baseline import TIERS, Baseline
from model.files.scenario_file import TEXT_LIMITS
from model.outputs.answers.best_plan import limits_said, moves_table, plain
from model.outputs.answers.printed import title
from model.outputs.phrasing.numbers import amount, bare_setting, count, percent, setting, unit_word, with_unit
from model.outputs.phrasing.sentences import of_hundred
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import LANGUAGES, text
from model.scenario.levers import levers
from model.scenario.scenario import Scenario, in_language
from model.search.aims.target import TOTAL, Target
from model.search.remedies import Remedy
from model.search.targets import NoMeaning, Standing, TargetsAnswer
from model.version import MODEL_VERSION

FINE = 0.05
"""Of a target: closer values are written with more decimals, so that no two read alike that are not."""


def target_in_words(target: Target, baseline: Baseline, language: str) -> str:
    """The target as the planner says it: measure, place, direction and value."""
    is_share = target.definition.unit == "share"
    return _word(
        "target",
        language,
        measure=text(f"terms.measure_{target.measure}", language),
        place=_place(target, baseline, language),
        sign=_word("at_least" if target.at_least else "at_most", language),
        value=share_asked(target.value) if is_share else _value(target, target.value, language),
    )


def verdict_in_words(found: TargetsAnswer, baseline: Baseline, language: str) -> tuple[str, ...]:
    """The answer, a sentence or a line each: what it takes; or what is missing and what would help."""
    people = {"people": count(found.plan.moved)}
    if found.holds:
        fewest = _word("fewest", language, promised=amount_of_people(found.promise), **people)
        lines = [fewest if found.plan.moved else _word("nobody", language)]
        if found.own_moved:
            own = _word("own_holds" if found.own_holds else "own_misses", language, people=count(found.own_moved))
            lines.append(own)
        return (*lines, _draws(found, language))
    if found.probability is None:
        missed = [standing for standing in found.standings if standing.missing]
        lines = [_word("cannot", language, **people), *(_missed(one, baseline, language) for one in missed)]
    else:
        share, reached = share_asked(found.probability), of_hundred(found.share)
        lines = [_word("cannot_draws", language, share=share, found=reached, **people)]
        lines += [_in_draws(one, baseline, language) for one in found.standings if one.share < found.probability]
    lines.append(_draws(found, language))
    if found.without_limit is not None:
        lines.append(_word("without_limit", language, people=count(found.without_limit)))
    return (*lines, *_helps(found, baseline, language))


def relief_in_words(relief: Remedy, baseline: Baseline, language: str) -> str:
    """How far another lever goes, and what is still missing then."""
    if relief.id.startswith("staff.change."):
        tier = text(f"terms.tier_{relief.id.rpartition('.')[2]}", language)
        said = _word("relief_posts", language, tier=tier, count=count(relief.after))
    else:
        lever = levers(baseline)[relief.id]
        before, after = bare_setting(lever, relief.before, language), setting(lever, relief.after, language)
        said = _word("relief", language, label=lever.label[language], before=before, after=after)
    if relief.id == "decision_limit":
        said = _word("relief_rules", language, relief=said)
    return _word("relief_short", language, relief=said, missing=percent(relief.missing)) if relief.missing else said


def no_meaning_in_words(refused: NoMeaning, baseline: Baseline, language: str) -> str:
    """Which targets ask for what cannot be."""
    said = (target_in_words(target, baseline, language) for target in refused.targets)
    return "\n".join(_word("no_meaning", language, target=target) for target in said)


def named_goal(found: TargetsAnswer, own: Scenario, baseline: Baseline) -> Scenario:
    """The plan as a scenario of its own: its name says the targets, its note how it was found."""
    names, notes = {}, {}
    for language in LANGUAGES if len(own.name) != 1 else own.name:
        name = in_language(own.name, language) or text("plan.untitled", language)
        targets = _listed(found, baseline, language)
        names[language] = _word("plan_name", language, name=name, targets=targets)[: TEXT_LIMITS["name"]]
        said = {"name": name, "targets": targets, "version": MODEL_VERSION, "seed": found.seed}
        notes[language] = _word("plan_note", language, **said)
    return replace(found.plan.scenario, name=names, note=notes, reason={})


def printed_goal(found: TargetsAnswer, own: Scenario, baseline: Baseline, language: str) -> str:
    """The answer, how every target stands, who moves."""
    wanted = _word("wanted_central", language)
    if found.probability is not None:
        wanted = _word("wanted_draws", language, share=share_asked(found.probability))
    return plain(
        [
            title(own, baseline, found.seed, found.draws, language),
            _word("asked", language, targets=_listed(found, baseline, language), wanted=wanted),
            "\n".join(verdict_in_words(found, baseline, language)),
            _standings(found, baseline, language),
            moves_table(found.plan.moves, found.plan.moved, baseline, language) if found.plan.moves else "",
            _word("within", language, change=f"{found.limits.pool_change:.0%}"),
            limits_said(language),
        ]
    )


def share_asked(share: float) -> str:
    """A share that somebody asked for, as he would write it.

    >>> share_asked(0.8), share_asked(0.825)
    ('80%', '82.5%')
    """
    return f"{100 * share:.6g}%"


def amount_of_people(people: float) -> str:
    """The programme's number of people, which need not be whole.

    >>> amount_of_people(14.53), amount_of_people(15.0)
    ('14.5', '15')
    """
    return f"{people:.1f}".removesuffix(".0")


def _listed(found: TargetsAnswer, baseline: Baseline, language: str) -> str:
    said = (target_in_words(standing.target, baseline, language) for standing in found.standings)
    return text("plan.list_semicolon", language).join(said)


def _place(target: Target, baseline: Baseline, language: str) -> str:
    if target.scope == TOTAL:
        return ""
    if target.scope in TIERS:
        name = text(f"terms.tier_{target.scope}", language)
    else:
        name = next(p.name[language] for p in baseline.prefectures if p.id == target.scope)
    return _word("of_place", language, place=name)


def _draws(found: TargetsAnswer, language: str) -> str:
    own, this = of_hundred(found.own_share), of_hundred(found.share)
    said = _word("share_of_draws", language, own=own, found=this)
    unsure = found.holds and found.probability is None and found.share < 1
    if not unsure:
        return said
    return _word("two_sentences", language, first=said, second=_word("central_only", language))


def _missed(standing: Standing, baseline: Baseline, language: str) -> str:
    target = standing.target
    short = float(target.missing(standing.alone)) > 0
    return _word(
        "misses" if short else "misses_together",
        language,
        target=target_in_words(target, baseline, language),
        value=_value(target, standing.value, language),
        missing=_missing(target, standing.missing, language),
        alone=_value(target, standing.alone, language),
    )


def _in_draws(standing: Standing, baseline: Baseline, language: str) -> str:
    reached = _value(standing.target, standing.in_draws, language)
    target = target_in_words(standing.target, baseline, language)
    return _word("reached_in_draws", language, target=target, value=reached)


def _helps(found: TargetsAnswer, baseline: Baseline, language: str) -> list[str]:
    said = [relief_in_words(relief, baseline, language) for relief in found.remedies]
    if not said:
        return [_word("helps_none", language)]
    enough = not any(relief.missing for relief in found.remedies)
    return [_word("helps" if enough else "helps_nearest", language), *said, _word("or_lower", language)]


def _standings(found: TargetsAnswer, baseline: Baseline, language: str) -> str:
    heads = [_word(f"column_{name}", language) for name in ("target", "own", "found", "own_share", "share")]
    rows = []
    for one in found.standings:
        values = [_value(one.target, value, language) for value in (one.own, one.value)]
        shares = [
            text("command_line.of_hundred", language, n=of_hundred(share)) for share in (one.own_share, one.share)
        ]
        rows.append([target_in_words(one.target, baseline, language), *values, *shares])
    table = text_table([heads, *rows], frozenset(range(1, len(heads))))
    return f"{_word('table', language)}\n{table}"


def _value(target: Target, value: float, language: str) -> str:
    """A value of the target's measure; finer where it is close to the target and not it."""
    unit = target.definition.unit
    near = 0 < abs(value - target.value) < FINE * target.size
    written = percent(value, 2) if near and unit == "share" else amount(value, unit)
    return with_unit(written, unit_word(unit, language) if unit != "ratio" else "", language)


def _missing(target: Target, missing: float, language: str) -> str:
    unit = target.definition.unit
    if unit == "share":
        return with_unit(f"{100 * missing:.2f}", text("plan.points", language), language)
    return with_unit(amount(missing, unit), unit_word(unit, language), language)


def _word(key: str, language: str, **values: object) -> str:
    return text(f"goal_seek.{key}", language, **values)
