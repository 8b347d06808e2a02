"""The method, sections 2 to 9, 11 and 13, written a second time, without the model's arithmetic.

One draw, plain numbers, a loop over pools, roots by bisection, integrals by quadrature.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil, cos, exp, floor, log, log1p, pi, sqrt

import numpy as np
from scipy.special import log_ndtr, ndtr

from model.evidence.baseline import TIERS, Baseline
from model.evidence.rules import rules_of

Numbers = Mapping[str, float]


@dataclass
class Pool:
    """One tier in one place, and whatever the steps below find out about it."""

    key: str
    tier: str
    need: float
    area: float
    units: int = 0
    value: dict[str, float] = field(default_factory=dict)

    def __getattr__(self, name: str) -> float:
        return self.value[name]


def pools_of(baseline: Baseline, a: Numbers, reading: str = "drawn") -> list[Pool]:
    """The pools of a baseline of one province, in the model's order; need by the `reading` of section 1."""
    places = baseline.prefectures
    weight = {"drawn": 1 - a["need_by_letters"], "population": 1.0}.get(reading, 0.0)
    counted = {
        "population": (weight, [p.population for p in places]),
        "letters": (a["need_by_letters"] if reading == "drawn" else reading == "letters", [p.letters for p in places]),
        "area": (reading == "area", [p.area_km2 for p in places]),
        "gdp": (reading == "gdp", [p.gdp for p in places]),
    }
    need = [sum(w * values[k] / sum(values) for w, values in counted.values()) for k in range(len(places))]
    pools = [Pool("province", "province", 1.0, sum(p.area_km2 for p in places))]
    pools += [Pool(f"city.{p.id}", "city", n, p.area_km2) for n, p in zip(need, places, strict=True)]
    for n, p in zip(need, places, strict=True):
        pools.append(Pool(f"county.{p.id}", "county", n, p.area_km2, p.county_level_units))
    return pools


def of(pools: list[Pool], tier: str) -> list[Pool]:
    return [p for p in pools if p.tier == tier]


def seat(baseline: Baseline, pools: list[Pool], a: Numbers) -> None:
    """Section 2: bodies, people and officers of the base year."""
    counties, cities = of(pools, "county"), of(pools, "city")
    total = {"people": baseline.reported("staff_total"), "officers": baseline.reported("frontline_total")}
    for p in pools:
        p.value["bodies"] = 1.0
    for p in counties:
        p.value["bodies"] = p.units + (a["bodies_county"] - sum(c.units for c in counties)) * p.need
    for p in cities:
        p.value["bodies"] = (baseline.reported("bodies_total") - 1 - a["bodies_county"]) / len(cities)
    heads = {"province": [round(a["staff_province"])], "city": [round(a["staff_city"])]}
    for tier in ("province", "city"):
        heads[tier].append(round(a[f"frontline_share_{tier}"] * heads[tier][0]))
    heads["county"] = [
        total[kind] - heads["province"][k] - heads["city"][k] for k, kind in enumerate(("people", "officers"))
    ]
    for p in pools:
        by_bodies = p.bodies / sum(other.bodies for other in of(pools, p.tier))
        p.value["seat"] = by_bodies + a["staff_by_need"] * (p.need - by_bodies)
        p.value["by_bodies"] = by_bodies
        p.value["people"], p.value["officers"] = (n * p.seat for n in heads[p.tier])


def officers_who_go(p: Pool, moving: float, who_comes: float, movers: str, mix: float) -> dict[str, float]:
    """Section 12, who moves: of those who move, after posts cut are gone in the pool's own mix."""
    cut = p.leave - moving
    own = p.officers / p.people
    people, officers = p.people - cut, (p.people - cut) * own
    to_spare = max(officers - 2 * p.bodies, 0)
    desk = people - officers
    receiving = min(max(moving * who_comes, moving - desk), to_spare)
    going = {
        "own": moving * own,
        "reviewers_stay": moving * own,
        "receiving": receiving,
        "frontline": min(moving, to_spare),
        "open": moving * own * (1 - mix) + receiving * mix,
    }[movers]
    return {"moving": moving, "officers_moving": going, "lost": cut * own + going}


