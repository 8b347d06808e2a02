"""A target: what a measure of a place must come to, as text (`visits@changsha>=5000`) and as a value."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.files.problem import Problem, shown
from model.files.toml_reader import nearest
from model.year.measures import MEASURE, Measure

TOTAL = "total"
ROUND = 1e-9
"""Part of a target's value below which a miss is rounding."""

_FORM = re.compile(r"(?P<measure>[^@<>=]+)(?:@(?P<scope>[^@<>=]+))?(?P<sign>>=|<=)(?P<value>[^<>=]+)")


@dataclass(frozen=True)
class Target:
    """A `measure` of a `scope` (`total`, a tier or a prefecture) is to be at least `value`, or at most.

    `value` is in the measure's unit; shares are from 0 to 1, loads may be more.
    """

    measure: str
    scope: str
    at_least: bool
    value: float

    @property
    def definition(self) -> Measure:
        """The measure that the target is of."""
        return MEASURE[self.measure]

    @property
    def size(self) -> float:
        """The amount that parts of the target are measured by, above 0."""
        return abs(self.value) or 1.0

    def missing(self, values: np.ndarray) -> np.ndarray:
        """How much is missing where the measure has these values, in their shape; below 0 what is to spare.

        Rounding counts as nothing.
        """
        missing = self.value - values if self.at_least else values - self.value
        return np.where(np.abs(missing) <= ROUND * self.size, 0.0, missing)

    def __str__(self) -> str:
        place = "" if self.scope == TOTAL else f"@{self.scope}"
        return f"{self.measure}{place}{'>=' if self.at_least else '<='}{self.value:.10g}"


def read_targets(texts: Iterable[str], baseline: Baseline) -> tuple[tuple[Target, ...], tuple[Problem, ...]]:
    """The targets of some texts, and every problem with them.

    >>> from model.evidence.baseline import shipped_baseline
    >>> hunan = shipped_baseline("hunan-2021")
    >>> targets, problems = read_targets(["on_time_share >= 90%", "visits@changsha≥5000"], hunan)
    >>> [str(target) for target in targets], problems
    (['on_time_share>=0.9', 'visits@changsha>=5000'], ())
    >>> [problem.code for problem in read_targets(["visits>=90%", "vists>=9", "visits<=9"], hunan)[1]]
    ['target_no_share', 'target_measure_meant', 'target_wrong_way']
    """
    by_place: dict[tuple[str, str, bool], Target] = {}
    problems = []
    for text in texts:
        target = _target(text, baseline)
        if isinstance(target, Problem):
            problems.append(target)
        elif (key := (target.measure, target.scope, target.at_least)) in by_place:
            problems.append(_problem("target_twice", text, other=str(by_place[key])))
        else:
            by_place[key] = target
    return tuple(by_place.values()), tuple(problems)


def _target(text: str, baseline: Baseline) -> Target | Problem:
    """The target of one text, or the first problem with it."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("≥", ">=").replace("≤", "<=")
    parts = _FORM.fullmatch(plain)
    if not parts:
        return _problem("target_form", text)
    measure, at_least = parts["measure"], parts["sign"] == ">="
    if measure not in MEASURE:
        near, choices = nearest(measure, MEASURE), tuple(MEASURE)
        return _problem("target_measure_meant" if near else "target_measure", text, meant=near, choices=choices)
    scope = _scopes(baseline).get(parts["scope"] or TOTAL)
    if scope is None:
        places = (TOTAL, *TIERS, *(prefecture.id for prefecture in baseline.prefectures))
        return _problem("target_scope", text, place=shown(parts["scope"]), choices=places)
    if MEASURE[measure].better == (-1 if at_least else 1):
        return _problem("target_wrong_way", text, meant=plain.replace(parts["sign"], "<=" if at_least else ">="))
    value = _value(parts["value"], MEASURE[measure])
    return _problem(value, text) if isinstance(value, str) else Target(measure, scope, at_least, value)


def _value(text: str, measure: Measure) -> float | str:
    """The number of a text in a measure's unit, or the code of the problem with it."""
    is_percent = text.endswith("%")
    try:
        value = float(text.removesuffix("%").replace(",", ""))
    except ValueError:
        return "target_number"
    if not isfinite(value) or value < 0:
        return "target_number"
    if measure.unit != "share":
        return "target_no_share" if is_percent else value
    value = value / 100 if is_percent else value
    return value if value <= 1 or measure.is_load else "target_share"


def _scopes(baseline: Baseline) -> Mapping[str, str]:
    """The ids of places a target may name, by id and by every name of a prefecture."""
    names = {name: p.id for p in baseline.prefectures for name in (*p.name.values(), *p.short.values())}
    return names | {scope: scope for scope in (TOTAL, *TIERS, *(p.id for p in baseline.prefectures))}


def _problem(code: str, text: str, **right: str | tuple[str, ...] | None) -> Problem:
    """A problem with a text; `right` says what would be right, by name."""
    return Problem(code, "", given=shown(text), right={name: value for name, value in right.items() if value})
