"""People by tier and prefecture, which add up to both as every page prints them."""

from collections.abc import Mapping

from model.evidence.baseline import CITY, COUNTY, TIERS
from model.outputs.phrasing.coherence import balanced, coherent_parts, with_figures
from model.projection.results import Band, Paired, Projection


def people_of_places(projection: Projection, drawn: Mapping[tuple[str, str], Paired]) -> dict[tuple[str, str], Paired]:
    """People by tier and prefecture, which add up to those of the prefecture and of the tier.

    `projection` is coherent; `drawn` are the people by (tier, prefecture) over the draws. The cities' add up to their
    tier, the counties' are what they leave of their prefecture; where that would be less than nobody, the parts add up
    to their prefecture alone.
    """
    staff, (city, county) = projection.measures["staff"], (TIERS[CITY], TIERS[COUNTY])
    places = {id: [tier for tier in TIERS if (tier, id) in drawn] for id in staff.prefectures}
    alone = {(tiers[0], id): staff.prefectures[id] for id, tiers in places.items() if len(tiers) == 1}
    split = {id: staff.prefectures[id] for id, tiers in places.items() if len(tiers) > 1}
    if city in staff.tiers and split:
        of_cities = staff.tiers[city]
        for (tier, _), place in alone.items():
            of_cities = _less_place(of_cities, place) if tier == city else of_cities
        cities = _of_cities({id: drawn[city, id] for id in split}, split, of_cities)
        counties = {id: _less_place(place, cities[id], drawn[county, id]) for id, place in split.items()}
        if all(min(one.base.p50, one.scenario.p50) >= 0 for one in counties.values()):
            both = {city: cities, county: counties}
            return alone | {(tier, id): one for tier, ones in both.items() for id, one in ones.items()}
    parts = {
        id: coherent_parts({tier: drawn[tier, id] for tier in places[id]}, place, staff.unit)
        for id, place in split.items()
    }
    return alone | {(tier, id): one for id, tiers in parts.items() for tier, one in tiers.items()}


def _of_cities(drawn: Mapping[str, Paired], places: Mapping[str, Paired], whole: Paired) -> dict[str, Paired]:
    """People of the cities in places, none more than the place has, that add up to the whole.

    Their medians are larger or smaller than the likeliest people of the tier, all by the same factor.
    """
    factor = whole.base.p50 / max(sum(one.base.p50 for one in drawn.values()), 1e-9)
    bands = [Band(one.base.p10 * factor, one.base.p50 * factor, one.base.p90 * factor) for one in drawn.values()]
    of_places = [places[id].base.p50 for id in drawn]
    before = balanced(bands, [0.0] * len(bands), of_places, whole.base.p50, 1.0, must=True)
    least = [-people for people in before]
    most = [places[id].scenario.p50 - people for id, people in zip(drawn, before, strict=True)]
    changes = [one.difference for one in drawn.values()]
    moved = balanced(changes, least, most, whole.difference.p50, 1.0, must=True)
    rows = zip(drawn.items(), before, moved, strict=True)
    return {id: with_figures(one, people, change) for (id, one), people, change in rows}


def _less_place(whole: Paired, part: Paired, like: Paired | None = None) -> Paired:
    """What a part leaves of its whole, with the bands of the whole or of another one."""
    base, change = (getattr(whole, end).p50 - getattr(part, end).p50 for end in ("base", "difference"))
    return with_figures(like or whole, round(base, 9), round(change, 9))
