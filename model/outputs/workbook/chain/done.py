"""What a year brings, how it is reached month by month, and the measures (method, sections 8, 11 and 13)."""

from model.outputs.workbook.chain.steps import Block, Step, whole

DONE = Block(
    "done",
    "9",
    (
        Step(
            "cases_decided",
            "cases a year",
            """min(case_days / max(days_per_case, 1e-9),
            cases_filed * (1 - review_share * (1 - min(passed, 1))))""",
        ),
        Step("free_for_cases", "person-days a year", "max(rest_days - planned_minimum * days_per_visit, 0)"),
        Step("case_capacity", "cases a year", "min(free_for_cases / days_per_case, cases_filed * passed)"),
        Step("visit_capacity", "visits a year", "min(rest_days / days_per_visit, visits_most)"),
        Step(
            "confirmed",
            "visits a year",
            "confirming_visits * min(field_days / max(mandatory_days, 1e-9), 1) if crews > 0 else 0",
        ),
    ),
)

PATH = Block(
    "path",
    "11",
    (
        Step(
            "review_passes", "cases a year", "cases_filed * (1 - review_share * (1 - passed) if passed < 1 else passed)"
        ),
        Step("fixed", "person-days a year", "base_officers * base.days_per_officer - base.mandatory_days"),
        Step(
            "phased",
            "person-days a year",
            """base_officers * (days_per_officer - base.days_per_officer)
            - lost_in_all * days_per_officer - (mandatory_days - base.mandatory_days)""",
        ),
        Step("learned_days", "person-days a year", "moved * days_per_officer"),
        Step("licensed_days", "person-days a year", "new * days_per_officer"),
        Step("complaint_swing", "person-days a year", "complaint_season * days_for_complaints"),
        Step("days_a_case", "person-days a case", "max(days_per_case, 1e-9)"),
        Step("kept_share", "share", "time_for_visits"),
        Step("review_base", "cases a year", "base.review_passes"),
        Step("review_change", "cases a year", "review_passes - base.review_passes"),
        Step("filed_base", "cases a year", "base.cases_filed"),
        Step("filed_change", "cases a year", "cases_filed - base.cases_filed"),
        Step("filed_swing", "cases a year", "complaint_season * complaint_cases * led"),
        whole("months_in_phases", "months", "max(lever.phase_months, 1)"),
        whole("months_to_learn", "months", "max(learning_months, 1e-9)"),
        whole("days_base", "calendar days", "total(base.cases_filed * base.days_to_decision) / base.filed"),
        whole("days_then", "calendar days", "total(cases_filed * days_to_decision) / filed"),
        Step("backlog_end", "cases", "nth(walked.waiting, horizon_months)"),
    ),
)

MEASURES = Block(
    "measures",
    "13",
    (
        Step("legal_minimum", "visits a year", "planned_minimum + confirming_visits"),
        Step("owed_and_made", "visits a year", "min(visits, planned_minimum) + confirmed"),
        whole("hits_per_visit", "problems a visit", "(1 - targeted) * hit_random + targeted * hit_targeted"),
        Step("problems", "problems a year", "visits * hits_per_visit + offsite_problems * local"),
        Step("units_regulated", "firms", "by_tier(0, 0, regulated_units * need)"),
        Step("cases_on_time", "cases a year", "cases_filed * on_time"),
        Step("load_met", "cases a year", "arrivals ** 2 / max(review_capacity, 1)"),
        Step("days_committed", "person-days a year", "mandatory_days + case_demand"),
        Step("days_at_least", "person-days a year", "max(field_days, 1)"),
        Step(
            "required_officers",
            "people",
            """(planned_minimum * days_per_owed_visit + mandatory_days + case_demand)
            / (available_days * filled) / (1 - min(1 - own_share + extra_duties, 0.999))""",
        ),
    ),
)

PARTS = {
    "staff": ("people",),
    "frontline": ("frontline",),
    "crews": ("crews",),
    "field_days": ("field_days",),
    "visits": ("visits",),
    "visit_capacity": ("visit_capacity",),
    "visit_coverage": ("visits", "units_regulated"),
    "legal_minimum": ("legal_minimum",),
    "duty_met": ("owed_and_made", "legal_minimum"),
    "problems": ("problems",),
    "cases_filed": ("cases_filed",),
    "case_capacity": ("case_capacity",),
    "cases_decided": ("cases_decided",),
    "on_time_share": ("cases_on_time", "cases_filed"),
    "backlog_end": ("backlog_end",),
    "review_load": ("load_met", "arrivals"),
    "utilisation": ("days_committed", "days_at_least"),
    "wisn_ratio": ("frontline", "required_officers"),
}
"""A measure's step; of a ratio those of numerator and denominator."""
