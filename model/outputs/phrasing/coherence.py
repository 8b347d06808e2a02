"""Figures that add up as printed (method, section 13): base year and change, parts and their whole.

Medians do not: the plan's is not the sum of those of base year and change, nor the whole's that of its parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from model.evidence.baseline import CITY, COUNTY, TIERS
from model.force.people import people_by_tier
from model.force.whole_numbers import whole
from model.outputs.phrasing.numbers import INDEX, INDEX_DECIMALS, RATIO_UNITS, SHARE_UNITS
from model.projection.base_year import baseline_of
from model.projection.comparison import Comparison
from model.projection.explain import Explanation
from model.projection.results import Band, MeasureResult, Paired, PairedPlans, Projection
from model.year.measures import MEASURE

LEAST_WHOLE = 9.95
"""Amounts from here on are printed whole, those below with one decimal."""


def coherent(projection: Projection) -> Projection:
    """The projection with figures that add up as printed in the place of its medians.

    Base year: its median. Change: the median of the paired difference. Both are rounded to the digits that are printed,
    and the plan is their sum. Tiers and prefectures of an amount add up to the whole: what their medians lack goes to
    each in proportion to the square of its band (Stone, Champernowne and Meade 1942). People of a tier are those that
    the planner sets. Bands and odds stay as they are. A coherent projection stays the same.
    """
    measures = {
        id: _as_set(projection) if id == "staff" else _measure(result) for id, result in projection.measures.items()
    }
    return replace(projection, measures=measures)


def coherent_comparison(comparison: Comparison) -> Comparison:
    """The comparison with coherent projections; the figure of a duel is the difference of its two plans'."""
    projections = tuple(map(coherent, comparison.projections))

    def duels(id: str, scope: str) -> dict:
        figures = [_scope(projection.measures[id], scope) for projection in projections]
        return {
            (i, j): replace(duel, difference=_with(duel.difference, _less(figures[i], figures[j], duel.difference.p50)))
            for (i, j), duel in comparison.duels[id][scope].items()
        }

    by_measure = {id: {scope: duels(id, scope) for scope in scopes} for id, scopes in comparison.duels.items()}
    return replace(comparison, projections=projections, duels=by_measure)


def coherent_explanation(explanation: Explanation, projection: Projection | None = None) -> Explanation:
    """The explanation with parts that add up to the change as they are printed.

    Beside a coherent `projection` of the same draws, which shows base year and plan, the change is the one shown there.
    """
    change, shares = {}, {}
    for id, parts in explanation.shares.items():
        unit = MEASURE[id].unit
        if projection:
            total = projection.measures[id].total
            step, change[id] = _step([total.base.p50, total.scenario.p50], unit), total.difference.p50
        else:
            step = _step([explanation.change[id], *parts], unit)
            change[id] = _rounded(explanation.change[id], step)
        shares[id] = tuple(_shares(parts, change[id], step))
    return replace(explanation, change=change, shares=shares)


def coherent_pair(paired: Paired, unit: str) -> Paired:
    """One quantity in both plans, with figures that add up as printed.

    Of two plans each has the figure that it has beside the base year.
    """
    step = _step([paired.base.p50, paired.scenario.p50], unit)
    if isinstance(paired, PairedPlans):
        changes = paired.first_change, paired.second_change
        first, second = (sum(_base_and_change(paired.base_year, change, unit, step)) for change in changes)
        return _figures(paired, round(first, 9), round(second - first, 9))
    return _figures(paired, *_base_and_change(paired.base.p50, paired.difference.p50, unit, step))


def printed_difference(first: float, second: float, unit: str) -> float:
    """First less second, as the digits printed of both give it.

    >>> printed_difference(83837.5, 83834.1, "visits a year"), printed_difference(0.4, 0.06, "visits a year")
    (4.0, 0.3)
    """
    step = _step([first, second], unit)
    printed = [_rounded(value, step) for value in (first, second)]
    if unit in SHARE_UNITS:
        printed = [_share(value, shown, step) for value, shown in zip((first, second), printed, strict=True)]
    return round(printed[0] - printed[1], 9)


