"""The passport of a file, with which anybody can make it again: scenario, hash, draws, seed, day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from model.evidence.baseline import Baseline
from model.outputs.compare.comparison import LETTERS
from model.outputs.handout.origin import NOWHERE, Origin, marked
from model.outputs.phrasing.numbers import bare_setting, count
from model.outputs.phrasing.scenario_text import file_of
from model.outputs.phrasing.sentences import plan_name, semicolons
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.projection.results import Projection
from model.scenario.levers import levers
from model.scenario.scenario import Scenario, in_language


@dataclass(frozen=True)
class Passport:
    """Label and value of every row in order, as plain text.

    `name` is the scenario's; `hash` is the SHA-256 of the scenario's file: the one that it came from, else the one that
    is written in the same language. `finality` says how the plan stands to its final version, if it has one, with a
    word of that in the `title`.
    """

    name: str
    title: str
    hash: str
    rows: tuple[tuple[str, str], ...]
    finality: str = ""


def comparison_passport(
    comparison: Comparison,
    scenarios: Sequence[Scenario],
    names: Sequence[str],
    baseline: Baseline,
    made_on: date,
    language: str,
    origins: Sequence[Origin],
) -> Passport:
    """The passport of the files of a comparison, with the hash of each scenario's file.

    The passport's own hash is that of those hashes, one a line.
    """
    hashes = [
        _hash(scenario, baseline, language, origin.source) for scenario, origin in zip(scenarios, origins, strict=True)
    ]
    finalities = {letter: origin.finality for letter, origin in zip(LETTERS, origins, strict=False) if origin.finality}
    values = {"baseline": baseline.name[language], **_making(comparison.projections[0], made_on, language)}
    rows = [
        (text("passport.hash_of", language, letter=letter, name=name), digest)
        for letter, name, digest in zip(LETTERS, names, hashes, strict=False)
    ]
    rows += [
        (text("passport.finality_of", language, letter=letter), finality.sentence(language))
        for letter, finality in finalities.items()
    ]
    rows += [(text(f"passport.{key}", language), value) for key, value in values.items()]
    whole = sha256("\n".join(hashes).encode()).hexdigest()
    name = text("passport.compared", language, count=len(scenarios))
    said = semicolons((f"{letter} {finality.sentence(language)}" for letter, finality in finalities.items()), language)
    return Passport(name, name, whole, tuple(rows), said)


def _hash(scenario: Scenario, baseline: Baseline, language: str, source: bytes = b"") -> str:
    return sha256(file_of(scenario, baseline, language, source)).hexdigest()


def is_hash(value: str) -> bool:
    """Whether the value of a row is a hash, which says nothing unless it is whole.

    >>> is_hash(64 * "a"), is_hash("4,096 made, 2,713 kept")
    (True, False)
    """
    return len(value) == 2 * sha256().digest_size and value.isalnum()


def passport(
    projection: Projection,
    baseline: Baseline,
    made_on: date,
    language: str,
    origin: Origin = NOWHERE,
) -> Passport:
    """The passport of the files that are made of a projection on a day; rows without a value are left out."""
    scenario = projection.scenario
    name = plan_name(scenario, language)
    digest, finality = _hash(scenario, baseline, language, origin.source), origin.finality
    said = finality.sentence(language) if finality else ""
    values = {
        "scenario": name,
        "finality": said,
        "declared_figures": finality.then(projection, language) if finality else "",
        "author": scenario.author,
        "reason": in_language(scenario.reason, language),
        "baseline": baseline.name[language],
        "rules": bare_setting(levers(baseline)["rules"], projection.rules, language),
        **_making(projection, made_on, language),
        "hash": digest,
    }
    rows = tuple((text(f"passport.{key}", language), value) for key, value in values.items() if value)
    return Passport(name, marked(name, finality, language), digest, rows, said)


def _making(projection: Projection, made_on: date, language: str) -> dict[str, str]:
    """How the figures were made, by the keys of the rows."""
    draws = projection.draws
    return {
        "draws": text("passport.draws_kept", language, drawn=count(draws.drawn), kept=count(draws.kept)),
        "seed": str(projection.seed),
        "version": projection.model_version,
        "made_on": made_on.isoformat(),
    }