def part_that_arrives(p: Pool, spread: str | Numbers) -> float:
    """Section 12: by bodies, by need, or by the planner's weights of the prefectures; the province is one pool."""
    if isinstance(spread, str):
        return {"bodies": p.by_bodies, "need": p.need}[spread]
    return spread.get(p.key.partition(".")[2], 0) / sum(spread.values()) if p.tier != "province" else 1.0


def move(baseline: Baseline, pools: list[Pool], a: Numbers, lever: Mapping) -> None:
    """Section 12: people between pools, from approvals, from the desk."""
    named = {p.key: lever["staff.moves"].get(p.key, 0) for p in pools}
    change = {t: lever[f"staff.change.{t}"] - sum(named[p.key] for p in of(pools, t)) for t in TIERS}
    share = {t: sum(p.officers for p in of(pools, t)) / sum(p.people for p in of(pools, t)) for t in TIERS}
    given, wanted = (sum(max(sign * c, 0) for c in (*change.values(), *named.values())) for sign in (-1, 1))
    for p in pools:
        spare = {q.key: max(q.people - 2 * q.bodies, 0) for q in of(pools, p.tier)}
        sent = {q.key: min(max(-named[q.key], 0), spare[q.key]) for q in of(pools, p.tier)}
        rest = sum(spare.values()) - sum(sent.values())
        of_rest = min(max(-change[p.tier], 0) / rest, 1) if rest else 0
        leave = sent[p.key] + of_rest * (spare[p.key] - sent[p.key])
        p.value |= {"leave": leave, "left_over": spare[p.key] - leave}
        spread = part_that_arrives(p, lever["staff.spread"])
        p.value["part"] = (max(change[p.tier], 0) * spread + max(named[p.key], 0)) / wanted if wanted else 0
    cut, added = max(given - wanted, 0), max(wanted - given, 0)
    missing = cut * (1 - sum(p.leave for p in pools) / given) if given else 0
    left_over = sum(p.left_over for p in pools)
    for p in pools:
        p.value["leave"] += min(missing, left_over) * p.left_over / left_over if left_over else 0
    everybody = sum(p.leave for p in pools)
    passed_on = max(everybody - cut, 0) / everybody if everybody else 0
    who_comes = sum(p.part * share[p.tier] for p in pools)
    for p in pools:
        p.value |= officers_who_go(p, p.leave * passed_on, who_comes, lever["staff.movers"], a["movers_mix"])
    movers, officers_moving = sum(p.moving for p in pools), sum(p.officers_moving for p in pools)
    for p in pools:
        approvals = lever["from_approvals"] * p.seat if p.tier == "county" else 0
        moved = p.part * officers_moving
        new = p.part * added * share[p.tier] + approvals * share[p.tier]
        people = p.people - p.leave + p.part * (movers + added) + approvals
        frontline = p.officers - p.lost + moved + new
        at, start = lever[f"frontline_share.{p.tier}"], baseline.mid(f"frontline_share_{p.tier}")
        now = frontline / people
        then = now + (1 - now) * (at - start) / (1 - start) if at >= start else now * at / start
        merged = lever["merged_bodies"] - baseline.reported("bodies_merged")
        freed = merged * a["merge_release"] * p.bodies / baseline.reported("bodies_total")
        shifted, desk = (then - now) * people, (1 - then) * people
        desk = desk if desk > 1e-9 else 0.0
        freed = min(max(freed, -then * people), desk)
        added_reviewers = lever[f"review_staff.{p.tier}"] * p.seat
        desk_moved = p.part * (movers - officers_moving) - (p.moving - p.officers_moving)
        settled = desk - desk_moved if lever["staff.movers"] == "reviewers_stay" else desk
        p.value |= {
            "people": people,
            "frontline": then * people + freed,
            "working": frontline + (shifted * (1 - a["backfill_share"]) if shifted > 0 else shifted) + freed,
            "reviewers": min(max(a["reviewer_share"] * settled + added_reviewers, 0), desk),
            "to_learn": moved + max(shifted, 0) * (1 - a["backfill_share"]) + max(freed, 0),
            "to_license": new,
            "gone": p.lost - min(shifted, 0) - min(freed, 0),
        }


