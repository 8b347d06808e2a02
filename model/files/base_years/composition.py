"""A filled form becomes the files of a base year: the known holds, the rest is the template's.

Which figures close the base year follows from which are given (method, section 17).
"""

from collections.abc import Iterable, Mapping

from model.evidence.base_year_folders import ABOUT
from model.evidence.baseline import OFFICERS_A_BODY_KEEPS, TIERS
from model.evidence.pools import heads_id
from model.files.base_years.cell_values import Amount
from model.files.base_years.folder_files import about_text, columns_of, data_of, rows_of
from model.files.base_years.form import CASE_KINDS, SHARES_OR_PEOPLE, Form, Template
from model.files.base_years.form_figures import FormFigures
from model.files.base_years.places import number_text, of_tier, place_files, pool_ranges, record_rows, total
from model.files.base_years.words import phrase
from model.files.tables.sheets import CellProblem

SCALED_BY_POPULATION = ("complaints", "key_units", "regulated_units")
BELIEF = {"count_cv": (0.05, 0.10, 0.20), "pool_cv": (0.10, 0.25, 0.50), "effect_of_place": (0.5, 0.8, 1.0)}
"""What says how far records are believed; there only where there are records."""
HEADS_APART = 0.5


def files_from(
    template: Template, form: Form, file: str = "", reason: str = ""
) -> tuple[dict[str, bytes], list[CellProblem]]:
    """The files of the base year that a form gives, or none and all that does not fit together.

    `reason` is that of every changed number beside which none is written.
    """
    made = _Composition(template, form, file, reason)
    files = made.files()
    return ({}, made.problems) if made.problems else (files, [])


