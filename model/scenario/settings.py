"""The settings of a plan: a value for every lever, typed, under the names of `levers.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from model.evidence.baseline import TIERS, Baseline
from model.scenario.levers import Value, lever_values


class ByTier(NamedTuple):
    """A number for each tier, in the order of TIERS."""

    province: float
    city: float
    county: float


@dataclass(frozen=True)
class Settings:
    """Every lever's value; a field is a lever's id with its dots written as strokes, one for all three tiers.

    Units and bounds stand in `levers.csv`. `staff_spread` is "bodies", "need" or weights by prefecture; `staff_moves`
    are whole people by pool (`Baseline.pool_keys`); `rules` is "2021" or "2025".
    """

    staff_change: ByTier
    staff_new_posts: float
    staff_spread: str | Mapping[str, float]
    staff_moves: Mapping[str, float]
    from_approvals: float
    frontline_share: ByTier
    merged_bodies: float
    other_duties_cut: float
    training_days: float
    visit_time_saved: float
    offsite_checks: float
    targeted_share: float
    service_contacts: float
    case_policy: ByTier
    review_staff: ByTier
    rules: str
    decision_limit: float
    phase_months: float
    horizon_months: float

    def with_levers(self, changed: Mapping[str, Value]) -> "Settings":
        """The settings with these levers, by id, at other values. TypeError for a lever that does not exist."""
        one = self
        for id, value in changed.items():
            name, tier = field_of(id)
            one = replace(one, **{name: getattr(one, name)._replace(**{tier: value}) if tier else _typed(name, value)})
        return one


def settings(changed: Mapping[str, Value], baseline: Baseline) -> Settings:
    """Every lever's value: the changed ones, the base for the others. KeyError for a lever that does not exist."""
    values: dict[str, Any] = {}
    tiers: dict[str, dict[str, Any]] = {}
    for id, value in lever_values(changed, baseline).items():
        name, tier = field_of(id)
        if tier:
            tiers.setdefault(name, {})[tier] = value
        else:
            values[name] = _typed(name, value)
    return Settings(**values, **{name: ByTier(**of_tier) for name, of_tier in tiers.items()})


def field_of(id: str) -> tuple[str, str]:
    """The field of Settings that holds a lever, and the tier in it; no tier ("") where the lever is of all.

    >>> field_of("staff.change.city"), field_of("staff.new_posts")
    (('staff_change', 'city'), ('staff_new_posts', ''))
    """
    head, _, tier = id.rpartition(".")
    name, tier = (head, tier) if tier in TIERS else (id, "")
    return name.replace(".", "_"), tier


def _typed(name: str, value: Value) -> Any:
    """A choice among numbers, which a file writes as a word, as the number that it is."""
    return float(value) if name == "decision_limit" and isinstance(value, str) else value
