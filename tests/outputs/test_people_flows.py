"""Who goes where adds up to what the plan gives and takes, in whole people."""

from collections import Counter

from model import Scenario, shipped_baseline
from model.outputs.prefectures.people_flows import Flow, between_prefectures, between_tiers

HUNAN = shipped_baseline("hunan-2021")
MOVES = {"city.changsha": -20, "county.changsha": 5, "city.yueyang": 9, "county.xiangxi": 12, "county.hengyang": -6}


def test_between_prefectures_each_gives_and_gets_what_the_plan_says():
    plan = Scenario(levers={"staff.moves": MOVES, "staff.change.city": -11.0, "staff.change.county": 11.0})
    flows = between_prefectures(plan, HUNAN)
    gets: Counter[str] = Counter()
    for flow in flows:
        assert flow.people > 0 and flow.origin != flow.goal
        gets[flow.goal] += flow.people
        gets[flow.origin] -= flow.people
    assert gets == {"changsha": -15, "yueyang": 9, "xiangxi": 12, "hengyang": -6}
    assert Flow("changsha", "yueyang", 9) in flows, "the shortest way first"


def test_a_plan_that_names_no_place_has_flows_between_the_tiers_only():
    plan = Scenario(levers={"staff.change.province": -10.0, "staff.change.city": -90.0, "staff.change.county": 100.0})
    assert between_prefectures(plan, HUNAN) == ()
    assert between_tiers(plan, HUNAN) == (Flow("province", "county", 10), Flow("city", "county", 90))
    assert between_tiers(Scenario(), HUNAN) == ()


def test_new_posts_come_from_nowhere():
    plan = Scenario(levers={"staff.change.city": -40.0, "staff.change.county": 100.0, "staff.new_posts": 60.0})
    assert between_tiers(plan, HUNAN) == (Flow("city", "county", 40),)