class _Composition(FormFigures):
    """The tables of a base year while they are made."""

    def files(self) -> dict[str, bytes]:
        """The files of the base year; good only where no problem was noted."""
        self.read_report()
        self.read_assumptions()
        self._add_up_pools()
        self._frontline_as_shares()
        self._drop_totals_of_known_tiers()
        self._close("staff", "staff_total")
        self._scale_tiers()
        self._close("frontline_share", "frontline_total")
        self._bodies()
        self._cases()
        self._visits()
        self._offsite()
        self._beliefs()
        self._share_of_frontline()
        self._pools_known_about()
        self._check_parts()
        return self._tables()

    def _add_up_pools(self) -> None:
        """Tiers and totals that follow from people by pool, or must agree with them."""
        for tier in ("city", "county"):
            people = of_tier(self.form, "people", tier)
            if people is None and not (tier == "county" and self._has_no_counties()):
                continue
            people = people or (0.0, 0.0, 0.0)
            self._take(f"staff_{tier}", people)
            officers = of_tier(self.form, "frontline", tier)
            if officers is not None and people[0]:
                share = f"frontline_share_{tier}"
                is_in_people = (self.known(share) or 0.0) > 1
                low, mid, high = (part / of for part, of in zip(officers, reversed(people), strict=True))
                self._take(share, officers if is_in_people else (low, mid, min(high, 1.0)))

    def _has_no_counties(self) -> bool:
        return all(row["county_level_units"] == "0" for row in self.form.prefectures)

    def _take(self, id: str, amount: Amount) -> None:
        """Take what the pools add up to, unless another number is given for it."""
        low, mid, high = amount
        slack = 1e-3 * max(mid, 1)
        if id in self.given and (own := self.known(id)) is not None and not low - slack <= own <= high + slack:
            self.problem("pools_disagree", id, own=own, sum=mid)
        elif id not in self.given:
            self.assumed[id] = self.ranged(self.assumed[id], amount, phrase("of_pools", {}), "derived")
            self.given.add(id)

    def _frontline_as_shares(self) -> None:
        """Frontline officers that were given as people, as shares of their tier."""
        for id, tier in zip(SHARES_OR_PEOPLE, TIERS, strict=True):
            amount = tuple(float(self.assumed[id][end]) for end in ("low", "mid", "high"))
            if amount[2] <= 1:
                continue
            people = self.known(f"staff_{tier}")
            if not people:
                self.problem("officers_without_people", id)
            elif amount[2] > people:
                self.problem("more_officers_than_people", id, people=people)
            else:
                for end, value in zip(("low", "mid", "high"), amount, strict=True):
                    self.assumed[id][end] = number_text(value / people)

    def _drop_totals_of_known_tiers(self) -> None:
        """Totals known about where every tier is known: the finer figures rule, and must lie in the range."""
        for share, id in (("staff", "staff_total"), ("frontline_share", "frontline_total")):
            amounts = (
                (self.known(f"{share}_{t}"), 1.0 if share == "staff" else self.known(f"staff_{t}")) for t in TIERS
            )
            known = [part * of for part, of in amounts if part is not None and of is not None]
            if id not in self.assumed or len(known) < len(TIERS):
                continue
            row, heads = self.assumed.pop(id), sum(known)
            if not float(row["low"]) - HEADS_APART <= heads <= float(row["high"]) + HEADS_APART:
                self.problem("tiers_disagree", id, total=float(row["mid"]), sum=heads)

    def _has(self, *ids: str) -> bool:
        """Whether figures of the report are known, or known about."""
        return all(id in self.report or id in self.assumed for id in ids)

    def _close(self, share: str, total_id: str) -> None:
        """Which tier follows from the total: the last one that is not given."""
        ids = [f"{share}_{tier}" for tier in TIERS]
        template = self.template
        has_total = self._has(total_id)
        had_total = total_id in template.report or total_id in template.assumptions
        roles = [template.assumptions[id]["role"] for id in ids]
        if has_total == had_total and not any(map(self.changed, ids)) and not self._is_by_pool(ids, roles):
            return
        missing = [id for id in ids if id not in self.given]
        if not has_total and share == "staff" and missing:
            # Without a total the template's own tiers are all given; with one, they are only its split.
            tiers = zip(ids, TIERS, strict=True)
            lacking = tuple(tier for id, tier in tiers if id in missing and (had_total or self.is_blank(id)))
            if lacking:
                self.problem("people_unknown", "staff_total", tiers=lacking)
        about = [id for id in ids if self.known(id) is None]
        last = (missing or about or ids)[-1]
        for id in ids:
            self.assumed[id]["role"] = "closed" if has_total and id == last else "drawn"

    def _is_by_pool(self, ids: list[str], roles: list[str]) -> bool:
        """Whether pools give the tier that the template closes."""
        return any(role == "closed" and id in self.given for id, role in zip(ids, roles, strict=True))

    def _scale_tiers(self) -> None:
        """Tiers whose people are not known, in the template's shares of what is left of the total."""
        missing = [id for id in (f"staff_{tier}" for tier in TIERS) if self.is_blank(id)]
        people = self.about("staff_total")
        if not missing or people is None:
            return
        others = [id for id in (f"staff_{tier}" for tier in TIERS) if id not in missing]
        rest = people - sum(float(self.assumed[id]["mid"]) for id in others)
        if rest <= 0:
            self.problem("tiers_above_total", "staff_total", total=people, sum=people - rest)
            return
        factor = rest / sum(float(self.template.assumptions[id]["mid"]) for id in missing)
        for id in missing:
            self.scale(id, factor, "by_people")

    def _bodies(self) -> None:
        """County bodies where they are not known: one a county-level division."""
        if self.is_blank("bodies_county"):
            units = max(total(self.form.prefectures, "county_level_units"), 0.0)
            row = self.assumed["bodies_county"]
            self.assumed["bodies_county"] = self.ranged(row, (units,) * 3, phrase("by_units", {}), "derived")

    def _cases(self) -> None:
        """What follows from the cases: their years, the rate of filing, the share of special kinds."""
        cases, template = self.about("cases_total"), self.template
        if (cases is None) == ("cases_total" in template.report or "cases_total" in template.assumptions):
            self.assumed["visit_filed"]["role"] = "drawn" if cases is None else "closed"
        if cases is None:
            return
        filled = self.form.rows["cases_total"]
        self.cases_years = self.years("cases_total", filled)
        if self.cases_years is None:
            self.problem("window_lacking", "cases_total")
        if not self._has(*CASE_KINDS):
            return
        counted = [sum(ends) for ends in zip(*map(self._ends, CASE_KINDS), strict=True)]
        if counted[1] > cases:
            self.problem("kinds_above_cases", "cases_total", sum=counted[1])
        elif any(map(self.changed, CASE_KINDS)) and not self.changed("special_share"):
            of = reversed(self._ends("cases_total"))
            low, mid, high = (min(kind / max(all, 1.0), 1.0) for kind, all in zip(counted, of, strict=True))
            row = self.assumed["special_share"]
            self.assumed["special_share"] = self.ranged(row, (low, mid, high), phrase("of_kinds", {}), "derived")

    def _ends(self, id: str) -> tuple[float, float, float]:
        """Low, mid and high of a figure of the report, the same where it is one number."""
        if id in self.report:
            return (float(self.report[id]["value"]),) * 3
        row = self.assumed[id]
        return float(row["low"]), float(row["mid"]), float(row["high"])

    def _visits(self) -> None:
        """Visits that are not known are a result, and other duties drawn; else the other way round."""
        for id in SCALED_BY_POPULATION:
            if self.is_blank(id):
                self.scale(id, self._ratio("population"), "by_population")
        if self.is_blank("visits_base") and self.changed("visits_base"):
            mids = [
                sum(float(rows[f"staff_{t}"]["mid"]) for t in TIERS)
                for rows in (self.assumed, self.template.assumptions)
            ]
            self.scale("visits_base", mids[0] / mids[1], "by_people")
            self.assumed["visits_base"]["role"], self.assumed["other_duties_share"]["role"] = "closed", "drawn"
        elif self.changed("visits_base"):
            self.assumed["visits_base"]["role"], self.assumed["other_duties_share"]["role"] = "drawn", "closed"

    def _ratio(self, column: str) -> float:
        """The base year's sum of a column over the template's."""
        return total(self.form.prefectures, column) / (total(self.template.prefectures, column) or 1.0)

    def _offsite(self) -> None:
        """The windows of off-site checks and of services, and the hit rate where none was counted."""
        checks, contacts = self._windows("offsite_checks", "offsite_problems"), self._windows("service_contacts")
        shared = checks if self._has("offsite_checks") else contacts
        if len(shared) > 1:
            self.problem("windows_differ", "offsite_checks")
        elif shared and not (self.changed(id := "service_window_years") and id in self.given):
            self._set_window("service_window_years", shared)
        if contacts - shared:
            self._set_window("contacts_window_years", contacts)
        elif contacts or not self._has("service_contacts"):
            self.assumed.pop("contacts_window_years", None)
        if self._has("offsite_checks", "offsite_problems"):
            self.assumed.pop("offsite_hit", None)
        elif "offsite_hit" not in self.assumed:
            report = self.template.report
            hit = float(report["offsite_problems"]["value"]) / float(report["offsite_checks"]["value"])
            basis = phrase("of_counts", {"name": self.name})
            row = self.ranged(self.new_row("offsite_hit"), (hit,) * 3, basis, "derived")
            self.assumed["offsite_hit"] = row | {"inherited": "yes"}

    def _windows(self, *ids: str) -> set[float]:
        """The years of the counts that are the base year's own, where they have any."""
        own = [id for id in ids if self.changed(id) and self._has(id)]
        return {round(years, 6) for id in own if (years := self.years(id, self.form.rows[id]))}

    def _set_window(self, id: str, window: set[float]) -> None:
        (years,) = window
        self.assumed[id] = self.own(id, self.assumed.get(id) or self.new_row(id), (years, years, years))

    def _beliefs(self) -> None:
        """How far records are believed; only where there are any."""
        for id, amount in BELIEF.items():
            if not record_rows(self.form):
                self.assumed.pop(id, None)
            elif id not in self.assumed:
                row = self.ranged(self.new_row(id), amount, phrase("assumed", {}), "assumed")
                self.assumed[id] = row | {"inherited": "yes"}

    def _share_of_frontline(self) -> None:
        """The frontline share of the report, which follows from its two totals."""
        if (
            "frontline_share" not in self.template.report
            or not {"staff_total", "frontline_total"} <= self.report.keys()
        ):
            return
        row = self.template.report["frontline_share"]
        if not any(map(self.changed, ("staff_total", "frontline_total"))):
            self.report["frontline_share"] = self.kept_figure(row)
            return
        people, officers = (float(self.report[id]["value"]) for id in ("staff_total", "frontline_total"))
        value = number_text(round(officers / people, 4))
        self.report["frontline_share"] = {
            **row,
            "value": value,
            "window": self.form.about["year"],
            "quote": "",
            **{f"source_{language}": f"{officers:g} / {people:g}, {where}" for language, where in self.source.items()},
        }

    def _pools_known_about(self) -> None:
        """People and officers of pools that are known about, each an assumption of its own."""
        for heads, tier, place, amount in pool_ranges(self.form):
            id = heads_id(heads, tier, place["id"])
            before = self.template.assumptions.get(id)
            if before and amount == tuple(float(before[end]) for end in ("low", "mid", "high")):
                self.assumed[id] = before
                continue
            name = {language: place[f"name_{language}"] for language in ("zh", "en")}
            label = {f"label_{language}": text for language, text in phrase(f"{heads}_{tier}", {"place": name}).items()}
            row = {"id": id, **label, "unit": "people", "role": "drawn", "known_from": "records"}
            self.assumed[id] = self.own(id, row, amount) | label

    def _check_parts(self) -> None:
        """Check that what is given twice agrees: tiers and their total, parts and their whole."""
        self._check_teams()
        people = self.known("staff_total")
        tiers = [heads for tier in TIERS if (heads := self.known(f"staff_{tier}")) is not None]
        if people is not None and len(tiers) == len(TIERS) and abs(people - sum(tiers)) > HEADS_APART:
            self.problem("tiers_disagree", "staff_total", total=people, sum=sum(tiers))
        for part, whole in (("frontline_total", "staff_total"), ("bodies_merged", "bodies_total")):
            most = self.known(whole)
            if most is not None and (self.known(part) or 0.0) > most:
                self.problem("part_above_whole", part, whole=most)

    def _check_teams(self) -> None:
        """Check that there are two people for every team, without whom nobody visits anything."""
        counties = sum(row["county_level_units"] != "0" for row in self.form.prefectures)
        teams = {"staff_city": len(self.form.prefectures), "staff_county": counties}
        teams["staff_total"] = 1 + sum(teams.values())
        for id, count in teams.items():
            people, least = self.known(id), float(OFFICERS_A_BODY_KEEPS * count)
            if people is not None and people < least:
                self.problem("too_few_people", id, own=people, teams=float(count), least=least)

    def _tables(self) -> dict[str, bytes]:
        files = self.template.files
        rows = list(self.assumed.values())
        order = [id for id in self.template.report if id in self.report]
        report = [self.report[id] for id in (*order, *(id for id in self.report if id not in order))]
        return {
            ABOUT: self._about().encode(),
            "report.csv": data_of(_columns(files["report.csv"], report, "source_zh", "source_en"), report),
            "assumptions.csv": data_of(_columns(files["assumptions.csv"], rows, "mark", "inherited"), rows),
            "benchmarks.csv": self._benchmarks(),
            **place_files(self.template, self.form, self._unsourced()),
        }

    def _about(self) -> str:
        about, template = self.form.about, self.template.about
        return about_text(
            {
                "id": about["id"],
                "name": {"zh": about["name_zh"], "en": about["name_en"]},
                "source": self.source,
                "year": int(about["year"]),
                "rules": about["rules"],
                "cases_window_years": self.cases_years,
                "template": template.get("template") if self.is_edit else template["id"],
            }
        )

    def _benchmarks(self) -> bytes:
        """The template's published figures; without those of its own places where the base year is another's."""
        data = self.template.files["benchmarks.csv"]
        if self.is_same_place:
            return data
        places = {self.template.about["id"].partition("-")[0], *(row["id"] for row in self.template.prefectures)}
        rows = [row for row in rows_of(data) if row["use"] == "prior" or row["id"].partition("_")[0] not in places]
        return data_of(columns_of(data), rows)


def _columns(before: bytes, rows: Iterable[Mapping[str, str]], *more: str) -> list[str]:
    """The columns of a table, and those of `more` that it lacks and some row has."""
    columns = columns_of(before)
    return [*columns, *(one for one in more if one not in columns and any(one in row for row in rows))]
