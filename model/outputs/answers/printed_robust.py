"""The robust plan beside the best of the central case: in words, as plain text, and as a scenario to keep."""

from dataclasses import replace

from model.evidence.baseline import Baseline
from model.files.scenario_file import TEXT_LIMITS
from model.outputs.answers.best_plan import (
    INDEX,
    goal_difference,
    goal_in_words,
    goal_unit,
    goal_unit_said,
    goal_value,
    limits_said,
    moves_table,
    plain,
)
from model.outputs.answers.printed import title
from model.outputs.answers.printed_goal import share_asked
from model.outputs.phrasing.numbers import MINUS, change_unit, count, with_unit
from model.outputs.phrasing.sentences import of_hundred
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import LANGUAGES, text
from model.scenario.scenario import Scenario, in_language
from model.search.robust import Robust
from model.version import MODEL_VERSION

LITTLE = 1e-3
"""A gain in the worst draws under this part of the goal is called little."""


def verdict_in_words(found: Robust, language: str) -> str:
    """What the robust plan gains in the worst draws and what it costs at the median."""
    if found.keeps_central:
        return _word("keeps_central", language, share=_share(found))
    robust, central = found.outlooks["robust"], found.outlooks["central"]
    worst = _gain(robust.worst - central.worst, found, language).removeprefix("+")
    median = _gain(robust.goal.p50 - central.goal.p50, found, language)
    said = _word("gains", language, share=_share(found), worst=worst, median=median)
    is_little = robust.worst - central.worst < LITTLE * abs(central.worst)
    if not is_little:
        return said
    return text("goal_seek.two_sentences", language, first=said, second=_word("little", language))


def named_robust(found: Robust, own: Scenario) -> Scenario:
    """The robust plan as a scenario of its own: its name says the goal, its note how it was found."""
    names, notes = {}, {}
    for language in LANGUAGES if len(own.name) != 1 else own.name:
        name = in_language(own.name, language) or text("plan.untitled", language)
        said = {"name": name, "goal": goal_in_words(found.objective, language)}
        names[language] = _word("plan_name", language, **said)[: TEXT_LIMITS["name"]]
        limits = _limits(found, language)
        notes[language] = _word("plan_note", language, version=MODEL_VERSION, seed=found.seed, **said, **limits)
    return replace(found.plan.scenario, name=names, note=notes, reason={})


def printed_robust(found: Robust, own: Scenario, baseline: Baseline, language: str) -> str:
    """Both plans and the layout of 2021 over all kept draws, who moves, and how the draws were chosen."""
    part = share_asked(min(2 * (1 - found.level), 1.0))
    return plain(
        [
            title(own, baseline, found.seed, found.draws, language),
            _word("asked", language, goal=goal_in_words(found.objective, language), **_limits(found, language)),
            verdict_in_words(found, language),
            _outlooks(found, language),
            moves_table(found.plan.moves, found.plan.moved, baseline, language),
            _word("sample", language, sample=found.sample, part=part),
            limits_said(language),
        ]
    )


def _outlooks(found: Robust, language: str) -> str:
    unit, share = goal_unit(found.objective), _share(found)
    columns = ("plan", "moved", "median", "p10", "worst", "regret", "most_regret", "beats")
    rows = [[_word(f"column_{column}", language, share=share) for column in columns]]
    moved = {"layout": 0.0, "own": found.own_moved, "central": found.central.plan.moved, "robust": found.plan.moved}
    for name, outlook in found.outlooks.items():
        if name == "own" and outlook == found.outlooks["layout"]:
            continue
        goal = [goal_value(value, unit) for value in (outlook.goal.p50, outlook.goal.p10, outlook.worst)]
        behind = [goal_difference(value, unit) for value in (outlook.regret, outlook.most_regret)]
        beats = text("command_line.of_hundred", language, n=of_hundred(outlook.beats_layout))
        cells = [*behind, beats] if name != "layout" else ["", "", ""]
        rows.append([_word(name, language), count(moved[name]), *goal, *cells])
    head = _word("table", language, unit=goal_unit_said(unit, language) or "%")
    return "\n".join([head, text_table(rows, frozenset(range(1, len(columns)))), _word("regret_note", language)])


def _gain(gain: float, found: Robust, language: str) -> str:
    """A signed gain by the goal with its unit; of several criteria in percent of the own plan."""
    unit = goal_unit(found.objective)
    if unit == INDEX:
        return f"{gain:+.2%}".replace("-", MINUS)
    return with_unit(goal_difference(gain, unit), change_unit(unit, language), language)


def _limits(found: Robust, language: str) -> dict[str, str]:
    most = found.limits.most_moved
    return {
        "share": _share(found),
        "most": text("best_plan.no_most", language) if most is None else count(most),
        "change": f"{found.limits.pool_change:.0%}",
    }


def _share(found: Robust) -> str:
    return share_asked(1 - found.level)


def _word(key: str, language: str, **values: object) -> str:
    return text(f"robust.{key}", language, **values)