def _shares(parts: Sequence[float], change: float, step: float) -> list[float]:
    """Parts in whole steps that add up to the change; the largest takes what the change as printed leaves."""
    values = np.array(parts)
    if len(values):
        values[np.abs(values).argmax()] += change - values.sum()
    return _steps(values, change, step)


def _base_and_change(base: float, change: float, unit: str, step: float) -> tuple[float, float]:
    """Both as printed."""
    before, moved = _rounded(base, step), _rounded(change, step)
    if unit in SHARE_UNITS:
        before = _share(base, before, step)
        moved = round(_share(base + change, before + moved, step) - before, 9) if moved else 0.0
    return before, moved


def _scope(result: MeasureResult, scope: str) -> Paired | None:
    return result.total if scope == "total" else {**result.tiers, **result.prefectures}.get(scope)


def _less(first: Paired | None, second: Paired | None, median: float) -> float:
    """The difference of two plans; the median where one of them has no such figure."""
    return round(first.scenario.p50 - second.scenario.p50, 9) if first and second else median


def _as_set(projection: Projection) -> MeasureResult:
    """People of each tier as the planner sets them, with the bands of the draws."""
    staff, scenario = projection.measures["staff"], projection.scenario
    people = people_by_tier(scenario, baseline_of(scenario))
    tiers = {tier: _figures(staff.tiers[tier], base, plan - base) for tier, (base, plan) in people.items()}
    return _with_tiers(staff, tiers)


def _measure(result: MeasureResult) -> MeasureResult:
    total = coherent_pair(result.total, result.unit)
    if result.unit not in (*SHARE_UNITS, *RATIO_UNITS):
        return _with_tiers(replace(result, total=total), _parts(result.tiers, total, result.unit))
    tiers = {id: coherent_pair(paired, result.unit) for id, paired in result.tiers.items()}
    places = {id: coherent_pair(paired, result.unit) for id, paired in result.prefectures.items()}
    return replace(result, total=total, tiers=tiers, prefectures=places)


def _with_tiers(result: MeasureResult, tiers: Mapping[str, Paired]) -> MeasureResult:
    """An amount with tiers that add up to it, and prefectures that add up to cities and counties.

    Where the tiers' bands leave no room, the whole gives way: a tier that loses all its officers does nothing.
    """
    sums = [[getattr(one, end).p50 for one in tiers.values()] for end in ("base", "difference")]
    total = _figures(result.total, *(round(sum(parts), 9) for parts in sums))
    below = _figures(result.total, *(round(sum(parts[1:]), 9) for parts in sums))
    places = coherent_parts(result.prefectures, below, result.unit)
    return replace(result, total=total, tiers=tiers, prefectures=places)


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
    before = _balanced(bands, [0.0] * len(bands), whole.base.p50, 1.0, must=True)
    least = [-people for people in before]
    most = [places[id].scenario.p50 - people for id, people in zip(drawn, before, strict=True)]
    ends = list(zip(drawn.values(), least, most, strict=True))
    narrow = [Band(*(min(end, high) for end in vars(one.difference).values())) for one, _, high in ends]
    moved = _balanced(narrow, least, whole.difference.p50, 1.0, must=True)
    if any(change > high for change, high in zip(moved, most, strict=True)):
        wide = [Band(low, min(one.difference.p50, high), high) for one, low, high in ends]
        moved = _balanced(wide, least, whole.difference.p50, 1.0, must=True)
    rows = zip(drawn.items(), before, moved, strict=True)
    return {id: _figures(one, people, change) for (id, one), people, change in rows}


def _less_place(whole: Paired, part: Paired, like: Paired | None = None) -> Paired:
    """What a part leaves of its whole, with the bands of the whole or of another one."""
    base, change = (getattr(whole, end).p50 - getattr(part, end).p50 for end in ("base", "difference"))
    return _figures(like or whole, round(base, 9), round(change, 9))


