"""A baseline: one real base year as data.

`hunan-2021` ships; another province is another folder of the same files.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from model.evidence import figures
from model.evidence.alternatives import Alternative, read_alternatives
from model.evidence.draws import Assumed, Quantity
from model.evidence.figures import Assumption, Figure
from model.evidence.pools import CITY, COUNTY, HEADS, PROVINCE, TIERS, Pools, heads_id
from model.evidence.prefectures import Prefecture, prefecture, wrong_places
from model.evidence.records import Record, chances, read_records, wrong_records
from model.evidence.tier_names import OfCity, OfNation, tiers_in

OFFICERS_A_BODY_KEEPS = 2
"""People who stay in a body whatever moves: a visit takes two (Administrative Penalty Law 2021, art. 42)."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """One base year: its reported figures, its assumptions, and the places it is made of.

    Any figure of the report may be missing: the closure uses what is known and draws the rest (method, section 17). One
    that is known about, as a range, is not in `report` but among the assumptions.
    `template` is the base year that this one was made from, None where it stands by itself.
    """

    id: str
    name: Mapping[str, str]
    source: Mapping[str, str]
    year: int
    rules: str
    cases_window_years: float
    report: Mapping[str, Figure]
    assumptions: Mapping[str, Assumption]
    benchmarks: Mapping[str, Figure]
    prefectures: tuple[Prefecture, ...]
    seats: np.ndarray | None = None
    """People and frontline officers by pool, shape (2, pools), from a staff list; None where they are drawn."""
    template: str | None = None
    people_of: Mapping[tuple[str, str], tuple[float | None, float | None]] = field(default_factory=dict)
    """People and frontline officers of the pools in which they are known, by (tier, prefecture id); mids of ranges."""
    records: tuple[Record, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    """Named sets of assumptions under which the base year may be read."""

    def knows(self, *ids: str) -> bool:
        """Whether all these figures of the report are known, or known about."""
        return all(id in self.report or id in self.assumptions for id in ids)

    def gives(self, *ids: str) -> bool:
        """Whether the report gives each of these figures as one number."""
        return all(id in self.report for id in ids)

    def reported(self, id: str) -> float:
        """The report's figure `id` as a number, the mid of its range where it is known about.

        KeyError where neither is given, ValueError where the report gives words.
        """
        return float(self.report[id].value) if id in self.report else self.mid(id)

    def amount(self, id: str, assumed: Assumed) -> Quantity:
        """The report's figure `id`, (draws, 1) where it is drawn, else a number; KeyError as of `reported`."""
        return assumed.get(id, self.reported(id))

    def figure(self, id: str) -> Figure | Assumption:
        """The figure `id` where the report gives it, else the range that it is known about by."""
        return self.report[id] if id in self.report else self.assumptions[id]

    def closed(self, share: str) -> int | None:
        """The tier whose `staff` or `frontline_share` follows from the reported total; None where none does."""
        return next((k for k, tier in enumerate(TIERS) if self.assumptions[f"{share}_{tier}"].closed), None)

    @cached_property
    def staff_total(self) -> float:
        """People in all: those of a staff list or of the report, else the tiers' mids together."""
        if self.seats is not None:
            return float(self.seats[0].sum())
        return self.reported("staff_total") if self.knows("staff_total") else sum(self.mid(f"staff_{t}") for t in TIERS)

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
    def province_names(self) -> dict[str, Mapping[str, str]]:
        """The name of each province: that of the row that is the whole of it, else the words of the file."""
        whole = {p.province: p.name for p in self.prefectures if self.is_whole_province(p)}
        return {one: whole.get(one, {"zh": one, "en": one}) for one in self.provinces}

    def is_whole_province(self, one: Prefecture) -> bool:
        """Whether a row of the places is one of several provinces and no prefecture, by its name."""
        is_alone = sum(p.province == one.province for p in self.prefectures) == 1 < len(self.provinces)
        return is_alone and one.province in {one.id, *one.name.values(), *one.short.values()}

    @property
    def is_city(self) -> bool:
        """Whether the places are the districts of one city: no county-level units below them."""
        return len(self.provinces) == 1 and not any(p.county_level_units for p in self.prefectures)

    def names_in(self, language: str) -> str:
        """The language "zh" or "en" with tiers and places named as here, most often as in a province."""
        is_nation = all(map(self.is_whole_province, self.prefectures))
        return OfNation(language) if is_nation else OfCity(language) if self.is_city else str(language)

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers that there are: all three, or those of a city."""
        return tiers_in(self.names_in("zh"))

    @cached_property
    def need(self) -> np.ndarray:
        """Share of need by prefecture at the middle weight of letters, (prefectures,), for displays."""
        by_population = self.share_of("population")
        if not self.has("letters"):
            return by_population
        by_letters = self.mid("need_by_letters")
        return (1 - by_letters) * by_population + by_letters * self.share_of("letters")

    def has(self, figure: str) -> bool:
        """Whether the baseline gives the `letters` or the `gdp` of every prefecture, and some of it."""
        values = [getattr(p, figure) for p in self.prefectures]
        return None not in values and sum(values) > 0

    def share_of(self, figure: str) -> np.ndarray:
        """Share of each prefecture in its `population`, `letters`, `area` or `gdp`, (prefectures,).

        ValueError for letters and GDP where the baseline does not give them.
        """
        if figure in ("letters", "gdp") and not self.has(figure):
            raise ValueError(f"{self.id} does not give the {figure} of its prefectures")
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
        counties = np.flatnonzero(units)

        def of_pools(by_place: np.ndarray, of_provinces: np.ndarray) -> np.ndarray:
            return np.concatenate([of_provinces, by_place, by_place[counties]])

        return Pools(
            tier=np.repeat([PROVINCE, CITY, COUNTY], [n, m, len(counties)]),
            place=of_pools(np.arange(m), np.arange(n)),
            province=of_pools(of_province, np.arange(n)),
            area_km2=of_pools(area, np.bincount(of_province, area, n)),
            county_level_units=of_pools(units, np.bincount(of_province, units, n)),
        )

    @cached_property
    def pool_names(self) -> tuple[tuple[str, str], ...]:
        """Tier and prefecture id of every pool.

        The prefecture of the province's pool is ""; where there are several provinces, the id of its own.
        """
        provinces = self.provinces if len(self.provinces) > 1 else ("",)
        cities = [("city", p.id) for p in self.prefectures]
        counties = [("county", p.id) for p in self.prefectures if p.county_level_units]
        return (*(("province", province) for province in provinces), *cities, *counties)

    @cached_property
    def pool_keys(self) -> tuple[str, ...]:
        """The name of every pool as a scenario file writes it: `province`, `city.changsha`."""
        return tuple(".".join(filter(None, name)) for name in self.pool_names)

    @cached_property
    def _known_heads(self) -> tuple[np.ndarray, list[tuple[int, int, str]]]:
        """As `known_heads` at the mids of ranges, (2, 1, pools), and these by heads, pool and assumption."""
        nobody = (None, None)
        mids = np.array([self.people_of.get(name, nobody) for name in self.pool_names], float).T
        ranges = [
            (which, pool, id)
            for which, heads in enumerate(HEADS)
            for pool, name in enumerate(self.pool_names)
            if (id := heads_id(heads, *name)) in self.assumptions
        ]
        return mids[:, None], ranges

    def known_heads(self, assumed: Assumed) -> np.ndarray:
        """People and frontline officers by pool, (2, 1 or draws, pools), NaN where they are not known."""
        heads, ranges = self._known_heads
        if ranges:
            heads = np.repeat(heads, len(assumed[ranges[0][2]]), axis=1)
        for which, pool, id in ranges:
            heads[which, :, pool] = np.round(assumed[id][:, 0])
        return heads

    @cached_property
    def derived(self) -> dict[str, float]:
        """Figures that levers start from or are bounded by, under the names that `levers.csv` gives them."""
        staff = {t: self.mid(f"staff_{t}") for t in TIERS}
        share = {t: self.mid(f"frontline_share_{t}") for t in TIERS}
        if self.seats is not None:
            people, officers = self.seats @ self.pools.of_tier
            staff = dict(zip(TIERS, people.tolist(), strict=True))
            share = dict(zip(TIERS, (officers / np.maximum(people, 1)).tolist(), strict=True))
        county = self.mid("bodies_county")
        city = float(self.city_bodies(np.array(county), {}))
        bodies = {"province": len(self.provinces), "city": city, "county": county}
        rest = {"staff_total": self.staff_total, "bodies_total": sum(bodies.values())}
        return {
            **rest,
            "bodies_merged": self.reported("bodies_merged") if self.knows("bodies_merged") else 0.0,
            **({"cases_a_year": self.cases_a_year} if self.knows("cases_total") else {}),
            "offsite_hit": self.offsite_hit,
            **{f"{id}_a_year": float(round(self.count_a_year(id))) for id in ("offsite_checks", "service_contacts")},
            "system_staff_most": self._system_staff_most,
            "targeted_share": self.mid("targeted_share"),
            "training_days": self.mid("training_days"),
            **{f"movable_{t}": max(float(np.floor(staff[t] - OFFICERS_A_BODY_KEEPS * bodies[t])), 0.0) for t in TIERS},
            **{f"staff_{t}": staff[t] for t in TIERS},
            **{f"frontline_share_{t}": share[t] for t in TIERS},
            **{f"desk_{t}": float(np.floor(staff[t] * (1 - share[t]))) for t in TIERS},
        }

    def city_bodies(self, county_bodies: np.ndarray, assumed: Assumed) -> np.ndarray:
        """Bodies of all cities, of the shape of `county_bodies`: the rest of the total, else one a prefecture."""
        if not self.knows("bodies_total"):
            return np.full_like(county_bodies, len(self.prefectures), float)
        return self.amount("bodies_total", assumed) - len(self.provinces) - county_bodies

    @property
    def cases_a_year(self) -> float:
        """Cases filed a year by the report's count; KeyError where it gives none."""
        return self.reported("cases_total") / self.cases_window_years

    def count_a_year(self, id: str) -> float:
        """A count of the report as a yearly rate, over the mid of its window; 0 where nothing was counted."""
        return self.reported(id) / self.mid(self.window_of(id)) if self.knows(id) else 0.0

    def window_of(self, id: str) -> str:
        """The assumption that is the window of a count: contacts may have one of their own."""
        own = {"service_contacts": "contacts_window_years"}.get(id, "")
        return own if own in self.assumptions else "service_window_years"

    @property
    def offsite_hit(self) -> float:
        """Problems per off-site check as counted, else the mid of the assumption in its place."""
        if self.knows("offsite_checks", "offsite_problems"):
            return self.reported("offsite_problems") / self.reported("offsite_checks")
        return self.mid("offsite_hit")

    def offsite_hit_in(self, assumed: Assumed) -> Quantity:
        """Problems per off-site check in each draw, at most 1."""
        if not self.knows("offsite_checks", "offsite_problems"):
            return assumed["offsite_hit"]
        problems, checks = (self.amount(id, assumed) for id in ("offsite_problems", "offsite_checks"))
        return np.minimum(problems / checks, 1.0)

    @property
    def _system_staff_most(self) -> float:
        least_share = "enforcement_share_of_system_min"
        return float(np.floor(self.staff_total / self.reported(least_share))) if self.knows(least_share) else np.inf


