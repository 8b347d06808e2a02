"""The year of the representative case, pool by pool: what a plan in whole numbers is laid out from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from model.evidence.rules import rules_of
from model.projection.base_year import BaseYear
from model.projection.project import Evaluation, evaluate
from model.projection.representative_case import representative_base
from model.scenario.scenario import Scenario
from model.year.months import season
from model.year.quarters import Rates, rates

MONTHS = 12
PLAIN_TOTALS = ("visits", "frontline", "field_days")
TIME_A_YEAR = ("visit_days", "visit_crews", "confirmed_days", "confirmed_crews")
TIME_A_MONTH = ("visit_time", "complaint_days", "contact_days", "case_days")


@dataclass(frozen=True, eq=False)
class RepresentativeYear:
    """Amounts of one draw, (pools,) unless said otherwise.

    Days are person-days a year. `visits` are made, `owed` is what the law asks, (pools, 4): random checks of key units
    and of general units, special inspections, confirming visits. `aimed` is the number of visits aimed by risk in all
    pools together, `working_days` a year are the same for everybody. `visit_days` and `visit_crews` are the person-days
    and crew-days of the visits, `confirmed_days` and `confirmed_crews` those of the confirming ones. By month, (pools,
    12): `confirmed` confirming visits made, `visit_time` the person-days there are for visits, `complaint_days`,
    `contact_days` and `case_days` what comes before them.
    """

    visits: np.ndarray
    owed: np.ndarray
    aimed: float
    working_days: float
    frontline: np.ndarray
    crews: np.ndarray
    field_days: np.ndarray
    visit_days: np.ndarray
    visit_crews: np.ndarray
    confirmed_days: np.ndarray
    confirmed_crews: np.ndarray
    confirmed: np.ndarray
    visit_time: np.ndarray
    complaint_days: np.ndarray
    contact_days: np.ndarray
    case_days: np.ndarray

    @property
    def totals(self) -> dict[str, np.ndarray]:
        """Amounts of the pools that other pages show too, (pools,), by the id of the measure."""
        return {id: getattr(self, id) for id in PLAIN_TOTALS} | {"legal_minimum": self.owed.sum(axis=1)}

    def shown_as(self, totals: Mapping[str, np.ndarray]) -> "RepresentativeYear":
        """The year with other `totals`, by the same ids; what they are made of follows."""
        times = {id: _times(totals[id], before) for id, before in self.totals.items()}
        owed, days = times["legal_minimum"], times["field_days"]
        changed: dict[str, Any] = {id: totals[id].astype(float) for id in PLAIN_TOTALS}
        changed |= {id: getattr(self, id) * days for id in TIME_A_YEAR}
        changed |= {id: getattr(self, id) * days[:, None] for id in TIME_A_MONTH}
        return replace(
            self,
            **changed,
            owed=self.owed * owed[:, None],
            confirmed=self.confirmed * owed[:, None],
            aimed=self.aimed * totals["visits"].sum() / max(self.visits.sum(), 1e-9),
        )


def _times(after: np.ndarray, before: np.ndarray) -> np.ndarray:
    """How many times as much, (pools,); 0 where there was nothing."""
    return np.divide(after, before, out=np.zeros_like(before), where=before > 1e-9)


def representative_year(base: BaseYear, scenario: Scenario) -> RepresentativeYear:
    """The year of a scenario in the representative case of its base year."""
    case = representative_base(base, scenario)
    evaluation = evaluate(case, scenario)
    year, work, assumed = evaluation.year, evaluation.year.work, case.assumed
    visits = year.budget.visits
    visit_days = np.where(work.crews > 0, visits * work.days_per_visit, 0.0)
    crews_of_days = work.pairing / assumed["officers_per_visit"]
    rates_of_year = rates(year, base.baseline.pools, assumed)
    months = _months(rates_of_year, evaluation)
    confirmed_days = months.pop("confirmed_days").sum(axis=0)
    later = work.rules.working_days - rules_of(base.baseline.rules).working_days
    return RepresentativeYear(
        visits=visits[0],
        owed=_owed(rates_of_year, evaluation),
        aimed=float(visits.sum() * year.budget.targeted.item()),
        working_days=float(assumed["working_days"].item()) + later,
        frontline=work.staff.frontline[0],
        crews=work.crews[0],
        field_days=year.budget.field_days[0],
        visit_days=visit_days[0],
        visit_crews=(visit_days * crews_of_days)[0],
        confirmed_days=confirmed_days[0],
        confirmed_crews=(confirmed_days * crews_of_days)[0],
        **{name: amounts[:, 0].T for name, amounts in months.items()},
    )


def _owed(year: Rates, evaluation: Evaluation) -> np.ndarray:
    """The legal minimum (method, section 6) taken apart, (pools, 4)."""
    work = evaluation.year.work
    special = work.planned_minimum - work.random_minimum
    parts = (year.key_checks, year.other_checks - special, special, year.confirming_visits)
    return np.stack([part[0] for part in parts], axis=1)


def _months(year: Rates, evaluation: Evaluation) -> dict[str, np.ndarray]:
    """What the months of a year hold, by name, (12, draws, pools) each.

    Time is spent as in a quarter (`model.year.quarters`), in the order of the year (method, section 9).
    """
    work, kept_for_visits = evaluation.year.work, year.kept_for_visits
    confirming_days = year.confirming_visits * work.days_per_owed_visit
    contacts = year.mandatory_days - work.complaint_days - confirming_days
    months = []
    for swing in season(np.arange(1, MONTHS + 1)):
        mandatory = year.mandatory_days + swing * year.season_days
        rest = np.maximum(year.field_days - mandatory, 0.0)
        cases = np.minimum(year.case_demand * (1 + swing * year.busier), (1 - kept_for_visits) * rest)
        done = np.minimum(year.field_days / np.maximum(mandatory, 1e-9), 1.0)
        months.append(
            {
                "confirmed": year.confirming_visits * done * year.has_crews,
                "confirmed_days": confirming_days * done * year.has_crews,
                "visit_time": np.where(year.has_crews, rest - cases, 0.0),
                "complaint_days": (work.complaint_days + swing * year.season_days) * done,
                "contact_days": contacts * done,
                "case_days": cases,
            }
        )
    return {name: np.stack([month[name] for month in months]) / MONTHS for name in months[0]}
