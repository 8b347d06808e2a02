"""What is asked of a pool, the base year closed on it, and the time budget (method, sections 7 to 10)."""

from model.outputs.workbook.chain.steps import Block, Step, whole

FILES = Block(
    "files",
    "7",
    (
        whole("offsite_hit", "share", "reported.offsite_problems / reported.offsite_checks"),
        whole(
            "offsite_a_year",
            "checks a year",
            "reported.offsite_checks / service_window_years * lever.offsite_checks / unmoved.offsite_checks",
        ),
        whole(
            "contacts_a_year",
            "contacts a year",
            "reported.service_contacts / service_window_years * lever.service_contacts / unmoved.service_contacts",
        ),
        whole("offsite_problems", "problems a year", "offsite_a_year * offsite_hit"),
        Step("confirming_visits", "visits a year", "offsite_problems * local"),
        whole("complaint_cases", "cases a year", "complaints * complaint_filed"),
        whole("other_cases", "cases a year", "offsite_problems * offsite_filed + complaint_cases"),
        whole(
            "targeted_wanted",
            "share",
            """targeted_share + (1 - targeted_share) * (lever.targeted_share - unmoved.targeted_share)
            / max(1 - unmoved.targeted_share, 1e-9) if lever.targeted_share >= unmoved.targeted_share
            else targeted_share * lever.targeted_share / unmoved.targeted_share""",
        ),
        whole("random_floor", "visits a year", "total(random_minimum)"),
    ),
)

MANDATORY = Block(
    "mandatory",
    "9",
    (
        Step("days_for_complaints", "person-days a year", "complaints * complaint_days * local"),
        Step(
            "days_for_contacts",
            "person-days a year",
            "(contacts_a_year * service_days + offsite_a_year * offsite_days) * local",
        ),
        Step(
            "mandatory_days",
            "person-days a year",
            "days_for_complaints + days_for_contacts + confirming_visits * days_per_owed_visit",
        ),
    ),
)

LEADS = Block(
    "leads",
    "8",
    (
        whole(
            "special_cases",
            "cases",
            """reported.cases_daily_fine + reported.cases_restrict_halt + reported.cases_seizure
            + reported.cases_detention + reported.cases_crime""",
        ),
        whole(
            "special",
            "share",
            "special_cases / (special_cases + reported.cases_total) if reading.special_cases == 2 else special_share",
        ),
        Step(
            "ordinary_led",
            "share",
            "(1 - special) * by_tier(case_share_province, case_share_city, 1 - case_share_province - case_share_city)",
        ),
        Step("special_led", "share", "special * by_tier(0, special_city_share, 1 - special_city_share)"),
        Step("led", "share", "(ordinary_led + special_led) * need"),
        Step(
            "days_per_case",
            "person-days a case",
            """(ordinary_led * ordinary_case_days + special_led * special_case_days)
            / max(ordinary_led + special_led, 1e-12) if ordinary_led + special_led > 0 else ordinary_case_days""",
        ),
    ),
)

CLOSURE = Block(
    "closure",
    "10",
    (
        whole(
            "cases_a_year",
            "cases a year",
            "(reported.cases_total + (special_cases if reading.special_cases == 2 else 0)) / given.cases_window_years",
        ),
        Step("committed", "person-days a year", "mandatory_days + cases_a_year * led * days_per_case"),
        Step("gross_days", "person-days a year", "working_officers * filled * available_days"),
        Step("visits_gross", "visits a year", "gross_days / days_per_visit"),
        Step("visits_undisturbed", "visits a year", "(gross_days * (1 - extra_duties) - committed) / days_per_visit"),
        whole("other_duties", "share", "(total(visits_undisturbed) - visits_base) / total(visits_gross)"),
        whole("visit_filed", "cases a visit", "(cases_a_year - other_cases) / visits_base"),
        whole(
            "targeted_in_base",
            "share",
            "min(targeted_wanted, max(1 - random_floor / max(visits_base, 1e-9), 0))",
        ),
        Step("closed_days", "person-days a year", "gross_days * (1 - other_duties - extra_duties)"),
        Step("busy_in_base", "share", "committed / max(closed_days, 1e-9)"),
    ),
)

FIELD_TIME = Block(
    "field_time",
    "3",
    (
        whole("own_share", "share", "1 - max(base.other_duties - lever.other_duties_cut, 0)"),
        Step("days_per_officer", "days a year", "filled * available_days * max(own_share - extra_duties, 0)"),
        Step("field_days", "person-days a year", "working_officers * days_per_officer"),
    ),
)

BUDGET = Block(
    "budget",
    "9",
    (
        Step("rest_days", "person-days a year", "max(field_days - mandatory_days, 0)"),
        Step(
            "time_for_visits",
            "share",
            "by_tier(lever.case_policy.province, lever.case_policy.city, lever.case_policy.county)",
        ),
        Step("kept_days", "person-days a year", "time_for_visits * rest_days"),
        Step("days_per_file", "person-days a case", "led * days_per_case"),
        whole("filed", "cases a year", "solved.root"),
        whole("unsolved", "cases a year", "solved.excess"),
        Step("case_demand", "person-days a year", "filed * days_per_file"),
        Step("case_days", "person-days a year", "min(case_demand, rest_days - kept_days)"),
        Step("visits", "visits a year", "min(max(rest_days - case_demand, kept_days) / days_per_visit, visits_most)"),
        whole("targeted", "share", "min(targeted_wanted, max(1 - random_floor / max(total(visits), 1e-9), 0))"),
        Step("cases_filed", "cases a year", "filed * led"),
    ),
)
