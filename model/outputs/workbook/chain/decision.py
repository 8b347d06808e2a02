"""From a file to its decision: legal review as a queue, and the share decided in time (method, section 8)."""

from model.outputs.workbook.chain.formula import ENDLESS
from model.outputs.workbook.chain.steps import Block, Step, whole
from model.year.decision import DAYS_A_YEAR
from model.year.investigation import MOST_BUSY, NO_WAIT, WAIT_NODES

YEAR = f"{DAYS_A_YEAR:g}"

REVIEW = Block(
    "review",
    "8",
    (
        Step("reviewers_there", "people", "reviewers * filled"),
        Step(
            "own_share_decided",
            "share",
            "by_tier(1, 1, min(reviewers_there / bodies, 1) if rule.deciding_tier == 3 else 0)",
        ),
        Step("queues", "queues", "by_tier(1, 1, bodies * own_share_decided if rule.deciding_tier == 3 else 1)"),
        Step("to_review", "cases a year", "cases_filed * review_share"),
        Step("kept_for_review", "cases a year", "to_review * own_share_decided"),
        Step(
            "arrivals",
            "cases a year",
            """by_tier(kept_for_review, kept_for_review + of_counties(to_review) - of_counties(kept_for_review),
            kept_for_review)""",
        ),
        whole("review_rate", "cases a reviewer a year", "available_days * own_share / review_days"),
        Step("review_capacity", "cases a year", "reviewers_there * review_rate if tier <= rule.deciding_tier else 0"),
        Step("review_room", "ratio", "review_capacity / max(arrivals, 1e-9)"),
        Step(
            "passed",
            "ratio",
            """by_tier(review_room, review_room,
            own_share_decided * review_room + (1 - own_share_decided) * of_city(review_room))""",
        ),
        Step("servers", "people a queue", "reviewers_there / max(queues, 1e-9)"),
        Step("queue_arrivals", "cases a queue a year", "arrivals / max(queues, 1e-9)"),
        Step("offered_load", "people a queue", "max(queue_arrivals / review_rate, 1e-12)"),
        Step("occupancy", "ratio", "offered_load / max(servers, 1e-12)"),
        Step("whole_servers", "people a queue", "floor(servers)"),
        Step(
            "blocked_below",
            "share",
            """poisson(whole_servers, offered_load) / poisson_up_to(whole_servers, offered_load)
            if occupancy < 1 else 1""",
        ),
        Step(
            "blocked_above",
            "share",
            """poisson(whole_servers + 1, offered_load) / poisson_up_to(whole_servers + 1, offered_load)
            if occupancy < 1 else 1""",
        ),
        Step("blocked", "share", "blocked_below + (servers - whole_servers) * (blocked_above - blocked_below)"),
        Step(
            "waits",
            "share",
            """(blocked / (1 - occupancy * (1 - blocked)) if occupancy < 1 else 1)
            if tier <= rule.deciding_tier else 0""",
        ),
        Step("spare_review", "cases a queue a year", "servers * review_rate - queue_arrivals"),
        Step(
            "wait_days",
            "calendar days",
            f"""({YEAR} * waits * (1 + case_time_cv ** 2) / 2 / spare_review if spare_review > 0 else {ENDLESS})
            if tier <= rule.deciding_tier else 0""",
        ),
    ),
)


def _in_time(path: str, waits: str, wait_days: str) -> tuple[Step, ...]:
    """Share of files decided in time where the reviewer makes them wait so: at once, or after the wait's tail."""
    nodes = [
        Step(
            f"{path}_node_{k}",
            "share",
            f"""node.weight_{k} * {path}_reach
            * ndtr((log(left_reviewed + {path}_tail * log(1 - node.late_{k} * {path}_reach)) - log_mean) / log_spread)
            if {path}_queues else 0""",
        )
        for k in range(1, len(WAIT_NODES) + 1)
    ]
    return (
        Step(f"{path}_waits", "share", waits),
        Step(f"{path}_wait_days", "calendar days", wait_days),
        Step(
            f"{path}_at_once",
            "share",
            f"""ndtr((log(max(left_reviewed, 1e-12)) - log_mean) / log_spread)
            if both({path}_wait_days < {ENDLESS}, left_reviewed > 0, investigation < {ENDLESS}) else 0""",
        ),
        Step(
            f"{path}_queues",
            "yes or no",
            f"""both({path}_wait_days > {NO_WAIT}, {path}_wait_days < {ENDLESS}, left_reviewed > 0,
            investigation < {ENDLESS})""",
        ),
        Step(f"{path}_tail", "calendar days", f"{path}_wait_days / {path}_waits if {path}_queues else 0"),
        Step(f"{path}_reach", "share", f"1 - exp(-left_reviewed / {path}_tail) if {path}_queues else 0"),
        *nodes,
        Step(
            f"{path}_in_time",
            "share",
            f"""{path}_at_once + ({path}_waits * ({" + ".join(node.id for node in nodes)} - {path}_at_once)
            if {path}_queues else 0)""",
        ),
    )


ON_TIME = Block(
    "on_time",
    "8",
    (
        Step("busy", "share", "(mandatory_days + case_demand) / max(field_days, 1e-9)"),
        Step("taken", "share", "max(busy, 1) if case_days < case_demand * (1 - 1e-9) else busy"),
        Step(
            "investigation",
            "calendar days",
            f"""investigation_days * (1 - base.busy_in_base) / (1 - taken)
            if both(taken < 1, base.busy_in_base < 1) else {ENDLESS}""",
        ),
        whole("log_spread", "ratio", "sqrt(log(1 + case_time_cv ** 2))"),
        Step("log_mean", "ratio", "log(investigation) - log_spread ** 2 / 2"),
        whole("left_unreviewed", "calendar days", "lever.decision_limit - procedure_days"),
        whole("left_reviewed", "calendar days", f"left_unreviewed - {YEAR} / review_rate"),
        Step(
            "unreviewed_in_time",
            "share",
            f"""ndtr((log(max(left_unreviewed, 1e-12)) - log_mean) / log_spread)
            if both(left_unreviewed > 0, investigation < {ENDLESS}) else 0""",
        ),
        *_in_time(
            "above", "by_tier(waits, waits, of_city(waits))", "by_tier(wait_days, wait_days, of_city(wait_days))"
        ),
        Step("own_part", "share", "by_tier(0, 0, own_share_decided)"),
        *_in_time("own", "waits if own_part > 0 else 0", "wait_days if own_part > 0 else 0"),
        Step("reviewed_in_time", "share", "above_in_time + own_part * (own_in_time - above_in_time)"),
        Step(
            "on_time",
            "share",
            "unreviewed_in_time + review_share * (reviewed_in_time - unreviewed_in_time)",
        ),
        Step("taken_at_most", "share", f"min(taken, max({MOST_BUSY}, base.busy_in_base))"),
        Step("wait_at_most", "calendar days", f"min(wait_days, {YEAR})"),
        Step(
            "days_to_decision",
            "calendar days",
            f"""procedure_days
            + (investigation_days * (1 - base.busy_in_base) / (1 - taken_at_most)
            if both(taken_at_most < 1, base.busy_in_base < 1) else {ENDLESS})
            + review_share * ({YEAR} / review_rate + by_tier(wait_at_most, wait_at_most,
            own_share_decided * wait_at_most + (1 - own_share_decided) * of_city(wait_at_most)))""",
        ),
    ),
)
