"""Plans to hand out, for the tests of what they are handed out as: a good one, and some that people should not type."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from model import ChangedAssumption, Scenario, project
from model.files.scenario_file import load_scenario
from model.outputs import package
from model.outputs.answers.document import written
from model.outputs.answers.projection import document as projection_document
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.coherence import coherent
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


@cache
def handout(language: str) -> Handout:
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
    return Handout(coherent(project(scenario, draws=512)), baseline_of(scenario), DAY, language)


def document(of: Handout) -> dict:
    """As the command line gives it."""
    return json.loads(written(projection_document(of.projection)))


@cache
def packed(language: str) -> dict[str, bytes]:
    """The files of the good plan."""
    return dict(package.files(handout(language)))
