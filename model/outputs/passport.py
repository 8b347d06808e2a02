"""What a file says of its own making, so that anybody can make it again: scenario, hash, draws, seed, version, day."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from model.baseline import Baseline
from model.levers import levers
from model.outputs.numbers import bare_setting, count
from model.outputs.scenario_text import to_toml
from model.outputs.words import text
from model.results import Projection
from model.scenario import in_language


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


def passport(projection: Projection, baseline: Baseline, made_on: date, language: str) -> Passport:
    """The passport of everything that is exported from a projection on a day."""
    scenario, draws = projection.scenario, projection.draws
    name = plan_name(projection, language)
    digest = sha256(to_toml(scenario, baseline, language).encode("utf-8", "replace")).hexdigest()
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
