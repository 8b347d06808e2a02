"""The settings of a plan: a typed value for every lever, under the names of `levers.csv`."""

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
    """The value of every lever, in the unit and within the bounds of `levers.csv`.

    A field is the lever's id with its dots written as underscores, one field for the levers of all three tiers.
    `staff_spread` is "bodies", "need" or weights by prefecture; `staff_movers` says who moves; `staff_moves` are whole
    people by pool (`Baseline.pool_keys`); `rules` is one of `READ_ON`.
    """

    staff_change: ByTier
    staff_new_posts: float
    staff_spread: str | Mapping[str, float]
    staff_movers: str
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
        """The settings with some levers, by id, at other values.

        TypeError for a lever that does not exist.
        """
        one = self
        for id, value in changed.items():
            name, tier = field_of(id)
            one = replace(one, **{name: getattr(one, name)._replace(**{tier: value}) if tier else _typed(name, value)})
        return one


def settings(changed: Mapping[str, Value], baseline: Baseline) -> Settings:
    """The settings that the changed levers, by id, give; the other levers stand at their base.

    KeyError for a lever that does not exist.
    """
    values: dict[str, Any] = {}
    by_tier: dict[str, dict[str, Any]] = {}
    for id, value in lever_values(changed, baseline).items():
        name, tier = field_of(id)
        if tier:
            by_tier.setdefault(name, {})[tier] = value
        else:
            values[name] = _typed(name, value)
    values |= {name: ByTier(**of_tier) for name, of_tier in by_tier.items()}
    return Settings(**values)


def field_of(id: str) -> tuple[str, str]:
    """The field of Settings that holds a lever, and its tier; "" for a lever that has none.

    >>> field_of("staff.change.city"), field_of("staff.new_posts")
    (('staff_change', 'city'), ('staff_new_posts', ''))
    """
    head, _, tier = id.rpartition(".")
    name, tier = (head, tier) if tier in TIERS else (id, "")
    return name.replace(".", "_"), tier


def _typed(name: str, value: Value) -> Any:
    """The value as its field is typed: a number among words, like the decision limit, as that number."""
    return float(value) if isinstance(value, str) and Settings.__annotations__[name] is float else value
