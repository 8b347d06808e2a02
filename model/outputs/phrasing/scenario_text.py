"""A scenario as a TOML text that a person can read and mail."""

from collections.abc import Mapping

from model.evidence.base_year_folders import baseline_ids
from model.evidence.baseline import Baseline, with_staff_list
from model.files.scenario_file import read_scenario
from model.files.scenario_head import VERSION_KEY, language_of
from model.files.toml_edit import Plain, literal, with_value, without
from model.files.toml_layout import Path as Key
from model.files.toml_text import decoded
from model.outputs.phrasing.evidence_terms import unit_held, word
from model.outputs.words import text
from model.scenario.levers import Lever, levers
from model.scenario.scenario import SCHEMA, Scenario
from model.version import MODEL_VERSION


def to_toml(scenario: Scenario, baseline: Baseline, language: str, original: str | None = None) -> str:
    """The scenario as a TOML text, from which `read_scenario` gives the same scenario back.

    It holds only what differs from the base year; every new line ends with a comment on unit and base value.
    `original` is the text that the scenario came from: its comments and its order stay, and a lever back at its base
    loses its line. An original that is no scenario file is not used.
    """
    own = None if baseline.id in baseline_ids() else baseline
    before, written = Scenario(baseline=""), f"schema = {SCHEMA}\n"
    if original is not None and (read := read_scenario(original.encode("utf-8", "replace"), baseline=own)[0]):
        before, written = read, original.removeprefix("\ufeff")
    seated = with_staff_list(baseline, scenario.staff_list) if scenario.staff_list else baseline
    comments = _comments(seated, language)
    old, new = _fields(before, seated), _fields(scenario, seated)
    for key in old:
        written = written if key in new else without(written, key)
    for key, value in new.items():
        if key not in old or old[key] != value:
            written = with_value(written, key, value, comments.get(key, ""))
    return written


def saved_text(scenario: Scenario, baseline: Baseline, language: str, original: str | None = None) -> str:
    """The scenario as `to_toml` gives it, with the version of the model that saves it."""
    comment = text("scenario_file.model_version", language)
    return with_value(to_toml(scenario, baseline, language, original), (VERSION_KEY,), MODEL_VERSION, comment)


def file_of(scenario: Scenario, baseline: Baseline, language: str, source: bytes = b"") -> bytes:
    """The file of a plan: the one that it came from, to the letter, or with what has changed since.

    Comments that somebody wrote into the `source` survive either way.
    """
    own = None if baseline.id in baseline_ids() else baseline
    if source and read_scenario(source, baseline=own)[0] == scenario:
        return source
    original = decoded(source) if source else None
    written = saved_text(scenario, baseline, language, original if isinstance(original, str) else None)
    return written.encode("utf-8", "replace")


def _fields(scenario: Scenario, baseline: Baseline) -> dict[Key, Plain]:
    """The values of the file by their keys, in the order of a new file."""
    texts = {"name": scenario.name, "note": scenario.note, "reason": scenario.reason}
    fields: dict[Key, Plain] = {(key,): _plain(by_language) for key, by_language in texts.items() if by_language}
    fields |= {("author",): scenario.author} if scenario.author else {}
    fields |= {("baseline",): scenario.baseline}
    fields |= {("reading", name): choice for name, choice in scenario.reading.items()}
    off_base = {id: scenario.levers[id] for id in levers(baseline) if id in scenario.levers}
    for id, value in off_base.items():
        if id == "staff.moves" and isinstance(value, Mapping):
            fields |= {(*id.split("."), *pool.split(".")): people for pool, people in value.items()}
        else:
            fields[tuple(id.split("."))] = _in_file(id, value)
    for pool, heads in scenario.staff_list.items():
        fields["staff_list", *filter(None, pool)] = list(heads)
    for id, changed in scenario.assumptions.items():
        fields |= {("assumptions", id, name): value for name, value in vars(changed).items()}
    return fields


def _plain(by_language: Mapping[str, str]) -> str | Mapping[str, str]:
    """The text alone where it shows its language by itself, else the table of languages."""
    words = next(iter(by_language.values()))
    return words if dict(by_language) == {language_of(words): words} else by_language


def _in_file(id: str, value: Plain) -> Plain:
    return float(value) if id == "decision_limit" and isinstance(value, str) else value


def _comments(baseline: Baseline, language: str) -> dict[Key, str]:
    comments = {tuple(id.split(".")): _of_lever(lever, language) for id, lever in levers(baseline).items()}
    of_pool = {"staff_list": text("scenario_file.seat", language), "staff.moves": text("moves.in_file", language)}
    for key, comment in of_pool.items():
        comments |= {(*key.split("."), *pool.split(".")): comment for pool in baseline.pool_keys}
    for id, ours in baseline.assumptions.items():
        unit = unit_held(ours.unit, language)
        for name, base in (("low", ours.low), ("mid", ours.mid), ("high", ours.high)):
            comments["assumptions", id, name] = text(
                "scenario_file.assumption", language, unit=unit, base=literal(base)
            )
    return comments


def _of_lever(lever: Lever, language: str) -> str:
    base = lever.base if isinstance(lever.base, str) else literal(lever.base)
    if not lever.unit:
        return text("scenario_file.lever_without_unit", language, base=base)
    return text("scenario_file.lever", language, unit=word("unit", lever.unit, language), base=base)
