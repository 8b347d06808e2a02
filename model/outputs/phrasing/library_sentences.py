"""Problems, conflicts and versions of the library in words."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from model.evidence.baseline import TIERS, Baseline
from model.files.disk import reason
from model.files.library import Conflict, Version
from model.files.library.history import SAVE
from model.files.problem import Problem
from model.force.people import tier_changes
from model.outputs.phrasing import problems
from model.outputs.phrasing.numbers import amount, change, lever_moved, unit_word, with_unit
from model.outputs.phrasing.sentences import changes_in_words, semicolons
from model.outputs.words import keys, text
from model.projection.base_year import baseline_of
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, MEASURE


def sentence(problem: Problem, language: str) -> str:
    """A problem of the folder, or of a file in it, in one line.

    >>> sentence(Problem("not_a_plain_file", "plan.toml"), "en")
    'plan.toml: is a link or a folder, which is not opened. Put the file itself in its place.'
    """
    key = f"library.{problem.code}"
    if key not in keys():
        return problems.sentence(problem, language)
    where = problem.file + text("problems.where_end", language) if problem.file else ""
    return where + text(key, language, given=problem.given)


def unwritten(error: OSError, folder: Path, language: str) -> str:
    """Why the system does not let a file be written into a folder, in a few words.

    >>> unwritten(OSError(28, "No space left on device"), Path("plans"), "en")
    'the disk is full; nothing was written'
    """
    problem = reason(error, folder)
    return text(f"command_line.{problem.code}", language, given=problem.given)


def conflict(save: Conflict, language: str) -> str:
    """Why a save asks before it overwrites, with the time of the other save in the server's zone."""
    if save.modified is None:
        return text("library.gone", language, stem=save.stem)
    key = "library.changed_by" if save.author else "library.changed"
    return text(key, language, stem=save.stem, time=moment(save.modified), author=save.author)


def moment(time: datetime) -> str:
    """A time to the minute, in the server's zone."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M")


def version_in_words(version: Version, language: str) -> str:
    """Who saved a version, and by what act where it was more than a save."""
    author = version.note.author
    who = text("plans.version_by", language, author=author) if author else text("plans.version_unsigned", language)
    if version.act == SAVE or f"plans.act_{version.act}" not in keys():
        return who
    return semicolons([who, text(f"plans.act_{version.act}", language, of=version.of)], language)


def figures_in_words(figures: Mapping[str, float], language: str) -> str:
    """Headline figures of a plan, by measure, with their units; those that are not there are left out."""
    return semicolons(
        (
            f"{text(f'terms.measure_{id}', language)} "
            + with_unit(amount(figures[id], MEASURE[id].unit), unit_word(MEASURE[id].unit, language), language)
            for id in HEADLINES
            if id in figures
        ),
        language,
    )


def differences_in_words(before: Scenario | None, after: Scenario, language: str) -> str:
    """What a version changes in the one before, or in the base year where there is none."""
    if before is None:
        changes = changes_in_words(after, baseline_of(after), language)
        return text("plans.version_first", language, changes=changes)
    found = semicolons(_differences(before, after, language), language) or text("plans.differs_nothing", language)
    return text("plans.version_changes", language, changes=found)


def _differences(before: Scenario, after: Scenario, language: str) -> Iterator[str]:
    of = (baseline_of(before), baseline_of(after))
    if before.baseline != after.baseline:
        of_years = (one.name[language] for one in of)
        yield text("plans.differs_base_year", language, **dict(zip(("before", "after"), of_years, strict=True)))
    yield from _moved_levers(before, after, of, language)
    assumed = [
        of[1].assumptions[id].label[language]
        for id in of[1].assumptions
        if before.assumptions.get(id) != after.assumptions.get(id)
    ]
    if assumed:
        yield text("plans.differs_assumption", language, names=_listed(assumed, language))
    if before.reading != after.reading:
        yield text("plan.reading_changed", language)
    if before.staff_list != after.staff_list:
        yield text("plans.differs_staff_list", language)
    texts = [one for one in ("name", "note", "reason", "author") if getattr(before, one) != getattr(after, one)]
    if texts:
        names = _listed([text(f"plans.label_{one}", language) for one in texts], language)
        yield text("plans.differs_texts", language, names=names)


def _moved_levers(before: Scenario, after: Scenario, of: tuple[Baseline, Baseline], language: str) -> Iterator[str]:
    """Levers with another value, those that move people by tier first."""
    people = [tier_changes(scenario, baseline) for scenario, baseline in zip((before, after), of, strict=True)]
    for tier in TIERS:
        first, second = (change(one[tier], "people") for one in people)
        if first != second:
            label = text(f"terms.tier_{tier}", language)
            yield text("plan.moved", language, tier=label, people=f"{first} → {second}")
    for id, lever in levers(of[1]).items():
        first_value, second_value = (scenario.levers.get(id, lever.base) for scenario in (before, after))
        if first_value != second_value and not id.startswith("staff.change."):
            yield lever_moved(lever, first_value, second_value, language)


def _listed(names: list[str], language: str) -> str:
    return text("plan.list_comma", language).join(names)