def crews_of(officers: float, presence: float) -> float:
    def whole(x: int) -> float:
        alone, paired = 1.0, 0.0
        for _ in range(x):
            # One more officer of the body: who is there stands alone, or completes the pair of one who does.
            paired += presence * (1 - alone)
            alone = alone * (1 - presence) + (1 - alone) * presence
        return paired

    below = floor(officers)
    return whole(below) + (officers - below) * (whole(ceil(officers)) - whole(below))


def lay_out(baseline: Baseline, pools: list[Pool], a: Numbers, lever: Mapping, reading: Mapping) -> None:
    """Sections 3 to 8: time of a head, crews, cost of a visit, what is asked of a pool."""
    rules, start = rules_of(lever["rules"]), rules_of(baseline.rules)
    working = a["working_days"] + rules.working_days - start.working_days
    training = max(a["training_days"] + lever["training_days"] - baseline.mid("training_days"), 0)
    awt = working - a["leave_days"] - training - a["absence_days"]
    counts = {id: baseline.reported(id) / a["service_window_years"] for id in ("offsite_checks", "service_contacts")}
    checks, contacts = (counts[id] * lever[id] / baseline.derived[f"{id}_a_year"] for id in counts)
    found = checks * 472 / 4356
    filled = 1 - a["vacancy"] if reading["staff"] == "posts" else 1.0
    five_kinds = special_cases(baseline)
    part_special = a["special_share"]
    if reading["special_cases"] == "outside":
        part_special = five_kinds / (five_kinds + baseline.reported("cases_total"))
    for p in pools:
        presence, x = awt / working, p.frontline * filled / p.bodies
        crews = crews_of(x, presence)
        efficiency = crews / (x * presence / 2) if x else 0.0
        area = p.area / p.bodies if p.tier == "county" else p.area
        road = 2 * 0.38 * a["road_detour"] * sqrt(area) / (a["road_speed"] * a["workday_hours"]) / a["visits_per_trip"]
        visit = (1 - lever["visit_time_saved"]) * (a["site_days"] + road) * a["officers_per_visit"]
        at_city = a["complaint_share_city"]
        local = p.need * {"province": 0, "city": at_city, "county": 1 - at_city}[p.tier]
        special = part_special * {"province": 0, "city": a["special_city_share"]}.get(
            p.tier, 1 - a["special_city_share"]
        )
        ordinary = {"province": a["case_share_province"], "city": a["case_share_city"]}
        ordinary = (1 - part_special) * ordinary.get(p.tier, 1 - sum(ordinary.values()))
        key, general = {"province": (0, 0), "city": (0.05, 5), "county": (0.25, 10)}[p.tier]
        p.value |= {
            "awt": awt,
            "crews": crews * p.bodies,
            "visit_days": visit / max(efficiency, 1e-9),
            "owed_days": visit / max(efficiency, 0.5),
            "filled": filled,
            "complaint_days": local * a["complaints"] * a["complaint_days"],
            "working_there": p.working * filled,
            "reviewers_there": p.reviewers * filled,
            "extra": {"province": a["other_duties_extra_province"], "city": a["other_duties_extra_city"]}.get(
                p.tier, 0
            ),
            "local": local,
            "random": a["key_units"] * p.need * 4 * key + general * p.frontline,
            "confirming": found * local,
            "led": (ordinary + special) * p.need,
            "case_days": (ordinary * a["ordinary_case_days"] + special * a["special_case_days"]) / (ordinary + special),
            "most": rules.visit_cap * a["regulated_units"] * p.need,
            "kept": lever[f"case_policy.{p.tier}"],
            "problems_offsite": found * local,
            "replaced": a["offsite_replaces"] * checks * local,
        }
        desk = contacts * a["service_days"] + checks * a["offsite_days"]
        p.value["mandatory"] = p.complaint_days + local * (desk + found * p.owed_days)
        p.value["minimum"] = p.random + a["special_visits"] * local
        p.value["other_cases"] = (found * a["offsite_filed"] + a["complaints"] * a["complaint_filed"]) * p.need


