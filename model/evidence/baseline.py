"""A baseline: one real base year as data.

`hunan-2021` ships; another province is another folder of the same files.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from model.evidence import figures
from model.evidence.figures import Assumption, Figure

TIERS = ("province", "city", "county")
PROVINCE, CITY, COUNTY = range(3)
OFFICERS_A_BODY_KEEPS = 2
"""People who stay in a body whatever moves: a visit takes two (Administrative Penalty Law 2021, art. 42)."""


@dataclass(frozen=True)
class Prefecture:
    """One prefecture: its names, its province, and what its need is counted from.

    `gdp` is in 100 million yuan, None where the baseline gives none. `short` is its name where room is short, the full
    name where the baseline gives no other. `tile` is its row and
    column on a map of equal squares, None where the baseline gives none.
    """

    id: str
    name: Mapping[str, str]
    province: str
    county_level_units: int
    population: float
    area_km2: float
    letters: float
    gdp: float | None
    short: Mapping[str, str]
    tile: tuple[int, int] | None


@dataclass(frozen=True, eq=False)
class Pools:
    """The pools, each a tier in a place: provinces, then cities, then the counties of a prefecture.

    All arrays have shape (pools,). `place` is the prefecture's index (the province's for province pools). City and
    county pools stand in the same order of prefectures.
    """

    tier: np.ndarray
    place: np.ndarray
    province: np.ndarray
    area_km2: np.ndarray
    county_level_units: np.ndarray

    def __len__(self) -> int:
        return len(self.tier)

    @cached_property
    def slices(self) -> tuple[slice, slice, slice]:
        """The province, the city and the county pools, in the order of TIERS."""
        ends = np.cumsum(np.bincount(self.tier, minlength=3))
        return slice(0, ends[0]), slice(ends[0], ends[1]), slice(ends[1], ends[2])

    @cached_property
    def of_tier(self) -> np.ndarray:
        """Shape (pools, 3): one where the pool is of the tier."""
        return (self.tier[:, None] == np.arange(3)).astype(float)

    @cached_property
    def of_prefecture(self) -> np.ndarray:
        """Shape (pools, prefectures): one for the city and the county pool of each prefecture."""
        local = self.tier != PROVINCE
        prefectures = np.arange(self.place[local].max() + 1)
        return (local[:, None] & (self.place[:, None] == prefectures)).astype(float)


@dataclass(frozen=True, eq=False)
class Baseline:
    """One base year: its reported figures, its assumptions, and the places it is made of."""

    id: str
    name: Mapping[str, str]
    source: Mapping[str, str]
    rules: str
    cases_window_years: float
    report: Mapping[str, Figure]
    assumptions: Mapping[str, Assumption]
    benchmarks: Mapping[str, Figure]
    prefectures: tuple[Prefecture, ...]
    seats: np.ndarray | None = None
    """People and frontline officers by pool, shape (2, pools), from a staff list; None where they are drawn."""

    def reported(self, id: str) -> float:
        """The report's figure `id` as a number.

        KeyError where the report does not give it, ValueError where it gives words.
        """
        return float(self.report[id].value)

    def mid(self, id: str) -> float:
        """The mid of the assumption `id`, in its unit.

        KeyError for an id that is none.
        """
        return self.assumptions[id].mid

    @cached_property
    def provinces(self) -> tuple[str, ...]:
        """Ids of the provinces, in the order in which the prefectures name them."""
        return tuple(dict.fromkeys(p.province for p in self.prefectures))

    @cached_property
    def need(self) -> np.ndarray:
        """Share of need by prefecture at the middle weight of letters, (prefectures,), for displays."""
        by_letters = self.mid("need_by_letters")
        return (1 - by_letters) * self.share_of("population") + by_letters * self.share_of("letters")

    @cached_property
    def has_gdp(self) -> bool:
        """Whether the baseline gives the GDP of every prefecture."""
        return all(p.gdp is not None for p in self.prefectures)

    def share_of(self, figure: str) -> np.ndarray:
        """Share of each prefecture in its `population`, `letters`, `area` or `gdp`, (prefectures,).

        ValueError for GDP where the baseline does not give it.
        """
        if figure == "gdp" and not self.has_gdp:
            raise ValueError(f"{self.id} does not give the GDP of its prefectures")
        values = np.array([getattr(p, "area_km2" if figure == "area" else figure) for p in self.prefectures], float)
        return values / values.sum()

    @cached_property
    def of_province(self) -> np.ndarray:
        """Shape (prefectures, provinces): one where the prefecture is of the province."""
        return np.array([[float(p.province == name) for name in self.provinces] for p in self.prefectures])

    @cached_property
    def pools(self) -> Pools:
        """The pools of the places; areas in km2, units and need of a province are its prefectures' together."""
        of_province = np.array([self.provinces.index(p.province) for p in self.prefectures])
        area = np.array([p.area_km2 for p in self.prefectures])
        units = np.array([p.county_level_units for p in self.prefectures], float)
        n, m = len(self.provinces), len(self.prefectures)

        def by_province(values: np.ndarray) -> np.ndarray:
            return np.bincount(of_province, values, n)

        return Pools(
            tier=np.repeat([PROVINCE, CITY, COUNTY], [n, m, m]),
            place=np.concatenate([np.arange(n), np.arange(m), np.arange(m)]),
            province=np.concatenate([np.arange(n), of_province, of_province]),
            area_km2=np.concatenate([by_province(area), area, area]),
            county_level_units=np.concatenate([by_province(units), units, units]),
        )

    @cached_property
    def pool_names(self) -> tuple[tuple[str, str], ...]:
        """Tier and prefecture id of every pool.

        The prefecture of the province's pool is ""; where there are several provinces, the id of its own.
        """
        provinces = self.provinces if len(self.provinces) > 1 else ("",)
        prefectures = [p.id for p in self.prefectures]
        names = [("province", province) for province in provinces]
        return tuple(names + [(tier, id) for tier in ("city", "county") for id in prefectures])

    @cached_property
    def pool_keys(self) -> tuple[str, ...]:
        """The name of every pool as a scenario file writes it: `province`, `city.changsha`."""
        return tuple(".".join(filter(None, name)) for name in self.pool_names)

    @cached_property
    def derived(self) -> dict[str, float]:
        """Figures that levers start from or are bounded by, under the names that `levers.csv` gives them."""
        staff = {t: self.mid(f"staff_{t}") for t in TIERS}
        share = {t: self.mid(f"frontline_share_{t}") for t in TIERS}
        if self.seats is not None:
            people, officers = self.seats @ self.pools.of_tier
            staff = dict(zip(TIERS, people.tolist(), strict=True))
            share = dict(zip(TIERS, (officers / np.maximum(people, 1)).tolist(), strict=True))
        bodies = {"province": len(self.provinces), "county": self.mid("bodies_county")}
        bodies["city"] = self.reported("bodies_total") - bodies["province"] - bodies["county"]
        window = self.mid("service_window_years")
        return {
            "staff_total": self.reported("staff_total"),
            "bodies_total": self.reported("bodies_total"),
            "bodies_merged": self.reported("bodies_merged"),
            "cases_a_year": self.reported("cases_total") / self.cases_window_years,
            "offsite_hit": self.reported("offsite_problems") / self.reported("offsite_checks"),
            "offsite_checks_a_year": float(round(self.reported("offsite_checks") / window)),
            "service_contacts_a_year": float(round(self.reported("service_contacts") / window)),
            "system_staff_most": float(
                np.floor(self.reported("staff_total") / self.reported("enforcement_share_of_system_min"))
            ),
            "targeted_share": self.mid("targeted_share"),
            "training_days": self.mid("training_days"),
            **{f"movable_{t}": max(float(np.floor(staff[t] - OFFICERS_A_BODY_KEEPS * bodies[t])), 0.0) for t in TIERS},
            **{f"staff_{t}": staff[t] for t in TIERS},
            **{f"frontline_share_{t}": share[t] for t in TIERS},
            **{f"desk_{t}": float(np.floor(staff[t] * (1 - share[t]))) for t in TIERS},
        }


