"""From places to people: who sits where in the base year, who moves, who of them works outside (method, sections 2 and
12)."""

from model.force.staff import OFFICERS_A_BODY_KEEPS
from model.outputs.workbook.chain.steps import Block, Step, whole

PLACES = Block(
    "places",
    "2",
    (
        Step("tier", "code", "place.tier"),
        Step("place", "code", "place.number"),
        Step("need", "share", "place.need"),
        Step("area", "km2", "place.area"),
        Step("units", "places", "place.units"),
        whole("county_units", "places", "tier_total(3, units)"),
        Step(
            "bodies",
            "bodies",
            """by_tier(1, (reported.bodies_total - given.provinces - bodies_county) / given.prefectures,
            units * min(bodies_county / county_units, 1) + max(bodies_county - county_units, 0) * need)""",
        ),
        Step("by_bodies", "share", "bodies / max(of_tier(bodies), 1e-9)"),
    ),
)

SEATS = Block(
    "seats",
    "2",
    (
        whole("province_people", "people", "round_even(staff_province)"),
        whole("province_officers", "people", "round_even(frontline_share_province * province_people)"),
        whole("city_people", "people", "round_even(staff_city)"),
        whole("city_officers", "people", "round_even(frontline_share_city * city_people)"),
        whole("county_people", "people", "reported.staff_total - province_people - city_people"),
        whole("county_officers", "people", "reported.frontline_total - province_officers - city_officers"),
        Step("seat_share", "share", "by_bodies + staff_by_need * (need - by_bodies)"),
        Step("base_people", "people", "by_tier(province_people, city_people, county_people) * seat_share"),
        Step("base_officers", "people", "by_tier(province_officers, city_officers, county_officers) * seat_share"),
    ),
)

LISTED_SEATS = Block(
    "seats",
    "2",
    (
        Step("base_people", "people", "place.listed_people"),
        Step("base_officers", "people", "place.listed_officers"),
    ),
)
"""Where somebody's staff list says who sits where."""

MOVES = Block(
    "moves",
    "12",
    (
        Step("tier_people", "people in the tier", "of_tier(base_people)"),
        Step("tier_share", "share", "of_tier(base_officers) / max(tier_people, 1e-9)"),
        Step("resident", "share", "base_people / max(tier_people, 1e-9)"),
        Step("weight", "weight", "place.weight"),
        Step("spread", "share", "choose(lever.staff.spread, by_bodies, need, weight / max(of_tier(weight), 1e-300))"),
        Step("moves", "people", "place.moves"),
        whole("open_province", "people", "lever.staff.change.province - tier_total(1, moves)"),
        whole("open_city", "people", "lever.staff.change.city - tier_total(2, moves)"),
        whole("open_county", "people", "lever.staff.change.county - tier_total(3, moves)"),
        Step("spare", "people", f"max(base_people - {OFFICERS_A_BODY_KEEPS} * bodies, 0)"),
        Step("sent", "people", "min(max(-moves, 0), spare)"),
        Step("spare_left", "people", "spare - sent"),
        Step(
            "leave",
            "people",
            """sent + min(max(-by_tier(open_province, open_city, open_county), 0), of_tier(spare_left))
            * spare_left / max(of_tier(spare_left), 1e-9)""",
        ),
        Step("lost", "people", "leave * base_officers / max(base_people, 1e-9)"),
        whole(
            "wanted",
            "people",
            "max(open_province, 0) + max(open_city, 0) + max(open_county, 0) + total(moves * (moves > 0))",
        ),
        whole(
            "given_up",
            "people",
            "max(-open_province, 0) + max(-open_city, 0) + max(-open_county, 0) - total(moves * (moves < 0))",
        ),
        whole("passed_on", "share", "min(1, wanted / max(given_up, 1e-9))"),
        whole("added", "people", "max(0, wanted - given_up)"),
        Step(
            "arriving",
            "share",
            "(max(by_tier(open_province, open_city, open_county), 0) * spread + max(moves, 0)) / max(wanted, 1e-9)",
        ),
        Step("approvals", "people", "by_tier(0, 0, lever.from_approvals * resident)"),
        Step("people", "people", "base_people - leave + arriving * (total(leave) * passed_on + added) + approvals"),
        Step("moved_in", "people", "arriving * total(lost) * passed_on"),
        Step("new", "people", "arriving * added * tier_share + approvals * tier_share"),
        Step("seated", "people", "base_officers - lost + moved_in + new"),
    ),
)

DESK = Block(
    "desk",
    "12",
    (
        Step("share_now", "share", "seated / max(people, 1e-9)"),
        Step(
            "share_set",
            "share",
            "by_tier(lever.frontline_share.province, lever.frontline_share.city, lever.frontline_share.county)",
        ),
        Step(
            "share_unset",
            "share",
            "by_tier(unmoved.frontline_share.province, unmoved.frontline_share.city, unmoved.frontline_share.county)",
        ),
        Step(
            "share_then",
            "share",
            """share_now + (1 - share_now) * (share_set - share_unset) / max(1 - share_unset, 1e-9)
            if share_set >= share_unset else share_now * share_set / share_unset""",
        ),
        Step("shifted", "people", "(share_then - share_now) * people"),
        Step(
            "freed",
            "people",
            """min(max((lever.merged_bodies - unmoved.merged_bodies) * merge_release * bodies / reported.bodies_total,
            -(seated + shifted)), people - seated - shifted)""",
        ),
        Step("frontline", "people", "seated + shifted + freed"),
        Step("desk", "people", "people - seated - shifted"),
        Step(
            "reviewers",
            "people",
            """min(max(reviewer_share * desk
            + by_tier(lever.review_staff.province, lever.review_staff.city, lever.review_staff.county) * resident, 0),
            desk if desk > 1e-9 else 0)""",
        ),
        Step("moved", "people", "moved_in + max(shifted, 0) * (1 - backfill_share) + max(freed, 0)"),
        Step("lost_in_all", "people", "lost - min(shifted, 0) - min(freed, 0)"),
        Step("working_officers", "people", "max(base_officers + moved + new - lost_in_all, 0)"),
    ),
)