def read_baseline(folder: Path) -> Baseline:
    """Read a baseline from the files of its folder.

    They are `baseline.toml`, `report.csv`, `assumptions.csv`, `benchmarks.csv` and `prefectures.csv`. OSError for a
    file that is missing, KeyError for a column that is, ValueError for a number that is none and for figures of which
    too few or too many follow from others.
    """
    about = tomllib.loads((folder / "baseline.toml").read_text(encoding="utf-8"))
    rows = figures.read_rows(folder / "prefectures.csv")
    records = read_records(folder)
    baseline = Baseline(
        id=about["id"],
        name=about["name"],
        source=about["source"],
        year=about["year"],
        rules=about["rules"],
        cases_window_years=about.get("cases_window_years", 1.0),
        report=figures.read_report(folder / "report.csv", about["source"]),
        assumptions={**figures.read_assumptions(folder / "assumptions.csv"), **chances(records)},
        benchmarks=figures.read_benchmarks(folder / "benchmarks.csv"),
        prefectures=tuple(prefecture(row, about["id"]) for row in rows),
        template=about.get("template"),
        people_of=_people_of(folder),
        records=records,
        alternatives=read_alternatives(folder),
    )
    if words := [id for id, figure in baseline.report.items() if isinstance(figure.value, str)]:
        raise ValueError(f"report.csv gives no number for {', '.join(words)}")
    instead = [] if baseline.knows("offsite_checks", "offsite_problems") else ["offsite_hit"]
    if lacking := {*figures.usual_assumptions(), *instead} - baseline.assumptions.keys():
        raise ValueError(f"assumptions.csv lacks {', '.join(sorted(lacking))}")
    wrong = [*wrong_places(baseline.prefectures), *_wrong_closings(baseline)]
    if not 0 < baseline.cases_window_years < np.inf:
        wrong.append(f"cases_window_years must be above 0, got {baseline.cases_window_years:g}")
    if wrong := [*wrong, *wrong_records(records, baseline.pool_names, baseline.assumptions)]:
        raise ValueError("; ".join(wrong))
    return baseline


