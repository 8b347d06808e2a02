"""Site visits: the time of one, the number that the law asks, and what they find."""

import numpy as np

from model.evidence.baseline import TIERS, Pools
from model.evidence.draws import Quantity
from model.evidence.rules import Rules

MEAN_DISTANCE_TO_CENTRE = 0.38
"""Mean distance to the centre of a unit square (Larson and Odoni, Urban Operations Research, 3.7.1, 5.8)."""


def crew_days_per_visit(
    *,
    site_days: Quantity,
    area_km2: Quantity,
    detour: Quantity,
    speed: Quantity,
    hours: Quantity,
    visits_per_trip: Quantity,
) -> np.ndarray:
    """Crew-days of one visit, on site and on the road (method, section 5).

    `area_km2` is the area that one body covers, `detour` road over straight distance, `speed` in km/h, `hours` those of
    a working day. Any shapes that broadcast.

    >>> case = dict(site_days=0.4, detour=1.3, speed=45, hours=7, visits_per_trip=2)
    >>> [round(float(crew_days_per_visit(area_km2=a, **case)), 2) for a in (212_088 / 123, 212_088 / 14, 212_088)]
    [0.47, 0.59, 1.12]
    """
    one_way_km = MEAN_DISTANCE_TO_CENTRE * np.asarray(detour) * np.sqrt(area_km2)
    return np.asarray(site_days) + 2 * one_way_km / (np.asarray(speed) * hours) / visits_per_trip


def random_minimum(key_units: Quantity, officers: Quantity, tier: str, rules: Rules) -> np.ndarray:
    """Random checks (双随机) that a tier owes a year (method, section 6).

    Key units count by the quarterly rate, general units by officer; 0 at the province. Any shapes that broadcast.

    >>> from model.evidence.rules import rules_of
    >>> [float(random_minimum(3000, 1154, tier, rules_of("2021"))) for tier in ("city", "county")]
    [6370.0, 14540.0]
    """
    quarterly, per_officer = {
        "province": (0.0, 0.0),
        "city": (rules.city_key_units_a_quarter, rules.city_general_units_an_officer),
        "county": (rules.county_key_units_a_quarter, rules.county_general_units_an_officer),
    }[tier]
    return np.asarray(key_units) * 4 * quarterly + np.asarray(officers) * per_officer


def random_minimum_by_pool(key_units: np.ndarray, officers: np.ndarray, pools: Pools, rules: Rules) -> np.ndarray:
    """Random checks (双随机) that each pool owes a year, each by the rates of its tier; all (draws, pools).

    A city without counties checks key units at the rate of both, general units as a city.
    """
    owed = np.concatenate(
        [
            random_minimum(key_units[:, of_tier], officers[:, of_tier], tier, rules)
            for tier, of_tier in zip(TIERS, pools.slices, strict=True)
        ],
        axis=1,
    )
    alone = pools.without_counties
    owed[:, alone] += random_minimum(key_units[:, alone], 0.0, "county", rules)
    return owed


def random_share(visits: Quantity, random_floor: Quantity) -> np.ndarray:
    """Share of visits that are the random checks (双随机) owed.

    All of them where the visits do not reach the floor. Visits a year; any shapes that broadcast.

    >>> [float(random_share(v, 200)) for v in (1000, 100)]
    [0.2, 1.0]
    """
    return np.minimum(np.asarray(random_floor, float) / np.maximum(visits, 1e-9), 1.0)


def targeted_within_floor(targeted: Quantity, visits: Quantity, random_floor: Quantity) -> np.ndarray:
    """Share of visits aimed by risk, cut so that random checks stay at their legal number.

    `targeted` in [0, 1], `visits` and `random_floor` visits a year; 0 where the visits do not reach the floor. Any
    shapes that broadcast.

    >>> [float(targeted_within_floor(0.9, v, 200)) for v in (1000, 100)]
    [0.8, 0.0]
    """
    return np.clip(targeted, 0, 1 - random_share(visits, random_floor))


def yield_per_visit(targeted: Quantity, lift: Quantity) -> np.ndarray:
    """Cases that a visit brings, as a multiple of a random visit's: 1 + s (lift - 1) (method, section 7)."""
    return 1 + np.asarray(targeted) * (np.asarray(lift) - 1)
