"""From people to what a visit takes, and the visits that the law asks for (method, sections 3 to 6)."""

from model.force.visits import MEAN_DISTANCE_TO_CENTRE
from model.force.workload import LEAST_PAIRING
from model.outputs.workbook.chain.steps import Block, Step, whole

TIME = Block(
    "time",
    "3",
    (
        whole("filled", "share", "1 - vacancy if reading.staff == 2 else 1"),
        whole("working_days_now", "days a year", "working_days + rule.working_days - unmoved_rule.working_days"),
        whole("training", "days a year", "max(training_days + lever.training_days - unmoved.training_days, 0)"),
        whole("available_days", "days a year", "working_days_now - leave_days - training - absence_days"),
        Step("extra_duties", "share", "by_tier(other_duties_extra_province, other_duties_extra_city, 0)"),
    ),
)

CREWS = Block(
    "crews",
    "4",
    (
        Step("officers_a_body", "people a body", "max(frontline, 0) * filled / bodies"),
        whole("presence", "share", "min(max(available_days / working_days_now, 0), 1)"),
        whole("swing", "ratio", "1 - 2 * presence"),
        Step("whole_officers", "people a body", "floor(officers_a_body)"),
        Step("swung", "ratio", "swing ** whole_officers if whole_officers > 0 else 1"),
        Step("crews_below", "crews a body", "(whole_officers * presence - (1 - swung) / 2) / 2"),
        Step("crews_above", "crews a body", "((whole_officers + 1) * presence - (1 - swung * swing) / 2) / 2"),
        Step(
            "crews_a_body",
            "crews a body",
            "crews_below + (officers_a_body - whole_officers) * (crews_above - crews_below)",
        ),
        Step("crews", "crews", "crews_a_body * bodies"),
        Step("pairing", "share", "min(max(crews_a_body / max(officers_a_body * presence / 2, 1e-12), 0), 1)"),
    ),
)

VISIT = Block(
    "visit",
    "5",
    (
        Step("area_a_body", "km2", "by_tier(area, area, area / bodies)"),
        Step("one_way_km", "km", f"{MEAN_DISTANCE_TO_CENTRE} * road_detour * sqrt(area_a_body)"),
        Step(
            "crew_days",
            "crew-days a visit",
            """(1 - lever.visit_time_saved)
            * (site_days + 2 * one_way_km / (road_speed * workday_hours) / visits_per_trip)""",
        ),
        Step("days_per_visit", "person-days a visit", "crew_days * officers_per_visit / max(pairing, 1e-9)"),
        Step(
            "days_per_owed_visit",
            "person-days a visit",
            f"crew_days * officers_per_visit / max(pairing, {LEAST_PAIRING})",
        ),
    ),
)

MINIMUM = Block(
    "minimum",
    "6",
    (
        Step("visits_most", "visits a year", "rule.visit_cap * regulated_units * need"),
        Step(
            "random_minimum",
            "visits a year",
            """by_tier(0, key_units * need * 4 * rule.city_key_units_a_quarter
            + frontline * rule.city_general_units_an_officer,
            key_units * need * 4 * rule.county_key_units_a_quarter
            + frontline * rule.county_general_units_an_officer)""",
        ),
        Step("local", "share", "by_tier(0, complaint_share_city, 1 - complaint_share_city) * need"),
        Step("planned_minimum", "visits a year", "random_minimum + special_visits * local"),
    ),
)