def _people_of(folder: Path) -> dict[tuple[str, str], tuple[float | None, float | None]]:
    """People and frontline officers of the pools in `pools.csv`, empty where there is no such file."""
    path = folder / "pools.csv"
    return {
        (row["tier"], row["prefecture"]): (
            float(row["people"]) if row["people"] else None,
            float(row["frontline"]) if row["frontline"] else None,
        )
        for row in (figures.read_rows(path) if path.exists() else ())
    }


def _wrong_closings(baseline: Baseline) -> list[str]:
    """Where too few or too many figures follow from others, a sentence each (method, section 17)."""

    def closed(*ids: str) -> list[str]:
        return [id for id in ids if baseline.assumptions[id].closed]

    def wrong(known: str, right: int, *ids: str) -> list[str]:
        found = closed(*ids)
        return [] if len(found) == right else [f"with {known}, {right} of {', '.join(ids)} must be closed, got {found}"]

    staff, cases = baseline.knows("staff_total"), baseline.knows("cases_total")
    return [
        *wrong(f"{'a' if staff else 'no'} staff_total", int(staff), *(f"staff_{tier}" for tier in TIERS)),
        *wrong("these totals", int(baseline.knows("frontline_total")), *(f"frontline_share_{tier}" for tier in TIERS)),
        *wrong(f"{'a' if cases else 'no'} cases_total", int(cases), "visit_filed"),
        *wrong("any figures", 1, "visits_base", "other_duties_share"),
    ]


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


@lru_cache
def baseline_ids() -> tuple[str, ...]:
    """Ids of the baselines that ship, in alphabetical order."""
    return tuple(sorted(folder.parent.name for folder in figures.FOLDER.glob("*/baseline.toml")))


@lru_cache
def shipped_baseline(id: str) -> Baseline:
    """The baseline that ships under an id.

    KeyError for any other id.
    """
    if id not in baseline_ids():
        raise KeyError(id)
    return read_baseline(figures.FOLDER / id)