def bisect(falling: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def own_time(p: Pool, other: float, cut: float) -> float:
    """Section 3: the share of an officer's time that other duties leave, nothing at least and all of it at most."""
    return min(max(1 - max(other - cut, 0) - p.extra, 0), 1)


def visits_at(p: Pool, filed: float, other: float, cut: float) -> float:
    rest = max(p.working_there * p.awt * own_time(p, other, cut) - p.mandatory, 0)
    return min(max(rest - filed * p.led * p.case_days, p.kept * rest) / p.visit_days, p.most)


def useful_of_a_unit(visits: float, most: float) -> float:
    """Section 7: the mean of the lesser of `most` and a Poisson number, term by term; straight between whole ones."""

    def whole(k: int) -> float:
        term, mean, seen = exp(-visits), 0.0, 0.0
        for n in range(k):
            mean, seen = mean + n * term, seen + term
            term *= visits / (n + 1)
        return mean + k * (1 - seen)

    below = floor(most)
    return whole(below) + (most - below) * (whole(below + 1) - whole(below))


def useful_shares(pools: list[Pool], a: Numbers, visits: Mapping[str, float]) -> dict[str, float]:
    """Section 7: which share of the visits of each pool is of use, by its key."""
    found = {p.key: 1.0 for p in pools}
    for city, county in zip(of(pools, "city"), of(pools, "county"), strict=True):
        units = a["regulated_units"] * city.need
        made, before = visits[city.key] + visits[county.key], (city.replaced + county.replaced) / units
        more = useful_of_a_unit(made / units + before, a["useful_visits"]) - useful_of_a_unit(
            before, a["useful_visits"]
        )
        found[city.key] = found[county.key] = units * more / made if made else 0.0
    return found


def aimed(wanted: float, visits: float, pools: list[Pool]) -> float:
    return min(wanted, max(1 - sum(p.random for p in pools) / visits, 0)) if visits else 0.0


@dataclass
class Closed:
    """The base year's two unknowns, its visits, aim and committed shares."""

    other: float
    phi: float
    visits: float
    aimed: float
    busy: list[float]
    useful: dict[str, float]
    useful_visits: float


def special_cases(baseline: Baseline) -> float:
    kinds = ("daily_fine", "restrict_halt", "seizure", "detention", "crime")
    return sum(baseline.reported(f"cases_{kind}") for kind in kinds)


def close(baseline: Baseline, pools: list[Pool], a: Numbers, reading: Mapping) -> Closed:
    beside = special_cases(baseline) if reading["special_cases"] == "outside" else 0
    filed = (baseline.reported("cases_total") + beside) / baseline.cases_window_years
    other = bisect(lambda o: sum(visits_at(p, filed, o, 0) for p in pools) - a["visits_base"], 0, 1)
    others = sum(p.other_cases for p in of(pools, "county"))
    fields = [p.working_there * p.awt * (1 - other - p.extra) for p in pools]
    busy = [(p.mandatory + filed * p.led * p.case_days) / days for p, days in zip(pools, fields, strict=True)]
    phi = (filed - others) / a["visits_base"]
    visits = {p.key: visits_at(p, filed, other, 0) for p in pools}
    useful = useful_shares(pools, a, visits)
    in_all = sum(visits[key] * share for key, share in useful.items())
    aim = aimed(a["targeted_share"], a["visits_base"], pools)
    return Closed(other, phi, a["visits_base"], aim, busy, useful, in_all)


def spend(pools: list[Pool], a: Numbers, base: Closed, lever: Mapping, start: float) -> tuple[float, float]:
    """Sections 7 and 9: visits, files and what becomes of them; all files and the share of visits aimed."""
    cut, others = lever["other_duties_cut"], sum(p.other_cases for p in of(pools, "county"))
    at, wanted = lever["targeted_share"], a["targeted_share"]
    wanted = wanted + (1 - wanted) * (at - start) / (1 - start) if at >= start else wanted * at / start
    gain = a["targeting_lift"] - 1

    def made(filed: float) -> float:
        by_pool = {p.key: visits_at(p, filed, base.other, cut) for p in pools}
        useful = sum(by_pool[key] * share for key, share in useful_shares(pools, a, by_pool).items())
        aim = (1 + aimed(wanted, sum(by_pool.values()), pools) * gain) / (1 + base.aimed * gain)
        return base.phi * base.visits * (useful / base.useful_visits) ** a["yield_elasticity"] * aim + others

    filed = bisect(lambda f: made(f) - f, 0, 1e6)
    visits = sum(visits_at(p, filed, base.other, cut) for p in pools)
    aim = aimed(wanted, visits, pools)
    by_lot = min(sum(p.random for p in pools) / visits, 1) if visits else 1.0
    finds = by_lot + (1 - by_lot - aim) * a["routine_problems_lift"] + aim * a["targeting_problems_lift"]
    useful = useful_shares(pools, a, {p.key: visits_at(p, filed, base.other, cut) for p in pools})
    for p in pools:
        days = p.working_there * p.awt * own_time(p, base.other, cut)
        rest = max(days - p.mandatory, 0)
        p.value |= {"field_days": days, "rest": rest, "filed": filed * p.led}
        p.value["officer_days"] = p.filled * p.awt * own_time(p, base.other, cut)
        p.value["visits"] = visits_at(p, filed, base.other, cut)
        p.value["asked"] = p.filed * p.case_days
        p.value["given"] = min(p.asked, (1 - p.kept) * rest)
        p.value["confirmed"] = p.confirming * min(days / p.mandatory, 1) if p.mandatory and p.crews else 0.0
        finds_here = finds * useful[p.key] / base.useful[p.key]
        p.value["problems"] = p.visits * a["hit_random"] * finds_here + p.problems_offsite
        p.value["counted"] = p.visits + p.replaced
    return filed, aim


def chance_of_waiting(load: float, servers: float) -> float:
    """Erlang C: Erlang B by its sum, not by the recursion."""

    def blocked(c: int) -> float:
        term, total = 1.0, 1.0
        for k in range(1, c + 1):
            term *= load / k
            total += term
        return term / total

    if load >= servers:
        return 1.0
    below, part = floor(servers), servers - floor(servers)
    b = blocked(below) + part * (blocked(below + 1) - blocked(below))
    return b / (1 - load / servers * (1 - b))


def points(low: float, high: float, many: int = 160) -> tuple[np.ndarray, np.ndarray]:
    """Points of a fine sum over an interval, crowded at its low end, and their weights."""
    part = (np.arange(many) + 0.5) / many
    return low + (high - low) * part**3, (high - low) * 3 * part**2 / many


def queue_above(level: np.ndarray, drift: float, variance: float, age: np.ndarray) -> np.ndarray:
    """Chance that a queue which started empty so long ago stands above a level."""
    reach = np.sqrt(variance * age)
    reflected = np.exp(2 * drift * level / variance + log_ndtr((-drift * age - level) / reach))
    return ndtr((drift * age - level) / reach) + reflected


def mean_queue(drift: float, variance: float, horizon: float) -> float:
    """Mean over the horizon of a queue that falls as fast as this one falls or grows, from empty."""
    falls = -max(abs(drift), 1e-5)
    ages, share = points(0, horizon)
    levels, heights = points(0, min(9 * sqrt(variance * horizon), 20 * variance / -falls))
    return float(heights @ queue_above(levels[:, None], falls, variance, ages) @ share) / horizon


def idle(drift: float, variance: float, horizon: float) -> float:
    """Part of the horizon in which a queue that started empty has nothing to do."""
    falls = -max(abs(drift), 1e-5)
    levels, heights = points(0, min(9 * sqrt(variance * horizon), 20 * variance / -falls))
    at_the_end = float(heights @ queue_above(levels, falls, variance, horizon))
    return max(-drift, 0) + at_the_end / horizon


def lognormal(mean: float, cv: float) -> Callable[[float], float]:
    """Share done within so many days."""
    spread = sqrt(log1p(cv**2))
    return lambda days: float(ndtr((log(days / mean) + spread**2 / 2) / spread)) if days > 0 else 0.0


def in_time(left: float, mean: float, cv: float, queue: Pool, horizon: float, start: float) -> float:
    """Share of the files filed in the horizon that are worked on, wait and are reviewed within the days left."""
    if left <= 0:
        return 0.0
    spread = sqrt(log1p(cv**2))
    slowest = (log(left / mean) + spread**2 / 2) / spread
    before, weights = points(0, max(slowest + 8, 1))
    z = (slowest - before)[:, None]
    work = mean * np.exp(spread * z - spread**2 / 2)
    oldest = horizon - np.maximum(start - work, 0)
    part, share = points(0, 1)
    late = (queue_above(left - work, queue.drift, queue.variance, oldest * part) * oldest) @ share / horizon
    density = np.exp(-(z[:, 0] ** 2) / 2) / sqrt(2 * pi)
    return lognormal(mean, cv)(left) - queue.waits * float(late @ (density * weights))


def investigated(a: Numbers, base_busy: float, busy: float, horizon: float) -> tuple[float, float]:
    """Mean days and coefficient of variation of investigation."""
    alone = a["investigation_days"] * max(1 - base_busy, 0.05)
    files = [1 + mean_queue(u - 1, 2 * u, horizon / alone) for u in (busy, base_busy)]
    shared = [(2 + u) / (2 - u) for u in (min(busy, 1), min(base_busy, 1))]
    return a["investigation_days"] * files[0] / files[1], a["case_time_cv"] * sqrt(shared[0] / shared[1])


def clock(
    p: Pool, a: Numbers, base_busy: float, lever: Mapping, places: list[tuple[float, Pool]], rate: float
) -> float:
    """Share of a pool's files decided in time; `places` are the parts of them that each pool reviews."""
    share, horizon, room = a["review_share"], 365 * lever["horizon_months"] / 12, (1 - p.kept) * p.rest
    mean, cv = investigated(a, base_busy, (p.mandatory + p.asked + p.kept * p.rest) / p.field_days, horizon)
    left, review = float(lever["decision_limit"]) - a["procedure_days"], 365 / rate
    both = mean + review
    cv_both = sqrt((mean * cv) ** 2 + (review * a["review_time_cv"]) ** 2) / both
    start = min(1.75 * a["investigation_days"], horizon / 2)
    reviewed = sum(part * in_time(left, both, cv_both, q, horizon, start) for part, q in places)
    # Reviewers pass no more than they can in the horizon and one limit after it.
    reviewed = min(reviewed, p.passed * (1 + float(lever["decision_limit"]) / horizon))
    unreviewed = lognormal(mean, cv)(left)
    on_time = (1 - share) * unreviewed + share * reviewed
    if p.asked > room:
        grows = (p.asked / room - 1) * p.asked / room
        days, part = points(0, horizon)
        still = sum(n * lognormal(mean + grows * day, cv)(left) for day, n in zip(days, part, strict=True))
        on_time *= still / horizon / unreviewed
    return on_time


def decide(pools: list[Pool], a: Numbers, base: Closed, lever: Mapping) -> None:
    """Section 8: legal review and the clock, at the city or, under the later rules, in county bodies."""
    share, cut = a["review_share"], lever["other_duties_cut"]
    rate = pools[0].awt * (1 - max(base.other - cut, 0)) / a["review_days"]
    for p in pools:
        can = lever["rules"] == "2025" and p.tier == "county"
        p.value["own"] = min(p.reviewers_there / p.bodies, 1.0) if can else float(p.tier != "county")
        p.value["arrivals"] = p.filed * share * p.own
    for city, county in zip(of(pools, "city"), of(pools, "county"), strict=True):
        city.value["arrivals"] += county.filed * share * (1 - county.own)
    for p in pools:
        queues = p.bodies * p.own if p.tier == "county" else 1.0
        if p.own:
            servers, load = max(p.reviewers_there, 1e-9) / queues, p.arrivals / queues / rate
            drift, variance = load / servers - 1, (1 + a["review_time_cv"] ** 2) * 365 / rate / servers
            at_work = min(max(1 - idle(drift, variance, 365 * lever["horizon_months"] / 12), 0), 1)
            p.value |= {
                "waits": chance_of_waiting(at_work * servers, servers),
                "drift": drift,
                "variance": variance,
                "room": p.reviewers_there * rate / max(p.arrivals, 1e-9),
            }
    cities = of(pools, "city")
    at_city = [*[None] * (1 + len(cities)), *cities]
    for k, p in enumerate(pools):
        places = [(p.own, p)] if p.own else []
        places += [(1 - p.own, at_city[k])] if p.own < 1 else []
        room = (1 - p.kept) * p.rest
        through, tightest = sum(part * min(q.room, 1) for part, q in places), min(q.room for _, q in places)
        p.value["passed"] = tightest if tightest >= 1 else through
        p.value["on_time"] = clock(p, a, base.busy[k], lever, places, rate) if room > 0 else 0.0
        # Short review holds up only files that need it; review to spare could pass as many more of the same mix.
        passes = p.filed * ((1 - share) + share * p.passed if p.passed < 1 else p.passed)
        p.value |= {"passes": passes, "decided": min(p.given / p.case_days, passes)}
        free = max(p.rest - p.minimum * p.visit_days, p.given)
        p.value["case_room"] = min(free / p.case_days, passes)
        p.value["visit_room"] = min(p.rest / p.visit_days, p.most)
        elsewhere = max(max(base.other - cut, 0) + p.extra, 0)
        asked = p.minimum * p.owed_days + p.mandatory + p.asked
        p.value["required"] = asked / p.awt / p.filled / (1 - min(elsewhere, 0.999))
        p.value["capacity"] = p.reviewers_there * rate if p.own else 0.0


def backlog_of(before: Pool, p: Pool, a: Numbers, lever: Mapping) -> list[float]:
    """Section 11: files that wait at the end of each month, the moves made in equal parts, one a month."""
    waiting, by_month = 0.0, []
    parts = range(1, max(int(lever["phase_months"]), 1) + 1)
    for month in range(1, int(lever["horizon_months"]) + 1):
        gone = [k for k in parts if k <= month]
        in_place = len(gone) / len(parts)
        learned = sum(min((month - k) / max(a["learning_months"], 1e-9), 1) for k in gone) / len(parts)
        licensed = sum(month - k >= a["licence_months"] for k in gone) / len(parts)
        season = a["complaint_season"] * cos(2 * pi * (month - 7) / 12)

        def now(name: str, share: float = in_place) -> float:
            return before.value[name] + share * (p.value[name] - before.value[name])

        officers = p.officers * now("officer_days") + p.officer_days * (
            learned * p.to_learn + licensed * p.to_license - in_place * p.gone
        )
        days = max(officers - now("mandatory") - season * p.complaint_days, 0)
        room = min(days * (1 - in_place * p.kept) / p.case_days, now("passes"))
        filed = now("filed") + season * a["complaints"] * a["complaint_filed"] * p.led
        waiting = max(waiting + (filed - room) / 12, 0)
        by_month.append(waiting)
    return by_month


def in_time_over_the_months(before: Pool, p: Pool, lever: Mapping) -> float:
    """Section 8: the share in time of the files filed while the plan comes, month by month."""
    steps, months = max(int(lever["phase_months"]), 1), range(1, int(lever["horizon_months"]) + 1)
    in_place = sum(min(month / steps, 1) for month in months) / len(months)
    first, then = (1 - in_place) * before.filed, in_place * p.filed
    return (first * before.on_time + then * p.on_time) / (first + then) if first + then else p.on_time


def plain_year(baseline: Baseline, a: Numbers, base: Mapping, lever: Mapping, reading: Mapping) -> list[Pool]:
    """The pools of a year under the lever settings; `base` holds the settings of the base year.

    `reading` says how the report is read, every question answered.
    """
    closing = pools_of(baseline, a, reading["need"])
    seat(baseline, closing, a)
    move(baseline, closing, a, base)
    lay_out(baseline, closing, a, base, reading)
    closed = close(baseline, closing, a, reading)
    pools = pools_of(baseline, a, reading["need"])
    seat(baseline, pools, a)
    move(baseline, pools, a, lever)
    lay_out(baseline, pools, a, lever, reading)
    spend(pools, a, closed, lever, baseline.mid("targeted_share"))
    decide(pools, a, closed, lever)
    return pools
