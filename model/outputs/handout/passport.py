"""What a file says of its own making, so that anybody can make it again: scenario, hash, draws, seed, version, day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from model.evidence.baseline import Baseline
from model.outputs.compare.comparison import LETTERS
from model.outputs.phrasing.numbers import bare_setting, count
from model.outputs.phrasing.scenario_text import saved_text
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.projection.results import Projection
from model.scenario.levers import levers
from model.scenario.scenario import Scenario, in_language


@dataclass(frozen=True)
class Passport:
    """Label and value of every row, in order, as plain text; `name` is the scenario's, `hash` the SHA-256 of the
    scenario written as a file in the same language."""

    name: str
    hash: str
    rows: tuple[tuple[str, str], ...]


def plan_name(projection: Projection, language: str) -> str:
    """The scenario's name, else that it has none or is the base year."""
    scenario = projection.scenario
    return in_language(scenario.name, language) or text(
        "plan.untitled" if scenario.levers else "plan.base_year", language
    )


def comparison_passport(
    comparison: Comparison,
    scenarios: Sequence[Scenario],
    names: Sequence[str],
    baseline: Baseline,
    made_on: date,
    language: str,
) -> Passport:
    """The passport of what is exported from a comparison: a hash for each scenario, as its file would have it; the
    passport's own is that of the others, a line each."""
    draws, first = comparison.projections[0].draws, comparison.projections[0]
    hashes = [_hash(scenario, baseline, language) for scenario in scenarios]
    told = {
        "baseline": baseline.name[language],
        "draws": text("passport.draws_kept", language, drawn=count(draws.drawn), kept=count(draws.kept)),
        "seed": str(first.seed),
        "version": first.model_version,
        "made_on": made_on.isoformat(),
    }
    rows = [
        (text("passport.hash_of", language, letter=letter, name=name), digest)
        for letter, name, digest in zip(LETTERS, names, hashes, strict=False)
    ]
    rows += [(text(f"passport.{key}", language), value) for key, value in told.items()]
    whole = sha256("\n".join(hashes).encode()).hexdigest()
    return Passport(text("passport.compared", language, count=len(scenarios)), whole, tuple(rows))


def _hash(scenario: Scenario, baseline: Baseline, language: str) -> str:
    return sha256(saved_text(scenario, baseline, language).encode("utf-8", "replace")).hexdigest()


def passport(projection: Projection, baseline: Baseline, made_on: date, language: str) -> Passport:
    """The passport of everything that is exported from a projection on a day."""
    scenario, draws = projection.scenario, projection.draws
    name = plan_name(projection, language)
    digest = _hash(scenario, baseline, language)
    told = {
        "scenario": name,
        "author": scenario.author,
        "reason": in_language(scenario.reason, language),
        "baseline": baseline.name[language],
        "rules": bare_setting(levers(baseline)["rules"], projection.rules, language),
        "draws": text("passport.draws_kept", language, drawn=count(draws.drawn), kept=count(draws.kept)),
        "seed": str(projection.seed),
        "version": projection.model_version,
        "made_on": made_on.isoformat(),
        "hash": digest,
    }
    rows = tuple((text(f"passport.{key}", language), value) for key, value in told.items() if value)
    return Passport(name, digest, rows)