def read_baseline(folder: Path) -> Baseline:
    """Read a baseline from the files of its folder.

    They are `baseline.toml`, `report.csv`, `assumptions.csv`, `benchmarks.csv` and `prefectures.csv`. OSError for a
    file that is missing, KeyError for a column that is, ValueError for a number that is none.
    """
    about = tomllib.loads((folder / "baseline.toml").read_text(encoding="utf-8"))
    return Baseline(
        id=about["id"],
        name=about["name"],
        source=about["source"],
        rules=about["rules"],
        cases_window_years=about["cases_window_years"],
        report=figures.read_report(folder / "report.csv", about["source"]),
        assumptions=figures.read_assumptions(folder / "assumptions.csv"),
        benchmarks=figures.read_benchmarks(folder / "benchmarks.csv"),
        prefectures=tuple(
            Prefecture(
                id=row["id"],
                name=figures.by_language(row, "name"),
                province=row.get("province") or about["id"],
                county_level_units=int(row["county_level_units"]),
                population=float(row["population_2020"]),
                area_km2=float(row["area_km2"]),
                letters=float(row["inspectorate_letters_2018"]),
                gdp=float(row["gdp_2021_100m_yuan"]) if row.get("gdp_2021_100m_yuan") else None,
                short={"zh": row.get("short_zh") or row["name_zh"], "en": row.get("short_en") or row["name_en"]},
                tile=(int(row["tile_row"]), int(row["tile_column"])) if row.get("tile_row") else None,
            )
            for row in figures.read_rows(folder / "prefectures.csv")
        ),
    )


def with_staff_list(baseline: Baseline, staff_list: Mapping[tuple[str, str], tuple[int, int]]) -> Baseline:
    """The baseline with the seats of a staff list: people and frontline officers by (tier, prefecture id).

    The province's prefecture is "". An equal list gives the same object again while it is among the last eight.
    ValueError where a pool is missing or unknown.
    """
    return _with_seats(baseline, frozenset(staff_list.items()))


@lru_cache(maxsize=8)
def _with_seats(baseline: Baseline, seats: frozenset[tuple[tuple[str, str], tuple[int, int]]]) -> Baseline:
    heads = dict(seats)
    names = baseline.pool_names
    if heads.keys() != set(names):
        raise ValueError("a staff list gives every pool, and no other")
    return replace(baseline, seats=np.array([heads[name] for name in names], float).T)


def baseline_ids() -> list[str]:
    """Ids of the baselines that ship, in alphabetical order."""
    return sorted(folder.parent.name for folder in figures.FOLDER.glob("*/baseline.toml"))


@lru_cache
def shipped_baseline(id: str) -> Baseline:
    """The baseline that ships under an id.

    KeyError for any other id.
    """
    if id not in baseline_ids():
        raise KeyError(id)
    return read_baseline(figures.FOLDER / id)
