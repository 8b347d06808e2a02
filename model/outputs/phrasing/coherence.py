"""Figures that add up as printed (method, section 13): base year and change, parts and their whole.

Medians do not: the plan's is not the sum of those of base year and change, nor the whole's that of its parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

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
NEVER_ABOVE: Mapping[str, Sequence[str]] = {
    "visits": ("visit_capacity",),
    "cases_decided": ("cases_filed", "case_capacity"),
}
"""The amounts that no pool has more of than of others in any draw, by id."""


def coherent(projection: Projection) -> Projection:
    """The projection with figures that add up as printed in the place of its medians.

    Base year: its median. Change: the median of the paired difference. Both are rounded to the digits that are printed,
    and the plan is their sum. Tiers and prefectures of an amount add up to the whole: what their medians lack goes to
    each in proportion to the square of its band (Stone, Champernowne and Meade 1942). No amount is printed above one
    that it never exceeds (`NEVER_ABOVE`). People of a tier are those that the planner sets. Bands and odds stay as they
    are. A coherent projection stays the same.
    """
    measures: dict[str, MeasureResult] = {}
    for id in sorted(projection.measures, key=NEVER_ABOVE.__contains__):
        ceilings = [measures[other] for other in NEVER_ABOVE.get(id, ()) if other in measures]
        measures[id] = _as_set(projection) if id == "staff" else _measure(projection.measures[id], ceilings)
    return replace(projection, measures={id: measures[id] for id in projection.measures})


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
        return with_figures(paired, round(first, 9), round(second - first, 9))
    return with_figures(paired, *_base_and_change(paired.base.p50, paired.difference.p50, unit, step))


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
    tiers = {tier: with_figures(staff.tiers[tier], base, plan - base) for tier, (base, plan) in people.items()}
    return _with_tiers(staff, tiers)


def _measure(result: MeasureResult, ceilings: Sequence[MeasureResult]) -> MeasureResult:
    total = _under(coherent_pair(result.total, result.unit), [ceiling.total for ceiling in ceilings])
    if result.tiers and result.unit not in (*SHARE_UNITS, *RATIO_UNITS):
        tiers = _parts(result.tiers, total, result.unit, [ceiling.tiers for ceiling in ceilings])
        return _with_tiers(replace(result, total=total), tiers, ceilings)
    tiers = {id: coherent_pair(paired, result.unit) for id, paired in result.tiers.items()}
    places = {id: coherent_pair(paired, result.unit) for id, paired in result.prefectures.items()}
    return replace(result, total=total, tiers=tiers, prefectures=places)


def _under(paired: Paired, ceilings: Sequence[Paired]) -> Paired:
    """The figures, where they lie above a ceiling those of the ceiling."""
    base, plan = (min(getattr(one, end).p50 for one in (paired, *ceilings)) for end in ("base", "scenario"))
    return with_figures(paired, base, round(plan - base, 9)) if ceilings else paired


def _with_tiers(
    result: MeasureResult, tiers: Mapping[str, Paired], ceilings: Sequence[MeasureResult] = ()
) -> MeasureResult:
    """An amount with tiers that add up to it, and prefectures that add up to cities and counties.

    Where the tiers' bands leave no room, the whole gives way: a tier that loses all its officers does nothing.
    """
    sums = [[getattr(one, end).p50 for one in tiers.values()] for end in ("base", "difference")]
    total = with_figures(result.total, *(round(sum(parts), 9) for parts in sums))
    below = with_figures(result.total, *(round(sum(parts[1:]), 9) for parts in sums))
    of_places = [ceiling.prefectures for ceiling in ceilings]
    places = _parts(result.prefectures, below, result.unit, of_places, must=True)
    return replace(result, total=total, tiers=tiers, prefectures=places)


def coherent_parts(parts: Mapping[str, Paired], whole: Paired, unit: str) -> dict[str, Paired]:
    """Parts of an amount, with figures that add up to those of their whole, which is coherent."""
    return _parts(parts, whole, unit, must=True)


def _parts(
    parts: Mapping[str, Paired],
    whole: Paired,
    unit: str,
    ceilings: Sequence[Mapping[str, Paired]] = (),
    must: bool = False,
) -> dict[str, Paired]:
    if not parts:
        return {}
    step = _step([whole.base.p50, whole.scenario.p50], unit)
    rows = list(parts.values())
    most_before, most_after = (
        [min((getattr(of[id], end).p50 for of in ceilings), default=np.inf) for id in parts]
        for end in ("base", "scenario")
    )
    before = balanced([row.base for row in rows], [0.0] * len(rows), most_before, whole.base.p50, step, must=True)
    changes = [_one_way(row.difference) if must else row.difference for row in rows]
    for k, row in enumerate(rows):
        if row.scenario.p10 == row.scenario.p90:  # The plan leaves no doubt: it is printed as it is.
            changes[k] = Band(*[_rounded(row.scenario.p50, step) - before[k]] * 3)
    least, most = [-one for one in before], np.subtract(most_after, before).tolist()
    after = balanced(changes, least, most, whole.difference.p50, step, must)
    return {id: with_figures(row, before[k], after[k]) for k, (id, row) in enumerate(parts.items())}


def _one_way(change: Band) -> Band:
    """The band as far as it goes the way of its median: most draws say which way that is."""
    if change.p50 > 0:
        return replace(change, p10=max(change.p10, 0.0))
    return replace(change, p90=min(change.p90, 0.0)) if change.p50 < 0 else change


def balanced(
    bands: Sequence[Band], least: Sequence[float], most: Sequence[float], total: float, step: float, must: bool
) -> list[float]:
    """Figures near the medians that add up to the total in whole steps, each from its least to its most.

    What lacks goes to each in proportion to the square of its band's width; no figure leaves its band. Where that does
    not do, the nearest is found; with `must`, figures leave their bands in proportion to their room.
    """
    low, figures, high = np.array([(band.p10, band.p50, band.p90) for band in bands]).T
    weights = np.square(high - low)
    low, high = np.clip(low, least, most), np.minimum(high, most)
    figures = np.clip(figures, low, most)
    while abs(gap := total - figures.sum()) > step / 1e6 and weights.any():
        moved = figures + gap * weights / weights.sum()
        weights = np.where((moved < low) | (moved > high), 0.0, weights)
        figures = np.clip(moved, low, np.maximum(low, high))
    if must and abs(gap) >= step:
        room = most - figures if gap > 0 and np.isfinite(most).all() else figures - least
        figures += gap * (room / room.sum() if room.any() else 1 / len(room))
        gap = 0.0
    return _steps(figures, figures.sum() if abs(gap) >= step else total, step)


def _steps(values: np.ndarray, total: float, step: float) -> list[float]:
    """The values in whole steps that add up to the total, by largest remainders.

    What reads 0 stays 0 where the others can take what it leaves by rounding alone.
    """
    steps, goal = np.asarray(values) / step, round(total / step)
    moves = np.abs(steps) >= 0.5
    if np.floor(steps[moves]).sum() <= goal <= np.ceil(steps[moves]).sum():
        steps = np.where(moves, steps, 0.0)
    return [round(float(number * step), 9) for number in whole(steps, goal)]


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


def with_figures(paired: Paired, base: float, change: float) -> Paired:
    return Paired(
        base=_with(paired.base, base),
        scenario=_with(paired.scenario, round(base + change, 9)),
        difference=_with(paired.difference, change),
        odds=paired.odds,
    )


def _with(band: Band, figure: float) -> Band:
    return Band(band.p10, figure, band.p90)
