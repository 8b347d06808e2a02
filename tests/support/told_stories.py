"""Stories that several tests read: shipped plans, and plans whose every text is out to break a file or a page."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache, wraps
from typing import TypeVar

from model import Projection, Scenario, project
from model.evidence.baseline import Baseline
from model.files.library import FOLDER
from model.files.scenario_file import load_scenario
from model.outputs.answers.document import written
from model.outputs.answers.projection import figures as projection_figures
from model.outputs.handout.origin import NOWHERE
from model.outputs.handout.passport import Passport, comparison_passport, passport
from model.outputs.phrasing.coherence import coherent, coherent_comparison
from model.outputs.story.comparison_story import comparison_story
from model.outputs.story.plan_story import plan_story
from model.outputs.story.story import Story
from model.projection.base_year import BaseYear, base_year_of, baseline_of
from model.projection.comparison import Comparison, compare
from model.projection.stability import Stability, stability
from model.projection.why.why import Why, why
from model.scenario.scenario import ChangedAssumption

Told = TypeVar("Told")

MADE_ON = date(2021, 11, 25)
DRAWS = 512
"""Few: words, files and places of figures are the same with many."""
SHIPPED = ("sink-to-counties", "cut-other-duties", "added-posts", "double-offsite", "finish-merging")
NASTY = {
    "zh": "=1+1 “引号”\n\x00\x1b\ud800🙂👨‍👩‍👧 <b>&amp; $x$ :red[a] " + "很长的名字" * 60,
    "en": '@SUM(A1) "quotes"\r\n\x07\ufffe😀 <script> & ' + "aVeryLongWord" * 12 + " and then many more words" * 12,
}
MANY_LEVERS = {
    "staff.change.province": -30.0,
    "staff.change.city": -200.0,
    "staff.change.county": 330.0,
    "staff.new_posts": 100.0,
    "staff.spread": {"changsha": 3.0, "yueyang": 1.0},
    "from_approvals": 200.0,
    "merged_bodies": 138.0,
    "other_duties_cut": 0.1,
    "training_days": 20.0,
    "targeted_share": 0.6,
    "service_contacts": 100_000.0,
    "offsite_checks": 50_000.0,
    "rules": "2025",
    "decision_limit": "120",
    "review_staff.city": 20.0,
    "case_policy.county": 0.2,
}


def once(tell: Callable[..., Told]) -> Callable[..., Told]:
    """A function of a projection, which has no hash, worked out once for each."""
    known: dict[tuple, tuple[Projection, Told]] = {}

    @wraps(tell)
    def told(projection: Projection, *others: str) -> Told:
        asked = (id(projection), *others)
        if asked not in known:
            known[asked] = projection, tell(projection, *others)
        return known[asked][1]

    return told


@cache
def shipped(stem: str) -> Projection:
    return coherent(project(load_scenario(FOLDER / f"{stem}.toml")[0] if stem else Scenario(), draws=DRAWS))


@cache
def nasty() -> Projection:
    """Every lever that can be moved is, and every text is hostile."""
    return coherent(
        project(
            Scenario(
                name=NASTY,
                note=NASTY,
                reason=NASTY,
                author=NASTY["zh"],
                levers=MANY_LEVERS,
                assumptions={"service_days": ChangedAssumption(0.2, 0.3, 0.6, NASTY["en"])},
            ),
            draws=DRAWS,
        )
    )


def baseline(projection: Projection) -> Baseline:
    return baseline_of(projection.scenario)


@once
def document(projection: Projection) -> dict:
    """A projection as its JSON gives it back."""
    return json.loads(written(projection_figures(projection)))


def base_of(projection: Projection) -> BaseYear:
    return base_year_of(projection.scenario, baseline(projection), projection.draws.drawn, projection.seed)


@once
def stability_of(projection: Projection) -> Stability:
    return stability(base_of(projection), projection)


@once
def why_of(projection: Projection) -> Why:
    return why(base_of(projection), projection)


@once
def of_plan(projection: Projection, language: str) -> Story:
    return plan_story(projection, baseline(projection), language, stability_of(projection), why_of(projection))


@cache
def six() -> Comparison:
    stems = ("", *SHIPPED)
    return coherent_comparison(
        compare([load_scenario(FOLDER / f"{stem}.toml")[0] if stem else Scenario() for stem in stems], draws=DRAWS)
    )


def names(language: str, count: int = 6) -> list[str]:
    return [f"{k}{NASTY[language]}" for k in range(count)]


@cache
def of_six(language: str) -> Story:
    return comparison_story(six(), names(language), 0, baseline(six().projections[0]), language)


@once
def passport_of(projection: Projection, language: str) -> Passport:
    return passport(projection, baseline(projection), MADE_ON, language)


@cache
def passport_of_six(language: str) -> Passport:
    scenarios = [projection.scenario for projection in six().projections]
    of = six(), scenarios, names(language), baseline(six().projections[0])
    return comparison_passport(*of, MADE_ON, language, len(scenarios) * [NOWHERE])
