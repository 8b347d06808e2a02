"""The places of a base year: what a prefecture's need is counted from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.evidence.figures import by_language


@dataclass(frozen=True)
class Prefecture:
    """One prefecture: its names, its province, and what its need is counted from.

    `letters` are letters to the inspectorate and `gdp` is in 100 million yuan, each None where the baseline gives none.
    `short` is its name where room is short, the full name where the baseline gives no other. `tile` is its row and
    column on a map of equal squares, None where the baseline gives none.
    """

    id: str
    name: Mapping[str, str]
    province: str
    county_level_units: int
    population: float
    area_km2: float
    letters: float | None
    gdp: float | None
    short: Mapping[str, str]
    tile: tuple[int, int] | None
    code: str
    """Its code, six digits by GB/T 2260-2007; its id where the baseline gives none.

    Those of Hunan stand so in the standard and in the Ministry of Civil Affairs' yearly list that continues it
    (民政部《中华人民共和国县以上行政区划代码》).
    """


def prefecture(row: Mapping[str, str], baseline: str) -> Prefecture:
    """One row of `prefectures.csv`, whose columns may carry the year of their figures."""

    def number(*columns: str) -> float | None:
        return next((float(row[column]) for column in columns if row.get(column)), None)

    return Prefecture(
        id=row["id"],
        name=by_language(row, "name"),
        province=row.get("province") or baseline,
        county_level_units=int(row["county_level_units"]),
        population=number("population", "population_2020") or 0.0,
        area_km2=number("area_km2") or 0.0,
        letters=number("letters", "inspectorate_letters_2018"),
        gdp=number("gdp_100m_yuan", "gdp_2021_100m_yuan"),
        short={"zh": row.get("short_zh") or row["name_zh"], "en": row.get("short_en") or row["name_en"]},
        tile=(int(row["tile_row"]), int(row["tile_column"])) if row.get("tile_row") else None,
        code=row.get("code") or row["id"],
    )


def wrong_places(prefectures: Sequence[Prefecture]) -> list[str]:
    """What is wrong with the prefectures, a sentence each."""
    if not prefectures:
        return ["there is no prefecture"]
    ids = [p.id for p in prefectures]
    wrong = [f"{id} stands twice" for id in sorted({id for id in ids if ids.count(id) > 1})]
    for one in prefectures:
        counts = {"population": one.population, "area_km2": one.area_km2}
        wrong += [f"{one.id}: {name} must be above 0, got {value:g}" for name, value in counts.items() if not value > 0]
        if one.county_level_units < 0:
            wrong.append(f"{one.id}: county_level_units must not be below 0, got {one.county_level_units}")
    return wrong