def coherent_parts(parts: Mapping[str, Paired], whole: Paired, unit: str) -> dict[str, Paired]:
    """Parts of an amount, with figures that add up to those of their whole, which is coherent."""
    return _parts(parts, whole, unit, must=True)


def _parts(parts: Mapping[str, Paired], whole: Paired, unit: str, must: bool = False) -> dict[str, Paired]:
    if not parts:
        return {}
    step = _step([whole.base.p50, whole.scenario.p50], unit)
    rows = list(parts.values())
    before = _balanced([row.base for row in rows], [0.0] * len(rows), whole.base.p50, step, must=True)
    changes = [_one_way(row.difference) if must else row.difference for row in rows]
    for k, row in enumerate(rows):
        if row.scenario.p10 == row.scenario.p90:  # The plan leaves no doubt: it is printed as it is.
            changes[k] = Band(*[_rounded(row.scenario.p50, step) - before[k]] * 3)
    after = _balanced(changes, [-one for one in before], whole.difference.p50, step, must)
    return {id: _figures(row, before[k], after[k]) for k, (id, row) in enumerate(parts.items())}


def _one_way(change: Band) -> Band:
    """The band as far as it goes the way of its median: most draws say which way that is."""
    if change.p50 > 0:
        return replace(change, p10=max(change.p10, 0.0))
    return replace(change, p90=min(change.p90, 0.0)) if change.p50 < 0 else change


def _balanced(bands: Sequence[Band], least: Sequence[float], total: float, step: float, must: bool) -> list[float]:
    """Figures near the medians that add up to the total in whole steps, none below its least.

    What lacks goes to each in proportion to the square of its band's width; no figure leaves its band. Where that does
    not do, the nearest is found; with `must`, figures leave their bands in proportion to their room.
    """
    low, figures, high = np.array([(band.p10, band.p50, band.p90) for band in bands]).T
    low, weights = np.maximum(low, least), np.square(high - low)
    figures = np.maximum(figures, low)
    while abs(gap := total - figures.sum()) > step / 1e6 and weights.any():
        moved = figures + gap * weights / weights.sum()
        weights = np.where((moved < low) | (moved > high), 0.0, weights)
        figures = np.clip(moved, low, np.maximum(low, high))
    if must and abs(gap) >= step:
        room = figures - least
        figures += gap * (room / room.sum() if room.any() else 1 / len(room))
        gap = 0.0
    return _steps(figures, figures.sum() if abs(gap) >= step else total, step)


def _steps(values: np.ndarray, total: float, step: float) -> list[float]:
    """The values in whole steps that add up to the total, by largest remainders."""
    return [round(float(steps * step), 9) for steps in whole(values / step, round(total / step))]


def _step(values: Sequence[float], unit: str) -> float:
    """The least difference that is printed of values that stand together."""
    if unit in SHARE_UNITS:
        return 0.001
    if unit in RATIO_UNITS:
        return 0.01
    if unit == INDEX:
        return 0.1**INDEX_DECIMALS
    return 1.0 if max(map(abs, values)) >= LEAST_WHOLE else 0.1


def _rounded(value: float, step: float) -> float:
    return round(round(value / step) * step, 9)


def _share(value: float, printed: float, step: float) -> float:
    """A share as printed: only nothing reads 0 %, and only the whole 100 %."""
    if value <= 1e-9:
        return min(printed, 0.0)
    if value < 1 - 1e-9:
        return min(max(printed, step), 1 - step)
    return printed if value > 1 + 1e-9 else 1.0


def _figures(paired: Paired, base: float, change: float) -> Paired:
    return Paired(
        base=_with(paired.base, base),
        scenario=_with(paired.scenario, round(base + change, 9)),
        difference=_with(paired.difference, change),
        odds=paired.odds,
    )


def _with(band: Band, figure: float) -> Band:
    return Band(band.p10, figure, band.p90)
