"""One year that stands for the draws, pool by pool: what a plan in whole numbers is laid out from."""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS
from model.evidence.rules import rules_of
from model.projection.base_year import BaseYear
from model.projection.project import Evaluation
from model.projection.statistics import percentiles
from model.schedule.representative_weights import representative_weights
from model.year.measures import MEASURES
from model.year.months import season
from model.year.quarters import Rates, rates

MONTHS = 12
MEDIANS = ("visits", "legal_minimum", "field_days", "crews", "frontline")
"""Measures whose whole-province medians the representative year has, then those of visits by tier.

Where not all can be had at once, it has the first ones.
"""


@dataclass(frozen=True, eq=False)
class RepresentativeYear:
    """Averages under the representative weights, (pools,) unless said otherwise.

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


def representative_year(base: BaseYear, evaluation: Evaluation) -> RepresentativeYear:
    """The representative year of an evaluated scenario on its base year."""
    weights = _weights(evaluation)
    year, work, assumed = evaluation.year, evaluation.year.work, base.assumed
    visits = year.budget.visits
    visit_days = np.where(work.crews > 0, visits * work.days_per_visit, 0.0)
    crews_of_days = work.pairing / assumed["officers_per_visit"]
    rates_of_year = rates(year, base.baseline.pools, assumed)
    months = _months(rates_of_year, evaluation)
    confirmed_days = months.pop("confirmed_days").sum(axis=0)
    later = work.rules.working_days - rules_of(base.baseline.rules).working_days
    return RepresentativeYear(
        visits=weights @ visits,
        owed=_owed(rates_of_year, evaluation, weights),
        aimed=float(weights @ (visits.sum(axis=1) * year.budget.targeted[:, 0])),
        working_days=float(weights @ assumed["working_days"][:, 0]) + later,
        frontline=weights @ work.staff.frontline,
        crews=weights @ work.crews,
        field_days=weights @ year.budget.field_days,
        visit_days=weights @ visit_days,
        visit_crews=weights @ (visit_days * crews_of_days),
        confirmed_days=weights @ confirmed_days,
        confirmed_crews=weights @ (confirmed_days * crews_of_days),
        **{name: (weights @ amounts).T for name, amounts in months.items()},
    )


def _weights(evaluation: Evaluation) -> np.ndarray:
    """Representative weights of the draws, (draws,).

    A tier's visits are in proportion to their median, since medians of tiers do not add up to the total's.
    """
    values = {measure.id: evaluation.values[k] for k, measure in enumerate(MEASURES)}
    whole_province = np.stack([values[id][0] for id in MEDIANS])
    by_tier = values["visits"][1 : 1 + len(TIERS)]
    medians, of_tiers = percentiles(whole_province)[1], percentiles(by_tier)[1]
    of_tiers = of_tiers * medians[0] / max(of_tiers.sum(), 1e-9)
    return representative_weights(
        np.concatenate([whole_province, by_tier[:-1]]), np.concatenate([medians, of_tiers[:-1]])
    )


def _owed(year: Rates, evaluation: Evaluation, weights: np.ndarray) -> np.ndarray:
    """The legal minimum (method, section 6) taken apart, (pools, 4)."""
    work = evaluation.year.work
    special = work.planned_minimum - work.random_minimum
    parts = (year.key_checks, year.other_checks - special, special, year.confirming_visits)
    return np.stack([weights @ part for part in parts], axis=1)


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
