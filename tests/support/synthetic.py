"""Made-up baselines of any size, written as the folder of files that a real one is."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model.evidence.figures import FOLDER, read_rows

SHIPPED = FOLDER / "hunan-2021"
PEOPLE_A_BODY = {"province": 80, "city": 40, "county": 14}
PER_PERSON = {"visits_base": 61_500 / 2359, "complaints": 21_000 / 2359, "regulated_units": 84_000 / 2359}
"""What grows with the force, at the shipped baseline's rate a head; the ranges stay as wide as there."""


@dataclass(frozen=True)
class Size:
    """A made-up force: provinces, prefectures, county-level units, and the size of its bodies over ours."""

    provinces: int
    prefectures: int
    county_level_units: int
    people_factor: float = 1.0
    rules: str = "2021"
    cases_window_years: float = 2.0

    @property
    def bodies(self) -> Mapping[str, int]:
        return {"province": self.provinces, "city": self.prefectures, "county": self.county_level_units + 1}

    @property
    def staff(self) -> Mapping[str, int]:
        return {t: round(n * PEOPLE_A_BODY[t] * self.people_factor) for t, n in self.bodies.items()}

    @property
    def people(self) -> int:
        return sum(self.staff.values())

    @property
    def officers(self) -> int:
        return round(0.6376 * self.people)


def write_baseline(folder: Path, size: Size, seed: int = 1) -> Path:
    """Write `baseline.toml` and the four tables of a made-up baseline into a new folder, and give it."""
    folder.mkdir(parents=True)
    (folder / "baseline.toml").write_text(
        f'id = "{folder.name}"\nname = {{ zh = "虚构", en = "Made up" }}\nsource = {{ zh = "无", en = "None" }}\n'
        f'year = 2021\nrules = "{size.rules}"\ncases_window_years = {size.cases_window_years}\n',
        encoding="utf-8",
    )
    _write(folder / "report.csv", _report(size))
    _write(folder / "assumptions.csv", _assumptions(size))
    _write(folder / "benchmarks.csv", _benchmarks())
    _write(folder / "prefectures.csv", _prefectures(size, np.random.default_rng(seed)))
    return folder


def _report(size: Size) -> list[dict[str, object]]:
    """The shipped report's rows with this force's totals; counts grow with the force."""
    values = {
        "staff_total": size.people,
        "frontline_total": size.officers,
        "frontline_share": size.officers / size.people,
        "bodies_total": sum(size.bodies.values()),
        "bodies_merged": round(0.7 * sum(size.bodies.values())),
    }
    counts = ("cases_", "offsite_", "service_contacts")
    rows = read_rows(SHIPPED / "report.csv")
    for row in rows:
        if row["id"].startswith(counts):
            grown = float(row["value"]) * size.people / 2359
            a_window = size.cases_window_years / 2.814 if row["id"].startswith("cases_") else 1
            values[row["id"]] = max(round(grown * a_window), 1)
    return [row | {"value": values.get(row["id"], row["value"])} for row in rows]


def _assumptions(size: Size) -> list[dict[str, object]]:
    staff, units = size.staff, size.county_level_units
    county_share = (size.officers - 0.325 * staff["province"] - 0.58 * staff["city"]) / staff["county"]
    ranges = {
        "staff_province": (0.7 * staff["province"], staff["province"], 1.2 * staff["province"]),
        "staff_city": (0.8 * staff["city"], staff["city"], 1.3 * staff["city"]),
        "staff_county": (0.7 * staff["county"], staff["county"], 1.2 * staff["county"]),
        "frontline_share_county": (county_share - 0.15, county_share, min(county_share + 0.15, 1)),
        "bodies_county": (units, units + 1, units + 2),
        "key_units": tuple(k * size.people / 2359 for k in (2000, 3000, 4386)),
    }
    rows = read_rows(SHIPPED / "assumptions.csv")
    for row in rows:
        if row["id"] in PER_PERSON:
            factor = PER_PERSON[row["id"]] * size.people / float(row["mid"])
            ranges[row["id"]] = tuple(float(row[end]) * factor for end in ("low", "mid", "high"))
    return [
        row | dict(zip(("low", "mid", "high"), ranges[row["id"]], strict=True)) if row["id"] in ranges else row
        for row in rows
    ]


def _benchmarks() -> list[dict[str, object]]:
    """One figure to predict that the model knows, and one that it has no prediction for."""
    rows = {row["id"]: row for row in read_rows(SHIPPED / "benchmarks.csv")}
    known = rows["zhejiang_officers_per_visit"]
    return [known, known | {"id": "made_up_figure", "value": 1, "tests": "made_up_quantity"}]


def _prefectures(size: Size, rng: np.random.Generator) -> list[dict[str, object]]:
    units = np.full(size.prefectures, 1) + rng.multinomial(
        size.county_level_units - size.prefectures, rng.dirichlet(np.full(size.prefectures, 8.0))
    )
    people = units * rng.uniform(0.35, 0.65, size.prefectures) * 1e6
    return [
        {
            "id": f"place{k}",
            "name_zh": f"虚构市{k}",
            "name_en": f"Place {k}",
            "province": f"land{k * size.provinces // size.prefectures}",
            "county_level_units": units[k],
            "population_2020": round(people[k]),
            "area_km2": round(units[k] * rng.uniform(1000, 2500)),
            "inspectorate_letters_2018": round(people[k] * rng.uniform(4e-5, 8e-5)) + 1,
        }
        for k in range(size.prefectures)
    ]


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
