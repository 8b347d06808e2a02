"""Plans to hand out, for the tests of what they are handed out as: a good one, and some that people should not type."""

import io
import json
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

from model import ChangedAssumption, Scenario, project
from model.files.scenario_file import load_scenario
from model.outputs.answers.document import written
from model.outputs.answers.projection import figures as projection_figures
from model.outputs.brief.brief import brief
from model.outputs.handout.handout import Handout
from model.outputs.package import package
from model.outputs.phrasing.coherence import coherent
from model.outputs.words import LANGUAGES
from model.projection.base_year import baseline_of

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 24)
SINK = load_scenario(ROOT / "scenarios" / "sink-to-counties.toml")[0]
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script><img src=http://evil.example/ onerror=alert(1)>",
    "长" * 300,
    "a \"q\" 's' & b\nnew line\ttab &lt;b&gt; &G &P {x} %s",
    "🙂👩‍👩‍👧 שלום \u202eevil \x07\x00",
    "]]>--></style></title><b>",
)


def answered_as(one: Handout, other: Handout) -> Handout:
    """A handout with the answers of another one, whose plan has the same numbers and other words."""
    vars(one).update({name: getattr(other, name) for name in ("base", "inspections", "stability", "why")})
    return one


@cache
def handout(language: str) -> Handout:
    if language != LANGUAGES[0]:
        first = handout(LANGUAGES[0])
        return answered_as(Handout(first.projection, first.baseline, DAY, language), first)
    return Handout(coherent(project(SINK, draws=1024)), baseline_of(SINK), DAY, language)


@cache
def hostile(typed: str, language: str = "zh") -> Handout:
    by_language = {"zh": typed}
    scenario = Scenario(
        name=by_language,
        note=by_language,
        reason=by_language,
        author=typed,
        levers={"staff.change.city": -100.0, "staff.change.county": 100.0},
        assumptions={"site_days": ChangedAssumption(0.25, 0.4, 0.6, typed)},
    )
    one = Handout(coherent(project(scenario, draws=512)), baseline_of(scenario), DAY, language)
    return one if (typed, language) == ("plan", "zh") else answered_as(one, hostile("plan"))


def document(of: Handout) -> dict:
    """As the command line gives it."""
    return json.loads(written(projection_figures(of.projection)))


@cache
def brief_of(language: str) -> bytes:
    """The brief of the good plan."""
    return brief(handout(language))


@cache
def packed(language: str) -> dict[str, bytes]:
    """The files of the good plan."""
    return dict(package.files(handout(language)))


@cache
def inspection_book(language: str, *, data_only: bool = False) -> Workbook:
    """The workbook of the inspection plan of the good plan, opened once for all who read it."""
    return load_workbook(io.BytesIO(packed(language)["inspection-plan.xlsx"]), data_only=data_only)
